/* faces/cli/scan/scan.h: how a scan's report is shown to people. */
#pragma once
#include "base/tr.h"
#include "domain/triage/report.h"
#include "faces/cli/scan/paper.h"

struct err;

/* The columns of the table, in the order asked for. */
enum { SCAN_COLUMNS_MAX = 16 };
struct scan_column;
struct scan_columns {
    const struct scan_column *at[SCAN_COLUMNS_MAX];
    size_t count;
};
/* "id,severity,fixed,title"; empty: the usual ones. ERR_USAGE, its subject with "<?>" before what is wrong */
MUST_CHECK bool scan_columns_parse(struct str text, struct arena *arena, struct scan_columns *out,
                                   struct err *err);

struct scan_table {
    const struct report *report;
    const struct scan_columns *columns;
    enum lang lang;
    bool explains; /* every reason under its finding */
};
/* For a terminal: findings by component, the most urgent component first. */
void scan_table_print(const struct scan_table *table, struct arena *arena, struct paper *paper);

/* For a manager: one HTML file that needs nothing else. ERR_TOO_LARGE */
MUST_CHECK bool scan_html(const struct report *report, enum lang lang, struct arena *arena,
                          struct str *out, struct err *err);

/* ---- words both use ---- */

struct str scan_severity_name(enum lang lang, const struct priority *priority); /* "High" */
const char *scan_kind_words(enum finding_kind kind);                            /* msgid */
const char *scan_verdict_name(enum finding_verdict verdict);                    /* msgid */
/* VEX's word for a reason as people say it; the word itself when it is none that is known. */
struct str scan_justification(enum lang lang, struct str word);
/* "12.3 %" of parts in 100000; "< 0.1 %" */
struct str scan_percent(struct arena *arena, int parts);
struct str scan_score(struct arena *arena, const struct priority *priority); /* "9.8"; empty */
