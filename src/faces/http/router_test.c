#include "base/testing.h"

#include "faces/http/peer_address.h"
#include "faces/http/rate.h"
#include "faces/http/router.h"
#include "seal/seal.h"

static struct arena *arena;

static int set_up(void **state)
{
    struct err err = { 0 };
    (void)state;

    arena = arena_new(64 << 20);
    return seal_start(&err) ? 0 : 1;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static bool handle(struct request *req, struct response *res, struct err *err)
{
    (void)req;
    (void)res;
    (void)err;
    return true;
}

#define GET_ROW(path)  ROUTE_GET(path, 1, handle)
#define POST_ROW(path) ROUTE_POST(path, 1, TOKEN_FORM, BODY_FORM, 1, handle)
#define WRONG(what, ...)                                          \
    {                                                             \
        what, (const struct route[]){ __VA_ARGS__ },              \
            COUNT(((const struct route[]){ __VA_ARGS__ })), false \
    }
#define RIGHT(what, ...)                                         \
    {                                                            \
        what, (const struct route[]){ __VA_ARGS__ },             \
            COUNT(((const struct route[]){ __VA_ARGS__ })), true \
    }

/* C15, C21: a route that says less than all of it does not start. */
static void routes_check__refuses_half_routes(void **state)
{
    const struct {
        const char *what;
        const struct route *rows;
        size_t count;
        bool ok;
    } cases[] = {
        RIGHT("get and post", GET_ROW("/a"), POST_ROW("/a")),
        RIGHT("a literal beside a value", GET_ROW("/a/{id}"), GET_ROW("/a/new")),
        RIGHT("a rest beside a value", GET_ROW("/a/{rest*}"), GET_ROW("/a/{id}"),
              GET_ROW("/a/{id}/b")),
        RIGHT("other lengths", GET_ROW("/a/{id}"), GET_ROW("/a/{id}/{other}")),
        RIGHT("an interface", ROUTE_POST("/a", 1, TOKEN_API, BODY_JSON, 10, handle)),
        WRONG("no permission", ROUTE_GET("/a", 0, handle)),
        WRONG("a POST without token rule",
              ROUTE_POST("/a", 1, TOKEN_NONE_GET, BODY_FORM, 10, handle)),
        WRONG("a form token in JSON", ROUTE_POST("/a", 1, TOKEN_FORM, BODY_JSON, 10, handle)),
        WRONG("a form without size", ROUTE_POST("/a", 1, TOKEN_FORM, BODY_FORM, 0, handle)),
        WRONG("no handler", ROUTE_GET("/a", 1, NULL)),
        WRONG("a GET with a body",
              { METHOD_GET, "/a", 1, TOKEN_NONE_GET, BODY_FORM, 10, handle, "a" }),
        WRONG("a GET with a token", { METHOD_GET, "/a", 1, TOKEN_FORM, BODY_NONE, 0, handle, "a" }),
        WRONG("no name", { METHOD_GET, "/a", 1, TOKEN_NONE_GET, BODY_NONE, 0, handle, NULL }),
        WRONG("no slash", GET_ROW("a")),
        WRONG("an open brace", GET_ROW("/{a")),
        WRONG("half a segment", GET_ROW("/a{b}")),
        WRONG("an empty name", GET_ROW("/{}")),
        WRONG("something behind the rest", GET_ROW("/{a*}/b")),
        WRONG("twice the same", GET_ROW("/a/{id}"), GET_ROW("/a/{other}")),
        WRONG("two for /a/b/c", GET_ROW("/a/{x}/c"), GET_ROW("/a/b/{y}")),
    };
    (void)state;

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct route_list list = { cases[i].rows, cases[i].count };
        struct err err = { 0 };

        print_message("case: %s\n", cases[i].what);
        assert_int_equal(routes_check(&list, 1, arena, &err), cases[i].ok);
        assert_int_equal(err.code, cases[i].ok ? ERR_NONE : ERR_BUG);
    }
}

