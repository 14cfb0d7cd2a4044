#include "base/testing.h"

#include "base/buf.h"

#include "domain/watch/watch.h"
#include "formats/cvss/cvss.h"

#define NOW ((struct utc){ INT64_C(1795060800000) })

static struct arena *arena;

static int set_up(void **state)
{
    (void)state;
    arena = arena_new(64 << 20);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

/* API-02: the dictionary's key, whichever way a product is named. */
static void watch_key_of__takes_every_name(void **state)
{
    static const struct {
        const char *product, *key; /* NULL: none */
    } cases[] = {
        { "apache:http_server", "apache:http_server" },
        { " apache:http_server ", "apache:http_server" },
        { "cpe:/a:apache:http_server:2.4.1", "apache:http_server" },
        { "cpe:2.3:o:microsoft:windows_10:*:*:*:*:*:*:*:*", "microsoft:windows_10" },
        { "pkg:npm/lodash@4.17.20", "npm:lodash" },
        { "pkg:npm/%40angular/core@1.0.0", "npm:@angular/core" },
        { "pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1",
          "Maven:org.apache.logging.log4j:log4j-core" },
        { "pkg:generic/thing@1", NULL },
        { "cpe:/a:apache", NULL },
        { "cpe:2.3:a:*:*:*:*:*:*:*:*:*:*", NULL },
        { "apache", NULL },
        { ":a", NULL },
        { "a:", NULL },
        { "", NULL },
        { "a\n:b", NULL },
    };
    (void)state;

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct str key;

        print_message("case: %s\n", cases[i].product);
        if (!cases[i].key) {
            assert_false(watch_key_of(str_from_z(cases[i].product), arena, &key));
            continue;
        }
        assert_true(watch_key_of(str_from_z(cases[i].product), arena, &key));
        assert_str(key, cases[i].key);
    }
}

static void watch__each_product_stands_once(void **state)
{
    struct watch watch = { 0 };
    struct err err = { 0 };
    bool is_new;
    (void)state;

    assert_true(watch_add(&watch, STR("a:b"), arena, &is_new, &err) && is_new);
    assert_true(watch_add(&watch, STR("c:d"), arena, &is_new, &err) && is_new);
    assert_true(watch_add(&watch, STR("a:b"), arena, &is_new, &err) && !is_new);
    assert_int_equal(watch.products.len, 2);
    assert_true(watch_remove(&watch, STR("a:b")));
    assert_false(watch_remove(&watch, STR("a:b")));
    assert_int_equal(watch.products.len, 1);
    assert_str(watch.products.at[0], "c:d");
}

/* API-03: what is kept is read back the same. */
static void watch_read__reads_what_was_written(void **state)
{
    struct watch watch = { .searched = NOW }, again;
    struct watch_item item = { .name = STR("CVE-2026-0001"),
                               .title_ja = STR("題 \"一\"\x1b"),
                               .severity = SEVERITY_HIGH,
                               .tenths = 88,
                               .is_kev = true,
                               .modified = NOW,
                               .found = NOW };
    struct buf first = buf_new(arena, 1 << 16), second = buf_new(arena, 1 << 16);
    struct err err = { 0 };
    bool is_new;
    (void)state;

    assert_true(watch_add(&watch, STR("a:b"), arena, &is_new, &err));
    VEC_PUSH(arena, &watch.conditions, (struct watch_condition){ STR("severity"), STR("high") });
    VEC_PUSH(arena, &watch.items, item);
    item.name = STR("GHSA-xxxx-yyyy-zzzz");
    item.tenths = CVSS_NO_SCORE;
    item.severity = SEVERITY_UNKNOWN;
    VEC_PUSH(arena, &watch.items, item);
    assert_true(
        watch_decide(&watch, STR("cve-2026-0001"), WATCH_DONE, STR("二行\nの注記"), NOW, &err));
    watch_write(&watch, &first);
    assert_true(watch_read(buf_str(&first), arena, &again, &err));
    assert_int_equal(again.items.at[0].state, WATCH_DONE);
    assert_int_equal(again.items.at[0].tenths, 88);
    assert_int_equal(again.items.at[1].tenths, CVSS_NO_SCORE);
    assert_str(again.items.at[0].note, "二行\nの注記");
    watch_write(&again, &second);
    assert_true(str_eq(buf_str(&first), buf_str(&second)));
}

