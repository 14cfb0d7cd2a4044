#include "domain/catalog/packages.h"

#include "base/err.h"
#include "domain/catalog/packages.sql.h"

bool packages_find(struct tx *tx, struct str ecosystem, struct str name, struct arena *arena,
                   struct package_records *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    bool is_commit = str_eq(ecosystem, STR("commit"));
    int next;

    *out = (struct package_records){ 0 };
    if (!store_select(
            tx, &sql_package_records,
            BINDS(bind_text("ecosystem", ecosystem),
                  bind_text("name", is_commit ? name : listing_package_name(name, arena))),
            arena, &rows, err))
        return PASS(err);
    while ((next = rows_next(rows, err)) == 1)
        VEC_PUSH(arena, out,
                 (struct package_record){ row_int(rows, "id"), row_text(rows, "name") });
    return next == 0 ? true : PASS(err);
}

bool packages_record(struct tx *tx, struct str name, struct arena *arena, int64_t *out,
                     struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;

    if (!store_select(tx, &sql_package_record_named, BINDS(bind_text("name", name)), arena, &rows,
                      err) ||
        !rows_one(rows, name, err))
        return PASS(err);
    *out = row_int(rows, "id");
    return true;
}
