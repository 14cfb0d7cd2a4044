#include "domain/catalog/columns.h"

#include <stdlib.h>

#include "base/err.h"
#include "domain/catalog/columns.sql.h"
#include "domain/catalog/parts.h"
#include "domain/catalog/tally.h"
#include "store/store.h"

enum {
    COLUMNS_MEMORY = 1 << 30,
    PARTS_ROOM = 64 << 10, /* numbers to begin with */
    DIGIT = 11,            /* bits of a number that one pass of sorting looks at */
    FEW =
        512 /* hits are sorted by themselves; of more the first are soon come upon in the order of all */
};

/* ---- making ---- */

/* Of each kind how many, then the numbers; where they end early there are no more. */
static void put_parts(struct columns *columns, struct doc *doc, struct str parts)
{
    doc->parts = (uint32_t)columns->parts.len;
    for (size_t kind = 0; kind < PART_KINDS; kind++) {
        size_t head = columns->parts.len;
        int64_t count = 0, n;

        (void)parts_read(&parts, &count);
        VEC_PUSH(columns->arena, &columns->parts, 0);
        for (; count > 0 && parts_read(&parts, &n) && n < PART_MAX; count--) {
            VEC_PUSH(columns->arena, &columns->parts, (uint32_t)n);
            columns->parts.at[head]++;
        }
    }
}

static bool put_doc(struct columns *columns, struct rows *rows, struct err *err)
{
    int64_t number = row_int(rows, "doc");
    struct doc *doc;

    if (number < 0 || (size_t)number >= columns->count || columns->parts.len > UINT32_MAX / 2)
        return FAIL(err, STORE, STR("an entry's words"));
    doc = &columns->docs[number];
    *doc = (struct doc){ .id = row_int(rows, "id"),
                         .modified = row_utc(rows, "modified_at"),
                         .published = row_utc(rows, "published_at"),
                         .tenths = (int16_t)row_int(rows, "tenths"),
                         .epss = (int32_t)row_int(rows, "epss"),
                         .severity = (uint8_t)row_int(rows, "severity"),
                         .sources = (uint8_t)row_int(rows, "sources") };
    bits_set(columns->alive, (size_t)number);
    if (row_int(rows, "state") == CATALOG_PUBLISHED)
        bits_set(columns->published, (size_t)number);
    doc->has_ja = row_int(rows, "has_ja") != 0;
    doc->is_kev = row_int(rows, "is_kev") != 0;
    doc->is_embedded = row_int(rows, "is_embedded") != 0;
    if (doc->is_kev)
        bits_set(columns->kev, (size_t)number);
    if (doc->is_embedded)
        bits_set(columns->embedded, (size_t)number);
    put_parts(columns, doc, row_text(rows, "parts"));
    if (doc->published.ms > 0)
        doc->year = (int16_t)utc_to_jst(doc->published).year;
    return true;
}

static bool read_rows(struct tx *tx, struct columns *columns, size_t from, struct arena *scratch,
                      struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int there;

    if (!store_select(tx, &sql_columns_rows, BINDS(bind_int("from", (int64_t)from)), scratch, &rows,
                      err))
        return PASS(err);
    while ((there = rows_next(rows, err)) == 1)
        if (!put_doc(columns, rows, err))
            return PASS(err);
    return there == 0 ? true : PASS(err);
}

/* ---- from an earlier state ---- */

static void take_bits(struct bits out, struct bits from)
{
    memcpy(out.at, from.at, bits_words(from.count) * sizeof *out.at);
}

static void take_over(struct columns *columns, const struct columns *before)
{
    memcpy(columns->docs, before->docs, before->count * sizeof *before->docs);
    take_bits(columns->alive, before->alive);
    take_bits(columns->published, before->published);
    take_bits(columns->kev, before->kev);
    take_bits(columns->embedded, before->embedded);
    memcpy(columns->parts.at, before->parts.at, before->parts.len * sizeof *before->parts.at);
    columns->parts.len = before->parts.len;
}

