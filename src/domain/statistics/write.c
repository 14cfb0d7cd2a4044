/* domain/statistics/write.c: the figures as a record, and as documents for machines. */
#include <string.h>

#include "base/err.h"
#include "base/record.h"
#include "domain/statistics/statistics.h"
#include "formats/csv/csv.h"
#include "formats/json/json.h"

enum { ROW_KEY_MAX = 40, FIGURES_MAX = 32 };
#define NUMBER_MAX INT64_C(1000000000000)

/* ---- as a record ---- */

bool statistics_to_record(const struct statistics *s, struct arena *arena, struct str *out,
                          struct err *err)
{
    struct buf buf = buf_new(arena, STATISTICS_MAX);

    record_put_int(&buf, "until", s->until.ms);
    for (size_t i = 0; i < s->figures.len; i++) {
        const struct figure *figure = &s->figures.at[i];

        record_put(&buf, "figure", str_from_z(figure->kind->key));
        for (size_t j = 0; j < figure->len; j++) {
            const struct figure_row *row = &figure->at[j];
            struct buf line = buf_new(arena, 256);

            buf_printf(&line, "%.*s %d", STR_ARG(row->key), row->is_part);
            for (size_t k = 0; k < figure->kind->column_count; k++)
                buf_printf(&line, " %lld", (long long)row->n[k]);
            record_put(&buf, "row", buf_str(&line));
        }
    }
    return buf_done(&buf, out, err) ? true : PASS(err);
}

static const struct figure_kind *kind_of(struct str key)
{
    for (size_t i = 0; i < figure_kind_count; i++) {
        if (str_eq_z(key, figure_kinds[i].key))
            return &figure_kinds[i];
    }
    return NULL;
}

static bool read_row(struct str line, const struct figure_kind *kind, struct figure_row *out,
                     struct err *err)
{
    struct str word;
    int64_t part;

    *out = (struct figure_row){ 0 };
    if (!str_split(&line, ' ', &out->key) || out->key.len == 0 || out->key.len > ROW_KEY_MAX ||
        !str_is_plain(out->key, false) || !str_split(&line, ' ', &word) ||
        !str_to_int(word, 0, 1, &part, err))
        return FAIL(err, BAD_REQUEST, STR("a row of figures"));
    out->is_part = part != 0;
    for (size_t i = 0; i < kind->column_count; i++) {
        if (!str_split(&line, ' ', &word) || !str_to_int(word, 0, NUMBER_MAX, &out->n[i], err))
            return FAIL(err, BAD_REQUEST, STR("a row of figures"));
    }
    return line.len == 0 ? true : FAIL(err, BAD_REQUEST, STR("a row of figures"));
}

bool statistics_from_record(struct str record, struct arena *arena, struct statistics *out,
                            struct err *err)
{
    struct figure *figure = NULL;
    struct str name, value;
    size_t rows = 0;

    *out = (struct statistics){ 0 };
    if (record.len > STATISTICS_MAX || !record_is_valid(record) ||
        (out->until.ms = record_get_int(record, "until", 0)) <= 0)
        return FAIL(err, BAD_REQUEST, STR("figures"));
    while (record_next(&record, &name, &value)) {
        if (str_eq_z(name, "figure")) {
            const struct figure_kind *kind = kind_of(value);

            if (!kind || out->figures.len == FIGURES_MAX)
                return FAIL(err, BAD_REQUEST, value);
            VEC_PUSH(arena, &out->figures, (struct figure){ .kind = kind });
            figure = &out->figures.at[out->figures.len - 1];
        } else if (str_eq_z(name, "row")) {
            struct figure_row row;

            if (!figure || rows++ == STATISTICS_ROWS_MAX ||
                !read_row(value, figure->kind, &row, err))
                return FAIL(err, BAD_REQUEST, STR("a row of figures"));
            VEC_PUSH(arena, figure, row);
        }
    }
    return true;
}

/* ---- JSON ---- */

static const enum lang langs[] = { LANG_JA, LANG_EN };

static void in_both(struct json_writer *json, const char *key, const char *msgid)
{
    json_key(json, key);
    json_object_begin(json);
    for (size_t i = 0; i < COUNT(langs); i++) {
        json_key(json, langs[i] == LANG_JA ? "ja" : "en");
        json_put_text(json, tr(langs[i], msgid));
    }
    json_object_end(json);
}

static void put_number(struct json_writer *json, const struct figure_column *column, int64_t n)
{
    json_key(json, column->key);
    if (column->kind == COLUMN_HUNDREDTHS)
        json_put_decimal(json, n, 2);
    else
        json_put_int(json, n);
}

