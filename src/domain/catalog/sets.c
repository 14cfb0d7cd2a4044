#include "domain/catalog/sets.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/err.h"
#include "domain/catalog/columns.h"
#include "domain/catalog/sets.sql.h"
#include "store/fulltext.h"
#include "store/store.h"

enum {
    ROOM = 64 << 20, /* bytes of what is remembered; what was asked for longest ago goes */
    BUCKETS = 1 << 12,
    QUESTION_MAX = 1 << 10 /* bytes of what is worth remembering */
};

static const struct fulltext_table words = FULLTEXT_TABLE("words");

/* What one question finds among the docs below `count`: a list of a few, or bits. */
struct set {
    struct str question;
    size_t count, bytes;
    uint32_t *list;
    size_t len;
    uint64_t *bits;             /* NULL: it is a list */
    struct set *next;           /* in its bucket */
    struct set *before, *after; /* by when they were asked for: before is the later one */
};
struct sets {
    pthread_mutex_t lock; /* of all below */
    int64_t base;         /* whose docs they are */
    size_t bytes;
    struct set *buckets[BUCKETS];
    struct set ends; /* after: asked for last; before: asked for longest ago */
};

/* ---- one set ---- */

static void set_free(struct set *set)
{
    if (!set)
        return;
    free((char *)set->question.ptr);
    free(set->list);
    free(set->bits);
    free(set);
}
DEFINE_CLEANUP(struct set, set_free)

static bool fill(struct set *set, struct bits bits)
{
    size_t bytes = bits_words(bits.count) * sizeof *bits.at, most = bytes / sizeof *set->list;
    size_t len = bits_len(bits, most);

    set->bytes = bytes;
    if (len > most) {
        set->bits = malloc(bytes);
        if (set->bits)
            memcpy(set->bits, bits.at, bytes);
        return set->bits != NULL;
    }
    set->bytes = len * sizeof *set->list;
    set->list = malloc(set->bytes + 1);
    for (size_t place = bits.count; set->list && bits_before(bits, place, &place);)
        set->list[set->len++] = (uint32_t)place;
    return set->list != NULL;
}

/* NULL: there is no memory for it, so it is not remembered. */
static struct set *set_new(struct str question, struct bits bits)
{
    CLEANUP(set_free_var) struct set *set = calloc(1, sizeof *set);
    char *text = malloc(question.len);

    if (!set || !text) {
        free(text);
        return NULL;
    }
    memcpy(text, question.ptr, question.len);
    set->question = (struct str){ text, question.len };
    set->count = bits.count;
    if (!fill(set, bits))
        return NULL;
    set->bytes += sizeof *set + question.len;
    return TAKE(set);
}

static void set_copy(const struct set *set, struct bits out)
{
    if (set->bits)
        memcpy(out.at, set->bits, bits_words(set->count) * sizeof *out.at);
    for (size_t i = 0; i < set->len; i++)
        bits_set(out, set->list[i]);
}

/* ---- all of them, under the lock ---- */

struct sets *sets_new(void)
{
    struct sets *sets = calloc(1, sizeof *sets);

    if (!sets)
        return NULL;
    pthread_mutex_init(&sets->lock, NULL);
    sets->ends.before = sets->ends.after = &sets->ends;
    return sets;
}

static struct set **place_of(struct sets *sets, struct str question)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    struct set **place;

    for (size_t i = 0; i < question.len; i++)
        hash = (hash ^ (unsigned char)question.ptr[i]) * UINT64_C(0x100000001b3);
    for (place = &sets->buckets[(hash ^ hash >> 32) % BUCKETS];
         *place && !str_eq((*place)->question, question);)
        place = &(*place)->next;
    return place;
}

static void link_first(struct sets *sets, struct set *set)
{
    set->before = &sets->ends;
    set->after = sets->ends.after;
    set->after->before = set->before->after = set;
}

static void unlink_it(struct set *set)
{
    set->before->after = set->after;
    set->after->before = set->before;
}

static void forget(struct sets *sets, struct set *set)
{
    *place_of(sets, set->question) = set->next;
    unlink_it(set);
    sets->bytes -= set->bytes;
    set_free(set);
}

static void forget_down_to(struct sets *sets, size_t bytes)
{
    while (sets->bytes > bytes)
        forget(sets, sets->ends.before);
}

void sets_free(struct sets *sets)
{
    if (!sets)
        return;
    forget_down_to(sets, 0);
    pthread_mutex_destroy(&sets->lock);
    free(sets);
}

