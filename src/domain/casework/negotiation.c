#include "domain/casework/negotiation.h"

#include "base/err.h"
#include "domain/casework/negotiation.sql.h"
#include "store/store.h"

static bool is_body(const struct grant *grant)
{
    return grant->audience == AUDIENCE_RB || grant->audience == AUDIENCE_CB;
}

/* Of a developer's own wish and its answer all is its; what everybody was told comes without reasons and without people. */
static bool is_open_to(const struct grant *grant, const struct entry *e)
{
    return is_body(grant) || (grant->participant_id && e->participant_id == grant->participant_id);
}

/* The coordinating body did it, or was written to; a developer's wish is part of its reports (S), a date is one (D). */
static bool may_see(const struct grant *grant, const struct entry *e)
{
    if (grant->audience == AUDIENCE_CB)
        return true;
    if (e->participant_id)
        return is_body(grant) ? grant_sees(grant, SEES_S) : is_open_to(grant, e);
    return grant_sees(grant, SEES_D);
}

static bool is_date(const struct entry *e)
{
    return str_eq(e->kind, STR("date.set")) || str_eq(e->kind, STR("date.changed"));
}

static struct date_step step_from_row(struct rows *rows, const struct grant *grant)
{
    struct date_step step = { .entry = { .seq = row_int(rows, "seq"),
                                         .at = row_utc(rows, "at"),
                                         .kind = row_text(rows, "kind"),
                                         .participant_id = row_int(rows, "participant_id"),
                                         .code = row_text(rows, "code"),
                                         .n = row_utc(rows, "n") },
                              .organisation_ja = row_text(rows, "name_ja"),
                              .organisation_en = row_text(rows, "name_en") };

    if (is_body(grant) || str_eq(step.entry.kind, STR("date.requested")))
        step.person = row_text(rows, "person");
    if (!is_open_to(grant, &step.entry))
        step.entry.code = STR_NONE; /* the basis speaks of the other developers */
    return step;
}

bool negotiation_steps(struct tx *tx, const struct product_case *c, const struct grant *grant,
                       struct arena *arena, struct date_steps *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    struct utc standing = { 0 };
    int got;

    *out = (struct date_steps){ 0 };
    if (!is_body(grant) && !grant->participant_id)
        return true;
    if (!store_select(tx, &sql_negotiation_steps,
                      BINDS(bind_int("case_id", c->id), bind_id("own", grant->participant_id)),
                      arena, &rows, err))
        return PASS(err);
    while ((got = rows_next(rows, err)) > 0) {
        struct date_step step = step_from_row(rows, grant);

        if (!may_see(grant, &step.entry))
            continue;
        if (is_date(&step.entry)) {
            step.before = standing;
            standing = step.entry.n;
        }
        VEC_PUSH(arena, out, step);
    }
    if (got < 0)
        return PASS(err);
    for (size_t i = 0; i < out->len; i++) {
        struct date_step *step = &out->at[i];

        if (is_open_to(grant, &step->entry) &&
            !ledger_payload(tx, &c->key, step->entry.seq, arena, &step->why, err))
            return PASS(err);
    }
    return true;
}
