#include "domain/catalog/nvd.h"

#include "base/ascii.h"
#include "base/err.h"
#include "domain/catalog/batch.h"
#include "domain/catalog/nvd.sql.h"
#include "domain/catalog/words.h"
#include "formats/version/version.h"
#include "store/store.h"

enum { QUESTION_MAX = 16 << 10, LOOK_MEMORY = 1 << 30, BINDS_MAX = 24 };

/* ---- records ---- */

static bool decode(struct str kept, struct arena *arena, struct catalog_record *out,
                   struct err *err)
{
    struct str bytes;

    return batch_unpack(NULL, kept, arena, &bytes, err) &&
                   catalog_record_decode(bytes, arena, out, err)
               ? true
               : PASS(err);
}

bool nvd_record(struct tx *tx, int64_t record, struct arena *arena, struct catalog_record *out,
                struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;

    return store_select(tx, &sql_nvd_body, BINDS(bind_int("id", record)), arena, &rows, err) &&
                   rows_one(rows, STR("record"), err) &&
                   decode(row_text(rows, "bytes"), arena, out, err)
               ? true
               : PASS(err);
}

/* ---- words ---- */

/* Whether it stands in the text where a word begins, whatever the case. */
static bool begins_word(struct str text, struct str word)
{
    for (size_t at = 0; at + word.len <= text.len; at++)
        if ((at == 0 || !ascii_is_alnum(text.ptr[at - 1])) &&
            str_eq_nocase((struct str){ text.ptr + at, word.len }, word))
            return true;
    return false;
}

static bool holds_phrase(struct str text, struct str phrase)
{
    for (size_t at = 0; at + phrase.len <= text.len; at++)
        if (str_eq_nocase((struct str){ text.ptr + at, phrase.len }, phrase))
            return true;
    return false;
}

static bool text_fits(struct str text, const struct nvd_query *query)
{
    struct str rest = query->words, word;

    if (query->is_phrase)
        return holds_phrase(text, query->words);
    while (rest.len > 0 && str_split(&rest, ' ', &word))
        if (word.len > 0 && !begins_word(text, word))
            return false;
    return true;
}

static bool words_fit(const struct nvd_query *query, const struct catalog_record *record)
{
    for (size_t i = 0; i < record->texts.len; i++)
        if (record->texts.at[i].kind == TEXT_DESCRIPTION &&
            str_starts(record->texts.at[i].lang, STR("en")) &&
            text_fits(record->texts.at[i].text, query))
            return true;
    return false;
}

/* ---- vectors ---- */

static bool has_part(struct str vector, struct str part)
{
    struct str one;

    while (vector.len > 0 && str_split(&vector, '/', &one))
        if (str_eq_nocase(one, part))
            return true;
    return false;
}

static bool has_parts(struct str vector, struct str parts)
{
    struct str part;

    while (parts.len > 0 && str_split(&parts, '/', &part))
        if (part.len > 0 && !has_part(vector, part))
            return false;
    return true;
}

/* One of the lines has all the parts. */
static bool vectors_fit(struct str lines, struct str parts)
{
    struct str line;

    if (parts.len == 0)
        return true;
    while (lines.len > 0 && str_split(&lines, '\n', &line))
        if (has_parts(line, parts))
            return true;
    return false;
}

/* ---- the question ---- */

struct binding {
    struct bind at[BINDS_MAX];
    size_t len;
};

static void add(struct binding *binds, struct bind bind) { binds->at[binds->len++] = bind; }

/* The last byte but one more: what begins with "apache:" lies below "apache;". */
static void add_product(struct binding *binds, const struct nvd_name *name, struct arena *arena)
{
    struct str vendor = name->cpe.field[CPE_VENDOR], whole = STR_NONE;

    if (name->is_set)
        whole = listing_product(&name->cpe, arena);
    if (!name->is_set || cpe_is_any(vendor)) {
        add(binds, bind_null("product"));
        add(binds, bind_null("product_end"));
    } else if (whole.len > 0) {
        add(binds, bind_text("product", whole));
        add(binds, bind_text("product_end", arena_printf(arena, "%.*s!", STR_ARG(whole))));
    } else {
        add(binds, bind_text("product", arena_printf(arena, "%.*s:", STR_ARG(vendor))));
        add(binds, bind_text("product_end", arena_printf(arena, "%.*s;", STR_ARG(vendor))));
    }
}

static struct bind bind_mark(const char *name, struct str mark, struct arena *arena)
{
    return bind_some(name, mark.len == 0 ? mark : arena_printf(arena, ",%.*s,", STR_ARG(mark)));
}

static void bind_all(const struct nvd_query *query, struct str words, struct arena *arena,
                     struct binding *binds)
{
    bool is_kev = query->is_kev || query->kev_added.from.ms || query->kev_added.to.ms;
    int64_t kev_from = query->kev_added.from.ms, kev_to = query->kev_added.to.ms;

    add(binds, bind_some("cve", query->cve));
    add(binds, bind_some("origin", query->origin));
    add(binds, bind_mark("mark", query->mark, arena));
    add(binds, bind_mark("tag", query->tag, arena));
    add(binds, bind_id("must", query->must));
    add(binds, bind_id("never", query->no_rejected ? FACT_REJECTED : 0));
    add(binds, bind_id("v2", query->severities[NVD_V2]));
    add(binds, bind_id("v3", query->severities[NVD_V3]));
    add(binds, bind_id("v4", query->severities[NVD_V4]));
    add(binds, bind_utc("published_from", query->published.from));
    add(binds, bind_utc("published_to", query->published.to));
    add(binds, bind_utc("modified_from", query->modified.from));
    add(binds, bind_utc("modified_to", query->modified.to));
    add(binds, is_kev ? bind_int("kev", kev_from ? kev_from : INT64_MIN) : bind_null("kev"));
    add(binds, is_kev ? bind_int("kev_to", kev_to ? kev_to : INT64_MAX) : bind_null("kev_to"));
    add(binds, bind_some("words", words));
    add_product(binds, &query->name, arena);
}

