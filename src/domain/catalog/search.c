#include "domain/catalog/search_internal.h"

#include "base/ascii.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/fold.h"
#include "domain/catalog/entry_row.h"
#include "domain/catalog/memory.h"
#include "domain/catalog/search.sql.h"
#include "domain/catalog/wording.h"
#include "domain/catalog/words.h"
#include "store/store.h"

enum {
    NUMBER_MAX = 21, /* characters, and a comma */
    QUESTION_MAX = 16 << 10,
    BEST_MAX =
        20000, /* entries with what is no single word in which is looked where it stands, beside those that came since the index was made */
    FOUND_BY_OTHERS = 100 /* counted for words that would find something */
};

/* A search on its way. */
struct asking {
    struct tx *tx;
    const struct search *search;
    struct arena *arena;
    struct memory memory;
    struct bits found, there; /* by the question that was asked last; where it tells more */
    bool is_there_told;
    struct bits hits;         /* numbers of docs */
    struct touching touching; /* of a search that has some */
    struct bits
        best; /* those of them whose words stand in names, titles and products; of a search for words by relevance alone */
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
    if (search->touching && search->touching->len > SEARCH_TOUCHING_MAX)
        return FAIL(err, SEARCH, STR("too many products"));
    if (search->limit == 0 || search->limit > SEARCH_PAGE_MAX || search->order >= SEARCH_ORDERS)
        return FAIL(err, SEARCH, STR("a page of that size"));
    return true;
}

static void find_nothing(struct asking *asking) { bits_and_not(asking->hits, asking->hits); }

static bool ask(struct asking *asking, const struct buf *question, struct err *err)
{
    struct set_question set = { .text = buf_str(question) };

    (void)question_is_word(set.text, &set.word);
    return sets_find(asking->memory.sets, asking->tx, asking->memory.columns, &set, asking->arena,
                     asking->found, err)
               ? true
               : PASS(err);
}

/* Those alone that this question finds too. */
static bool narrow(struct asking *asking, const struct buf *question, struct err *err)
{
    if (!ask(asking, question, err))
        return PASS(err);
    bits_and(asking->hits, asking->found);
    return true;
}

/* ---- words ---- */

/* Where the words stand tells more than how often: other measures of relevance look at every place of every word. */
static struct str telling(const struct asking *asking, struct str question)
{
    struct buf buf = buf_new(asking->arena, 2 * QUESTION_MAX);

    buf_add_z(&buf, "{names titles products} : (");
    buf_add(&buf, question);
    buf_byte(&buf, ')');
    return buf_str(&buf);
}

/* Into found; and into there, when relevance is asked for, those that it tells more about. A word's list is gone through once for both; where the index has to be asked by
 * way of FTS5, of what is frequent only the newest are looked at. Where a single character stands tells nothing. */
static bool ask_piece(struct asking *asking, struct str text, bool goes_on, struct err *err)
{
    static const unsigned places = 1u << WORDED_NAMES | 1u << WORDED_TITLES | 1u << WORDED_PRODUCTS;
    const struct memory *memory = &asking->memory;
    struct buf question = buf_new(asking->arena, QUESTION_MAX);
    struct set_question set, there;

    question_piece(&question, text, goes_on);
    set = (struct set_question){ .text = buf_str(&question) };
    asking->is_there_told = asking->best.count > 0 && str_code_points(text) > 1;
    if (!asking->is_there_told)
        return ask(asking, &question, err) ? true : PASS(err);
    there = (struct set_question){ .text = telling(asking, set.text) };
    if (question_is_word(set.text, &set.word))
        return sets_find_placed(memory->sets, asking->tx, memory->columns, &set, &there, places,
                                asking->arena, asking->found, asking->there, err)
                   ? true
                   : PASS(err);
    if (!sets_find(memory->sets, asking->tx, memory->columns, &set, asking->arena, asking->found,
                   err))
        return PASS(err);
    there.least = bits_last(asking->found, memory->columns->settled, BEST_MAX);
    return sets_find(memory->sets, asking->tx, memory->columns, &there, asking->arena,
                     asking->there, err)
               ? true
               : PASS(err);
}

