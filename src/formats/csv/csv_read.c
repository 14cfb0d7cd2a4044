#include "base/err.h"
#include "formats/csv/csv.h"

struct csv_reader csv_reader_new(struct str text)
{
    static const char separators[] = { ',', ';', '\t' };
    struct csv_reader reader = { .separator = ',', .next_line = 1 };
    size_t most = 0;
    struct str first;

    str_skip(&text, STR("\xef\xbb\xbf"));
    first = str_take(text, str_index(text, '\n'));
    for (size_t i = 0; i < COUNT(separators); i++) {
        size_t count = 0;

        for (size_t n = 0; n < first.len; n++)
            count += first.ptr[n] == separators[i];
        if (count > most) {
            most = count;
            reader.separator = separators[i];
        }
    }
    reader.rest = text;
    return reader;
}

static bool fail(struct csv_reader *reader, struct err *err, const char *what)
{
    FAIL(err, CSV_SYNTAX, str_from_z(what));
    err->line = (unsigned)reader->line;
    return false;
}

/* Behind a quote: up to the quote that is not doubled. */
static bool quoted_cell(struct csv_reader *reader, struct arena *arena, struct str *cell,
                        struct err *err)
{
    struct str rest = reader->rest;
    struct buf buf = { 0 };
    bool has_buf = false;

    for (;;) {
        size_t end = str_index(rest, '"');
        bool is_doubled = end + 1 < rest.len && rest.ptr[end + 1] == '"';

        if (end == rest.len)
            return fail(reader, err, "a quote is not closed");
        if (is_doubled && !has_buf) {
            buf = buf_new(arena, CSV_ROW_MAX);
            has_buf = true;
        }
        if (has_buf)
            buf_add(&buf, str_take(rest, end + is_doubled));
        *cell = has_buf ? buf_str(&buf) : str_take(rest, end);
        for (size_t i = 0; i < end; i++)
            reader->next_line += rest.ptr[i] == '\n';
        rest = str_drop(rest, end + 1 + is_doubled);
        if (is_doubled)
            continue;
        reader->rest = rest;
        return !buf.over || FAIL(err, TOO_LARGE, STR("a row of the table"));
    }
}

static void plain_cell(struct csv_reader *reader, struct str *cell)
{
    size_t end = 0;

    while (end < reader->rest.len && reader->rest.ptr[end] != reader->separator &&
           reader->rest.ptr[end] != '\n')
        end++;
    *cell = str_take(reader->rest, end);
    reader->rest = str_drop(reader->rest, end);
    if (str_ends(*cell, STR("\r")) && (reader->rest.len == 0 || reader->rest.ptr[0] == '\n'))
        cell->len--;
}

/* What stands behind a cell: a separator (true), or the row's end. */
static bool goes_on(struct csv_reader *reader, bool *is_wrong)
{
    str_skip(&reader->rest, STR("\r"));
    *is_wrong = false;
    if (reader->rest.len == 0)
        return false;
    *is_wrong = reader->rest.ptr[0] != reader->separator && reader->rest.ptr[0] != '\n';
    if (*is_wrong)
        return false;
    if (reader->rest.ptr[0] == '\n') {
        reader->rest = str_drop(reader->rest, 1);
        reader->next_line++;
        return false;
    }
    reader->rest = str_drop(reader->rest, 1);
    return true;
}

static bool read_row(struct csv_reader *reader, struct arena *arena, struct csv_cells *cells,
                     struct err *err)
{
    const char *start = reader->rest.ptr;
    bool is_wrong, more;

    reader->line = reader->next_line;
    cells->len = 0;
    do {
        struct str cell;

        if (cells->len == CSV_CELLS_MAX)
            return FAIL(err, TOO_LARGE, STR("a row of the table"));
        if (!str_skip(&reader->rest, STR("\"")))
            plain_cell(reader, &cell);
        else if (!quoted_cell(reader, arena, &cell, err))
            return PASS(err);
        VEC_PUSH(arena, cells, cell);
        if ((size_t)(reader->rest.ptr - start) > CSV_ROW_MAX)
            return FAIL(err, TOO_LARGE, STR("a row of the table"));
        more = goes_on(reader, &is_wrong);
        if (is_wrong)
            return fail(reader, err, "a quote is closed inside a cell");
    } while (more);
    return true;
}

bool csv_next(struct csv_reader *reader, struct arena *arena, struct csv_cells *cells,
              struct err *err)
{
    do {
        if (reader->rest.len == 0)
            return false;
        if (!read_row(reader, arena, cells, err))
            return PASS(err);
    } while (cells->len == 1 && cells->at[0].len == 0);
    return true;
}