/* The number that an entry had. */
static bool doc_before(const struct columns *before, int64_t id, size_t *out)
{
    size_t first = 0, last = before->by_id.len;

    while (first < last) {
        size_t middle = first + (last - first) / 2;

        if (before->docs[before->by_id.at[middle]].id < id)
            first = middle + 1;
        else
            last = middle;
    }
    if (first == before->by_id.len || before->docs[before->by_id.at[first]].id != id)
        return false;
    *out = before->by_id.at[first];
    return true;
}

/* What has a new number has its old one no more. */
static void drop_old(struct columns *columns, const struct columns *before)
{
    size_t old;

    for (size_t i = before->count; i < columns->count; i++) {
        if (!bits_has(columns->alive, i) || !doc_before(before, columns->docs[i].id, &old))
            continue;
        columns->docs[old].id = 0;
        bits_clear(columns->alive, old);
        bits_clear(columns->published, old);
        bits_clear(columns->kev, old);
        bits_clear(columns->embedded, old);
    }
}

/* ---- orders ---- */

/* A doc and what it is sorted by. */
struct keyed {
    uint64_t key;
    uint32_t doc;
};
struct sorting {
    struct keyed *at, *spare;
    size_t len;
};

/* By key, the lowest first; equal ones stay as they stood. */
static void sort(struct sorting *s)
{
    uint64_t all = 0;

    for (size_t i = 0; i < s->len; i++)
        all |= s->at[i].key;
    for (unsigned shift = 0; shift < 64 && all >> shift > 0; shift += DIGIT) {
        size_t places[1 << DIGIT] = { 0 }, place = 0;
        struct keyed *sorted = s->spare;

        for (size_t i = 0; i < s->len; i++)
            places[s->at[i].key >> shift & ((1 << DIGIT) - 1)]++;
        for (size_t i = 0; i < COUNT(places); i++) {
            size_t count = places[i];

            places[i] = place;
            place += count;
        }
        for (size_t i = 0; i < s->len; i++)
            sorted[places[s->at[i].key >> shift & ((1 << DIGIT) - 1)]++] = s->at[i];
        s->spare = s->at;
        s->at = sorted;
    }
}

static int64_t value_of(const struct doc *doc, enum search_order order)
{
    switch (order) {
    case ORDER_PUBLISHED:
        return doc->published.ms;
    case ORDER_SEVERITY:
        return doc->tenths;
    case ORDER_EPSS:
        return doc->epss;
    default:
        return doc->modified.ms;
    }
}

/* The greatest value first. by_id: these docs in the order of their ids */
static struct docs order_by(const struct columns *columns, const struct sorting *by_id,
                            enum search_order order, struct arena *scratch)
{
    struct sorting s = { ARENA_NEW_N(scratch, by_id->len, struct keyed),
                         ARENA_NEW_N(scratch, by_id->len, struct keyed), by_id->len };
    struct docs out = { ARENA_NEW_N(columns->arena, by_id->len, uint32_t), by_id->len, by_id->len };
    int64_t least = INT64_MAX;

    for (size_t i = 0; i < s.len; i++) {
        int64_t value = value_of(&columns->docs[by_id->at[i].doc], order);

        least = value < least ? value : least;
    }
    for (size_t i = 0; i < s.len; i++) {
        s.at[i].doc = by_id->at[i].doc;
        s.at[i].key = (uint64_t)value_of(&columns->docs[s.at[i].doc], order) - (uint64_t)least;
    }
    sort(&s);
    for (size_t i = 0; i < s.len; i++)
        out.at[i] = s.at[s.len - 1 - i].doc;
    return out;
}

static struct sorting sort_by_id(const struct columns *columns, struct bits of,
                                 struct arena *scratch)
{
    struct sorting s = { ARENA_NEW_N(scratch, columns->count, struct keyed),
                         ARENA_NEW_N(scratch, columns->count, struct keyed), 0 };

    for (size_t i = 0; i < columns->count; i++)
        if (bits_has(of, i))
            s.at[s.len++] =
                (struct keyed){ .key = (uint64_t)columns->docs[i].id, .doc = (uint32_t)i };
    sort(&s);
    return s;
}

