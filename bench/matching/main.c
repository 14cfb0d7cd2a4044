/* bench/matching/main.c: builds an index of data sets, asks it in bulk, and prints its answers for run.py to compare. */
#include "bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/err.h"
#include "base/fs.h"
#include "seal/seal.h"

double bench_now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID,
                  &t); /* of this one core: others may use the machine as well */
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

void bench_fail(const char *what, const struct err *err)
{
    fprintf(stderr, "%s: %s %s (%s)\n", what, err_name(err->code), err->subject, err->trail);
    exit(1);
}

struct str bench_file(const char *path, struct arena *arena)
{
    struct err err = { 0 };
    struct str text;

    if (!fs_read_whole(path, BENCH_FILE, arena, &text, &err))
        bench_fail(path, &err);
    return text;
}

struct matching_index *bench_open(const char *path)
{
    struct matching_index *index = NULL;
    struct err err = { 0 };

    if (!matching_index_open(path, &index, &err))
        bench_fail(path, &err);
    return index;
}

int main(int argc, char **argv)
{
    static const struct {
        const char *name;
        int (*run)(int argc, char **argv);
    } commands[] = { { "build", bench_build },
                     { "speed", bench_speed },
                     { "answer", bench_answer },
                     { "slow", bench_slow },
                     { "memory", bench_memory } };
    struct err err = { 0 };

    if (!seal_start(&err))
        bench_fail("start", &err);
    for (size_t i = 0; i < COUNT(commands); i++) {
        if (argc > 1 && strcmp(argv[1], commands[i].name) == 0)
            return commands[i].run(argc - 2, argv + 2);
    }
    fprintf(stderr, "usage: build|speed|answer|slow|memory …\n");
    return 64;
}
