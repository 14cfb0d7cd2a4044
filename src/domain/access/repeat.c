#include "domain/access/repeat.h"

#include "base/err.h"
#include "domain/access/repeat.sql.h"

bool repeat_find(const struct deed *deed, struct repeat *repeat, bool *found, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int got;

    if (!store_select(deed->tx, &sql_repeat_find,
                      BINDS(bind_int("account_id", deed->who->account_id),
                            bind_blob("key_hash", hash_str(&repeat->key))),
                      deed->arena, &rows, err))
        return PASS(err);
    got = rows_next(rows, err);
    *found = got > 0;
    if (got <= 0)
        return got == 0 ? true : PASS(err);
    if (!secret_eq(row_text(rows, "request_hash"), hash_str(&repeat->request)))
        return FAIL(err, REPEATED, STR_NONE);
    repeat->status = row_int(rows, "status");
    repeat->answer = row_text(rows, "answer");
    repeat->etag = row_text(rows, "etag");
    return true;
}

bool repeat_keep(const struct deed *deed, const struct repeat *repeat, struct err *err)
{
    return store_exec(deed->tx, &sql_repeat_keep,
                      BINDS(bind_int("account_id", deed->who->account_id),
                            bind_blob("key_hash", hash_str(&repeat->key)),
                            bind_blob("request_hash", hash_str(&repeat->request)),
                            bind_int("status", repeat->status), bind_text("answer", repeat->answer),
                            bind_text("etag", repeat->etag), bind_utc("now", deed->now)),
                      NULL, err)
               ? true
               : PASS(err);
}

bool repeat_purge(struct tx *write, struct utc now, struct err *err)
{
    return store_exec(write, &sql_repeat_purge,
                      BINDS(bind_utc("before", utc_add_days(now, -REPEAT_DAYS))), NULL, err)
               ? true
               : PASS(err);
}
