/* Webhooks: which addresses are taken, what is told to whom, how it is signed, and what becomes of failures. */
#include "domain/access/hook.h"

#include "domain/access/testing.h"

static struct subject manager, other;

static int hook_begin(void **state)
{
    int64_t one, two;

    if (trial_begin(state) != 0)
        return -1;
    one = trial_organisation("PD", "青空電機", "");
    two = trial_organisation("PD", "白樺通信", "");
    manager = (struct subject){ .kind = SUBJECT_ACCOUNT,
                                .roles = ROLE_PM,
                                .account_id = trial_account(one, "one@example.jp", ROLE_PM),
                                .organisation_id = one };
    other = (struct subject){ .kind = SUBJECT_ACCOUNT,
                              .roles = ROLE_PM,
                              .account_id = trial_account(two, "two@example.jp", ROLE_PM),
                              .organisation_id = two };
    return 0;
}

static struct deed deed_of(const struct subject *who)
{
    struct deed deed = deed_begin();

    deed.who = who;
    return deed;
}

static bool make(const struct subject *who, const char *url, const char *events, struct str *secret)
{
    struct hook_new values = { str_from_z(url), str_from_z(events), false };
    struct deed deed = deed_of(who);
    bool made = hook_make(&deed, &trial.vault, &values, secret, WHY);

    if (made)
        deed_done();
    else
        tx_end(TAKE(trial.tx));
    return made;
}

static struct hook_rows hooks_of(const struct subject *who)
{
    struct hook_rows rows;
    struct tx *tx = NULL;

    ok(tx_begin(trial.gate.store, TX_READ, &tx, WHY));
    ok(hook_list(tx, &trial.vault, who, trial.arena, &rows, WHY));
    tx_end(tx);
    return rows;
}

static void hook_url_is_fine__takes_names_of_the_internet(void **state)
{
    static const struct {
        const char *url;
        bool is_fine, is_fine_inside;
    } rows[] = {
        { "https://tracker.example.jp/hooks?x=1", true, true },
        { "https://tracker.example.jp", true, true },
        { "https://tracker.example.jp:443/a", true, true },
        { "https://tracker.example.jp?x", true, true },
        { "https://tracker.example.jp:8443/a", false, true },
        { "http://tracker.example.jp/a", false, true },
        { "https://tracker/a", false, true },
        { "https://10.0.0.1/a", false, true },
        { "https://8.8.8.8/a", false, true },
        { "http://127.0.0.1:8080/a", false, true },
        { "https://[::1]/a", false, false },
        { "https://user@tracker.example.jp/a", false, false },
        { "https://tracker.example.jp:/a", false, false },
        { "https://tracker.example.jp:0/a", false, false },
        { "https://tracker.example.jp:65536/a", false, false },
        { "https://tracker.example.jp/a b", false, false },
        { "https://tracker.example.jp/a\r\nX: y", false, false },
        { "https://tracker.example.jp/#a", false, false },
        { "https://tracker.example.jp\\@evil.example/", false, false },
        { "https://.example.jp/", false, false },
        { "https:///a", false, false },
        { "ftp://tracker.example.jp/", false, false },
        { "file:///etc/passwd", false, false },
        { "HTTPS://tracker.example.jp/", false, false },
        { "", false, false },
    };
    (void)state;

    for (size_t i = 0; i < COUNT(rows); i++) {
        print_message("case: \"%s\"\n", rows[i].url);
        assert_int_equal(hook_url_is_fine(str_from_z(rows[i].url), false), rows[i].is_fine);
        assert_int_equal(hook_url_is_fine(str_from_z(rows[i].url), true), rows[i].is_fine_inside);
    }
}

static void hook_make__refuses_by_field_and_keeps_sealed(void **state)
{
    struct str secret;
    (void)state;

    assert_false(make(&manager, "http://tracker.example.jp/", "message", &secret));
    assert_string_equal(trial.err.subject, "url");
    assert_false(make(&manager, "https://tracker.example.jp/", "", &secret));
    assert_string_equal(trial.err.subject, "events");
    assert_false(make(&manager, "https://tracker.example.jp/", "message all", &secret));
    assert_string_equal(trial.err.subject, "events");
    trial.err = (struct err){ 0 };
    ok(make(&manager, "https://tracker.example.jp/canary", "message date", &secret));
    assert_true(str_starts(secret, STR("whsec_")));
    assert_int_equal(hooks_of(&manager).len, 1);
    assert_str(hooks_of(&manager).at[0].url, "https://tracker.example.jp/canary");
    assert_int_equal(hooks_of(&other).len, 0);
    assert_int_equal(trial_count("SELECT count(*) FROM hook WHERE instr(sealed, 'canary')"), 0);
    for (int i = 1; i < HOOKS_MAX; i++)
        ok(make(&manager, "https://tracker.example.jp/", "case", &secret));
    assert_false(make(&manager, "https://tracker.example.jp/", "case", &secret));
    assert_string_equal(trial.err.subject, "hooks");
    trial.err = (struct err){ 0 };
}

