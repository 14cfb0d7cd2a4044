#include "domain/access/deed.h"

#include "base/err.h"
#include "domain/access/deed.sql.h"

static const struct {
    struct str name;
    const char *words;
} kinds[ACCESS_KINDS] = {
    [ACCESS_LOGIN] = { STR_INIT("login"), N_("Logged in") },
    [ACCESS_LOGIN_FAILED] = { STR_INIT("login.failed"), N_("A login failed") },
    [ACCESS_PASSWORD_CHANGED] = { STR_INIT("password.changed"), N_("Password changed") },
    [ACCESS_FACTOR_ENROLLED] = { STR_INIT("factor.enrolled"), N_("Second factor set up") },
    [ACCESS_FACTOR_RESET] = { STR_INIT("factor.reset"), N_("Second factor taken away") },
    [ACCESS_SESSION_ENDED] = { STR_INIT("session.ended"), N_("Session ended") },
    [ACCESS_KEY_UPLOADED] = { STR_INIT("key.uploaded"), N_("PGP key uploaded") },
    [ACCESS_KEY_CONFIRMED] = { STR_INIT("key.confirmed"), N_("PGP key confirmed") },
    [ACCESS_KEY_REMOVED] = { STR_INIT("key.removed"), N_("PGP key removed") },
    [ACCESS_ACCOUNT_ADDED] = { STR_INIT("account.added"), N_("Account added") },
    [ACCESS_ACCOUNT_INVITED] = { STR_INIT("account.invited"), N_("Invitation sent") },
    [ACCESS_ACCOUNT_DISABLED] = { STR_INIT("account.disabled"), N_("Account disabled") },
    [ACCESS_ACCOUNT_ENABLED] = { STR_INIT("account.enabled"), N_("Account enabled again") },
    [ACCESS_ROLES_CHANGED] = { STR_INIT("roles.changed"), N_("Roles changed") },
    [ACCESS_ORGANISATION_ADDED] = { STR_INIT("organisation.added"), N_("Added to the list") },
    [ACCESS_REGISTRATION_STEP] = { STR_INIT("registration.step"), N_("Registration step") },
    [ACCESS_CONTACT_CHANGED] = { STR_INIT("contact.changed"), N_("Contact window changed") },
    [ACCESS_POLICY_CHANGED] = { STR_INIT("policy.changed"), N_("Own policy changed") },
    [ACCESS_HANDLING_SUSPENDED] = { STR_INIT("handling.suspended"),
                                    N_("Left out of later handling") },
    [ACCESS_HANDLING_RESUMED] = { STR_INIT("handling.resumed"),
                                  N_("Takes part in handling again") },
    [ACCESS_AGREEMENT_ENDED] = { STR_INIT("agreement.ended"), N_("The agreement ended") },
    [ACCESS_CONDITION_CONFIRMED] = { STR_INIT("condition.confirmed"),
                                     N_("A condition was confirmed") },
    [ACCESS_ABSENCE_ENTERED] = { STR_INIT("absence.entered"), N_("Said to be away, with deputy") },
    [ACCESS_ABSENCE_ENDED] = { STR_INIT("absence.ended"), N_("Said to be back") },
    [ACCESS_TOKEN_MADE] = { STR_INIT("token.made"), N_("Token for programs made") },
    [ACCESS_TOKEN_ENDED] = { STR_INIT("token.ended"), N_("Token for programs ended") },
    [ACCESS_HOOK_MADE] = { STR_INIT("hook.made"), N_("Webhook added") },
    [ACCESS_HOOK_ENDED] = { STR_INIT("hook.ended"), N_("Webhook removed") },
};

struct str access_kind_name(enum access_kind kind) { return kinds[kind].name; }

const char *access_kind_words(struct str name)
{
    for (size_t i = 0; i < ACCESS_KINDS; i++) {
        if (str_eq(kinds[i].name, name))
            return kinds[i].words;
    }
    return "";
}

bool access_note(const struct deed *deed, enum access_kind kind, int64_t account_id,
                 int64_t organisation_id, struct str detail, struct err *err)
{
    if (!store_exec(deed->tx, &sql_access_note,
                    BINDS(bind_utc("now", deed->now), bind_text("kind", kinds[kind].name),
                          bind_id("actor", deed->who->account_id), bind_id("account", account_id),
                          bind_id("organisation", organisation_id), bind_text("detail", detail)),
                    NULL, err))
        return PASS(err);
    return true;
}

bool access_events(struct tx *tx, int64_t account_id, int64_t organisation_id, int64_t limit,
                   struct arena *arena, struct access_events *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int more;

    *out = (struct access_events){ 0 };
    if (!store_select(tx, &sql_access_events,
                      BINDS(bind_id("account", account_id),
                            bind_id("organisation", organisation_id), bind_int("limit", limit)),
                      arena, &rows, err))
        return PASS(err);
    while ((more = rows_next(rows, err)) > 0)
        VEC_PUSH(arena, out,
                 (struct access_event){ row_utc(rows, "at"), row_text(rows, "kind"),
                                        row_text(rows, "actor_name"), row_text(rows, "about_name"),
                                        row_text(rows, "detail") });
    return more == 0 ? true : PASS(err);
}
