/* What a program sends, and the description of what it may send. */
#include "faces/desk/tracker/members.h"

#include "base/err.h"
#include "base/testing.h"
#include "faces/desk/tracker/routes.h"
#include "faces/desk/tracker/tracker.h"
#include "faces/desk/tracker/writes.h"

static const struct member some[] = {
    { "text", MEMBER_TEXT, true, NULL, "", NULL },
    { "choice", MEMBER_TEXT, false, "RED GREEN", "", "colour" },
    { "box", MEMBER_YES, false, NULL, "", NULL },
    { "products", MEMBER_PRODUCTS, false, NULL, "", NULL },
    { 0 },
};

static void members_read__gives_the_fields_of_a_form(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 20);
    static const char *const want[][2] = {
        { "text", "あ" },
        { "colour", "RED" },
        { "box", "1" },
        { "product_name", "x" },
        { "product_affected", "NO" },
        { "product_versions", "" },
        { "product_fixed", "" },
        { "product_name", "y" },
        { "product_affected", "YES" },
        { "product_versions", "1" },
        { "product_fixed", "2" },
    };
    struct fields fields;
    struct err err = { 0 };
    (void)state;

    assert_true(members_read(
        STR("{\"text\":\"あ\",\"choice\":\"RED\",\"box\":true,\"products\":[{\"name\":\"x\",\"affected\":\"NO\"},"
            "{\"fixed_versions\":\"2\",\"affected_versions\":\"1\",\"affected\":\"YES\",\"name\":\"y\"}]}"),
        some, arena, &fields, &err));
    assert_int_equal(fields.len, COUNT(want));
    for (size_t i = 0; i < COUNT(want); i++) {
        assert_str(fields.at[i].name, want[i][0]);
        assert_str(fields.at[i].value, want[i][1]);
    }
    assert_true(members_read(STR("{\"text\":\"x\",\"choice\":null,\"box\":false}"), some, arena,
                             &fields, &err));
    assert_int_equal(fields.len, 1);
}

static void members_read__refuses_by_name(void **state)
{
    static const struct {
        const char *text, *subject;
    } rows[] = {
        { "{}", "text" },
        { "{\"text\":\" \"}", "text" },
        { "{\"text\":1}", "text" },
        { "{\"text\":null}", "text" },
        { "{\"text\":\"x\",\"other\":1}", "other" },
        { "{\"text\":\"x\",\"choice\":\"BLUE\"}", "choice" },
        { "{\"text\":\"x\",\"choice\":\"\"}", "choice" },
        { "{\"text\":\"x\",\"box\":\"yes\"}", "box" },
        { "{\"text\":\"x\",\"products\":{}}", "products" },
        { "{\"text\":\"x\",\"products\":[{}]}", "name" },
        { "{\"text\":\"x\",\"products\":[{\"name\":\"x\"}]}", "affected" },
        { "{\"text\":\"x\",\"products\":[{\"name\":\"x\",\"affected\":\"NO\",\"z\":1}]}", "z" },
    };
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 20);
    (void)state;

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct fields fields = { 0 };
        struct err err = { 0 };

        print_message("case: %s\n", rows[i].text);
        assert_false(members_read(str_from_z(rows[i].text), some, arena, &fields, &err));
        assert_int_equal(err.code, ERR_INPUT);
        assert_string_equal(err.subject, rows[i].subject);
        assert_int_equal(fields.len, 0);
    }
    for (const char *const *text = (const char *const[]){ "", "{", "[]", "\"x\"",
                                                          "{\"text\":\"a\",\"text\":\"b\"}", NULL };
         *text; text++) {
        struct fields fields = { 0 };
        struct err err = { 0 };

        assert_false(members_read(str_from_z(*text), some, arena, &fields, &err));
        assert_int_equal(err.code, ERR_JSON_SYNTAX);
    }
}

static struct json description(struct arena *arena)
{
    struct json json;
    struct str text;
    struct err err = { 0 };

    if (!tracker_describe(&desk_tracker_routes, STR("https://desk.example"), arena, &text, &err) ||
        !json_read(text, arena, &json, &err))
        fail_msg("%s: %s", err_name(err.code), err.subject);
    return json;
}

static void tracker_describe__knows_every_route_and_member(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(8 << 20);
    struct json paths = json_get(description(arena), "paths");
    size_t writes = 0;
    (void)state;

    for (size_t i = 0; i < desk_tracker_routes.len; i++) {
        const struct route *route = &desk_tracker_routes.at[i];
        struct json operation =
            json_get(json_get(paths, route->path), route->method == METHOD_POST ? "post" : "get");

        assert_int_equal(json_kind(operation), JSON_OBJECT);
        writes += route->method == METHOD_POST;
    }
    assert_int_equal(writes, tracker_write_count);
    for (size_t i = 0; i < tracker_write_count; i++) {
        const struct tracker_write *row = &tracker_writes[i];
        struct json schema = json_get(
            json_get(json_get(json_get(json_get(json_get(paths, row->path), "post"), "requestBody"),
                              "content"),
                     row->members ? "application/json" : "multipart/form-data"),
            "schema");

        for (const struct member *m = row->members; m && m->name; m++)
            assert_int_equal(json_kind(json_get(json_get(schema, "properties"), m->name)),
                             JSON_OBJECT);
    }
}

/* Each $ref leads to something. */
static void follow(struct json schemas, struct json json, struct arena *arena)
{
    struct str key, ref = json_text(json_get(json, "$ref"));
    struct json value;

    if (json_kind(json) == JSON_OBJECT && str_skip(&ref, STR("#/components/schemas/")))
        assert_int_equal(json_kind(json_get(schemas, arena_z(arena, ref))), JSON_OBJECT);
    for (struct json_iter i = json_iter(json); json_next(&i, &key, &value);)
        follow(schemas, value, arena);
}

static void tracker_describe__refers_to_what_is_there(void **state)
{
    static const struct route unknown = { .path = "/api/v1/developer/other", .name = "other" };
    CLEANUP(arena_free_var) struct arena *arena = arena_new(8 << 20);
    struct json json = description(arena);
    struct err err = { 0 };
    struct str text;
    (void)state;

    follow(json_get(json_get(json, "components"), "schemas"), json, arena);
    assert_false(
        tracker_describe(&(struct route_list){ &unknown, 1 }, STR("x"), arena, &text, &err));
    assert_int_equal(err.code, ERR_BUG);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(members_read__gives_the_fields_of_a_form),
        cmocka_unit_test(members_read__refuses_by_name),
        cmocka_unit_test(tracker_describe__knows_every_route_and_member),
        cmocka_unit_test(tracker_describe__refers_to_what_is_there),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
