/* Random histories: everybody does what he likes, allowed or not, to a few product cases; after each step the 20 invariants of the domain
 * model hold, what is refused is refused with a reason and leaves no trace, and what the ledger says rebuilds every cache.
 * NOROSHI_SEED=N lives that one history again, NOROSHI_HISTORIES=N that many; NOROSHI_LONG lives 100,000. */
#include "domain/notify/histories_invariants.h"

#include "base/settings.h"

#ifdef __SANITIZE_ADDRESS__ /* ten times slower */
enum { HISTORIES = 1000, HISTORIES_LONG = 10000 };
#else
enum { HISTORIES = 1000, HISTORIES_LONG = 100000 };
#endif
enum { THOROUGH_EVERY = 16, WILLINGLY = 30, TRIES = 6 };

struct lived {
    struct throw throws[STEPS_MAX];
    size_t len;
    const char *fault; /* NULL: every invariant held; lives until the next history */
    const struct invariant *broken;
};

/* How often each command succeeded and each state was seen, over all histories: a generator that never gets there proves nothing. */
struct coverage {
    unsigned done[COUNT(commands)], refused[COUNT(commands)];
    unsigned states[CASE_STATES];
};

/* ---- the people ---- */

static struct subject partner_of_kind(struct desk_fixture *f, struct tx *tx, const char *kind,
                                      unsigned role, int64_t account, struct str *public_id)
{
    struct partner_values v = { .kind = str_from_z(kind),
                                .name_ja = str_from_z(kind),
                                .sector =
                                    str_eq_z(str_from_z(kind), "CI") ? STR("POWER") : STR_NONE,
                                .agreement = STR("signed"),
                                .agreed_at = utc_add_days(f->now, -9) };
    struct deed by = { tx, &f->cb, f->now, f->arena };
    struct partner partner;
    struct subject person;

    MUST(f, partner_add(&by, &v, public_id, &f->err));
    MUST(f, partner_by_public_id(tx, *public_id, f->arena, &partner, &f->err));
    person = testing_person(f, tx, account, partner.organisation_id, role);
    by.who = &person;
    for (int i = 0; i < PARTNER_CONDITIONS && role == ROLE_CI; i++)
        MUST(f, partner_confirm(&by, (enum partner_condition)i, &f->err));
    return person;
}

static const struct query keys_for_all = {
    "keys_for_all",
    "UPDATE account SET pgp_key = 'armor', pgp_fingerprint = 'F', pgp_confirmed_at = 1",
    NULL,
    0,
    NULL,
    0
};

static void people(struct history *h)
{
    struct desk_fixture *f = h->f;
    struct settings settings;
    struct tx *tx = NULL;

    f->w.priority_sender = ROLE_CB;
    f->w.date_changes_alone = 1;
    h->now = f->now;
    h->form = testing_form(f);
    MUST(f, tx_begin(f->store, TX_WRITE, &tx, &f->err));
    h->actors[RB_1] = f->rb;
    h->actors[RB_2] = f->rb2;
    h->actors[CB_1] = f->cb;
    h->actors[CB_2] = testing_person(f, tx, 7, 2, ROLE_CB);
    h->actors[PM_1] = f->pm1;
    h->actors[PM_2] = f->pm2;
    h->actors[PM_3] = f->pm3;
    h->actors[READER_1] = testing_person(f, tx, 8, FIRST_VENDOR, ROLE_PD);
    h->actors[ADMINISTRATOR] = testing_person(f, tx, 9, 1, ROLE_ADMIN);
    h->actors[AUDITOR] = testing_person(f, tx, 10, 1, ROLE_AUDITOR);
    h->actors[RECIPIENT] = partner_of_kind(f, tx, "CI", ROLE_CI, 11, &h->recipient);
    h->actors[ANALYST] = partner_of_kind(f, tx, "AN", ROLE_AN, 12, &h->analyst);
    h->actors[ABROAD] = partner_of_kind(f, tx, "FB", ROLE_FB, 13, &h->abroad);
    h->actors[CLOCK] = subject_clock();
    h->actors[FINDER] = h->actors[STRANGER] =
        (struct subject){ .kind = SUBJECT_FINDER, .roles = ROLE_FINDER };
    MUST(f, store_exec(tx, &keys_for_all, NO_BINDS, NULL, &f->err));
    MUST(f, tx_commit(&tx, &f->err));
    MUST(f, settings_load(STR_NONE, NULL, f->arena, &settings, &f->err));
    MUST(f, statistics_rules_from(&settings, &h->rules, &f->err));
}

