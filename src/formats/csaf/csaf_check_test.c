#include "formats/csaf/csaf_check.h"
#include "formats/testing.h"
#include <dirent.h>

static bool has(const struct csaf_result *result, struct str test)
{
    for (size_t i = 0; i < result->findings.len; i++)
        if (str_eq(result->findings.at[i].test, test))
            return true;
    return false;
}

static bool is_not_checked(const struct csaf_result *result, struct str test)
{
    for (size_t i = 0; i < result->not_checked.len; i++)
        if (str_eq(result->not_checked.at[i], test))
            return true;
    return false;
}

static struct csaf_result check_file(struct arena *arena, const char *path)
{
    struct csaf_result result;
    struct err err = { 0 };
    struct json json;

    if (!json_read(testing_read(arena, path), arena, &json, &err))
        fail_msg("%s: %s", path, err.subject);
    csaf_check(json, arena, &result);
    return result;
}

static void complain(const char *path, const struct csaf_result *result)
{
    print_message("%s\n", path);
    for (size_t i = 0; i < result->findings.len; i++)
        print_message("  %.*s %.*s %s\n", STR_ARG(result->findings.at[i].test),
                      STR_ARG(result->findings.at[i].pointer), result->findings.at[i].message);
}

/* How many documents of the list were judged as the suite says. */
static size_t count_right(const char *folder, struct json list, struct str test, bool should_fail,
                          bool *skipped)
{
    size_t right = 0;

    for (size_t i = 0; i < json_count(list); i++) {
        CLEANUP(arena_free_var) struct arena *arena = arena_new(TESTING_ARENA);
        const char *path =
            arena_z(arena, arena_printf(arena, "%s/%.*s", folder,
                                        STR_ARG(json_text(json_get(json_at(list, i), "name")))));
        struct csaf_result result = check_file(arena, path);
        bool is_right = has(&result, test) == should_fail;

        *skipped = is_not_checked(&result, test);
        if (!is_right && !*skipped)
            complain(path, &result);
        right += is_right;
        if (!should_fail && has(&result, STR("schema")))
            complain(path, &result);
    }
    return right;
}

/* API-05: for every mandatory test of the standard's own suite, each document that must fail gives a finding of exactly
 * that test and each that must pass gives none of it. */
static void csaf_check__agrees_with_the_suite_of_the_standard(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(TESTING_ARENA);
    const char *folder = testing_data(arena, "csaf/oasis-csaf-2.0/test/validator/data");
    struct err err = { 0 };
    struct json json, tests;
    size_t wrong = 0, count = 0;
    (void)state;

    if (!folder) {
        arena_free(TAKE(arena));
        skip();
    }
    assert_true(json_read(
        testing_read(arena, arena_z(arena, arena_printf(arena, "%s/testcases.json", folder))),
        arena, &json, &err));
    tests = json_get(json, "tests");
    for (size_t i = 0; i < json_count(tests); i++) {
        struct json test = json_at(tests, i), failures = json_get(test, "failures"),
                    valid = json_get(test, "valid");
        struct str id = json_text(json_get(test, "id"));
        bool skipped = false;
        size_t failing, passing;

        if (!str_eq(json_text(json_get(test, "group")), STR("mandatory")))
            continue;
        failing = count_right(folder, failures, id, true, &skipped);
        passing = count_right(folder, valid, id, false, &skipped);
        print_message("%.*s: %zu of %zu failing, %zu of %zu valid%s\n", STR_ARG(id), failing,
                      json_count(failures), passing, json_count(valid),
                      skipped ? " (not checked)" : "");
        count++;
        if (skipped)
            assert_true(str_eq(id, STR("6.1.11")));
        else
            wrong += failing != json_count(failures) || passing != json_count(valid);
    }
    print_message("%zu tests\n", count);
    assert_int_equal(wrong, 0);
    assert_int_equal(count, 43);
}

/* The suite's documents have the schema's shape, but for those whose CVSS objects are wrong on purpose. */
static size_t count_shapes(const char *folder, size_t *documents)
{
    size_t wrong = 0;
    struct dirent *entry;
    DIR *dir = opendir(folder);

    assert_non_null(dir);
    while ((entry = readdir(dir))) {
        CLEANUP(arena_free_var) struct arena *arena = arena_new(TESTING_ARENA);
        struct csaf_result result;
        const char *path = arena_z(arena, arena_printf(arena, "%s/%s", folder, entry->d_name));

        if (!str_ends(str_from_z(entry->d_name), STR(".json")))
            continue;
        result = check_file(arena, path);
        (*documents)++;
        if (has(&result, STR("schema"))) {
            complain(path, &result);
            wrong++;
        }
    }
    closedir(dir);
    return wrong;
}