static void remember(struct sets *sets, struct set *set)
{
    struct set **place = place_of(sets, set->question);

    if (*place)
        forget(sets, *place);
    *place_of(sets, set->question) = set;
    link_first(sets, set);
    sets->bytes += set->bytes;
    forget_down_to(sets, ROOM);
}

/* ---- asking ---- */

/* What is remembered, and as far as it goes: the first doc that is still to be asked about. A reader of an earlier state does not know of so many. */
static size_t recall(struct sets *sets, const struct columns *columns, struct str question,
                     struct bits out)
{
    struct set *set;
    size_t from = 0;

    pthread_mutex_lock(&sets->lock);
    set = sets->base == columns->base ? *place_of(sets, question) : NULL;
    if (set && set->count <= out.count) {
        unlink_it(set);
        link_first(sets, set);
        set_copy(set, out);
        from = set->count;
    }
    pthread_mutex_unlock(&sets->lock);
    return from;
}

static void note(struct sets *sets, const struct columns *columns, struct str question,
                 struct bits bits)
{
    struct set *set =
        question.len > 0 && question.len <= QUESTION_MAX ? set_new(question, bits) : NULL;

    if (!set)
        return;
    pthread_mutex_lock(&sets->lock);
    if (sets->base < columns->base) {
        forget_down_to(sets, 0);
        sets->base = columns->base;
    }
    if (sets->base == columns->base)
        remember(sets, set);
    else
        set_free(set);
    pthread_mutex_unlock(&sets->lock);
}

static bool ask(struct tx *tx, struct str question, size_t from, struct arena *arena,
                struct bits out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int there;

    if (!store_select(tx, &sql_docs_found,
                      BINDS(bind_text("match", question), bind_int("from", (int64_t)from)), arena,
                      &rows, err))
        return PASS(err);
    while ((there = rows_next(rows, err)) == 1) {
        int64_t doc = row_int(rows, "doc");

        if (doc >= 0 && (size_t)doc < out.count)
            bits_set(out, (size_t)doc);
    }
    return there == 0 ? true : PASS(err);
}

/* there: of nothing when no place was asked about */
struct taking {
    struct bits out, there;
};

static void put(struct bits bits, size_t doc, bool is_in)
{
    if (is_in)
        bits_set(bits, doc);
    else
        bits_clear(bits, doc);
}

static void take(void *context, int64_t doc, bool has_it, bool is_there)
{
    const struct taking *taking = context;

    if (doc < 0 || (size_t)doc >= taking->out.count)
        return;
    put(taking->out, (size_t)doc, has_it);
    if (taking->there.count > 0)
        put(taking->there, (size_t)doc, is_there);
}

/* All docs that have a word, which FTS5 would name one by one. */
static bool read_word(struct tx *tx, struct str word, unsigned places, struct arena *arena,
                      struct taking *taking, struct err *err)
{
    return fulltext_find(tx, &words, word, places, arena, take, taking, err) ? true : PASS(err);
}

bool sets_find(struct sets *sets, struct tx *tx, const struct columns *columns,
               const struct set_question *question, struct arena *arena, struct bits out,
               struct err *err)
{
    struct taking taking = { .out = out };
    size_t from;
    bool ok;

    bits_empty(out);
    from = sets ? recall(sets, columns, question->text, out) : 0;
    if (from == columns->count)
        return true;
    if (sets && question->word.len > 0 && from == 0)
        ok = read_word(tx, question->word, 0, arena, &taking, err);
    else
        ok = ask(tx, question->text, from > question->least ? from : question->least, arena, out,
                 err);
    if (!ok)
        return PASS(err);
    if (sets)
        note(sets, columns, question->text, out);
    return true;
}

bool sets_find_placed(struct sets *sets, struct tx *tx, const struct columns *columns,
                      const struct set_question *question, const struct set_question *placed,
                      unsigned places, struct arena *arena, struct bits out, struct bits there,
                      struct err *err)
{
    struct taking taking = { out, there };

    bits_empty(there);
    if (!sets || question->word.len == 0 || recall(sets, columns, placed->text, there) > 0)
        return sets_find(sets, tx, columns, question, arena, out, err) &&
                       sets_find(sets, tx, columns, placed, arena, there, err)
                   ? true
                   : PASS(err);
    bits_empty(out);
    if (!read_word(tx, question->word, places, arena, &taking, err))
        return PASS(err);
    note(sets, columns, question->text, out);
    note(sets, columns, placed->text, there);
    return true;
}
