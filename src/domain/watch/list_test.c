/* API-02, API-03: whose a list is, when it is searched, what becomes of it, and when its news are told. */
#include "domain/access/testing.h"
#include "domain/catalog/testing.h"

#include "base/record.h"
#include "domain/watch/tell.h"
#include "domain/watch/upload.h"

enum { REST_MS = 5 * 60 * 1000 };

static struct shelf *shelf;
static struct watch_desk at;
static struct subject owner, colleague, stranger;

static struct subject person(int64_t organisation, const char *email)
{
    return (struct subject){ .kind = SUBJECT_ACCOUNT,
                             .account_id = trial_account(organisation, email, ROLE_PD),
                             .organisation_id = organisation };
}

static int begin(void **state)
{
    int64_t ours, theirs;

    (void)state;
    trial_begin(state);
    shelf_set_up((void **)&shelf);
    ours = trial_organisation("PD", "見本企業", "");
    theirs = trial_organisation("PD", "別の企業", "");
    owner = person(ours, "owner@example.jp");
    colleague = person(ours, "colleague@example.jp");
    stranger = person(theirs, "stranger@example.jp");
    at = (struct watch_desk){ trial.gate.store, shelf->store, REST_MS };
    return 0;
}

static int end(void **state)
{
    void *shelf_state = shelf;

    shelf_tear_down(&shelf_state);
    return trial_end(state);
}

/* The catalogue learns of an entry, at that moment. */
static void tell_catalog(const char *id, const char *title, const char *cpe, struct utc modified)
{
    struct catalog_record record = {
        .source = SOURCE_NVD, .id = str_from_z(id), .modified = modified, .published = modified
    };

    ok(tx_begin(shelf->store, TX_WRITE, &shelf->tx, WHY));
    shelf->batch = catalog_batch_new(shelf->tx, 0, trial.now);
    shelf_add_text(shelf, &record, TEXT_TITLE, "en", title);
    shelf_add_cpe(shelf, &record, cpe);
    (void)shelf_put(shelf, &record, NULL);
    shelf_end(shelf);
}

static struct deed deed_of(const struct subject *who)
{
    struct deed deed = deed_begin();

    deed.who = who;
    return deed;
}

static struct watch_list make(const char *product)
{
    struct deed deed = deed_of(&owner);
    struct watch_keys keys = { 0 };
    struct watch_list list;
    size_t added;

    VEC_PUSH(trial.arena, &keys, str_from_z(product));
    ok(watch_list_make(&deed, STR("玄関"), trial.arena, &list, WHY));
    ok(watch_list_add_products(&deed, &list, &keys, &added, WHY));
    assert_int_equal(added, 1);
    deed_done();
    return list;
}

static void search(const struct watch_list *list)
{
    ok(watch_list_search(&at, list->id, trial.now, WHY));
}

static int64_t due(void)
{
    int64_t list;

    ok(watch_list_due(&at, trial.now, &list, WHY));
    return list;
}

static struct watch_items findings(const struct watch_list *list, bool is_changed)
{
    const struct watch_filter filter = { .state = WATCH_STATES,
                                         .severity = CATALOG_SEVERITIES,
                                         .is_changed = is_changed,
                                         .limit = 100 };
    struct watch_items items;
    struct tx *tx = NULL;
    int64_t count;

    ok(tx_begin(trial.gate.store, TX_READ, &tx, WHY));
    ok(watch_list_findings(tx, list->id, &filter, trial.arena, &items, &count, WHY));
    tx_end(tx);
    assert_int_equal(items.len, count);
    return items;
}

static enum err_code find_as(const struct subject *who, const struct watch_list *list)
{
    struct watch_list found;
    struct tx *tx = NULL;
    struct err err = { 0 };
    bool is_there;

    ok(tx_begin(trial.gate.store, TX_READ, &tx, WHY));
    is_there = watch_list_find(tx, who, list->public_id, trial.arena, &found, &err);
    tx_end(tx);
    assert_int_equal(is_there, err.code == ERR_NONE);
    return err.code;
}

