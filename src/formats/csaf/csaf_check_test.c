#include "formats/csaf/csaf_check_internal.h"
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

static struct csaf_result judge_file(struct arena *arena, const char *path,
                                     void (*judge)(struct json, struct arena *,
                                                   struct csaf_result *))
{
    struct csaf_result result;
    struct err err = { 0 };
    struct json json;

    if (!json_read(testing_read(arena, path), arena, &json, &err))
        fail_msg("%s: %s", path, err.subject);
    judge(json, arena, &result);
    return result;
}

static struct csaf_result check_file(struct arena *arena, const char *path)
{
    return judge_file(arena, path, csaf_check);
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
        struct csaf_result result =
            judge_file(arena, path, str_starts(test, STR("6.1.")) ? csaf_check : csaf_advise);
        bool is_right = has(&result, test) == should_fail;

        *skipped = *skipped || is_not_checked(&result, test);
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
    size_t wrong = 0, count = 0, right = 0, all = 0;
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
        right += failing + passing;
        all += json_count(failures) + json_count(valid);
        wrong += skipped || failing != json_count(failures) || passing != json_count(valid);
    }
    print_message("conformance: csaf/oasis-csaf-2.0, section 6.1 %zu/%zu\n", right, all);
    assert_int_equal(wrong, 0);
    assert_int_equal(count, 43);
}

/* API-05: the optional and informative tests, but for those that need the network or a dictionary. */
static void csaf_advise__agrees_with_the_suite_of_the_standard(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(TESTING_ARENA);
    const char *folder = testing_data(arena, "csaf/oasis-csaf-2.0/test/validator/data");
    struct err err = { 0 };
    struct json json, tests;
    size_t right = 0, all = 0, passed_over = 0;
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
        size_t now;

        if (str_starts(id, STR("6.1.")))
            continue;
        now = count_right(folder, failures, id, true, &skipped) +
              count_right(folder, valid, id, false, &skipped);
        if (skipped) {
            passed_over++;
            continue;
        }
        right += now;
        all += json_count(failures) + json_count(valid);
    }
    print_message("conformance: csaf/oasis-csaf-2.0, sections 6.2 and 6.3 %zu/%zu\n", right, all);
    assert_int_equal(right, all);
    assert_int_equal(passed_over, 3);
}

/* How many documents are called valid or not as the suite does, whichever test they were made for. */
static size_t count_verdicts(const char *folder, struct json list, size_t *all)
{
    size_t right = 0;

    for (size_t i = 0; i < json_count(list); i++) {
        CLEANUP(arena_free_var) struct arena *arena = arena_new(TESTING_ARENA);
        const char *path =
            arena_z(arena, arena_printf(arena, "%s/%.*s", folder,
                                        STR_ARG(json_text(json_get(json_at(list, i), "name")))));
        struct csaf_result result = check_file(arena, path);

        if ((result.findings.len == 0) == json_is_true(json_get(json_at(list, i), "valid")))
            right++;
        else
            complain(path, &result);
        (*all)++;
    }
    return right;
}

/* API-05: also documents made for optional tests pass all mandatory ones. Two of them do not: docs/conformance.md. */
static void csaf_check__calls_valid_what_the_suite_does(void **state)
{
    enum { AGAINST_6_1_25 = 2 };
    CLEANUP(arena_free_var) struct arena *arena = arena_new(TESTING_ARENA);
    const char *folder = testing_data(arena, "csaf/oasis-csaf-2.0/test/validator/data");
    struct err err = { 0 };
    struct json json, tests;
    size_t right = 0, all = 0;
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
        right += count_verdicts(folder, json_get(json_at(tests, i), "failures"), &all);
        right += count_verdicts(folder, json_get(json_at(tests, i), "valid"), &all);
    }
    print_message("conformance: csaf/oasis-csaf-2.0, valid or not %zu/%zu\n", right, all);
    assert_int_equal(all - right, AGAINST_6_1_25);
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
        assert_int_equal(result.not_checked.len, 0);
    }
}