/* A word in more entries than are counted means itself; a rare one also those that go on from it. What begins like a frequent word is nearly all that there is. */
static bool find_piece(struct asking *asking, struct str text, bool may_go_on, struct err *err)
{
    if (!ask_piece(asking, text, false, err) ||
        (may_go_on && bits_len(asking->found, SEARCH_COUNT_MAX) <= SEARCH_COUNT_MAX &&
         !ask_piece(asking, text, true, err)))
        return PASS(err);
    bits_and(asking->hits, asking->found);
    if (asking->is_there_told)
        bits_and(asking->best, asking->there);
    return true;
}

/* may_go_on: longer words too */
static bool find_words(struct asking *asking, struct str words, bool may_go_on, struct err *err)
{
    struct words_rest rest = { .text = fold(asking->arena, words) };
    struct words_piece piece;
    bool is_any = false;

    while (words_next(&rest, &piece)) {
        if (!find_piece(asking, piece.text, may_go_on && piece.may_go_on, err))
            return PASS(err);
        is_any = true;
    }
    if (!is_any && str_trim(words).len > 0)
        find_nothing(asking);
    return true;
}

/* ---- filters ---- */

static bool filter(struct asking *asking, enum tag_kind kind, int64_t n, struct err *err)
{
    struct buf question = buf_new(asking->arena, QUESTION_MAX);

    question_tag(&question, kind, n);
    return narrow(asking, &question, err) ? true : PASS(err);
}

/* A key of the dictionary by its number; one that is not there finds nothing. */
static bool filter_key(struct asking *asking, enum tag_kind kind, const struct query *query,
                       const struct bind *binds, size_t count, struct err *err)
{
    int64_t id;

    if (!store_number(asking->tx, query, binds, count, 0, &id, err))
        return PASS(err);
    if (id)
        return filter(asking, kind, id, err) ? true : PASS(err);
    find_nothing(asking);
    return true;
}

static bool filter_names(struct asking *asking, struct err *err)
{
    const struct search *search = asking->search;
    size_t colon = str_index(search->product, ':');

    if (search->vendor.len > 0 && !filter_key(asking, TAG_VENDOR, &sql_vendor_of_key,
                                              BINDS(bind_text("vendor", search->vendor)), err))
        return PASS(err);
    return search->product.len == 0 ||
                   filter_key(asking, TAG_PRODUCT, &sql_product_of_key,
                              BINDS(bind_text("vendor", str_take(search->product, colon)),
                                    bind_text("product", str_drop(search->product, colon + 1))),
                              err)
               ? true
               : PASS(err);
}

/* Any of several. */
static bool filter_severities(struct asking *asking, struct err *err)
{
    struct bits any = bits_new(asking->arena, asking->hits.count);

    for (unsigned i = 0; i < CATALOG_SEVERITIES; i++) {
        struct buf question = buf_new(asking->arena, QUESTION_MAX);

        if (!(asking->search->severities >> i & 1))
            continue;
        question_tag(&question, TAG_SEVERITY, i);
        if (!ask(asking, &question, err))
            return PASS(err);
        bits_or(any, asking->found);
    }
    bits_and(asking->hits, any);
    return true;
}

static void filter_tick(struct asking *asking, enum search_tick tick, struct bits yes)
{
    if (tick == TICK_YES)
        bits_and(asking->hits, yes);
    else if (tick == TICK_NO)
        bits_and_not(asking->hits, yes);
}

static bool is_within(struct utc at, struct utc from, struct utc to)
{
    return (from.ms == 0 || at.ms >= from.ms) && (to.ms == 0 || (at.ms < to.ms && at.ms > 0));
}