/* API-02: its owner's, its organisation's when the owner says so, and for others there is no such list. */
static void list__is_its_owners(void **state)
{
    static const struct subject finder = { .kind = SUBJECT_FINDER };
    struct watch_list list = make("sample:router");
    struct deed deed;
    struct err err = { 0 };
    (void)state;

    assert_int_equal(find_as(&owner, &list), ERR_NONE);
    assert_int_equal(find_as(&colleague, &list), ERR_ABSENT);
    assert_int_equal(find_as(&stranger, &list), ERR_ABSENT);
    assert_int_equal(find_as(&finder, &list), ERR_ABSENT);
    assert_int_equal(find_as(&trial.office, &list), ERR_ABSENT);
    deed = deed_of(&owner);
    list.is_shared = true;
    ok(watch_list_set(&deed, &list, WHY));
    deed_done();
    assert_int_equal(find_as(&colleague, &list), ERR_NONE);
    assert_int_equal(find_as(&stranger, &list), ERR_ABSENT);
    list.is_own = false; /* as a colleague has it */
    deed = deed_of(&colleague);
    assert_false(watch_list_remove(&deed, &list, &err));
    assert_int_equal(err.code, ERR_ABSENT);
    deed_drop();
}

/* API-03: what is new joins, what says something else is marked, what was decided stays, what nobody looked at goes with its product. */
/* VDB-14: what is watched, each product once, those of most lists first; nobody's who is no longer there. */
static void registered__is_what_anybody_watches(void **state)
{
    struct catalog_strings keys;
    struct tx *tx = NULL;

    (void)state;
    make("apache:http_server");
    make("npm:lodash");
    make("npm:lodash");
    ok(tx_begin(trial.gate.store, TX_READ, &tx, WHY));
    ok(watch_registered(tx, 10, trial.arena, &keys, WHY));
    assert_int_equal(keys.len, 2);
    assert_true(str_eq_z(keys.at[0], "npm:lodash"));
    assert_true(str_eq_z(keys.at[1], "apache:http_server"));
    ok(watch_registered(tx, 1, trial.arena, &keys, WHY));
    assert_int_equal(keys.len, 1);
    tx_end(tx);
}

static void list__is_searched_again(void **state)
{
    const struct utc before = { trial.now.ms - UTC_DAY };
    struct watch_list list;
    struct watch_keys keys = { 0 };
    struct watch_items items;
    struct deed deed;
    size_t removed;
    (void)state;

    tell_catalog("CVE-2026-1", "first", "cpe:2.3:o:sample:router:*:*:*:*:*:*:*:*", before);
    tell_catalog("CVE-2026-2", "second", "cpe:2.3:o:sample:router:*:*:*:*:*:*:*:*", before);
    tell_catalog("CVE-2026-3", "another", "cpe:2.3:o:sample:bridge:*:*:*:*:*:*:*:*", before);
    list = make("sample:router");
    assert_int_equal(due(), list.id);
    search(&list);
    assert_int_equal(due(), 0);
    assert_int_equal(findings(&list, false).len, 2);
    deed = deed_of(&owner);
    ok(watch_list_decide(&deed, &list, STR("CVE-2026-1"), WATCH_DONE, STR("錠を替えた"), WHY));
    deed_done();

    trial.now.ms += REST_MS / 2;
    tell_catalog("CVE-2026-1", "first, and worse", "cpe:2.3:o:sample:router:*:*:*:*:*:*:*:*",
                 trial.now);
    assert_int_equal(due(), 0); /* the catalogue may go on changing */
    trial.now.ms += REST_MS;
    assert_int_equal(due(), list.id);
    search(&list);
    items = findings(&list, true);
    assert_int_equal(items.len, 1);
    assert_str(items.at[0].title_en, "first, and worse");
    assert_str(items.at[0].note, "錠を替えた");
    assert_int_equal(items.at[0].state, WATCH_DONE);

    deed = deed_of(&owner);
    VEC_PUSH(trial.arena, &keys, STR("sample:router"));
    ok(watch_list_remove_products(&deed, &list, &keys, &removed, WHY));
    deed_done();
    assert_int_equal(due(), list.id);
    search(&list);
    items = findings(&list, false);
    assert_int_equal(items.len, 1);
    assert_str(items.at[0].name, "CVE-2026-1");
    trial.now.ms += UTC_DAY + 1;
    assert_int_equal(due(), list.id); /* once a day in any case */
}

