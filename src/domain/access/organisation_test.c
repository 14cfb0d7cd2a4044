#include "domain/access/organisation.h"

#include "base/life_testing.h"
#include "domain/access/outbox.h"
#include "domain/access/testing.h"

static struct organisation *load(int64_t id)
{
    struct organisation *organisation = NULL;
    struct tx *tx = NULL;

    ok(tx_begin(trial.gate.store, TX_READ, &tx, WHY));
    ok(organisation_by_id(tx, id, trial.arena, &organisation, WHY));
    tx_end(tx);
    assert_non_null(organisation);
    return organisation;
}

static void registration_life__is_a_sound_table(void **state)
{
    struct err err = { 0 };
    (void)state;

    if (!life_check(&registration_life, &err))
        fail_msg("%s", err.subject);
    assert_diagram_is_current(&registration_life);
    for (size_t i = 0; i < registration_life.move_count; i++) {
        const struct move *move = &registration_life.moves[i];

        if (move->guard)
            assert_true(registration_guard_words(str_from_z(move->guard_name))[0] != 0);
    }
}

/* COO-02, COO-03, COO-07: first contact, identity, terms, preparations; nothing is skipped, and each guard holds. */
static void registration__goes_step_by_step(void **state)
{
    int64_t id = trial_organisation("PD", "登録工業", "ルーターR1");
    struct registration_step step = { STEP_IDENTIFY, STR(""), STR("") };
    struct deed deed;
    (void)state;

    assert_int_equal(load(id)->state, REGISTRATION_LISTED);
    deed = deed_begin();
    assert_false(organisation_step(&deed, id, &step, WHY)); /* not invited yet */
    assert_int_equal(trial.err.code, ERR_NO_SUCH_MOVE);
    deed_drop();

    deed = deed_begin();
    ok(organisation_step(&deed, id, &(struct registration_step){ .event = STEP_INVITE }, WHY));
    assert_false(organisation_step(&deed, id, &step, WHY)); /* how was it checked? */
    assert_int_equal(trial.err.code, ERR_NOT_READY);
    step.note = STR("代表番号へ折り返し");
    ok(organisation_step(&deed, id, &step, WHY));
    deed_done();
    assert_int_equal(load(id)->state, REGISTRATION_IDENTIFIED);
    assert_str(load(id)->identity_checked_how, "代表番号へ折り返し");

    step = (struct registration_step){ STEP_AGREE, STR(""), STR("2026-04") };
    deed = deed_begin();
    assert_false(organisation_step(&deed, id, &step, WHY)); /* nobody there can agree */
    assert_int_equal(trial.err.code, ERR_NOT_READY);
    deed_drop();
    (void)trial_account(id, "pm@example.jp", ROLE_PM);
    deed = deed_begin();
    ok(organisation_step(&deed, id, &step, WHY));
    deed_done();
    assert_str(load(id)->terms_version, "2026-04");
    assert_int_equal(load(id)->terms_agreed_at.ms, trial.now.ms);

    step = (struct registration_step){ .event = STEP_REGISTER };
    deed = deed_begin();
    assert_false(organisation_step(&deed, id, &step, WHY)); /* the four preparations are missing */
    assert_int_equal(trial.err.code, ERR_NOT_READY);
    deed_drop();
    deed = deed_begin();
    ok(organisation_prepare(&deed, id,
                            &(struct registration_preparation){ true, true, STR("DESK") }, WHY));
    ok(organisation_step(&deed, id, &step, WHY));
    deed_done();
    assert_int_equal(load(id)->state, REGISTRATION_REGISTERED);
}

