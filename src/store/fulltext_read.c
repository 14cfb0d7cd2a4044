/* A word's rows, read from what FTS5 keeps of a table in the form that fts5_index.c of SQLite describes at its beginning: segments, each a run of leaves with words and
 * their lists in order. FTS5 itself goes through a list row by row as a statement does, which for a word that stands in all rows takes ten times as long. */
#include "store/fulltext_internal.h"

#include <string.h>

#include "base/err.h"
#include "store/store_internal.h"

enum {
    COOKIE = 4,
    LEAF_HEAD = 4,
    SEGMENTS_MAX = 2000, /* as FTS5 has it */
    LAST_PAGE = INT32_MAX
};

struct segment {
    uint64_t id, first; /* its first leaf that counts */
};
struct segments {
    VEC_OF(struct segment); /* the oldest first: what a later one says of a row holds */
};

struct reader {
    struct tx *tx;
    const struct fulltext_table *table;
    struct arena *arena;
    struct rows *leaves; /* that follow */
    struct str leaf; /* the present one up to its words' places, or to where the list ends on it */
    const char *at, *end;
    bool is_last;  /* the list ends on it */
    bool is_first; /* the next row is the first of the list on it */
    unsigned columns;
    struct buf places; /* of a row whose places go over the end of a leaf */
    fulltext_taker *take;
    void *context;
};

static bool damaged(struct err *err) { return FAIL(err, STORE, STR("damaged words")); }

/* ---- which segments there are ---- */

/* The levels from the highest, where what was merged most lies, to the lowest; on each the oldest first. */
static bool read_levels(struct str structure, struct arena *arena, struct segments *out)
{
    const char *end = structure.ptr + structure.len, *at = structure.ptr + COOKIE;
    uint64_t levels = 0, count = 0, ignored, last;
    struct segments *by_level;

    if (structure.len < COOKIE || !(at = varint_get(at, end, &levels)) ||
        !(at = varint_get(at, end, &count)) || !(at = varint_get(at, end, &ignored)) ||
        levels > SEGMENTS_MAX || count > SEGMENTS_MAX)
        return false;
    by_level = ARENA_NEW_N(arena, levels + 1, struct segments);
    for (uint64_t i = 0; i < levels; i++) {
        if (!(at = varint_get(at, end, &ignored)) || !(at = varint_get(at, end, &count)) ||
            count > SEGMENTS_MAX)
            return false;
        for (; count > 0; count--) {
            struct segment segment;

            if (!(at = varint_get(at, end, &segment.id)) ||
                !(at = varint_get(at, end, &segment.first)) || !(at = varint_get(at, end, &last)) ||
                segment.id > UINT16_MAX || segment.first > LAST_PAGE)
                return false;
            VEC_PUSH(arena, &by_level[i], segment);
        }
    }
    for (uint64_t i = levels; i-- > 0;)
        for (size_t j = 0; j < by_level[i].len; j++)
            VEC_PUSH(arena, out, by_level[i].at[j]);
    return true;
}

static bool read_segments(struct reader *r, struct segments *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;

    if (!store_select(r->tx, &r->table->structure, NO_BINDS, r->arena, &rows, err) ||
        !rows_one(rows, STR("words"), err))
        return PASS(err);
    return read_levels(row_text(rows, "block"), r->arena, out) ? true : damaged(err);
}

/* ---- leaves ---- */

static size_t short_of(const char *at)
{
    return (size_t)(unsigned char)at[0] << 8 | (unsigned char)at[1];
}

/* Where a leaf's first word stands; 0: it has none. */
static bool first_word_of(struct str leaf, size_t size, size_t *out)
{
    uint64_t first = 0;

    if (leaf.len > size && !varint_get(leaf.ptr + size, leaf.ptr + leaf.len, &first))
        return false;
    *out = (size_t)first;
    return first == 0 || (first >= LEAF_HEAD && first < size);
}

