#include "faces/portal/search/query.h"

#include "base/testing.h"
#include "faces/http/url.h"

static int setup(void **state)
{
    *state = arena_new(16 << 20);
    return 0;
}

static int teardown(void **state)
{
    arena_free(*state);
    return 0;
}

static struct search_query ask(struct arena *arena, const char *text)
{
    struct request req = { .arena = arena, .lang = LANG_EN };
    struct search_query query;
    struct err err = { 0 };

    assert_true(url_fields(str_from_z(text), arena, &req.query, &err));
    search_query_read(&req, STR("/search"), &query);
    return query;
}

/* VDB-04: everything that was asked stands in the address and is read from it. */
static void search_query_read__reads_every_filter(void **state)
{
    struct search_query q =
        ask(*state,
            "q=%E8%A6%8B%E6%9C%AC&severity=critical,high&source=nvd&vendor=apache"
            "&product=apache:http_server&cwe=CWE-79&year=2024&kev=yes&epss=0.1&embedded=no&ja=yes"
            "&from=2024-01-01&to=2024-01-31&rejected=yes&sort=epss&page=3");
    const struct search *s = &q.search;

    assert_int_equal(q.faults.len, 0);
    assert_str(s->words, "見本");
    assert_int_equal(s->severities, 1u << SEVERITY_CRITICAL | 1u << SEVERITY_HIGH);
    assert_str(s->source, "nvd");
    assert_str(s->product, "apache:http_server");
    assert_int_equal(s->cwe, 79);
    assert_int_equal(s->year, 2024);
    assert_int_equal(s->kev, TICK_YES);
    assert_int_equal(s->is_embedded, TICK_NO);
    assert_int_equal(s->epss_min, 10000);
    assert_int_equal(s->published_to.ms - s->published_from.ms, 31 * UTC_DAY);
    assert_true(s->with_rejected);
    assert_int_equal(s->order, ORDER_EPSS);
    assert_int_equal(s->offset, 2 * SEARCH_PAGE);
    assert_true(search_is_filtered(&q));
}

/* VDB-04: what cannot be is said, and does not narrow. */
static void search_query_read__says_what_is_wrong(void **state)
{
    static const char *const wrong[] = {
        "severity=awful", "severity=high,awful",
        "source=twitter", "cwe=0",
        "cwe=x",          "year=99",
        "year=2O24",      "kev=1",
        "epss=2",         "epss=0.1234567",
        "epss=0.-1",      "epss=0.",
        "embedded=ja",    "from=today",
        "to=2024-13-01",  "from=2024-1-1",
        "sort=random",    "page=0",
        "page=501",       "page=x",
        "q=%01",          "rejected=perhaps",
    };

    for (size_t i = 0; i < COUNT(wrong); i++) {
        struct search_query q = ask(*state, wrong[i]);

        print_message("case: %s\n", wrong[i]);
        assert_int_equal(q.faults.len, 1);
        assert_true(q.faults.at[0].words.len > 0);
        assert_false(search_is_filtered(&q));
        assert_int_equal(q.search.severities, 0);
        assert_int_equal(q.page, 1);
    }
    assert_int_equal(ask(*state, "utm_source=x&severity=").faults.len, 0);
}

static void search_query_read__counts_characters_not_bytes(void **state)
{
    struct buf buf = buf_new(*state, 4096);

    buf_add_z(&buf, "q=");
    for (int i = 0; i < SEARCH_WORDS_MAX; i++)
        buf_add_z(&buf, "%E3%81%82");
    buf_byte(&buf, 0);
    assert_int_equal(ask(*state, buf.ptr).faults.len, 0);
    buf.len--;
    buf_byte(&buf, 'a');
    buf_byte(&buf, 0);
    assert_int_equal(ask(*state, buf.ptr).faults.len, 1);
}

/* Words ask for the best match, a list for what is new. */
static void search_query_read__chooses_an_order(void **state)
{
    assert_int_equal(ask(*state, "").search.order, ORDER_MODIFIED);
    assert_int_equal(ask(*state, "q=a").search.order, ORDER_RELEVANCE);
    assert_int_equal(ask(*state, "sort=relevance").search.order, ORDER_MODIFIED);
    assert_int_equal(ask(*state, "q=a&sort=severity").search.order, ORDER_SEVERITY);
}

static void search_href__changes_one_thing(void **state)
{
    struct search_query q = ask(*state, "q=a%26b&year=2024&page=3&evil=1");

    assert_str(search_href(&q, PARAM_YEAR, STR_NONE, *state), "/search?q=a%26b");
    assert_str(search_href(&q, PARAM_CWE, STR("79"), *state), "/search?q=a%26b&cwe=79&year=2024");
    assert_str(search_href(&q, PARAM_PAGE, STR("4"), *state), "/search?q=a%26b&year=2024&page=4");
}

int main(void)
{
    /* clang-format off */
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(search_query_read__reads_every_filter, setup, teardown),
        cmocka_unit_test_setup_teardown(search_query_read__says_what_is_wrong, setup, teardown),
        cmocka_unit_test_setup_teardown(search_query_read__counts_characters_not_bytes, setup, teardown),
        cmocka_unit_test_setup_teardown(search_query_read__chooses_an_order, setup, teardown),
        cmocka_unit_test_setup_teardown(search_href__changes_one_thing, setup, teardown),
    };
    /* clang-format on */

    return cmocka_run_group_tests(tests, NULL, NULL);
}
