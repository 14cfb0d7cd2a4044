#include "domain/catalog/search_internal.h"

#include <stdlib.h>

#include "base/ascii.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/fold.h"
#include "domain/catalog/entry_row.h"
#include "domain/catalog/search.sql.h"
#include "domain/catalog/words.h"
#include "store/store.h"

enum {
    WALK_MAX =
        400, /* entries in the order asked for, each held against the index: as dear as sorting some ten thousand hits */
    QUESTION_MAX = 16 << 10,
    BINDS_MAX = 16,
    FOUND_BY_OTHERS = 100 /* counted for words that would find something */
};

/* A search on its way. */
struct asking {
    struct tx *tx;
    const struct search *search;
    struct arena *arena;
    struct str match; /* for the full-text index; empty: everything is meant */
    struct str
        best; /* the same where the words stand in names, titles and products; empty: there are none */
    bool is_nothing; /* it asks for what the catalogue does not have */
};

/* ---- what is asked ---- */

static bool is_sane(const struct search *search, struct err *err)
{
    enum catalog_source source;

    if (!str_is_utf8(search->words) || str_code_points(search->words) > SEARCH_WORDS_MAX)
        return FAIL(err, SEARCH, STR("too many words"));
    if (search->source.len > 0 && !catalog_source_from_name(search->source, &source))
        return FAIL(err, SEARCH, str_take(search->source, 80));
    if (search->offset > SEARCH_OFFSET_MAX)
        return FAIL(err, SEARCH, STR("a page that far"));
    if (search->limit == 0 || search->limit > SEARCH_PAGE_MAX || search->order >= SEARCH_ORDERS)
        return FAIL(err, SEARCH, STR("a page of that size"));
    return true;
}

/* The number of a key in the dictionary as a tag; one that is not there finds nothing. */
static bool add_key(struct asking *asking, struct buf *question, const struct query *query,
                    struct str vendor, struct str product, enum tag_kind kind, struct err *err)
{
    int64_t id;

    if (!store_number(asking->tx, query,
                      product.ptr ? (const struct bind[]){ bind_text("vendor", vendor),
                                                           bind_text("product", product) }
                                  : (const struct bind[]){ bind_text("vendor", vendor) },
                      product.ptr ? 2 : 1, 0, &id, err))
        return PASS(err);
    if (id)
        question_tag(question, kind, id);
    else
        asking->is_nothing = true;
    return true;
}

static bool add_dictionary(struct asking *asking, struct buf *question, struct err *err)
{
    const struct search *search = asking->search;
    size_t colon = str_index(search->product, ':');

    if (search->vendor.len > 0 &&
        !add_key(asking, question, &sql_vendor_of_key, search->vendor, STR_NONE, TAG_VENDOR, err))
        return PASS(err);
    return search->product.len == 0 ||
                   add_key(asking, question, &sql_product_of_key, str_take(search->product, colon),
                           str_drop(search->product, colon + 1), TAG_PRODUCT, err)
               ? true
               : PASS(err);
}

/* A word in more entries than are counted means itself; a rare one also those that go on from it. What begins like a frequent word would be all of its places, merged
 * and sorted before the first is seen. */
static bool add_piece(struct asking *asking, struct buf *question, const struct words_piece *piece,
                      struct err *err)
{
    struct buf alone = buf_new(asking->arena, QUESTION_MAX);
    int64_t count = 0;

    question_piece(&alone, piece->text, false);
    if (piece->may_go_on && !store_number(asking->tx, &sql_word_count,
                                          BINDS(bind_text("match", buf_str(&alone)),
                                                bind_int("limit", SEARCH_COUNT_MAX + 1)),
                                          0, &count, err))
        return PASS(err);
    question_piece(question, piece->text, piece->may_go_on && count <= SEARCH_COUNT_MAX);
    return true;
}

/* words: folded. is_nothing: there is nothing in them that could be found */
static bool add_words(struct asking *asking, struct buf *question, struct str words,
                      struct err *err)
{
    struct words_rest rest = { .text = words };
    struct words_piece piece;

