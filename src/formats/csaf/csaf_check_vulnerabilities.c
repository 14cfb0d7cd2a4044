/* Tests 6.1.11, 6.1.23, 6.1.24, 6.1.27.9, 6.1.27.10, 6.1.29, 6.1.32 and 6.1.33: what stands twice within or among vulnerabilities,
 * and what speaks of no product or leaves one out. */
#include "base/err.h"
#include "base/utc.h"
#include "formats/csaf/csaf_check_internal.h"
#include "formats/cwe/cwe.h"

struct groups {
    struct items by_id; /* index: place in members */
    struct json *members;
    size_t *last_use;    /* by group: what spoke of it last, for unfold */
    size_t uses;         /* counts them */
    struct items spoken; /* used again for every list, because a document may have very many */
};

static void load_groups(struct check *check, struct groups *groups)
{
    struct json list = json_get(json_get(check->document, "product_tree"), "product_groups");

    groups->members = ARENA_NEW_N(check->arena, json_count(list), struct json);
    groups->last_use = ARENA_NEW_N(check->arena, json_count(list), size_t);
    for (struct each e = each(list); each_next(&e);) {
        groups->members[e.index] = json_get(e.value, "product_ids");
        if (json_kind(json_get(e.value, "group_id")) == JSON_TEXT)
            VEC_PUSH(check->arena, &groups->by_id,
                     (struct item){ json_text(json_get(e.value, "group_id")), 0, e.index });
    }
    items_sort(&groups->by_id);
}

static void unfold_list(struct check *check, struct groups *groups, struct json list, size_t index)
{
    for (struct each e = each(list); each_next(&e);)
        if (json_kind(e.value) == JSON_TEXT)
            VEC_PUSH(check->arena, &groups->spoken, (struct item){ json_text(e.value), 0, index });
}

/* Begins a list of products that are spoken of. */
static void begin(struct groups *groups) { groups->spoken.len = 0; }

/* Adds the products that an owner (a flag, a threat, a remediation) speaks of, by themselves or through groups, each group once in a use.
 * False: the document's groups unfold to more than we are ready to look at. */
static bool unfold(struct check *check, struct groups *groups, struct json owner, size_t index)
{
    unfold_list(check, groups, json_get(owner, "product_ids"), index);
    for (struct each e = each(json_get(owner, "group_ids")); each_next(&e);) {
        const struct item *group = items_find(&groups->by_id, json_text(e.value));
        size_t size;

        if (!group || groups->last_use[group->index] == groups->uses)
            continue;
        groups->last_use[group->index] = groups->uses;
        size = json_count(groups->members[group->index]);
        if (size > check->work)
            return false;
        check->work -= size;
        unfold_list(check, groups, groups->members[group->index], index);
    }
    return true;
}

/* Every product of the status must be among those that were spoken of. */
static void test_covered(struct check *check, struct groups *groups, struct json status,
                         const char *key, const char *test, const struct place *place,
                         const char *message)
{
    items_sort(&groups->spoken);
    for (struct each e = each(json_get(status, key)); each_next(&e);)
        if (json_kind(e.value) == JSON_TEXT && !items_find(&groups->spoken, json_text(e.value)))
            found(check, test, AT_NTH(AT(AT(place, "product_status"), key), e.index), message);
}

/* 6.1.27.9: flags, and threats of the category impact. */
static void test_impact(struct check *check, struct groups *groups, struct json vulnerability,
                        const struct place *place)
{
    bool is_whole = true;

    begin(groups);
    groups->uses++;
    for (struct each e = each(json_get(vulnerability, "flags")); is_whole && each_next(&e);)
        is_whole = unfold(check, groups, e.value, 0);
    for (struct each e = each(json_get(vulnerability, "threats")); is_whole && each_next(&e);)
        if (str_eq(json_text(json_get(e.value, "category")), STR("impact")))
            is_whole = unfold(check, groups, e.value, 0);
    if (is_whole)
        test_covered(check, groups, json_get(vulnerability, "product_status"), "known_not_affected",
                     "6.1.27.9", place, N_("It is not said why this product is not affected."));
    else
        not_checked(check, "6.1.27.9");
}

/* 6.1.27.10 */
static void test_action(struct check *check, struct groups *groups, struct json vulnerability,
                        const struct place *place)
{
    bool is_whole = true;

    begin(groups);
    groups->uses++;
    for (struct each e = each(json_get(vulnerability, "remediations")); is_whole && each_next(&e);)
        is_whole = unfold(check, groups, e.value, 0);
    if (is_whole)
        test_covered(check, groups, json_get(vulnerability, "product_status"), "known_affected",
                     "6.1.27.10", place, N_("It is not said what to do about this product."));
    else
        not_checked(check, "6.1.27.10");
}