/* CFD-08: with PGP chosen, registration waits for a key that its owner has confirmed. */
static void registration__waits_for_the_key(void **state)
{
    int64_t id = trial_organisation("PD", "鍵工業", ""),
            account = trial_account(id, "key@example.jp", ROLE_PM);
    struct account_key key = { STR("-----BEGIN PGP PUBLIC KEY BLOCK-----"),
                               STR("0123456789abcdef0123456789ABCDEF01234567"),
                               { 0 } };
    struct deed deed = deed_begin();
    bool matched;
    (void)state;

    ok(organisation_step(&deed, id, &(struct registration_step){ .event = STEP_INVITE }, WHY));
    ok(organisation_step(&deed, id,
                         &(struct registration_step){ STEP_IDENTIFY, STR("電話"), STR("") }, WHY));
    ok(organisation_step(&deed, id, &(struct registration_step){ STEP_AGREE, STR(""), STR("1") },
                         WHY));
    ok(organisation_prepare(&deed, id, &(struct registration_preparation){ true, true, STR("PGP") },
                            WHY));
    ok(account_put_key(&deed, account, &key, WHY));
    deed_done();
    deed = deed_begin();
    assert_false(
        organisation_step(&deed, id, &(struct registration_step){ .event = STEP_REGISTER }, WHY));
    deed_drop();
    deed = deed_begin();
    ok(account_confirm_key(&deed, account, STR("0123 4567 89AB CDEF 0123 4567 89AB CDEF 0123 4568"),
                           &matched, WHY));
    assert_false(matched);
    ok(account_confirm_key(&deed, account, STR("0123 4567 89AB CDEF 0123 4567 89ab cdef 0123 4567"),
                           &matched, WHY));
    assert_true(matched);
    ok(organisation_step(&deed, id, &(struct registration_step){ .event = STEP_REGISTER }, WHY));
    deed_done();
}

/* A manager speaks for the own organisation and takes no step that is the coordinating body's. */
static void registration__is_not_the_developers_own_to_grant(void **state)
{
    int64_t one = trial_organisation("PD", "甲社", ""), two = trial_organisation("PD", "乙社", "");
    struct subject manager = { .kind = SUBJECT_ACCOUNT, .roles = ROLE_PM, .organisation_id = one };
    struct deed deed = deed_begin();
    (void)state;

    deed.who = &manager;
    assert_false(
        organisation_step(&deed, one, &(struct registration_step){ .event = STEP_INVITE }, WHY));
    assert_int_equal(trial.err.code, ERR_NOT_YOUR_MOVE);
    trial.err = (struct err){ 0 };
    assert_false(
        organisation_step(&deed, two, &(struct registration_step){ .event = STEP_INVITE }, WHY));
    assert_int_equal(trial.err.code, ERR_ABSENT);
    trial.err = (struct err){ 0 };
    assert_false(organisation_prepare(
        &deed, two, &(struct registration_preparation){ true, true, STR("DESK") }, WHY));
    assert_int_equal(trial.err.code, ERR_ABSENT);
    deed_drop();
}

/* COO-04: what the window was, and until when; nobody's edit is lost unseen. */
static void organisation_edit__logs_the_window_and_sees_others(void **state)
{
    int64_t id = trial_organisation("PD", "窓口工業", "甲\n乙");
    struct organisation *before = load(id);
    struct organisation_values values = before->values;
    struct contact_changes changes = { 0 };
    struct deed deed = deed_begin();
    (void)state;

    values.window_email = STR("new@example.jp");
    values.products = STR("乙\n丙\n ＢＯＸ \nbox");
    ok(organisation_edit(&deed, id, before->version, &values, WHY));
    deed_done();
    assert_str(load(id)->values.products, "ＢＯＸ\n丙\n乙");
    deed = deed_begin();
    assert_false(organisation_edit(&deed, id, before->version, &values, WHY));
    assert_int_equal(trial.err.code, ERR_CHANGED_MEANWHILE);
    trial.err = (struct err){ 0 };
    ok(organisation_contact_changes(trial.tx, id, trial.arena, &changes, WHY));
    assert_int_equal(changes.len, 1);
    assert_str(changes.at[0].field, "window_email");
    assert_str(changes.at[0].before, "psirt@example.jp");
    assert_str(changes.at[0].after, "new@example.jp");
    deed_drop();
}