    asking->is_nothing = str_trim(words).len > 0;
    while (words_next(&rest, &piece)) {
        if (!add_piece(asking, question, &piece, err))
            return PASS(err);
        asking->is_nothing = false;
    }
    return true;
}

static bool add_filters(struct asking *asking, struct buf *question, struct err *err)
{
    const struct search *search = asking->search;
    enum catalog_source source;

    if (!add_dictionary(asking, question, err))
        return PASS(err);
    if (catalog_source_from_name(search->source, &source))
        question_tag(question, TAG_SOURCE, source);
    if (search->cwe)
        question_tag(question, TAG_WEAKNESS, search->cwe);
    if (search->year)
        question_tag(question, TAG_YEAR, search->year);
    if (search->has_ja != TICK_ANY)
        question_tag(question, TAG_JAPANESE, search->has_ja == TICK_YES);
    if (search->severities)
        question_tags(question, TAG_SEVERITY, search->severities);
    return true;
}

static bool make_question(struct asking *asking, struct str words, struct err *err)
{
    struct buf question = buf_new(asking->arena, QUESTION_MAX),
               best = buf_new(asking->arena, 2 * QUESTION_MAX);
    size_t of_words;

    asking->best = STR_NONE;
    if (!add_words(asking, &question, fold(asking->arena, words), err))
        return PASS(err);
    of_words = question.len;
    if (!add_filters(asking, &question, err) || !buf_done(&question, &asking->match, err))
        return PASS(err);
    if (of_words == 0)
        return true;
    buf_add_z(&best, "{names titles products} : (");
    buf_add(&best, str_take(asking->match, of_words));
    buf_byte(&best, ')');
    buf_add(&best, str_drop(asking->match, of_words));
    return buf_done(&best, &asking->best, err) ? true : PASS(err);
}

/* ---- hits ---- */

static struct bind tick(const char *name, enum search_tick tick)
{
    return tick == TICK_ANY ? bind_null(name) : bind_int(name, tick == TICK_YES);
}

/* The columns that are asked for beside the index. */
static size_t bind_filters(const struct search *search, struct bind out[BINDS_MAX])
{
    const struct bind binds[] = {
        search->with_rejected ? bind_null("state") : bind_int("state", CATALOG_PUBLISHED),
        tick("kev", search->kev),
        tick("embedded", search->is_embedded),
        bind_id("epss", search->epss_min),
        bind_utc("published_from", search->published_from),
        bind_utc("published_to", search->published_to),
        bind_utc("modified_from", search->modified_from),
        bind_utc("modified_to", search->modified_to),
    };

    memcpy(out, binds, sizeof binds);
    return COUNT(binds);
}

static bool read_hits(struct asking *asking, const struct query *query, struct bind *binds,
                      size_t count, struct hits *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int there;

    if (!store_select(asking->tx, query, binds, count, asking->arena, &rows, err))
        return PASS(err);
    while ((there = rows_next(rows, err)) == 1)
        VEC_PUSH(asking->arena, out,
                 (struct hit){ .id = row_int(rows, "id"),
                               .doc = row_int(rows, "doc"),
                               .modified = row_utc(rows, "modified_at"),
                               .published = row_utc(rows, "published_at"),
                               .tenths = (int)row_int(rows, "tenths"),
                               .epss = (int)row_int(rows, "epss"),
                               .severity = (enum catalog_severity)row_int(rows, "severity"),
                               .sources = (unsigned)row_int(rows, "sources"),
                               .has_ja = row_int(rows, "has_ja") != 0,
                               .is_kev = row_int(rows, "is_kev") != 0,
                               .is_embedded = row_int(rows, "is_embedded") != 0,
                               .parts = row_text(rows, "parts") });
    return there == 0 ? true : PASS(err);
}

