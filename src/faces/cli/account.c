#include "faces/cli/account.h"

#include "base/err.h"
#include "domain/access/address.h"
#include "domain/access/invitation.h"
#include "domain/access/organisation.h"
#include "domain/access/session.h"

enum { OUTPUT_MAX = 4 << 20 };

struct work {
    const struct deskwork *desk;
    const struct words *words;
    struct deed deed;
    struct buf out;
};

/* ---- what was typed ---- */

/* The value behind an option; STR_NONE when it is not there. */
static struct str option(const struct words *words, const char *name)
{
    for (size_t i = 2; i + 1 < words->len; i += 2)
        if (str_eq_z(words->at[i], name))
            return words->at[i + 1];
    return STR_NONE;
}

static bool check_options(const struct words *words, const char *const *known, struct err *err)
{
    for (size_t i = 2; i < words->len; i += 2) {
        size_t k = 0;

        while (known[k] && !str_eq_z(words->at[i], known[k]))
            k++;
        if (!known[k] || i + 1 == words->len)
            return FAIL(err, USAGE, words->at[i]);
    }
    return true;
}

static bool role_of(struct str name, unsigned *out, struct err *err)
{
    for (const struct role_word *word = role_words; word->name; word++) {
        if (str_eq_z(name, word->name)) {
            *out = word->role;
            return true;
        }
    }
    return FAIL(err, USAGE, name);
}

/* "admin,rb" */
static bool roles_of(struct str list, unsigned *out, struct err *err)
{
    struct str name;
    unsigned role;

    *out = 0;
    if (list.len == 0)
        return FAIL(err, USAGE, STR("--role"));
    while (list.len > 0 && str_split(&list, ',', &name)) {
        if (!role_of(name, &role, err))
            return PASS(err);
        *out |= role;
    }
    return true;
}

static bool named_account(struct work *w, struct account **out, struct err *err)
{
    struct str email =
        w->words->len > 1 ? address_normal(w->deed.arena, w->words->at[1]) : STR_NONE;

    if (email.len == 0)
        return FAIL(err, MAIL_ADDRESS, w->words->len > 1 ? w->words->at[1] : STR(""));
    if (!account_by_email(w->deed.tx, email, w->deed.arena, out, err))
        return PASS(err);
    return *out ? true : FAIL(err, ABSENT, email);
}

/* By its Japanese name; without one, the body whose people have the role: the coordinating body for cb, else the receiving body. */
static bool organisation_for(struct work *w, unsigned roles, int64_t *out, struct err *err)
{
    struct str name = option(w->words, "--organisation");
    struct organisation_filter filter = { .kind = roles & ROLE_CB ? STR("CB") : STR("RB") };
    struct organisation_rows rows = { 0 };
    struct organisation *organisation = NULL;

    if (name.len > 0) {
        if (!organisation_by_name(w->deed.tx, name, w->deed.arena, &organisation, err))
            return PASS(err);
        if (!organisation)
            return FAIL(err, ABSENT, name);
        *out = organisation->id;
        return true;
    }
    if (!organisation_list(w->deed.tx, &filter, w->deed.arena, &rows, err))
        return PASS(err);
    if (rows.len == 0)
        return FAIL(err, ABSENT, filter.kind);
    *out = rows.at[0].id;
    return true;
}

/* ---- the deeds ---- */

static void say(struct work *w, const char *msgid, struct str email)
{
    buf_add(&w->out, tr_fill(w->deed.arena, w->desk->lang, msgid, TR_ARGS({ "email", email })));
    buf_byte(&w->out, '\n');
}

/* Shown to who is on the machine, for the case that mail does not work yet: it works once. */
static bool invite(struct work *w, const struct account *account, enum invitation_purpose purpose,
                   struct err *err)
{
    struct str token;

    if (!invitation_send(&w->deed, w->desk->vault, account, purpose, &token, err))
        return PASS(err);
    say(w,
        purpose == INVITATION_INVITE ? N_("This link for {email} works once, for three days:")
                                     : N_("This link for {email} works once, for an hour:"),
        account->email);
    buf_printf(&w->out, "%.*s/invitation/%.*s\n", STR_ARG(w->desk->settings->desk_url),
               STR_ARG(token));
    return true;
}

