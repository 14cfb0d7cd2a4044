#include "domain/access/login.h"

#include "domain/access/invitation.h"
#include "domain/access/testing.h"
#include "domain/access/totp.h"

static struct str secret; /* of the account's second factor */

static struct str code_at(struct utc at)
{
    char code[TOTP_DIGITS + 1];

    ok(totp_code(secret, at.ms / (TOTP_STEP_SECONDS * UTC_SECOND), code, WHY));
    return arena_str(trial.arena, str_from_z(code));
}

static struct str wrong_code(void)
{
    return str_eq(code_at(trial.now), STR("123456")) ? STR("654321") : STR("123456");
}

static void later(int64_t ms) { trial.now.ms += ms; }

static bool try_password(const char *email, struct str password, const char *address,
                         struct str *token)
{
    struct visit visit = trial_visit(address);

    trial.err = (struct err){ 0 };
    return login_password(&trial.gate, &visit, str_from_z(email), password, trial.arena, token,
                          WHY);
}

static bool try_code(struct str session, struct str code, struct str *token)
{
    struct visit visit = trial_visit("192.0.2.1");
    struct subject who = trial_who(session);

    trial.err = (struct err){ 0 };
    return login_code(&trial.gate, &visit, &who, code, trial.arena, token, WHY);
}

/* An account that has logged in once: its factor is set up. */
static struct str logged_in(const char *email)
{
    struct str half, full, pending;
    struct subject who;

    assert_true(try_password(email, TRIAL_PASSWORD, "192.0.2.1", &half));
    who = trial_who(half);
    ok(login_factor(&trial.gate, &who, trial.now, trial.arena, &pending, WHY));
    if (pending.len > 0)
        secret = pending;
    assert_true(try_code(half, code_at(trial.now), &full));
    return full;
}

/* C01, C08: the password alone opens nothing; the token changes with the privilege. */
static void login__needs_both_steps(void **state)
{
    int64_t organisation = trial_organisation("RB", "受付機関", "");
    struct str half, full;
    struct subject who;
    (void)state;

    (void)trial_account(organisation, "rb@example.jp", ROLE_RB);
    assert_true(try_password(" RB@Example.JP ", TRIAL_PASSWORD, "192.0.2.1", &half));
    who = trial_who(half);
    assert_int_equal(who.kind, SUBJECT_NOBODY);
    assert_int_equal(who.roles, 0);
    assert_true(who.needs_second_factor);
    ok(login_factor(&trial.gate, &who, trial.now, trial.arena, &secret, WHY));
    assert_int_equal(secret.len, TOTP_SECRET_BYTES);
    assert_false(try_code(half, wrong_code(), &full));
    assert_int_equal(trial.err.code, ERR_LOGIN_WRONG);
    assert_true(try_code(half, code_at(trial.now), &full));
    who = trial_who(full);
    assert_int_equal(who.kind, SUBJECT_ACCOUNT);
    assert_int_equal(who.roles, ROLE_RB);
    assert_str(who.organisation_name, "受付機関");
    assert_true(session_is_strong(&who, trial.now));
    assert_int_equal(trial_who(half).session_id, 0); /* the earlier token is worth nothing */
    assert_int_equal(
        trial_count(
            "SELECT COUNT(*) FROM session WHERE token_hash IS NULL OR length(token_hash) <> 32"),
        0);
}

/* C07, T75: a code works once, also for two at the same moment. */
static void login_code__refuses_a_replay(void **state)
{
    int64_t organisation = trial_organisation("CB", "調整機関", "");
    struct str half, full, used;
    (void)state;

    (void)trial_account(organisation, "cb@example.jp", ROLE_CB);
    (void)logged_in("cb@example.jp");
    used = code_at(trial.now);
    assert_true(try_password("cb@example.jp", TRIAL_PASSWORD, "192.0.2.1", &half));
    assert_false(try_code(half, used, &full));
    later(30 * UTC_SECOND);
    assert_false(try_code(half, used, &full));
    assert_true(try_code(half, code_at(trial.now), &full));
}

