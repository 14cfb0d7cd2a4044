#include "base/lookup.h"

#include <stdlib.h>
#include <string.h>

/* Eight bytes at a time, mixed as in MurmurHash's finish. Only speed hangs on it: equal hashes are told apart by their texts. */
static uint64_t hash_of(struct str s)
{
    uint64_t hash = s.len * UINT64_C(0x9e3779b97f4a7c15);

    while (s.len > 0) {
        uint64_t word = 0;
        size_t n = s.len < sizeof word ? s.len : sizeof word;

        memcpy(&word, s.ptr, n);
        hash = (hash ^ word) * UINT64_C(0xff51afd7ed558ccd);
        hash ^= hash >> 32;
        s = str_drop(s, n);
    }
    return hash;
}

static int entry_cmp(const void *a, const void *b)
{
    const struct lookup_entry *x = a, *y = b;
    int order;

    if (x->hash != y->hash)
        return x->hash < y->hash ? -1 : 1;
    order = str_cmp(x->key, y->key);
    if (order != 0)
        return order;
    return (x->place > y->place) - (x->place < y->place);
}

void lookup_add(struct arena *arena, struct lookup *lookup, struct str key, size_t place)
{
    VEC_PUSH(arena, lookup, (struct lookup_entry){ hash_of(key), key, place });
}

/* Hashes are spread evenly, so the place of one can be guessed. */
static size_t guess(uint64_t hash, size_t len) { return (size_t)((hash >> 32) * len >> 32); }

/* Puts each near its place: what is left to sort are runs of a few, or, by a stranger's will, one of all. starts: len + 1 zeros */
static void spread(const struct lookup_entry *from, struct lookup_entry *to, size_t len,
                   uint32_t *starts)
{
    for (size_t i = 0; i < len; i++)
        starts[guess(from[i].hash, len) + 1]++;
    for (size_t i = 1; i <= len; i++)
        starts[i] += starts[i - 1];
    for (size_t i = 0; i < len; i++)
        to[starts[guess(from[i].hash, len)]++] = from[i];
}

static void sort_runs(struct lookup_entry *at, size_t len)
{
    for (size_t i = 0, end; i < len; i = end) {
        for (end = i + 1; end < len && guess(at[end].hash, len) == guess(at[i].hash, len);)
            end++;
        if (end - i > 1)
            qsort(at + i, end - i, sizeof *at, entry_cmp);
    }
}

void lookup_sort(struct lookup *lookup)
{
    size_t size = lookup->len * sizeof(lookup->at[0]);
    struct lookup_entry *copy = lookup->len < UINT32_MAX / 2 ? malloc(size) : NULL;
    uint32_t *starts = copy ? calloc(lookup->len + 1, sizeof *starts) : NULL;

    if (starts && lookup->len > 1) {
        memcpy(copy, lookup->at, size);
        spread(copy, lookup->at, lookup->len, starts);
        sort_runs(lookup->at, lookup->len);
    } else if (lookup->len > 1) {
        qsort(lookup->at, lookup->len, sizeof(lookup->at[0]), entry_cmp);
    }
    free(starts);
    free(copy);
}

/* From the place that is guessed the search widens until it holds the hash. However hashes are spread, it takes no more steps than the logarithm. */
static size_t first_of(const struct lookup *lookup, uint64_t hash)
{
    size_t low = guess(hash, lookup->len), high = low, step = 8;

    while (low > 0 && lookup->at[low - 1].hash >= hash) {
        high = low;
        low = low > step ? low - step : 0;
        step *= 2;
    }
    while (high < lookup->len && lookup->at[high].hash < hash) {
        low = high;
        high = lookup->len - high > step ? high + step : lookup->len;
        step *= 2;
    }
    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (lookup->at[middle].hash < hash)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool lookup_find(const struct lookup *lookup, struct str key, size_t *place)
{
    struct lookup_entry wanted = { hash_of(key), key, 0 };
    size_t low = first_of(lookup, wanted.hash), high = low;

    /* Equal hashes of different texts: few by chance, and by intent as many as a stranger likes. */
    while (high < lookup->len && high < low + 4 && lookup->at[high].hash == wanted.hash) {
        if (str_eq(lookup->at[high].key, key)) {
            *place = lookup->at[high].place;
            return true;
        }
        high++;
    }
    if (high < low + 4)
        return false;
    for (low = high, high = lookup->len; low < high;) {
        size_t middle = low + (high - low) / 2;

        if (entry_cmp(&lookup->at[middle], &wanted) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == lookup->len || !str_eq(lookup->at[low].key, key))
        return false;
    *place = lookup->at[low].place;
    return true;
}

bool lookup_twin(const struct lookup *lookup, struct str *key, size_t *place)
{
    for (size_t i = 1; i < lookup->len; i++) {
        const struct lookup_entry *a = &lookup->at[i - 1], *b = &lookup->at[i];

        if (a->hash != b->hash || !str_eq(a->key, b->key))
            continue;
        *key = b->key;
        *place = b->place;
        return true;
    }
    return false;
}
