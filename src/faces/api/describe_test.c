#include "faces/api/describe.h"

#include "base/err.h"
#include "base/testing.h"
#include "domain/casework/report_form.h"
#include "faces/api/nvd/nvd.h"
#include "faces/api/osv/osv.h"
#include "faces/api/reports.h"
#include "formats/json/json.h"

static struct json document(struct arena *arena)
{
    const struct route_list lists[] = { api_report_routes, api_describe_routes, api_nvd_routes,
                                        api_osv_routes, api_page_routes };
    struct err err = { 0 };
    struct json json;
    struct str text;

    assert_true(api_describe(lists, COUNT(lists), STR("https://x.example"), arena, &text, &err));
    assert_true(json_read(text, arena, &json, &err));
    return json;
}

/* Design 6: every route of our own interface is in the document, and every field of the report. */
static void api_describe__knows_every_route_and_field(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(16 << 20);
    struct json json = document(arena), schemas = json_get(json_get(json, "components"), "schemas"),
                report = json_get(schemas, "Report");
    const struct form_field *field = NULL;

    (void)state;
    assert_int_equal(json_count(json_get(json, "paths")), 12);
    assert_int_equal(json_count(json_get(report, "properties")),
                     report_field_count(REPORT_PRODUCT));
    while ((field = report_field_next(REPORT_PRODUCT, field))) {
        struct json property = json_get(json_get(report, "properties"), field->name);
        struct str type = field->kind == FORM_CHECK ? STR("boolean") : STR("string");

        print_message("case: %s\n", field->name);
        assert_true(str_eq(json_text(json_get(property, "type")), type));
    }
}

/* Each $ref leads to something. */
static void follow(struct json schemas, struct json json)
{
    struct str key, ref = json_text(json_get(json, "$ref"));
    struct json value;

    if (json_kind(json) == JSON_OBJECT && str_skip(&ref, STR("#/components/schemas/"))) {
        CLEANUP(arena_free_var) struct arena *arena = arena_new(4096 * 16);

        assert_int_equal(json_kind(json_get(schemas, arena_z(arena, ref))), JSON_OBJECT);
    }
    for (struct json_iter i = json_iter(json); json_next(&i, &key, &value);)
        follow(schemas, value);
}

static void api_describe__refers_to_what_is_there(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(16 << 20);
    struct json json = document(arena);

    (void)state;
    follow(json_get(json_get(json, "components"), "schemas"), json);
}

static void api_describe__refuses_a_route_it_does_not_know(void **state)
{
    static const struct route unknown = { .path = "/api/v1/other", .name = "other" };
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 20);
    struct err err = { 0 };
    struct str text;

    (void)state;
    assert_false(
        api_describe(&(struct route_list){ &unknown, 1 }, 1, STR("x"), arena, &text, &err));
    assert_int_equal(err.code, ERR_BUG);
    assert_string_equal(err.subject, "/api/v1/other");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(api_describe__knows_every_route_and_field),
        cmocka_unit_test(api_describe__refers_to_what_is_there),
        cmocka_unit_test(api_describe__refuses_a_route_it_does_not_know),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