static bool add(struct work *w, struct err *err)
{
    static const char *const known[] = { "--name", "--role", "--organisation", "--lang", NULL };
    struct account_new values = { .lang = LANG_JA };
    struct account *account = NULL;
    struct str lang, public_id;
    int64_t id;

    if (!check_options(w->words, known, err))
        return PASS(err);
    lang = option(w->words, "--lang");
    values.email = w->words->len > 1 ? address_normal(w->deed.arena, w->words->at[1]) : STR_NONE;
    values.name = str_trim(option(w->words, "--name"));
    if (values.email.len == 0)
        return FAIL(err, MAIL_ADDRESS, w->words->len > 1 ? w->words->at[1] : STR(""));
    if (values.name.len == 0 || !str_is_utf8(values.name) || !str_is_plain(values.name, false) ||
        str_code_points(values.name) > ACCOUNT_NAME_MAX)
        return FAIL(err, USAGE, STR("--name"));
    if (lang.len > 0 && !lang_from_code(lang, &values.lang))
        return FAIL(err, USAGE, lang);
    if (!roles_of(option(w->words, "--role"), &values.roles, err) ||
        !organisation_for(w, values.roles, &values.organisation_id, err) ||
        !account_add(&w->deed, &values, &id, &public_id, err) ||
        !account_by_id(w->deed.tx, id, w->deed.arena, &account, err))
        return PASS(err);
    return invite(w, account, INVITATION_INVITE, err) ? true : PASS(err);
}

static bool renew(struct work *w, struct err *err)
{
    struct account *account = NULL;

    if (!named_account(w, &account, err))
        return PASS(err);
    return invite(w, account, account->has_password ? INVITATION_RESET : INVITATION_INVITE, err)
               ? true
               : PASS(err);
}

static bool list(struct work *w, struct err *err)
{
    static const char *const states[] = { "invited", "active", "disabled" };
    struct accounts accounts = { 0 };

    if (w->words->len > 1)
        return FAIL(err, USAGE, w->words->at[1]);
    if (!account_list(w->deed.tx, 0, w->deed.arena, &accounts, err))
        return PASS(err);
    for (size_t i = 0; i < accounts.len; i++) {
        const struct account *a = &accounts.at[i];
        bool is_first = true;

        buf_printf(&w->out, "%.*s\t%.*s\t", STR_ARG(a->email), STR_ARG(a->name));
        for (const struct role_word *word = role_words; word->name; word++) {
            if (!(a->roles & word->role))
                continue;
            buf_printf(&w->out, "%s%s", is_first ? "" : ",", word->name);
            is_first = false;
        }
        buf_printf(&w->out, "\t%s\t%s\t%.*s\n", states[a->state],
                   a->has_factor ? "second-factor" : "-", STR_ARG(a->organisation_name_ja));
    }
    return true;
}

static bool disable(struct work *w, struct err *err)
{
    struct account *account = NULL;

    if (!named_account(w, &account, err) || !account_set_disabled(&w->deed, account, true, err))
        return PASS(err);
    say(w, N_("{email} cannot log in any more."), account->email);
    return true;
}

static bool enable(struct work *w, struct err *err)
{
    struct account *account = NULL;

    if (!named_account(w, &account, err) || !account_set_disabled(&w->deed, account, false, err))
        return PASS(err);
    say(w, N_("{email} can log in again."), account->email);
    return true;
}

static bool reset_factor(struct work *w, struct err *err)
{
    struct account *account = NULL;

    if (!named_account(w, &account, err) || !account_factor_reset(&w->deed, account, err))
        return PASS(err);
    say(w, N_("{email} sets up a new second factor at the next login."), account->email);
    return true;
}

static bool end_sessions(struct work *w, struct err *err)
{
    struct account *account = NULL;

    if (!named_account(w, &account, err) || !session_end_all(&w->deed, account->id, 0, err))
        return PASS(err);
    say(w, N_("All sessions of {email} have ended."), account->email);
    return true;
}

static const struct {
    const char *name;
    bool (*run)(struct work *w, struct err *err);
    size_t words_max; /* 0: the deed checks its options itself */
} deeds[] = {
    { "add", add, 0 },
    { "list", list, 1 },
    { "invite", renew, 2 },
    { "disable", disable, 2 },
    { "enable", enable, 2 },
    { "reset-factor", reset_factor, 2 },
    { "end-sessions", end_sessions, 2 },
};

static bool run(struct work *w, struct err *err)
{
    struct str name = w->words->len > 0 ? w->words->at[0] : STR("list");

    for (size_t i = 0; i < COUNT(deeds); i++) {
        if (!str_eq_z(name, deeds[i].name))
            continue;
        if (deeds[i].words_max > 0 && w->words->len > deeds[i].words_max)
            return FAIL(err, USAGE, w->words->at[deeds[i].words_max]);
        return deeds[i].run(w, err) ? true : PASS(err);
    }
    return FAIL(err, USAGE, name);
}

bool account_command(const struct deskwork *desk, const struct words *words, struct arena *arena,
                     struct str *out, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct subject command = { .kind = SUBJECT_COMMAND };
    struct work w = { .desk = desk,
                      .words = words,
                      .deed = { .who = &command, .now = desk->now, .arena = arena },
                      .out = buf_new(arena, OUTPUT_MAX) };

    if (!tx_begin(desk->store, TX_WRITE, &tx, err))
        return PASS(err);
    w.deed.tx = tx;
    return run(&w, err) && tx_commit(&tx, err) && buf_done(&w.out, out, err) ? true : PASS(err);
}
