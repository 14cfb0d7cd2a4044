#include "domain/myjvn/items.h"

#include "base/ascii.h"
#include "base/err.h"
#include "base/fold.h"
#include "base/settings.h"
#include "domain/myjvn/items.sql.h"
#include "formats/archive/pack.h"
#include "formats/cvss/cvss.h"
#include "store/fulltext.h"

enum { WORDS_MAX = 1 << 20, WORDS_GATHERED = 16 << 20 };

/* ---- what was told ---- */

struct tellings {
    bool has[TOLD_KINDS];
    struct utc modified[TOLD_KINDS];
    struct str bytes[TOLD_KINDS];
    struct myjvn_told told[TOLD_KINDS];
};

static bool load(struct tx *tx, int64_t item, struct packer *packer, struct arena *arena,
                 struct tellings *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int there;

    *out = (struct tellings){ 0 };
    if (!store_select(tx, &sql_myjvn_told_get, BINDS(bind_int("id", item)), arena, &rows, err))
        return PASS(err);
    while ((there = rows_next(rows, err)) == 1) {
        int64_t kind = row_int(rows, "kind");

        if (kind < 0 || kind >= TOLD_KINDS)
            return FAIL(err, CATALOG_RECORD, STR("jvn_told"));
        out->has[kind] = true;
        out->modified[kind] = row_utc(rows, "modified_at");
        if (!packer_unpack(packer, row_text(rows, "bytes"), TOLD_MAX, arena, &out->bytes[kind],
                           err) ||
            !myjvn_told_read(out->bytes[kind], arena, &out->told[kind], err))
            return PASS(err);
    }
    return there == 0 ? true : PASS(err);
}

/* Feeds tell minutes, details seconds. */
static int64_t minute(struct utc t) { return t.ms / UTC_MINUTE; }

/* Is the feed's word newer than that of the detail, or the only one? Of the same minute, the feed's keeps its lines. */
static bool by_feed(const struct tellings *t)
{
    return t->has[TOLD_BY_FEED] &&
           (!t->has[TOLD_IN_DETAIL] ||
            minute(t->modified[TOLD_BY_FEED]) >= minute(t->modified[TOLD_IN_DETAIL]));
}

static void item_of(const struct tellings *t, struct str url, struct arena *arena,
                    struct jvnrss_item *out)
{
    const struct vuldef_info *info = &t->told[TOLD_IN_DETAIL].info;

    if (!by_feed(t)) {
        myjvn_item_of_info(info, url, arena, out);
        return;
    }
    *out = t->told[TOLD_BY_FEED].item;
    out->url = url;
    /* The same moments with their seconds. */
    if (t->has[TOLD_IN_DETAIL] && minute(out->modified) == minute(info->last_updated))
        out->modified = info->last_updated;
    if (t->has[TOLD_IN_DETAIL] && minute(out->issued) == minute(info->first_published))
        out->issued = info->first_published;
}

/* ---- facts for finding ---- */

struct facts {
    struct utc made_public;
    int severity, severity_2;
    struct str vector;
};

/* Midnight in Japan of that moment's day. */
static struct utc day_of(struct utc t)
{
    struct civil day = utc_to_jst(t);

    return utc_from_jst((struct civil){ .year = day.year, .month = day.month, .day = day.day });
}

static int month_of(struct utc t)
{
    struct civil day = utc_to_jst(t);

    return t.ms == 0 ? 0 : 12 * day.year + day.month - 1;
}

static void take_vector(struct str vector, struct arena *arena, struct facts *out)
{
    struct err ignored = { 0 };
    struct cvss cvss;
    int severity;

    if (!cvss_parse(vector, &cvss, &ignored))
        return;
    cvss = cvss_base_part(&cvss);
    severity = (int)cvss_severity(cvss_base_tenths(&cvss), cvss.version);
    if (cvss.version == CVSS_2_0 && severity > out->severity_2)
        out->severity_2 = severity;
    if (cvss.version != CVSS_3_0 && cvss.version != CVSS_3_1)
        return;
    cvss.version = CVSS_3_0;
    if (severity > out->severity) {
        out->severity = severity;
        out->vector = cvss_text(&cvss, arena);
    }
}