/* C05: unknown, invited, disabled and wrong are one answer; nothing is written that tells them apart to the visitor. */
static void login_password__gives_one_answer(void **state)
{
    int64_t organisation = trial_organisation("RB", "受付機関", ""),
            id = trial_account(organisation, "off@example.jp", ROLE_RB);
    struct account *account = NULL;
    struct deed deed;
    struct str token;
    (void)state;

    deed = deed_begin();
    ok(account_by_id(deed.tx, id, trial.arena, &account, WHY));
    ok(account_set_disabled(&deed, account, true, WHY));
    deed_done();
    for (size_t i = 0; i < 4; i++) {
        static const char *const addresses[] = { "off@example.jp", "nobody@example.jp",
                                                 "not an address", "" };

        print_message("case: %s\n", addresses[i]);
        assert_false(try_password(addresses[i], TRIAL_PASSWORD, "192.0.2.1", &token));
        assert_int_equal(trial.err.code, ERR_LOGIN_WRONG);
        assert_string_equal(trial.err.subject, "");
    }
}

/* C07, T74: exactly five in a quarter of an hour; over a restart, for known and unknown alike; existing sessions go on. */
static void login__waits_after_five_failures(void **state)
{
    int64_t organisation = trial_organisation("RB", "受付機関", "");
    struct str token, full;
    (void)state;

    (void)trial_account(organisation, "rb@example.jp", ROLE_RB);
    full = logged_in("rb@example.jp");
    for (int i = 0; i < 5; i++) {
        assert_false(try_password("rb@example.jp", STR("wrong"),
                                  i % 2 ? "192.0.2.1" : "198.51.100.7", &token));
        assert_int_equal(trial.err.code, ERR_LOGIN_WRONG);
        assert_false(try_password("nobody@example.jp", STR("wrong"), "203.0.113.5", &token));
        assert_int_equal(trial.err.code, ERR_LOGIN_WRONG);
    }
    store_close(trial.gate.store);
    ok(store_open(
        &(struct store_options){
            .path = arena_z(trial.arena, arena_printf(trial.arena, "%s/desk.db", trial.folder)),
            .kind = &store_desk },
        &trial.gate.store, WHY));
    assert_false(try_password("rb@example.jp", TRIAL_PASSWORD, "192.0.2.1", &token));
    assert_int_equal(trial.err.code, ERR_TOO_MANY);
    assert_false(try_password("nobody@example.jp", STR("wrong"), "203.0.113.5", &token));
    assert_int_equal(trial.err.code, ERR_TOO_MANY);
    assert_int_equal(trial_who(full).kind,
                     SUBJECT_ACCOUNT); /* a stranger locks nobody out who is in */
    later(15 * UTC_MINUTE - 1);
    assert_false(try_password("rb@example.jp", TRIAL_PASSWORD, "192.0.2.1", &token));
    later(1);
    assert_true(try_password("rb@example.jp", TRIAL_PASSWORD, "192.0.2.1", &token));
    assert_int_equal(trial_count("SELECT COUNT(*) FROM login_failure WHERE length(about) <> 32"),
                     0);
}

static void login_code__waits_after_five_failures(void **state)
{
    int64_t organisation = trial_organisation("RB", "受付機関", "");
    struct str half, full;
    (void)state;

    (void)trial_account(organisation, "rb@example.jp", ROLE_RB);
    (void)logged_in("rb@example.jp");
    later(60 * UTC_SECOND);
    assert_true(try_password("rb@example.jp", TRIAL_PASSWORD, "192.0.2.1", &half));
    for (int i = 0; i < 5; i++) {
        assert_false(try_code(half, wrong_code(), &full));
        assert_int_equal(trial.err.code, ERR_LOGIN_WRONG);
    }
    assert_false(try_code(half, code_at(trial.now), &full));
    assert_int_equal(trial.err.code, ERR_TOO_MANY);
}

