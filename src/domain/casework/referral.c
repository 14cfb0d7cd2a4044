#include "domain/casework/referral.h"

#include "base/err.h"
#include "domain/casework/referral.sql.h"
#include "store/store.h"

enum { CODE_GROUPS = 2, CODE_WIDTH = 4 };

#define CODE_PREFIX "T-"

static struct referral referral_from_row(struct rows *rows)
{
    return (struct referral){ .id = row_int(rows, "id"),
                              .code = row_text(rows, "code"),
                              .told = row_text(rows, "told"),
                              .created_at = row_utc(rows, "created_at") };
}

static bool own_name(struct tx *tx, int64_t id, struct arena *arena, struct str *out,
                     struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;

    if (!store_select(tx, &sql_referral_own_name, BINDS(bind_int("id", id)), arena, &rows, err) ||
        !rows_one(rows, STR("an organisation"), err))
        return PASS(err);
    *out = row_text(rows, "name_ja");
    return true;
}

bool referral_make(struct tx *tx, const struct subject *who, struct str told, struct utc now,
                   struct arena *arena, struct referral *out, struct err *err)
{
    struct referral r = { .told = str_trim(told), .created_at = now };

    if (!(who->roles & (ROLE_PM | ROLE_RB)))
        return FAIL(err, NOT_YOUR_MOVE, STR("refer"));
    if ((who->roles & ROLE_PM) && !own_name(tx, who->organisation_id, arena, &r.told, err))
        return PASS(err);
    if (r.told.len == 0 || !str_is_utf8(r.told) || !str_is_plain(r.told, false) ||
        str_code_points(r.told) > REFERRAL_NAME_MAX)
        return FAIL(err, INPUT, STR("told"));
    r.code = arena_printf(arena, CODE_PREFIX "%.*s",
                          STR_ARG(random_code(arena, CODE_GROUPS, CODE_WIDTH)));
    if (!store_insert(tx, &sql_referral_add,
                      BINDS(bind_text("code", r.code),
                            bind_int("organisation_id", who->organisation_id),
                            bind_int("account_id", who->account_id), bind_text("told", r.told),
                            bind_utc("now", now)),
                      &r.id, err))
        return PASS(err);
    *out = r;
    return true;
}

bool referral_list(struct tx *tx, const struct subject *who, struct arena *arena,
                   struct referrals *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int got;

    *out = (struct referrals){ 0 };
    if (!store_select(tx, &sql_referral_list,
                      BINDS(bind_int("organisation_id", who->organisation_id)), arena, &rows, err))
        return PASS(err);
    while ((got = rows_next(rows, err)) > 0)
        VEC_PUSH(arena, out, referral_from_row(rows));
    return got == 0 ? true : PASS(err);
}

/* As it is kept: with or without the prefix, in any case, with look-alike letters mended. */
static struct str normal(struct str typed, struct arena *arena)
{
    struct str code = str_trim(typed);

    if (str_starts(code, STR(CODE_PREFIX)) || str_starts(code, STR("t-")))
        code = str_drop(code, sizeof CODE_PREFIX - 1);
    code = code_normal(arena, code, CODE_GROUPS, CODE_WIDTH);
    return code.len > 0 ? arena_printf(arena, CODE_PREFIX "%.*s", STR_ARG(code)) : STR_NONE;
}

bool referral_link(struct tx *tx, const struct subject *finder, struct product_case *c,
                   struct str typed, struct utc now, struct arena *arena, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    struct str code = normal(typed, arena);
    struct details details = { 0 };
    struct entry entry;
    int got;

    if (code.len == 0)
        return true;
    if (!store_select(tx, &sql_referral_by_code, BINDS(bind_text("code", code)), arena, &rows, err))
        return PASS(err);
    got = rows_next(rows, err);
    if (got <= 0)
        return got == 0 ? true : PASS(err);
    details.ref = row_int(rows, "id");
    return case_note(tx, finder, c, 0, "report.referred", &details, now, arena, &entry, err)
               ? true
               : PASS(err);
}

bool referral_of(struct tx *tx, const struct product_case *c, struct arena *arena,
                 struct referral *out, bool *found, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int got;

    *found = false;
    if (!store_select(tx, &sql_referral_of_case, BINDS(bind_int("case_id", c->id)), arena, &rows,
                      err))
        return PASS(err);
    got = rows_next(rows, err);
    if (got > 0) {
        *out = referral_from_row(rows);
        *found = true;
    }
    return got >= 0 ? true : PASS(err);
}
