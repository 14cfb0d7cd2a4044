#include "bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"

/* "purl<tab>cpe,cpe…<tab>source package<tab>name" of one component; components of one asset with ';;' between. */
static struct component component_of(struct str text, struct arena *arena)
{
    struct component component = { 0 };
    struct str cpes = STR_NONE, cpe;

    (void)str_split(&text, '\t', &component.purl);
    (void)str_split(&text, '\t', &cpes);
    (void)str_split(&text, '\t', &component.source.name);
    component.name = text;
    while (cpes.len > 0 && str_split(&cpes, ',', &cpe))
        VEC_PUSH(arena, &component.cpes, cpe);
    return component;
}

static struct inventory inventory_of(struct str line, struct arena *arena)
{
    struct inventory inventory = { 0 };

    while (line.len > 0) {
        size_t end = str_index_str(line, STR(";;"));

        VEC_PUSH(arena, &inventory.components, component_of(str_take(line, end), arena));
        line = str_drop(line, end + 2);
    }
    return inventory;
}

/* For each finding: its kind, confidence and ids. */
static void print_findings(const struct findings *findings)
{
    for (size_t i = 0; i < findings->len; i++) {
        const struct finding *finding = &findings->at[i];

        printf("%s%d/%d/%d", i ? " " : "", finding->kind, finding->confidence,
               finding->statement.verdict == VERDICT_NOT_AFFECTED);
        for (size_t n = 0; n < finding->ids.len; n++)
            printf("|%.*s", STR_ARG(finding->ids.at[n]));
        for (size_t n = 0; n < finding->reasons.len; n++)
            printf("|%.*s", STR_ARG(finding->reasons.at[n].record));
    }
    putchar('\n');
}

/* INDEX FILE: a line of answers for each line of questions. */
int bench_answer(int argc, char **argv)
{
    struct arena *arena = arena_new((size_t)BENCH_ARENA * 4), *whole = arena_new(BENCH_ARENA);
    struct matching_index *index = bench_open(argv[0]);
    struct str lines = bench_file(argv[1], whole), line;

    (void)argc;
    while (str_split(&lines, '\n', &line)) {
        struct inventory inventory;
        struct findings findings;

        arena_reset(arena);
        inventory = inventory_of(line, arena);
        matching_find(index, &inventory, (struct matching_options){ 0 }, arena, &findings);
        print_findings(&findings);
    }
    matching_index_close(index);
    arena_free(arena);
    arena_free(whole);
    return 0;
}