/* Hits of the words and tags, or without any all entries, in the order that the query gives. */
static bool ask(struct asking *asking, const struct query *query, struct bind further, size_t limit,
                struct hits *out, struct err *err)
{
    struct bind binds[BINDS_MAX];
    size_t count = bind_filters(asking->search, binds);

    binds[count++] = bind_int("limit", (int64_t)limit);
    if (out->cap == 0) {
        out->at = ARENA_NEW_N(asking->arena, limit, struct hit);
        out->cap = limit;
    }
    if (asking->match.len > 0)
        binds[count++] = bind_text("match", asking->match);
    if (further.name)
        binds[count++] = further;
    return read_hits(asking, query, binds, count, out, err) ? true : PASS(err);
}

static bool is_later(const struct hit *a, const struct hit *b)
{
    return a->modified.ms != b->modified.ms ? a->modified.ms > b->modified.ms : a->id > b->id;
}

/* The newest hits: what stands in the order of time, and what came since, merged. */
static bool newest(struct asking *asking, size_t limit, struct hits *out, struct err *err)
{
    struct hits old = { 0 }, fresh = { 0 };
    int64_t settled;
    size_t i = 0, j = 0;

    if (!store_number(asking->tx, &sql_words_settled, NO_BINDS, 0, &settled, err) ||
        !ask(asking, &sql_hits_settled, bind_int("settled", settled), limit, &old, err) ||
        !ask(asking, &sql_hits_fresh, bind_int("settled", settled), limit, &fresh, err))
        return PASS(err);
    if (fresh.len == 0) {
        *out = old;
        return true;
    }
    while (out->len < limit && (i < old.len || j < fresh.len)) {
        if (j == fresh.len || (i < old.len && is_later(&old.at[i], &fresh.at[j])))
            VEC_PUSH(asking->arena, out, old.at[i++]);
        else
            VEC_PUSH(asking->arena, out, fresh.at[j++]);
    }
    return true;
}

/* ---- orders ---- */

static int64_t value_of(const struct hit *hit, enum search_order order)
{
    switch (order) {
    case ORDER_PUBLISHED:
        return hit->published.ms;
    case ORDER_SEVERITY:
        return hit->tenths;
    case ORDER_EPSS:
        return hit->epss;
    default:
        return hit->modified.ms;
    }
}

#define BY(order_name, order)                                                  \
    static int by_##order_name(const void *a, const void *b)                   \
    {                                                                          \
        const struct hit *x = a, *y = b;                                       \
        int64_t p = value_of(x, (order)), q = value_of(y, (order));            \
                                                                               \
        return p != q ? (p < q) - (p > q) : (x->id < y->id) - (x->id > y->id); \
    }
BY(published, ORDER_PUBLISHED)
BY(severity, ORDER_SEVERITY)
BY(epss, ORDER_EPSS)

/* all: without words; the others with words: all hits sorted; what stands so far down; the hits above it */
struct ordering {
    const struct query *all, *hits, *floor, *walk;
    int (*compare)(const void *a, const void *b);
};
static const struct ordering orderings[SEARCH_ORDERS] = {
    [ORDER_MODIFIED] = { .all = &sql_all_by_modified },
    [ORDER_PUBLISHED] = { &sql_all_by_published, &sql_hits_by_published, &sql_floor_by_published,
                          &sql_walk_by_published, by_published },
    [ORDER_SEVERITY] = { &sql_all_by_severity, &sql_hits_by_severity, &sql_floor_by_severity,
                         &sql_walk_by_severity, by_severity },
    [ORDER_EPSS] = { &sql_all_by_epss, &sql_hits_by_epss, &sql_floor_by_epss, &sql_walk_by_epss,
                     by_epss },
    [ORDER_RELEVANCE] = { .all = &sql_all_by_modified },
};

static bool has_hit(const struct hits *hits, int64_t id)
{
    for (size_t i = 0; i < hits->len; i++)
        if (hits->at[i].id == id)
            return true;
    return false;
}