/* API-05: what the suite has no document for, or only one. */
static void csaf_check__judges_by_the_words_of_the_standard(void **state)
{
    static const struct {
        const char *test;
        bool is_found;
        const char *text;
    } cases[] = {
        /* weaknesses that there are, by their names */
        { "6.1.11", true,
          "{'vulnerabilities':[{'cwe':{'id':'CWE-79','name':'Improper Input Validation'}}]}" },
        { "6.1.11", true,
          "{'vulnerabilities':[{'cwe':{'id':'CWE-99999','name':'Improper Input Validation'}}]}" },
        { "6.1.11", false,
          "{'vulnerabilities':[{'cwe':{'id':'CWE-20','name':'Improper Input Validation'}}]}" },
        /* a reference is external unless it says otherwise */
        { "6.1.27.2", false,
          "{'document':{'category':'csaf_informational_advisory','references':[{'url':'https://a.example/'}]}}" },
        { "6.1.27.2", true,
          "{'document':{'category':'csaf_informational_advisory','references':[{'category':'self'}]}}" },
        /* one instant, written in two ways */
        { "6.1.24", true,
          "{'vulnerabilities':[{'involvements':[{'party':'vendor','date':'2021-04-23T10:00:00Z'},"
          "{'party':'vendor','date':'2021-04-23T12:00:00.000+02:00'}]}]}" },
        { "6.1.24", false,
          "{'vulnerabilities':[{'involvements':[{'party':'vendor','date':'2021-04-23T10:00:00Z'},"
          "{'party':'other','date':'2021-04-23T10:00:00Z'}]}]}" },
        /* a word that FIRST's schema does not have, and one that only contradicts the vector */
        { "6.1.8", true,
          "{'vulnerabilities':[{'scores':[{'cvss_v3':{'version':'3.1','vectorString':'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H',"
          "'baseScore':9.8,'baseSeverity':'CRITICAL','attackVector':'ADJACENT'}}]}]}" },
        { "6.1.8", false,
          "{'vulnerabilities':[{'scores':[{'cvss_v3':{'version':'3.1','vectorString':'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H',"
          "'baseScore':9.8,'baseSeverity':'CRITICAL','attackVector':'LOCAL'}}]}]}" },
        { "6.1.10", true,
          "{'vulnerabilities':[{'scores':[{'cvss_v3':{'version':'3.1','vectorString':'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H',"
          "'baseScore':9.8,'baseSeverity':'CRITICAL','attackVector':'LOCAL'}}]}]}" },
        { "6.1.10", false,
          "{'vulnerabilities':[{'scores':[{'cvss_v3':{'version':'3.1','vectorString':'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H',"
          "'baseScore':9.8,'baseSeverity':'CRITICAL','exploitCodeMaturity':'NOT_DEFINED'}}]}]}" },
        /* a property may add what the vector leaves open, and counts then */
        { "6.1.10", false,
          "{'vulnerabilities':[{'scores':[{'cvss_v3':{'version':'3.1','vectorString':'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H',"
          "'baseScore':9.8,'baseSeverity':'CRITICAL','exploitCodeMaturity':'UNPROVEN','temporalScore':9.0}}]}]}" },
        { "6.1.9", false,
          "{'vulnerabilities':[{'scores':[{'cvss_v3':{'version':'3.1','vectorString':'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H',"
          "'baseScore':9.8,'baseSeverity':'CRITICAL','exploitCodeMaturity':'UNPROVEN','temporalScore':9.0}}]}]}" },
        { "6.1.9", true,
          "{'vulnerabilities':[{'scores':[{'cvss_v2':{'version':'2.0','vectorString':'AV:L/AC:L/Au:N/C:C/I:C/A:C',"
          "'baseScore':7.2,'environmentalScore':7.1}}]}]}" },
        /* package URLs by the rules of their types */
        { "6.1.13", true,
          "{'product_tree':{'full_product_names':[{'product_identification_helper':{'purl':'pkg:npm/@1.0'}}]}}" },
        { "6.1.13", true,
          "{'product_tree':{'full_product_names':[{'product_identification_helper':{'purl':'npm/foo@1.0'}}]}}" },
        { "6.1.13", false,
          "{'product_tree':{'full_product_names':[{'product_identification_helper':{'purl':'pkg:npm/%40angular/cli@1.0'}}]}}" },
        /* a group in one flag twice is one flag, in two flags two; groups may overlap */
        { "6.1.33", false,
          "{'product_tree':{'product_groups':[{'group_id':'g','product_ids':['a','b']},{'group_id':'h','product_ids':['b','c']}]},"
          "'vulnerabilities':[{'flags':[{'group_ids':['g','h','g'],'product_ids':['a']}]},{'flags':[{'group_ids':['g']}]}]}" },
        { "6.1.33", true,
          "{'product_tree':{'product_groups':[{'group_id':'g','product_ids':['a','b']},{'group_id':'h','product_ids':['b','c']}]},"
          "'vulnerabilities':[{'flags':[{'group_ids':['g']},{'group_ids':['h']}]}]}" },
        { "6.1.27.9", false,
          "{'document':{'category':'csaf_vex'},'product_tree':{'product_groups':[{'group_id':'g','product_ids':['a','b']}]},"
          "'vulnerabilities':[{'product_status':{'known_not_affected':['a']},'flags':[{'group_ids':['g']}]},"
          "{'product_status':{'known_not_affected':['b']},'threats':[{'category':'impact','group_ids':['g']}]}]}" },
        { "6.1.27.9", true,
          "{'document':{'category':'csaf_vex'},'product_tree':{'product_groups':[{'group_id':'g','product_ids':['a','b']}]},"
          "'vulnerabilities':[{'product_status':{'known_not_affected':['a']},'flags':[{'group_ids':['g']}]},"
          "{'product_status':{'known_not_affected':['b']},'threats':[{'category':'exploit_status','group_ids':['g']}]}]}" },
    };
    (void)state;

    for (size_t i = 0; i < COUNT(cases); i++) {
        CLEANUP(arena_free_var) struct arena *arena = arena_new(TESTING_ARENA);
        struct buf buf = buf_new(arena, 1 << 16);
        struct csaf_result result;
        struct err err = { 0 };
        struct json json;

        print_message("case: %s %s\n", cases[i].test, cases[i].text);
        for (const char *c = cases[i].text; *c; c++)
            buf_byte(&buf, *c == '\'' ? '"' : *c);
        assert_true(json_read(buf_str(&buf), arena, &json, &err));
        csaf_check(json, arena, &result);
        assert_int_equal(has(&result, str_from_z(cases[i].test)), cases[i].is_found);
    }
}