/* A list that cannot be searched lets the others go first. */
static void list__waits_when_it_cannot_be_searched(void **state)
{
    struct watch_list first = make("sample:router"), second = make("sample:bridge");
    (void)state;

    assert_int_equal(due(), first.id);
    ok(watch_list_set_aside(&at, first.id, trial.now, WHY));
    assert_int_equal(due(), second.id);
    search(&second);
    assert_int_equal(due(), 0);
    trial.now.ms += UTC_MINUTE;
    assert_int_equal(due(), first.id);
}

/* N30: in the morning at seven, on Mondays at seven, an hour ago. */
static void rhythm__has_its_hour(void **state)
{
    static const struct {
        enum watch_rhythm rhythm;
        struct civil now, edge;
    } rows[] = {
        { WATCH_DAILY, { 2026, 11, 21, 10, 0, 0, 0 }, { 2026, 11, 21, 7, 0, 0, 0 } },
        { WATCH_DAILY, { 2026, 11, 21, 6, 59, 59, 0 }, { 2026, 11, 20, 7, 0, 0, 0 } },
        { WATCH_DAILY, { 2026, 11, 21, 7, 0, 0, 0 }, { 2026, 11, 21, 7, 0, 0, 0 } },
        { WATCH_WEEKLY, { 2026, 11, 21, 10, 0, 0, 0 }, { 2026, 11, 16, 7, 0, 0, 0 } },
        { WATCH_WEEKLY, { 2026, 11, 23, 6, 0, 0, 0 }, { 2026, 11, 16, 7, 0, 0, 0 } },
        { WATCH_WEEKLY, { 2026, 11, 23, 7, 0, 0, 0 }, { 2026, 11, 23, 7, 0, 0, 0 } },
        { WATCH_HOURLY, { 2026, 11, 21, 10, 30, 0, 0 }, { 2026, 11, 21, 9, 30, 0, 0 } },
    };
    (void)state;

    for (size_t i = 0; i < COUNT(rows); i++) {
        print_message("case: %zu\n", i);
        assert_int_equal(watch_rhythm_edge(rows[i].rhythm, utc_from_jst(rows[i].now)).ms,
                         utc_from_jst(rows[i].edge).ms);
    }
}

/* N30: what was there when the mails began is no news; what comes afterwards is told once. */
static void news__are_told_once(void **state)
{
    static const char *const cpe = "cpe:2.3:o:sample:router:*:*:*:*:*:*:*:*";
    struct watch_list list;
    struct deed deed;
    size_t count;
    (void)state;

    tell_catalog("CVE-2026-1", "first", cpe, trial.now);
    list = make("sample:router");
    search(&list);
    tell_catalog("CVE-2026-2", "second", cpe, trial.now);
    search(&list);
    deed = deed_of(&owner);
    list.rhythm = WATCH_DAILY;
    ok(watch_list_set(&deed, &list, WHY));
    deed_done();
    trial.now.ms += UTC_DAY;
    ok(watch_tell_due(trial.gate.store, trial.now, &count, WHY));
    assert_int_equal(count, 0);
    tell_catalog("CVE-2026-3", "third", cpe, trial.now);
    search(&list);
    ok(watch_tell_due(trial.gate.store, trial.now, &count, WHY));
    assert_int_equal(count, 1);
    tell_catalog("CVE-2026-4", "fourth", cpe, trial.now);
    search(&list);
    ok(watch_tell_due(trial.gate.store, trial.now, &count, WHY));
    assert_int_equal(count, 0); /* tomorrow */
    trial.now.ms += UTC_DAY;
    ok(watch_tell_due(trial.gate.store, trial.now, &count, WHY));
    assert_int_equal(count, 1);
    assert_int_equal(trial_count("SELECT count(*) FROM outbox WHERE notice = 'N30'"), 2);
    assert_int_equal(trial_count("SELECT count(*) FROM watch_finding WHERE digest = 1"), 1);
    assert_int_equal(trial_count("SELECT count(*) FROM watch_finding WHERE digest = 2"), 1);
}

