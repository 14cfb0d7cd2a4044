/* domain/advisory/sheets.h: rows of the public world that change: the latest record of each name. */
#pragma once
#include "base/utc.h"
#include "base/vec.h"
#include "domain/casework/case.h"

struct store;
struct world;

#define SHEET_UNREACHABLE "unreachable" /* the list of developers that cannot be reached */

struct world_sheet {
    struct str name, record;
    int64_t revision, shown; /* shown: the revision whose pages are written; -1: none yet */
    struct utc at;
};
struct world_sheets {
    VEC_OF(struct world_sheet);
};

/* A later revision replaces the earlier; *changed: its pages are to be written, and then sheet_is_shown. */
MUST_CHECK bool sheet_put(struct tx *tx, const struct world_sheet *sheet, struct arena *arena,
                          bool *changed, struct err *err);
MUST_CHECK bool sheet_is_shown(struct tx *tx, const struct world_sheet *sheet, struct err *err);
MUST_CHECK bool sheets_load(struct tx *tx, struct arena *arena, struct world_sheets *out,
                            struct err *err);
struct str sheet_record(const struct world_sheets *all, const char *name); /* empty: none */

/* The list as the desk has it now, written to the public world when something changed; whatever interrupted it, the next call ends it. The
 * caller has no transaction open. *is_new: something was written. Rule: UNR-01 UNR-02 UNR-03 */
MUST_CHECK bool unreachable_publish_due(const struct casework *w, struct store *desk,
                                        struct world *world, struct utc now, bool *is_new,
                                        struct err *err);