static void put_row(struct json_writer *json, const struct figure *figure,
                    const struct figure_row *row, struct arena *arena)
{
    json_object_begin(json);
    json_pair(json, "key", row->key);
    json_key(json, "label");
    json_object_begin(json);
    json_pair(json, "ja", figure_row_label(figure, row, LANG_JA, arena));
    json_pair(json, "en", figure_row_label(figure, row, LANG_EN, arena));
    json_object_end(json);
    if (row->is_part) {
        json_key(json, "is_part");
        json_put_bool(json, true);
    }
    for (size_t i = 0; i < figure->kind->column_count; i++)
        put_number(json, &figure->kind->columns[i], row->n[i]);
    if (figure->kind->has_shares) {
        json_key(json, "percent");
        json_put_int(json, figure_share(row->n[0], figure_total(figure)));
    }
    json_object_end(json);
}

static void put_figure(struct json_writer *json, const struct figure *figure, struct arena *arena)
{
    json_object_begin(json);
    json_pair(json, "key", str_from_z(figure->kind->key));
    json_pair(json, "rule", str_from_z(figure->kind->rule));
    in_both(json, "title", figure->kind->title);
    in_both(json, "note", figure->kind->note);
    in_both(json, "unit", figure->kind->unit);
    json_key(json, "rows");
    json_array_begin(json);
    for (size_t i = 0; i < figure->len; i++)
        put_row(json, figure, &figure->at[i], arena);
    json_array_end(json);
    json_object_end(json);
}

static void put_gaps(struct json_writer *json)
{
    json_key(json, "not_given");
    json_array_begin(json);
    for (size_t i = 0; i < statistics_gap_count; i++) {
        json_object_begin(json);
        json_pair(json, "rule", str_from_z(statistics_gaps[i].rule));
        in_both(json, "figure", statistics_gaps[i].what);
        in_both(json, "why", statistics_gaps[i].why);
        json_object_end(json);
    }
    json_array_end(json);
}

/* "2026-09-30": the last day that is counted. */
static struct str last_day(const struct statistics *s, struct arena *arena)
{
    return str_take(utc_iso_jst(arena, (struct utc){ s->until.ms - 1 }), 10);
}

bool statistics_to_json(const struct statistics *s, struct arena *arena, struct str *out,
                        struct err *err)
{
    struct buf buf = buf_new(arena, (size_t)4 * STATISTICS_MAX);
    struct json_writer json = json_writer_new(&buf, true);

    json_object_begin(&json);
    json_pair(&json, "as_of", last_day(s, arena));
    json_pair(&json, "quarter", quarter_name(statistics_quarter(s), arena));
    json_key(&json, "figures");
    json_array_begin(&json);
    for (size_t i = 0; i < s->figures.len; i++)
        put_figure(&json, &s->figures.at[i], arena);
    json_array_end(&json);
    put_gaps(&json);
    json_object_end(&json);
    buf_byte(&buf, '\n');
    return buf_done(&buf, out, err) ? true : PASS(err);
}

/* ---- CSV: a number a line ---- */

bool statistics_to_csv(const struct statistics *s, struct arena *arena, struct str *out,
                       struct err *err)
{
    static const char *const heads[] = { "as_of", "rule", "figure", "row", "column", "value" };
    struct buf buf = buf_new(arena, (size_t)4 * STATISTICS_MAX);
    struct csv_writer csv = csv_writer_new(&buf);
    struct str day = last_day(s, arena);

    for (size_t i = 0; i < COUNT(heads); i++)
        csv_text(&csv, str_from_z(heads[i]));
    csv_end_row(&csv);
    for (size_t i = 0; i < s->figures.len; i++) {
        const struct figure *figure = &s->figures.at[i];

        for (size_t j = 0; j < figure->len * figure->kind->column_count; j++) {
            const struct figure_row *row = &figure->at[j / figure->kind->column_count];
            size_t column = j % figure->kind->column_count;
            int64_t n = row->n[column];

            csv_text(&csv, day);
            csv_text(&csv, str_from_z(figure->kind->rule));
            csv_text(&csv, str_from_z(figure->kind->key));
            csv_text(&csv, row->key);
            csv_text(&csv, str_from_z(figure->kind->columns[column].key));
            if (figure->kind->columns[column].kind == COLUMN_HUNDREDTHS)
                csv_text(&csv, figure_number(figure, column, n, arena));
            else
                csv_int(&csv, n);
            csv_end_row(&csv);
        }
    }
    return buf_done(&buf, out, err) ? true : PASS(err);
}