/* ---- one step ---- */

NUMBER(entries_now, "SELECT coalesce(max(seq), 0) AS n FROM ledger WHERE :case_id >= 0");
NUMBER(news_now, "SELECT coalesce(max(id), 0) AS n FROM outbox WHERE :case_id >= 0");
NUMBER(
    publications_now,
    "SELECT count(*) AS n FROM publication p JOIN advisory a ON a.id = p.advisory_id WHERE a.case_id = :case_id");

static const struct query machines = { "machines",
                                       "SELECT rb_rm, cb_rm FROM product_case WHERE id = :case_id",
                                       (const char *const[]){ "case_id" },
                                       1,
                                       NULL,
                                       0 };
static const struct query savepoint = { "savepoint", "SAVEPOINT step", NULL, 0, NULL, 0 };
static const struct query take_back = { "take_back", "ROLLBACK TO step", NULL, 0, NULL, 0 };
static const struct query release = { "release", "RELEASE step", NULL, 0, NULL, 0 };

static void stand(struct history *h, struct standing *out)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    struct desk_fixture *f = h->f;

    *out =
        (struct standing){ .entries = number_of(h, &entries_now), .news = number_of(h, &news_now) };
    if (!h->m)
        return;
    out->publications = number_of(h, &publications_now);
    MUST(f, case_load_by_id(&f->w, h->tx, h->m->id, h->arena, &out->c, &f->err));
    MUST(f, developers_load(h->tx, h->m->id, h->arena, &out->developers, &f->err));
    MUST(f, store_select(h->tx, &machines, BINDS(bind_int("case_id", h->m->id)), h->arena, &rows,
                         &f->err));
    MUST(f, rows_one(rows, STR("a case"), &f->err));
    out->rb = row_text(rows, "rb_rm");
    out->cb = row_text(rows, "cb_rm");
}

static bool is_refusal(const struct err *err)
{
    switch (err->code) {
    case ERR_NO_SUCH_MOVE:
    case ERR_NOT_YOUR_MOVE:
    case ERR_NOT_READY:
    case ERR_INPUT:
    case ERR_ABSENT:
    case ERR_CHANGED_MEANWHILE:
    case ERR_TOO_LARGE:
        return err->subject[0] != 0;
    default:
        return false;
    }
}

static void name_finder(struct history *h)
{
    h->actors[FINDER].report_id = h->m && h->m->report_id ? h->m->report_id : 1000;
    h->actors[STRANGER].report_id = 1001;
}

static void set_up(struct history *h, const struct throw *t)
{
    h->m = h->case_count ? &h->cases[(size_t)t->at % h->case_count] : NULL;
    h->dice = t->dice;
    h->actor = (enum actor)t->actor;
    h->who = &h->actors[t->actor];
    name_finder(h);
    stand(h, &h->before);
    h->c = h->before.c;
    h->developers = h->before.developers;
    h->d = (struct developer){ 0 };
    if (h->developers.len > 0)
        h->d = h->developers.at[roll(h, (unsigned)h->developers.len)];
    for (size_t i = 0; i < h->developers.len && (h->who->roles & ROLE_PM) && often(h); i++) {
        if (h->developers.at[i].organisation_id == h->who->organisation_id)
            h->d = h->developers.at[i];
    }
}

/* Who, apart from the tables of the program, can do it here at all. */
static bool may_ever(const struct history *h, const struct command *command)
{
    unsigned state = h->m ? 1u << h->before.c.state : NEW;

    return (command->who == ANYBODY || (h->who->roles & command->who)) && (command->states & state);
}