/* C08: a session ends while its second factor is on the way, and somebody else's begins: the code makes nothing of the other's. */
static void login_code__of_a_session_that_ended_is_nobody(void **state)
{
    int64_t organisation = trial_organisation("RB", "受付機関", "");
    struct visit visit = trial_visit("192.0.2.1");
    struct str half, other, token;
    struct subject who, after;
    struct deed deed;
    (void)state;

    (void)trial_account(organisation, "one@example.jp", ROLE_RB);
    (void)trial_account(organisation, "two@example.jp", ROLE_RB);
    (void)logged_in("one@example.jp");
    later(UTC_MINUTE);
    assert_true(try_password("one@example.jp", TRIAL_PASSWORD, "192.0.2.1", &half));
    who = trial_who(half);
    deed = deed_begin();
    ok(session_end(&deed, who.session_id, WHY));
    deed_done();
    assert_true(try_password("two@example.jp", TRIAL_PASSWORD, "192.0.2.2", &other));
    visit.now = trial.now;
    if (login_code(&trial.gate, &visit, &who, code_at(trial.now), trial.arena, &token, WHY))
        assert_int_equal(trial_who(token).session_id, 0);
    after = trial_who(other);
    assert_true(after.needs_second_factor);
    assert_int_not_equal(after.session_id, who.session_id);
}

/* C07: a try that was counted leaves with its number; to forgive it afterwards forgives nobody else's. */
static void throttle_forgive__forgives_no_other_try(void **state)
{
    struct throttle five = { &trial.vault.lookups, 5, 15 * UTC_MINUTE };
    struct deed deed = deed_begin();
    int64_t gone, other;
    (void)state;

    ok(throttle_take(deed.tx, &five, "account", STR("one"), trial.now, trial.arena, &gone, WHY));
    ok(throttle_clear(deed.tx, &five, "account", STR("one"), trial.arena, WHY));
    ok(throttle_take(deed.tx, &five, "account", STR("two"), trial.now, trial.arena, &other, WHY));
    ok(throttle_forgive(deed.tx, gone, WHY));
    deed_done();
    assert_int_equal(trial_count("SELECT count(*) FROM login_failure"), 1);
}

/* C07: the neighbourhood of an address may fail ten times as often, over all accounts. */
static void login__waits_for_a_neighbourhood(void **state)
{
    struct arena *arena = trial.arena;
    struct throttle block = { &trial.vault.lookups, 50, 15 * UTC_MINUTE };
    struct deed deed = deed_begin();
    int64_t id;
    (void)state;

    assert_str(address_block(arena, STR("192.0.2.77")), "192.0.2.0/24");
    assert_str(address_block(arena, STR("2001:db8:1:2ff::9")), "2001:db8:1:200::/56");
    assert_str(address_block(arena, STR("unix")), "unix");
    for (int i = 0; i < 50; i++)
        ok(throttle_take(deed.tx, &block, "block", address_block(arena, STR("192.0.2.77")),
                         trial.now, arena, &id, WHY));
    deed_done();
    {
        struct str token;

        assert_false(try_password("nobody@example.jp", STR("wrong"), "192.0.2.200", &token));
        assert_int_equal(trial.err.code, ERR_TOO_MANY);
        assert_false(try_password("nobody@example.jp", STR("wrong"), "192.0.3.1", &token));
        assert_int_equal(trial.err.code, ERR_LOGIN_WRONG);
    }
}

