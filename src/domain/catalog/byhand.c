#include "domain/catalog/byhand.h"

#include "base/err.h"
#include "domain/catalog/byhand.sql.h"

bool catalog_mark_of(struct tx *tx, struct str name, struct arena *arena, struct catalog_mark *out,
                     struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int there;

    *out = (struct catalog_mark){ .number = STR("") };
    if (!store_select(tx, &sql_mark_find, BINDS(bind_text("name", name)), arena, &rows, err))
        return PASS(err);
    there = rows_next(rows, err);
    if (there > 0)
        *out = (struct catalog_mark){ row_int(rows, "is_embedded") != 0,
                                      row_int(rows, "is_standard") != 0, row_text(rows, "number") };
    return there >= 0 ? true : PASS(err);
}

bool catalog_set_mark(struct catalog_batch *batch, struct tx *tx, struct str name,
                      const struct catalog_mark *mark, struct arena *arena, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int more;

    if (mark->number.len > 0) {
        if (!store_select(tx, &sql_mark_of_number, BINDS(bind_text("number", mark->number)), arena,
                          &rows, err))
            return PASS(err);
        more = rows_next(rows, err);
        if (more < 0)
            return PASS(err);
        if (more > 0 && !str_eq(row_text(rows, "name"), name))
            return FAIL(err, INPUT, STR("number"));
    }
    return store_exec(tx, &sql_mark_put,
                      BINDS(bind_text("name", name), bind_int("embedded", mark->is_embedded),
                            bind_int("standard", mark->is_standard),
                            bind_some("number", mark->number)),
                      NULL, err) &&
                   catalog_touch(batch, name, err)
               ? true
               : PASS(err);
}

bool catalog_next_number(struct tx *tx, struct str prefix, int year, struct arena *arena,
                         struct str *out, struct err *err)
{
    struct str head = arena_printf(arena, "%.*s-%04d-", STR_ARG(prefix), year);
    int64_t last;

    if (!store_number(tx, &sql_mark_last_number,
                      BINDS(bind_text("head", head),
                            bind_text("behind", arena_printf(arena, "%.*s:", STR_ARG(head))),
                            bind_int("digits", (int64_t)head.len + 1)),
                      0, &last, err))
        return PASS(err);
    *out = arena_printf(arena, "%.*s%06lld", STR_ARG(head), (long long)last + 1);
    return true;
}
