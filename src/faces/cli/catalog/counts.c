#include "faces/cli/catalog/counts.h"

#include "base/buf.h"
#include "base/err.h"
#include "domain/catalog/counts.h"
#include "faces/cli/catalog/open.h"
#include "faces/cli/open.h"
#include "formats/csv/csv.h"
#include "formats/json/json.h"

enum { WORK_MAX = 64 << 20, OUTPUT_MAX = 4 << 20, WIDTH = 9 };

struct asked {
    struct str format, folder;
    enum counted_by by;
    bool is_by_year;
    enum lang lang;
    struct arena *arena;
};

static const char *edition_name(enum catalog_edition edition)
{
    return edition == EDITION_JA ? "ja" : "en";
}

static const char *column_name(int column)
{
    static const char *const others[] = {
        [COUNTED_EMBEDDED] = "embedded", [COUNTED_STANDARD] = "standard", [COUNTED_ALL] = "all"
    };

    return column < CATALOG_SOURCES ? catalog_source_name((enum catalog_source)column).ptr
                                    : others[column];
}

static struct str period_name(const struct asked *asked, struct quarter quarter)
{
    return asked->is_by_year ? arena_printf(asked->arena, "%d", quarter_year(quarter))
                             : quarter_name(quarter, asked->arena);
}

/* ---- as a table: a line a quarter, the new ones by source, and how many there are until its end ---- */

static void put_edition(const struct asked *asked, const struct catalog_counts *counts,
                        enum catalog_edition edition, struct buf *out)
{
    buf_add(out, tr(asked->lang, edition == EDITION_JA ? N_("Japanese edition: new entries")
                                                       : N_("English edition: new entries")));
    buf_add_z(out, "\n        ");
    for (int c = 0; c < COUNTED_COLUMNS; c++)
        buf_printf(out, "%*s", WIDTH, column_name(c));
    buf_printf(out, "%*s\n", WIDTH, "total");
    for (size_t i = 0; i < counts->len; i++) {
        const struct catalog_count *row = &counts->at[i];
        struct str period = period_name(asked, row->quarter);

        buf_printf(out, "%-7.*s ", STR_ARG(period));
        for (int c = 0; c < COUNTED_COLUMNS; c++)
            buf_printf(out, "%*lld", WIDTH, (long long)row->added[edition][c]);
        buf_printf(out, "%*lld\n", WIDTH, (long long)row->total[edition][COUNTED_ALL]);
    }
    buf_byte(out, '\n');
}

static void to_table(const struct asked *asked, const struct catalog_counts *counts,
                     struct buf *out)
{
    put_edition(asked, counts, EDITION_JA, out);
    put_edition(asked, counts, EDITION_EN, out);
    buf_add(out, tr_fill(asked->arena, asked->lang, N_("Without a day, in no quarter: {count}"),
                         TR_ARGS({ "count", arena_printf(asked->arena, "%lld",
                                                         (long long)counts->undated) })));
    buf_byte(out, '\n');
}

/* ---- for programs: a row for a quarter, an edition and a source ---- */

static void to_csv(const struct asked *asked, const struct catalog_counts *counts, struct buf *out)
{
    const char *const head[] = { asked->is_by_year ? "year" : "quarter", "edition", "source", "new",
                                 "total" };
    struct csv_writer w = csv_writer_new(out);

    for (size_t i = 0; i < COUNT(head); i++)
        csv_text(&w, str_from_z(head[i]));
    csv_end_row(&w);
    for (size_t i = 0; i < counts->len * CATALOG_EDITIONS * COUNTED_COLUMNS; i++) {
        const struct catalog_count *row = &counts->at[i / COUNTED_COLUMNS / CATALOG_EDITIONS];
        enum catalog_edition edition =
            (enum catalog_edition)(i / COUNTED_COLUMNS % CATALOG_EDITIONS);
        int column = (int)(i % COUNTED_COLUMNS);

        csv_text(&w, period_name(asked, row->quarter));
        csv_text(&w, str_from_z(edition_name(edition)));
        csv_text(&w, str_from_z(column_name(column)));
        csv_int(&w, row->added[edition][column]);
        csv_int(&w, row->total[edition][column]);
        csv_end_row(&w);
    }
}