static void watch_read__refuses_what_cannot_be(void **state)
{
    static const char *const wrong[] = {
        "",
        "[]",
        "{}",
        "{\"noroshi_watch\": 2}",
        "{\"noroshi_watch\": 1, \"searched\": \"yesterday\"}",
        "{\"noroshi_watch\": 1, \"products\": [\"x\"]}",
        "{\"noroshi_watch\": 1, \"products\": [7]}",
        "{\"noroshi_watch\": 1, \"conditions\": {\"severity\": 7}}",
        "{\"noroshi_watch\": 1, \"items\": [{\"id\": \"\", \"state\": \"open\"}]}",
        "{\"noroshi_watch\": 1, \"items\": [{\"id\": \"A\", \"state\": \"finished\"}]}",
        "{\"noroshi_watch\": 1, \"items\": [{\"id\": \"A\", \"state\": \"open\", \"note\": \"\\u0007\"}]}",
    };
    (void)state;

    for (size_t i = 0; i < COUNT(wrong); i++) {
        struct err err = { 0 };
        struct watch watch;

        print_message("case: %s\n", wrong[i]);
        assert_false(watch_read(str_from_z(wrong[i]), arena, &watch, &err));
        assert_true(err.code == ERR_INPUT || err.code == ERR_JSON_SYNTAX);
    }
}

static void watch_decide__takes_what_is_there(void **state)
{
    struct watch watch = { 0 };
    struct watch_item item = { .name = STR("CVE-2026-0001"), .is_changed = true };
    struct err err = { 0 };
    (void)state;

    VEC_PUSH(arena, &watch.items, item);
    assert_true(watch_decide(&watch, STR("CVE-2026-0001"), WATCH_PLANNED, STR("soon"), NOW, &err));
    assert_false(watch.items.at[0].is_changed);
    assert_true(watch_decide(&watch, STR("CVE-2026-0001"), WATCH_DONE, STR_NONE, NOW, &err));
    assert_str(watch.items.at[0].note, "soon");
    assert_false(watch_decide(&watch, STR("CVE-2026-0002"), WATCH_DONE, STR_NONE, NOW, &err));
    assert_int_equal(err.code, ERR_ABSENT);
    err = (struct err){ 0 };
    assert_false(watch_decide(&watch, STR("CVE-2026-0001"), WATCH_DONE, STR("\x07"), NOW, &err));
    assert_int_equal(err.code, ERR_INPUT);
}

/* API-03: the conditions of a list are those of a search; what none can be asked for is refused. */
static void watch_asks__what_its_conditions_say(void **state)
{
    static const struct watch_condition wrong[] = {
        { STR_INIT("severity"), STR_INIT("huge") }, { STR_INIT("product"), STR_INIT("a:b") },
        { STR_INIT("sort"), STR_INIT("epss") },     { STR_INIT("colour"), STR_INIT("red") },
        { STR_INIT("kev"), STR_INIT("perhaps") },
    };
    struct watch watch = { 0 };
    struct err err = { 0 };
    struct search search;
    (void)state;

    VEC_PUSH(arena, &watch.conditions,
             (struct watch_condition){ STR("severity"), STR("critical,high") });
    VEC_PUSH(arena, &watch.conditions, (struct watch_condition){ STR("kev"), STR("yes") });
    VEC_PUSH(arena, &watch.conditions, (struct watch_condition){ STR("epss"), STR("0.1") });
    assert_true(watch_asks(&watch, &search, &err));
    assert_int_equal(search.severities, 1U << SEVERITY_CRITICAL | 1U << SEVERITY_HIGH);
    assert_int_equal(search.kev, TICK_YES);
    assert_int_equal(search.epss_min, 10000);
    for (size_t i = 0; i < COUNT(wrong); i++) {
        print_message("case: %s\n", wrong[i].name.ptr);
        watch.conditions.at[2] = wrong[i];
        assert_false(watch_asks(&watch, &search, &err));
        assert_int_equal(err.code, ERR_SEARCH);
        err = (struct err){ 0 };
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(watch_key_of__takes_every_name),
        cmocka_unit_test(watch__each_product_stands_once),
        cmocka_unit_test(watch_read__reads_what_was_written),
        cmocka_unit_test(watch_read__refuses_what_cannot_be),
        cmocka_unit_test(watch_decide__takes_what_is_there),
        cmocka_unit_test(watch_asks__what_its_conditions_say),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