/* C08, C09, T70: limits of time, and ends that the next request sees. */
static void session__ends(void **state)
{
    int64_t organisation = trial_organisation("RB", "受付機関", ""),
            id = trial_account(organisation, "rb@example.jp", ROLE_RB);
    struct str one, two;
    struct subject who;
    struct account *account = NULL;
    struct deed deed;
    (void)state;

    one = logged_in("rb@example.jp");
    later(29 * UTC_MINUTE);
    assert_int_equal(trial_who(one).kind, SUBJECT_ACCOUNT); /* and counts as seen */
    later(29 * UTC_MINUTE);
    who = trial_who(one);
    assert_int_equal(who.kind, SUBJECT_ACCOUNT);
    assert_false(session_is_strong(&who, trial.now));
    later(30 * UTC_MINUTE);
    assert_int_equal(trial_who(one).session_id, 0); /* idle */

    one = logged_in("rb@example.jp");
    for (int i = 0; i < 8 * 60 - 10; i += 20) {
        later(20 * UTC_MINUTE);
        if (i < 8 * 60 - 20)
            assert_int_equal(trial_who(one).kind, SUBJECT_ACCOUNT);
    }
    assert_int_equal(trial_who(one).session_id, 0); /* eight hours */

    one = logged_in("rb@example.jp");
    later(60 * UTC_SECOND);
    two = logged_in("rb@example.jp");
    who = trial_who(two);
    deed = deed_begin();
    deed.who = &who;
    ok(session_end_all(&deed, id, who.session_id, WHY));
    deed_done();
    assert_int_equal(trial_who(one).session_id, 0);
    assert_int_equal(trial_who(two).kind, SUBJECT_ACCOUNT);

    deed = deed_begin();
    ok(account_by_id(deed.tx, id, trial.arena, &account, WHY));
    ok(account_set_roles(&deed, account, ROLE_RB | ROLE_AUDITOR, WHY));
    deed_done();
    assert_int_equal(trial_who(two).session_id, 0); /* other roles, another login */

    later(60 * UTC_SECOND);
    one = logged_in("rb@example.jp");
    assert_int_equal(trial_who(one).roles, ROLE_RB | ROLE_AUDITOR);
    deed = deed_begin();
    ok(account_by_id(deed.tx, id, trial.arena, &account, WHY));
    ok(account_set_disabled(&deed, account, true, WHY));
    deed_done();
    assert_int_equal(trial_who(one).session_id, 0);
}

static void session__of_a_finder_is_a_mailbox_and_no_more(void **state)
{
    struct deed deed = deed_begin();
    struct subject who;
    struct str token;
    (void)state;

    ok(session_open_finder(deed.tx, 7, STR("a browser"), trial.now, trial.arena, &token, WHY));
    deed_done();
    who = trial_who(token);
    assert_int_equal(who.kind, SUBJECT_FINDER);
    assert_int_equal(who.roles, ROLE_FINDER);
    assert_int_equal(who.report_id, 7);
    assert_int_equal(who.account_id, 0);
    assert_int_equal(trial_who(STR("")).session_id, 0);
    assert_int_equal(trial_who(str_drop(token, 1)).session_id, 0);
}

/* C06 */
static void login_again__makes_a_session_strong(void **state)
{
    int64_t organisation = trial_organisation("RB", "受付機関", "");
    struct visit visit;
    struct subject who;
    struct str one, two;
    (void)state;

    (void)trial_account(organisation, "rb@example.jp", ROLE_RB);
    one = logged_in("rb@example.jp");
    later(6 * UTC_MINUTE);
    who = trial_who(one);
    visit = trial_visit("192.0.2.1");
    assert_false(session_is_strong(&who, trial.now));
    assert_false(login_again(&trial.gate, &visit, &who, STR("wrong"), code_at(trial.now),
                             trial.arena, &two, WHY));
    trial.err = (struct err){ 0 };
    ok(login_again(&trial.gate, &visit, &who, TRIAL_PASSWORD, code_at(trial.now), trial.arena, &two,
                   WHY));
    who = trial_who(two);
    assert_true(session_is_strong(&who, trial.now));
    assert_int_equal(trial_who(one).session_id, 0);
}

/* ---- invitations ---- */
static struct str invite(int64_t account_id, enum invitation_purpose purpose)
{
    struct deed deed = deed_begin();
    struct account *account = NULL;
    struct str token;

    ok(account_by_id(deed.tx, account_id, trial.arena, &account, WHY));
    ok(invitation_send(&deed, &trial.vault, account, purpose, &token, WHY));
    deed_done();
    return token;
}

