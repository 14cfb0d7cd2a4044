#include "formats/json/json.h"
#include "formats/ssvc/ssvc.h"
#include "formats/testing.h"

static struct json document(struct arena *arena, const char *path)
{
    struct err err = { 0 };
    struct json json;

    assert_true(json_read(testing_read(arena, path), arena, &json, &err));
    return json;
}

static void same_point(const struct ssvc_point *ours, struct json theirs)
{
    struct json values = json_get(theirs, "values");

    assert_true(str_eq_z(json_text(json_get(theirs, "name")), ours->name));
    assert_int_equal(json_count(values), ours->count);
    for (size_t i = 0; i < ours->count; i++) {
        struct json value = json_at(values, i);

        assert_true(str_eq_z(json_text(json_get(value, "key")), ours->values[i].key));
        assert_true(str_eq_z(json_text(json_get(value, "name")), ours->values[i].name));
    }
}

/* One row of their mapping: keys of values by the ids of points, the outcome among them. */
static bool same_row(const struct ssvc_table *table, struct json row)
{
    struct str want = json_text(json_get(row, table->outcome->id));
    struct ssvc_choice choice = { 0 };
    struct ssvc_outcome outcome;

    for (size_t i = 0; i < table->count; i++)
        if (!ssvc_choose(table, str_from_z(table->points[i]->id),
                         json_text(json_get(row, table->points[i]->id)), &choice))
            return false;
    outcome = ssvc_decide(table, &choice);
    return outcome.least == outcome.most &&
           str_eq_z(want, table->outcome->values[outcome.least].key);
}

/* Every combination of every table gives what CISA and CERT/CC say. */
static void ssvc_decide__is_the_published_table(void **state)
{
    static const struct {
        const char *id, *file;
    } files[] = {
        { "cisa:DT_CO:2.0.3", "cisa/cisa_coordinator_2_0_3" },
        { "cisa:DT_BOD2604:1.0.0", "cisa/cisa_bod_26_04_1_0_0" },
        { "ssvc:DT_DP:1.0.0", "ssvc/deployer_patch_application_priority_1_0_0" },
        { "ssvc:DT_SP:1.0.0", "ssvc/supplier_patch_development_priority_1_0_0" },
        { "ssvc:DT_COORD_TRIAGE:1.0.0", "ssvc/coordinator_triage_1_0_0" },
        { "ssvc:DT_COORD_PUBLISH:1.0.0", "ssvc/coordinator_publish_decision_table_1_0_0" },
        { "ssvc:DT_HI:1.0.0", "ssvc/human_impact_1_0_0" },
        { "ssvc:DT_PSI:1.0.0", "ssvc/public_safety_impact_1_0_0" },
        { "ssvc:DT_U:1.0.0", "ssvc/utility_1_0_0" },
    };
    CLEANUP(arena_free_var) struct arena *arena = arena_new(TESTING_ARENA);
    const struct ssvc_table *all;
    size_t passed = 0, total = 0;
    (void)state;

    assert_int_equal(ssvc_tables(&all), COUNT(files));
    for (size_t i = 0; i < COUNT(files); i++) {
        const struct ssvc_table *table = ssvc_find(str_from_z(files[i].id));
        const char *path = testing_data(
            arena, arena_z(arena, arena_printf(arena, "ssvc-tables/json/decision_tables/%s.json",
                                               files[i].file)));
        struct json theirs, points, row;

        if (!path)
            skip();
        print_message("case: %s\n", files[i].id);
        theirs = document(arena, path);
        points = json_get(theirs, "decision_points");
        assert_non_null(table);
        assert_true(str_eq_z(json_text(json_get(theirs, "name")), table->name));
        assert_true(str_eq_z(json_text(json_get(theirs, "outcome")), table->outcome->id));
        assert_int_equal(json_count(points), table->count + 1);
        for (size_t k = 0; k < table->count; k++)
            same_point(table->points[k], json_get(points, table->points[k]->id));
        same_point(table->outcome, json_get(points, table->outcome->id));
        for (struct json_iter k = json_iter(json_get(theirs, "mapping")); json_next(&k, NULL, &row);
             total++)
            passed += same_row(table, row);
        assert_int_equal(strlen(table->cells), json_count(json_get(theirs, "mapping")));
    }
    print_message("conformance: ssvc %zu/%zu\n", passed, total);
    assert_int_equal(passed, total);
}

