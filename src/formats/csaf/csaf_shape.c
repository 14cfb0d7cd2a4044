/* The shape that the JSON schema of CSAF 2.0 asks for, as tables. What the schema leaves open stays open: other keys may
 * stand anywhere. CVSS objects are judged by 6.1.8. */
#include "formats/csaf/csaf.h"
#include "formats/csaf/csaf_check_internal.h"
#include <string.h>

struct field;
struct shape {
    enum json_kind kind;
    const struct field *fields; /* of an object; ends with a row without a key */
    const struct shape *items;  /* of an array */
    size_t least; /* members an object or array has at least; a text has always one character */
    bool unique;  /* an array of texts has none twice */
    const char *const *words;         /* a text is one of these; ends with NULL */
    bool (*is_good)(struct str text); /* or passes this */
    const char *message;              /* when it does not */
};
struct field {
    const char *key;
    bool required;
    const struct shape *shape;
};

bool csaf_is_uri(struct str s)
{
    size_t colon = str_index(s, ':');

    if (colon == 0 || colon == s.len ||
        !strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", s.ptr[0]))
        return false;
    for (size_t i = 0; i < s.len; i++)
        if ((unsigned char)s.ptr[i] <= ' ' || (unsigned char)s.ptr[i] == 0x7f ||
            strchr("\"<>\\^`{|}", s.ptr[i]))
            return false;
    return true;
}

static bool is_version(struct str s)
{
    struct csaf_version v;

    return csaf_version_parse(s, &v);
}

static bool are_digits(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] < '0' || s.ptr[i] > '9')
            return false;
    return s.len > 0;
}

bool is_cve(struct str s)
{
    return s.len >= sizeof "CVE-2026-0000" - 1 && str_starts(s, STR("CVE-")) && s.ptr[8] == '-' &&
           are_digits(str_take(str_drop(s, 4), 4)) && are_digits(str_drop(s, 9));
}

static bool is_cwe(struct str s)
{
    return str_skip(&s, STR("CWE-")) && s.len >= 1 && s.len <= 6 && are_digits(s) &&
           s.ptr[0] != '0';
}

static bool is_hash(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] == '\0' || !strchr("0123456789abcdefABCDEF", s.ptr[i]))
            return false;
    return s.len >= 32;
}

static bool has_text_at_both_ends(struct str s) { return str_trim(s).len == s.len; }

static bool has_words_at_both_ends(struct str s)
{
    return has_text_at_both_ends(s) && !strchr("-_.", s.ptr[0]) && !strchr("-_.", s.ptr[s.len - 1]);
}

/* The form of RFC 5646 as far as the schema's expression goes: parts of one to eight letters and digits. */
static bool is_tag(struct str s)
{
    struct str part;

    if (s.len == 0 || s.ptr[s.len - 1] == '-' || (s.ptr[0] >= '0' && s.ptr[0] <= '9'))
        return false;
    while (str_split(&s, '-', &part)) {
        if (part.len == 0 || part.len > 8)
            return false;
        for (size_t i = 0; i < part.len; i++)
            if (!(part.ptr[i] >= '0' && part.ptr[i] <= '9') &&
                !(part.ptr[i] >= 'a' && part.ptr[i] <= 'z') &&
                !(part.ptr[i] >= 'A' && part.ptr[i] <= 'Z'))
                return false;
    }
    return true;
}

/* clang-format off */
#define TEXT_THAT(check, message) { JSON_TEXT, 0, 0, 0, 0, 0, check, message }
#define WORD_OF(...)  { JSON_TEXT, 0, 0, 0, 0, (const char *const[]){ __VA_ARGS__, NULL }, 0, 0 }
#define LIST_OF(of)   { JSON_ARRAY, 0, &(of), 1, 0, 0, 0, 0 }
#define SET_OF(of, n) { JSON_ARRAY, 0, &(of), n, 1, 0, 0, 0 }
#define OBJECT(...)   { JSON_OBJECT, (const struct field[]){ __VA_ARGS__, { 0 } }, 0, 1, 0, 0, 0, 0 }
#define MUST true
#define MAY  false