/* What came since the words were settled stands behind them as it came. */
static void place_docs(struct columns *columns)
{
    const struct doc *last = NULL;

    for (size_t i = 0; i <= columns->settled && i < columns->count; i++) {
        const struct doc *doc = &columns->docs[i];

        if (!bits_has(columns->alive, i) ||
            (last && (doc->modified.ms < last->modified.ms ||
                      (doc->modified.ms == last->modified.ms && doc->id < last->id))))
            continue;
        bits_set(columns->in_place, i);
        last = doc;
    }
}

static void order_docs(struct columns *columns)
{
    static const enum search_order orders[] = { ORDER_PUBLISHED, ORDER_SEVERITY, ORDER_EPSS };
    struct arena *scratch = arena_new(COLUMNS_MEMORY);
    struct bits strays = bits_copy(scratch, columns->alive);
    struct sorting by_id = sort_by_id(columns, columns->alive, scratch), stray;

    for (size_t i = 0; i < by_id.len; i++)
        VEC_PUSH(columns->arena, &columns->by_id, by_id.at[i].doc);
    for (size_t i = 0; i < COUNT(orders); i++)
        columns->by[orders[i]] = order_by(columns, &by_id, orders[i], scratch);
    place_docs(columns);
    bits_and_not(strays, columns->in_place);
    stray = sort_by_id(columns, strays, scratch);
    columns->strays = order_by(columns, &stray, ORDER_MODIFIED, scratch);
    arena_drop(scratch);
}

/* ---- kinds ---- */

static uint32_t key_of_kind(const struct doc *doc)
{
    return (uint32_t)doc->year << 16 | (uint32_t)doc->severity << 12 | (uint32_t)doc->sources << 3 |
           (uint32_t)doc->has_ja << 2 | (uint32_t)doc->is_kev << 1 | (uint32_t)doc->is_embedded;
}

/* The count of a table's place is the number of its kind, from 1. */
static void sort_kinds(struct columns *columns)
{
    struct arena *scratch = arena_new(COLUMNS_MEMORY);
    struct tallies kinds = tallies_new(scratch);

    columns->kind_of = ARENA_NEW_N(columns->arena, columns->count + 1, uint32_t);
    for (size_t i = columns->count; bits_before(columns->alive, i, &i);) {
        const struct doc *doc = &columns->docs[i];
        uint32_t key = key_of_kind(doc), number = tallies_place(&kinds, key)->count;

        if (number == 0) {
            VEC_PUSH(columns->arena, &columns->kinds,
                     (struct doc_kind){ doc->year, doc->severity, doc->sources, doc->has_ja,
                                        doc->is_kev, doc->is_embedded, 0 });
            number = (uint32_t)columns->kinds.len;
            tallies_add(&kinds, key, number);
        }
        columns->kind_of[i] = number - 1;
        columns->kinds.at[number - 1].count++;
    }
    arena_drop(scratch);
}

/* ---- the whole ---- */

struct state {
    int64_t settled, last, base, state, whole;
};

static bool read_state(struct tx *tx, struct arena *arena, struct state *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;

    if (!store_select(tx, &sql_words_are, NO_BINDS, arena, &rows, err) ||
        !rows_one(rows, STR("words"), err))
        return PASS(err);
    *out = (struct state){ row_int(rows, "settled"), row_int(rows, "last"), row_int(rows, "base"),
                           row_int(rows, "state"), row_int(rows, "whole") };
    return out->last >= 0 && out->last < UINT32_MAX ? true : FAIL(err, STORE, STR("words"));
}

/* Nothing changed since but what has new numbers now. */
static bool goes_on_from(const struct columns *before, const struct state *state)
{
    return before && before->base == state->base && before->whole == state->whole &&
           before->state <= state->state && before->count <= (size_t)state->last + 1;
}

static struct columns *columns_new(const struct state *state, size_t parts)
{
    struct arena *arena = arena_new(COLUMNS_MEMORY);
    struct columns *columns = ARENA_NEW(arena, struct columns);
    size_t count = (size_t)state->last + 1;