/* A case of which the first developer was told, and the second was not. */
static void one_case(void)
{
    trial_run("INSERT INTO case_key (case_id, public_id, number) VALUES (7, '0case', 'K-1')");
    trial_run(
        "INSERT INTO product_case (id, state, submitted_at, changed_at) VALUES (7, 'DATE_SET', 1, 1)");
}

static void participant(int64_t id, const struct subject *who, bool was_told)
{
    char text[400];

    snprintf(
        text, sizeof text,
        "INSERT INTO participant (id, case_id, public_id, organisation_id, alias, state, last_move_at, summary_at) "
        "VALUES (%lld, 7, 'p%lld', %lld, 'a', 'SUMMARY_SENT', 1, %s)",
        (long long)id, (long long)id, (long long)who->organisation_id, was_told ? "1" : "NULL");
    trial_run(text);
}

static void tell(const char *kind, int64_t participant_id, bool is_for_all)
{
    struct hook_news news = { .case_id = 7,
                              .participant_id = participant_id,
                              .seq = 11,
                              .kind = str_from_z(kind),
                              .is_for_all = is_for_all };
    struct deed deed = deed_begin();

    ok(hook_queue(deed.tx, &news, trial.now, WHY));
    deed_done();
}

static struct hook_deliveries told_of(const struct subject *who)
{
    struct hook_rows hooks = hooks_of(who);
    struct hook_deliveries told;
    struct tx *tx = NULL;

    ok(tx_begin(trial.gate.store, TX_READ, &tx, WHY));
    ok(hook_told(tx, &hooks.at[0], 10, trial.arena, &told, WHY));
    tx_end(tx);
    return told;
}

static void hook_queue__tells_who_is_concerned_what_he_chose(void **state)
{
    struct str secret;
    (void)state;

    ok(make(&manager, "https://one.example.jp/", "message date", &secret));
    ok(make(&other, "https://two.example.jp/", "message date publication case", &secret));
    one_case();
    participant(1, &manager, true);
    participant(2, &other, false);
    tell("message.sent", 1, false);
    tell("message.sent", 2, false); /* was told nothing yet */
    tell("date.set", 0, true);
    tell("detail.sent", 1, false); /* not chosen */
    assert_int_equal(told_of(&manager).len, 2);
    assert_str(told_of(&manager).at[0].kind, "date.set");
    assert_str(told_of(&manager).at[0].case_number, "K-1");
    assert_int_equal(told_of(&other).len, 0);
    trial_run("UPDATE participant SET summary_at = 1 WHERE id = 2");
    tell("message.sent", 1, false); /* another's thread */
    tell("case.published", 0, true);
    assert_int_equal(told_of(&other).len, 1);
    trial_run("UPDATE participant SET is_removed = 1");
    tell("date.changed", 0, true);
    assert_int_equal(told_of(&manager).len, 3);
}

static struct hook_ids due_now(void)
{
    struct hook_ids ids;
    struct tx *tx = NULL;

    ok(tx_begin(trial.gate.store, TX_READ, &tx, WHY));
    ok(hook_due(tx, trial.now, 4, trial.arena, &ids, WHY));
    tx_end(tx);
    return ids;
}

static void outcome(int64_t id, bool is_taken)
{
    struct deed deed = deed_begin();

    ok(hook_outcome(deed.tx, id, is_taken, is_taken ? STR("HTTP 204") : STR("HTTP 500"), trial.now,
                    trial.arena, WHY));
    deed_done();
}

