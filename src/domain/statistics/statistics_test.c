#include "domain/casework/casework_testing.h"

#include "base/settings.h"
#include "domain/casework/observation.h"
#include "domain/casework/website_case.h"
#include "domain/statistics/tally.h"

static struct utc on(int year, int month, int day)
{
    return utc_from_jst((struct civil){ .year = year, .month = month, .day = day, .hour = 10 });
}

static struct statistics_rules rules_of(struct arena *arena)
{
    struct statistics_rules rules;
    struct settings settings;
    struct err err = { 0 };

    assert_true(settings_load(STR_NONE, NULL, arena, &settings, &err));
    assert_true(statistics_rules_from(&settings, &rules, &err));
    return rules;
}

static const struct figure_row *row_of(const struct statistics *s, const char *figure,
                                       const char *key)
{
    const struct figure *f = statistics_figure(s, figure);

    for (size_t i = 0; f && i < f->len; i++) {
        if (str_eq_z(f->at[i].key, key))
            return &f->at[i];
    }
    return NULL;
}

static int64_t count_of(const struct statistics *s, const char *figure, const char *key)
{
    const struct figure_row *row = row_of(s, figure, key);

    return row ? row->n[0] : -1;
}

static void count(struct tally *t, struct counted_case c)
{
    struct err err = { 0 };

    c.is_product = true;
    if (!tally_case(t, &c, &err))
        fail_msg("%s: %s", err_name(err.code), err.subject);
}

/* STA-03: every end a case can come to has exactly one category, whatever its cause. */
static void categories__cover_every_state(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 20);
    struct statistics_rules rules = rules_of(arena);
    (void)state;

    for (size_t i = CASE_START + 1; i < product_life.state_count; i++) {
        struct str category;
        struct err err = { 0 };

        print_message("state: %s\n", product_life.states[i]);
        assert_true(statistics_category(&rules, true, str_from_z(product_life.states[i]),
                                        STR("ANY"), &category, &err));
        assert_int_equal(str_eq(category, STR("IN_HANDLING")),
                         !product_is_closed((enum product_state)i) || i == CASE_MERGED); /* rests */
    }
    for (size_t i = SITE_START + 1; i < website_life.state_count; i++) {
        struct str category;
        struct err err = { 0 };

        print_message("website: %s\n", website_life.states[i]);
        assert_true(statistics_category(&rules, false, str_from_z(website_life.states[i]),
                                        STR("ANY"), &category, &err));
        assert_int_equal(str_eq(category, STR("IN_HANDLING")),
                         !website_is_closed((enum website_state)i) && i != SITE_FIXED);
    }
}

/* STA-04, STA-11, STA-14: fixed ones with how, days from the notice to the fix, and those that wait for 90 days or more. */
static void tally__counts_websites(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 20);
    struct statistics_rules rules = rules_of(arena);
    struct tally *t = tally_new(&rules, on(2026, 1, 1), arena);
    struct statistics s;
    struct err err = { 0 };
    struct counted_case c = { .decided_at = on(2025, 1, 6), .accepted_at = on(2025, 1, 6) };
    (void)state;

    c.detailed_at = on(2025, 2, 1);
    c.fixed_at = on(2025, 3, 3); /* 30 days */
    c.state = STR("CLOSED");
    c.fix_kind = STR("PAGE_DELETED");
    assert_true(tally_case(t, &c, &err));
    c.fixed_at = on(2025, 3, 4); /* 31 */
    c.state = STR("FIXED");
    c.fix_kind = STR("FIXED");
    assert_true(tally_case(t, &c, &err));
    c.fixed_at = (struct utc){ 0 };
    c.state = STR("FIXING");
    assert_true(tally_case(t, &c, &err)); /* open since February */
    c.detailed_at = on(2025, 12, 1);
    assert_true(tally_case(t, &c, &err));
    c.state = STR("UNHANDLEABLE");
    c.code = STR("NO_REPLY");
    assert_true(tally_case(t, &c, &err));
    tally_end(t, &s);
    assert_int_equal(row_of(&s, "reports_by_quarter", "2025-q1")->n[1], 5);
    assert_int_equal(count_of(&s, "websites_by_state", "FIXED"), 2);
    assert_int_equal(count_of(&s, "websites_by_state", "PAGE_DELETED"), 1);
    assert_int_equal(count_of(&s, "websites_by_state", "IN_HANDLING"), 2);
    assert_int_equal(count_of(&s, "websites_by_state", "UNHANDLEABLE"), 1);
    assert_int_equal(figure_total(statistics_figure(&s, "websites_by_state")), 5);
    assert_int_equal(count_of(&s, "days_to_fix", "0-30"), 1);
    assert_int_equal(count_of(&s, "days_to_fix", "31-90"), 1);
    assert_int_equal(count_of(&s, "websites_pending", "90+"), 1);
    assert_int_equal(count_of(&s, "websites_pending", "0-89"), 1);
    assert_int_equal(figure_total(statistics_figure(&s, "products_by_state")), 0);
}