static const struct shape text = { JSON_TEXT, 0, 0, 0, 0, 0, 0, 0 };
static const struct shape uri = TEXT_THAT(csaf_is_uri, N_("This is not a URI."));
static const struct shape instant = TEXT_THAT(is_instant, N_("This is not a date and time with a zone."));
static const struct shape version = TEXT_THAT(is_version, N_("This is neither a whole number nor a semantic version."));
static const struct shape language = TEXT_THAT(is_tag, N_("This is not a language tag."));
static const struct shape cve = TEXT_THAT(is_cve, N_("This is not a CVE number."));
static const struct shape cwe_id = TEXT_THAT(is_cwe, N_("This is not a CWE number."));
static const struct shape hash = TEXT_THAT(is_hash, N_("This is not a hash of 32 or more hexadecimal digits."));
static const struct shape trimmed = TEXT_THAT(has_text_at_both_ends, N_("White space is not allowed at the ends."));
static const struct shape category = TEXT_THAT(has_words_at_both_ends, N_("White space, dash, underscore and dot are not allowed at the ends."));
static const struct shape texts = LIST_OF(text), uris = LIST_OF(uri), text_set = SET_OF(text, 1), text_pair = SET_OF(text, 2);

static const struct shape acknowledgment = OBJECT(
    { "names", MAY, &texts }, { "organization", MAY, &text }, { "summary", MAY, &text }, { "urls", MAY, &uris });
static const struct shape acknowledgments = LIST_OF(acknowledgment);

static const struct shape note_category = WORD_OF("description", "details", "faq", "general", "legal_disclaimer", "other", "summary");
static const struct shape note = OBJECT(
    { "audience", MAY, &text }, { "category", MUST, &note_category }, { "text", MUST, &text }, { "title", MAY, &text });
static const struct shape notes = LIST_OF(note);

static const struct shape reference_category = WORD_OF("external", "self");
static const struct shape reference = OBJECT(
    { "category", MAY, &reference_category }, { "summary", MUST, &text }, { "url", MUST, &uri });
static const struct shape references = LIST_OF(reference);

static const struct shape file_hash = OBJECT({ "algorithm", MUST, &text }, { "value", MUST, &hash });
static const struct shape file_hashes = LIST_OF(file_hash);
static const struct shape file = OBJECT({ "file_hashes", MUST, &file_hashes }, { "filename", MUST, &text });
static const struct shape files = LIST_OF(file);
static const struct shape generic_uri = OBJECT({ "namespace", MUST, &uri }, { "uri", MUST, &uri });
static const struct shape generic_uris = LIST_OF(generic_uri);
static const struct shape helper = OBJECT(
    { "cpe", MAY, &text }, { "hashes", MAY, &files }, { "model_numbers", MAY, &text_set }, { "purl", MAY, &text },
    { "sbom_urls", MAY, &uris }, { "serial_numbers", MAY, &text_set }, { "skus", MAY, &texts }, { "x_generic_uris", MAY, &generic_uris });
static const struct shape product = OBJECT(
    { "name", MUST, &text }, { "product_id", MUST, &text }, { "product_identification_helper", MAY, &helper });
static const struct shape products = LIST_OF(product);

static const struct shape branches; /* a branch has branches */
static const struct shape branch_category = WORD_OF("architecture", "host_name", "language", "legacy", "patch_level", "product_family",
    "product_name", "product_version", "product_version_range", "service_pack", "specification", "vendor");
static const struct shape branch = OBJECT(
    { "branches", MAY, &branches }, { "category", MUST, &branch_category }, { "name", MUST, &text }, { "product", MAY, &product });
static const struct shape branches = LIST_OF(branch);

static const struct shape group = OBJECT(
    { "group_id", MUST, &text }, { "product_ids", MUST, &text_pair }, { "summary", MAY, &text });
static const struct shape groups = LIST_OF(group);
static const struct shape relationship_category = WORD_OF("default_component_of", "external_component_of", "installed_on", "installed_with",
    "optional_component_of");
static const struct shape relationship = OBJECT(
    { "category", MUST, &relationship_category }, { "full_product_name", MUST, &product },
    { "product_reference", MUST, &text }, { "relates_to_product_reference", MUST, &text });
static const struct shape relationships = LIST_OF(relationship);
static const struct shape product_tree = OBJECT(
    { "branches", MAY, &branches }, { "full_product_names", MAY, &products }, { "product_groups", MAY, &groups },
    { "relationships", MAY, &relationships });

static const struct shape severity = OBJECT({ "namespace", MAY, &uri }, { "text", MUST, &text });
static const struct shape csaf_version = WORD_OF("2.0");
static const struct shape tlp_label = WORD_OF("AMBER", "GREEN", "RED", "WHITE");
static const struct shape tlp = OBJECT({ "label", MUST, &tlp_label }, { "url", MAY, &uri });
static const struct shape distribution = OBJECT({ "text", MAY, &text }, { "tlp", MAY, &tlp });
static const struct shape publisher_category = WORD_OF("coordinator", "discoverer", "other", "translator", "user", "vendor");
static const struct shape publisher = OBJECT(
    { "category", MUST, &publisher_category }, { "contact_details", MAY, &text }, { "issuing_authority", MAY, &text },
    { "name", MUST, &text }, { "namespace", MUST, &uri });
