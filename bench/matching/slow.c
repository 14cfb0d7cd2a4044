#include "bench.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/err.h"
#include "domain/matching/pool.h"
#include "domain/matching/question.h"
#include "domain/matching/slow.h"
#include "domain/matching/statement.h"

/* The slow evaluation of the same lists, as the opponent that anybody could write. */

struct loading {
    struct arena *arena;
    struct {
        VEC_OF(struct catalog_record);
    } records;
    struct pool seen;
};

static void take(void *of, const struct catalog_record *record)
{
    struct loading *loading = of;
    uint32_t known = (uint32_t)pool_count(&loading->seen);
    struct buf buf = buf_new(loading->arena, CATALOG_RECORD_MAX);
    struct catalog_record copy;
    struct err err = { 0 };

    if (pool_number(&loading->seen, record->id) != known)
        return;
    if (!catalog_record_encode(record, &buf, &err) ||
        !catalog_record_decode(buf_str(&buf), loading->arena, &copy, &err))
        bench_fail("slow", &err);
    VEC_PUSH(loading->arena, &loading->records, copy);
}

static size_t ask(const struct slow *slow, struct str names, struct arena *arena)
{
    struct inventory inventory = { 0 };
    struct component component = { 0 };
    struct statements statements;
    struct question question;
    struct str name;

    while (str_split(&names, ',', &name))
        VEC_PUSH(arena, &component.cpes, name);
    VEC_PUSH(arena, &inventory.components, component);
    question_of(&inventory, arena, &question);
    slow_statements(slow, &question, (struct matching_options){ 0 }, arena, &statements);
    return statements.len;
}

/* LINES FILE FORMAT FILE [FORMAT FILE]…: the first LINES lines of names (or host<tab>names); prints questions, records hit and seconds. */
int bench_slow(int argc, char **argv)
{
    struct loading loading = { .arena = arena_new((size_t)BENCH_ARENA * 16) };
    struct arena *arena = arena_new((size_t)BENCH_ARENA * 4), *whole = arena_new(BENCH_ARENA);
    struct str lines = bench_file(argv[1], whole), line;
    size_t most = (size_t)strtoul(argv[0], NULL, 10), asked = 0, hits = 0;
    struct slow *slow;
    double start;

    for (int i = 2; i + 1 < argc; i += 2)
        bench_read(argv[i], argv[i + 1], take, &loading);
    slow = slow_new(
        (struct slow_input){ .records = loading.records.at, .record_count = loading.records.len });
    start = bench_now();
    while (asked < most && str_split(&lines, '\n', &line)) {
        size_t tab = str_index(line, '\t');

        arena_reset(arena);
        hits += ask(slow, tab < line.len ? str_drop(line, tab + 1) : line, arena);
        asked++;
    }
    printf("%zu %zu %.9f\n", asked, hits, bench_now() - start);
    slow_free(slow);
    arena_free(loading.arena);
    arena_free(arena);
    arena_free(whole);
    pool_done(&loading.seen);
    return 0;
}