/* STA-03, requirements 1.23.2: the cause decides where the state alone would say otherwise. */
static void categories__follow_the_cause(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 20);
    struct statistics_rules rules = rules_of(arena);
    struct str category;
    struct err err = { 0 };
    (void)state;

    assert_true(
        statistics_category(&rules, true, STR("STOPPED"), STR("KNOWN_RB"), &category, &err));
    assert_true(str_eq(category, STR("REJECTED")));
    assert_true(
        statistics_category(&rules, true, STR("STOPPED"), STR("NOTVULN_CB"), &category, &err));
    assert_true(str_eq(category, STR("NOT_VULNERABLE")));
    rules.categories = STR("PUBLISHED=PUBLISHED");
    assert_false(
        statistics_category(&rules, true, STR("STOPPED"), STR("ILLEGAL"), &category, &err));
    assert_int_equal(err.code, ERR_SETTING);
}

static void rules__refuse_what_makes_no_sense(void **state)
{
    static const struct {
        const char *began, *categories, *days;
    } wrong[] = {
        { "yesterday", "PUBLISHED=PUBLISHED", "45" },
        { "", "PUBLISHED=SECRET", "45" },
        { "", "NOWHERE=REJECTED", "45" },
        { "", "PUBLISHED", "45" },
        { "", "PUBLISHED=PUBLISHED", "" },
        { "", "PUBLISHED=PUBLISHED", "300 45" },
        { "", "PUBLISHED=PUBLISHED", "45 x" },
    };
    (void)state;

    for (size_t i = 0; i < COUNT(wrong); i++) {
        struct settings settings = { .acceptance_began = str_from_z(wrong[i].began),
                                     .statistics_categories = str_from_z(wrong[i].categories),
                                     .statistics_website_categories = STR("CLOSED=FIXED"),
                                     .statistics_days = str_from_z(wrong[i].days),
                                     .statistics_fix_days = STR("30"),
                                     .statistics_pending_days = STR("89"),
                                     .statistics_least = 5 };
        struct statistics_rules rules;
        struct err err = { 0 };

        print_message("case: %zu\n", i);
        assert_false(statistics_rules_from(&settings, &rules, &err));
        assert_int_equal(err.code, ERR_SETTING);
    }
}

