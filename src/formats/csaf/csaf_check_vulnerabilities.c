/* Tests 6.1.23, 6.1.24, 6.1.27.9, 6.1.27.10, 6.1.29, 6.1.32 and 6.1.33: what stands twice within or among vulnerabilities,
 * and what speaks of no product or leaves one out. */
#include "formats/csaf/csaf_check_internal.h"

struct groups {
    struct items by_id; /* index: place in members */
    struct json *members;
};

static void load_groups(struct check *check, struct groups *groups)
{
    struct json list = json_get(json_get(check->document, "product_tree"), "product_groups");

    groups->members = ARENA_NEW_N(check->arena, json_count(list), struct json);
    for (struct each e = each(list); each_next(&e);) {
        groups->members[e.index] = json_get(e.value, "product_ids");
        if (json_kind(json_get(e.value, "group_id")) == JSON_TEXT)
            VEC_PUSH(check->arena, &groups->by_id,
                     (struct item){ json_text(json_get(e.value, "group_id")), 0, e.index });
    }
    items_sort(&groups->by_id);
}

static bool unfold_list(struct check *check, struct json list, size_t index, struct items *out)
{
    for (struct each e = each(list); each_next(&e);) {
        if (check->work == 0)
            return false;
        check->work--;
        if (json_kind(e.value) == JSON_TEXT)
            VEC_PUSH(check->arena, out, (struct item){ json_text(e.value), 0, index });
    }
    return true;
}

/* Adds the products that an owner (a flag, a threat, a remediation) speaks of, by themselves or through groups.
 * False: the document's groups unfold to more than we are ready to look at. */
static bool unfold(struct check *check, const struct groups *groups, struct json owner,
                   size_t index, struct items *out)
{
    if (!unfold_list(check, json_get(owner, "product_ids"), index, out))
        return false;
    for (struct each e = each(json_get(owner, "group_ids")); each_next(&e);) {
        const struct item *group = items_find(&groups->by_id, json_text(e.value));

        if (group && !unfold_list(check, groups->members[group->index], index, out))
            return false;
    }
    return true;
}

/* Every product of the status must be among those that were spoken of. */
static void test_covered(struct check *check, struct json status, const char *key,
                         struct items *spoken, const char *test, const struct place *place,
                         const char *message)
{
    items_sort(spoken);
    for (struct each e = each(json_get(status, key)); each_next(&e);)
        if (json_kind(e.value) == JSON_TEXT && !items_find(spoken, json_text(e.value)))
            found(check, test, AT_NTH(AT(AT(place, "product_status"), key), e.index), message);
}

static void test_statements(struct check *check, const struct groups *groups,
                            struct json vulnerability, const struct place *place)
{
    struct json status = json_get(vulnerability, "product_status");
    struct items impact = { 0 }, action = { 0 };
    bool is_whole = true;

    for (struct each e = each(json_get(vulnerability, "flags")); is_whole && each_next(&e);)
        is_whole = unfold(check, groups, e.value, 0, &impact);
    for (struct each e = each(json_get(vulnerability, "threats")); is_whole && each_next(&e);)
        if (str_eq(json_text(json_get(e.value, "category")), STR("impact")))
            is_whole = unfold(check, groups, e.value, 0, &impact);
    for (struct each e = each(json_get(vulnerability, "remediations")); is_whole && each_next(&e);)
        is_whole = unfold(check, groups, e.value, 0, &action);
    if (!is_whole) {
        not_checked(check, "6.1.27.9");
        not_checked(check, "6.1.27.10");
        return;
    }
    test_covered(check, status, "known_not_affected", &impact, "6.1.27.9", place,
                 N_("It is not said why this product is not affected."));
    test_covered(check, status, "known_affected", &action, "6.1.27.10", place,
                 N_("It is not said what to do about this product."));
}

static void test_flags(struct check *check, const struct groups *groups, struct json vulnerability,
                       const struct place *place)
{
    struct items items = { 0 };

    for (struct each e = each(json_get(vulnerability, "flags")); each_next(&e);) {
        if (json_kind(json_get(e.value, "product_ids")) == JSON_NONE &&
            json_kind(json_get(e.value, "group_ids")) == JSON_NONE)
            found(check, "6.1.32", AT_NTH(AT(place, "flags"), e.index),
                  N_("The flag speaks of no product."));
        if (!unfold(check, groups, e.value, e.index, &items)) {
            not_checked(check, "6.1.33");
            return;
        }
    }
    items_sort(&items);
    for (size_t i = 1; i < items.len; i++)
        if (str_eq(items.at[i].id, items.at[i - 1].id) &&
            items.at[i].index != items.at[i - 1].index)
            found(check, "6.1.33", AT_NTH(AT(place, "flags"), items.at[i].index),
                  N_("A product has more than one justification."));
}

static void test_remediations(struct check *check, struct json vulnerability,
                              const struct place *place)
{
    for (struct each e = each(json_get(vulnerability, "remediations")); each_next(&e);)
        if (json_kind(json_get(e.value, "product_ids")) == JSON_NONE &&
            json_kind(json_get(e.value, "group_ids")) == JSON_NONE)
            found(check, "6.1.29", AT_NTH(AT(place, "remediations"), e.index),
                  N_("The remediation speaks of no product."));
}

/* 6.1.24: one party, one date, one status. */
static void test_involvements(struct check *check, struct json vulnerability,
                              const struct place *place)
{
    struct items items = { 0 };

    for (struct each e = each(json_get(vulnerability, "involvements")); each_next(&e);) {
        struct str party = json_text(json_get(e.value, "party")),
                   date = json_text(json_get(e.value, "date"));

        if (party.ptr)
            VEC_PUSH(check->arena, &items,
                     (struct item){
                         arena_printf(check->arena, "%.*s %.*s", STR_ARG(party), STR_ARG(date)), 0,
                         e.index });
    }
    items_sort(&items);
    for (size_t i = 1; i < items.len; i++)
        if (str_eq(items.at[i].id, items.at[i - 1].id))
            found(check, "6.1.24", AT_NTH(AT(place, "involvements"), items.at[i].index),
                  N_("The same party stands twice with one date."));
}

static void test_numbers(struct check *check, struct json vulnerabilities)
{
    struct items items = { 0 };

    for (struct each e = each(vulnerabilities); each_next(&e);)
        if (json_kind(json_get(e.value, "cve")) == JSON_TEXT)
            VEC_PUSH(check->arena, &items,
                     (struct item){ json_text(json_get(e.value, "cve")), 0, e.index });
    items_sort(&items);
    for (size_t i = 1; i < items.len; i++)
        if (str_eq(items.at[i].id, items.at[i - 1].id))
            found(check, "6.1.23",
                  AT(AT_NTH(AT(NULL, "vulnerabilities"), items.at[i].index), "cve"),
                  N_("This CVE number stands twice in the document."));
}

void check_vulnerabilities(struct check *check)
{
    struct json vulnerabilities = json_get(check->document, "vulnerabilities");
    bool is_vex = str_eq(json_text(json_get(json_get(check->document, "document"), "category")),
                         STR("csaf_vex"));
    struct groups groups = { 0 };

    load_groups(check, &groups);
    test_numbers(check, vulnerabilities);
    for (struct each e = each(vulnerabilities); each_next(&e);) {
        const struct place *at = AT_NTH(AT(NULL, "vulnerabilities"), e.index);

        test_involvements(check, e.value, at);
        test_remediations(check, e.value, at);
        test_flags(check, &groups, e.value, at);
        if (is_vex)
            test_statements(check, &groups, e.value, at);
    }
}