/* The next of the leaves that were asked for, whole; STR_NONE: there is none. */
static bool next_leaf(struct reader *r, struct str *out, size_t *size, struct err *err)
{
    int there = rows_next(r->leaves, err);

    *out = STR_NONE;
    if (there != 1)
        return there == 0 ? true : PASS(err);
    *out = row_borrow(r->leaves, "block");
    if (out->len < LEAF_HEAD)
        return damaged(err);
    *size = short_of(out->ptr + 2);
    return *size >= LEAF_HEAD && *size <= out->len ? true : damaged(err);
}

/* Its part of a list that was begun before; *goes_on: false when it has none. */
static bool go_on(struct reader *r, bool *goes_on, struct err *err)
{
    struct str leaf;
    size_t size = 0, first = 0;

    *goes_on = false;
    if (r->is_last || !next_leaf(r, &leaf, &size, err))
        return r->is_last ? true : PASS(err);
    if (leaf.len == 0)
        return true;
    if (!first_word_of(leaf, size, &first))
        return damaged(err);
    r->leaf = leaf;
    r->is_last = first > 0;
    r->is_first = true;
    r->at = leaf.ptr + LEAF_HEAD;
    r->end = leaf.ptr + (first > 0 ? first : size);
    *goes_on = r->at < r->end;
    return true;
}

/* ---- a list ---- */

/* Are there places in one of these columns? */
static bool has_column(const char *at, const char *end, unsigned columns)
{
    if (at < end && *at != 1 && columns & 1)
        return true;
    while (at && at < end) {
        uint64_t column = 0;

        if (*at != 1) {
            while (at < end && *at++ & 0x80)
                ;
            continue;
        }
        at = varint_get(at + 1, end, &column);
        if (at && column < FULLTEXT_COLUMNS_MAX && columns >> column & 1)
            return true;
    }
    return false;
}

/* Places that go over the end of a leaf. */
static bool gather_places(struct reader *r, uint64_t size, struct err *err)
{
    bool goes_on = true;

    r->places.len = 0;
    for (;;) {
        size_t here = (size_t)(r->end - r->at);

        here = here < size ? here : (size_t)size;
        buf_add(&r->places, (struct str){ r->at, here });
        r->at += here;
        size -= here;
        if (size == 0)
            return r->places.over ? damaged(err) : true;
        if (!go_on(r, &goes_on, err))
            return PASS(err);
        if (!goes_on)
            return damaged(err);
    }
}

/* A row's places: it has the word when there are any. */
static bool read_places(struct reader *r, int64_t row, uint64_t size, struct err *err)
{
    const char *at = r->at, *end;

    if (size <= (uint64_t)(r->end - at)) {
        end = r->at = at + size;
    } else {
        if (!gather_places(r, size, err))
            return PASS(err);
        at = r->places.ptr;
        end = at + r->places.len;
    }
    r->take(r->context, row, at < end, r->columns != 0 && has_column(at, end, r->columns));
    return true;
}

/* Each leaf names its first row, then how far the next one is; what stands in one byte is read without a call. */
static bool read_list(struct reader *r, struct err *err)
{
    bool goes_on = true;
    uint64_t row = 0, n = 0, size = 0;

    while (goes_on) {
        if (r->at == r->end) {
            if (!go_on(r, &goes_on, err))
                return PASS(err);
            continue;
        }
        if (!(*r->at & 0x80))
            n = (unsigned char)*r->at++;
        else if (!(r->at = varint_get(r->at, r->end, &n)))
            return damaged(err);
        if (r->at < r->end && !(*r->at & 0x80))
            size = (unsigned char)*r->at++;
        else if (!(r->at = varint_get(r->at, r->end, &size)))
            return damaged(err);
        row = r->is_first ? n : row + n;
        r->is_first = false;
        if (!read_places(r, (int64_t)row, size / 2, err))
            return PASS(err);
    }
    return true;
}

/* ---- a word ---- */

