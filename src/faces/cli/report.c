#include "faces/cli/report.h"

#include "base/err.h"
#include "domain/statistics/statistics.h"
#include "faces/cli/report_file.h"
#include "store/store.h"

enum { LABEL_WIDTH = 44, NUMBER_WIDTH = 12 };

/* ---- as a table for the terminal ---- */

/* A full-width character takes two places. */
static size_t width_of(struct str text)
{
    size_t width = 0;

    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];

        width += (c & 0xc0) == 0x80 ? 0 : c >= 0xe2 ? 2 : 1;
    }
    return width;
}

static void pad(struct buf *out, size_t width, size_t to)
{
    for (; width < to; width++)
        buf_byte(out, ' ');
}

static void put_right(struct buf *out, struct str text, size_t to)
{
    pad(out, width_of(text), to);
    buf_add(out, text);
}

static void put_left(struct buf *out, struct str text, size_t to)
{
    buf_add(out, text);
    pad(out, width_of(text), to);
}

static size_t column_width(const struct figure_kind *kind, size_t i, enum lang lang)
{
    size_t label = width_of(tr(lang, kind->columns[i].label)) + 2;

    return label > NUMBER_WIDTH ? label : NUMBER_WIDTH;
}

static void put_figure(struct buf *out, const struct figure *figure, enum lang lang,
                       struct arena *arena)
{
    const struct figure_kind *kind = figure->kind;
    int64_t total = figure_total(figure);

    buf_printf(out, "\n%s  ", kind->rule);
    put_left(out, tr(lang, kind->title), LABEL_WIDTH - 8);
    for (size_t i = 0; i < kind->column_count; i++)
        put_right(out, tr(lang, kind->columns[i].label), column_width(kind, i, lang));
    buf_byte(out, '\n');
    for (size_t i = 0; i < figure->len; i++) {
        const struct figure_row *row = &figure->at[i];

        buf_add_z(out, row->is_part ? "    " : "  ");
        put_left(out, figure_row_label(figure, row, lang, arena),
                 LABEL_WIDTH - (row->is_part ? 4 : 2));
        for (size_t j = 0; j < kind->column_count; j++)
            put_right(out, figure_number(figure, j, row->n[j], arena), column_width(kind, j, lang));
        if (kind->has_shares)
            buf_printf(out, " %5lld %%", (long long)figure_share(row->n[0], total));
        buf_byte(out, '\n');
    }
}

static bool to_table(const struct statistics *s, enum lang lang, struct arena *arena,
                     struct str *out, struct err *err)
{
    struct buf buf = buf_new(arena, DESKWORK_OUTPUT_MAX);

    buf_add(&buf, tr_fill(arena, lang, N_("Counted as of {day}"),
                          TR_ARGS({ "day", statistics_day(s, lang, arena) })));
    buf_byte(&buf, '\n');
    for (size_t i = 0; i < s->figures.len; i++)
        put_figure(&buf, &s->figures.at[i], lang, arena);
    buf_byte(&buf, '\n');
    buf_add(&buf, tr(lang, N_("What is not given here")));
    buf_byte(&buf, '\n');
    for (size_t i = 0; i < statistics_gap_count; i++) {
        struct str what = tr(lang, statistics_gaps[i].what), why = tr(lang, statistics_gaps[i].why);

        buf_printf(&buf, "  %s  %.*s: %.*s\n", statistics_gaps[i].rule, STR_ARG(what),
                   STR_ARG(why));
    }
    return buf_done(&buf, out, err) ? true : PASS(err);
}

/* ---- what was typed ---- */

struct typed {
    struct str as_of, format;
};

static bool read_words(const struct words *words, struct typed *out, struct err *err)
{
    static const char *const formats[] = { "table", "json", "csv", "html" };

    *out = (struct typed){ .format = STR("table") };
    if (words->len == 0 || !str_eq_z(words->at[0], "statistics"))
        return FAIL(err, USAGE, words->len ? words->at[0] : STR("report"));
    for (size_t i = 1; i < words->len; i += 2) {
        struct str *place = str_eq_z(words->at[i], "--as-of")    ? &out->as_of
                            : str_eq_z(words->at[i], "--format") ? &out->format
                                                                 : NULL;

        if (!place || i + 1 == words->len)
            return FAIL(err, USAGE, words->at[i]);
        *place = words->at[i + 1];
    }
    for (size_t i = 0; i < COUNT(formats); i++) {
        if (str_eq_z(out->format, formats[i]))
            return true;
    }
    return FAIL(err, USAGE, out->format);
}

/* "2026-09-30" with all of that day, "2026-q3", or now. What has begun and not ended is counted as far as it has gone. */
static bool until_of(struct str as_of, struct utc now, struct utc *out, struct err *err)
{
    struct quarter q;
    struct utc day;

    *out = now;
    if (as_of.len == 0)
        return true;
    if (quarter_parse(as_of, &q)) {
        day = quarter_begin(q);
        *out = quarter_end(q);
    } else if (as_of.len == 10 && utc_parse(as_of, &day, err)) {
        *out = utc_add_days(day, 1);
    } else {
        return FAIL(err, USAGE, as_of);
    }
    if (day.ms > now.ms)
        return FAIL(err, USAGE, as_of); /* nobody knows yet */
    if (out->ms > now.ms)
        *out = now;
    return true;
}

bool report_check(const struct words *words, struct err *err)
{
    struct typed typed;

    return read_words(words, &typed, err) ? true : PASS(err);
}

bool report_command(const struct deskwork *desk, const struct words *words, struct arena *arena,
                    struct str *out, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct statistics_rules rules;
    struct statistics s;
    struct typed typed;
    struct utc until;

    if (!read_words(words, &typed, err) || !until_of(typed.as_of, desk->now, &until, err) ||
        !statistics_rules_from(desk->settings, &rules, err) ||
        !tx_begin(desk->store, TX_READ, &tx, err) ||
        !statistics_count(tx, &rules, until, arena, &s, err))
        return PASS(err);
    if (str_eq_z(typed.format, "json"))
        return statistics_to_json(&s, arena, out, err) ? true : PASS(err);
    if (str_eq_z(typed.format, "csv"))
        return statistics_to_csv(&s, arena, out, err) ? true : PASS(err);
    if (str_eq_z(typed.format, "html"))
        return report_file_html(&s, desk->settings, desk->lang, arena, out, err) ? true : PASS(err);
    return to_table(&s, desk->lang, arena, out, err) ? true : PASS(err);
}