static void put_numbers(const int64_t added[COUNTED_COLUMNS], const int64_t total[COUNTED_COLUMNS],
                        struct json_writer *w)
{
    json_object_begin(w);
    for (int c = 0; c < COUNTED_COLUMNS; c++) {
        json_key(w, column_name(c));
        json_object_begin(w);
        json_key(w, "new");
        json_put_int(w, added[c]);
        json_key(w, "total");
        json_put_int(w, total[c]);
        json_object_end(w);
    }
    json_object_end(w);
}

static void to_json(const struct asked *asked, const struct catalog_counts *counts, struct buf *out)
{
    struct json_writer w = json_writer_new(out, true);

    json_object_begin(&w);
    json_key(&w, asked->is_by_year ? "years" : "quarters");
    json_array_begin(&w);
    for (size_t i = 0; i < counts->len; i++) {
        const struct catalog_count *row = &counts->at[i];

        json_object_begin(&w);
        json_key(&w, asked->is_by_year ? "year" : "quarter");
        json_put_text(&w, period_name(asked, row->quarter));
        for (int e = 0; e < CATALOG_EDITIONS; e++) {
            json_key(&w, edition_name((enum catalog_edition)e));
            put_numbers(row->added[e], row->total[e], &w);
        }
        json_object_end(&w);
    }
    json_array_end(&w);
    json_key(&w, "undated");
    json_put_int(&w, counts->undated);
    json_object_end(&w);
    buf_byte(out, '\n');
}

/* ---- the command ---- */

static const struct {
    const char *name;
    void (*put)(const struct asked *asked, const struct catalog_counts *counts, struct buf *out);
} formats[] = { { "table", to_table }, { "csv", to_csv }, { "json", to_json } };

static bool read_words(struct asked *asked, int argc, char **argv, struct err *err)
{
    struct str by;

    asked->is_by_year = option_take(&argc, argv, "--years");
    if (!option_value(&argc, argv, "--format", &asked->format, err) ||
        !option_value(&argc, argv, "--catalog", &asked->folder, err) ||
        !option_value(&argc, argv, "--by", &by, err))
        return PASS(err);
    if (argc > 1)
        return FAIL(err, USAGE, str_from_z(argv[1]));
    if (by.len > 0 && !str_eq(by, STR("published")) && !str_eq(by, STR("registered")))
        return FAIL(err, USAGE, by);
    asked->by = str_eq(by, STR("registered")) ? COUNTED_BY_REGISTERED : COUNTED_BY_PUBLISHED;
    return true;
}

static bool print(const struct asked *asked, struct catalog_counts *counts, struct err *err)
{
    struct buf buf = buf_new(asked->arena, OUTPUT_MAX);
    struct str out;

    if (asked->is_by_year)
        catalog_counts_by_year(counts);
    for (size_t i = 0; i < COUNT(formats); i++) {
        if (!str_eq_z(asked->format.len > 0 ? asked->format : STR("table"), formats[i].name))
            continue;
        formats[i].put(asked, counts, &buf);
        if (!buf_done(&buf, &out, err))
            return PASS(err);
        cli_print(out);
        return true;
    }
    return FAIL(err, USAGE, asked->format);
}

bool counts_command(const struct app *app, int argc, char **argv, struct err *err)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(WORK_MAX);
    CLEANUP(catalog_reading_end) struct catalog_reading reading = { 0 };
    struct asked asked = { .arena = arena, .lang = app->lang };
    struct catalog_counts counts;

    return read_words(&asked, argc, argv, err) &&
                   catalog_reading_begin(app, asked.folder, &reading, err) &&
                   catalog_count_quarters(reading.tx, asked.by, arena, &counts, err) &&
                   print(&asked, &counts, err)
               ? true
               : PASS(err);
}
