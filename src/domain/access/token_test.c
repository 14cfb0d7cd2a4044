/* Tokens of programs: what they are worth, for whom, until when; and requests that are sent twice. */
#include "domain/access/token.h"

#include "domain/access/account.h"
#include "domain/access/repeat.h"
#include "domain/access/testing.h"

static int64_t company, manager, member, stranger;

static int token_begin(void **state)
{
    if (trial_begin(state) != 0)
        return -1;
    company = trial_organisation("PD", "青空電機", "");
    manager = trial_account(company, "manager@example.jp", ROLE_PM);
    member = trial_account(company, "member@example.jp", ROLE_PD);
    stranger = trial_account(trial_organisation("PD", "白樺通信", ""), "other@example.jp", ROLE_PM);
    return 0;
}

static struct subject person(int64_t id)
{
    return (struct subject){ .kind = SUBJECT_ACCOUNT,
                             .roles = id == member ? ROLE_PD : ROLE_PM,
                             .account_id = id,
                             .organisation_id = id == stranger ? company + 1 : company };
}

static bool make(int64_t id, const char *name, bool may_write, int64_t days, struct str *token)
{
    struct token_new values = { str_from_z(name), may_write, days };
    struct subject who = person(id);
    struct deed deed = deed_begin();
    bool made;

    deed.who = &who;
    made = token_make(&deed, &values, token, WHY);
    if (made)
        deed_done();
    else
        tx_end(TAKE(trial.tx));
    return made;
}

static struct subject whose(struct str token)
{
    struct subject who;

    ok(token_find(&trial.gate, token, trial.now, trial.arena, &who, WHY));
    return who;
}

static struct token_rows tokens_of(int64_t id)
{
    struct subject who = person(id);
    struct token_rows rows;
    struct tx *tx = NULL;

    ok(tx_begin(trial.gate.store, TX_READ, &tx, WHY));
    ok(token_list(tx, &who, trial.now, trial.arena, &rows, WHY));
    tx_end(tx);
    return rows;
}

static bool end(int64_t id, struct str public_id)
{
    struct subject who = person(id);
    struct deed deed = deed_begin();
    bool ended;

    deed.who = &who;
    ended = token_end(&deed, public_id, WHY);
    if (ended)
        deed_done();
    else
        deed_drop();
    return ended;
}

static void token_make__gives_what_only_its_owner_has(void **state)
{
    struct str token;
    struct subject who;
    (void)state;

    ok(make(manager, "tracker", true, 30, &token));
    assert_true(str_starts(token, STR(TOKEN_PREFIX)));
    who = whose(token);
    assert_int_equal(who.account_id, manager);
    assert_int_equal(who.organisation_id, company);
    assert_int_equal(who.roles, ROLE_PM);
    assert_true(who.may_write);
    assert_int_equal(who.session_id, 0);
    assert_int_equal(
        trial_count("SELECT count(*) FROM api_token WHERE instr(token_hash, 'noroshi')"), 0);
    assert_int_equal(trial_count("SELECT count(*) FROM outbox WHERE notice = 'TOKEN'"),
                     1); /* C06 */
    assert_int_equal(trial_count("SELECT count(*) FROM access_event WHERE kind = 'token.made'"), 1);
    assert_int_equal(whose(STR("noroshi_x")).kind, SUBJECT_NOBODY);
    assert_int_equal(whose(STR("")).kind, SUBJECT_NOBODY);
    assert_int_equal(whose(str_take(token, token.len - 1)).kind, SUBJECT_NOBODY);
}

static void token_make__refuses_by_field(void **state)
{
    static const struct {
        int64_t *who;
        const char *name, *subject;
        bool may_write;
        int64_t days;
    } rows[] = {
        { &manager, "", "name", false, 30 },
        { &manager, "a\nb", "name", false, 30 },
        { &member, "tracker", "scope", true, 30 },
        { &manager, "tracker", "days", false, 0 },
        { &manager, "tracker", "days", false, TOKEN_DAYS_MAX + 1 },
    };
    struct str token;
    (void)state;

    for (size_t i = 0; i < COUNT(rows); i++) {
        assert_false(make(*rows[i].who, rows[i].name, rows[i].may_write, rows[i].days, &token));
        assert_int_equal(trial.err.code, ERR_INPUT);
        assert_string_equal(trial.err.subject, rows[i].subject);
        trial.err = (struct err){ 0 };
    }
    for (int i = 0; i < TOKENS_MAX; i++)
        ok(make(manager, "one more", false, 30, &token));
    assert_false(make(manager, "too many", false, 30, &token));
    assert_string_equal(trial.err.subject, "tokens");
}