static struct facts facts_of(const struct jvnrss_item *item, struct utc public_since,
                             struct arena *arena)
{
    struct facts facts = { .made_public = public_since, .severity = -1, .severity_2 = -1 };

    if (facts.made_public.ms == 0 && item->issued.ms != 0)
        facts.made_public = day_of(item->issued);
    for (size_t i = 0; i < item->vectors.len; i++)
        take_vector(item->vectors.at[i], arena, &facts);
    return facts;
}

/* Title, overview, and the ids of references: readers ask for "JVNVU" alone. */
static struct str words_of(const struct jvnrss_item *item, struct arena *arena)
{
    struct buf buf = buf_new(arena, WORDS_MAX);

    buf_printf(&buf, "%.*s\n%.*s\n%.*s\n", STR_ARG(item->identifier), STR_ARG(item->title),
               STR_ARG(item->description));
    for (size_t i = 0; i < item->references.len; i++)
        buf_printf(&buf, "%.*s\n", STR_ARG(item->references.at[i].id));
    for (size_t i = 0; i < item->cpes.len; i++)
        buf_printf(&buf, "%.*s %.*s\n", STR_ARG(item->cpes.at[i].vendor),
                   STR_ARG(item->cpes.at[i].product));
    return fold(arena, buf_str(&buf));
}

static struct str small(struct str text, struct arena *arena)
{
    struct buf buf = buf_new(arena, text.len + 1);

    for (size_t i = 0; i < text.len; i++)
        buf_byte(&buf, ascii_lower(text.ptr[i]));
    return buf_str(&buf);
}

/* What an item has now; a statement for each, since one that finds and writes would let the full-text index write what it has gathered. */
static bool put_cpe(struct tx *tx, int64_t id, struct str name, struct err *err)
{
    struct bind cpe = bind_text("cpe", name);
    int64_t cpe_id;

    if (!store_number(tx, &sql_myjvn_cpe_find, BINDS(cpe), 0, &cpe_id, err) ||
        (cpe_id == 0 && !store_insert(tx, &sql_myjvn_cpe_add, BINDS(cpe), &cpe_id, err)))
        return PASS(err);
    return store_exec(tx, &sql_myjvn_cpe_link, BINDS(bind_int("cpe", cpe_id), bind_int("id", id)),
                      NULL, err)
               ? true
               : PASS(err);
}

static bool put_links(struct tx *tx, int64_t id, const struct jvnrss_item *item,
                      struct arena *arena, struct err *err)
{
    for (size_t i = 0; i < item->cpes.len; i++)
        if (!put_cpe(tx, id, small(item->cpes.at[i].cpe, arena), err))
            return PASS(err);
    for (size_t i = 0; i < item->references.len; i++) {
        const struct jvnrss_reference *reference = &item->references.at[i];

        if ((str_eq(reference->source, STR("CVE")) || reference->source.len == 0) &&
            reference->id.len > 0 &&
            !store_exec(tx, &sql_myjvn_name_add,
                        BINDS(bind_text("name", reference->id), bind_int("id", id)), NULL, err))
            return PASS(err);
    }
    return true;
}

static bool clear_links(struct tx *tx, int64_t id, struct err *err)
{
    return store_exec(tx, &sql_myjvn_cpes_clear, BINDS(bind_int("id", id)), NULL, err) &&
                   store_exec(tx, &sql_myjvn_names_clear, BINDS(bind_int("id", id)), NULL, err)
               ? true
               : PASS(err);
}

static bool next_doc(struct tx *tx, int64_t *out, struct err *err)
{
    return store_exec(tx, &sql_myjvn_next_doc, NO_BINDS, NULL, err) &&
                   store_number(tx, &sql_myjvn_doc, NO_BINDS, 0, out, err)
               ? true
               : PASS(err);
}

/* ---- taking in ---- */

/* One of JVN's, or of our own series; id 0: it is new. */
struct place {
    struct str name;
    enum lang lang;
    int64_t entry, id;
};