static void csaf_check__finds_the_shape_of_the_suite_right(void **state)
{
    static const char *const folders[] = { "mandatory", "optional", "informative" };
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 20);
    const char *folder = testing_data(arena, "csaf/oasis-csaf-2.0/test/validator/data");
    size_t wrong = 0, documents = 0;
    (void)state;

    if (!folder) {
        arena_free(TAKE(arena));
        skip();
    }
    for (size_t i = 0; i < COUNT(folders); i++)
        wrong += count_shapes(arena_z(arena, arena_printf(arena, "%s/%s", folder, folders[i])),
                              &documents);
    print_message("%zu documents\n", documents);
    assert_int_equal(wrong, 0);
}

/* Real advisories: the shape agrees with what the schema said of each; the tests are counted. */
static void csaf_check__judges_real_advisories(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(TESTING_ARENA);
    const char *manifest = testing_data(arena, "csaf/cisa-manifest.jsonl"),
               *folder = testing_data(arena, "csaf");
    size_t documents = 0, with_findings = 0, disagreements = 0;
    struct str lines, line;
    (void)state;

    if (!manifest) {
        arena_free(TAKE(arena));
        skip();
    }
    lines = testing_read(arena, manifest);
    while (str_split(&lines, '\n', &line)) {
        CLEANUP(arena_free_var) struct arena *own = arena_new(TESTING_ARENA);
        struct csaf_result result;
        struct err err = { 0 };
        struct json row;
        const char *path;

        assert_true(json_read(line, own, &row, &err));
        path = arena_z(
            own, arena_printf(own, "%s/%.*s", folder, STR_ARG(json_text(json_get(row, "path")))));
        result = check_file(own, path);
        documents++;
        with_findings += result.findings.len > 0;
        if (result.findings.len > 0)
            print_message("%s: %zu findings, first %.*s %.*s\n", path, result.findings.len,
                          STR_ARG(result.findings.at[0].test),
                          STR_ARG(result.findings.at[0].pointer));
        disagreements +=
            json_is_true(json_get(row, "schema20_valid")) == has(&result, STR("schema"));
    }
    print_message(
        "%zu documents, %zu with findings, %zu times the shape is seen otherwise than by the schema\n",
        documents, with_findings, disagreements);
    assert_int_equal(documents, 165);
    assert_int_equal(disagreements, 0);
}

static void csaf_check__survives_wrong_types(void **state)
{
    static const char *const cases[] = {
        "null",
        "[]",
        "\"x\"",
        "{}",
        "{\"document\":[],\"product_tree\":7,\"vulnerabilities\":\"x\"}",
        "{\"document\":{\"tracking\":{\"revision_history\":[1,{\"date\":3,\"number\":[]}],\"version\":1}},"
        "\"product_tree\":{\"branches\":{\"a\":1},\"relationships\":{\"full_product_name\":1},\"product_groups\":[[],{\"group_id\":{}}]},"
        "\"vulnerabilities\":[[],1,null,{\"cve\":[],\"flags\":{},\"scores\":[{\"cvss_v3\":[]},{\"cvss_v2\":{\"vectorString\":[]}}],"
        "\"product_status\":{\"fixed\":[1,{}]},\"remediations\":[[]],\"involvements\":[{\"party\":1}]}]}",
    };
    (void)state;

    for (size_t i = 0; i < COUNT(cases); i++) {
        CLEANUP(arena_free_var) struct arena *arena = arena_new(TESTING_ARENA);
        struct csaf_result result;
        struct err err = { 0 };
        struct json json;

        print_message("case: %s\n", cases[i]);
        assert_true(json_read(str_from_z(cases[i]), arena, &json, &err));
        csaf_check(json, arena, &result);
        assert_true(has(&result, STR("schema")));
        assert_true(is_not_checked(&result, STR("6.1.11")));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(csaf_check__agrees_with_the_suite_of_the_standard),
        cmocka_unit_test(csaf_check__finds_the_shape_of_the_suite_right),
        cmocka_unit_test(csaf_check__judges_real_advisories),
        cmocka_unit_test(csaf_check__survives_wrong_types),
    };

    return cmocka_run_group_tests_name("csaf_check", tests, NULL, NULL);
}
