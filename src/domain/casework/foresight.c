#include "domain/casework/foresight.h"

#include "base/err.h"
#include "domain/casework/foresight.sql.h"
#include "store/store.h"

static struct utc planned(const struct casework *w, const struct product_case *c, struct utc now)
{
    struct utc start = case_start(w, c);

    return c->publication_date.ms ? c->publication_date
                                  : utc_add_days(start.ms ? start : now, w->target_days);
}

bool foresight_of(const struct casework *w, struct tx *tx, const struct product_case *c,
                  struct str organisation, struct utc now, struct arena *arena,
                  struct foresight *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;

    if (!store_select(tx, &sql_foresight_of, BINDS(bind_text("public_id", organisation)), arena,
                      &rows, err) ||
        !rows_one(rows, STR("an organisation"), err))
        return PASS(err);
    *out = (struct foresight){ .discloses_after_days = row_int(rows, "discloses_after_days"),
                               .planned = planned(w, c, now),
                               .reports_to = row_text(rows, "reports_to"),
                               .breaches = row_int(rows, "breaches") };
    if (out->discloses_after_days > 0) {
        out->would_publish = utc_add_days(now, out->discloses_after_days);
        if (out->would_publish.ms < out->planned.ms)
            out->tell_from = utc_add_days(out->planned, -out->discloses_after_days);
    }
    return true;
}
