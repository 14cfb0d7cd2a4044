#include "store/fulltext_internal.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "base/fs.h"
#include "store/store_internal.h"
#include <assert.h>

enum {
    TERMS = 1 << 19,
    SLOTS = 2 * TERMS,
    PIECE_MIN = 12,
    PIECE_MAX = 504,
    HEAD = 19,
    WRITE = 1 << 20
};
#define RUN_MEMORY   ((size_t)4 << 30)
#define WHOLE_MEMORY ((size_t)4 << 30)

/* A word, in a line of the processor's cache of its own. Its list is FTS5's: for each row the distance from the one before (of the first its id), twice the size of its
 * positions, and these. It lies in pieces, each ending with the address of the next. */
struct term {
    int64_t last;             /* row */
    char *first, *at, *end;   /* the first piece; where to go on; where the present one ends */
    uint32_t size;            /* of the list */
    uint32_t here, here_last; /* places in the present row, from 1; 0: it is not there */
    uint8_t len;
    char head
        [HEAD]; /* of a longer word the address of its copy, and as much of it as there is room for */
};
_Static_assert(sizeof(struct term) == 64, "a line of the cache");

struct slot {
    uint32_t hash, term; /* from 1; 0: free */
};
/* A word of the present row. */
struct place {
    const char *text;
    uint32_t hash, column, token;
    uint32_t next; /* of the same word */
    uint8_t len;
};

size_t varint_put(char *at, uint64_t n)
{
    size_t len = 1;

    for (uint64_t rest = n >> 7; rest > 0; rest >>= 7)
        len++;
    for (size_t i = len; i-- > 0; n >>= 7)
        at[i] = (char)((n & 0x7f) | (i + 1 < len ? 0x80 : 0));
    return len;
}

const char *varint_get(const char *at, const char *end, uint64_t *out)
{
    uint64_t n = 0;

    for (size_t i = 0; i < VARINT_MAX && at < end; i++) {
        unsigned char byte = (unsigned char)*at++;

        n = n << 7 | (byte & 0x7f);
        if (byte < 0x80) {
            *out = n;
            return at;
        }
    }
    return NULL;
}

/* ---- its life ---- */

/* The next whole line of the cache. */
static void *lines_of(struct term *at)
{
    return (char *)at + (sizeof *at - (uintptr_t)at % sizeof *at) % sizeof *at;
}

static void begin_run(struct fulltext *fulltext)
{
    struct arena *arena = arena_new(RUN_MEMORY);

    fulltext->arena = arena;
    fulltext->terms.at = lines_of(ARENA_NEW_N(arena, TERMS + 1, struct term));
    fulltext->terms.cap = TERMS;
    fulltext->terms.len = 0;
    fulltext->slots = ARENA_NEW_N(arena, SLOTS, struct slot);
    fulltext->slot_count = SLOTS;
    fulltext->gathered = 0;
}

struct fulltext *fulltext_new(const struct tx *tx, size_t columns, size_t most)
{
    struct arena *whole = arena_new(WHOLE_MEMORY);
    struct fulltext *fulltext = ARENA_NEW(whole, struct fulltext);

    assert(columns <= FULLTEXT_COLUMNS_MAX);
    *fulltext =
        (struct fulltext){ .columns = columns, .most = most, .tx = tx, .whole = whole, .fd = -1 };
    fulltext->counts = buf_new(whole, WHOLE_MEMORY / 4);
    VEC_PUSH(whole, &fulltext->places, (struct place){ 0 }); /* the first is none */
    sqlite3_randomness(sizeof fulltext->seed, &fulltext->seed);
    begin_run(fulltext);
    return fulltext;
}

void fulltext_free(struct fulltext *fulltext)
{
    if (!fulltext)
        return;
    if (fulltext->fd >= 0)
        close(fulltext->fd);
    arena_drop(fulltext->arena);
    arena_drop(fulltext->whole);
}

/* ---- words ---- */

