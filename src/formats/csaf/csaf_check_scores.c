/* Tests 6.1.7 to 6.1.10: the CVSS objects. What can be scored is scored again; nothing is believed. */
#include "base/err.h"
#include "formats/csaf/csaf_check_internal.h"
#include "formats/cvss/cvss.h"

static bool is_tenths(double number, int tenths)
{
    double difference = number * 10 - tenths;

    return difference < 1e-6 && difference > -1e-6;
}

static bool is_score(struct json json)
{
    double number = json_number(json, -1);

    return number >= 0 && number <= 10;
}

static bool is_severity(struct json json)
{
    for (enum cvss_severity s = CVSS_NONE; s <= CVSS_CRITICAL; s++)
        if (json_kind(json) == JSON_TEXT && str_eq(json_text(json), cvss_severity_word(s)))
            return true;
    return false;
}

static const char *const scores[] = { "baseScore", "temporalScore", "environmentalScore" };
static const char *const severities[] = { "baseSeverity", "temporalSeverity",
                                          "environmentalSeverity" };

/* 6.1.8: what FIRST's schema asks for; *cvss is filled when the vector can be read. */
static bool test_object(struct check *check, struct json object, bool is_v2, struct cvss *cvss,
                        const struct place *place)
{
    struct err err = { 0 };
    bool can_read = cvss_parse(json_text(json_get(object, "vectorString")), cvss, &err) &&
                    (cvss->version == CVSS_2_0) == is_v2 && cvss->version != CVSS_4_0;

    if (!can_read)
        found(check, "6.1.8", AT(place, "vectorString"),
              N_("This is not a CVSS vector of the version that belongs here."));
    if (can_read &&
        !str_eq(json_text(json_get(object, "version")), cvss_version_text(cvss->version)))
        found(check, "6.1.8", AT(place, "version"),
              N_("The version is missing or not that of the vector."));
    if (!is_score(json_get(object, "baseScore")))
        found(check, "6.1.8", AT(place, "baseScore"),
              N_("The base score is missing or not between 0 and 10."));
    if (!is_v2 && !is_severity(json_get(object, "baseSeverity")))
        found(check, "6.1.8", AT(place, "baseSeverity"),
              N_("The severity is missing or not one of the allowed words."));
    for (size_t i = 1; i < COUNT(scores); i++) {
        if (json_kind(json_get(object, scores[i])) != JSON_NONE &&
            !is_score(json_get(object, scores[i])))
            found(check, "6.1.8", AT(place, scores[i]),
                  N_("A score is a number between 0 and 10."));
        if (!is_v2 && json_kind(json_get(object, severities[i])) != JSON_NONE &&
            !is_severity(json_get(object, severities[i])))
            found(check, "6.1.8", AT(place, severities[i]),
                  N_("The severity is missing or not one of the allowed words."));
    }
    return can_read;
}

/* 6.1.9 */
static void test_computation(struct check *check, struct json object, const struct cvss *cvss,
                             const struct place *place)
{
    const int tenths[] = { cvss_base_tenths(cvss), cvss_temporal_tenths(cvss),
                           cvss_environmental_tenths(cvss) };

    for (size_t i = 0; i < COUNT(tenths); i++) {
        struct json score = json_get(object, scores[i]), severity = json_get(object, severities[i]);

        if (json_kind(score) == JSON_NUMBER && !is_tenths(json_number(score, -1), tenths[i]))
            found(check, "6.1.9", AT(place, scores[i]),
                  N_("The score is not the one that follows from the vector."));
        if (cvss->version != CVSS_2_0 && json_kind(severity) == JSON_TEXT &&
            !str_eq(json_text(severity),
                    cvss_severity_word(cvss_severity(tenths[i], cvss->version))))
            found(check, "6.1.9", AT(place, severities[i]),
                  N_("The severity is not the one that follows from the vector."));
    }
}

/* 6.1.10; and 6.1.8, when it is no word of FIRST's schema at all. What a property adds to the vector is taken into *cvss. */
static void test_properties(struct check *check, struct json object, struct cvss *cvss,
                            const struct place *place)
{
    struct cvss_pair pairs[CVSS_METRICS_MAX];
    size_t count = cvss_pairs(cvss, true, pairs);

    for (size_t i = 0; i < count; i++) {
        struct json property = json_get(object, pairs[i].property);
        enum cvss_word word;

        if (json_kind(property) == JSON_NONE)
            continue;
        word = cvss_take_word(cvss, pairs[i].property, json_text(property));
        if (word == CVSS_WORD_UNKNOWN)
            found(check, "6.1.8", AT(place, pairs[i].property),
                  N_("This is not one of the allowed words."));
        if (word == CVSS_WORD_UNKNOWN || word == CVSS_WORD_CONTRADICTS)
            found(check, "6.1.10", AT(place, pairs[i].property),
                  N_("This contradicts the vector."));
    }
}

static void test_score(struct check *check, struct json score, const char *key,
                       const struct place *place)
{
    struct json object = json_get(score, key);
    struct cvss cvss;

    if (json_kind(object) != JSON_OBJECT ||
        !test_object(check, object, str_eq_z(STR("cvss_v2"), key), &cvss, AT(place, key)))
        return;
    test_properties(check, object, &cvss, AT(place, key));
    test_computation(check, object, &cvss, AT(place, key));
}

