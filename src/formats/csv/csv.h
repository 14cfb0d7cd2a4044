/* formats/csv/csv.h: a reader, and a writer of CSV (RFC 4180, UTF-8 with the mark that spreadsheets ask for) whose cells stay text: what
 * a spreadsheet would take for a formula gets a leading apostrophe. */
#pragma once
#include "base/buf.h"
#include "base/vec.h"

struct err;

struct csv_writer {
    struct buf *buf;
    bool in_row;
};

struct csv_writer csv_writer_new(struct buf *buf);
/* Quoted always. An apostrophe goes before a cell whose first visible character is one of = + - @ (also full-width), before
 * TAB, CR and LF, and before an apostrophe: who reads the file back takes one leading apostrophe off each cell. */
void csv_text(struct csv_writer *w, struct str text);
void csv_int(struct csv_writer *w, int64_t n); /* a number is no formula: as it is */
void csv_end_row(struct csv_writer *w);        /* CR LF */

/* Reading (RFC 4180, with ',' ';' or tabs between the cells): quoted cells may hold line ends; a quote inside an unquoted cell is a character. */
enum { CSV_CELLS_MAX = 1024, CSV_ROW_MAX = 1 << 20 };

struct csv_cells {
    VEC_OF(struct str);
};
struct csv_reader {
    struct str rest;
    char separator;
    size_t line; /* of the row that was read last, from 1 */
    size_t next_line;
};
/* Takes away a byte order mark; finds the separator in the first line. text: valid UTF-8. */
struct csv_reader csv_reader_new(struct str text);
/* The next row that is not blank. Cells point into the text or live in arena; cells is emptied first. False at the end, and with err->code set when
 * the row is too large (ERR_TOO_LARGE) or its quotes are wrong (ERR_CSV_SYNTAX with the line). */
bool csv_next(struct csv_reader *reader, struct arena *arena, struct csv_cells *cells,
              struct err *err);