/* Words for the index; false when there is nothing in them that could stand in a text. */
static bool ask_words(const struct nvd_query *query, struct arena *arena, struct str *out)
{
    struct buf question = buf_new(arena, QUESTION_MAX), words = buf_new(arena, QUESTION_MAX);
    bool has_some;

    *out = STR_NONE;
    if (query->words.len == 0)
        return true;
    if (query->is_phrase)
        buf_byte(&words, '"');
    for (size_t i = 0; i < query->words.len; i++)
        buf_byte(&words, query->words.ptr[i] == '"' ? ' ' : query->words.ptr[i]);
    if (query->is_phrase)
        buf_byte(&words, '"');
    has_some = question_words(&question, buf_str(&words));
    *out = buf_str(&question);
    return has_some && !words.over && !question.over;
}

static bool needs_record(const struct nvd_query *query)
{
    return query->words.len > 0 || query->name.is_set;
}

static bool needs_look(const struct nvd_query *query)
{
    return needs_record(query) ||
           query->vectors[NVD_V2].len + query->vectors[NVD_V3].len + query->vectors[NVD_V4].len > 0;
}

static bool row_fits(struct tx *tx, const struct nvd_query *query, struct rows *rows,
                     struct arena *scratch, bool *out, struct err *err)
{
    struct catalog_record record;

    *out = vectors_fit(row_text(rows, "v2"), query->vectors[NVD_V2]) &&
           vectors_fit(row_text(rows, "v3"), query->vectors[NVD_V3]) &&
           vectors_fit(row_text(rows, "v4"), query->vectors[NVD_V4]);
    if (!*out || !needs_record(query))
        return true;
    arena_reset(scratch);
    if (!nvd_record(tx, row_int(rows, "record_id"), scratch, &record, err))
        return PASS(err);
    *out = (query->words.len == 0 || words_fit(query, &record)) &&
           (!query->name.is_set || nvd_name_fits(&query->name, &record, scratch));
    return true;
}

static struct nvd_row row_of(struct rows *rows, struct arena *arena)
{
    return (struct nvd_row){ .cve = arena_str(arena, row_text(rows, "cve")),
                             .record = row_int(rows, "record_id"),
                             .is_nvd = row_int(rows, "is_nvd") != 0 };
}

/* Candidates one after the other; all of them are looked at, for the total. */
static bool list_by_look(struct tx *tx, const struct nvd_query *query, struct binding *binds,
                         struct arena *arena, struct nvd_rows *out, int64_t *total, struct err *err)
{
    CLEANUP(arena_free_var) struct arena *rows_arena = arena_new(LOOK_MEMORY);
    CLEANUP(arena_free_var) struct arena *scratch = arena_new(LOOK_MEMORY);
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    size_t found = 0;
    int next;

    add(binds, bind_int("limit", -1));
    add(binds, bind_int("offset", 0));
    if (!store_select(tx, &sql_nvd_rows, binds->at, binds->len, rows_arena, &rows, err))
        return PASS(err);
    while ((next = rows_next(rows, err)) == 1) {
        bool fits;

        if (!row_fits(tx, query, rows, scratch, &fits, err))
            return PASS(err);
        if (!fits)
            continue;
        if (found >= query->offset && out->len < query->limit)
            VEC_PUSH(arena, out, row_of(rows, arena));
        found++;
    }
    *total = (int64_t)found;
    return next == 0 ? true : PASS(err);
}

static bool list_plain(struct tx *tx, const struct nvd_query *query, struct binding *binds,
                       struct arena *arena, struct nvd_rows *out, int64_t *total, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int next;

    if (!store_number(tx, &sql_nvd_count, binds->at, binds->len, 0, total, err))
        return PASS(err);
    add(binds, bind_int("limit", (int64_t)query->limit));
    add(binds, bind_int("offset", (int64_t)query->offset));
    if (!store_select(tx, &sql_nvd_rows, binds->at, binds->len, arena, &rows, err))
        return PASS(err);
    while ((next = rows_next(rows, err)) == 1)
        VEC_PUSH(arena, out, row_of(rows, arena));
    return next == 0 ? true : PASS(err);
}

bool nvd_list(struct tx *tx, const struct nvd_query *query, struct arena *arena,
              struct nvd_rows *out, int64_t *total, struct err *err)
{
    struct binding binds = { .len = 0 };
    struct str words;

    *out = (struct nvd_rows){ 0 };
    *total = 0;
    if (!ask_words(query, arena, &words))
        return true;
    bind_all(query, words, arena, &binds);
    return (needs_look(query) ? list_by_look(tx, query, &binds, arena, out, total, err)
                              : list_plain(tx, query, &binds, arena, out, total, err))
               ? true
               : PASS(err);
}

/* ---- sources ---- */

bool nvd_sources_list(struct tx *tx, struct str name, struct nvd_time modified, struct arena *arena,
                      struct nvd_sources *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int next;

    *out = (struct nvd_sources){ 0 };
    if (!store_select(tx, &sql_nvd_sources,
                      BINDS(bind_some("origin", name), bind_utc("modified_from", modified.from),
                            bind_utc("modified_to", modified.to)),
                      arena, &rows, err))
        return PASS(err);
    while ((next = rows_next(rows, err)) == 1)
        VEC_PUSH(arena, out,
                 (struct nvd_source){ .name = row_text(rows, "origin"),
                                      .first = row_utc(rows, "first"),
                                      .last = row_utc(rows, "last") });
    return next == 0 ? true : PASS(err);
}