static struct ssvc_choice chosen(const struct ssvc_table *table, const char *const pairs[][2],
                                 size_t count)
{
    struct ssvc_choice choice = { 0 };

    for (size_t i = 0; i < count; i++)
        assert_true(ssvc_choose(table, str_from_z(pairs[i][0]), str_from_z(pairs[i][1]), &choice));
    return choice;
}

/* What CISA writes into CVE records are names in small letters, of older versions too. */
static void ssvc_choose__takes_names_as_records_have_them(void **state)
{
    static const char *const pairs[][2] = { { "Exploitation", "poc" },
                                            { "Automatable", "yes" },
                                            { "Technical Impact", "total" },
                                            { "MWI", "M" } };
    const struct ssvc_table *table = ssvc_find(STR("cisa-coordinator"));
    struct ssvc_choice choice = chosen(table, pairs, COUNT(pairs));
    struct ssvc_outcome outcome = ssvc_decide(table, &choice);
    (void)state;

    assert_int_equal(outcome.least, outcome.most);
    assert_string_equal(table->outcome->values[outcome.least].name, "Track*");
    assert_false(ssvc_choose(table, STR("Exploitation"), STR("often"), &choice));
    assert_true(
        ssvc_choose(ssvc_find(STR("deployer")), STR("human_impact"), STR("very-high"), &choice));
    assert_false(ssvc_choose(table, STR("Weather"), STR("fair"), &choice));
    assert_null(ssvc_find(STR("nobody")));
}

/* What nobody answered leaves a span; what does not matter leaves none. */
static void ssvc_decide__says_what_is_open(void **state)
{
    static const char *const active[][2] = { { "E", "active" }, { "EXP", "open" } };
    static const char *const defer[][2] = { { "E", "none" }, { "EXP", "small" }, { "A", "no" } };
    static const char *const never[][2] = { { "KEV", "no" }, { "PE", "no" }, { "A", "no" } };
    const struct ssvc_table *deployer = ssvc_find(STR("deployer"));
    const struct ssvc_table *bod = ssvc_find(STR("cisa-bod-26-04"));
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 20);
    struct ssvc_choice choice = chosen(deployer, active, COUNT(active));
    struct ssvc_outcome outcome = ssvc_decide(deployer, &choice);
    (void)state;

    assert_string_equal(deployer->outcome->values[outcome.least].name, "Scheduled");
    assert_string_equal(deployer->outcome->values[outcome.most].name, "Immediate");
    assert_true(str_eq_z(
        ssvc_path(deployer, &choice, LANG_EN, arena),
        "State of exploitation: Active exploitation; Exposure of the system: Open exposure; "
        "Automation of attacks: Not answered; Impact on people: Not answered → "
        "between \"Correct at the scheduled maintenance\" and \"Correct immediately\""));

    choice = chosen(deployer, defer, COUNT(defer));
    outcome = ssvc_decide(deployer, &choice);
    assert_true(outcome.least == 0 && outcome.most == 1);

    choice = chosen(bod, never, COUNT(never));
    outcome = ssvc_decide(bod, &choice);
    assert_true(outcome.least == 0 && outcome.most == 0);
    assert_true(
        str_eq_z(ssvc_path(bod, &choice, LANG_JA, arena),
                 "公衆ネットワークへの公開: 公開されていない; 悪用が確認された脆弱性 (KEV): "
                 "KEV カタログに掲載なし; 攻撃の自動化: 自動化できない; 技術的影響: 未回答 → "
                 "次のシステム更改時"));

    choice = (struct ssvc_choice){ 0 };
    outcome = ssvc_decide(ssvc_find(STR("coordinator-triage")), &choice);
    assert_true(outcome.least == 0 && outcome.most == 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ssvc_decide__is_the_published_table),
        cmocka_unit_test(ssvc_choose__takes_names_as_records_have_them),
        cmocka_unit_test(ssvc_decide__says_what_is_open),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
