#include "domain/access/saved.h"

#include "base/ascii.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/record.h"
#include "domain/access/saved.sql.h"

enum { RECORD_MAX = 4 * SAVED_NAME_MAX + SAVED_QUERY_MAX + 64 };

static struct seal_key key_of(const struct vault *vault)
{
    return seal_derive(&vault->cases, STR("saved views"));
}

static struct str about(int64_t account_id, struct arena *arena)
{
    return arena_printf(arena, "saved view of %lld", (long long)account_id);
}

bool saved_views_of(struct tx *tx, const struct vault *vault, int64_t account_id, struct str list,
                    struct arena *arena, struct saved_views *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    struct seal_key key = key_of(vault);
    struct str whose = about(account_id, arena), record;
    bool ok = true;
    int got = 0;

    *out = (struct saved_views){ 0 };
    if (!store_select(tx, &sql_saved_views_of,
                      BINDS(bind_int("account_id", account_id), bind_text("list", list)), arena,
                      &rows, err))
        return PASS(err);
    while (ok && (got = rows_next(rows, err)) > 0) {
        ok = seal_open(&key, whose, row_text(rows, "sealed"), arena, &record, err);
        if (ok)
            VEC_PUSH(arena, out,
                     (struct saved_view){ .id = row_int(rows, "id"),
                                          .name = record_get(record, "name"),
                                          .query = record_get(record, "query") });
    }
    seal_key_wipe(&key);
    return ok && got == 0 ? true : PASS(err);
}

/* What RFC 3986 lets stand in a query. */
static bool is_query(struct str query)
{
    static const struct str marks = STR_INIT("-._~%!$&'()*+,;=:@/?");

    for (size_t i = 0; i < query.len; i++) {
        if (!ascii_is_alnum(query.ptr[i]) && str_index(marks, query.ptr[i]) == marks.len)
            return false;
    }
    return query.len <= SAVED_QUERY_MAX;
}

bool saved_view_keep(const struct deed *deed, const struct vault *vault, struct str list,
                     struct str name, struct str query, struct err *err)
{
    struct buf record = buf_new(deed->arena, RECORD_MAX);
    const struct saved_view *same = NULL;
    struct saved_views kept;
    struct seal_key key;
    struct str sealed;

    name = str_trim(name);
    if (name.len == 0 || !str_is_plain(name, false) || str_code_points(name) > SAVED_NAME_MAX)
        return FAIL(err, INPUT, STR("name"));
    if (!is_query(query))
        return FAIL(err, INPUT, STR("query"));
    if (!saved_views_of(deed->tx, vault, deed->who->account_id, list, deed->arena, &kept, err))
        return PASS(err);
    for (size_t i = 0; i < kept.len; i++) {
        if (str_eq(kept.at[i].name, name))
            same = &kept.at[i];
    }
    if (!same && kept.len >= SAVED_VIEWS_MAX)
        return FAIL(err, INPUT, STR("count"));
    record_put(&record, "name", name);
    record_put(&record, "query", query);
    key = key_of(vault);
    sealed =
        seal_text(&key, about(deed->who->account_id, deed->arena), buf_str(&record), deed->arena);
    seal_key_wipe(&key);
    return (same ? store_exec(deed->tx, &sql_saved_view_change,
                              BINDS(bind_int("id", same->id),
                                    bind_int("account_id", deed->who->account_id),
                                    bind_blob("sealed", sealed), bind_utc("now", deed->now)),
                              NULL, err)
                 : store_exec(deed->tx, &sql_saved_view_insert,
                              BINDS(bind_int("account_id", deed->who->account_id),
                                    bind_text("list", list), bind_blob("sealed", sealed),
                                    bind_utc("now", deed->now)),
                              NULL, err))
               ? true
               : PASS(err);
}

bool saved_view_drop(const struct deed *deed, int64_t id, struct err *err)
{
    int64_t changed;

    if (!store_exec(deed->tx, &sql_saved_view_drop,
                    BINDS(bind_int("id", id), bind_int("account_id", deed->who->account_id)),
                    &changed, err))
        return PASS(err);
    return changed == 1 ? true : FAIL(err, ABSENT, STR("a saved view"));
}
