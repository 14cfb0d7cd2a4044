#include "domain/casework/openings.h"

#include "base/err.h"
#include "base/record.h"
#include "domain/casework/openings.sql.h"
#include "store/store.h"

bool openings_load(struct tx *tx, const struct product_case *c, struct arena *arena,
                   struct openings *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int got;

    *out = (struct openings){ 0 };
    if (!store_select(tx, &sql_openings_of_report, BINDS(bind_int("report_id", c->report_id)),
                      arena, &rows, err))
        return PASS(err);
    while ((got = rows_next(rows, err)) > 0) {
        struct str record;

        if (!ledger_payload(tx, &c->key, row_int(rows, "asked_seq"), arena, &record, err))
            return PASS(err);
        VEC_PUSH(arena, out,
                 (struct opening){ .public_id = row_text(rows, "public_id"),
                                   .asked_by_name = row_text(rows, "name"),
                                   .reason = record_get(record, "text"),
                                   .asked_by = row_int(rows, "asked_by"),
                                   .allowed_by = row_int(rows, "allowed_by"),
                                   .asked_at = row_utc(rows, "asked_at"),
                                   .shown_at = row_utc(rows, "shown_at") });
    }
    return got == 0 ? true : PASS(err);
}
