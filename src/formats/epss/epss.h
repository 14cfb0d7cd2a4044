/* formats/epss/epss.h: the daily file of EPSS scores (FIRST): CSV, with or without the comment line, without percentiles before
 * September 2021. Read row by row, so that it never has to be in memory whole. Pure: text in, values out. */
#pragma once
#include "base/str.h"
#include "base/utc.h"

struct err;

enum { EPSS_LINE_MAX = 512, EPSS_MODEL_MAX = 32, EPSS_ONE = 100000 };

/* Starts as { 0 }; the head of the file has been read when the first row comes. */
struct epss_reader {
    unsigned line;
    bool has_header, has_percentile;
    char model[EPSS_MODEL_MAX + 1]; /* "v2023.03.01"; empty: not told */
    struct utc date;                /* of the scores; 0: not told */
};

struct epss_row {
    struct str cve;        /* points into the text */
    int score, percentile; /* in 1/EPSS_ONE, rounded half up; percentile -1: not told */
};

/**
 * Takes the next row off *text, which may be a piece of the file: a line that is not whole stays there until more comes.
 *
 * is_last   nothing comes behind text: its last line needs no line end
 * has_row   false: *text holds no more rows
 * err       with line: ERR_UNKNOWN_FORMAT (the header is another one), ERR_CATALOG_RECORD (a wrong row: it is taken off, the next call goes on
 *           behind it), ERR_TOO_LARGE (a line beyond EPSS_LINE_MAX)
 * Rule:     VDB-01
 */
MUST_CHECK bool epss_next(struct epss_reader *reader, struct str *text, bool is_last,
                          struct epss_row *out, bool *has_row, struct err *err);
