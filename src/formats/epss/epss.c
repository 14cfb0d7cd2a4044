#include "formats/epss/epss.h"
#include "base/ascii.h"
#include "base/err.h"
#include <string.h>

/* Takes the next line off, without its end; false when it is not whole yet, or there is none. */
static bool take_line(struct str *text, bool is_last, struct str *line)
{
    size_t end = str_index(*text, '\n');

    if (text->len == 0 || (end == text->len && !is_last))
        return false;
    *line = str_take(*text, end);
    *text = str_drop(*text, end + 1);
    if (line->len > 0 && line->ptr[line->len - 1] == '\r')
        line->len--;
    return true;
}

/* "2022-02-04T00:00:00+0000": the day is what counts, and its hour is always this one. */
static void read_date(struct epss_reader *reader, struct str text)
{
    char instant[] = "0000-00-00T00:00:00Z";
    struct err ignored = { 0 };

    if (text.len < 10)
        return;
    memcpy(instant, text.ptr, 10);
    if (!utc_parse(str_from_z(instant), &reader->date, &ignored))
        reader->date = (struct utc){ 0 };
}

/* "#model_version:v2023.03.01,score_date:2023-03-07T00:00:00+0000"; what else stands there is let be. */
static void read_comment(struct epss_reader *reader, struct str line)
{
    struct str pair;

    while (str_split(&line, ',', &pair)) {
        str_skip(&pair, STR("#"));
        if (str_skip(&pair, STR("model_version:")) && pair.len <= EPSS_MODEL_MAX)
            memcpy(reader->model, pair.ptr, pair.len);
        else if (str_skip(&pair, STR("score_date:")))
            read_date(reader, pair);
    }
}

/* A decimal between 0 and 1 in 1/100000, rounded half up. */
static bool read_share(struct str text, int *out)
{
    int whole, share = 0, unit = EPSS_ONE;

    if (text.len == 0 || (text.ptr[0] != '0' && text.ptr[0] != '1'))
        return false;
    whole = text.ptr[0] - '0';
    if (text.len > 1 && (text.ptr[1] != '.' || text.len == 2))
        return false;
    for (size_t i = 2; i < text.len; i++) {
        int digit = text.ptr[i] - '0';

        if (!ascii_is_digit(text.ptr[i]))
            return false;
        if (unit > 1) {
            unit /= 10;
            share += digit * unit;
        } else if (unit == 1) { /* the first digit behind what is kept */
            share += digit >= 5;
            unit = 0;
        }
    }
    if (whole * EPSS_ONE + share > EPSS_ONE)
        return false;
    *out = whole * EPSS_ONE + share;
    return true;
}

static bool is_cve(struct str text)
{
    if (!str_skip(&text, STR("CVE-")) || text.len < 9 || text.len > 24 || text.ptr[4] != '-')
        return false;
    for (size_t i = 0; i < text.len; i++)
        if (i != 4 && !ascii_is_digit(text.ptr[i]))
            return false;
    return true;
}

static bool read_row(const struct epss_reader *reader, struct str line, struct epss_row *row)
{
    size_t comma = str_index(line, ','), second;
    struct str rest = str_drop(line, comma + 1);

    row->cve = str_take(line, comma);
    row->percentile = -1;
    second = str_index(rest, ',');
    return is_cve(row->cve) && read_share(str_take(rest, second), &row->score) &&
           (reader->has_percentile ? read_share(str_drop(rest, second + 1), &row->percentile)
                                   : second == rest.len);
}

static bool read_header(struct epss_reader *reader, struct str line)
{
    reader->has_percentile = str_eq_z(line, "cve,epss,percentile");
    reader->has_header = reader->has_percentile || str_eq_z(line, "cve,epss");
    return reader->has_header;
}

static bool read_line(struct epss_reader *reader, struct str line, struct epss_row *out,
                      bool *has_row, struct err *err)
{
    struct epss_row row;

    if (line.len > EPSS_LINE_MAX)
        return FAIL(err, TOO_LARGE, STR("EPSS"));
    if (line.len == 0)
        return true;
    if (!reader->has_header && line.ptr[0] == '#') {
        read_comment(reader, line);
        return true;
    }
    if (!reader->has_header)
        return read_header(reader, line) ? true : FAIL(err, UNKNOWN_FORMAT, line);
    if (!read_row(reader, line, &row))
        return FAIL(err, CATALOG_RECORD, line);
    *out = row;
    *has_row = true;
    return true;
}

bool epss_next(struct epss_reader *reader, struct str *text, bool is_last, struct epss_row *out,
               bool *has_row, struct err *err)
{
    struct str line;

    *has_row = false;
    while (!*has_row && take_line(text, is_last, &line)) {
        reader->line++;
        if (!read_line(reader, line, out, has_row, err)) {
            err->line = reader->line;
            return PASS(err);
        }
    }
    /* A line without end would be waited for as long as bytes come. */
    if (!*has_row && text->len > EPSS_LINE_MAX) {
        err->line = reader->line + 1;
        return FAIL(err, TOO_LARGE, STR("EPSS"));
    }
    return true;
}