/* What has the words in its names, titles or products, then the others; the newest first of each. Other measures of relevance look at every place of every word. */
static bool best_first(struct asking *asking, size_t need, const struct hits *all, struct hits *out,
                       struct err *err)
{
    struct asking best = *asking;
    struct hits others = *all;
    size_t found;

    best.match = asking->best;
    if (best.match.len > 0 && !newest(&best, need, out, err))
        return PASS(err);
    found = out->len;
    for (size_t i = 0; i < others.len && out->len < need; i++) {
        struct hits first = { .at = out->at, .len = found };

        if (!has_hit(&first, others.at[i].id))
            VEC_PUSH(asking->arena, out, others.at[i]);
    }
    return true;
}

/* Do hits stand so close together that WALK_MAX entries hold twice as many as are needed? */
static bool is_dense(const struct hits *newest, size_t need)
{
    int64_t first = INT64_MAX, last = 0;

    for (size_t i = 0; i < newest->len; i++) {
        first = newest->at[i].doc < first ? newest->at[i].doc : first;
        last = newest->at[i].doc > last ? newest->at[i].doc : last;
    }
    return (last - first + 1) / (int64_t)newest->len * (int64_t)need * 2 <= WALK_MAX;
}

/* The first `need` hits of those WALK_MAX entries; *found: there were so many. */
static bool walk(struct asking *asking, const struct ordering *ordering, size_t need,
                 struct hits *out, bool *found, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    struct bind binds[BINDS_MAX];
    size_t count = bind_filters(asking->search, binds);
    int there;

    *found = false;
    if (!store_select(asking->tx, ordering->floor, BINDS(bind_int("most", WALK_MAX)), asking->arena,
                      &rows, err))
        return PASS(err);
    there = rows_next(rows, err);
    if (there != 1)
        return there == 0 ? true : PASS(err);
    binds[count++] = bind_int("limit", (int64_t)need);
    binds[count++] = bind_text("match", asking->match);
    binds[count++] = bind_int("value", row_int(rows, "value"));
    binds[count++] = bind_int("id", row_int(rows, "id"));
    if (!read_hits(asking, ordering->walk, binds, count, out, err))
        return PASS(err);
    *found = out->len == need;
    if (!*found)
        out->len = 0;
    return true;
}

/* The first `need` in the order that is asked for. newest: hits in the order of time; all of them unless is_cut */
static bool order_hits(struct asking *asking, size_t need, const struct hits *newest, bool is_cut,
                       struct hits *out, struct err *err)
{
    const struct ordering *ordering = &orderings[asking->search->order];
    bool found = false;

    if (asking->search->order == ORDER_RELEVANCE)
        return best_first(asking, need, newest, out, err) ? true : PASS(err);
    if (!ordering->hits || !is_cut) {
        for (size_t i = 0; i < newest->len; i++)
            VEC_PUSH(asking->arena, out, newest->at[i]);
        if (ordering->compare && out->len > 1)
            qsort(out->at, out->len, sizeof out->at[0], ordering->compare);
        return true;
    }
    if (is_dense(newest, need) && !walk(asking, ordering, need, out, &found, err))
        return PASS(err);
    return found || ask(asking, ordering->hits, (struct bind){ 0 }, need, out, err) ? true
                                                                                    : PASS(err);
}

/* ---- the page ---- */

/* Something like an id, and nothing else is asked. */
static bool may_be_id(const struct search *search)
{
    struct str words = str_trim(search->words);
    bool has_digit = false, has_dash = false;

    for (size_t i = 0; i < words.len; i++) {
        has_digit |= ascii_is_digit(words.ptr[i]);
        has_dash |= words.ptr[i] == '-';
        if (words.ptr[i] == ' ' || words.ptr[i] == '"')
            return false;
    }
    return has_digit && has_dash && search->vendor.len == 0 && search->product.len == 0 &&
           search->source.len == 0 && !search->cwe && !search->severities && !search->year &&
           search->kev == TICK_ANY && search->has_ja == TICK_ANY &&
           search->is_embedded == TICK_ANY && !search->epss_min && !search->published_from.ms &&
           !search->published_to.ms && !search->modified_from.ms && !search->modified_to.ms;
}