/* A list goes while it is searched and while a mail of it waits, and somebody else makes one: neither touches it. Rule: N30 */
static void list__of_a_number_that_was_removed_is_nobody(void **state)
{
    struct buf told = buf_new(trial.arena, 4096);
    struct watch_list first, second;
    struct subject maker = owner;
    struct err err = { 0 };
    struct deed deed;
    struct tx *tx = NULL;
    bool names_records;
    (void)state;

    tell_catalog("CVE-2026-1", "first", "cpe:2.3:o:sample:router:*:*:*:*:*:*:*:*", trial.now);
    first = make("sample:router");
    deed = deed_of(&owner);
    ok(watch_list_remove(&deed, &first, WHY));
    deed_done();
    owner = stranger;
    second = make("sample:router");
    owner = maker;
    assert_false(watch_list_search(&at, first.id, trial.now, &err));
    assert_int_equal(err.code, ERR_ABSENT);
    assert_int_equal(findings(&second, false).len, 0);
    assert_int_equal(due(), second.id);
    err = (struct err){ 0 };
    ok(tx_begin(trial.gate.store, TX_READ, &tx, WHY));
    assert_false(watch_told(tx, first.id, 1, LANG_JA, STR("https://example.jp"), trial.arena, &told,
                            &names_records, &err));
    tx_end(tx);
    assert_int_equal(err.code, ERR_ABSENT);
    assert_int_equal(told.len, 0);
}

/* C25: the worker has read a stranger's file, and its answer is checked like one. */
static void upload__is_checked_like_a_strangers_word(void **state)
{
    static const struct {
        const char *products, *components, *unnamed;
        bool is_right;
    } rows[] = {
        { "npm:lodash\nsample:router\n", "3", "1", true },
        { "", "0", "0", true },
        { "no name\n", "1", "0", false },
        { "npm:lodash\n", "-1", "0", false },
        { "npm:lodash\n", "1", "2", false },
        { "npm:lo\x07sh\n", "1", "0", false },
        { "npm:\xff\n", "1", "0", false },
    };
    (void)state;

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct buf reply = buf_new(trial.arena, 4096);
        struct err err = { 0 };
        struct watch_upload found;

        print_message("case: %zu\n", i);
        record_put(&reply, "format", STR("CycloneDX 1.5"));
        record_put(&reply, "components", str_from_z(rows[i].components));
        record_put(&reply, "unnamed", str_from_z(rows[i].unnamed));
        record_put(&reply, "products", str_from_z(rows[i].products));
        assert_int_equal(watch_from_answer(buf_str(&reply), trial.arena, &found, &err),
                         rows[i].is_right);
        assert_int_equal(err.code, rows[i].is_right ? ERR_NONE : ERR_WORKER);
    }
}

/* API-02: an SBOM with more products than a list may have is told apart from a file that is none. */
static void upload__says_that_it_is_too_much(void **state)
{
    struct buf lines = buf_new(trial.arena, 1 << 20), question = buf_new(trial.arena, 1 << 20);
    struct watch_upload found;
    struct err err = { 0 };
    struct str reply;
    (void)state;

    for (int i = 0; i <= WATCH_PRODUCTS_MAX; i++)
        buf_printf(&lines, "pkg:npm/made-up-%d@1.0\n", i);
    watch_ask(buf_str(&lines), STR("list.txt"), &question);
    ok(watch_answer(buf_str(&question), trial.arena, &reply, WHY));
    assert_false(watch_from_answer(reply, trial.arena, &found, &err));
    assert_int_equal(err.code, ERR_TOO_LARGE);
}

#define LIST_TEST(test) cmocka_unit_test_setup_teardown(test, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        LIST_TEST(list__is_its_owners),
        LIST_TEST(registered__is_what_anybody_watches),
        LIST_TEST(list__is_searched_again),
        LIST_TEST(list__waits_when_it_cannot_be_searched),
        LIST_TEST(rhythm__has_its_hour),
        LIST_TEST(news__are_told_once),
        LIST_TEST(list__of_a_number_that_was_removed_is_nobody),
        LIST_TEST(upload__is_checked_like_a_strangers_word),
        LIST_TEST(upload__says_that_it_is_too_much),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
