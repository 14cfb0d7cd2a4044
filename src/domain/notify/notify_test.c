#include "domain/casework/casework_testing.h"

#include "domain/access/outbox.h"
#include "domain/advisory/view.h"
#include "domain/notify/notify.h"

static struct tx *begin(struct desk_fixture *f, enum tx_kind kind)
{
    struct tx *tx = NULL;

    MUST(f, tx_begin(f->store, kind, &tx, &f->err));
    return tx;
}

static const struct notify *notify_of(struct desk_fixture *f)
{
    static struct notify n;

    n = (struct notify){ .casework = &f->w,
                         .desk_url = STR("http://desk.localhost:8081"),
                         .receiving_body_ja = STR("受付機関"),
                         .coordinating_body_ja = STR("調整機関"),
                         .receiving_body_en = STR("RB"),
                         .coordinating_body_en = STR("CB") };
    return &n;
}

/* Every notice there is, as if it had been caused by an entry that carries a canary. */
static void queue_every_notice(struct desk_fixture *f)
{
    struct tx *tx = begin(f, TX_WRITE);
    struct receipt receipt;
    struct product_case c;
    struct entry entry;

    MUST(f, intake_submit(&f->w, tx, testing_form(f), STR("draft"), LANG_JA, STR("FORM"), f->now,
                          f->arena, &receipt, &f->err));
    MUST(f, case_load_by_id(&f->w, tx, 1, f->arena, &c, &f->err));
    MUST(f, talk_say(tx, &f->rb, &c, THREAD_FINDER, NULL, TALK_QUESTION,
                     STR("canary-M: which firmware?"), f->now, f->arena, &entry, &f->err));
    for (size_t i = 0; i < notice_row_count; i++) {
        struct news news = {
            .notice = notice_rows[i].notice, .case_id = 1, .report_id = 1, .seq = entry.seq
        };

        MUST(f, outbox_to_account(tx, &news, f->pm1.account_id, f->now, &f->err));
        MUST(f, outbox_to_finder(tx, &news, f->now, &f->err));
    }
    MUST(f, tx_commit(&tx, &f->err));
}

static bool says(struct str text, const char *what) { return str_contains(text, str_from_z(what)); }

/* T83, CFD-08: subject and plain body tell nothing of a case, its texts or its finder, for any notice. */
static void notify_compose__says_nothing_in_the_clear(void **state)
{
    struct desk_fixture *f = *state;
    struct notice_ids ids;
    struct tx *tx;

    queue_every_notice(f);
    tx = begin(f, TX_READ);
    MUST(f, notify_due(tx, f->now, 1000, f->arena, &ids, &f->err));
    assert_true(ids.len >= 2 * notice_row_count);
    for (size_t i = 0; i < ids.len; i++) {
        struct notice n;
        bool has_address;

        MUST(f, notify_compose(notify_of(f), tx, ids.at[i], f->now, f->arena, &n, &has_address,
                               &f->err));
        assert_true(has_address);
        assert_false(says(n.body, "canary") || says(n.subject, "canary"));
        assert_false(says(n.body, "Sample Router") || says(n.subject, "Sample Router"));
        assert_false(says(n.body, "K-20") || says(n.subject, "K-20"));
        assert_true(says(n.body, "http://desk.localhost:8081"));
        assert_int_equal(n.secret_body.len, 0); /* no key, no content */
    }
    tx_end(tx);
}

/* The finder's address comes from the sealed identity, and nowhere else. */
static void notify_compose__writes_to_the_finder(void **state)
{
    const struct query finder = {
        "finder", "SELECT id FROM outbox WHERE account_id IS NULL LIMIT 1", NULL, 0, NULL, 0
    };
    struct desk_fixture *f = *state;
    struct notice n;
    bool has_address;
    struct tx *tx;
    int64_t id;

    queue_every_notice(f);
    tx = begin(f, TX_READ);
    MUST(f, store_number(tx, &finder, NO_BINDS, 0, &id, &f->err));
    MUST(f, notify_compose(notify_of(f), tx, id, f->now, f->arena, &n, &has_address, &f->err));
    assert_str(n.to, "canary-i@example.jp");
    tx_end(tx);
}

/* With a confirmed key the words go along, encrypted; with an expired one they do not. */
static void notify_compose__adds_content_only_for_a_usable_key(void **state)
{
    const struct query key = {
        "key",
        "UPDATE account SET pgp_key = 'armor', pgp_fingerprint = 'F', pgp_confirmed_at = 1, pgp_expires = :expires WHERE id = 4",
        (const char *const[]){ "expires" },
        1,
        NULL,
        0
    };
    const struct query one = {
        "one", "SELECT id FROM outbox WHERE account_id = 4 AND notice = 'N38'", NULL, 0, NULL, 0
    };
    struct desk_fixture *f = *state;
    struct notice n;
    bool has_address;
    struct tx *tx;
    int64_t id;

    queue_every_notice(f);
    tx = begin(f, TX_WRITE);
    MUST(f, store_number(tx, &one, NO_BINDS, 0, &id, &f->err));
    MUST(f, store_exec(tx, &key, BINDS(bind_int("expires", f->now.ms + 1000)), NULL, &f->err));
    MUST(f, notify_compose(notify_of(f), tx, id, f->now, f->arena, &n, &has_address, &f->err));
    assert_true(says(n.secret_body, "canary-M") && says(n.secret_body, "K-"));
    assert_false(says(n.body, "canary-M"));
    MUST(f, store_exec(tx, &key, BINDS(bind_int("expires", f->now.ms - 1000)), NULL, &f->err));
    MUST(f, notify_compose(notify_of(f), tx, id, f->now, f->arena, &n, &has_address, &f->err));
    assert_int_equal(n.secret_body.len, 0);
    assert_int_equal(n.pgp_key.len, 0);
    tx_end(tx);
}