static int64_t invited(const char *email)
{
    struct account_new values = { trial_organisation("PD", "招待工業", ""), str_from_z(email),
                                  STR("仮の名"), LANG_JA, ROLE_PM };
    struct deed deed = deed_begin();
    struct str public_id;
    int64_t id;

    ok(account_add(&deed, &values, &id, &public_id, WHY));
    deed_done();
    return id;
}

static bool accept(struct str token, struct str password, const char **fault, struct str *session)
{
    struct visit visit = trial_visit("192.0.2.1");

    trial.err = (struct err){ 0 };
    return invitation_accept(&trial.gate, &visit, token, STR("山田 太郎"), password, trial.arena,
                             fault, session, WHY);
}

/* COO-07, C39: once, within 72 hours, only the newest; the token is nowhere in the clear. */
static void invitation__works_once(void **state)
{
    int64_t id = invited("new@example.jp");
    struct str old = invite(id, INVITATION_INVITE), token = invite(id, INVITATION_INVITE), session;
    const char *fault;
    (void)state;

    assert_int_equal(
        trial_count(
            "SELECT COUNT(*) FROM outbox WHERE notice = 'INVITE' AND token_sealed IS NOT NULL AND length(token_sealed) = 52 + 40"),
        2);
    assert_false(accept(old, TRIAL_PASSWORD, &fault, &session));
    assert_int_equal(trial.err.code, ERR_INVITATION);
    ok(accept(token, STR("too short"), &fault, &session));
    assert_non_null(fault);
    ok(accept(token, TRIAL_PASSWORD, &fault, &session));
    assert_null(fault);
    assert_true(trial_who(session).needs_second_factor);
    assert_str(trial_who(session).name, "山田 太郎");
    assert_false(accept(token, TRIAL_PASSWORD, &fault, &session));
    assert_int_equal(trial.err.code, ERR_INVITATION);
}

static void invitation__grows_old(void **state)
{
    int64_t id = invited("new@example.jp");
    struct str token = invite(id, INVITATION_INVITE), session;
    const char *fault;
    (void)state;

    later(INVITATION_MS);
    assert_false(accept(token, TRIAL_PASSWORD, &fault, &session));
    assert_int_equal(trial.err.code, ERR_INVITATION);
    token = invite(id, INVITATION_RESET);
    later(RESET_MS);
    assert_false(accept(token, TRIAL_PASSWORD, &fault, &session));
    assert_int_equal(trial.err.code, ERR_INVITATION);
}

/* C05: a reset of an unknown address answers the same; of a known one, all sessions end and the second factor stays. */
static void invitation_reset__tells_nobody_who_has_an_account(void **state)
{
    int64_t organisation = trial_organisation("RB", "受付機関", ""),
            id = trial_account(organisation, "rb@example.jp", ROLE_RB);
    struct visit visit = trial_visit("192.0.2.1");
    struct str full = logged_in("rb@example.jp"), session;
    const char *fault;
    (void)state;

    ok(invitation_reset(&trial.gate, &visit, STR("nobody@example.jp"), trial.arena, WHY));
    assert_int_equal(trial_count("SELECT COUNT(*) FROM outbox"), 0);
    for (int i = 0; i < 5; i++)
        ok(invitation_reset(&trial.gate, &visit, STR("rb@example.jp"), trial.arena, WHY));
    assert_false(invitation_reset(&trial.gate, &visit, STR("rb@example.jp"), trial.arena, WHY));
    assert_int_equal(trial.err.code, ERR_TOO_MANY);
    assert_int_equal(trial_count("SELECT COUNT(*) FROM outbox WHERE notice = 'RESET'"), 5);
    assert_int_equal(trial_who(full).kind, SUBJECT_ACCOUNT);
    ok(accept(invite(id, INVITATION_RESET), STR("another beacon, another hill"), &fault, &session));
    assert_null(fault);
    assert_int_equal(trial_who(full).session_id, 0);
    {
        struct subject who = trial_who(session);
        struct str pending;

        assert_true(who.needs_second_factor);
        ok(login_factor(&trial.gate, &who, trial.now, trial.arena, &pending, WHY));
        assert_int_equal(pending.len, 0); /* mail alone does not replace it */
    }
}