    *columns = (struct columns){ .arena = arena,
                                 .base = state->base,
                                 .state = state->state,
                                 .whole = state->whole,
                                 .count = count,
                                 .settled = (size_t)state->settled,
                                 .docs = ARENA_NEW_N(arena, count, struct doc),
                                 .alive = bits_new(arena, count),
                                 .published = bits_new(arena, count),
                                 .kev = bits_new(arena, count),
                                 .embedded = bits_new(arena, count),
                                 .in_place = bits_new(arena, count) };
    columns->parts.cap = parts;
    columns->parts.at = ARENA_NEW_N(arena, parts, uint32_t);
    return columns;
}

bool columns_make(struct tx *tx, const struct columns *before, struct columns **out,
                  struct err *err)
{
    CLEANUP(arena_free_var) struct arena *scratch = arena_new(COLUMNS_MEMORY);
    CLEANUP(columns_free_var) struct columns *columns = NULL;
    struct state state;

    if (!read_state(tx, scratch, &state, err))
        return PASS(err);
    if (!goes_on_from(before, &state))
        before = NULL;
    columns = columns_new(&state, (before ? before->parts.len : 0) + PARTS_ROOM);
    if (before)
        take_over(columns, before);
    if (!read_rows(tx, columns, before ? before->count : 0, scratch, err))
        return PASS(err);
    if (before)
        drop_old(columns, before);
    order_docs(columns);
    sort_kinds(columns);
    *out = TAKE(columns);
    return true;
}

void columns_free(struct columns *columns)
{
    if (columns)
        arena_drop(columns->arena);
}

bool columns_state(struct tx *tx, int64_t *state, struct err *err)
{
    return store_number(tx, &sql_words_state, NO_BINDS, 0, state, err) ? true : PASS(err);
}

/* ---- the first of some ---- */

static bool stands_before(const struct doc *a, const struct doc *b, enum search_order order)
{
    int64_t x = value_of(a, order), y = value_of(b, order);

    return x != y ? x > y : a->id > b->id;
}

/* What stands where its number says, and what does not, merged. */
static void first_by_time(const struct columns *columns, struct bits of, size_t most,
                          struct arena *arena, struct docs *out)
{
    struct bits placed = bits_copy(arena, of);
    size_t stray = 0, place;
    bool has_placed;

    bits_and(placed, columns->in_place);
    has_placed = bits_before(placed, placed.count, &place);
    while (out->len < most) {
        while (stray < columns->strays.len && !bits_has(of, columns->strays.at[stray]))
            stray++;
        if (stray < columns->strays.len &&
            (!has_placed || stands_before(&columns->docs[columns->strays.at[stray]],
                                          &columns->docs[place], ORDER_MODIFIED))) {
            VEC_PUSH(arena, out, columns->strays.at[stray++]);
        } else if (has_placed) {
            VEC_PUSH(arena, out, (uint32_t)place);
            has_placed = bits_before(placed, place, &place);
        } else {
            return;
        }
    }
}

struct comparing {
    const struct columns *columns;
    enum search_order order;
};

static int compare(const void *a, const void *b, void *context)
{
    const struct comparing *by = context;
    const uint32_t *x = a, *y = b;

    return *x == *y                                                                   ? 0
           : stands_before(&by->columns->docs[*x], &by->columns->docs[*y], by->order) ? -1
                                                                                      : 1;
}

static void first_sorted(const struct columns *columns, enum search_order order, struct bits of,
                         size_t most, struct arena *arena, struct docs *out)
{
    struct comparing by = { columns, order };
    uint32_t few[FEW];
    size_t count = 0;

    for (size_t place = of.count; bits_before(of, place, &place);)
        few[count++] = (uint32_t)place;
    qsort_r(few, count, sizeof few[0], compare, &by);
    for (size_t i = 0; i < count && out->len < most; i++)
        VEC_PUSH(arena, out, few[i]);
}

void columns_first(const struct columns *columns, enum search_order order, struct bits of,
                   size_t most, struct arena *arena, struct docs *out)
{
    const struct docs *all = &columns->by[order];

    if (order == ORDER_MODIFIED) {
        first_by_time(columns, of, most, arena, out);
        return;
    }
    if (bits_len(of, FEW) <= FEW) {
        first_sorted(columns, order, of, most, arena, out);
        return;
    }
    for (size_t i = 0; i < all->len && out->len < most; i++)
        if (bits_has(of, all->at[i]))
            VEC_PUSH(arena, out, all->at[i]);
}