/* PUB-01: what a rehearsal found is kept as it was found, and said to each reader in his own language. */
static void notify_compose__says_a_rehearsal_in_the_readers_language(void **state)
{
    const struct query key = {
        "key",
        "UPDATE account SET pgp_key = 'armor', pgp_fingerprint = 'F', pgp_confirmed_at = 1, lang = :lang WHERE id = 4",
        (const char *const[]){ "lang" },
        1,
        NULL,
        0
    };
    static const struct {
        const char *lang, *words;
    } rows[] = { { "en", "Please write this section" }, { "ja", "この項目" } };
    const struct query last = { "last", "SELECT max(id) AS id FROM outbox", NULL, 0, NULL, 0 };
    struct desk_fixture *f = *state;
    struct advisory_faults found = { 0 }, read = { 0 };
    struct details details = { .code = STR("faults") };
    struct product_case c;
    struct entry entry;
    struct notice n;
    bool has_address;
    struct tx *tx;
    int64_t id;

    queue_every_notice(f);
    VEC_PUSH(
        f->arena, &found,
        (struct advisory_fault){
            STR("en.overview"), "Please write this section; it must be there in both languages." });
    tx = begin(f, TX_WRITE);
    MUST(f, case_load_by_id(&f->w, tx, 1, f->arena, &c, &f->err));
    MUST(f, advisory_faults_to_record(&found, f->arena, &details.payload, &f->err));
    advisory_faults_from_record(details.payload, f->arena, &read);
    assert_int_equal(read.len, 1);
    assert_str(read.at[0].field, "en.overview");
    MUST(f, case_note(tx, &f->cb, &c, 0, "advisory.rehearsed", &details, f->now, f->arena, &entry,
                      &f->err));
    MUST(f, outbox_to_account(
                tx, &(struct news){ .notice = "REHEARSAL", .case_id = 1, .seq = entry.seq },
                f->pm1.account_id, f->now, &f->err));
    MUST(f, store_number(tx, &last, NO_BINDS, 0, &id, &f->err));
    for (size_t i = 0; i < COUNT(rows); i++) {
        print_message("language: %s\n", rows[i].lang);
        MUST(f, store_exec(tx, &key, BINDS(bind_text("lang", str_from_z(rows[i].lang))), NULL,
                           &f->err));
        MUST(f, notify_compose(notify_of(f), tx, id, f->now, f->arena, &n, &has_address, &f->err));
        assert_true(says(n.secret_body, rows[i].words));
        assert_true(says(n.secret_body, "en.overview"));
        assert_false(says(n.body, rows[i].words));
    }
    tx_end(tx);
}

/* A mail that cannot go now is tried again later and later, and given up after days, never lost silently. */
static void notify_outcome__backs_off_and_gives_up(void **state)
{
    const struct query waits = {
        "waits", "SELECT due FROM outbox WHERE id = 1 AND state = 'QUEUED'", NULL, 0, NULL, 0
    };
    const struct query failed = {
        "failed", "SELECT count(*) AS n FROM outbox WHERE id = 1 AND state = 'FAILED'",
        NULL,     0,
        NULL,     0
    };
    struct desk_fixture *f = *state;
    struct tx *tx;
    int64_t due, last = 0, n;

    queue_every_notice(f);
    tx = begin(f, TX_WRITE);
    for (int i = 0; i < 6; i++) {
        MUST(f, notify_outcome(tx, 1, NOTIFY_LATER, STR("451"), f->now, &f->err));
        MUST(f, store_number(tx, &waits, NO_BINDS, 0, &due, &f->err));
        assert_true(due - f->now.ms > last);
        last = due - f->now.ms;
    }
    MUST(f, notify_outcome(tx, 1, NOTIFY_LATER, STR("451"), utc_add_days(f->now, 4), &f->err));
    MUST(f, store_number(tx, &failed, NO_BINDS, 0, &n, &f->err));
    assert_int_equal(n, 1);
    tx_end(tx);
}

#define STORY(name) cmocka_unit_test_setup_teardown(name, desk_fixture_up, desk_fixture_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        STORY(notify_compose__says_nothing_in_the_clear),
        STORY(notify_compose__writes_to_the_finder),
        STORY(notify_compose__adds_content_only_for_a_usable_key),
        STORY(notify_compose__says_a_rehearsal_in_the_readers_language),
        STORY(notify_outcome__backs_off_and_gives_up),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