/* STA-02, STA-05, STA-23: quarters without a report stand there too; the days' edges belong to the earlier part. */
static void tally__counts_quarters_and_days(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 20);
    struct statistics_rules rules = rules_of(arena);
    struct tally *t = tally_new(&rules, quarter_end(quarter_of(on(2019, 9, 1))), arena);
    struct statistics s;
    const struct figure_row *row;
    (void)state;

    count(t, (struct counted_case){ .decided_at = on(2019, 1, 7),
                                    .accepted_at = on(2019, 1, 10),
                                    .published_at = on(2019, 2, 24), /* 45 days */
                                    .state = STR("PUBLISHED"),
                                    .category = STR("web_app") });
    count(t, (struct counted_case){ .decided_at = on(2019, 3, 31),
                                    .accepted_at = on(2019, 4, 1),
                                    .published_at = on(2019, 5, 17), /* 46 days */
                                    .state = STR("PUBLISHED"),
                                    .category = STR("web_app") });
    count(t, (struct counted_case){ .decided_at = on(2019, 7, 1),
                                    .state = STR("REJECTED"),
                                    .code = STR("OUT_OF_SCOPE"),
                                    .category = STR("web_app") });
    tally_end(t, &s);
    assert_int_equal(statistics_figure(&s, "reports_by_quarter")->len, 3);
    assert_int_equal(count_of(&s, "reports_by_quarter", "2019-q1"), 2);
    assert_int_equal(count_of(&s, "reports_by_quarter", "2019-q2"), 0);
    row = row_of(&s, "reports_by_quarter", "2019-q3");
    assert_int_equal(row->n[0], 1);
    assert_int_equal(row->n[3], 3);
    assert_int_equal(row->n[4], 2); /* 3 on 177 working days from 7 January */
    assert_int_equal(count_of(&s, "days_to_publication", "0-45"), 1);
    assert_int_equal(count_of(&s, "days_to_publication", "46-300"), 1);
    assert_int_equal(count_of(&s, "days_to_publication", "301+"), 0);
    assert_int_equal(count_of(&s, "products_by_state", "PUBLISHED"), 2);
    assert_int_equal(count_of(&s, "products_by_state", "REJECTED"), 1);
    assert_int_equal(figure_total(statistics_figure(&s, "products_by_state")), 3);
}

/* STA-24: kinds with few reports are put together, and so are more of them until together they are enough. STA-07: not the rejected. */
static void tally__tells_no_rare_kind_apart(void **state)
{
    static const struct {
        const char *kind;
        int reports;
    } cases[] = { { "web_app", 20 }, { "router", 6 }, { "control", 1 }, { "browser", 1 } };
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 20);
    struct statistics_rules rules = rules_of(arena);
    struct tally *t = tally_new(&rules, on(2026, 1, 1), arena);
    struct statistics s;
    (void)state;

    for (size_t i = 0; i < COUNT(cases); i++) {
        for (int j = 0; j < cases[i].reports; j++)
            count(t, (struct counted_case){ .decided_at = on(2025, 5, 1),
                                            .state = STR("ACCEPTED"),
                                            .category = str_from_z(cases[i].kind),
                                            .is_iot = i == 1 });
    }
    count(t, (struct counted_case){
                 .decided_at = on(2025, 5, 1), .state = STR("REJECTED"), .category = STR("os") });
    tally_end(t, &s);
    assert_int_equal(statistics_figure(&s, "products_by_kind")->len, 2);
    assert_int_equal(count_of(&s, "products_by_kind", "web_app"), 20);
    assert_int_equal(count_of(&s, "products_by_kind", "other"), 8); /* the routers too */
    assert_int_equal(figure_total(statistics_figure(&s, "products_by_kind")), 28);
    assert_int_equal(statistics_figure(&s, "iot")->len, 0); /* else other - 6 would tell of two */
}

/* STA-21: where every kind of IoT is large enough, together and each, with those published. */
static void tally__counts_iot_products(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 20);
    struct statistics_rules rules = rules_of(arena);
    struct tally *t = tally_new(&rules, on(2026, 1, 1), arena);
    const struct figure_row *row;
    struct statistics s;
    (void)state;

    for (int i = 0; i < 12; i++)
        count(t, (struct counted_case){ .decided_at = on(2025, 5, 1),
                                        .accepted_at = on(2025, 5, 2),
                                        .published_at = i < 4 ? on(2025, 6, 1) : (struct utc){ 0 },
                                        .state = i < 4 ? STR("PUBLISHED") : STR("ACCEPTED"),
                                        .category = i < 7 ? STR("router") : STR("iot"),
                                        .is_iot = true });
    tally_end(t, &s);
    row = row_of(&s, "iot", "all");
    assert_int_equal(row->n[0], 12);
    assert_int_equal(row->n[1], 4);
    assert_int_equal(figure_total(statistics_figure(&s, "iot")),
                     12); /* the kinds are parts of it */
    assert_int_equal(count_of(&s, "iot", "router"), 7);
    assert_int_equal(row_of(&s, "iot", "iot")->n[1], 0);
}

