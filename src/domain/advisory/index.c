#include "domain/advisory/index.h"

#include "base/ascii.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/record.h"
#include "domain/advisory/formats.h"

enum { OVERVIEW_MAX = 160, ROW_MAX = 256 * 1024, WORDS_AT_MOST = 10 };

/* ---- rows ---- */

static void add_line(struct buf *buf, struct str line)
{
    struct str rest = buf_str(buf), seen;

    if (line.len == 0)
        return;
    while (rest.ptr && str_split(&rest, '\n', &seen)) {
        if (str_eq(seen, line))
            return;
    }
    if (buf->len > 0)
        buf_byte(buf, '\n');
    buf_add(buf, line);
}

static struct str short_text(struct str text, struct arena *arena)
{
    struct str start = str_take_code_points(text, OVERVIEW_MAX);

    return start.len == text.len ? text : arena_printf(arena, "%.*s…", STR_ARG(start));
}

struct advisory_row advisory_row_of(const struct advisory_view *view, struct arena *arena)
{
    struct buf cves = buf_new(arena, ROW_MAX), cwes = buf_new(arena, ROW_MAX);
    struct buf vendors = buf_new(arena, ROW_MAX), products = buf_new(arena, ROW_MAX);
    struct advisory_score score = advisory_score_of(view, arena);

    for (size_t i = 0; i < view->weaknesses.len; i++) {
        add_line(&cves, view->weaknesses.at[i].cve);
        add_line(&cwes, view->weaknesses.at[i].cwe);
    }
    for (size_t i = 0; i < view->products.len; i++) {
        add_line(&vendors, view->products.at[i].vendor_ja);
        add_line(&vendors, view->products.at[i].vendor_en);
        add_line(&products, view->products.at[i].product);
    }
    for (size_t i = 0; i < view->vendors.len; i++) {
        add_line(&vendors, view->vendors.at[i].name_ja);
        add_line(&vendors, view->vendors.at[i].name_en);
    }
    return (struct advisory_row){
        .number = view->number,
        .slug = advisory_slug(view->number, arena),
        .title_ja = view->ja.title,
        .title_en = view->en.title,
        .overview_ja = short_text(view->ja.overview, arena),
        .overview_en = short_text(view->en.overview, arena),
        .severity = score.word,
        .tenths = score.tenths,
        .cves = buf_str(&cves),
        .cwes = buf_str(&cwes),
        .vendors = buf_str(&vendors),
        .products = buf_str(&products),
        .is_critical = view->is_critical,
        .is_stop_use = view->is_stop_use,
        .published_at = view->published_at,
        .updated_at = view->updated_at,
        .revision = view->revision,
    };
}

/* ---- bytes: four bytes length, big-endian, and a record, for each row ---- */

static void put_row(struct buf *buf, const struct advisory_row *row)
{
    record_put(buf, "number", row->number);
    record_put(buf, "slug", row->slug);
    record_put(buf, "title_ja", row->title_ja);
    record_put(buf, "title_en", row->title_en);
    record_put(buf, "overview_ja", row->overview_ja);
    record_put(buf, "overview_en", row->overview_en);
    record_put(buf, "severity", row->severity);
    record_put_int(buf, "tenths", row->tenths);
    record_put(buf, "cves", row->cves);
    record_put(buf, "cwes", row->cwes);
    record_put(buf, "vendors", row->vendors);
    record_put(buf, "products", row->products);
    record_put_int(buf, "is_critical", row->is_critical);
    record_put_int(buf, "is_stop_use", row->is_stop_use);
    record_put_int(buf, "published_at", row->published_at.ms);
    record_put_int(buf, "updated_at", row->updated_at.ms);
    record_put_int(buf, "revision", row->revision);
}

static struct advisory_row get_row(struct str record)
{
    return (struct advisory_row){
        .number = record_get(record, "number"),
        .slug = record_get(record, "slug"),
        .title_ja = record_get(record, "title_ja"),
        .title_en = record_get(record, "title_en"),
        .overview_ja = record_get(record, "overview_ja"),
        .overview_en = record_get(record, "overview_en"),
        .severity = record_get(record, "severity"),
        .tenths = record_get_int(record, "tenths", -1),
        .cves = record_get(record, "cves"),
        .cwes = record_get(record, "cwes"),
        .vendors = record_get(record, "vendors"),
        .products = record_get(record, "products"),
        .is_critical = record_get_int(record, "is_critical", 0) != 0,
        .is_stop_use = record_get_int(record, "is_stop_use", 0) != 0,
        .published_at = { record_get_int(record, "published_at", 0) },
        .updated_at = { record_get_int(record, "updated_at", 0) },
        .revision = record_get_int(record, "revision", 0),
    };
}

bool index_write(const struct advisory_rows *rows, struct arena *arena, struct str *out,
                 struct err *err)
{
    struct buf all = buf_new(arena, INDEX_MAX);

    for (size_t i = 0; i < rows->len; i++) {
        struct buf one = buf_new(arena, ROW_MAX);
        struct str record;

        put_row(&one, &rows->at[i]);
        if (!buf_done(&one, &record, err))
            return PASS(err);
        for (int shift = 24; shift >= 0; shift -= 8)
            buf_byte(&all, (char)(record.len >> shift & 0xff));
        buf_add(&all, record);
    }
    return buf_done(&all, out, err) ? true : PASS(err);
}