/* 6.1.7: one score of a version for a product. The version is the one the object claims. */
static void collect(struct check *check, struct json score, size_t index, struct items *items)
{
    static const char *const keys[] = { "cvss_v2", "cvss_v3" };

    for (size_t i = 0; i < COUNT(keys); i++) {
        struct json object = json_get(score, keys[i]);
        bool is_30 = str_eq(json_text(json_get(object, "version")), STR("3.0"));

        if (json_kind(object) != JSON_OBJECT)
            continue;
        for (struct each e = each(json_get(score, "products")); each_next(&e);)
            if (json_kind(e.value) == JSON_TEXT)
                VEC_PUSH(check->arena, items,
                         (struct item){ json_text(e.value),
                                        i == 0  ? 0
                                        : is_30 ? 1
                                                : 2,
                                        index });
    }
}

static void test_vulnerability(struct check *check, struct json vulnerability,
                               const struct place *place)
{
    struct items items = { 0 };

    for (struct each e = each(json_get(vulnerability, "scores")); each_next(&e);) {
        collect(check, e.value, e.index, &items);
        test_score(check, e.value, "cvss_v2", AT_NTH(AT(place, "scores"), e.index));
        test_score(check, e.value, "cvss_v3", AT_NTH(AT(place, "scores"), e.index));
    }
    items_sort(&items);
    for (size_t i = 1; i < items.len; i++)
        if (str_eq(items.at[i].id, items.at[i - 1].id) && items.at[i].kind == items.at[i - 1].kind)
            found(check, "6.1.7", AT_NTH(AT(place, "scores"), items.at[i].index),
                  N_("A product has two scores of the same CVSS version."));
}

void check_scores(struct check *check)
{
    for (struct each e = each(json_get(check->document, "vulnerabilities")); each_next(&e);)
        test_vulnerability(check, e.value, AT_NTH(AT(NULL, "vulnerabilities"), e.index));
}

/* ---- advice ---- */

/* 6.2.19: what is fixed has an environmental score of 0, by the number given or by what follows from vector and properties. */
static void advise_fixed(struct check *check, struct json object, struct cvss *cvss,
                         const struct place *place)
{
    struct cvss_pair pairs[CVSS_METRICS_MAX];
    size_t count = cvss_pairs(cvss, true, pairs);

    for (size_t i = 0; i < count; i++)
        (void)cvss_take_word(cvss, pairs[i].property,
                             json_text(json_get(object, pairs[i].property)));
    if (json_number(json_get(object, "environmentalScore"), 1) > 0 &&
        !(cvss_has(cvss, CVSS_ENVIRONMENTAL) && cvss_environmental_tenths(cvss) == 0))
        found(check, "6.2.19", place,
              N_("The score of a fixed product is not 0 in its environment."));
}

/* 6.2.20 */
static void advise_properties(struct check *check, struct json object, const struct cvss *cvss,
                              const struct place *place)
{
    struct json_iter iter = json_iter(object);
    struct cvss_pair pairs[CVSS_METRICS_MAX];
    size_t count = cvss_pairs(cvss, true, pairs);
    struct json member;
    struct str key;

    while (json_next(&iter, &key, &member)) {
        bool is_known = str_eq(key, STR("version")) || str_eq(key, STR("vectorString"));

        for (size_t i = 0; i < COUNT(scores); i++)
            is_known = is_known || str_eq_z(key, scores[i]) ||
                       (cvss->version != CVSS_2_0 && str_eq_z(key, severities[i]));
        for (size_t i = 0; i < count; i++)
            is_known = is_known || str_eq_z(key, pairs[i].property);
        if (!is_known)
            found(check, "6.2.20", place,
                  N_("There is a property here that the schema does not have."));
    }
}

static bool is_about(const struct items *products, struct json score)
{
    for (struct each e = each(json_get(score, "products")); each_next(&e);)
        if (items_find(products, json_text(e.value)))
            return true;
    return false;
}

static void advise_score(struct check *check, struct json score, const char *key, bool is_fixed,
                         const struct place *place)
{
    struct json object = json_get(score, key);
    struct err err = { 0 };
    struct cvss cvss;

    if (!cvss_parse(json_text(json_get(object, "vectorString")), &cvss, &err))
        return;
    advise_properties(check, object, &cvss, AT(place, key));
    if (is_fixed)
        advise_fixed(check, object, &cvss, AT(place, key));
}

static void advise_vulnerability(struct check *check, struct json vulnerability,
                                 const struct place *place)
{
    static const char *const keys[] = { "first_fixed", "fixed" };
    struct items fixed = { 0 };

    for (size_t i = 0; i < COUNT(keys); i++)
        for (struct each e = each(json_get(json_get(vulnerability, "product_status"), keys[i]));
             each_next(&e);)
            VEC_PUSH(check->arena, &fixed, (struct item){ .id = json_text(e.value) });
    items_sort(&fixed);
    for (struct each e = each(json_get(vulnerability, "scores")); each_next(&e);) {
        struct json v2 = json_get(e.value, "cvss_v2"), v3 = json_get(e.value, "cvss_v3");
        const struct place *at = AT_NTH(AT(place, "scores"), e.index);

        if (json_kind(v2) != JSON_NONE && json_kind(v3) == JSON_NONE)
            found(check, "6.3.1", at, N_("CVSS 2.0 is the only score here."));
        if (str_eq(json_text(json_get(v3, "version")), STR("3.0")))
            found(check, "6.3.2", AT(at, "cvss_v3"), N_("CVSS 3.0 has a newer version."));
        advise_score(check, e.value, "cvss_v2", is_about(&fixed, e.value), at);
        advise_score(check, e.value, "cvss_v3", is_about(&fixed, e.value), at);
    }
}

void advise_scores(struct check *check)
{
    for (struct each e = each(json_get(check->document, "vulnerabilities")); each_next(&e);)
        advise_vulnerability(check, e.value, AT_NTH(AT(NULL, "vulnerabilities"), e.index));
}