static const char *outcome(struct history *h, const struct command *command, bool was_possible,
                           const struct err *err)
{
    bool left_a_trace = h->after.entries != h->before.entries || h->after.news != h->before.news;

    if (h->was_done && !was_possible &&
        left_a_trace) /* what was done before is done by anybody again, without effect */
        return wrong(h, "%s was done by the %s, in %s", command->name, actor_names[h->actor],
                     product_life.states[h->before.c.state]);
    if (!h->was_done && !is_refusal(err))
        return wrong(h, "%s was refused with %s (%s) %s", command->name, err_name(err->code),
                     err->subject, err->trail);
    if (!h->was_done && command->run == do_finish_publishing && h->pending.id)
        return wrong(h, "a publication that was begun does not end: %s %s", err_name(err->code),
                     err->subject);
    if (!h->was_done && left_a_trace)
        return wrong(h, "%s was refused and left a trace", command->name);
    return NULL;
}

static const char *take_step(struct history *h, const struct throw *t, struct coverage *coverage,
                             const struct invariant **broken)
{
    const struct command *command = &commands[t->command];
    struct desk_fixture *f = h->f;
    struct err err = { 0 };
    const char *fault;
    bool was_possible;

    set_up(h, t);
    *broken = NULL;
    was_possible = may_ever(h, command);
    if (!h->m && !(command->states & NEW))
        return NULL;
    h->is_claim = command->is_claim;
    h->command_is_invitation = command->run == do_send_summary;
    h->days_went_by = command->run == do_pass && t->actor == CLOCK;
    h->must_be_honoured = false;
    if (command->run == do_request_detail && h->d.id && h->d.state == DEVELOPER_NO_REPLY &&
        !h->d.detail_at.ms && h->who->organisation_id == h->d.organisation_id &&
        (h->who->roles & ROLE_PM) && !product_is_closed(h->before.c.state)) {
        struct history ahead = *h;

        h->must_be_honoured = often(&ahead); /* the same throw the command will see */
    }
    MUST(f, store_exec(h->tx, &savepoint, NO_BINDS, NULL, &f->err));
    h->was_done = command->run(h, &err);
    if (!h->was_done)
        MUST(f, store_exec(h->tx, &take_back, NO_BINDS, NULL, &f->err));
    MUST(f, store_exec(h->tx, &release, NO_BINDS, NULL, &f->err));
    coverage->done[t->command] += h->was_done;
    coverage->refused[t->command] += !h->was_done;
    name_finder(h);
    stand(h, &h->after);
    MUST(f, ledger_read(h->tx, 0, h->before.entries, 1000, h->arena, &h->fresh, &f->err));
    if (h->m && h->after.c.id != h->before.c.id) /* it began with this step */
        h->before = (struct standing){ .entries = h->before.entries, .news = h->before.news };
    if (h->m)
        coverage->states[h->after.c.state]++;
    if ((fault = outcome(h, command, was_possible, &err)) || !h->m)
        return fault;
    if (!h->was_done && !h->must_be_honoured && !h->is_thorough) /* all is as it was */
        return NULL;
    for (size_t i = 0; i < COUNT(invariants); i++) {
        *broken = &invariants[i];
        if ((fault = invariants[i].check(h)))
            return fault;
    }
    *broken = NULL;
    return NULL;
}

/* ---- one history ---- */

static void begin_history(struct history *h)
{
    arena_reset(h->arena);
    h->now = h->f->now;
    h->case_count = 0;
    h->m = NULL;
    h->pending = (struct publication){ 0 };
    h->counted = STR_NONE;
    h->is_thorough = false;
    MUST(h->f, tx_begin(h->f->store, TX_WRITE, &h->tx, &h->f->err));
}

static void end_history(struct history *h)
{
    tx_end(h->tx);
    h->tx = NULL;
}

