/* By what hits could be narrowed: how often each severity, source, vendor … stands among those that were counted. */
#include "base/err.h"
#include "domain/catalog/parts.h"
#include "domain/catalog/search.sql.h"
#include "domain/catalog/search_internal.h"
#include "store/store.h"

enum { SHOWN = 20 }; /* of each facet */

struct numbers {
    VEC_OF(int64_t);
};
struct tally {
    int64_t n, count;
};
struct tallies {
    VEC_OF(struct tally);
};

/* The most frequent first, then the lowest number. */
static bool stands_before(const struct tally *a, const struct tally *b)
{
    return a->count != b->count ? a->count > b->count : a->n < b->n;
}

/* The first of them, in order: there are far more than are shown. */
static struct tallies first_of(const struct tallies *all, struct arena *arena)
{
    struct tallies out = { .at = ARENA_NEW_N(arena, SHOWN + 1, struct tally), .cap = SHOWN + 1 };

    for (size_t i = 0; i < all->len; i++) {
        size_t at = out.len;

        if (at == SHOWN && !stands_before(&all->at[i], &out.at[SHOWN - 1]))
            continue;
        for (; at > 0 && stands_before(&all->at[i], &out.at[at - 1]); at--)
            out.at[at] = out.at[at - 1];
        out.at[at] = all->at[i];
        out.len += out.len < SHOWN;
    }
    return out;
}

/* In a table of their places, which are counted from 1: sorting the numbers of a thousand hits would take longer than finding them. */
static struct tallies tally(const struct numbers *numbers, struct arena *arena)
{
    struct tallies all = { 0 };
    uint32_t *places;
    unsigned bits = 4;

    if (numbers->len == 0)
        return all;
    while ((size_t)1 << bits < numbers->len * 2)
        bits++;
    places = ARENA_NEW_N(arena, (size_t)1 << bits, uint32_t);
    for (size_t i = 0; i < numbers->len; i++) {
        int64_t n = numbers->at[i];
        size_t at = (uint64_t)n * UINT64_C(0x9e3779b97f4a7c15) >> (64 - bits);

        while (places[at] > 0 && all.at[places[at] - 1].n != n)
            at = (at + 1) & (((size_t)1 << bits) - 1);
        if (places[at] == 0) {
            VEC_PUSH(arena, &all, (struct tally){ .n = n });
            places[at] = (uint32_t)all.len;
        }
        all.at[places[at] - 1].count++;
    }
    return first_of(&all, arena);
}

static void gather_parts(struct str parts, struct arena *arena, struct numbers out[PART_KINDS])
{
    for (size_t kind = 0; kind < PART_KINDS; kind++) {
        int64_t count = 0, n;

        if (!parts_read(&parts, &count))
            return;
        for (; count > 0 && parts_read(&parts, &n); count--)
            VEC_PUSH(arena, &out[kind], n);
    }
}

static void gather(const struct hit *hit, struct arena *arena, struct numbers out[SEARCH_FACETS])
{
    VEC_PUSH(arena, &out[FACET_SEVERITY], hit->severity);
    for (unsigned i = 0; i < CATALOG_SOURCES; i++)
        if (hit->sources >> i & 1)
            VEC_PUSH(arena, &out[FACET_SOURCE], i);
    if (hit->published.ms > 0)
        VEC_PUSH(arena, &out[FACET_YEAR], utc_to_jst(hit->published).year);
    if (hit->is_kev)
        VEC_PUSH(arena, &out[FACET_KEV], 1);
    if (hit->is_embedded)
        VEC_PUSH(arena, &out[FACET_EMBEDDED], 1);
    if (hit->has_ja)
        VEC_PUSH(arena, &out[FACET_JA], 1);
}

/* ---- what a number is called ---- */

static bool name_by(struct tx *tx, const struct query *query, struct arena *arena,
                    struct search_choice *out, int64_t id, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;

    if (!store_select(tx, query, BINDS(bind_int("id", id)), arena, &rows, err) ||
        !rows_one(rows, STR("product"), err))
        return PASS(err);
    out->key = row_text(rows, "key");
    out->name_ja = row_text(rows, "name_ja");
    out->name_en = row_text(rows, "name_en");
    return true;
}

static bool name_it(struct tx *tx, enum search_facet facet, int64_t n, struct arena *arena,
                    struct search_choice *out, struct err *err)
{
    switch (facet) {
    case FACET_SEVERITY:
        out->key = catalog_severity_name((enum catalog_severity)n);
        return true;
    case FACET_SOURCE:
        out->key = catalog_source_name((enum catalog_source)n);
        return true;
    case FACET_VENDOR:
        return name_by(tx, &sql_vendor_named, arena, out, n, err) ? true : PASS(err);
    case FACET_PRODUCT:
        return name_by(tx, &sql_product_named, arena, out, n, err) ? true : PASS(err);
    case FACET_CWE:
    case FACET_YEAR:
        out->key = arena_printf(arena, "%lld", (long long)n);
        return true;
    default:
        out->key = STR("yes");
        return true;
    }
}

bool search_count_facets(struct tx *tx, const struct hit *hits, size_t count, struct arena *arena,
                         struct search_found *out, struct err *err)
{
    static const enum search_facet part_facets[PART_KINDS] = {
        [PART_VENDOR] = FACET_VENDOR, [PART_PRODUCT] = FACET_PRODUCT, [PART_WEAKNESS] = FACET_CWE
    };
    struct numbers numbers[SEARCH_FACETS] = { 0 }, parts[PART_KINDS] = { 0 };

    for (size_t i = 0; i < count; i++) {
        gather(&hits[i], arena, numbers);
        gather_parts(hits[i].parts, arena, parts);
    }
    for (size_t kind = 0; kind < PART_KINDS; kind++)
        numbers[part_facets[kind]] = parts[kind];
    for (size_t facet = 0; facet < SEARCH_FACETS; facet++) {
        struct tallies tallies = tally(&numbers[facet], arena);

        for (size_t i = 0; i < tallies.len; i++) {
            struct search_choice choice = { .count = tallies.at[i].count };

            if (!name_it(tx, (enum search_facet)facet, tallies.at[i].n, arena, &choice, err))
                return PASS(err);
            VEC_PUSH(arena, &out->facets[facet], choice);
        }
    }
    return true;
}