static const struct shape engine = OBJECT({ "name", MUST, &text }, { "version", MAY, &text });
static const struct shape generator = OBJECT({ "date", MAY, &instant }, { "engine", MUST, &engine });
static const struct shape revision = OBJECT(
    { "date", MUST, &instant }, { "legacy_version", MAY, &text }, { "number", MUST, &version }, { "summary", MUST, &text });
static const struct shape revisions = LIST_OF(revision);
static const struct shape tracking_status = WORD_OF("draft", "final", "interim");
static const struct shape tracking = OBJECT(
    { "aliases", MAY, &text_set }, { "current_release_date", MUST, &instant }, { "generator", MAY, &generator },
    { "id", MUST, &trimmed }, { "initial_release_date", MUST, &instant }, { "revision_history", MUST, &revisions },
    { "status", MUST, &tracking_status }, { "version", MUST, &version });
static const struct shape head = OBJECT(
    { "acknowledgments", MAY, &acknowledgments }, { "aggregate_severity", MAY, &severity }, { "category", MUST, &category },
    { "csaf_version", MUST, &csaf_version }, { "distribution", MAY, &distribution }, { "lang", MAY, &language },
    { "notes", MAY, &notes }, { "publisher", MUST, &publisher }, { "references", MAY, &references },
    { "source_lang", MAY, &language }, { "title", MUST, &text }, { "tracking", MUST, &tracking });

static const struct shape cwe = OBJECT({ "id", MUST, &cwe_id }, { "name", MUST, &text });
static const struct shape flag_label = WORD_OF("component_not_present", "inline_mitigations_already_exist",
    "vulnerable_code_cannot_be_controlled_by_adversary", "vulnerable_code_not_in_execute_path", "vulnerable_code_not_present");
static const struct shape flag = OBJECT(
    { "date", MAY, &instant }, { "group_ids", MAY, &text_set }, { "label", MUST, &flag_label }, { "product_ids", MAY, &text_set });
static const struct shape flags = LIST_OF(flag);
static const struct shape id = OBJECT({ "system_name", MUST, &text }, { "text", MUST, &text });
static const struct shape ids = LIST_OF(id);
static const struct shape party = WORD_OF("coordinator", "discoverer", "other", "user", "vendor");
static const struct shape involvement_status = WORD_OF("completed", "contact_attempted", "disputed", "in_progress", "not_contacted", "open");
static const struct shape involvement = OBJECT(
    { "date", MAY, &instant }, { "party", MUST, &party }, { "status", MUST, &involvement_status }, { "summary", MAY, &text });
static const struct shape involvements = LIST_OF(involvement);
static const struct shape product_status = OBJECT(
    { "first_affected", MAY, &text_set }, { "first_fixed", MAY, &text_set }, { "fixed", MAY, &text_set },
    { "known_affected", MAY, &text_set }, { "known_not_affected", MAY, &text_set }, { "last_affected", MAY, &text_set },
    { "recommended", MAY, &text_set }, { "under_investigation", MAY, &text_set });
static const struct shape remediation_category = WORD_OF("mitigation", "no_fix_planned", "none_available", "vendor_fix", "workaround");
static const struct shape restart_category = WORD_OF("connected", "dependencies", "machine", "none", "parent", "service", "system",
    "vulnerable_component", "zone");
static const struct shape restart = OBJECT({ "category", MUST, &restart_category }, { "details", MAY, &text });
static const struct shape remediation = OBJECT(
    { "category", MUST, &remediation_category }, { "date", MAY, &instant }, { "details", MUST, &text }, { "entitlements", MAY, &texts },
    { "group_ids", MAY, &text_set }, { "product_ids", MAY, &text_set }, { "restart_required", MAY, &restart }, { "url", MAY, &uri });
static const struct shape remediations = LIST_OF(remediation);
static const struct shape cvss = { JSON_OBJECT, 0, 0, 0, 0, 0, 0, 0 };
static const struct shape score = OBJECT({ "cvss_v2", MAY, &cvss }, { "cvss_v3", MAY, &cvss }, { "products", MUST, &text_set });
static const struct shape scores = LIST_OF(score);
static const struct shape threat_category = WORD_OF("exploit_status", "impact", "target_set");
static const struct shape threat = OBJECT(
    { "category", MUST, &threat_category }, { "date", MAY, &instant }, { "details", MUST, &text },
    { "group_ids", MAY, &text_set }, { "product_ids", MAY, &text_set });
