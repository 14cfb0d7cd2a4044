/* faces/desk/sheet.h: a list of the desk as a file. Its columns are a table over the very rows that the page shows, so that a file never holds
 * what the page would not: the list's own address with ?format=csv or ?format=json, under its own permission, filters and order.
 * CSV is for people and has the words of the page. JSON is for programs: states, kinds and days by their codes, and what are sentences in
 * English, whatever the page's language. */
#pragma once
#include "base/tr.h"
#include "faces/html/parts.h"
#include "faces/http/http.h"
#include <stddef.h>

enum { SHEET_ROWS_MAX = 20000 };

enum sheet_format { SHEET_PAGE, SHEET_CSV, SHEET_JSON };
enum sheet_kind { SHEET_TEXT, SHEET_NUMBER, SHEET_TAG, SHEET_WHEN };

struct sheet_column {
    const char *key;   /* in JSON */
    const char *label; /* msgid: in CSV */
    enum sheet_kind kind;
    size_t offset;      /* in a row of the page */
    size_t code_offset; /* of the text that stands in JSON instead */
    bool has_code;
};
/* A field of the page's rows; its type says how it is written: instants in ISO 8601. */
#define SHEET_FIELD(key, row, field, label)              \
    {                                                    \
        key, label,                                      \
            _Generic(((const row *)0)->field, struct str \
                     : SHEET_TEXT, int64_t               \
                     : SHEET_NUMBER, struct when_view    \
                     : SHEET_WHEN),                      \
            offsetof(row, field), 0, false               \
    }
/* Words of a closed list, or of a day: `code`, a struct str of the row, stands in JSON. A tag has no other column. */
#define SHEET_CODED(key, row, field, code, label)           \
    {                                                       \
        key, label,                                         \
            _Generic(((const row *)0)->field, struct str    \
                     : SHEET_TEXT, struct tag_view          \
                     : SHEET_TAG),                          \
            offsetof(row, field), offsetof(row, code), true \
    }
#define SHEET_COLUMN(row, field, label) SHEET_FIELD(#field, row, field, label)

struct sheet {
    const char *name; /* of the file: "cases" */
    const struct sheet_column *columns;
    size_t column_count;
    const void *rows;
    size_t row_size, row_count;
};
/* columns: an array; list: a VEC of the page's rows. */
#define SHEET(name, columns, list)                                                  \
    &(const struct sheet)                                                           \
    {                                                                               \
        (name), (columns), COUNT(columns), (list).at, sizeof *(list).at, (list).len \
    }

/* What is asked for; the request's language is English from here on when it is JSON. ERR_BAD_REQUEST for a format that there is not. */
MUST_CHECK bool sheet_asked(struct request *req, enum sheet_format *out, struct err *err);
/* The rows to ask the domain for: a page's, or all of them for a file. */
int64_t sheet_rows(enum sheet_format format, int64_t page_rows);
/* Answers with the file. has_more: there are more rows than SHEET_ROWS_MAX. ERR_TOO_LARGE: never a part for the whole */
MUST_CHECK bool sheet_send(const struct request *req, struct response *res,
                           enum sheet_format format, const struct sheet *sheet, bool has_more,
                           struct err *err);

/* Links to this list as files, its filters with them, without its page. */
struct sheet_links {
    struct str csv, json;
};
struct sheet_links sheet_links(const struct request *req);
