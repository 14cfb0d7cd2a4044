#include "faces/api/describe.h"

#include "base/err.h"
#include "base/testing.h"
#include "domain/casework/report_form.h"
#include "faces/api/myjvn/myjvn.h"
#include "faces/api/myjvn/parameters.h"
#include "faces/api/nvd/nvd.h"
#include "faces/api/osv/osv.h"
#include "faces/api/reports.h"
#include "formats/json/json.h"

static struct json document(struct arena *arena)
{
    const struct route_list lists[] = { api_report_routes, api_describe_routes, api_myjvn_routes,
                                        api_nvd_routes,    api_osv_routes,      api_page_routes };
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
    assert_int_equal(json_count(json_get(json, "paths")), 25);
    assert_int_equal(json_count(json_get(report, "properties")),
                     report_field_count(REPORT_PRODUCT));
    while ((field = report_field_next(REPORT_PRODUCT, field))) {
        struct json property = json_get(json_get(report, "properties"), field->name);
        struct str type = field->kind == FORM_CHECK ? STR("boolean") : STR("string");

        print_message("case: %s\n", field->name);
        assert_true(str_eq(json_text(json_get(property, "type")), type));
    }
}

/* One place for each address, one name for each operation: what readers of such documents need. */
static void api_describe__names_each_address_and_operation_once(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(16 << 20);
    struct json json = document(arena), item, operation;
    struct {
        VEC_OF(struct str);
    } seen = { 0 };
    struct str path, method;

    (void)state;
    for (struct json_iter i = json_iter(json_get(json, "paths")); json_next(&i, &path, &item);) {
        VEC_PUSH(arena, &seen, path);
        for (struct json_iter j = json_iter(item); json_next(&j, &method, &operation);)
            VEC_PUSH(arena, &seen, json_text(json_get(operation, "operationId")));
    }
    for (size_t i = 0; i < seen.len; i++)
        for (size_t j = 0; j < i; j++)
            if (str_eq(seen.at[i], seen.at[j]))
                fail_msg("twice: %.*s", STR_ARG(seen.at[i]));
    item = json_get(json_get(json, "paths"), "/myjvn");
    assert_int_equal(json_count(item), 2);
    assert_true(str_eq(json_text(json_get(json_get(item, "get"), "operationId")), STR("getMyjvn")));
}

/* API-01: what MyJVN reads is what is described, in the query as in the form; what former versions read is not. */
static void api_describe__lists_what_myjvn_reads(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(16 << 20);
    struct json item = json_get(json_get(document(arena), "paths"), "/myjvn"), parameter,
                form = json_get(
                    json_get(json_get(json_get(json_get(json_get(item, "post"), "requestBody"),
                                               "content"),
                                      "application/x-www-form-urlencoded"),
                             "schema"),
                    "properties");
    size_t count = 0;
    struct str key;

    (void)state;
    for (struct json_iter i = json_iter(json_get(json_get(item, "get"), "parameters"));
         json_next(&i, &key, &parameter); count++) {
        struct str name = json_text(json_get(parameter, "name"));
        bool is_read = false;

        for (int method = 0; method < METHOD_LEGACY; method++)
            is_read = is_read || myjvn_is_parameter_of(name, (enum myjvn_method)method);
        assert_true(is_read);
        assert_int_equal(json_kind(json_get(form, arena_z(arena, name))), JSON_OBJECT);
    }
    assert_int_equal(json_count(form), count);
    assert_int_equal(json_kind(json_get(form, "ovalId")), JSON_NONE);
    assert_int_equal(json_kind(json_get(form, "vulnId")), JSON_OBJECT);
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
        cmocka_unit_test(api_describe__names_each_address_and_operation_once),
        cmocka_unit_test(api_describe__lists_what_myjvn_reads),
        cmocka_unit_test(api_describe__refers_to_what_is_there),
        cmocka_unit_test(api_describe__refuses_a_route_it_does_not_know),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