static int actor_for(unsigned roles, unsigned dice)
{
    static const struct {
        unsigned role;
        int actors[3];
    } by_role[] = {
        { ROLE_FINDER, { FINDER, FINDER, FINDER } },
        { ROLE_RB, { RB_1, RB_2, RB_1 } },
        { ROLE_CB, { CB_1, CB_2, CB_1 } },
        { ROLE_PM, { PM_1, PM_2, PM_3 } },
        { ROLE_CI, { RECIPIENT, RECIPIENT, RECIPIENT } },
        { ROLE_AN, { ANALYST, ANALYST, ANALYST } },
        { ROLE_FB, { ABROAD, ABROAD, ABROAD } },
        { ROLE_CLOCK, { CLOCK, CLOCK, CLOCK } },
    };
    int found[COUNT(by_role)];
    unsigned n = 0;

    for (size_t i = 0; i < COUNT(by_role); i++) {
        if (roles & by_role[i].role)
            found[n++] = by_role[i].actors[dice % 3];
    }
    return found[(dice >> 4) % n];
}

static unsigned weight_of(const struct command *command, unsigned state)
{
    return command->mostly & state ? WILLINGLY : command->states & state ? 1 : 0;
}

static int command_for(unsigned state, struct history *dice)
{
    unsigned sum = 0, left;

    for (size_t i = 0; i < COUNT(commands); i++)
        sum += weight_of(&commands[i], state);
    left = roll(dice, sum);
    for (size_t i = 0;; i++) {
        unsigned weight = weight_of(&commands[i], state);

        if (left < weight)
            return (int)i;
        left -= weight;
    }
}

/* Mostly what can be done here by who can do it, so that histories get somewhere; else anything by anybody. */
static struct throw any_throw(struct history * h, struct history *dice)
{
    struct throw t = { .at = roll(dice, 4) ? 0 : (int)roll(dice, CASES_MAX),
                       .dice = roll(dice, UINT32_MAX) };
    unsigned state = NEW;

    if (h->case_count > 0) {
        h->m = &h->cases[(size_t)t.at % h->case_count];
        stand(h, &h->before);
        state = 1u << h->before.c.state;
    }
    if (h->case_count > 0 && rarely(dice)) {
        t.command = (int)roll(dice, COUNT(commands));
        t.actor = (int)roll(dice, ACTORS);
    } else {
        const struct developers *developers = &h->before.developers;

        t.command = command_for(state, dice);
        t.actor = actor_for(commands[t.command].who, roll(dice, UINT32_MAX));
        if (h->actors[t.actor].roles & ROLE_PM && h->case_count > 0 && developers->len > 0 &&
            often(dice))
            t.actor =
                PM_1 +
                vendor_of(developers->at[roll(dice, (unsigned)developers->len)].organisation_id);
    }
    if (commands[t.command].who == ROLE_CLOCK) /* nobody else is the calendar */
        t.actor = CLOCK;
    return t;
}

static bool would_be_done(struct history *h, const struct throw *t)
{
    struct history kept = *h;
    struct err err = { 0 };
    bool is_done;

    set_up(h, t);
    is_done = h->m || (commands[t->command].states & NEW);
    MUST(h->f, store_exec(h->tx, &savepoint, NO_BINDS, NULL, &h->f->err));
    is_done = is_done && commands[t->command].run(h, &err);
    MUST(h->f, store_exec(h->tx, &take_back, NO_BINDS, NULL, &h->f->err));
    MUST(h->f, store_exec(h->tx, &release, NO_BINDS, NULL, &h->f->err));
    *h = kept;
    return is_done;
}

/* What would be refused is mostly thrown again. */
static struct throw next_throw(struct history * h, unsigned *seed)
{
    struct history dice = { .dice = *seed };
    struct throw t = any_throw(h, &dice);

    for (int i = 0; i < TRIES && often(&dice) && !would_be_done(h, &t); i++)
        t = any_throw(h, &dice);
    *seed = dice.dice;
    return t;
}

static void live(struct history *h, unsigned seed, struct coverage *coverage, struct lived *out)
{
    *out = (struct lived){ 0 };
    begin_history(h);
    while (out->len < STEPS_MAX && !out->fault) {
        out->throws[out->len] = next_throw(h, &seed);
        h->is_thorough = (out->len + 1) % THOROUGH_EVERY == 0 || out->len + 1 == STEPS_MAX;
        out->fault = take_step(h, &out->throws[out->len], coverage, &out->broken);
        out->len++;
    }
    end_history(h);
}

