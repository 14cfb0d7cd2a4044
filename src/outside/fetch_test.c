#include "outside/fetch.h"

#include "base/testing.h"

static int set_up(void **state)
{
    *state = arena_new(1 << 20);
    return 0;
}

static int tear_down(void **state)
{
    arena_free(*state);
    return 0;
}

/* What a file of checksums says of a file, in the shapes that feeds use. */
static void fetch_sum_for__finds_the_line_of_the_name(void **state)
{
    static const char a[] = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                      b[] = "BBBBbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";
    struct str lower =
        str_from_z("bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb");
    struct arena *arena = *state;
    struct str two = arena_printf(arena, "%s  one.json\n%s  two.json\n", a, b);
    struct str json = arena_printf(
        arena,
        "[{\"filename\":\"one.rdf\",\"sha256\":\"%s\"},{\"sha256\":\"%s\",\n\"filename\":\"two.rdf\"}]",
        a, b);
    struct str meta = arena_printf(arena, "size:12\r\nsha256:%s\r\n", b);

    assert_str(fetch_sum_for(two, STR("one.json"), arena), a);
    assert_true(str_eq(fetch_sum_for(two, STR("two.json"), arena), lower));
    assert_int_equal(fetch_sum_for(two, STR("three.json"), arena).len, 0);
    assert_str(fetch_sum_for(json, STR("one.rdf"), arena), a);
    assert_true(str_eq(fetch_sum_for(json, STR("two.rdf"), arena), lower));
    assert_true(str_eq(fetch_sum_for(meta, STR("x.gz"), arena), lower));
    assert_int_equal(fetch_sum_for(STR("abc"), STR("x"), arena).len, 0);
    assert_int_equal(fetch_sum_for(STR(""), STR(""), arena).len, 0);
    /* a longer run of digits is no checksum, and what only begins like the name's line is none */
    assert_int_equal(fetch_sum_for(arena_printf(arena, "%s0  x\n", a), STR("x"), arena).len, 0);
}

/* What could carry a line of somebody else's, or leave the web, is not even tried. Rule: C47 */
static void fetch_start__refuses_what_is_no_address(void **state)
{
    static const struct {
        const char *url, *sum_url, *header;
        bool plain_ok;
    } wrong[] = {
        { "http://example.jp/a", "", "", false },
        { "file:///etc/passwd", "", "", true },
        { "https://example.jp/a b", "", "", false },
        { "https://example.jp/a\r\nX: y", "", "", false },
        { "https://example.jp/a", "ftp://example.jp/b", "", true },
        { "https://example.jp/a", "", "X: y\r\nZ: w", false },
    };
    CLEANUP(fetch_free_var) struct fetch *fetch = fetch_new();
    struct fetch_state now;

    for (size_t i = 0; i < COUNT(wrong); i++) {
        struct fetch_ask ask = { .url = str_from_z(wrong[i].url),
                                 .sum_url = str_from_z(wrong[i].sum_url),
                                 .header = str_from_z(wrong[i].header),
                                 .plain_ok = wrong[i].plain_ok,
                                 .path = "/nonexistent" };
        struct err err = { 0 };

        assert_false(fetch_start(fetch, &ask, &err));
        assert_int_equal(err.code, ERR_INPUT);
    }
    fetch_look(fetch, *state, &now);
    assert_int_equal(now.result, FETCH_SAME);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(fetch_sum_for__finds_the_line_of_the_name, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(fetch_start__refuses_what_is_no_address, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
