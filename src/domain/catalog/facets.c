/* By what hits could be narrowed: how often each severity, source, vendor … stands among them. */
#include "base/err.h"
#include "domain/catalog/parts.h"
#include "domain/catalog/search.sql.h"
#include "domain/catalog/search_internal.h"
#include "domain/catalog/tally.h"
#include "store/store.h"

struct counting {
    const struct columns *columns;
    struct arena *arena;
    struct tallies facets[SEARCH_FACETS];
};

/* ---- what has few values: of all hits ---- */

/* Of each kind. Where most entries are hits, those that are none are counted and the others are the rest. */
static uint32_t *count_kinds(const struct columns *columns, struct bits hits, struct arena *arena)
{
    uint32_t *counts = ARENA_NEW_N(arena, columns->kinds.len + 1, uint32_t);
    bool are_most = bits_common(hits, hits) * 2 > bits_common(columns->alive, columns->alive);

    for (size_t i = 0; i < bits_words(hits.count); i++) {
        uint64_t word = are_most ? columns->alive.at[i] & ~hits.at[i] : hits.at[i];

        for (; word > 0; word &= word - 1)
            counts[columns->kind_of[i * BITS_WORD + (size_t)__builtin_ctzll(word)]]++;
    }
    for (size_t i = 0; are_most && i < columns->kinds.len; i++)
        counts[i] = columns->kinds.at[i].count - counts[i];
    return counts;
}

static void count_kind(struct counting *c, const struct doc_kind *kind, uint32_t count)
{
    tallies_add(&c->facets[FACET_SEVERITY], kind->severity, count);
    for (unsigned i = 0; kind->sources >> i > 0; i++)
        if (kind->sources >> i & 1)
            tallies_add(&c->facets[FACET_SOURCE], i, count);
    if (kind->year > 0)
        tallies_add(&c->facets[FACET_YEAR], (uint32_t)kind->year, count);
    if (kind->is_kev)
        tallies_add(&c->facets[FACET_KEV], 1, count);
    if (kind->is_embedded)
        tallies_add(&c->facets[FACET_EMBEDDED], 1, count);
    if (kind->has_ja)
        tallies_add(&c->facets[FACET_JA], 1, count);
}

static void count_all(struct counting *c, struct bits hits)
{
    const uint32_t *counts = count_kinds(c->columns, hits, c->arena);

    for (size_t i = 0; i < c->columns->kinds.len; i++)
        if (counts[i] > 0)
            count_kind(c, &c->columns->kinds.at[i], counts[i]);
}

/* ---- what has many: of the newest ---- */

bool search_facet_is_of_newest(enum search_facet facet)
{
    return facet == FACET_VENDOR || facet == FACET_PRODUCT || facet == FACET_CWE;
}

static void count_parts(struct counting *c, const uint32_t *at)
{
    static const enum search_facet facets[PART_KINDS] = {
        [PART_VENDOR] = FACET_VENDOR, [PART_PRODUCT] = FACET_PRODUCT, [PART_WEAKNESS] = FACET_CWE
    };

    for (size_t kind = 0; kind < PART_KINDS; kind++)
        for (uint32_t count = *at++; count > 0; count--)
            tallies_add(&c->facets[facets[kind]], *at++, 1);
}

/* Docs lie far from each other, and their parts from them: they are asked for ahead. */
static void count_newest(struct counting *c, struct bits hits)
{
    enum { AHEAD = 8 };
    const struct doc *all = c->columns->docs;
    struct docs docs = { 0 };

    columns_first(c->columns, ORDER_MODIFIED, hits, SEARCH_COUNT_MAX, c->arena, &docs);
    for (size_t i = 0; i < docs.len; i++) {
        if (i + 2 * AHEAD < docs.len)
            __builtin_prefetch(&all[docs.at[i + 2 * AHEAD]]);
        if (i + AHEAD < docs.len)
            __builtin_prefetch(columns_parts(c->columns, &all[docs.at[i + AHEAD]]));
        count_parts(c, columns_parts(c->columns, &all[docs.at[i]]));
    }
}

/* ---- what a number is called ---- */

static struct str key_of(enum search_facet facet, uint32_t n, struct arena *arena)
{
    switch (facet) {
    case FACET_SEVERITY:
        return catalog_severity_name((enum catalog_severity)n);
    case FACET_SOURCE:
        return catalog_source_name((enum catalog_source)n);
    case FACET_CWE:
    case FACET_YEAR:
        return arena_printf(arena, "%u", (unsigned)n);
    default:
        return STR("yes");
    }
}

/* Those of the dictionary, all with one question. */
static bool name_all(struct tx *tx, const struct query *query, const struct tally *tallies,
                     size_t count, struct arena *arena, struct search_choices *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int64_t ids[TALLIES_SHOWN];
    size_t place = 0;
    int there;

    for (size_t i = 0; i < count; i++)
        ids[i] = tallies[i].n;
    if (!store_select(tx, query, BINDS(bind_text("ids", search_list(ids, count, arena))), arena,
                      &rows, err))
        return PASS(err);
    while ((there = rows_next(rows, err)) == 1 && place < count)
        VEC_PUSH(arena, out,
                 (struct search_choice){ .key = row_text(rows, "key"),
                                         .name_ja = row_text(rows, "name_ja"),
                                         .name_en = row_text(rows, "name_en"),
                                         .count = tallies[place++].count });
    if (there < 0)
        return PASS(err);
    return place == count ? true : FAIL(err, STORE, str_from_z(query->name));
}

static bool fill_facet(struct tx *tx, enum search_facet facet, const struct tallies *all,
                       struct arena *arena, struct search_choices *out, struct err *err)
{
    static const struct query *const dictionary[SEARCH_FACETS] = {
        [FACET_VENDOR] = &sql_vendors_named, [FACET_PRODUCT] = &sql_products_named
    };
    struct tally tallies[TALLIES_SHOWN];
    size_t count = tallies_first(all, tallies);

    if (dictionary[facet] && count > 0)
        return name_all(tx, dictionary[facet], tallies, count, arena, out, err) ? true : PASS(err);
    for (size_t i = 0; i < count; i++)
        VEC_PUSH(arena, out,
                 (struct search_choice){ .key = key_of(facet, tallies[i].n, arena),
                                         .count = tallies[i].count });
    return true;
}

bool search_count_facets(struct tx *tx, const struct columns *columns, struct bits hits,
                         struct arena *arena, struct search_found *out, struct err *err)
{
    struct counting c = { .columns = columns, .arena = arena };

    for (size_t facet = 0; facet < SEARCH_FACETS; facet++)
        c.facets[facet] = tallies_new(arena);
    count_all(&c, hits);
    count_newest(&c, hits);
    for (size_t facet = 0; facet < SEARCH_FACETS; facet++)
        if (!fill_facet(tx, (enum search_facet)facet, &c.facets[facet], arena, &out->facets[facet],
                        err))
            return PASS(err);
    return true;
}