static void router_find__chooses_the_most_exact(void **state)
{
    static const struct route rows[] = { GET_ROW("/"),         GET_ROW("/a/{rest*}"),
                                         GET_ROW("/a/{id}"),   GET_ROW("/a/new"),
                                         GET_ROW("/a/{id}/b"), POST_ROW("/only/x"),
                                         GET_ROW("/{word}"),   GET_ROW("/b/{id}"),
                                         GET_ROW("/c"),        GET_ROW("/b/new") };
    static const struct {
        const char *path, *want, *values;
    } cases[] = {
        { "/", "/", "" },
        { "/a/new", "/a/new", "" },
        { "/b/new", "/b/new", "" },
        { "/a/7", "/a/{id}", "id=7;" },
        { "/a/7/b", "/a/{id}/b", "id=7;" },
        { "/a/7/c", "/a/{rest*}", "rest=7/c;" },
        { "/a/", NULL, "" },
        { "/a", "/{word}", "word=a;" },
        { "/only/x", "405", "" },
        { "/x/y", NULL, "" },
        { "/a/7/b/", "/a/{rest*}", "rest=7/b/;" },
        { "/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17", NULL, "" },
    };
    struct route_list list = ROUTES(rows);
    struct router *router;
    struct err err = { 0 };
    (void)state;

    assert_true(router_new(&list, 1, arena, &router, &err));
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct fields values = { 0 };
        size_t index;
        enum found found =
            router_find(router, METHOD_GET, str_from_z(cases[i].path), arena, &index, &values);
        struct buf buf = buf_new(arena, 1000);

        print_message("case: %s\n", cases[i].path);
        if (!cases[i].want) {
            assert_int_equal(found, FOUND_NOTHING);
            continue;
        }
        if (str_eq_z(STR("405"), cases[i].want)) {
            assert_int_equal(found, FOUND_OTHER_METHOD);
            continue;
        }
        assert_int_equal(found, FOUND);
        assert_string_equal(router_route(router, index)->path, cases[i].want);
        for (size_t k = 0; k < values.len; k++)
            buf_printf(&buf, "%.*s=%.*s;", STR_ARG(values.at[k].name), STR_ARG(values.at[k].value));
        assert_str(buf_str(&buf), cases[i].values);
    }
}

/* C50 */
static void address_behind__believes_proxies_alone(void **state)
{
    static const struct str proxies[] = { STR_INIT("10.0.0.0/8"), STR_INIT("::1"),
                                          STR_INIT("unix") };
    static const struct {
        const char *peer, *forwarded, *want;
    } cases[] = {
        { "192.0.2.1", "6.6.6.6", "192.0.2.1" },
        { "10.2.3.4", "6.6.6.6", "6.6.6.6" },
        { "::1", "1.1.1.1, 2001:DB8::1", "2001:db8::1" },
        { "unix", "1.1.1.1,10.9.9.9", "1.1.1.1" },
        { "10.2.3.4", "", "10.2.3.4" },
        { "10.2.3.4", "6.6.6.6, unknown", "10.2.3.4" },
        { "10.2.3.4", "10.1.1.1", "10.1.1.1" },
        { "11.0.0.1", "6.6.6.6", "11.0.0.1" },
        { "10.2.3.4", "::ffff:6.6.6.6", "6.6.6.6" },
    };
    (void)state;

    for (size_t i = 0; i < COUNT(cases); i++) {
        print_message("case: %s < %s\n", cases[i].peer, cases[i].forwarded);
        assert_str(address_behind(str_from_z(cases[i].peer), str_from_z(cases[i].forwarded),
                                  proxies, COUNT(proxies), arena),
                   cases[i].want);
    }
    assert_true(net_is_valid(STR("2001:db8::/32")));
    assert_false(net_is_valid(STR("10.0.0.0/33")));
    assert_false(net_is_valid(STR("localhost")));
    assert_false(net_is_valid(STR("")));
}

/* C55: at the limit, one beyond it, and after the time it names. */
static void rate_take__is_exact(void **state)
{
    CLEANUP(rate_free_var) struct rate *rate = rate_new(1000, 5, 3600);
    struct utc now = { UTC_DAY };
    unsigned wait = 0;
    (void)state;

    for (int i = 0; i < 5; i++)
        assert_true(rate_take(rate, STR("a"), now, &wait));
    assert_false(rate_take(rate, STR("a"), now, &wait));
    assert_int_equal(wait, 1);
    assert_true(rate_take(rate, STR("b"), now, &wait));
    now.ms += UTC_SECOND;
    assert_true(rate_take(rate, STR("a"), now, &wait));
    assert_false(rate_take(rate, STR("a"), now, &wait));
    now.ms += UTC_HOUR;
    for (int i = 0; i < 5; i++)
        assert_true(rate_take(rate, STR("a"), now, &wait));
    assert_false(rate_take(rate, STR("a"), now, &wait));
}

static void rate_take__does_not_forget_the_one_held_back(void **state)
{
    CLEANUP(rate_free_var) struct rate *rate = rate_new(64, 5, 60);
    struct utc now = { UTC_DAY };
    (void)state;

    for (int i = 0; i < 6; i++)
        (void)rate_take(rate, STR("a"), now, NULL);
    for (int i = 0; i < 20000; i++)
        (void)rate_take(rate, arena_printf(arena, "crowd %d", i), now, NULL);
    assert_false(rate_take(rate, STR("a"), now, NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(routes_check__refuses_half_routes),
        cmocka_unit_test(router_find__chooses_the_most_exact),
        cmocka_unit_test(address_behind__believes_proxies_alone),
        cmocka_unit_test(rate_take__is_exact),
        cmocka_unit_test(rate_take__does_not_forget_the_one_held_back),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