static void token_find__reads_account_and_time_anew(void **state)
{
    struct account *account;
    struct str token, other;
    struct tx *tx = NULL;
    struct deed deed;
    (void)state;

    ok(make(member, "board", false, 30, &token));
    ok(make(member, "short", false, 1, &other));
    trial.now = utc_add_days(trial.now, 1);
    assert_int_equal(whose(other).kind, SUBJECT_NOBODY); /* at its end */
    assert_int_equal(whose(token).kind, SUBJECT_ACCOUNT);
    ok(tx_begin(trial.gate.store, TX_READ, &tx, WHY));
    ok(account_by_id(tx, member, trial.arena, &account, WHY));
    tx_end(tx);
    deed = deed_begin();
    ok(account_set_disabled(&deed, account, true, WHY));
    deed_done();
    assert_int_equal(whose(token).kind, SUBJECT_NOBODY);
    trial_run("UPDATE account SET state = 'ACTIVE'"); /* back again: the token is not */
    assert_int_equal(whose(token).kind, SUBJECT_NOBODY);
}

static void token_end__is_its_owners_and_their_managers(void **state)
{
    struct str token;
    (void)state;

    ok(make(member, "board", false, 30, &token));
    assert_int_equal(tokens_of(member).len, 1);
    assert_int_equal(tokens_of(manager).len, 1);
    assert_int_equal(tokens_of(stranger).len, 0);
    assert_false(end(stranger, tokens_of(member).at[0].public_id));
    assert_int_equal(whose(token).kind, SUBJECT_ACCOUNT);
    assert_true(end(manager, tokens_of(member).at[0].public_id));
    assert_int_equal(whose(token).kind, SUBJECT_NOBODY);
    assert_false(end(member, tokens_of(member).at[0].public_id)); /* once */
    trial.now = utc_add_days(trial.now, 120);
    assert_int_equal(tokens_of(member).len, 0);
}

/* C30 */
static void repeat_find__knows_a_request_by_person_key_and_content(void **state)
{
    struct repeat kept = { .key = hash_of(STR("key")),
                           .request = hash_of(STR("text")),
                           .status = 201,
                           .answer = STR("{}"),
                           .etag = STR("\"1\"") },
                  again = { .key = kept.key, .request = kept.request }, other = again;
    struct subject who = person(manager), colleague = person(member);
    struct deed deed = deed_begin();
    bool found;
    (void)state;

    deed.who = &who;
    ok(repeat_find(&deed, &again, &found, WHY));
    assert_false(found);
    ok(repeat_keep(&deed, &kept, WHY));
    ok(repeat_find(&deed, &again, &found, WHY));
    assert_true(found);
    assert_int_equal(again.status, 201);
    assert_str(again.answer, "{}");
    assert_str(again.etag, "\"1\"");
    other.request = hash_of(STR("other text"));
    assert_false(repeat_find(&deed, &other, &found, WHY));
    assert_int_equal(trial.err.code, ERR_REPEATED);
    deed.who = &colleague;
    ok(repeat_find(&deed, &again, &found, WHY));
    assert_false(found);
    ok(repeat_purge(deed.tx, utc_add_days(trial.now, REPEAT_DAYS), WHY));
    deed.who = &who;
    ok(repeat_find(&deed, &again, &found, WHY));
    assert_true(found);
    ok(repeat_purge(deed.tx, utc_add_days(trial.now, REPEAT_DAYS + 1), WHY));
    ok(repeat_find(&deed, &again, &found, WHY));
    assert_false(found);
    deed_done();
}

/* C48 */
static void token_is_in__knows_what_was_copied_too_far(void **state)
{
    struct str token;
    (void)state;

    ok(make(manager, "tracker", false, 30, &token));
    assert_true(token_is_in(token));
    assert_true(token_is_in(arena_printf(trial.arena, "noroshi_ は %.*s です", STR_ARG(token))));
    assert_true(token_is_in(STR("whsec_Z5aptlLJ6iAxnYQsl0JcerI0Fr4KkbButYemxaJDbQI=")));
    assert_false(token_is_in(str_take(token, token.len - 1)));
    assert_false(token_is_in(STR("The token begins with noroshi_, the secret with whsec_.")));
    assert_false(token_is_in(STR("")));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, token_begin, trial_end)
    const struct CMUnitTest tests[] = {
        TEST(token_make__gives_what_only_its_owner_has),
        TEST(token_make__refuses_by_field),
        TEST(token_find__reads_account_and_time_anew),
        TEST(token_end__is_its_owners_and_their_managers),
        TEST(token_is_in__knows_what_was_copied_too_far),
        TEST(repeat_find__knows_a_request_by_person_key_and_content),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