/* What has no set of its own is looked at in every hit. */
static void filter_values(struct asking *asking)
{
    const struct search *s = asking->search;
    const struct columns *columns = asking->memory.columns;

    if (!s->epss_min && !s->published_from.ms && !s->published_to.ms && !s->modified_from.ms &&
        !s->modified_to.ms)
        return;
    for (size_t place = columns->count; bits_before(asking->hits, place, &place);) {
        const struct doc *doc = &columns->docs[place];

        if ((s->epss_min && doc->epss < s->epss_min) ||
            !is_within(doc->published, s->published_from, s->published_to) ||
            !is_within(doc->modified, s->modified_from, s->modified_to))
            bits_clear(asking->hits, place);
    }
}

static bool filter_all(struct asking *asking, struct err *err)
{
    const struct search *search = asking->search;
    enum catalog_source source;

    if (!filter_names(asking, err) ||
        (catalog_source_from_name(search->source, &source) &&
         !filter(asking, TAG_SOURCE, source, err)) ||
        (search->cwe && !filter(asking, TAG_WEAKNESS, search->cwe, err)) ||
        (search->year && !filter(asking, TAG_YEAR, search->year, err)) ||
        (search->has_ja != TICK_ANY &&
         !filter(asking, TAG_JAPANESE, search->has_ja == TICK_YES, err)) ||
        (search->severities && !filter_severities(asking, err)))
        return PASS(err);
    filter_tick(asking, search->kev, asking->memory.columns->kev);
    filter_tick(asking, search->is_embedded, asking->memory.columns->embedded);
    filter_values(asking);
    return true;
}

/* All hits of these words and of the filters. */
static bool find(struct asking *asking, struct str words, bool may_go_on, struct err *err)
{
    const struct columns *columns = asking->memory.columns;
    bool by_best = asking->search->order == ORDER_RELEVANCE && str_trim(words).len > 0;

    asking->hits = bits_copy(asking->arena,
                             asking->search->with_rejected ? columns->alive : columns->published);
    asking->found = bits_new(asking->arena, columns->count);
    asking->there = bits_new(asking->arena, by_best ? columns->count : 0);
    asking->best = by_best ? bits_copy(asking->arena, columns->alive) : (struct bits){ 0 };
    return find_words(asking, words, may_go_on, err) && filter_all(asking, err) ? true : PASS(err);
}

/* ---- orders ---- */

/* What has the words in its names, titles or products, then the others; the newest first of each. */
static void best_first(struct asking *asking, size_t most, struct docs *out)
{
    struct bits others = bits_copy(asking->arena, asking->hits);

    bits_and(asking->best, asking->hits);
    bits_and_not(others, asking->best);
    columns_first(asking->memory.columns, ORDER_MODIFIED, asking->best, most, asking->arena, out);
    columns_first(asking->memory.columns, ORDER_MODIFIED, others, most, asking->arena, out);
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

struct str search_list(const int64_t *numbers, size_t count, struct arena *arena)
{
    struct buf buf = buf_new(arena, count * NUMBER_MAX + 2);

    buf_byte(&buf, '[');
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            buf_byte(&buf, ',');
        buf_int(&buf, numbers[i]);
    }
    buf_byte(&buf, ']');
    return buf_str(&buf);
}

static bool show(struct asking *asking, const int64_t *ids, size_t count, struct search_found *out,
                 struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int there;

    if (!store_select(asking->tx, &sql_entries_shown,
                      BINDS(bind_text("ids", search_list(ids, count, asking->arena))),
                      asking->arena, &rows, err))
        return PASS(err);
    while ((there = rows_next(rows, err)) == 1)
        VEC_PUSH(asking->arena, &out->entries, entry_from_row(rows));
    if (there < 0)
        return PASS(err);
    return out->entries.len == count ? true : FAIL(err, STORE, STR("entry"));
}

/* named stands first; the others follow in their order. */
static bool show_page(struct asking *asking, const struct docs *docs, int64_t named,
                      struct search_found *out, struct err *err)
{
    const struct search *search = asking->search;
    int64_t ids[SEARCH_PAGE_MAX];
    size_t place = 0, count = 0;

