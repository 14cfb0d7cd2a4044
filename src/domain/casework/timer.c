#include "domain/casework/timer.h"

#include "base/err.h"
#include "domain/casework/timer.sql.h"
#include "store/store.h"

bool timer_set(struct tx *tx, int64_t case_id, int64_t participant_id, const char *kind,
               struct utc due, struct err *err)
{
    return store_exec(tx, &sql_timer_add,
                      BINDS(bind_int("case_id", case_id),
                            bind_int("participant_id", participant_id),
                            bind_text("kind", str_from_z(kind)), bind_int("due", due.ms)),
                      NULL, err)
               ? true
               : PASS(err);
}

bool timer_clear(struct tx *tx, int64_t case_id, int64_t participant_id, const char *kind,
                 struct utc now, struct err *err)
{
    return store_exec(tx, &sql_timer_clear,
                      BINDS(bind_utc("now", now), bind_int("case_id", case_id),
                            bind_int("participant_id", participant_id),
                            bind_text("kind", str_from_z(kind))),
                      NULL, err)
               ? true
               : PASS(err);
}

bool timer_due(struct tx *tx, struct utc now, size_t limit, struct arena *arena, struct timers *out,
               struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int got;

    *out = (struct timers){ 0 };
    if (!store_select(tx, &sql_timer_due,
                      BINDS(bind_utc("now", now), bind_int("limit", (int64_t)limit)), arena, &rows,
                      err))
        return PASS(err);
    while ((got = rows_next(rows, err)) > 0)
        VEC_PUSH(arena, out,
                 (struct timer){ row_int(rows, "id"), row_int(rows, "case_id"),
                                 row_int(rows, "participant_id"), row_text(rows, "kind"),
                                 row_utc(rows, "due") });
    return got == 0 ? true : PASS(err);
}

bool timer_done(struct tx *tx, int64_t id, struct utc now, bool *was_open, struct err *err)
{
    int64_t changed;

    if (!store_exec(tx, &sql_timer_done, BINDS(bind_utc("now", now), bind_int("id", id)), &changed,
                    err))
        return PASS(err);
    *was_open = changed == 1;
    return true;
}
