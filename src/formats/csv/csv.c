#include "formats/csv/csv.h"

struct csv_writer csv_writer_new(struct buf *buf)
{
    buf_add(buf, STR("\xef\xbb\xbf"));
    return (struct csv_writer){ .buf = buf };
}

/* Spreadsheets look past what cannot be seen, and Japanese ones fold full-width signs. */
static bool is_guarded(struct str text)
{
    static const char *const blanks[] = { " ", "\xc2\xa0", "\xe3\x80\x80", "\xe2\x80\x8b",
                                          "\xef\xbb\xbf" };
    static const char *const leads[] = { "=",  "+", "-",  "@",  "\t", "\r",
                                         "\n", "'", "＝", "＋", "－", "＠" };
    bool skipped = true;

    while (skipped) {
        skipped = false;
        for (size_t i = 0; i < COUNT(blanks); i++)
            skipped = str_skip(&text, str_from_z(blanks[i])) || skipped;
    }
    for (size_t i = 0; i < COUNT(leads); i++)
        if (str_starts(text, str_from_z(leads[i])))
            return true;
    return false;
}

static void begin_cell(struct csv_writer *w)
{
    if (w->in_row)
        buf_byte(w->buf, ',');
    w->in_row = true;
}

void csv_text(struct csv_writer *w, struct str text)
{
    begin_cell(w);
    buf_byte(w->buf, '"');
    if (is_guarded(text))
        buf_byte(w->buf, '\'');
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '"')
            buf_byte(w->buf, '"');
        buf_byte(w->buf, text.ptr[i]);
    }
    buf_byte(w->buf, '"');
}

void csv_int(struct csv_writer *w, int64_t n)
{
    begin_cell(w);
    buf_int(w->buf, n);
}

void csv_end_row(struct csv_writer *w)
{
    buf_add(w->buf, STR("\r\n"));
    w->in_row = false;
}