/* Eight bytes at a time. The seed is nobody's to know: nobody can send words that all meet. */
static uint32_t hash_of(const char *at, size_t len, uint64_t seed)
{
    uint64_t hash = seed ^ len, word;

    for (; len >= sizeof word; at += sizeof word, len -= sizeof word) {
        memcpy(&word, at, sizeof word);
        hash = (hash ^ word) * UINT64_C(0x9e3779b97f4a7c15);
        hash ^= hash >> 29;
    }
    for (word = 0; len > 0; len--)
        word = word << 8 | (unsigned char)*at++;
    hash = (hash ^ word) * UINT64_C(0xbf58476d1ce4e5b9);
    return (uint32_t)(hash ^ hash >> 32);
}

static const char *text_of(const struct term *term)
{
    const char *text;

    if (term->len <= HEAD)
        return term->head;
    memcpy(&text, term->head, sizeof text);
    return text;
}

static void set_text(struct fulltext *fulltext, struct term *term, const char *text, size_t len)
{
    term->len = (uint8_t)len;
    if (len > HEAD) {
        text = arena_str(fulltext->arena, (struct str){ text, len }).ptr;
        memcpy(term->head, &text, sizeof text);
        fulltext->gathered += len;
    } else {
        memcpy(term->head, text, len);
    }
}

static void grow_slots(struct fulltext *fulltext)
{
    size_t count = 2 * fulltext->slot_count;
    struct slot *slots = ARENA_NEW_N(fulltext->arena, count, struct slot);

    for (size_t i = 0; i < fulltext->slot_count; i++) {
        size_t at = fulltext->slots[i].hash & (count - 1);

        if (fulltext->slots[i].term == 0)
            continue;
        while (slots[at].term)
            at = (at + 1) & (count - 1);
        slots[at] = fulltext->slots[i];
    }
    fulltext->slots = slots;
    fulltext->slot_count = count;
}

static uint32_t term_of(struct fulltext *fulltext, const char *text, size_t len, uint32_t hash)
{
    size_t at = hash & (fulltext->slot_count - 1);
    struct term *term;

    for (; fulltext->slots[at].term; at = (at + 1) & (fulltext->slot_count - 1)) {
        if (fulltext->slots[at].hash != hash)
            continue;
        term = &fulltext->terms.at[fulltext->slots[at].term - 1];
        if (term->len == len && memcmp(text_of(term), text, len) == 0)
            return fulltext->slots[at].term - 1;
    }
    VEC_PUSH(fulltext->arena, &fulltext->terms, (struct term){ 0 });
    set_text(fulltext, &fulltext->terms.at[fulltext->terms.len - 1], text, len);
    fulltext->slots[at] = (struct slot){ hash, (uint32_t)fulltext->terms.len };
    if (2 * fulltext->terms.len > fulltext->slot_count)
        grow_slots(fulltext);
    return (uint32_t)fulltext->terms.len - 1;
}

static int take_token(void *context, int flags, const char *token, int size, int from, int to)
{
    struct fulltext *fulltext = context;
    uint32_t hash = hash_of(token, (size_t)size, fulltext->seed);
    (void)flags, (void)from, (void)to;

    __builtin_prefetch(&fulltext->slots[hash & (fulltext->slot_count - 1)]);
    VEC_PUSH(fulltext->whole, &fulltext->places,
             (struct place){ .text = token,
                             .hash = hash,
                             .column = (uint32_t)fulltext->column,
                             .token = (uint32_t)fulltext->token++,
                             .len = (uint8_t)size });
    return SQLITE_OK;
}

static void find_term(struct fulltext *fulltext, uint32_t n)
{
    struct place *place = &fulltext->places.at[n];
    uint32_t found = term_of(fulltext, place->text, place->len, place->hash);
    struct term *term = &fulltext->terms.at[found];

    if (term->here) {
        fulltext->places.at[term->here_last].next = n;
    } else {
        VEC_PUSH(fulltext->whole, &fulltext->here, found);
        term->here = n;
    }
    term->here_last = n;
}