/* 6.1.32 and 6.1.33; all flags there are carry a justification of VEX. */
static void test_flags(struct check *check, struct groups *groups, struct json vulnerability,
                       const struct place *place)
{
    const struct items *spoken = &groups->spoken;

    begin(groups);
    for (struct each e = each(json_get(vulnerability, "flags")); each_next(&e);) {
        if (json_kind(json_get(e.value, "product_ids")) == JSON_NONE &&
            json_kind(json_get(e.value, "group_ids")) == JSON_NONE)
            found(check, "6.1.32", AT_NTH(AT(place, "flags"), e.index),
                  N_("The flag speaks of no product."));
        groups->uses++; /* a group may stand in one flag once, and in two as well */
        if (!unfold(check, groups, e.value, e.index)) {
            not_checked(check, "6.1.33");
            return;
        }
    }
    items_sort(&groups->spoken);
    for (size_t i = 1; i < spoken->len; i++)
        if (str_eq(spoken->at[i].id, spoken->at[i - 1].id) &&
            spoken->at[i].index != spoken->at[i - 1].index)
            found(check, "6.1.33", AT_NTH(AT(place, "flags"), spoken->at[i].index),
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

/* 6.1.24: one party, one date, one status. However the date is written, it is the same instant. */
static void test_involvements(struct check *check, struct json vulnerability,
                              const struct place *place)
{
    struct items items = { 0 };

    for (struct each e = each(json_get(vulnerability, "involvements")); each_next(&e);) {
        struct str party = json_text(json_get(e.value, "party")),
                   date = json_text(json_get(e.value, "date"));
        struct err err = { 0 };
        struct utc instant = { 0 };

        if (is_instant(date) && utc_parse(date, &instant, &err))
            date = arena_printf(check->arena, "%lld", (long long)instant.ms);
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

/* 6.1.11: the weakness exists, and has the name it is given. */
static void test_weakness(struct check *check, struct json vulnerability, const struct place *place)
{
    struct json cwe = json_get(vulnerability, "cwe");
    struct str id = json_text(json_get(cwe, "id")), name = json_text(json_get(cwe, "name"));
    unsigned number;

    if (json_kind(cwe) != JSON_OBJECT)
        return;
    if (!cwe_parse(id, &number) || !cwe_find(number))
        found(check, "6.1.11", AT(AT(place, "cwe"), "id"), N_("There is no such weakness."));
    else if (!str_eq(name, cwe_name(number, LANG_EN)))
        found(check, "6.1.11", AT(AT(place, "cwe"), "name"),
              N_("This is not the name of the weakness."));
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

        test_weakness(check, e.value, at);
        test_involvements(check, e.value, at);
        test_remediations(check, e.value, at);
        test_flags(check, &groups, e.value, at);
        if (is_vex) {
            test_impact(check, &groups, e.value, at);
            test_action(check, &groups, e.value, at);
        }
    }
}

/* ---- advice ---- */

/* 6.2.2 */
static void advise_remediations(struct check *check, struct groups *groups,
                                struct json vulnerability, const struct place *place)
{
    static const char *const keys[] = { "first_affected", "known_affected", "last_affected",
                                        "under_investigation" };
    bool is_whole = true;

    begin(groups);
    groups->uses++;
    for (struct each e = each(json_get(vulnerability, "remediations")); is_whole && each_next(&e);)
        is_whole = unfold(check, groups, e.value, 0);
    if (!is_whole)
        not_checked(check, "6.2.2");
    for (size_t i = 0; is_whole && i < COUNT(keys); i++)
        test_covered(check, groups, json_get(vulnerability, "product_status"), keys[i], "6.2.2",
                     place, N_("It is not said what to do about this product."));
}

/* 6.2.3 */
static void advise_missing_scores(struct check *check, struct groups *groups,
                                  struct json vulnerability, const struct place *place)
{
    static const char *const keys[] = { "first_affected", "known_affected", "last_affected" };

    begin(groups);
    for (struct each e = each(json_get(vulnerability, "scores")); each_next(&e);)
        unfold_list(check, groups, json_get(e.value, "products"), 0);
    for (size_t i = 0; i < COUNT(keys); i++)
        test_covered(check, groups, json_get(vulnerability, "product_status"), keys[i], "6.2.3",
                     place, N_("This product has no score."));
}

static void advise_one(struct check *check, struct json vulnerability, const struct place *place)
{
    for (struct each e = each(json_get(vulnerability, "involvements")); each_next(&e);)
        if (json_kind(json_get(e.value, "date")) == JSON_NONE)
            found(check, "6.2.7", AT_NTH(AT(place, "involvements"), e.index),
                  N_("The involvement has no date."));
    for (struct each e = each(json_get(vulnerability, "ids")); each_next(&e);)
        if (is_cve(json_text(json_get(e.value, "text"))))
            found(check, "6.2.17", AT_NTH(AT(place, "ids"), e.index),
                  N_("A CVE number stands among the other numbers."));
    if (json_kind(json_get(vulnerability, "cve")) == JSON_NONE)
        found(check, "6.3.3", place, N_("The vulnerability has no CVE number."));
    if (json_kind(json_get(vulnerability, "cwe")) == JSON_NONE)
        found(check, "6.3.4", place, N_("The vulnerability has no CWE number."));
}

void advise_vulnerabilities(struct check *check)
{
    struct groups groups = { 0 };

    load_groups(check, &groups);
    for (struct each e = each(json_get(check->document, "vulnerabilities")); each_next(&e);) {
        const struct place *at = AT_NTH(AT(NULL, "vulnerabilities"), e.index);

        advise_remediations(check, &groups, e.value, at);
        advise_missing_scores(check, &groups, e.value, at);
        advise_one(check, e.value, at);
    }
}