/* A document of groups that unfold to very much is looked at as far as is reasonable, and what was not is said. */
static void csaf_check__says_what_it_could_not_unfold(void **state)
{
    enum { PRODUCTS = 20000, VULNERABILITIES = 240 };
    CLEANUP(arena_free_var) struct arena *arena = arena_new(TESTING_ARENA);
    struct buf buf = buf_new(arena, 4 << 20);
    struct csaf_result result;
    struct err err = { 0 };
    struct json json;
    (void)state;

    buf_add_z(&buf,
              "{\"product_tree\":{\"product_groups\":[{\"group_id\":\"g\",\"product_ids\":[\"p\"");
    for (int i = 0; i < PRODUCTS; i++)
        buf_printf(&buf, ",\"%d\"", i);
    buf_add_z(&buf, "]}]},\"vulnerabilities\":[{}");
    for (int i = 0; i < VULNERABILITIES; i++)
        buf_add_z(&buf, ",{\"flags\":[{\"group_ids\":[\"g\"]}]}");
    buf_add_z(&buf, "]}");
    assert_true(json_read(buf_str(&buf), arena, &json, &err));
    csaf_check(json, arena, &result);
    assert_true(is_not_checked(&result, STR("6.1.33")));
    assert_false(has(&result, STR("6.1.33")));
}

/* API-05: 6.1.12, a tag is in the registry with all its parts. */
static void has_language__knows_the_registry(void **state)
{
    static const char *const right[] = {
        "ja",         "en-US",      "JA-jp",          "zh-Hant-TW",      "yue",
        "zh-yue-HK",  "de-CH-1996", "sl-rozaj-biske", "es-419",          "qaz",
        "sr-Qaaq-XK", "i-default",  "x-whatever",     "en-u-co-phonebk", "de-x-mine"
    };
    static const char *const wrong[] = { "EZ",         "zz",         "jp",      "xqq",
                                         "en-UK",      "en-QL",      "ja-Jppp", "de-1997",
                                         "en-US-GB",   "ja-JP-Jpan", "i-foo",   "en-a-foo",
                                         "de-1996-CH", "en-u",       "x" };
    (void)state;

    for (size_t i = 0; i < COUNT(right); i++) {
        print_message("case: %s\n", right[i]);
        assert_true(has_language(str_from_z(right[i])));
    }
    for (size_t i = 0; i < COUNT(wrong); i++) {
        print_message("case: %s\n", wrong[i]);
        assert_false(has_language(str_from_z(wrong[i])));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(csaf_check__agrees_with_the_suite_of_the_standard),
        cmocka_unit_test(csaf_advise__agrees_with_the_suite_of_the_standard),
        cmocka_unit_test(csaf_check__calls_valid_what_the_suite_does),
        cmocka_unit_test(csaf_check__finds_the_shape_of_the_suite_right),
        cmocka_unit_test(csaf_check__judges_real_advisories),
        cmocka_unit_test(csaf_check__survives_wrong_types),
        cmocka_unit_test(csaf_check__judges_by_the_words_of_the_standard),
        cmocka_unit_test(csaf_check__says_what_it_could_not_unfold),
        cmocka_unit_test(has_language__knows_the_registry),
    };

    return cmocka_run_group_tests_name("csaf_check", tests, NULL, NULL);
}
