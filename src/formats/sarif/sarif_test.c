#include "formats/json/json.h"
#include "formats/sarif/sarif.h"
#include "formats/testing.h"

/* One rule and one result of it; the run as it is read again. */
static struct json written(struct arena *arena, struct sarif_rule rule, struct sarif_result result)
{
    struct sarif sarif = { .tool = STR("noroshi"), .version = STR("1.0") };
    struct buf buf = buf_new(arena, 1 << 16);
    struct err err = { 0 };
    struct str text;
    struct json json;

    VEC_PUSH(arena, &sarif.rules, rule);
    VEC_PUSH(arena, &sarif.results, result);
    sarif_write(&sarif, &buf);
    assert_true(buf_done(&buf, &text, &err));
    assert_true(json_read(text, arena, &json, &err));
    return json_at(json_get(json, "runs"), 0);
}

static const struct sarif_rule rule = { .id = STR_INIT("CVE-2026-1001"), .level = SARIF_ERROR };

static struct json location_of(struct arena *arena, struct str path, size_t line)
{
    struct json run = written(arena, rule,
                              (struct sarif_result){ .level = SARIF_NOTE,
                                                     .message = STR("It is."),
                                                     .path = path,
                                                     .line = line,
                                                     .part = STR("pkg:npm/leftpad@1.0") });

    return json_at(json_get(json_at(json_get(run, "results"), 0), "locations"), 0);
}

static struct str text_of(struct json json, const char *key)
{
    return json_text(json_get(json, key));
}

/* PSR-21: section 3.4.3, a URI reference of RFC 3986 whatever the file is called; a name with a ':' is no scheme. */
static void sarif__writes_paths_as_uri_references(void **state)
{
    static const struct {
        const char *path, *uri;
    } cases[] = {
        { "shop.cdx.json", "shop.cdx.json" },
        { "lists/shop~1.0+b@x.json", "lists/shop~1.0+b@x.json" },
        { "../a b/%41.json", "../a%20b/%2541.json" },
        { "sha256:00.json", "sha256%3A00.json" },
        { "a?b#c[1]\\d.json", "a%3Fb%23c%5B1%5D%5Cd.json" },
        { "部品表.json", "%E9%83%A8%E5%93%81%E8%A1%A8.json" },
        { "/", "file:///" },
        { "/srv/a b.json", "file:///srv/a%20b.json" },
    };
    CLEANUP(arena_free_var) struct arena *arena = arena_new(TESTING_ARENA);
    (void)state;

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct json place =
            json_get(location_of(arena, str_from_z(cases[i].path), 7), "physicalLocation");

        print_message("case: %s\n", cases[i].path);
        assert_true(str_eq_z(text_of(json_get(place, "artifactLocation"), "uri"), cases[i].uri));
        assert_int_equal(json_int(json_get(json_get(place, "region"), "startLine"), 0), 7);
    }
}

/* PSR-21: what was read from a pipe lies in no file; the component is its place. */
static void sarif__names_no_file_where_there_is_none(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(TESTING_ARENA);
    struct json location = location_of(arena, STR_NONE, 0);
    (void)state;

    assert_int_equal(json_kind(json_get(location, "physicalLocation")), JSON_NONE);
    assert_true(
        str_eq_z(text_of(json_at(json_get(location, "logicalLocations"), 0), "fullyQualifiedName"),
                 "pkg:npm/leftpad@1.0"));
}

/* PSR-21: section 3.49.12. */
static void sarif__leaves_out_a_help_that_is_no_uri(void **state)
{
    static const struct {
        const char *url;
        bool is_kept;
    } cases[] = {
        { "https://example.org/a?b=c#d", true },
        { "mailto:psirt@example.org", true },
        { "https://example.org/%e3%81%82", true },
        { "", false },
        { "example.org/a", false },
        { "://example.org", false },
        { "1https://example.org", false },
        { "https://example.org/a b", false },
        { "https://example.org/あ", false },
        { "https://example.org/<a>", false },
        { "https://example.org/100%", false },
        { "https://example.org/%4", false },
        { "https://example.org/%4g", false },
    };
    CLEANUP(arena_free_var) struct arena *arena = arena_new(TESTING_ARENA);
    (void)state;

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct sarif_rule asked = rule;
        struct json run, first;

        print_message("case: \"%s\"\n", cases[i].url);
        asked.help_url = str_from_z(cases[i].url);
        run = written(arena, asked, (struct sarif_result){ .message = STR("It is.") });
        first = json_at(json_get(json_get(json_get(run, "tool"), "driver"), "rules"), 0);
        assert_true(str_eq_z(text_of(first, "helpUri"), cases[i].is_kept ? cases[i].url : ""));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sarif__writes_paths_as_uri_references),
        cmocka_unit_test(sarif__names_no_file_where_there_is_none),
        cmocka_unit_test(sarif__leaves_out_a_help_that_is_no_uri),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