/* Each step asks for what the next one looks at: memory then answers many questions at once instead of one behind the other, which was most of the time. */
static void find_terms(struct fulltext *fulltext)
{
    for (size_t i = 1; i < fulltext->places.len; i++) {
        uint32_t hash = fulltext->places.at[i].hash;
        const struct slot *slot = &fulltext->slots[hash & (fulltext->slot_count - 1)];

        if (slot->term)
            __builtin_prefetch(&fulltext->terms.at[slot->term - 1], 1);
    }
    for (uint32_t i = 1; i < fulltext->places.len; i++)
        find_term(fulltext, i);
    for (size_t i = 0; i < fulltext->here.len; i++)
        __builtin_prefetch(fulltext->terms.at[fulltext->here.at[i]].at, 1);
}

/* ---- lists ---- */

/* Pieces double with their list: most words stand in few rows. before: bytes of it */
static size_t piece_size(size_t before)
{
    return before < PIECE_MIN ? PIECE_MIN : before < PIECE_MAX ? before : PIECE_MAX;
}

static void begin_piece(struct fulltext *fulltext, struct term *term)
{
    size_t size = piece_size(term->size);
    char *piece = arena_alloc(fulltext->arena, size + sizeof piece);

    if (term->end)
        memcpy(term->end, &piece, sizeof piece);
    else
        term->first = piece;
    term->at = piece;
    term->end = piece + size;
    fulltext->gathered += size + sizeof piece;
}

static void append(struct fulltext *fulltext, struct term *term, const char *bytes, size_t len)
{
    while (len > 0) {
        size_t fits = (size_t)(term->end - term->at);

        if (fits == 0) {
            begin_piece(fulltext, term);
            continue;
        }
        fits = fits < len ? fits : len;
        memcpy(term->at, bytes, fits);
        term->at += fits;
        term->size += (uint32_t)fits;
        bytes += fits;
        len -= fits;
    }
}

/* What stands behind the row's id in a list: its places by column, each as its distance from the one before. */
static size_t write_places(const struct fulltext *fulltext, uint32_t place, char *out)
{
    uint32_t column = 0, before = 0;
    size_t len = 0;

    for (; place; place = fulltext->places.at[place].next) {
        const struct place *here = &fulltext->places.at[place];

        if (here->column != column) {
            out[len++] = 1;
            len += varint_put(out + len, here->column);
            column = here->column;
            before = 0;
        }
        len += varint_put(out + len, here->token - before + 2);
        before = here->token;
    }
    return len;
}

static void end_term(struct fulltext *fulltext, struct term *term, int64_t id)
{
    char head[2 * VARINT_MAX];
    size_t len = write_places(fulltext, term->here, fulltext->list.at),
           head_len = varint_put(head, (uint64_t)(id - term->last));

    head_len += varint_put(head + head_len, 2 * len);
    append(fulltext, term, head, head_len);
    append(fulltext, term, fulltext->list.at, len);
    term->last = id;
    term->here = 0;
}

static void end_row(struct fulltext *fulltext, int64_t id, const size_t *counts)
{
    char head[2 * VARINT_MAX], words[FULLTEXT_COLUMNS_MAX * VARINT_MAX];
    size_t len = 0, head_len;

    for (size_t most = fulltext->places.len * (2 * VARINT_MAX); fulltext->list.cap < most;)
        fulltext->list.at = vec_grow(fulltext->whole, fulltext->list.at, 0, &fulltext->list.cap, 1);
    find_terms(fulltext);
    for (size_t i = 0; i < fulltext->here.len; i++)
        end_term(fulltext, &fulltext->terms.at[fulltext->here.at[i]], id);
    for (size_t i = 0; i < fulltext->columns; i++) {
        len += varint_put(words + len, counts[i]);
        fulltext->totals[i] += counts[i];
    }
    head_len = varint_put(head, (uint64_t)(id - fulltext->last));
    head_len += varint_put(head + head_len, len);
    buf_add(&fulltext->counts, (struct str){ head, head_len });
    buf_add(&fulltext->counts, (struct str){ words, len });
    fulltext->here.len = 0;
    fulltext->places.len = 1;
    fulltext->last = id;
    fulltext->rows++;
}

