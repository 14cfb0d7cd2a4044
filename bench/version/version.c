/* bench/version/version.c: comparisons a second on one core, of pairs that stand in a file ("a TAB b", one a line); beside it how fast keys
 * are made and compared, and a memcmp of the texts themselves, which no comparison can go without. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/err.h"
#include "base/fs.h"
#include "base/vec.h"
#include "formats/version/version.h"

enum { FILE_MAX = 64 << 20, ROUNDS = 15 };

struct pair {
    struct str a, b;
    struct str key_a, key_b;
};
struct pairs {
    VEC_OF(struct pair);
};

static double now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static struct str key_of(struct arena *arena, enum version_scheme scheme, struct str text)
{
    unsigned char key[VERSION_KEY_MAX];

    return arena_str(arena, (struct str){ (char *)key, version_key(scheme, text, key) });
}

static struct pairs read_pairs(struct arena *arena, enum version_scheme scheme, struct str text)
{
    struct pairs pairs = { 0 };
    struct str line;

    while (str_split(&text, '\n', &line)) {
        struct pair pair;

        if (!str_split(&line, '\t', &pair.a) || !str_split(&line, '\t', &pair.b))
            continue;
        pair.key_a = key_of(arena, scheme, pair.a);
        pair.key_b = key_of(arena, scheme, pair.b);
        VEC_PUSH(arena, &pairs, pair);
    }
    return pairs;
}

enum what { COMPARE, MAKE_KEYS, COMPARE_KEYS, MEMCMP, WHATS };

static long run(enum what what, enum version_scheme scheme, const struct pairs *pairs)
{
    unsigned char key[VERSION_KEY_MAX];
    long sum = 0;

    for (size_t i = 0; i < pairs->len; i++) {
        const struct pair *p = &pairs->at[i];

        switch (what) {
        case COMPARE:
            sum += version_compare(scheme, p->a, p->b) < 0;
            break;
        case MAKE_KEYS:
            sum += (long)version_key(scheme, p->a, key);
            break;
        case COMPARE_KEYS:
            sum += str_cmp(p->key_a, p->key_b) < 0;
            break;
        default:
            sum += str_cmp(p->a, p->b) < 0;
        }
    }
    return sum;
}

/* SCHEME FILE: prints pairs, the bytes of a key on average, and the best seconds of each of enum what. */
int main(int argc, char **argv)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new((size_t)1 << 30);
    double best[WHATS] = { 1e9, 1e9, 1e9, 1e9 };
    enum version_scheme scheme;
    struct err err = { 0 };
    struct pairs pairs;
    struct str text;
    size_t bytes = 0;
    long sum = 0;

    if (argc != 3 || !version_scheme_from_name(str_from_z(argv[1]), &scheme) ||
        !fs_read_whole(argv[2], FILE_MAX, arena, &text, &err))
        return 1;
    pairs = read_pairs(arena, scheme, text);
    for (size_t i = 0; i < pairs.len; i++)
        bytes += pairs.at[i].key_a.len;
    for (int round = 0; round < ROUNDS; round++)
        for (unsigned what = 0; what < WHATS; what++) {
            double start = now(), took;

            sum += run((enum what)what, scheme, &pairs);
            took = now() - start;
            best[what] = took < best[what] ? took : best[what];
        }
    printf("%zu %.2f %.9f %.9f %.9f %.9f %ld\n", pairs.len, (double)bytes / (double)pairs.len,
           best[COMPARE], best[MAKE_KEYS], best[COMPARE_KEYS], best[MEMCMP], sum);
    return 0;
}
