/* Tests 6.1.12, 6.1.15, 6.1.26, 6.1.28 and the profile tests 6.1.27 that ask for parts of the document. */
#include "base/ascii.h"
#include "formats/csaf/csaf_check_internal.h"

static const struct place *const no_place = NULL;
#define DOCUMENT AT(no_place, "document")

static bool is_missing(struct json json) { return json_kind(json) == JSON_NONE; }

static void test_languages(struct check *check, struct json head)
{
    static const char *const keys[] = { "lang", "source_lang" };
    struct json lang = json_get(head, "lang"), source = json_get(head, "source_lang");

    for (size_t i = 0; i < COUNT(keys); i++)
        if (json_kind(json_get(head, keys[i])) == JSON_TEXT &&
            !has_language(json_text(json_get(head, keys[i]))))
            found(check, "6.1.12", AT(DOCUMENT, keys[i]), N_("There is no such language."));
    if (str_eq(json_text(json_get(json_get(head, "publisher"), "category")), STR("translator")) &&
        is_missing(source))
        found(check, "6.1.15", AT(DOCUMENT, "source_lang"),
              N_("A translator's document names the language it was translated from."));
    if (json_kind(lang) == JSON_TEXT && json_kind(source) == JSON_TEXT &&
        str_eq_nocase(json_text(lang), json_text(source)))
        found(check, "6.1.28", AT(DOCUMENT, "source_lang"),
              N_("A translation is in another language than its source."));
}

/* Lower-case, without dash, underscore and white space. */
static struct str folded(struct arena *arena, struct str s)
{
    struct buf buf = buf_new(arena, s.len + 1);

    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];

        if (c != '-' && c != '_' && c != ' ' && c != '\t' && c != '\n' && c != '\r')
            buf_byte(&buf, ascii_lower(c));
    }
    return buf_str(&buf);
}

/* 6.1.26: for documents of the profile "CSAF base" alone. */
static void test_category(struct check *check, struct str category)
{
    static const char *const profiles[] = { "csaf_security_incident_response",
                                            "csaf_informational_advisory", "csaf_security_advisory",
                                            "csaf_vex" };
    struct str plain = folded(check->arena, category);
    bool is_like =
        str_eq_nocase(str_take(category, 5), STR("csaf_")) && !str_eq(category, STR("csaf_base"));

    for (size_t i = 0; i < COUNT(profiles); i++) {
        struct str profile = folded(check->arena, str_from_z(profiles[i]));

        if (str_eq_z(category, profiles[i]))
            return;
        is_like = is_like || str_eq(plain, profile) ||
                  str_eq(plain, str_drop(profile, sizeof "csaf" - 1));
    }
    if (is_like)
        found(check, "6.1.26", AT(DOCUMENT, "category"),
              N_("This category looks like a profile of the standard and is none."));
}

static bool has_category(struct json list, const char *const *words, size_t count)
{
    for (struct each e = each(list); each_next(&e);)
        for (size_t i = 0; i < count; i++)
            if (str_eq_z(json_text(json_get(e.value, "category")), words[i]))
                return true;
    return false;
}

/* A reference is external unless it says otherwise (3.1.10). */
static bool has_external(struct json references)
{
    for (struct each e = each(references); each_next(&e);) {
        struct json category = json_get(e.value, "category");

        if (is_missing(category) || str_eq(json_text(category), STR("external")))
            return true;
    }
    return false;
}

/* 6.1.27.1 to 6.1.27.3 */
static void test_informational(struct check *check, struct json head, bool is_advisory)
{
    static const char *const notes[] = { "description", "details", "general", "summary" };

    if (!has_category(json_get(head, "notes"), notes, COUNT(notes)))
        found(check, "6.1.27.1", AT(DOCUMENT, "notes"),
              N_("A note with a description, details or a summary is missing."));
    if (!has_external(json_get(head, "references")))
        found(check, "6.1.27.2", AT(DOCUMENT, "references"),
              N_("An external reference is missing."));
    if (is_advisory && !is_missing(json_get(check->document, "vulnerabilities")))
        found(check, "6.1.27.3", AT(no_place, "vulnerabilities"),
              N_("An informational advisory has no vulnerabilities."));
}

/* 6.1.27.7 and 6.1.27.8 */
static void test_vex(struct check *check, struct json vulnerability, const struct place *place)
{
    static const char *const keys[] = { "fixed", "known_affected", "known_not_affected",
                                        "under_investigation" };
    struct json status = json_get(vulnerability, "product_status");
    size_t count = 0;

    for (size_t i = 0; i < COUNT(keys); i++)
        count += !is_missing(json_get(status, keys[i]));
    if (count == 0)
        found(check, "6.1.27.7", AT(place, "product_status"),
              N_("It is not said how this concerns any product."));
    if (is_missing(json_get(vulnerability, "cve")) && is_missing(json_get(vulnerability, "ids")))
        found(check, "6.1.27.8", AT(place, "ids"),
              N_("The vulnerability has neither a CVE number nor another one."));
}

/* 6.1.27.4 to 6.1.27.8 and 6.1.27.11; who needs a statement (.9, .10) is tested with the vulnerabilities. */
static void test_security(struct check *check, bool is_vex)
{
    struct json vulnerabilities = json_get(check->document, "vulnerabilities");

    if (is_missing(json_get(check->document, "product_tree")))
        found(check, "6.1.27.4", AT(no_place, "product_tree"), N_("The product tree is missing."));
    if (is_missing(vulnerabilities))
        found(check, "6.1.27.11", AT(no_place, "vulnerabilities"),
              N_("The vulnerabilities are missing."));
    for (struct each e = each(vulnerabilities); each_next(&e);) {
        const struct place *at = AT_NTH(AT(no_place, "vulnerabilities"), e.index);

        if (is_missing(json_get(e.value, "notes")))
            found(check, "6.1.27.5", AT(at, "notes"), N_("The vulnerability has no note."));
        if (!is_vex && is_missing(json_get(e.value, "product_status")))
            found(check, "6.1.27.6", AT(at, "product_status"),
                  N_("The vulnerability has no product status."));
        if (is_vex)
            test_vex(check, e.value, at);
    }
}

void check_document(struct check *check)
{
    struct json head = json_get(check->document, "document");
    struct str category = json_text(json_get(head, "category"));
    bool is_vex = str_eq(category, STR("csaf_vex")),
         is_informational = str_eq(category, STR("csaf_informational_advisory"));

    test_languages(check, head);
    test_category(check, category);
    if (is_informational || str_eq(category, STR("csaf_security_incident_response")))
        test_informational(check, head, is_informational);
    if (is_vex || str_eq(category, STR("csaf_security_advisory")))
        test_security(check, is_vex);
}