static bool put_row(struct tx *tx, struct place *place, const struct jvnrss_item *item,
                    const struct facts *facts, int64_t doc, struct err *err)
{
    const struct bind binds[] = { bind_int("public", facts->made_public.ms),
                                  bind_int("issued", item->issued.ms),
                                  bind_int("modified", item->modified.ms),
                                  bind_int("month", month_of(facts->made_public)),
                                  bind_int("severity", facts->severity),
                                  bind_int("severity_2", facts->severity_2),
                                  bind_text("vector", facts->vector),
                                  bind_int("doc", doc),
                                  bind_id("id", place->id),
                                  bind_text("name", place->name),
                                  bind_int("lang", place->lang),
                                  bind_int("entry", place->entry) };
    enum { OF_CHANGE = 9 };

    if (place->id)
        return store_exec(tx, &sql_myjvn_item_set, binds, OF_CHANGE, NULL, err) &&
                       clear_links(tx, place->id, err)
                   ? true
                   : PASS(err);
    return store_insert(tx, &sql_myjvn_item_add, binds, COUNT(binds), &place->id, err) ? true
                                                                                       : PASS(err);
}

/* all: NULL, or where the words of all are gathered. */
static bool put_words(struct tx *tx, int64_t doc, struct str words, struct fulltext *all,
                      struct err *err)
{
    if (all)
        return fulltext_add(all, doc, &words, err) ? true : PASS(err);
    return store_exec(tx, &sql_myjvn_words_put,
                      BINDS(bind_int("doc", doc), bind_text("words", words)), NULL, err)
               ? true
               : PASS(err);
}

/* Everything that finds it, made anew. */
static bool put_facts(struct tx *tx, struct place *place, const struct tellings *tellings,
                      struct fulltext *all, struct arena *arena, struct err *err)
{
    struct utc public_since = tellings->told[TOLD_IN_DETAIL].info.public_since;
    struct jvnrss_item item;
    struct facts facts;
    int64_t doc;

    item_of(tellings, STR_NONE, arena, &item);
    myjvn_item_tidy(&item, JVNRSS_FILE, arena);
    facts = facts_of(&item, public_since, arena);
    return next_doc(tx, &doc, err) && put_words(tx, doc, words_of(&item, arena), all, err) &&
                   put_row(tx, place, &item, &facts, doc, err) &&
                   put_links(tx, place->id, &item, arena, err)
               ? true
               : PASS(err);
}

/* entry: 0 for JVN's */
static bool put(struct tx *tx, const struct myjvn_told *told, struct str bytes, int64_t entry,
                struct fulltext *all, struct packer *packer, struct arena *arena,
                enum catalog_change *out, struct err *err)
{
    struct place place = { .name = myjvn_told_name(told), .lang = told->lang, .entry = entry };
    struct utc modified = myjvn_told_modified(told);
    struct tellings tellings = { 0 };
    struct str packed;

    *out = CATALOG_UNCHANGED;
    if (!store_number(tx, &sql_myjvn_item_find,
                      BINDS(bind_text("name", place.name), bind_int("lang", place.lang)), 0,
                      &place.id, err) ||
        (place.id && !load(tx, place.id, packer, arena, &tellings, err)))
        return PASS(err);
    if (tellings.has[told->kind] && (tellings.modified[told->kind].ms > modified.ms ||
                                     str_eq(tellings.bytes[told->kind], bytes)))
        return true;
    *out = place.id ? CATALOG_CHANGED : CATALOG_NEW;
    tellings.has[told->kind] = true;
    tellings.modified[told->kind] = modified;
    tellings.told[told->kind] = *told;
    return put_facts(tx, &place, &tellings, all, arena, err) &&
                   packer_pack(packer, bytes, arena, &packed, err) &&
                   store_exec(tx, &sql_myjvn_told_put,
                              BINDS(bind_int("id", place.id), bind_int("kind", told->kind),
                                    bind_int("modified", modified.ms), bind_blob("bytes", packed)),
                              NULL, err)
               ? true
               : PASS(err);
}

bool myjvn_put(struct tx *tx, const struct myjvn_told *told, struct str bytes,
               struct fulltext *words, struct packer *packer, struct arena *arena,
               enum catalog_change *out, struct err *err)
{
    *out = CATALOG_UNCHANGED;
    return !myjvn_is_name(myjvn_told_name(told)) ||
                   put(tx, told, bytes, 0, words, packer, arena, out, err)
               ? true
               : PASS(err);
}

