/* bench/cvss/cvss.c: vectors a second on one core, read and scored (all scores the version has), from a file with one vector a line;
 * beside it a walk over the same bytes that only counts the separators, which nobody who reads vectors can go without. */
#include <stdio.h>
#include <time.h>

#include "base/err.h"
#include "base/fs.h"
#include "formats/cvss/cvss.h"

enum { FILE_MAX = 64 << 20, ROUNDS = 15 };

/* Processor time: other programs on the machine do not count. */
static double now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static size_t score_all(struct str text, long *sum)
{
    struct str line;
    size_t count = 0;

    while (str_split(&text, '\n', &line)) {
        struct cvss cvss;
        struct err err = { 0 };

        if (!cvss_parse(line, &cvss, &err))
            continue;
        *sum += cvss_base_tenths(&cvss) + cvss_temporal_tenths(&cvss) +
                cvss_environmental_tenths(&cvss);
        count++;
    }
    return count;
}

static size_t count_separators(struct str text)
{
    size_t count = 0;

    for (size_t i = 0; i < text.len; i++)
        switch (text.ptr[i]) {
        case ':':
        case '/':
        case '\n':
            count++;
            __asm__ volatile("" : "+r"(count)); /* byte by byte, as a parser would */
            break;
        }
    return count;
}

/* FILE: prints "VECTORS SECONDS SECONDS_OF_WALK SUM", the best of the rounds. */
int main(int argc, char **argv)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(FILE_MAX * 2);
    struct err err = { 0 };
    struct str text;
    double best = 1e9, walk = 1e9;
    size_t count = 0, separators = 0;
    long sum = 0;

    if (argc != 2 || !fs_read_whole(argv[1], FILE_MAX, arena, &text, &err))
        return 1;
    for (int i = 0; i < ROUNDS; i++) {
        double start = now(), middle, end;

        count = score_all(text, &sum);
        middle = now();
        separators += count_separators(text);
        end = now();
        best = middle - start < best ? middle - start : best;
        walk = end - middle < walk ? end - middle : walk;
    }
    printf("%zu %.9f %.9f %ld\n", count, best, walk, sum + (long)separators);
    return 0;
}
