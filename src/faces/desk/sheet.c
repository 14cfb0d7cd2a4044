#include "faces/desk/sheet.h"

#include "base/buf.h"
#include "base/err.h"
#include "faces/desk/frame.h"
#include "faces/http/respond.h"
#include "formats/csv/csv.h"
#include "formats/json/json.h"

enum { SHEET_BYTES_MAX = 32 << 20 };

static const char *const format_names[] = {
    [SHEET_PAGE] = "", [SHEET_CSV] = "csv", [SHEET_JSON] = "json"
};

bool sheet_asked(struct request *req, enum sheet_format *out, struct err *err)
{
    struct str name = request_query(req, "format");

    for (size_t i = 0; i < COUNT(format_names); i++) {
        *out = (enum sheet_format)i;
        if (!str_eq_z(name, format_names[i]))
            continue;
        if (*out == SHEET_JSON)
            req->lang = LANG_EN;
        return true;
    }
    return FAIL(err, BAD_REQUEST, STR("format"));
}

int64_t sheet_rows(enum sheet_format format, int64_t page_rows)
{
    return format == SHEET_PAGE ? page_rows : SHEET_ROWS_MAX;
}

/* ---- cells ---- */

static const void *cell_of(const struct sheet *sheet, size_t row, const struct sheet_column *column)
{
    return (const char *)sheet->rows + row * sheet->row_size + column->offset;
}

/* "–" and "—" stand on the page where there is nothing. */
static struct str text_of(const struct sheet_column *column, const void *cell)
{
    struct str text = column->kind == SHEET_TAG    ? ((const struct tag_view *)cell)->word
                      : column->kind == SHEET_WHEN ? ((const struct when_view *)cell)->iso
                                                   : *(const struct str *)cell;

    return str_eq(text, STR("–")) || str_eq(text, STR("—")) ? STR_NONE : text;
}

static void write_csv(const struct request *req, const struct sheet *sheet, struct buf *out)
{
    struct csv_writer w = csv_writer_new(out);

    for (size_t i = 0; i < sheet->column_count; i++)
        csv_text(&w, tr(req->lang, sheet->columns[i].label));
    csv_end_row(&w);
    for (size_t row = 0; row < sheet->row_count; row++) {
        for (size_t i = 0; i < sheet->column_count; i++) {
            const struct sheet_column *column = &sheet->columns[i];
            const void *cell = cell_of(sheet, row, column);

            if (column->kind == SHEET_NUMBER)
                csv_int(&w, *(const int64_t *)cell);
            else
                csv_text(&w, text_of(column, cell));
        }
        csv_end_row(&w);
    }
}

/* In JSON. */
static struct str code_of(const struct sheet *sheet, size_t row, const struct sheet_column *column)
{
    static const struct sheet_column text = { .kind = SHEET_TEXT };

    if (!column->has_code)
        return text_of(column, cell_of(sheet, row, column));
    return text_of(&text, (const char *)sheet->rows + row * sheet->row_size + column->code_offset);
}

static void write_json(const struct request *req, const struct sheet *sheet, struct buf *out)
{
    struct json_writer w = json_writer_new(out, true);

    json_object_begin(&w);
    json_pair(&w, "list", str_from_z(sheet->name));
    json_pair(&w, "made_at", utc_iso(req->arena, req->now));
    json_key(&w, "rows");
    json_array_begin(&w);
    for (size_t row = 0; row < sheet->row_count; row++) {
        json_object_begin(&w);
        for (size_t i = 0; i < sheet->column_count; i++) {
            const struct sheet_column *column = &sheet->columns[i];

            json_key(&w, column->key);
            if (column->kind == SHEET_NUMBER)
                json_put_int(&w, *(const int64_t *)cell_of(sheet, row, column));
            else if (code_of(sheet, row, column).len > 0)
                json_put_text(&w, code_of(sheet, row, column));
            else
                json_put_null(&w);
        }
        json_object_end(&w);
    }
    json_array_end(&w);
    json_object_end(&w);
}

bool sheet_send(const struct request *req, struct response *res, enum sheet_format format,
                const struct sheet *sheet, bool has_more, struct err *err)
{
    struct str name = arena_printf(req->arena, "%s-%.*s.%s", sheet->name, 10,
                                   utc_iso_jst(req->arena, req->now).ptr, format_names[format]);
    struct buf out = buf_new(req->arena, SHEET_BYTES_MAX);
    struct str bytes;

    if (has_more)
        return FAIL(err, TOO_LARGE, STR("list"));
    if (format == SHEET_CSV)
        write_csv(req, sheet, &out);
    else
        write_json(req, sheet, &out);
    if (!buf_done(&out, &bytes, err))
        return PASS(err);
    return respond_attachment(res, bytes, name,
                              format == SHEET_CSV ? STR("text/csv; charset=utf-8")
                                                  : STR("application/json"));
}

/* ---- links ---- */

struct sheet_links sheet_links(const struct request *req)
{
    return (struct sheet_links){
        frame_here(req, "format", str_from_z(format_names[SHEET_CSV])),
        frame_here(req, "format", str_from_z(format_names[SHEET_JSON])),
    };
}