/* COO-06: a developer enters what it does once it is told; who changed it, and when, stays known, and CB is told of its change. */
static void organisation_edit__logs_a_developers_own_policy(void **state)
{
    int64_t id = trial_organisation("PD", "方針工業", "");
    struct subject manager = { .kind = SUBJECT_ACCOUNT,
                               .roles = ROLE_PM,
                               .account_id = trial_account(id, "pm@example.jp", ROLE_PM),
                               .organisation_id = id };
    int64_t body = trial_organisation("CB", "調整機関", "");
    struct organisation *before = load(id);
    struct organisation_values values = before->values;
    struct contact_changes changes = { 0 };
    struct deed deed;
    (void)state;

    (void)trial_account(body, "cb@example.jp", ROLE_CB);
    values.discloses_after_days = 14;
    values.reports_to = STR("見本省（24時間以内）");
    deed = deed_begin();
    deed.who = &manager;
    ok(organisation_edit(&deed, id, before->version, &values, WHY));
    ok(organisation_edit(&deed, id, before->version + 1, &values, WHY)); /* nothing changed */
    ok(organisation_contact_changes(trial.tx, id, trial.arena, &changes, WHY));
    deed_done();
    assert_int_equal(changes.len, 2);
    assert_str(changes.at[1].field, "discloses_after_days");
    assert_str(changes.at[1].before, "");
    assert_str(changes.at[1].after, "14");
    assert_int_equal(changes.at[1].at.ms, trial.now.ms);
    assert_str(changes.at[0].field, "reports_to");
    assert_int_equal(trial_count("SELECT count(*) FROM access_event WHERE kind = 'policy.changed'"),
                     1);
    assert_int_equal(trial_count("SELECT count(*) FROM outbox WHERE notice = 'N15'"), 1);
    assert_int_equal(load(id)->values.discloses_after_days, 14);
}

/* COO-01, GEN-08 */
static void organisation_check__names_every_fault(void **state)
{
    struct organisation_values values = { .kind = STR("XX"),
                                          .name_ja = STR(""),
                                          .developer_basis = STR("none"),
                                          .url = STR("javascript:1"),
                                          .window_email = STR("not an address"),
                                          .window_phone = STR("call me"),
                                          .languages = STR("fr"),
                                          .name_en = STR("a\nb") };
    static const char *const fields[] = { "kind", "name_ja",      "name_en",      "developer_basis",
                                          "url",  "window_email", "window_phone", "languages" };
    struct form_faults faults = { 0 };
    (void)state;

    organisation_check(&values, trial.arena, &faults);
    for (size_t i = 0; i < COUNT(fields); i++) {
        print_message("field: %s\n", fields[i]);
        assert_non_null(form_fault_of(&faults, str_from_z(fields[i])));
    }
    assert_int_equal(faults.len, COUNT(fields));
}

static void organisation_list__finds_names_and_products_in_any_kana(void **state)
{
    struct organisation_filter filter = { .kind = STR("PD") };
    struct tx *tx = NULL;
    (void)state;

    (void)trial_organisation("PD", "さくらネット", "メールサーバー\nSakura Wall 100%");
    (void)trial_organisation("PD", "もみじ電機", "Momiji Router");
    (void)trial_organisation("RB", "受付", "");
    ok(tx_begin(trial.gate.store, TX_READ, &tx, WHY));
    for (size_t i = 0; i < 7; i++) {
        static const struct {
            const char *text;
            int64_t found;
        } rows[] = { { "", 2 },
                     { "ｻｸﾗﾈｯﾄ", 1 },
                     { "メールサーバ", 1 },
                     { "ＭＯＭＩＪＩ router", 1 },
                     { "sakura momiji", 0 },
                     { "100%", 1 },
                     { "%", 1 } };
        struct organisation_rows found = { 0 };

        filter.text = str_from_z(rows[i].text);
        print_message("case: %s\n", rows[i].text);
        ok(organisation_list(tx, &filter, trial.arena, &found, WHY));
        assert_int_equal(found.total, rows[i].found);
        assert_int_equal(found.len, (size_t)rows[i].found);
    }
    filter = (struct organisation_filter){ .kind = STR("PD"),
                                           .state = STR("REGISTERED"),
                                           .sort = ORGANISATION_BY_CHANGE };
    {
        struct organisation_rows found = { 0 };

        ok(organisation_list(tx, &filter, trial.arena, &found, WHY));
        assert_int_equal(found.total, 0);
    }
    tx_end(tx);
}