bool index_read(struct str bytes, struct arena *arena, struct advisory_rows *out, struct err *err)
{
    struct advisory_rows rows = { 0 };

    while (bytes.len > 0) {
        size_t len = 0;
        struct str record;

        if (bytes.len < 4)
            return FAIL(err, BAD_REQUEST, STR("the index of advisories"));
        for (size_t i = 0; i < 4; i++)
            len = len << 8 | (unsigned char)bytes.ptr[i];
        bytes = str_drop(bytes, 4);
        record = str_take(bytes, len);
        if (record.len != len || !record_is_valid(record))
            return FAIL(err, BAD_REQUEST, STR("the index of advisories"));
        VEC_PUSH(arena, &rows, get_row(record));
        bytes = str_drop(bytes, len);
    }
    *out = rows;
    return true;
}

/* ---- searching ---- */

static bool has(struct str text, struct str word)
{
    for (size_t i = 0; word.len <= text.len && i <= text.len - word.len; i++) {
        size_t j = 0;

        while (j < word.len && ascii_lower(text.ptr[i + j]) == ascii_lower(word.ptr[j]))
            j++;
        if (j == word.len)
            return true;
    }
    return false;
}

static bool row_has(const struct advisory_row *row, struct str word)
{
    const struct str places[] = { row->number,      row->slug,        row->title_ja, row->title_en,
                                  row->overview_ja, row->overview_en, row->cves,     row->cwes,
                                  row->vendors,     row->products };

    for (size_t i = 0; i < COUNT(places); i++) {
        if (has(places[i], word))
            return true;
    }
    return false;
}

/* The words of a query; blanks of ASCII and U+3000 part them. */
struct words {
    struct str at[WORDS_AT_MOST];
    size_t len;
};

static struct words words_of(struct str text)
{
    static const struct str wide = STR_INIT("\xe3\x80\x80");
    struct words words = { .len = 0 };
    size_t start = 0;

    for (size_t i = 0; i <= text.len && words.len < WORDS_AT_MOST;) {
        bool is_wide = i < text.len && str_starts(str_drop(text, i), wide);
        bool is_end = i == text.len || text.ptr[i] == ' ' || text.ptr[i] == '\t' || is_wide;

        if (is_end && i > start)
            words.at[words.len++] = (struct str){ text.ptr + start, i - start };
        i += is_wide ? wide.len : 1;
        if (is_end)
            start = i;
    }
    return words;
}

static bool matches(const struct advisory_row *row, const struct index_query *query,
                    const struct words *words)
{
    if (query->severity.len > 0 && !str_eq(row->severity, query->severity))
        return false;
    if (query->year && utc_to_jst(row->published_at).year != query->year)
        return false;
    if (query->vendor.len > 0 && !has(row->vendors, query->vendor))
        return false;
    for (size_t i = 0; i < words->len; i++) {
        if (!row_has(row, words->at[i]))
            return false;
    }
    return true;
}

static int later(struct utc a, struct utc b) { return (a.ms < b.ms) - (a.ms > b.ms); }

static int by_number(const struct advisory_row *a, const struct advisory_row *b)
{
    return str_cmp(a->number, b->number);
}

static int by_published(const void *x, const void *y)
{
    const struct advisory_row *a = x, *b = y;
    int order = later(a->published_at, b->published_at);

    return order ? order : by_number(a, b);
}

static int by_updated(const void *x, const void *y)
{
    const struct advisory_row *a = x, *b = y;
    int order = later(a->updated_at, b->updated_at);

    return order ? order : by_number(a, b);
}

static int by_severity(const void *x, const void *y)
{
    const struct advisory_row *a = x, *b = y;

    return a->tenths != b->tenths ? (a->tenths < b->tenths) - (a->tenths > b->tenths)
                                  : by_published(x, y);
}

static void count_years(const struct advisory_rows *rows, struct arena *arena,
                        struct index_found *out)
{
    for (size_t i = 0; i < rows->len; i++) {
        int64_t year = utc_to_jst(rows->at[i].published_at).year;
        size_t j = 0;

        while (j < out->years.len && out->years.at[j].year > year)
            j++;
        if (j == out->years.len || out->years.at[j].year != year) {
            VEC_PUSH(arena, &out->years, (struct index_year){ 0 });
            memmove(&out->years.at[j + 1], &out->years.at[j],
                    (out->years.len - 1 - j) * sizeof *out->years.at);
            out->years.at[j] = (struct index_year){ .year = year };
        }
        out->years.at[j].count++;
    }
}

void index_search(const struct advisory_rows *rows, const struct index_query *query,
                  struct arena *arena, struct index_found *out)
{
    static int (*const orders[])(const void *, const void *) = { by_published, by_updated,
                                                                 by_severity };
    struct words words = words_of(str_take(query->text, INDEX_QUERY_MAX));
    struct advisory_rows found = { 0 };
    size_t first;

    *out = (struct index_found){ 0 };
    for (size_t i = 0; i < rows->len; i++) {
        if (matches(&rows->at[i], query, &words))
            VEC_PUSH(arena, &found, rows->at[i]);
    }
    if (found.len > 1)
        qsort(found.at, found.len, sizeof *found.at, orders[query->order]);
    count_years(rows, arena, out);
    out->total = found.len;
    out->pages = found.len ? (found.len - 1) / INDEX_PAGE + 1 : 1;
    out->page = query->page < 1 ? 1 : query->page > out->pages ? out->pages : query->page;
    first = (out->page - 1) * INDEX_PAGE;
    out->rows = found;
    out->rows.at += found.len ? first : 0;
    out->rows.len = found.len - first > INDEX_PAGE ? INDEX_PAGE : found.len - first;
}
