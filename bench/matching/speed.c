#include "bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "domain/matching/question.h"

enum { ROUNDS = 7 };

/* What one round asked and got. */
struct round {
    size_t asked, hits;
};
typedef struct round ask_all(struct matching_session *session, struct str lines,
                             struct arena *arena);

static bool parse_name(struct str text, struct arena *arena, struct asked_name *out)
{
    struct err ignored = { 0 };
    struct cpe cpe;

    return cpe_parse(text, arena, &cpe, &ignored) &&
           question_name(cpe, text, 0, STR_NONE, arena, out);
}

/* One name a line. */
static struct round ask_names(struct matching_session *session, struct str lines,
                              struct arena *arena)
{
    struct round round = { 0 };
    struct str line;

    while (str_split(&lines, '\n', &line)) {
        struct asked_name name;

        arena_reset(arena);
        round.asked++;
        if (parse_name(line, arena, &name))
            round.hits += matching_hits_of_names(session, &name, 1).count;
    }
    return round;
}

/* HOST<tab>NAME,NAME… a line. */
static struct round ask_hosts(struct matching_session *session, struct str lines,
                              struct arena *arena)
{
    struct round round = { 0 };
    struct str line;

    while (str_split(&lines, '\n', &line)) {
        struct {
            VEC_OF(struct asked_name);
        } names = { 0 };
        struct str list = str_drop(line, str_index(line, '\t') + 1), text;

        arena_reset(arena);
        while (str_split(&list, ',', &text)) {
            struct asked_name name;

            if (parse_name(text, arena, &name))
                VEC_PUSH(arena, &names, name);
        }
        round.asked++;
        round.hits += matching_hits_of_names(session, names.at, names.len).count;
    }
    return round;
}

/* NAME<tab>VERSION a line, of npm. */
static struct round ask_packages(struct matching_session *session, struct str lines,
                                 struct arena *arena)
{
    struct round round = { 0 };
    struct str line;

    (void)arena;
    while (str_split(&lines, '\n', &line)) {
        size_t tab = str_index(line, '\t');

        round.asked++;
        round.hits += matching_hits_of_package(session, STR("npm"), STR_NONE, str_take(line, tab),
                                               str_drop(line, tab + 1))
                          .count;
    }
    return round;
}

/* The same names with something behind, so that none is known. */
static struct round ask_misses(struct matching_session *session, struct str lines,
                               struct arena *arena)
{
    struct round round = { 0 };
    struct str line;
    char name[512];

    (void)arena;
    while (str_split(&lines, '\n', &line)) {
        size_t tab = str_index(line, '\t');
        size_t length = tab < sizeof name - 2 ? tab : sizeof name - 2;

        memcpy(name, line.ptr, length);
        memcpy(name + length, "~~", 2);
        round.asked++;
        round.hits +=
            matching_hits_of_package(session, STR("npm"), STR_NONE,
                                     (struct str){ name, length + 2 }, str_drop(line, tab + 1))
                .count;
    }
    return round;
}

/* INDEX names|hosts|packages|misses FILE, or INDEX open: prints questions, hits and the best round's seconds. */
int bench_speed(int argc, char **argv)
{
    static const struct {
        const char *name;
        ask_all *ask;
    } kinds[] = { { "names", ask_names },
                  { "hosts", ask_hosts },
                  { "packages", ask_packages },
                  { "misses", ask_misses } };
    struct arena *arena = arena_new(BENCH_ARENA), *scratch = arena_new(BENCH_ARENA);
    struct matching_session *session;
    struct matching_index *index;
    struct round round = { 0 };
    double best = 1e9;
    struct str lines;

    if (argc == 2) {
        for (int i = 0; i < ROUNDS; i++) {
            double start = bench_now();

            matching_index_close(bench_open(argv[0]));
            if (bench_now() - start < best)
                best = bench_now() - start;
        }
        printf("1 0 %.9f\n", best);
        return 0;
    }
    index = bench_open(argv[0]);
    lines = bench_file(argv[2], arena);
    session = matching_session_new(index);
    for (size_t kind = 0; kind < COUNT(kinds); kind++) {
        for (int i = 0; strcmp(argv[1], kinds[kind].name) == 0 && i < ROUNDS; i++) {
            double start = bench_now();

            round = kinds[kind].ask(session, lines, scratch);
            if (bench_now() - start < best)
                best = bench_now() - start;
        }
    }
    printf("%zu %zu %.9f\n", round.asked, round.hits, best);
    matching_session_free(session);
    matching_index_close(index);
    arena_free(arena);
    arena_free(scratch);
    return 0;
}