bool myjvn_put_own(struct tx *tx, const struct myjvn_told *told, struct str bytes, int64_t entry,
                   struct packer *packer, struct arena *arena, enum catalog_change *out,
                   struct err *err)
{
    return put(tx, told, bytes, entry, NULL, packer, arena, out, err) ? true : PASS(err);
}

bool myjvn_words_begin(struct tx *tx, struct fulltext **out, struct err *err)
{
    int64_t doc;

    *out = NULL;
    if (!store_number(tx, &sql_myjvn_doc, NO_BINDS, 0, &doc, err))
        return PASS(err);
    if (doc == 0)
        *out = fulltext_new(tx, 1, WORDS_GATHERED);
    return true;
}

bool myjvn_words_end(struct tx *tx, struct fulltext *words, struct err *err)
{
    return !words || fulltext_write(words, tx, "jvn_words", err) ? true : PASS(err);
}

/* ---- finding ---- */

static bool take_rows(struct rows *rows, struct arena *arena, struct myjvn_rows *out,
                      struct err *err)
{
    int there;

    *out = (struct myjvn_rows){ 0 };
    while ((there = rows_next(rows, err)) == 1)
        VEC_PUSH(arena, out,
                 (struct myjvn_row){ .id = row_int(rows, "id"),
                                     .entry = row_int(rows, "entry_id"),
                                     .name = row_text(rows, "name"),
                                     .lang = row_int(rows, "lang") == LANG_EN ? LANG_EN : LANG_JA,
                                     .made_public = row_utc(rows, "public_at"),
                                     .issued = row_utc(rows, "issued_at"),
                                     .modified = row_utc(rows, "modified_at") });
    return there == 0 ? true : PASS(err);
}

static bool select_rows(struct tx *tx, const struct query *query, const struct bind *binds,
                        size_t count, struct arena *arena, struct myjvn_rows *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;

    return store_select(tx, query, binds, count, arena, &rows, err) &&
                   take_rows(rows, arena, out, err)
               ? true
               : PASS(err);
}

/* Each word a phrase that has to stand there; the last of a phrase may go on: "Word" finds WordPress. */
static struct str match_of(struct str keyword, struct arena *arena)
{
    struct str rest = fold(arena, keyword), word;
    struct buf buf = buf_new(arena, 4 * rest.len + 16);

    while (rest.len > 0 && str_split(&rest, ' ', &word)) {
        if (word.len == 0)
            continue;
        word = fold_part(word);
        buf_add_z(&buf, buf.len > 0 ? " AND \"" : "\"");
        for (size_t i = 0; i < word.len; i++) {
            if (word.ptr[i] == '"')
                buf_byte(&buf, '"');
            buf_byte(&buf, word.ptr[i]);
        }
        buf_add_z(&buf, "\" *");
    }
    return buf_str(&buf);
}

bool myjvn_find(struct tx *tx, const struct myjvn_search *search, struct arena *arena,
                struct myjvn_rows *out, int64_t *total, struct err *err)
{
    const struct bind binds[] = {
        bind_int("lang", search->lang),
        bind_some("words", match_of(search->choice.keyword, arena)),
        bind_some("cpes", myjvn_patterns(&search->choice.cpes, false, arena)),
        bind_some("vendors", myjvn_numbers_text(&search->choice.vendors, arena)),
        bind_some("products", myjvn_numbers_text(&search->choice.products, arena)),
        search->severity == MYJVN_SEVERITY_ANY ? bind_null("severity")
                                               : bind_int("severity", search->severity),
        bind_some("vector", search->vector),
        bind_utc("public_from", search->made_public.from),
        bind_utc("public_to", search->made_public.to),
        bind_utc("issued_from", search->issued.from),
        bind_utc("issued_to", search->issued.to),
        bind_utc("modified_from", search->modified.from),
        bind_utc("modified_to", search->modified.to),
        bind_int("limit", search->limit),
        bind_int("offset", search->offset),
    };