/* COO-06: the nearest developer first; a word inside another word is none. */
static void organisation_suggest__knows_products_and_names(void **state)
{
    struct suggestions found;
    struct tx *tx = NULL;
    int64_t router, mail;
    (void)state;

    router = trial_organisation("PD", "株式会社アクメ", "Acme Router RX-9\nAI");
    mail = trial_organisation("PD", "メール工房", "Postman");
    (void)trial_organisation("PD", "無関係", "Spoon");
    ok(tx_begin(trial.gate.store, TX_READ, &tx, WHY));
    ok(organisation_suggest(tx, STR("ACME ROUTER RX-9 のログイン画面\nメール工房"), trial.arena,
                            &found, WHY));
    assert_int_equal(found.len, 2);
    assert_int_equal(found.at[0].id, router);
    assert_str(found.at[0].why, "Acme Router RX-9");
    assert_int_equal(found.at[1].id, mail);
    ok(organisation_suggest(tx, STR("emails are sent twice"), trial.arena, &found, WHY));
    assert_int_equal(found.len, 0);
    ok(organisation_suggest(tx, STR("アクメ"), trial.arena, &found, WHY));
    assert_int_equal(found.len, 1);
    ok(organisation_suggest(tx, STR(""), trial.arena, &found, WHY));
    assert_int_equal(found.len, 0);
    tx_end(tx);
}

/* CFD-07: who is left out of later handling is not suggested, and stands marked on the list. */
static void organisation_suggest__skips_those_left_out(void **state)
{
    struct suggestions found;
    struct organisation_rows rows;
    int64_t router = trial_organisation("PD", "株式会社アクメ", "Acme Router RX-9");
    struct tx *tx = NULL;
    (void)state;

    trial_run("UPDATE organisation SET handling_suspended = 1");
    ok(tx_begin(trial.gate.store, TX_READ, &tx, WHY));
    ok(organisation_suggest(tx, STR("Acme Router RX-9 アクメ"), trial.arena, &found, WHY));
    assert_int_equal(found.len, 0);
    ok(organisation_list(tx, &(struct organisation_filter){ .kind = STR("PD") }, trial.arena, &rows,
                         WHY));
    assert_int_equal(rows.at[0].id, router);
    assert_true(rows.at[0].is_left_out);
    tx_end(tx);
}

/* GEN-09: a body is kept as any organisation, with the basis and the date of its designation; it needs no registration. */
static void organisation__of_a_body_has_its_designation(void **state)
{
    int64_t id = trial_organisation("CB", "調整機関", "");
    struct organisation *body = load(id);
    struct organisation_values values = body->values;
    struct deed deed;
    (void)state;

    assert_int_equal(body->state, REGISTRATION_REGISTERED);
    values.designation_basis = STR("令和6年経済産業省告示第93号");
    values.designated_at = utc_from_jst((struct civil){ .year = 2024, .month = 6, .day = 18 });
    values.name_ja = STR("別の名の調整機関");
    deed = deed_begin();
    ok(organisation_edit(&deed, id, body->version, &values, WHY));
    deed_done();
    body = load(id);
    assert_str(body->values.designation_basis, "令和6年経済産業省告示第93号");
    assert_int_equal(body->values.designated_at.ms, values.designated_at.ms);
    assert_str(body->values.name_ja, "別の名の調整機関");
}

/* CFD-14: what goes to a developer goes to its manager and deputies, and to nobody else there. */
static void outbox_to_managers__reaches_managers_and_deputies_alone(void **state)
{
    int64_t maker = trial_organisation("PD", "甲社", ""),
            other = trial_organisation("PD", "乙社", "");
    struct deed deed;
    (void)state;

    (void)trial_account(maker, "pm@example.jp", ROLE_PM);
    (void)trial_account(maker, "deputy@example.jp", ROLE_PM | ROLE_PD);
    (void)trial_account(maker, "reader@example.jp", ROLE_PD);
    (void)trial_account(other, "pm@example.com", ROLE_PM);
    deed = deed_begin();
    ok(outbox_to_managers(deed.tx, &(struct news){ .notice = "N07", .case_id = 1 }, maker,
                          trial.now, WHY));
    deed_done();
    assert_int_equal(trial_count("SELECT COUNT(*) FROM outbox"), 2);
    assert_int_equal(
        trial_count(
            "SELECT COUNT(*) FROM outbox o JOIN account a ON a.id = o.account_id WHERE a.email IN ('pm@example.jp', 'deputy@example.jp')"),
        2);
}

