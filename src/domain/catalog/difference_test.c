#include "domain/catalog/difference.h"

#include "base/testing.h"

static int setup(void **state)
{
    *state = arena_new(64 << 20);
    return 0;
}

static int teardown(void **state)
{
    arena_free(*state);
    return 0;
}

static struct catalog_record record_of(struct arena *arena)
{
    struct catalog_record record = { .source = SOURCE_NVD, .id = STR("CVE-2026-0001") };
    struct affected affected = { .ecosystem = STR("npm"),
                                 .name = STR("left"),
                                 .default_status = SPAN_UNAFFECTED };
    struct configuration whole = { 0 }, node = { 0 };

    record.status = STR("Received");
    VEC_PUSH(arena, &record.texts,
             (struct catalog_text){ TEXT_DESCRIPTION, STR("en"), STR("A flaw."), STR("cna") });
    VEC_PUSH(arena, &record.weaknesses, STR("CWE-79"));
    VEC_PUSH(arena, &record.references,
             (struct catalog_reference){ STR("https://example.org/1"), STR("") });
    VEC_PUSH(arena, &affected.spans, (struct span){ .to = STR("2.0") });
    VEC_PUSH(arena, &record.affected, affected);
    VEC_PUSH(arena, &node.criteria,
             (struct criterion){ .cpe = STR("cpe:2.3:a:v:p:*:*:*:*:*:*:*:*"),
                                 .is_vulnerable = true,
                                 .to = STR("2.0") });
    VEC_PUSH(arena, &whole.nodes, node);
    VEC_PUSH(arena, &record.configurations, whole);
    return record;
}

static const struct difference *only(const struct differences *found, enum difference_field field)
{
    const struct difference *one = NULL;

    for (size_t i = 0; i < found->len; i++) {
        if (found->at[i].field != field)
            continue;
        assert_null(one);
        one = &found->at[i];
    }
    assert_non_null(one);
    return one;
}

/* VDB-01: the same twice is no change, whatever dates the source gives. */
static void difference__of_the_same_is_none(void **state)
{
    struct catalog_record was = record_of(*state), is = record_of(*state);

    is.modified = (struct utc){ 1 };
    assert_int_equal(catalog_difference(&was, &is, *state).len, 0);
}

/* VDB-01: each field says what stood there and what stands there now. */
static void difference__names_old_and_new(void **state)
{
    struct catalog_record was = record_of(*state), is = record_of(*state);
    struct differences found;
    const struct difference *one;

    is.status = STR("Analyzed");
    is.state = CATALOG_REJECTED;
    is.texts.at[0].text = STR("A grave flaw.");
    is.weaknesses.at[0] = STR("CWE-80");
    is.affected.at[0].spans.at[0].to = STR("2.1");
    is.configurations.at[0].nodes.at[0].criteria.at[0].to = STR("2.1");
    is.references.len = 0;
    VEC_PUSH(*state, &is.aliases, STR("GHSA-xxxx-xxxx-xxxx"));
    VEC_PUSH(*state, &is.scores,
             (struct catalog_score){
                 .by = STR("nvd@nist.gov"), .vector = STR("AV:N"), .version = STR("3.1") });
    is.ssvc.exploitation = STR("active");
    found = catalog_difference(&was, &is, *state);

    one = only(&found, DIFFERENCE_STATE);
    assert_true(str_eq_z(one->before, "published") && str_eq_z(one->after, "rejected"));
    one = only(&found, DIFFERENCE_STATUS);
    assert_true(str_eq_z(one->before, "Received") && str_eq_z(one->after, "Analyzed"));
    one = only(&found, DIFFERENCE_TEXT);
    assert_true(str_eq_z(one->about, "en") && one->kind == TEXT_DESCRIPTION &&
                str_eq_z(one->before, "A flaw.") && str_eq_z(one->after, "A grave flaw."));
    one = only(&found, DIFFERENCE_SCORE);
    assert_true(str_eq_z(one->about, "nvd@nist.gov") && one->before.len == 0);
    one = only(&found, DIFFERENCE_PRODUCT);
    assert_true(str_eq_z(one->about, "left") && str_eq_z(one->product_was->spans.at[0].to, "2.0") &&
                str_eq_z(one->product_is->spans.at[0].to, "2.1"));
    one = only(&found, DIFFERENCE_REFERENCE);
    assert_true(one->after.len == 0 && str_eq_z(one->before, "https://example.org/1"));
    assert_true(str_eq_z(only(&found, DIFFERENCE_ALIAS)->after, "GHSA-xxxx-xxxx-xxxx"));
    assert_true(str_contains(only(&found, DIFFERENCE_SSVC)->after, STR("active")));
    assert_int_equal(found.len, 8 + 2 + 2); /* a weakness and a criterion came in for another */
}

static void difference__passes_over_very_long_lists(void **state)
{
    struct catalog_record was = record_of(*state), is = record_of(*state);
    struct differences found;

    for (size_t i = 0; i <= DIFFERENCE_LIST_MAX; i++)
        VEC_PUSH(*state, &is.references,
                 (struct catalog_reference){ STR("https://example.org"), STR("") });
    found = catalog_difference(&was, &is, *state);
    assert_int_equal(found.len, 1);
    assert_true(found.at[0].is_long && found.at[0].field == DIFFERENCE_REFERENCE);
}

int main(void)
{
    /* clang-format off */
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(difference__of_the_same_is_none, setup, teardown),
        cmocka_unit_test_setup_teardown(difference__names_old_and_new, setup, teardown),
        cmocka_unit_test_setup_teardown(difference__passes_over_very_long_lists, setup, teardown),
    };
    /* clang-format on */

    return cmocka_run_group_tests(tests, NULL, NULL);
}
