/* domain/statistics/statistics.h: what happened to the reports, as figures for a date. Every number is counted from entries of the ledger that
 * are older than that date, so the figures of a quarter are the same today and in ten years.
 * What cannot be told from the ledger is said (statistics_gaps), never estimated.
 * Rule: STA-01 STA-23 STA-24 */
#pragma once
#include "base/tr.h"
#include "base/vec.h"
#include "domain/calendar/calendar.h"

struct err;
struct settings;
struct tx;

enum { FIGURE_COLUMNS_MAX = 5, STATISTICS_ROWS_MAX = 4000, STATISTICS_MAX = 512 * 1024 };

enum figure_column_kind { COLUMN_COUNT, COLUMN_HUNDREDTHS };
struct figure_column {
    const char *key, *label; /* "product"; msgid */
    enum figure_column_kind kind;
};

/* A figure as the requirements name it; what it counts stands beside it (STA-23). */
struct figure_kind {
    const char *key, *rule;   /* "reports_by_quarter", "STA-02" */
    const char *title, *note; /* msgids; note: how it is counted */
    const char *unit;         /* msgid: reports, or entries */
    struct figure_column columns[FIGURE_COLUMNS_MAX];
    size_t column_count;
    bool has_shares; /* its first column is shown in per cent of the figure's total (STA-22) */
    struct str (*label)(struct str key, enum lang lang, struct arena *arena);
};
extern const struct figure_kind figure_kinds[];
extern const size_t figure_kind_count;

struct figure_row {
    struct str key; /* "2026-q3", "PUBLISHED", "0-45" */
    bool is_part;   /* counted in the row above as well */
    int64_t n[FIGURE_COLUMNS_MAX];
};
struct figure {
    const struct figure_kind *kind;
    VEC_OF(struct figure_row);
};
struct statistics {
    struct utc until; /* the first instant that is not counted */
    struct {
        VEC_OF(struct figure);
    } figures;
};

/* How counting is set up; filled from the settings. */
struct statistics_rules {
    struct utc began; /* when reports began to be received; 0: with the first report */
    struct str categories,
        website_categories; /* "STATE=CATEGORY STATE/CODE=CATEGORY ..." (requirements 1.23.2) */
    struct str days, fix_days,
        pending_days; /* "45 300": the last day of each part but the last (STA-05, STA-11, STA-14) */
    int64_t least;    /* kinds with fewer reports are put together (STA-24) */
};
/* ERR_SETTING for a text that makes no sense. */
MUST_CHECK bool statistics_rules_from(const struct settings *settings, struct statistics_rules *out,
                                      struct err *err);

/**
 * Counts what the ledger says of the time before `until`.
 *
 * err   ERR_SETTING: an end of a case has no category, ERR_STORE
 * Rule: STA-02 STA-03 STA-04 STA-05 STA-06 STA-07 STA-09 STA-11 STA-14 STA-21 STA-23 PRI-06
 */
MUST_CHECK bool statistics_count(struct tx *tx, const struct statistics_rules *rules,
                                 struct utc until, struct arena *arena, struct statistics *out,
                                 struct err *err);

/* The figure of that key; NULL when it is not there. */
const struct figure *statistics_figure(const struct statistics *s, const char *key);
/* The sum of its first column, parts not counted twice. */
int64_t figure_total(const struct figure *figure);
/* n of total in whole per cent, half upwards. Rule: STA-22 */
int64_t figure_share(int64_t n, int64_t total);
struct str figure_row_label(const struct figure *figure, const struct figure_row *row,
                            enum lang lang, struct arena *arena);
/* One number as it is shown: "1,234", or "4.06". */
struct str figure_number(const struct figure *figure, size_t column, int64_t n,
                         struct arena *arena);
/* The quarter that ends at `until`, or in which it lies. */
struct quarter statistics_quarter(const struct statistics *s);
struct str quarter_words(struct quarter q, enum lang lang, struct arena *arena);
/* The last day that is counted, in words. */
struct str statistics_day(const struct statistics *s, enum lang lang, struct arena *arena);

/* A figure of the requirements that is not given here, and why (msgid). */
struct statistics_gap {
    const char *rule, *what, *why;
};
extern const struct statistics_gap statistics_gaps[];
extern const size_t statistics_gap_count;

/* As a record (base/record.h), as it is kept once it is public, and back. ERR_TOO_LARGE, ERR_BAD_REQUEST */
MUST_CHECK bool statistics_to_record(const struct statistics *s, struct arena *arena,
                                     struct str *out, struct err *err);
MUST_CHECK bool statistics_from_record(struct str record, struct arena *arena,
                                       struct statistics *out, struct err *err);
/* For machines. ERR_TOO_LARGE */
MUST_CHECK bool statistics_to_json(const struct statistics *s, struct arena *arena, struct str *out,
                                   struct err *err);
MUST_CHECK bool statistics_to_csv(const struct statistics *s, struct arena *arena, struct str *out,
                                  struct err *err);