static void look_at_keys_on(struct utc day)
{
    struct deed deed = deed_begin();

    ok(account_tell_keys(deed.tx, day, WHY));
    deed_done();
}

/* CFD-08: a key that ends is told a month before and once more at its end, each once; a key that holds is told to nobody. */
static void account_tell_keys__warns_before_and_at_the_end(void **state)
{
    static const char owners[] = "SELECT COUNT(*) FROM outbox WHERE notice = 'KEY_ENDS'",
                      managers[] = "SELECT COUNT(*) FROM outbox WHERE notice = 'KEY_ENDS_THERE'";
    int64_t maker = trial_organisation("PD", "甲社", "");
    struct utc end = utc_add_days(trial.now, 60);
    struct registration_facts facts;
    struct organisation *organisation = load(maker);
    struct tx *tx = NULL;
    (void)state;

    (void)trial_account(maker, "pm@example.jp", ROLE_PM);
    (void)trial_account(maker, "reader@example.jp", ROLE_PD);
    trial_run(arena_z(
        trial.arena,
        arena_printf(
            trial.arena,
            "UPDATE account SET pgp_key = 'k', pgp_fingerprint = 'F', pgp_confirmed_at = 1, pgp_expires = %lld",
            (long long)end.ms)));
    look_at_keys_on(trial.now);
    assert_int_equal(trial_count(owners), 0);
    for (int days = 31; days <= 59; days++)
        look_at_keys_on(utc_add_days(trial.now, days));
    assert_int_equal(trial_count(owners), 2);
    assert_int_equal(trial_count(managers),
                     1); /* of the reader's key; the manager has its own mail */
    for (int days = 60; days <= 90; days++)
        look_at_keys_on(utc_add_days(trial.now, days));
    assert_int_equal(trial_count(owners), 4);
    assert_int_equal(account_key_end(end, utc_add_days(end, -31)), KEY_HOLDS);
    assert_int_equal(account_key_end(end, utc_add_days(end, -29)), KEY_ENDS_SOON);
    assert_int_equal(account_key_end(end, end), KEY_HAS_ENDED);
    assert_int_equal(account_key_end((struct utc){ 0 }, end), KEY_HOLDS);
    /* An expired key protects nothing (COO-03 d). */
    ok(tx_begin(trial.gate.store, TX_READ, &tx, WHY));
    ok(organisation_facts(tx, organisation, NULL, trial.now, &facts, WHY));
    assert_true(facts.is_protected);
    ok(organisation_facts(tx, organisation, NULL, end, &facts, WHY));
    assert_false(facts.is_protected);
    tx_end(tx);
}

int main(void)
{
#define TRIAL(test) cmocka_unit_test_setup_teardown(test, trial_begin, trial_end)
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(registration_life__is_a_sound_table),
        TRIAL(registration__goes_step_by_step),
        TRIAL(registration__waits_for_the_key),
        TRIAL(registration__is_not_the_developers_own_to_grant),
        TRIAL(organisation_edit__logs_the_window_and_sees_others),
        TRIAL(organisation_edit__logs_a_developers_own_policy),
        TRIAL(organisation_check__names_every_fault),
        TRIAL(organisation_list__finds_names_and_products_in_any_kana),
        TRIAL(organisation__of_a_body_has_its_designation),
        TRIAL(outbox_to_managers__reaches_managers_and_deputies_alone),
        TRIAL(organisation_suggest__knows_products_and_names),
        TRIAL(organisation_suggest__skips_those_left_out),
        TRIAL(account_tell_keys__warns_before_and_at_the_end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
