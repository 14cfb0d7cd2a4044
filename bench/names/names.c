/* bench/names/names.c: names a second on one core: CPE names and package URLs read, package URLs made canonical, CPE names related. Beside
 * reading a walk over the same bytes that only looks for the separators; beside relating only comparing the two texts. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/err.h"
#include "base/fs.h"
#include "formats/cpe/cpe.h"
#include "formats/purl/purl.h"

enum { FILE_MAX = 64 << 20, ROUNDS = 9, ARENA_MAX = 1 << 20, NAMES_MAX = 1 << 17, NEIGHBOURS = 8 };

static double now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

struct job {
    struct str text, *lines;
    struct arena *arena; /* emptied after each name */
    struct cpe *names;   /* what was read before, for relations */
    size_t count;
};

static size_t read_cpe(struct job *job)
{
    struct str rest = job->text, line;
    size_t count = 0;

    while (str_split(&rest, '\n', &line)) {
        struct err err = { 0 };
        struct cpe cpe;

        count += cpe_parse(line, job->arena, &cpe, &err);
    }
    arena_reset(job->arena);
    return count;
}

static size_t relate(struct job *job)
{
    size_t related = 0;

    /* A criterion with names of its own neighbourhood: most differ in the version, as in an index by product. */
    for (size_t i = 0; i < job->count; i++)
        for (size_t k = i; k < i + NEIGHBOURS && k < job->count; k++)
            related += cpe_relation(&job->names[i], &job->names[k]) <= CPE_UNDEFINED;
    return related;
}

static size_t read_purl(struct job *job)
{
    struct str rest = job->text, line;
    size_t count = 0;

    while (str_split(&rest, '\n', &line)) {
        struct err err = { 0 };
        struct purl purl;

        count += purl_parse(line, job->arena, &purl, &err);
        arena_reset(job->arena);
    }
    return count;
}

static size_t write_purl(struct job *job)
{
    struct str rest = job->text, line;
    size_t count = 0;

    while (str_split(&rest, '\n', &line)) {
        struct err err = { 0 };
        struct purl purl;
        struct str canonical;

        count += purl_parse(line, job->arena, &purl, &err) &&
                 purl_text(&purl, job->arena, &canonical, &err);
        arena_reset(job->arena);
    }
    return count;
}

static size_t walk(struct job *job)
{
    size_t count = 0;

    for (size_t i = 0; i < job->text.len; i++)
        switch (job->text.ptr[i]) {
        case ':':
        case '/':
        case '@':
        case '\n':
            count++;
            __asm__ volatile("" : "+r"(count)); /* byte by byte, as a parser would */
            break;
        }
    return count;
}

/* Whether the same pairs are the same text. */
static size_t compare(struct job *job)
{
    size_t same = 0;

    for (size_t i = 0; i < job->count; i++)
        for (size_t k = i; k < i + NEIGHBOURS && k < job->count; k++)
            same += str_eq(job->lines[i], job->lines[k]);
    return same;
}

static double best_of(size_t (*run)(struct job *job), struct job *job, size_t *done)
{
    double best = 1e9;

    for (int i = 0; i < ROUNDS; i++) {
        double start = now(), end;

        *done = run(job);
        end = now();
        best = end - start < best ? end - start : best;
    }
    return best;
}

static void print(const char *what, size_t (*run)(struct job *job),
                  size_t (*beside)(struct job *job), struct job *job)
{
    size_t done, ignored;
    double own = best_of(run, job, &done), other = best_of(beside, job, &ignored);

    printf("%s %zu %.9f %.9f\n", what, done, own, other);
}

/* CPE_FILE PURL_FILE, one name a line: prints lines of "WHAT TIMES SECONDS SECONDS_BESIDE", the best of the rounds. */
int main(int argc, char **argv)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new((size_t)FILE_MAX * 4);
    CLEANUP(arena_free_var) struct arena *small = arena_new(ARENA_MAX);
    struct job cpe = { .arena = small }, purl = { .arena = small };
    struct err err = { 0 };
    struct str rest, line;

    if (argc != 3 || !fs_read_whole(argv[1], FILE_MAX, arena, &cpe.text, &err) ||
        !fs_read_whole(argv[2], FILE_MAX, arena, &purl.text, &err))
        return 1;
    cpe.names = ARENA_NEW_N(arena, NAMES_MAX, struct cpe);
    cpe.lines = ARENA_NEW_N(arena, NAMES_MAX, struct str);
    for (rest = cpe.text; cpe.count < NAMES_MAX && str_split(&rest, '\n', &line);) {
        cpe.lines[cpe.count] = line;
        cpe.count += cpe_parse(line, arena, &cpe.names[cpe.count], &err);
    }
    print("cpe-read", read_cpe, walk, &cpe);
    print("cpe-relation", relate, compare, &cpe);
    print("purl-read", read_purl, walk, &purl);
    print("purl-canonical", write_purl, walk, &purl);
    return 0;
}