    return store_number(tx, &sql_myjvn_search_count, binds, COUNT(binds) - 2, 0, total, err) &&
                   select_rows(tx, &sql_myjvn_search, binds, COUNT(binds), arena, out, err)
               ? true
               : PASS(err);
}

bool myjvn_newest(struct tx *tx, enum lang lang, int64_t limit, struct arena *arena,
                  struct myjvn_rows *out, struct err *err)
{
    return select_rows(tx, &sql_myjvn_newest,
                       BINDS(bind_int("lang", lang), bind_int("limit", limit)), arena, out, err)
               ? true
               : PASS(err);
}

bool myjvn_updated(struct tx *tx, enum lang lang, int64_t limit, struct arena *arena,
                   struct myjvn_rows *out, struct err *err)
{
    return select_rows(tx, &sql_myjvn_updated,
                       BINDS(bind_int("lang", lang), bind_int("limit", limit)), arena, out, err)
               ? true
               : PASS(err);
}

bool myjvn_between(struct tx *tx, enum lang lang, int64_t from, int64_t to, struct arena *arena,
                   struct myjvn_rows *out, struct err *err)
{
    return select_rows(tx, &sql_myjvn_between,
                       BINDS(bind_int("lang", lang), bind_int("from", from), bind_int("to", to)),
                       arena, out, err)
               ? true
               : PASS(err);
}

bool myjvn_years(struct tx *tx, enum lang lang, int *first, int *last, struct err *err)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 16);
    CLEANUP(rows_end_var) struct rows *rows = NULL;

    if (!store_select(tx, &sql_myjvn_months, BINDS(bind_int("lang", lang)), arena, &rows, err) ||
        !rows_one(rows, STR("jvn_item"), err))
        return PASS(err);
    *first = (int)(row_int(rows, "first") / 12);
    *last = (int)(row_int(rows, "last") / 12);
    return true;
}

bool myjvn_named(struct tx *tx, struct str name, enum lang lang, struct arena *arena,
                 struct myjvn_row *out, bool *found, struct err *err)
{
    struct myjvn_rows rows;

    if (!select_rows(tx, &sql_myjvn_named, BINDS(bind_text("name", name), bind_int("lang", lang)),
                     arena, &rows, err))
        return PASS(err);
    *found = rows.len > 0;
    *out = *found ? rows.at[0] : (struct myjvn_row){ 0 };
    return true;
}

bool myjvn_about(struct tx *tx, struct str cve, enum lang lang, struct arena *arena,
                 struct myjvn_rows *out, struct err *err)
{
    return select_rows(tx, &sql_myjvn_about, BINDS(bind_text("cve", cve), bind_int("lang", lang)),
                       arena, out, err)
               ? true
               : PASS(err);
}

bool myjvn_cpes_about(struct tx *tx, struct str cve, struct arena *arena, struct myjvn_texts *out,
                      struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int there;

    if (!store_select(tx, &sql_myjvn_cpes_about, BINDS(bind_text("cve", cve)), arena, &rows, err))
        return PASS(err);
    while ((there = rows_next(rows, err)) == 1)
        VEC_PUSH(arena, out, row_text(rows, "cpe"));
    return there == 0 ? true : PASS(err);
}

/* ---- as it is served ---- */

struct myjvn_site myjvn_site_from(const struct settings *settings)
{
    return (struct myjvn_site){ .url = settings->portal_url,
                                .publisher_ja = settings->publisher_name_ja,
                                .publisher_en = settings->publisher_name_en };
}

struct str myjvn_page_url(const struct myjvn_site *site, struct str name, enum lang lang,
                          struct arena *arena)
{
    struct str year = str_drop(name, name.len - (sizeof "2025-002953" - 1));

    return arena_printf(arena, "%.*s/%.*s/contents/%.*s/%.*s.html", STR_ARG(site->url),
                        STR_ARG(lang_code(lang)), STR_ARG(str_take(year, 4)), STR_ARG(name));
}

bool myjvn_to_jvnrss(struct tx *tx, const struct myjvn_row *row, const struct myjvn_site *site,
                     enum jvnrss_style style, struct packer *packer, struct arena *arena,
                     struct jvnrss_item *out, struct err *err)
{
    struct tellings tellings;