/* The entry that the words name; 0: they name none. */
static bool find_named(struct asking *asking, int64_t *id, struct err *err)
{
    struct catalog_entry entry;
    struct err why = { 0 };

    *id = 0;
    if (!may_be_id(asking->search))
        return true;
    if (catalog_entry_find(asking->tx, str_trim(asking->search->words), asking->arena, &entry,
                           &why)) {
        *id = entry.id;
        return true;
    }
    if (why.code == ERR_ABSENT)
        return true;
    *err = why;
    return PASS(err);
}

static bool show(struct asking *asking, int64_t id, struct search_found *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;

    if (!store_select(asking->tx, &sql_entry_shown, BINDS(bind_int("id", id)), asking->arena, &rows,
                      err) ||
        !rows_one(rows, STR("entry"), err))
        return PASS(err);
    VEC_PUSH(asking->arena, &out->entries, entry_from_row(rows));
    return true;
}

/* named stands first; the others follow in their order. */
static bool show_page(struct asking *asking, const struct hits *hits, int64_t named,
                      struct search_found *out, struct err *err)
{
    const struct search *search = asking->search;
    size_t place = 0;

    if (named && place++ >= search->offset && !show(asking, named, out, err))
        return PASS(err);
    for (size_t i = 0; i < hits->len && out->entries.len < search->limit; i++) {
        if (hits->at[i].id == named)
            continue;
        if (place++ >= search->offset && !show(asking, hits->at[i].id, out, err))
            return PASS(err);
    }
    return true;
}

/* ---- other words ---- */

static bool try_words(void *context, struct str words, int64_t *count, struct err *err)
{
    struct asking other = *(const struct asking *)context;
    struct hits hits = { 0 };

    *count = 0;
    if (!make_question(&other, words, err))
        return PASS(err);
    if (other.is_nothing || other.match.len == 0)
        return true;
    if (!newest(&other, FOUND_BY_OTHERS, &hits, err))
        return PASS(err);
    *count = (int64_t)hits.len;
    return true;
}

bool catalog_search(struct tx *tx, const struct search *search, bool with_facets,
                    struct arena *arena, struct search_found *out, struct err *err)
{
    struct asking asking = { .tx = tx, .search = search, .arena = arena };
    size_t need = search->offset + search->limit + 1;
    size_t most = need > SEARCH_COUNT_MAX ? need : SEARCH_COUNT_MAX + 1;
    struct hits counted = { 0 }, ordered = { 0 };
    int64_t named;

    *out = (struct search_found){ 0 };
    if (!is_sane(search, err) || !make_question(&asking, search->words, err) ||
        !find_named(&asking, &named, err))
        return PASS(err);
    if (asking.match.len > 0 && !asking.is_nothing) {
        if (!newest(&asking, most, &counted, err) ||
            !order_hits(&asking, need, &counted, counted.len >= most, &ordered, err))
            return PASS(err);
    } else if (!asking.is_nothing) {
        if (!ask(&asking, orderings[search->order].all, (struct bind){ 0 }, most, &counted, err))
            return PASS(err);
        ordered = counted;
    }
    out->count = (int64_t)counted.len + (named && !has_hit(&counted, named));
    if (out->count > SEARCH_COUNT_MAX) {
        out->count = SEARCH_COUNT_MAX;
        out->count_is_capped = true;
    }
    if (!show_page(&asking, &ordered, named, out, err))
        return PASS(err);
    if (out->count == 0 && str_trim(search->words).len > 0)
        return search_suggest(tx, search->words, try_words, &asking, arena, &out->meant, err)
                   ? true
                   : PASS(err);
    return !with_facets || search_count_facets(tx, counted.at,
                                               counted.len < SEARCH_COUNT_MAX ? counted.len
                                                                              : SEARCH_COUNT_MAX,
                                               arena, out, err)
               ? true
               : PASS(err);
}