    if (named && place++ >= search->offset) {
        ids[count++] = named;
        if (search->touching)
            VEC_PUSH(asking->arena, &out->touched, 0); /* it stands there by its name */
    }
    for (size_t i = 0; i < docs->len && count < search->limit; i++) {
        int64_t id = asking->memory.columns->docs[docs->at[i]].id;

        if (id == named || place++ < search->offset)
            continue;
        ids[count++] = id;
        if (search->touching)
            VEC_PUSH(asking->arena, &out->touched,
                     touching_count(&asking->touching, asking->memory.columns, docs->at[i]));
    }
    return count == 0 || show(asking, ids, count, out, err) ? true : PASS(err);
}

/* How many there are, up to the limit. */
static bool count_hits(struct asking *asking, int64_t named, struct search_found *out,
                       struct err *err)
{
    int64_t doc;

    out->count = (int64_t)bits_len(asking->hits, SEARCH_COUNT_MAX);
    if (named) {
        if (!store_number(asking->tx, &sql_doc_of, BINDS(bind_int("id", named)), 0, &doc, err))
            return PASS(err);
        out->count += (size_t)doc >= asking->hits.count || !bits_has(asking->hits, (size_t)doc);
    }
    out->count_is_capped = out->count > SEARCH_COUNT_MAX;
    if (out->count_is_capped)
        out->count = SEARCH_COUNT_MAX;
    return true;
}

/* ---- other words ---- */

static bool try_words(void *context, struct str words, int64_t *count, struct err *err)
{
    struct asking other = *(const struct asking *)context;

    if (!find(&other, words, true, err))
        return PASS(err);
    *count = (int64_t)bits_len(other.hits, FOUND_BY_OTHERS - 1);
    return true;
}

/* ---- the whole ---- */

static bool first_ones(struct asking *asking, size_t most, struct docs *out, struct err *err)
{
    const struct search *search = asking->search;
    enum search_order order = search->order == ORDER_RELEVANCE ? ORDER_MODIFIED : search->order;

    if (search->touching) {
        if (!touching_of(asking->tx, search->touching, asking->arena, &asking->touching, err))
            return PASS(err);
        touching_first(&asking->touching, asking->memory.columns, order, asking->hits, most,
                       asking->arena, out);
    } else if (asking->best.count > 0) {
        best_first(asking, most, out);
    } else {
        columns_first(asking->memory.columns, order, asking->hits, most, asking->arena, out);
    }
    return true;
}

static bool search_all(struct asking *asking, bool with_facets, struct search_found *out,
                       struct err *err)
{
    const struct search *search = asking->search;
    size_t most = search->offset + search->limit + 1;
    struct docs docs = { 0 };
    int64_t named;

    if (!find_named(asking, &named, err) || !find(asking, search->words, !named, err) ||
        !count_hits(asking, named, out, err))
        return PASS(err);
    if (out->count == 0 && str_trim(search->words).len > 0)
        return search_suggest(asking->tx, search->words, try_words, asking, asking->arena,
                              &out->meant, err)
                   ? true
                   : PASS(err);
    return first_ones(asking, most, &docs, err) && show_page(asking, &docs, named, out, err) &&
                   (!with_facets || search_count_facets(asking->tx, asking->memory.columns,
                                                        asking->hits, asking->arena, out, err))
               ? true
               : PASS(err);
}

bool catalog_search(struct tx *tx, const struct search *search, bool with_facets,
                    struct arena *arena, struct search_found *out, struct err *err)
{
    struct asking asking = { .tx = tx, .search = search, .arena = arena };
    bool ok;

    *out = (struct search_found){ 0 };
    if (!is_sane(search, err) || !memory_hold(tx, &asking.memory, err))
        return PASS(err);
    ok = search_all(&asking, with_facets, out, err);
    memory_let_go(&asking.memory);
    return ok ? true : PASS(err);
}