/* STA-06: by where an entry came from. */
static void tally__counts_entries_by_origin(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 20);
    struct statistics_rules rules = rules_of(arena);
    struct tally *t = tally_new(&rules, on(2026, 1, 1), arena);
    struct statistics s;
    (void)state;

    tally_entry(t, STR_NONE, STR("DOMESTIC"));
    tally_entry(t, STR("PARTNERSHIP"), STR("SELF"));
    tally_entry(t, STR("PARTNERSHIP"), STR("FOREIGN"));
    tally_entry(t, STR("CERTCC_NOTE"), STR_NONE);
    tally_entry(t, STR("OWN_COLLECTION"), STR_NONE);
    tally_end(t, &s);
    assert_int_equal(count_of(&s, "entries_by_origin", "FINDER"), 1);
    assert_int_equal(count_of(&s, "entries_by_origin", "DEVELOPER"), 1);
    assert_int_equal(count_of(&s, "entries_by_origin", "FOREIGN"), 2);
    assert_int_equal(count_of(&s, "entries_by_origin", "COLLECTED"), 1);
}

/* STA-22: the documents' own examples. */
static void shares__are_rounded_to_whole_numbers(void **state)
{
    (void)state;
    assert_int_equal(figure_share(590, 2010), 29);
    assert_int_equal(figure_share(513, 2010), 26);
    assert_int_equal(figure_share(1, 2), 50);
    assert_int_equal(figure_share(1, 200), 1);
    assert_int_equal(figure_share(0, 0), 0);
}

static struct product_case report_on(struct desk_fixture *f, struct utc at)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct receipt receipt;
    struct product_case c;
    static const struct query newest = { "newest", "SELECT max(case_id) AS n FROM case_key",
                                         NULL,     0,
                                         NULL,     0 };
    int64_t id;

    MUST(f, tx_begin(f->store, TX_WRITE, &tx, &f->err));
    MUST(f, intake_submit(&f->w, tx, testing_form(f), random_token(f->arena), LANG_JA, STR("FORM"),
                          at, f->arena, &receipt, &f->err));
    MUST(f, store_number(tx, &newest, NO_BINDS, 0, &id, &f->err));
    MUST(f, case_load_by_id(&f->w, tx, id, f->arena, &c, &f->err));
    MUST(f, tx_commit(&tx, &f->err));
    return c;
}

static void accept_on(struct desk_fixture *f, struct product_case *c, struct utc at)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;

    MUST(f, tx_begin(f->store, TX_WRITE, &tx, &f->err));
    MUST(f, intake_open(tx, &f->rb, c, at, f->arena, &f->err));
    MUST(f, intake_accept(tx, &f->rb, c, true, true, at, f->arena, &f->err));
    MUST(f, tx_commit(&tx, &f->err));
}

static void stop_on(struct desk_fixture *f, struct product_case *c, struct utc at)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;

    MUST(f, tx_begin(f->store, TX_WRITE, &tx, &f->err));
    MUST(f, intake_stop(tx, &f->rb, c, STR("KNOWN_RB"), STR("Known."), at, f->arena, &f->err));
    MUST(f, tx_commit(&tx, &f->err));
}

static struct str record_on(struct desk_fixture *f, struct utc until)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct statistics_rules rules = rules_of(f->arena);
    struct statistics s;
    struct str out;

    MUST(f, tx_begin(f->store, TX_READ, &tx, &f->err));
    MUST(f, statistics_count(tx, &rules, until, f->arena, &s, &f->err));
    MUST(f, statistics_to_record(&s, f->arena, &out, &f->err));
    return out;
}