/* The word's list on the leaf where it must begin if it is there. *is_there: it does. */
static bool find_word(struct reader *r, struct str leaf, size_t size, struct str word,
                      bool *is_there, struct err *err)
{
    const char *places = leaf.ptr + size, *places_end = leaf.ptr + leaf.len;
    char known[1 + TERM_MAX + 1];
    size_t at = 0, known_len = 0;

    *is_there = false;
    while (places < places_end) {
        uint64_t step = 0, same = 0, more = 0, next = 0;
        const char *text, *end = leaf.ptr + size;

        if (!(places = varint_get(places, places_end, &step)) || step >= size - at)
            return damaged(err);
        text = leaf.ptr + (at += (size_t)step);
        if ((known_len > 0 && !(text = varint_get(text, end, &same))) ||
            !(text = varint_get(text, end, &more)) || same > known_len ||
            more > sizeof known - same || more > (uint64_t)(end - text))
            return damaged(err);
        memcpy(known + same, text, more);
        known_len = (size_t)(same + more);
        if (!str_eq((struct str){ known, known_len }, word))
            continue;
        r->is_last = places < places_end;
        if (r->is_last &&
            (!varint_get(places, places_end, &next) || next >= size - at || next < more))
            return damaged(err);
        *is_there = r->is_first = true;
        r->leaf = leaf;
        r->at = text + more;
        r->end = r->is_last ? leaf.ptr + at + next : end;
        return r->at <= r->end ? true : damaged(err);
    }
    return true;
}

static int64_t leaf_id(uint64_t segment, uint64_t page) { return (int64_t)(segment << 37 | page); }

/* The leaf that the word must be on, and those behind it one by one. */
static bool read_segment(struct reader *r, const struct segment *segment, struct str word,
                         struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int64_t page = 0;
    struct str leaf;
    size_t size = 0;
    bool is_there = false;

    if (!store_number(r->tx, &r->table->leaf_of,
                      BINDS(bind_int("segment", (int64_t)segment->id), bind_blob("word", word)), 0,
                      &page, err))
        return PASS(err);
    page >>= 1; /* the lowest bit: it has a long list's index */
    if (page < (int64_t)segment->first)
        page = (int64_t)segment->first;
    if (!store_select(r->tx, &r->table->leaves,
                      BINDS(bind_int("from", leaf_id(segment->id, (uint64_t)page)),
                            bind_int("to", leaf_id(segment->id, LAST_PAGE))),
                      r->arena, &rows, err))
        return PASS(err);
    r->leaves = rows;
    r->leaf = STR_NONE;
    return next_leaf(r, &leaf, &size, err) &&
                   (leaf.len == 0 || find_word(r, leaf, size, word, &is_there, err)) &&
                   (!is_there || read_list(r, err))
               ? true
               : PASS(err);
}

bool fulltext_find(struct tx *tx, const struct fulltext_table *table, struct str word,
                   unsigned columns, struct arena *arena, fulltext_taker *take, void *context,
                   struct err *err)
{
    /* "0": the index of whole words, not of beginnings */
    const struct str whole = ARENA_JOIN(arena, STR("0"), word);
    struct segments segments = { 0 };
    struct reader r = { .tx = tx,
                        .table = table,
                        .arena = arena,
                        .columns = columns,
                        .places = buf_new(arena, FULLTEXT_PLACES_MAX),
                        .take = take,
                        .context = context };

    if (!read_segments(&r, &segments, err))
        return PASS(err);
    for (size_t i = 0; i < segments.len; i++)
        if (!read_segment(&r, &segments.at[i], whole, err))
            return PASS(err);
    return true;
}

/* ---- questions ---- */

struct asked {
    struct str word;
    size_t count;
};

static int note(void *context, int flags, const char *token, int size, int from, int to)
{
    struct asked *asked = context;
    (void)flags, (void)from, (void)to;

    asked->word = (struct str){ token, (size_t)size };
    asked->count++;
    return SQLITE_OK;
}

bool fulltext_is_word(struct str text, struct str *out)
{
    struct asked asked = { 0 };

    (void)tokenizer_ask(text, &asked, note);
    if (asked.count != 1)
        return false;
    *out = asked.word;
    return true;
}