bool fulltext_add(struct fulltext *fulltext, int64_t id, const struct str *texts, struct err *err)
{
    size_t counts[FULLTEXT_COLUMNS_MAX] = { 0 };

    assert(id > fulltext->last);
    for (size_t i = 0; i < fulltext->columns; i++) {
        fulltext->column = i;
        fulltext->token = 0;
        if (texts[i].len > INT32_MAX)
            return FAIL(err, TOO_LARGE, STR("a text"));
        (void)tokenizer_read(texts[i], fulltext, take_token);
        counts[i] = fulltext->token;
    }
    end_row(fulltext, id, counts);
    if (fulltext->counts.over)
        return FAIL(err, TOO_LARGE, STR("an index"));
    return (fulltext->gathered < fulltext->most && fulltext->terms.len < TERMS) ||
                   fulltext_spill(fulltext, err)
               ? true
               : PASS(err);
}

/* ---- what waits ---- */

/* A term by the first bytes of its word, which decide mostly. */
struct key {
    uint64_t start;
    const struct term *term;
};

static int compare(const void *a, const void *b)
{
    const struct key *x = a, *y = b;
    size_t len = x->term->len < y->term->len ? x->term->len : y->term->len;
    int order;

    if (x->start != y->start)
        return x->start > y->start ? 1 : -1;
    order = memcmp(text_of(x->term), text_of(y->term), len);
    return order ? order : (int)x->term->len - (int)y->term->len;
}

static struct key *sort(const struct fulltext *fulltext, struct arena *arena)
{
    struct key *keys = ARENA_NEW_N(arena, fulltext->terms.len, struct key);

    for (size_t i = 0; i < fulltext->terms.len; i++) {
        const struct term *term = &fulltext->terms.at[i];
        const char *text = text_of(term);

        keys[i].term = term;
        for (size_t j = 0; j < sizeof keys[i].start; j++)
            keys[i].start = keys[i].start << 8 | (j < term->len ? (unsigned char)text[j] : 0);
    }
    qsort(keys, fulltext->terms.len, sizeof *keys, compare);
    return keys;
}

static bool flush(struct fulltext *fulltext, struct buf *out)
{
    bool ok = fs_write_all(fulltext->fd, buf_str(out));

    fulltext->waiting += out->len;
    out->len = 0;
    return ok;
}

/* out has room for what stands before a list, and for a piece. */
static bool write_term(struct fulltext *fulltext, const struct term *term, struct buf *out)
{
    char head[RUN_HEAD_MAX];
    const char *piece = term->first;
    size_t len = 1u + term->len, size, left = term->size;

    head[0] = (char)term->len;
    memcpy(head + 1, text_of(term), term->len);
    len += varint_put(head + len, term->size);
    len += varint_put(head + len, (uint64_t)term->last);
    buf_add(out, (struct str){ head, len });
    for (size_t behind = 0; left > 0; left -= size) {
        size = piece_size(behind);
        size = size < left ? size : left;
        if (out->len > WRITE && !flush(fulltext, out))
            return false;
        buf_add(out, (struct str){ piece, size });
        behind += size;
        if (left > size)
            memcpy(&piece, piece + size, sizeof piece);
    }
    return true;
}

bool fulltext_spill(struct fulltext *fulltext, struct err *err)
{
    struct buf out = buf_new(fulltext->arena, 2 * WRITE);
    const struct key *keys = sort(fulltext, fulltext->arena);
    bool ok = true;

    if (fulltext->fd < 0 && !store_scratch(fulltext->tx, &fulltext->fd, err))
        return PASS(err);
    VEC_PUSH(fulltext->whole, &fulltext->runs, fulltext->waiting);
    for (size_t i = 0; ok && i < fulltext->terms.len; i++)
        ok = write_term(fulltext, keys[i].term, &out);
    if (!ok || !flush(fulltext, &out))
        return FAIL(err, IO, STR("words that wait"));
    arena_drop(fulltext->arena);
    begin_run(fulltext);
    return true;
}
