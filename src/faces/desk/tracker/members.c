#include "faces/desk/tracker/members.h"

#include "base/err.h"
#include "domain/casework/answer.h"
#include "formats/json/json.h"

/* clang-format off */
const struct member product_members[] = {
    { "name", MEMBER_TEXT, true, NULL, "As your users know it.", "product_name" },
    { "affected", MEMBER_TEXT, true, "YES NO INVESTIGATING", "Whether this product is affected.", "product_affected" },
    { "affected_versions", MEMBER_TEXT, false, NULL, "For example: 1.0.0 to 2.1.3", "product_versions" },
    { "fixed_versions", MEMBER_TEXT, false, NULL, "For example: 2.1.4", "product_fixed" },
    { 0 },
};
/* clang-format on */

static const struct member *member_named(const struct member *members, struct str name)
{
    for (const struct member *m = members; m->name; m++) {
        if (str_eq_z(name, m->name))
            return m;
    }
    return NULL;
}

static bool is_choice(const char *choices, struct str text)
{
    struct str rest = str_from_z(choices), one;

    while (rest.len > 0 && str_split(&rest, ' ', &one)) {
        if (str_eq(one, text))
            return true;
    }
    return false;
}

static bool refuse(const char *name, struct err *err) { return FAIL(err, INPUT, str_from_z(name)); }

static void put(struct fields *out, const struct member *m, struct str value, struct arena *arena)
{
    VEC_PUSH(arena, out, (struct field){ str_from_z(m->field ? m->field : m->name), value });
}

/* *value: of a text, a time or a box; empty when it says nothing. */
static bool read_value(const struct member *m, struct json json, struct str *value, struct err *err)
{
    enum json_kind kind = json_kind(json);

    *value = STR_NONE;
    if (kind == JSON_NONE || kind == JSON_NULL)
        return m->is_required ? refuse(m->name, err) : true;
    if (m->kind == MEMBER_YES) {
        if (kind != JSON_BOOL || (m->is_required && !json_is_true(json)))
            return refuse(m->name, err);
        *value = json_is_true(json) ? STR("1") : STR_NONE;
        return true;
    }
    *value = json_text(json);
    if (kind != JSON_TEXT || (m->is_required && str_trim(*value).len == 0) ||
        (m->choices && !is_choice(m->choices, *value)))
        return refuse(m->name, err);
    return true;
}

static bool knows_all(struct json object, const struct member *members, struct err *err)
{
    struct json value;
    struct str key;

    if (json_kind(object) != JSON_OBJECT)
        return FAIL(err, JSON_SYNTAX, STR("an object is needed"));
    for (struct json_iter i = json_iter(object); json_next(&i, &key, &value);) {
        if (!member_named(members, key))
            return FAIL(err, INPUT, key);
    }
    return true;
}

/* All four of each, so that the nth of one belongs to the nth of another. */
static bool read_products(struct json list, struct arena *arena, struct fields *out,
                          struct err *err)
{
    struct json product;

    if (json_kind(list) == JSON_NONE || json_kind(list) == JSON_NULL)
        return true;
    if (json_kind(list) != JSON_ARRAY || json_count(list) > PRODUCT_RESULTS_MAX)
        return refuse("products", err);
    for (struct json_iter i = json_iter(list); json_next(&i, NULL, &product);) {
        if (!knows_all(product, product_members, err))
            return PASS(err);
        for (const struct member *m = product_members; m->name; m++) {
            struct str value;

            if (!read_value(m, json_get(product, m->name), &value, err))
                return PASS(err);
            put(out, m, value, arena);
        }
    }
    return true;
}

bool members_read(struct str text, const struct member *members, struct arena *arena,
                  struct fields *out, struct err *err)
{
    struct fields fields = { 0 };
    struct json whole;

    if (!json_read(text, arena, &whole, err) || !knows_all(whole, members, err))
        return PASS(err);
    for (const struct member *m = members; m->name; m++) {
        struct json json = json_get(whole, m->name);
        struct str value;

        if (m->kind == MEMBER_PRODUCTS) {
            if (!read_products(json, arena, &fields, err))
                return PASS(err);
            continue;
        }
        if (!read_value(m, json, &value, err))
            return PASS(err);
        if (value.ptr)
            put(&fields, m, value, arena);
    }
    *out = fields;
    return true;
}