/* STA-01: what happens later changes no figure of an earlier date. Before it is accepted or not, a report is not counted (5.1, row STATISTICS). */
static void count__is_the_same_for_ever(void **state)
{
    struct desk_fixture *f = *state;
    struct product_case first = report_on(f, on(2024, 2, 1)), second;
    struct utc q1 = quarter_end(quarter_of(on(2024, 2, 1))),
               q2 = quarter_end(quarter_of(on(2024, 5, 1)));
    struct statistics s;
    struct str then;

    accept_on(f, &first, on(2024, 2, 3));
    second = report_on(f, on(2024, 3, 31));
    then = record_on(f, q1);
    accept_on(f, &second, on(2024, 4, 1));
    stop_on(f, &first, on(2024, 5, 1));
    report_on(f, on(2024, 6, 1));
    assert_true(str_eq(record_on(f, q1), then));
    MUST(f, statistics_from_record(then, f->arena, &s, &f->err));
    assert_int_equal(count_of(&s, "products_by_state", "IN_HANDLING"), 1);
    assert_int_equal(count_of(&s, "products_by_state", "REJECTED"), 0);
    assert_int_equal(row_of(&s, "reports_by_quarter", "2024-q1")->n[3], 1);
    MUST(f, statistics_from_record(record_on(f, q2), f->arena, &s, &f->err));
    assert_int_equal(count_of(&s, "products_by_state", "IN_HANDLING"), 1);
    assert_int_equal(count_of(&s, "products_by_state", "REJECTED"), 1);
    assert_int_equal(row_of(&s, "reports_by_quarter", "2024-q2")->n[3], 2);
}

static void observe_on(struct desk_fixture *f, struct product_case *c, struct utc at)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct observed observed = { STR("LEAK"), STR("a page of a forum"), at };

    MUST(f, tx_begin(f->store, TX_WRITE, &tx, &f->err));
    MUST(f, intake_forward(tx, &f->rb, c, at, f->arena, &f->err));
    MUST(f, observation_claim(tx, &f->cb, c, NULL, &observed, at, f->arena, &f->err));
    MUST(f, tx_commit(&tx, &f->err));
}

/* STA-03: what a body observes has states of its own; the case is where it was, not where the observation is. */
static void count__is_of_the_case_and_not_of_what_runs_beside(void **state)
{
    struct desk_fixture *f = *state;
    struct product_case c = report_on(f, on(2024, 2, 1));
    struct statistics s;

    accept_on(f, &c, on(2024, 2, 2));
    observe_on(f, &c, on(2024, 3, 1));
    MUST(f, statistics_from_record(record_on(f, on(2024, 4, 1)), f->arena, &s, &f->err));
    assert_int_equal(count_of(&s, "products_by_state", "IN_HANDLING"), 1);
}

static void provide_on(struct desk_fixture *f, struct product_case *c, int64_t id,
                       const char *sector, struct utc at)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct buf facts = buf_new(f->arena, 1024);
    struct details details = { .code = str_from_z(sector), .ref = id };
    struct entry entry;

    record_put_int(&facts, "plan", 1);
    record_put(&facts, "public_id", public_id_new(f->arena));
    record_put_int(&facts, "organisation", 3);
    record_put(&facts, "parts", STR("V"));
    record_put_int(&facts, "text", 1);
    details.facts = buf_str(&facts);
    MUST(f, tx_begin(f->store, TX_WRITE, &tx, &f->err));
    MUST(f, case_note(tx, &f->cb, c, 0, "provision.made", &details, at, f->arena, &entry, &f->err));
    MUST(f, tx_commit(&tx, &f->err));
}

/* PRI-06, STA-09, with the requirements' own figures: to the third quarter of 2019 electric power 2 and government 1, of it electric power 1 in 2019.
 * However many recipients of a sector were told of a case, it counts once; what comes later is not counted. */
static void count__tells_provisions_by_sector_and_quarter(void **state)
{
    struct desk_fixture *f = *state;
    struct product_case first = report_on(f, on(2018, 4, 2)), second = report_on(f, on(2019, 7, 1));
    struct statistics s;
    struct str json;

    accept_on(f, &first, on(2018, 4, 3));
    accept_on(f, &second, on(2019, 7, 2));
    provide_on(f, &first, 1, "POWER", on(2018, 5, 1));
    provide_on(f, &first, 2, "POWER", on(2018, 5, 1));
    provide_on(f, &first, 3, "GOVERNMENT", on(2018, 5, 8));
    provide_on(f, &second, 4, "POWER", on(2019, 9, 30));
    provide_on(f, &second, 5, "GAS", on(2019, 10, 1));
    MUST(f, statistics_from_record(record_on(f, quarter_end(quarter_of(on(2019, 9, 1)))), f->arena,
                                   &s, &f->err));
    assert_int_equal(statistics_figure(&s, "provisions_by_sector")->len, 2);
    assert_int_equal(row_of(&s, "provisions_by_sector", "POWER")->n[0], 1);
    assert_int_equal(row_of(&s, "provisions_by_sector", "POWER")->n[1], 2);
    assert_int_equal(row_of(&s, "provisions_by_sector", "GOVERNMENT")->n[0], 0);
    assert_int_equal(row_of(&s, "provisions_by_sector", "GOVERNMENT")->n[1], 1);
    MUST(f, statistics_to_json(&s, f->arena, &json, &f->err));
    assert_true(str_contains(json, STR("\"provisions_by_sector\"")));
    assert_false(str_contains(json, STR("GAS")));
}