/* ---- rights ---- */
static void account__gives_nobody_what_is_not_to_give(void **state)
{
    int64_t body = trial_organisation("CB", "調整機関", ""),
            maker = trial_organisation("PD", "甲社", "");
    struct subject officer = {
        .kind = SUBJECT_ACCOUNT, .roles = ROLE_CB, .account_id = 99, .organisation_id = body
    };
    struct subject manager = {
        .kind = SUBJECT_ACCOUNT, .roles = ROLE_PM, .account_id = 98, .organisation_id = maker
    };
    struct deed deed;
    struct str public_id;
    int64_t id;
    (void)state;

    assert_int_equal(account_roles_to_give(&officer, STR("CB"), body), 0);
    assert_int_equal(account_roles_to_give(&officer, STR("PD"), maker), ROLE_PM | ROLE_PD);
    assert_int_equal(account_roles_to_give(&manager, STR("PD"), maker), ROLE_PM | ROLE_PD);
    assert_int_equal(account_roles_to_give(&manager, STR("PD"), maker + 1), 0);
    deed = deed_begin();
    deed.who = &officer;
    assert_false(account_add(
        &deed,
        &(struct account_new){ maker, STR("x@example.jp"), STR("x"), LANG_JA, ROLE_PM | ROLE_CB },
        &id, &public_id, WHY));
    assert_int_equal(trial.err.code, ERR_FORBIDDEN);
    deed_drop();
    id = trial_account(body, "me@example.jp", ROLE_ADMIN);
    {
        struct subject admin = {
            .kind = SUBJECT_ACCOUNT, .roles = ROLE_ADMIN, .account_id = id, .organisation_id = body
        };
        struct account *account = NULL;

        deed = deed_begin();
        deed.who = &admin;
        ok(account_by_id(deed.tx, id, trial.arena, &account, WHY));
        assert_false(account_set_roles(&deed, account, ROLE_ADMIN | ROLE_CB,
                                       WHY)); /* nobody gives himself anything */
        assert_int_equal(trial.err.code, ERR_FORBIDDEN);
        deed_drop();
    }
}

static void access_event__is_append_only(void **state)
{
    static const struct query update = { .name = "u",
                                         .text = "UPDATE access_event SET detail = ''" };
    static const struct query delete = { .name = "d", .text = "DELETE FROM access_event" };
    struct deed deed;
    (void)state;

    (void)trial_organisation("RB", "受付機関", "");
    deed = deed_begin();
    assert_false(store_exec(deed.tx, &update, NO_BINDS, NULL, WHY));
    deed_drop();
    deed = deed_begin();
    assert_false(store_exec(deed.tx, &delete, NO_BINDS, NULL, WHY));
    deed_drop();
    assert_int_equal(
        trial_count("SELECT COUNT(*) FROM access_event WHERE kind = 'organisation.added'"), 1);
}

int main(void)
{
#define TRIAL(test) cmocka_unit_test_setup_teardown(test, trial_begin, trial_end)
    const struct CMUnitTest tests[] = {
        TRIAL(login__needs_both_steps),
        TRIAL(login_code__refuses_a_replay),
        TRIAL(login_password__gives_one_answer),
        TRIAL(login__waits_after_five_failures),
        TRIAL(login_code__waits_after_five_failures),
        TRIAL(login_code__of_a_session_that_ended_is_nobody),
        TRIAL(throttle_forgive__forgives_no_other_try),
        TRIAL(login__waits_for_a_neighbourhood),
        TRIAL(session__ends),
        TRIAL(session__of_a_finder_is_a_mailbox_and_no_more),
        TRIAL(login_again__makes_a_session_strong),
        TRIAL(invitation__works_once),
        TRIAL(invitation__grows_old),
        TRIAL(invitation_reset__tells_nobody_who_has_an_account),
        TRIAL(account__gives_nobody_what_is_not_to_give),
        TRIAL(access_event__is_append_only),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
