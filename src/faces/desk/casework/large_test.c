/* A case of 500 parties and 5,000 messages costs no more statements than a small one, and its page holds a page of each. */
#include "domain/casework/casework_testing.h"

#include "base/settings.h"
#include "faces/desk/casework/pages.h"
#include "faces/desk/context.h"
#include <string.h>

enum { PARTIES = 500, MESSAGES = 5000, FIRST_ORGANISATION = 1000, MORE_AT_MOST = 60 };

static struct settings settings;
static struct desk desk;

static int up(void **state)
{
    struct desk_fixture *f;

    if (desk_fixture_up(state) != 0)
        return -1;
    f = *state;
    MUST(f, settings_load(STR_NONE, NULL, f->arena, &settings, &f->err));
    desk = (struct desk){
        .store = f->store, .settings = &settings, .vault = &f->vault, .casework = f->w
    };
    return 0;
}

static struct product_case with_cb(struct desk_fixture *f, struct tx *tx, int64_t id)
{
    struct receipt receipt;
    struct product_case c;

    MUST(f, intake_submit(&f->w, tx, testing_form(f),
                          arena_printf(f->arena, "draft %lld", (long long)id), LANG_JA, STR("FORM"),
                          f->now, f->arena, &receipt, &f->err));
    MUST(f, case_load_by_id(&f->w, tx, id, f->arena, &c, &f->err));
    MUST(f, intake_open(tx, &f->rb, &c, f->now, f->arena, &f->err));
    MUST(f, intake_accept(tx, &f->rb, &c, true, true, f->now, f->arena, &f->err));
    MUST(f, intake_forward(tx, &f->rb, &c, f->now, f->arena, &f->err));
    MUST(f, coordination_write_summary(tx, &f->cb, &c, STR("a router"), f->now, f->arena, &f->err));
    return c;
}

static struct str new_developer(struct desk_fixture *f, struct tx *tx, int64_t id)
{
    struct str public_id = public_id_new(f->arena);

    MUST(f, store_exec(tx, &testing_organisation,
                       BINDS(bind_int("id", id), bind_text("public_id", public_id),
                             bind_text("kind", STR("PD")),
                             bind_text("name", arena_printf(f->arena, "developer %lld",
                                                            (long long)(id - FIRST_ORGANISATION)))),
                       NULL, &f->err));
    (void)testing_person(f, tx, id, id, ROLE_PM);
    return public_id;
}

static void fill_case(struct desk_fixture *f, struct tx *tx, struct product_case *c, int parties,
                      int messages, int64_t first)
{
    struct developers developers;
    struct developer d;
    struct entry entry;
    int64_t sent;

    for (int i = 0; i < parties; i++)
        MUST(f, coordination_add(&f->w, tx, &f->cb, c, new_developer(f, tx, first + i), f->now,
                                 f->arena, &d, &f->err));
    MUST(f, developers_load(tx, c->id, f->arena, &developers, &f->err));
    MUST(f, coordination_send_summaries(&f->w, tx, &f->cb, c, &developers, utc_add_days(f->now, 14),
                                        f->now, f->arena, &sent, &f->err));
    assert_int_equal(sent, parties);
    for (int i = 0; i < messages; i++) {
        const struct developer *to = &developers.at[i % parties];
        struct subject pm = { .kind = SUBJECT_ACCOUNT,
                              .roles = ROLE_PM,
                              .account_id = to->organisation_id,
                              .organisation_id = to->organisation_id };
        struct str words = arena_printf(f->arena, "message %d%s", i, i == 7 ? " needle" : "");

        MUST(f, i % 2 ? talk_say(tx, &f->rb, c, THREAD_BODIES, NULL, TALK_MESSAGE, words, f->now,
                                 f->arena, &entry, &f->err)
                      : talk_say(tx, &pm, c, THREAD_PARTICIPANT, to, TALK_MESSAGE, words, f->now,
                                 f->arena, &entry, &f->err));
    }
}

static void add_field(struct arena *arena, struct fields *fields, const char *name,
                      struct str value)
{
    struct field field = { .name = str_from_z(name), .value = value };

    VEC_PUSH(arena, fields, field);
}

struct shown {
    struct str html;
    int64_t statements;
};

static struct shown show(struct desk_fixture *f, const struct product_case *c,
                         bool (*page)(struct request *, struct response *, struct err *),
                         const char *name, const char *value)
{
    struct request req = { .arena = f->arena,
                           .now = f->now,
                           .method = METHOD_GET,
                           .path = arena_printf(f->arena, "/cases/%.*s", STR_ARG(c->public_id)),
                           .lang = LANG_EN,
                           .base = STR("/en"),
                           .host = STR("localhost"),
                           .app = &desk,
                           .subject = &f->cb };
    struct response res = { 0 };
    int64_t before = store_statement_count(f->store);

    add_field(f->arena, &req.path_values, "id", c->public_id);
    if (name)
        add_field(f->arena, &req.query, name, str_from_z(value));
    MUST(f, page(&req, &res, &f->err));
    return (struct shown){ res.body, store_statement_count(f->store) - before };
}

static size_t times(struct str html, const char *what)
{
    size_t n = 0, len = strlen(what);

    for (size_t i = 0; i + len <= html.len; i++)
        n += memcmp(html.ptr + i, what, len) == 0;
    return n;
}

/* COO-06, COO-12: what a large case shows at once is bounded, and so is what it asks of the database. */
static void case_page__stays_readable_when_the_case_is_large(void **state)
{
    struct desk_fixture *f = *state;
    struct product_case small, large;
    struct shown few, many, other;
    struct tx *tx = NULL;

    MUST(f, tx_begin(f->store, TX_WRITE, &tx, &f->err));
    small = with_cb(f, tx, 1);
    fill_case(f, tx, &small, 2, 4, FIRST_ORGANISATION);
    MUST(f, tx_commit(&tx, &f->err));
    few = show(f, &small, case_show, NULL, NULL);
    MUST(f, tx_begin(f->store, TX_WRITE, &tx, &f->err));
    large = with_cb(f, tx, 2);
    fill_case(f, tx, &large, PARTIES, MESSAGES, FIRST_ORGANISATION + 10);
    MUST(f, tx_commit(&tx, &f->err));

    many = show(f, &large, case_show, NULL, NULL);
    print_message("statements: %lld for 2 parties and 4 messages, %lld for %d and %d\n",
                  (long long)few.statements, (long long)many.statements, PARTIES, MESSAGES);
    assert_true(many.statements <= few.statements + MORE_AT_MOST);
    assert_int_equal(times(many.html, "<tr><th scope=\"row\"><a"), settings.list_page);
    assert_int_equal(times(many.html, "<li class=\"theirs"), TALK_PAGE);
    assert_true(str_contains(many.html, STR("message 4999")));
    assert_false(str_contains(many.html, STR("message 4001\n")));
    assert_true(str_contains(many.html, STR("parties=2")));
    assert_int_equal(times(few.html, "<tr><th scope=\"row\"><a"), 2);

    other = show(f, &large, case_show, "party", "developer 120");
    assert_int_equal(times(other.html, "<tr><th scope=\"row\"><a"), 1);
    other = show(f, &large, case_show, "answer", "clear");
    assert_int_equal(times(other.html, "<tr><th scope=\"row\"><a"), 0);
    other = show(f, &large, case_search, "q", "needle");
    assert_true(str_contains(other.html, STR("message 7 needle")));
    assert_int_equal(times(other.html, "<li class=\"theirs"), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(case_page__stays_readable_when_the_case_is_large, up,
                                        desk_fixture_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