static const struct shape threats = LIST_OF(threat);
static const struct shape vulnerability = OBJECT(
    { "acknowledgments", MAY, &acknowledgments }, { "cve", MAY, &cve }, { "cwe", MAY, &cwe }, { "discovery_date", MAY, &instant },
    { "flags", MAY, &flags }, { "ids", MAY, &ids }, { "involvements", MAY, &involvements }, { "notes", MAY, &notes },
    { "product_status", MAY, &product_status }, { "references", MAY, &references }, { "release_date", MAY, &instant },
    { "remediations", MAY, &remediations }, { "scores", MAY, &scores }, { "threats", MAY, &threats }, { "title", MAY, &text });
static const struct shape vulnerabilities = LIST_OF(vulnerability);
static const struct shape whole = OBJECT(
    { "document", MUST, &head }, { "product_tree", MAY, &product_tree }, { "vulnerabilities", MAY, &vulnerabilities });
/* clang-format on */

static bool is_one_of(struct str s, const char *const *words)
{
    for (; *words; words++)
        if (str_eq_z(s, *words))
            return true;
    return false;
}

static void check_text(struct check *check, struct str s, const struct shape *shape,
                       const struct place *place)
{
    if (s.len == 0)
        found(check, "schema", place, N_("The text must not be empty."));
    else if (shape->words && !is_one_of(s, shape->words))
        found(check, "schema", place, N_("This is not one of the allowed words."));
    else if (shape->is_good && !shape->is_good(s))
        found(check, "schema", place, shape->message);
}

static void check_unique(struct check *check, struct json array, const struct place *place)
{
    struct items items = { 0 };

    for (struct each e = each(array); each_next(&e);)
        VEC_PUSH(check->arena, &items, (struct item){ json_text(e.value), 0, e.index });
    items_sort(&items);
    for (size_t i = 1; i < items.len; i++)
        if (str_eq(items.at[i - 1].id, items.at[i].id))
            found(check, "schema", AT_NTH(place, items.at[i].index),
                  N_("The same stands twice in the list."));
}

static void check_value(struct check *check, struct json value, const struct shape *shape,
                        const struct place *place);

/* Depth is bounded by that of the JSON. A branch is the one shape with an exact number of members (3.1.2). */
static void check_object(struct check *check, struct json value, const struct shape *shape,
                         const struct place *place)
{
    size_t known = 0; /* of the fields above */

    for (const struct field *field = shape->fields; field && field->key; field++) {
        struct json member = json_get(value, field->key);

        if (json_kind(member) != JSON_NONE) {
            check_value(check, member, field->shape, AT(place, field->key));
            known++;
        } else if (field->required) {
            found(check, "schema", AT(place, field->key), N_("This is required and missing."));
        }
    }
    if (shape == &branch && known != 3)
        found(check, "schema", place, N_("A branch has either branches or a product."));
    if (shape == &score && json_count(value) < 2)
        found(check, "schema", place, N_("A score without CVSS says nothing."));
}

static void check_value(struct check *check, struct json value, const struct shape *shape,
                        const struct place *place)
{
    if (json_kind(value) != shape->kind) {
        found(check, "schema", place, N_("This is of a wrong type."));
        return;
    }
    if (shape->kind == JSON_TEXT) {
        check_text(check, json_text(value), shape, place);
        return;
    }
    if (json_count(value) < shape->least)
        found(check, "schema", place, N_("There are too few elements here."));
    if (shape->kind == JSON_OBJECT)
        check_object(check, value, shape, place);
    if (shape->unique)
        check_unique(check, value, place);
    for (struct each e = each(value); shape->items && each_next(&e);)
        check_value(check, e.value, shape->items, AT_NTH(place, e.index));
}

void check_shape(struct check *check) { check_value(check, check->document, &whole, NULL); }

static bool has_field(const struct shape *shape, struct str key)
{
    for (const struct field *field = shape->fields; field->key; field++)
        if (str_eq_z(key, field->key))
            return true;
    return false;
}

/* 6.2.20. CVSS objects have the properties that their version has. */
static void advise_value(struct check *check, struct json value, const struct shape *shape,
                         const struct place *place)
{
    struct json_iter iter = json_iter(value);
    struct json member;
    struct str key;

    if (json_kind(value) != shape->kind)
        return;
    for (struct each e = each(value); shape->items && each_next(&e);)
        advise_value(check, e.value, shape->items, AT_NTH(place, e.index));
    if (!shape->fields)
        return;
    while (json_next(&iter, &key, &member))
        if (!has_field(shape, key))
            found(check, "6.2.20", place,
                  N_("There is a property here that the schema does not have."));
    for (const struct field *field = shape->fields; field->key; field++)
        advise_value(check, json_get(value, field->key), field->shape, AT(place, field->key));
}

void advise_shape(struct check *check) { advise_value(check, check->document, &whole, NULL); }