/* The same throws again, the costly questions asked after each. */
static void relive(struct history *h, struct lived *story)
{
    struct coverage ignored = { 0 };

    story->fault = NULL;
    begin_history(h);
    for (size_t i = 0; i < story->len && !story->fault; i++) {
        h->is_thorough = true;
        story->fault = take_step(h, &story->throws[i], &ignored, &story->broken);
        if (story->fault)
            story->len = i + 1;
    }
    end_history(h);
}

static struct lived without(const struct lived *story, size_t i)
{
    struct lived shorter = *story;

    memmove(&shorter.throws[i], &shorter.throws[i + 1],
            (story->len - i - 1) * sizeof shorter.throws[0]);
    shorter.len--;
    return shorter;
}

/* Leaves out one step after the other as long as the same invariant breaks. */
static void shorten(struct history *h, struct lived *story)
{
    for (size_t i = story->len; i-- > 0;) {
        struct lived shorter = without(story, i);

        if (shorter.len == 0)
            continue;
        relive(h, &shorter);
        if (shorter.fault && shorter.broken == story->broken)
            *story = shorter;
        if (i > story->len)
            i = story->len;
    }
}

static void tell(const struct lived *story, unsigned seed)
{
    print_error("history of NOROSHI_SEED=%u, as short as it gets:\n", seed);
    for (size_t i = 0; i < story->len; i++)
        print_error("  %zu. case %d: %s by the %s (dice %u)\n", i + 1, story->throws[i].at,
                    commands[story->throws[i].command].name, actor_names[story->throws[i].actor],
                    story->throws[i].dice);
}

static unsigned number_from(const char *name, unsigned fallback)
{
    struct err ignored = { 0 };
    int64_t n;

    return getenv(name) && str_to_int(str_from_z(getenv(name)), 0, UINT32_MAX, &n, &ignored)
               ? (unsigned)n
               : fallback;
}

static void expect_coverage(const struct coverage *coverage)
{
    for (int i = CASE_START + 1; i < CASE_STATES; i++)
        print_message("%-18s %7u steps\n", product_life.states[i], coverage->states[i]);
    for (size_t i = 0; i < COUNT(commands); i++) {
        print_message("%-18s done %7u, refused %7u\n", commands[i].name, coverage->done[i],
                      coverage->refused[i]);
        assert_int_not_equal(coverage->done[i], 0);
        if (commands[i].who != ROLE_CLOCK)
            assert_int_not_equal(coverage->refused[i], 0);
    }
    for (int i = CASE_START + 1; i < CASE_STATES; i++) {
        if (coverage->states[i] == 0)
            fail_msg("no history came to %s", product_life.states[i]);
    }
}

/* Domain model 7.5, INT-01 to COO-39: whatever is done by whomever in whatever order. */
static void histories__break_no_invariant(void **state)
{
    struct history *h = calloc(1, sizeof *h);
    unsigned many = getenv("NOROSHI_SEED")   ? 1
                    : getenv("NOROSHI_LONG") ? HISTORIES_LONG
                                             : HISTORIES,
             first = number_from("NOROSHI_SEED", 1), count = number_from("NOROSHI_HISTORIES", many);
    struct coverage coverage = { 0 };
    unsigned steps = 0;

    assert_non_null(h);
    h->f = *state;
    h->arena = arena_new((size_t)512 << 20);
    people(h);
    for (unsigned i = 0; i < count; i++) {
        struct lived story;

        live(h, first + i, &coverage, &story);
        steps += (unsigned)story.len;
        if (!story.fault)
            continue;
        print_error("%s\n", story.fault);
        shorten(h, &story);
        relive(h, &story);
        tell(&story, first + i);
        fail_msg("%s: %s", story.broken ? story.broken->name : "refusals",
                 story.fault ? story.fault : "(not the same way again)");
    }
    print_message("%u histories of %u steps\n", count, steps);
    if (count >= HISTORIES)
        expect_coverage(&coverage);
    arena_free(h->arena);
    free(h);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(histories__break_no_invariant, desk_fixture_up,
                                        desk_fixture_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
