#include "domain/catalog/calendar.h"

#include "base/err.h"
#include "domain/catalog/calendar.sql.h"
#include "domain/catalog/entry.h"
#include "store/store.h"

bool catalog_days_of(struct tx *tx, struct utc from, struct utc to, struct arena *arena,
                     struct catalog_days *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int there;

    if (!store_select(tx, &sql_calendar_days,
                      BINDS(bind_int("from", from.ms), bind_int("to", to.ms),
                            bind_int("grave", SEVERITY_HIGH)),
                      arena, &rows, err))
        return PASS(err);
    while ((there = rows_next(rows, err)) > 0)
        VEC_PUSH(arena, out,
                 (struct catalog_day){ .day = { row_int(rows, "day") * UTC_DAY - JST_AHEAD },
                                       .count = row_int(rows, "n"),
                                       .grave = row_int(rows, "grave"),
                                       .exploited = row_int(rows, "exploited") });
    return there == 0 ? true : PASS(err);
}

bool catalog_days_range(struct tx *tx, struct utc *first, struct utc *last, struct err *err)
{
    return store_number(tx, &sql_calendar_first, NO_BINDS, 0, &first->ms, err) &&
                   store_number(tx, &sql_calendar_last, NO_BINDS, 0, &last->ms, err)
               ? true
               : PASS(err);
}