    if (!load(tx, row->id, packer, arena, &tellings, err))
        return PASS(err);
    item_of(&tellings, myjvn_page_url(site, row->name, row->lang, arena), arena, out);
    out->creator = row->entry == 0        ? STR("Information-technology Promotion Agency, Japan")
                   : row->lang == LANG_JA ? site->publisher_ja
                                          : site->publisher_en;
    myjvn_item_tidy(out, style, arena);
    return true;
}

bool myjvn_to_vuldef(struct tx *tx, const struct myjvn_row *row, struct packer *packer,
                     struct arena *arena, struct vuldef_info *out, struct err *err)
{
    struct tellings tellings;

    if (!load(tx, row->id, packer, arena, &tellings, err))
        return PASS(err);
    if (tellings.has[TOLD_IN_DETAIL])
        *out = tellings.told[TOLD_IN_DETAIL].info;
    else
        myjvn_info_of_item(&tellings.told[TOLD_BY_FEED].item, row->made_public, arena, out);
    return true;
}

/* ---- counting ---- */

static int length_of(enum myjvn_period period)
{
    return period == PERIOD_YEAR ? 12 : period == PERIOD_QUARTER ? 3 : 1;
}

static struct str date_of(int month, enum myjvn_period period, struct arena *arena)
{
    switch (period) {
    case PERIOD_YEAR:
        return arena_printf(arena, "%04d", month / 12);
    case PERIOD_QUARTER:
        return arena_printf(arena, "%04d-%dQ", month / 12, month % 12 / 3 + 1);
    default:
        return arena_printf(arena, "%04d-%02d", month / 12, month % 12 + 1);
    }
}

static void add_count(struct myjvn_count *count, const struct myjvn_counting *counting,
                      int64_t severity, int64_t n)
{
    /* critical first, and of version 2 high first */
    int64_t place = counting->by_severity_2 ? CVSS_HIGH - severity : CVSS_CRITICAL - severity;
    bool has_score = severity >= 0 && place >= 0 && place < MYJVN_SEVERITIES;

    if (has_score && counting->by_severity_2 && place == CVSS_HIGH)
        place--; /* version 2 has no word for nothing: low */
    if (has_score)
        count->by_severity[place] += n;
    if (has_score || !counting->only_with_score)
        count->all += n;
}

bool myjvn_count(struct tx *tx, const struct myjvn_counting *counting, struct utc now,
                 struct arena *arena, struct myjvn_counts *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int length = length_of(counting->period), first, last, from = counting->from, to = counting->to,
        there;

    *out = (struct myjvn_counts){ 0 };
    if (!myjvn_years(tx, LANG_JA, &first, &last, err))
        return PASS(err);
    from = from != 0 ? from : 12 * first;
    to = to != 0 ? to : month_of(now);
    if (first == 0 && counting->from == 0)
        from = to;
    from -= from % length;
    to += length - 1 - to % length;
    for (int month = from; month <= to; month += length)
        VEC_PUSH(arena, out,
                 (struct myjvn_count){ .date = date_of(month, counting->period, arena) });
    if (!store_select(tx, &sql_myjvn_count,
                      BINDS(bind_int("from", from), bind_int("to", to),
                            bind_some("cpe", counting->cpe), bind_id("pid", counting->pid),
                            bind_some("weakness", counting->weakness)),
                      arena, &rows, err))
        return PASS(err);
    while ((there = rows_next(rows, err)) == 1)
        add_count(&out->at[(row_int(rows, "month") - from) / length], counting,
                  row_int(rows, counting->by_severity_2 ? "severity_2" : "severity"),
                  row_int(rows, "n"));
    return there == 0 ? true : PASS(err);
}

bool myjvn_totals(struct tx *tx, struct arena *arena, int64_t *items, int64_t *vendors,
                  int64_t *products, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;

    if (!store_select(tx, &sql_myjvn_totals, NO_BINDS, arena, &rows, err) ||
        !rows_one(rows, STR("jvn_item"), err))
        return PASS(err);
    *items = row_int(rows, "items");
    *vendors = row_int(rows, "vendors");
    *products = row_int(rows, "products");
    return true;
}
