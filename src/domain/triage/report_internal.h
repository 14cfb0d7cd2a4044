/* domain/triage/report_internal.h: what the writers share. */
#pragma once
#include "domain/triage/report.h"

/* All findings of the report, by id, then by component. */
struct report_places report_by_id(const struct report *report, struct arena *arena);

/* The end of the run of one id that begins at `from`. */
size_t report_run_end(const struct report *report, const struct report_places *by_id, size_t from);

/* An address of its own for a document: the author's namespace, what was scanned and when. */
struct str report_uri(const struct report *report, const struct report_author *author,
                      struct arena *arena);

/* Why nothing is to be done about it, and who says so, in one line. */
struct str report_why(const struct finding_statement *statement, struct arena *arena);

/* "Update to 1.2.3." or what to do without a fixed version. */
struct str report_remedy(const struct finding *finding, struct arena *arena);

bool report_is_purl(struct str text); /* one that schemas take */
