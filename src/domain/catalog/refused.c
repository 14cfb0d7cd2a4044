#include "domain/catalog/refused.h"

#include "base/err.h"
#include "domain/catalog/catalog.h"
#include "domain/catalog/refused.sql.h"
#include "formats/archive/pack.h"
#include "store/store.h"

static struct refusal refusal_from(struct rows *rows)
{
    return (struct refusal){ .id = row_int(rows, "id"),
                             .line = row_int(rows, "line"),
                             .file = row_text(rows, "file"),
                             .reason = row_text(rows, "reason"),
                             .at = row_utc(rows, "at"),
                             .is_kept = row_int(rows, "is_kept") != 0 };
}

/* What can be shown of its beginning; its last character may be cut. */
static struct str beginning(struct str bytes)
{
    struct str begin = str_take(bytes, REFUSAL_SHOWN);

    for (int i = 0; i < 4 && begin.len > 0 && !str_is_utf8(begin); i++)
        begin.len--;
    return str_is_utf8(begin) && str_is_plain(begin, true) ? begin : STR_NONE;
}

bool refusal_list(struct tx *tx, struct str words, size_t offset, size_t limit, struct arena *arena,
                  struct refusals *out, int64_t *count, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int there;

    if (!store_number(tx, &sql_refused_count, BINDS(bind_some("words", words)), 0, count, err) ||
        !store_select(tx, &sql_refused_rows,
                      BINDS(bind_some("words", words), bind_int("limit", (int64_t)limit),
                            bind_int("offset", (int64_t)offset)),
                      arena, &rows, err))
        return PASS(err);
    while ((there = rows_next(rows, err)) == 1)
        VEC_PUSH(arena, out, refusal_from(rows));
    return there == 0 ? true : PASS(err);
}

bool refusal_find(struct tx *tx, int64_t id, struct arena *arena, struct refusal *out,
                  struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    struct str bytes;

    if (!store_select(tx, &sql_refused_row, BINDS(bind_int("id", id)), arena, &rows, err) ||
        !rows_one(rows, STR("refused"), err))
        return PASS(err);
    *out = refusal_from(rows);
    if (!out->is_kept)
        return true;
    if (!unpack(row_text(rows, "bytes"), CATALOG_SENT_MAX, arena, &bytes, err))
        return PASS(err);
    out->bytes = beginning(bytes);
    return true;
}
