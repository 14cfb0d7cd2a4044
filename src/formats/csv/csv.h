/* formats/csv/csv.h: a writer of CSV (RFC 4180, UTF-8 with the mark that spreadsheets ask for) whose cells stay text: what
 * a spreadsheet would take for a formula gets a leading apostrophe. */
#pragma once
#include "base/buf.h"

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
