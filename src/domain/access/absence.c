#include "domain/access/absence.h"

#include "base/err.h"
#include "domain/access/absence.sql.h"
#include "domain/access/outbox.h"

static unsigned body_of(unsigned roles) { return roles & (ROLE_RB | ROLE_CB); }

bool absence_choices(struct tx *tx, const struct subject *who, struct arena *arena,
                     struct accounts *out, struct err *err)
{
    struct accounts all;

    *out = (struct accounts){ 0 };
    if (!body_of(who->roles))
        return FAIL(err, FORBIDDEN, STR("an absence"));
    if (!account_list(tx, who->organisation_id, arena, &all, err))
        return PASS(err);
    for (size_t i = 0; i < all.len; i++) {
        const struct account *a = &all.at[i];

        if (a->state == ACCOUNT_ACTIVE && a->id != who->account_id &&
            body_of(a->roles) == body_of(who->roles))
            VEC_PUSH(arena, out, *a);
    }
    return true;
}

static bool is_away(struct tx *tx, int64_t account_id, struct utc from, struct utc until, bool *out,
                    struct err *err)
{
    int64_t n;

    if (!store_number(tx, &sql_absence_meets,
                      BINDS(bind_int("account_id", account_id), bind_utc("from", from),
                            bind_utc("until", until)),
                      0, &n, err))
        return PASS(err);
    *out = n > 0;
    return true;
}

bool absence_enter(const struct deed *deed, struct str deputy, struct utc from, struct utc until,
                   struct err *err)
{
    const struct news news = { .notice = "ABSENCE" };
    const struct account *to = NULL;
    int64_t own = deed->who->account_id;
    struct accounts choices;
    bool is_own_taken, is_deputy_away;

    if (!absence_choices(deed->tx, deed->who, deed->arena, &choices, err))
        return PASS(err);
    for (size_t i = 0; i < choices.len; i++) {
        if (deputy.len > 0 && str_eq(choices.at[i].public_id, deputy))
            to = &choices.at[i];
    }
    if (!to)
        return FAIL(err, INPUT, STR("deputy"));
    if (until.ms <= from.ms || until.ms <= deed->now.ms ||
        until.ms - from.ms > ABSENCE_DAYS_MAX * UTC_DAY)
        return FAIL(err, INPUT, STR("until"));
    if (!is_away(deed->tx, own, from, until, &is_own_taken, err) ||
        !is_away(deed->tx, to->id, from, until, &is_deputy_away, err))
        return PASS(err);
    if (is_own_taken)
        return FAIL(err, INPUT, STR("from"));
    if (is_deputy_away)
        return FAIL(err, INPUT, STR("deputy_away"));
    return store_exec(deed->tx, &sql_absence_insert,
                      BINDS(bind_int("account_id", own), bind_int("deputy_id", to->id),
                            bind_utc("from", from), bind_utc("until", until),
                            bind_utc("now", deed->now)),
                      NULL, err) &&
                   access_note(deed, ACCESS_ABSENCE_ENTERED, own, 0, to->name, err) &&
                   outbox_to_account(deed->tx, &news, to->id, deed->now, err)
               ? true
               : PASS(err);
}

bool absence_end(const struct deed *deed, int64_t id, struct err *err)
{
    int64_t changed;

    if (!store_exec(deed->tx, &sql_absence_end,
                    BINDS(bind_int("id", id), bind_int("account_id", deed->who->account_id),
                          bind_utc("now", deed->now)),
                    &changed, err))
        return PASS(err);
    if (changed != 1)
        return FAIL(err, ABSENT, STR("an absence"));
    return access_note(deed, ACCESS_ABSENCE_ENDED, deed->who->account_id, 0, STR_NONE, err)
               ? true
               : PASS(err);
}

bool absence_list(struct tx *tx, int64_t account_id, struct arena *arena, struct absences *out,
                  struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int got;

    *out = (struct absences){ 0 };
    if (!store_select(tx, &sql_absence_list, BINDS(bind_int("account_id", account_id)), arena,
                      &rows, err))
        return PASS(err);
    while ((got = rows_next(rows, err)) > 0)
        VEC_PUSH(arena, out,
                 (struct absence){ .id = row_int(rows, "id"),
                                   .account_id = row_int(rows, "account_id"),
                                   .deputy_id = row_int(rows, "deputy_id"),
                                   .from = row_utc(rows, "from_at"),
                                   .until = row_utc(rows, "until_at"),
                                   .ended_at = row_utc(rows, "ended_at"),
                                   .account_name = row_text(rows, "account_name"),
                                   .deputy_name = row_text(rows, "deputy_name") });
    return got == 0 ? true : PASS(err);
}