/* STA-24: three reports about routers: no figure tells so, in any format. */
static void count__does_not_name_what_few_have(void **state)
{
    struct desk_fixture *f = *state;
    struct statistics s;
    struct str json, csv;

    for (int i = 1; i <= 3; i++) {
        struct product_case c = report_on(f, on(2024, i, 1));

        accept_on(f, &c, on(2024, i, 2));
    }
    MUST(f, statistics_from_record(record_on(f, on(2024, 4, 1)), f->arena, &s, &f->err));
    MUST(f, statistics_to_json(&s, f->arena, &json, &f->err));
    MUST(f, statistics_to_csv(&s, f->arena, &csv, &f->err));
    assert_int_equal(count_of(&s, "products_by_kind", "other"), 3);
    assert_int_equal(statistics_figure(&s, "iot")->len, 0);
    assert_false(str_contains(json, STR("router")) || str_contains(csv, STR("router")));
    assert_false(str_contains(json, STR("canary")) || str_contains(csv, STR("canary")));
}

static void record__reads_back_the_same(void **state)
{
    struct desk_fixture *f = *state;
    struct product_case c = report_on(f, on(2024, 2, 1));
    struct str record, again;
    struct statistics s;

    accept_on(f, &c, on(2024, 2, 2));
    record = record_on(f, on(2024, 4, 1));
    MUST(f, statistics_from_record(record, f->arena, &s, &f->err));
    MUST(f, statistics_to_record(&s, f->arena, &again, &f->err));
    assert_true(str_eq(record, again));
}

static void record__refuses_what_is_none(void **state)
{
    static const struct {
        const char *name, *value;
    } wrong[] = { { "row", "2024-q1 0 1 1 1 1 1" }, { "figure", "no_such_figure" } };
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 20);
    struct statistics s;
    struct err err = { 0 };
    (void)state;

    assert_false(statistics_from_record(STR_NONE, arena, &s, &err));
    assert_false(statistics_from_record(STR("no record"), arena, &s, &err));
    for (size_t i = 0; i < COUNT(wrong); i++) {
        struct buf buf = buf_new(arena, 1000);

        record_put_int(&buf, "until", 1790000000000);
        record_put(&buf, wrong[i].name, str_from_z(wrong[i].value));
        assert_false(statistics_from_record(buf_str(&buf), arena, &s, &err));
        assert_int_equal(err.code, ERR_BAD_REQUEST);
    }
}

#define WITH_DESK(test) cmocka_unit_test_setup_teardown(test, desk_fixture_up, desk_fixture_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(categories__cover_every_state),
        cmocka_unit_test(categories__follow_the_cause),
        cmocka_unit_test(rules__refuse_what_makes_no_sense),
        cmocka_unit_test(tally__counts_quarters_and_days),
        cmocka_unit_test(tally__tells_no_rare_kind_apart),
        cmocka_unit_test(tally__counts_websites),
        cmocka_unit_test(tally__counts_iot_products),
        cmocka_unit_test(tally__counts_entries_by_origin),
        cmocka_unit_test(shares__are_rounded_to_whole_numbers),
        WITH_DESK(count__is_the_same_for_ever),
        WITH_DESK(count__is_of_the_case_and_not_of_what_runs_beside),
        WITH_DESK(count__tells_provisions_by_sector_and_quarter),
        WITH_DESK(count__does_not_name_what_few_have),
        WITH_DESK(record__reads_back_the_same),
        cmocka_unit_test(record__refuses_what_is_none),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