/* One after the other; 1, 2, 4 … minutes after a failure; given up and paused after the last. */
static void hook_outcome__backs_off_and_pauses(void **state)
{
    struct hook_rows hooks;
    struct hook_ids ids;
    struct deed deed;
    struct str secret;
    (void)state;

    ok(make(&manager, "https://one.example.jp/", "case", &secret));
    hooks = hooks_of(&manager);
    for (int i = 0; i < 3; i++) {
        deed = deed_of(&manager);
        ok(hook_test(&deed, &hooks.at[0], WHY));
        deed_done();
    }
    ids = due_now();
    assert_int_equal(ids.len, 1); /* the oldest alone */
    outcome(ids.at[0], true);
    assert_int_not_equal(due_now().at[0], ids.at[0]);
    ids = due_now();
    for (int i = 1; i < HOOK_FAILURES_MAX; i++) {
        outcome(ids.at[0], false);
        trial.now.ms += (UTC_MINUTE << (i - 1)) - 1;
        assert_int_equal(due_now().len, 0);
        trial.now.ms++;
        assert_int_equal(due_now().at[0], ids.at[0]); /* those behind it wait */
    }
    outcome(ids.at[0], false);
    trial.now = utc_add_days(trial.now, 1);
    assert_int_equal(due_now().len, 0);
    assert_int_equal(told_of(&manager).at[1].state, HOOK_FAILED);
    assert_int_equal(told_of(&manager).at[1].attempts, HOOK_FAILURES_MAX);
    assert_str(told_of(&manager).at[1].words, "HTTP 500");
    assert_int_equal(trial_count("SELECT count(*) FROM outbox WHERE notice = 'HOOK_PAUSED'"), 1);
    assert_int_not_equal(hooks_of(&manager).at[0].paused_at.ms, 0);

    deed = deed_of(&manager);
    ok(hook_resume(&deed, &hooks.at[0], WHY));
    ok(hook_again(&deed, &hooks.at[0], told_of(&manager).at[1].public_id, WHY));
    deed_done();
    assert_int_equal(due_now().at[0], ids.at[0]);
    outcome(ids.at[0], true);
    assert_int_equal(told_of(&manager).at[1].state, HOOK_SENT);
    deed = deed_of(&manager);
    ok(hook_end(&deed, &hooks.at[0], WHY));
    deed_done();
    assert_int_equal(due_now().len, 0);
    assert_int_equal(hooks_of(&manager).len, 0);
    assert_int_equal(trial_count("SELECT count(*) FROM hook WHERE length(sealed) > 0"), 0);
}

/* An address ends while it is called, and another developer is told something: what came back is not written there. */
static void hook_outcome__of_a_call_that_ended_is_nobody(void **state)
{
    struct hook_rows hooks;
    struct hook_ids ids;
    struct deed deed;
    struct str secret;
    (void)state;

    ok(make(&manager, "https://one.example.jp/", "case", &secret));
    ok(make(&other, "https://two.example.jp/", "case", &secret));
    hooks = hooks_of(&manager);
    deed = deed_of(&manager);
    ok(hook_test(&deed, &hooks.at[0], WHY));
    deed_done();
    ids = due_now();
    deed = deed_of(&manager);
    ok(hook_end(&deed, &hooks.at[0], WHY));
    deed_done();
    hooks = hooks_of(&other);
    deed = deed_of(&other);
    ok(hook_test(&deed, &hooks.at[0], WHY));
    deed_done();
    deed = deed_begin();
    assert_false(
        hook_outcome(deed.tx, ids.at[0], true, STR("HTTP 204"), trial.now, trial.arena, WHY));
    assert_int_equal(trial.err.code, ERR_ABSENT);
    deed_drop();
    assert_int_equal(told_of(&other).at[0].state, HOOK_QUEUED);
    assert_int_equal(due_now().len, 1);
}

/* Nobody else's can be seen, ended or sent again. */
static void hook_load__is_the_organisations_own(void **state)
{
    struct hook hook;
    struct str secret;
    struct tx *tx = NULL;
    (void)state;

    ok(make(&manager, "https://one.example.jp/", "case", &secret));
    ok(tx_begin(trial.gate.store, TX_READ, &tx, WHY));
    ok(hook_load(tx, &trial.vault, &manager, hooks_of(&manager).at[0].public_id, trial.arena, &hook,
                 WHY));
    assert_false(hook_load(tx, &trial.vault, &other, hook.public_id, trial.arena, &hook, WHY));
    assert_int_equal(trial.err.code, ERR_ABSENT);
    trial.err = (struct err){ 0 };
    assert_false(hook_load(tx, &trial.vault, &manager, STR(""), trial.arena, &hook, WHY));
    assert_int_equal(trial.err.code, ERR_ABSENT);
    trial.err = (struct err){ 0 };
    tx_end(tx);
}

/* The example of the Standard Webhooks specification's libraries. */
static void hook_signature__is_the_standard_s(void **state)
{
    struct seal_key key = { 0 };
    (void)state;

    /* whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw: shorter than ours, which for HMAC is one with zeros behind it */
    assert_true(seal_unhex(STR("31f290f6bf06298aab4f08d43c3f082cf648a362da2da4b0"), key.bytes, 24));
    assert_str(hook_signature(&key, STR("msg_p5jXN8AQM9LWM0D4loKWxJek"), STR("1614265330"),
                              STR("{\"test\": 2432232314}"), trial.arena),
               "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, hook_begin, trial_end)
    const struct CMUnitTest tests[] = {
        TEST(hook_url_is_fine__takes_names_of_the_internet),
        TEST(hook_make__refuses_by_field_and_keeps_sealed),
        TEST(hook_queue__tells_who_is_concerned_what_he_chose),
        TEST(hook_outcome__backs_off_and_pauses),
        TEST(hook_outcome__of_a_call_that_ended_is_nobody),
        TEST(hook_load__is_the_organisations_own),
        TEST(hook_signature__is_the_standard_s),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
