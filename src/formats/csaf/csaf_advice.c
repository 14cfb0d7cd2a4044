/* The optional and informative tests of the document and its product tree: 6.2.1, 6.2.4 to 6.2.6, 6.2.8 to 6.2.16, 6.2.18, 6.3.5, 6.3.9 to
 * 6.3.11. */
#include "base/ascii.h"
#include "formats/csaf/csaf.h"
#include "formats/csaf/csaf_check_internal.h"

static const struct place *const no_place = NULL;
#define DOCUMENT AT(no_place, "document")
#define TRACKING AT(DOCUMENT, "tracking")

static bool is_missing(struct json json) { return json_kind(json) == JSON_NONE; }

/* 6.2.13: the keys of every object ascend, byte by byte. Depth is bounded by that of the JSON. */
static void advise_order(struct check *check, struct json value, const struct place *place)
{
    struct str key, last = STR_NONE;
    struct json_iter iter = json_iter(value);
    struct json member;
    bool is_sorted = true;

    for (size_t i = 0; json_next(&iter, &key, &member); i++) {
        if (json_kind(value) == JSON_OBJECT) {
            is_sorted = is_sorted && str_cmp(last, key) <= 0;
            last = key;
        }
        advise_order(check, member, json_kind(value) == JSON_OBJECT ? place : AT_NTH(place, i));
    }
    if (!is_sorted)
        found(check, "6.2.13", place,
              N_("The keys of an object here are not in alphabetical order."));
}

/* 6.2.4 to 6.2.6 */
static void advise_history(struct check *check, struct json tracking)
{
    struct str first = json_text(json_get(tracking, "initial_release_date")),
               current = json_text(json_get(tracking, "current_release_date")), oldest = STR_NONE,
               newest = STR_NONE;

    for (struct each e = each(json_get(tracking, "revision_history")); each_next(&e);) {
        struct str date = json_text(json_get(e.value, "date")),
                   number = json_text(json_get(e.value, "number"));

        if (str_index(number, '+') < number.len)
            found(check, "6.2.4", AT(AT_NTH(AT(TRACKING, "revision_history"), e.index), "number"),
                  N_("A version of the history carries build metadata."));
        if (!is_instant(date))
            continue;
        if (oldest.len == 0 || instant_cmp(date, oldest) < 0)
            oldest = date;
        if (newest.len == 0 || instant_cmp(date, newest) > 0)
            newest = date;
    }
    if (oldest.len > 0 && is_instant(first) && instant_cmp(first, oldest) < 0)
        found(check, "6.2.5", AT(TRACKING, "initial_release_date"),
              N_("The initial release is older than the whole history."));
    if (newest.len > 0 && is_instant(current) && instant_cmp(current, newest) < 0)
        found(check, "6.2.6", AT(TRACKING, "current_release_date"),
              N_("The current release is older than the newest revision."));
}

/* 6.2.11 */
static bool has_canonical_url(struct check *check, struct json head)
{
    struct str id = json_text(json_get(json_get(head, "tracking"), "id"));
    struct str end = arena_printf(check->arena, "/%.*s", STR_ARG(csaf_file_name(id, check->arena)));

    for (struct each e = each(json_get(head, "references")); each_next(&e);) {
        struct str url = json_text(json_get(e.value, "url"));

        if (str_eq(json_text(json_get(e.value, "category")), STR("self")) &&
            str_starts(url, STR("https://")) && str_ends(url, end))
            return true;
    }
    return false;
}

/* 6.2.12, 6.2.14, 6.2.15 */
static void advise_languages(struct check *check, struct json head)
{
    static const char *const keys[] = { "lang", "source_lang" };

    if (is_missing(json_get(head, "lang")))
        found(check, "6.2.12", AT(DOCUMENT, "lang"),
              N_("The language of the document is missing."));
    for (size_t i = 0; i < COUNT(keys); i++) {
        struct str tag = json_text(json_get(head, keys[i]));

        if (is_private_language(tag))
            found(check, "6.2.14", AT(DOCUMENT, keys[i]),
                  N_("A part of this language tag is for private use."));
        if (str_eq_nocase(tag, STR("i-default")))
            found(check, "6.2.15", AT(DOCUMENT, keys[i]),
                  N_("The default language says nothing about the language."));
    }
}

static void advise_head(struct check *check, struct json head)
{
    struct json label = json_get(json_get(json_get(head, "distribution"), "tlp"), "label");

    advise_history(check, json_get(head, "tracking"));
    advise_languages(check, head);
    if (is_missing(label))
        found(check, "6.2.10", AT(DOCUMENT, "distribution"), N_("A TLP label is missing."));
    if (!has_canonical_url(check, head))
        found(check, "6.2.11", AT(DOCUMENT, "references"),
              N_("There is no reference to the document's own address."));
}

/* ---- products ---- */

static void collect_reference(struct walk *walk, struct json id, const struct place *place)
{
    (void)place;
    if (json_kind(id) == JSON_TEXT)
        VEC_PUSH(walk->check->arena, &walk->products, (struct item){ .id = json_text(id) });
}

static void pass_over(struct walk *walk, struct json id, const struct place *place)
{
    (void)walk;
    (void)id;
    (void)place;
}

/* 6.2.1 and 6.2.16 */
static void advise_use(struct walk *walk, struct json product, const struct place *place)
{
    struct json id = json_get(product, "product_id");

    if (!walk->is_informational && json_kind(id) == JSON_TEXT &&
        !items_find(&walk->products, json_text(id)))
        found(walk->check, "6.2.1", AT(place, "product_id"), N_("Nothing speaks of this product."));
    if (is_missing(json_get(product, "product_identification_helper")))
        found(walk->check, "6.2.16", place,
              N_("Nothing helps to identify this product: no package URL, CPE name or hash."));
}

/* 6.2.8, 6.2.9 and 6.3.5, one file at a time. */
static void advise_hashes(struct walk *walk, struct json product, const struct place *place)
{
    struct json hashes = json_get(json_get(product, "product_identification_helper"), "hashes");
    const struct place *at = AT(AT(place, "product_identification_helper"), "hashes");

    for (struct each e = each(hashes); each_next(&e);) {
        const struct place *here = AT(AT_NTH(at, e.index), "file_hashes");
        bool only_md5 = true, only_sha1 = true;

        for (struct each h = each(json_get(e.value, "file_hashes")); each_next(&h);) {
            struct str algorithm = json_text(json_get(h.value, "algorithm"));

            only_md5 = only_md5 && str_eq(algorithm, STR("md5"));
            only_sha1 = only_sha1 && str_eq(algorithm, STR("sha1"));
            if (json_text(json_get(h.value, "value")).len < 64)
                found(walk->check, "6.3.5", AT(AT_NTH(here, h.index), "value"),
                      N_("This hash has fewer than 64 digits."));
        }
        if (json_count(json_get(e.value, "file_hashes")) > 0 && only_md5)
            found(walk->check, "6.2.8", here, N_("MD5 is the only hash of this file."));
        if (json_count(json_get(e.value, "file_hashes")) > 0 && only_sha1)
            found(walk->check, "6.2.9", here, N_("SHA-1 is the only hash of this file."));
    }
}

/* vers:SCHEME/REST, as the standard's expression has it */
static bool is_vers(struct str name)
{
    size_t slash = str_index(name, '/');
    struct str scheme;

    if (!str_skip(&name, STR("vers:")))
        return false;
    slash = str_index(name, '/');
    scheme = str_take(name, slash);
    for (size_t i = 0; i < scheme.len; i++)
        if (!(scheme.ptr[i] >= 'a' && scheme.ptr[i] <= 'z') && scheme.ptr[i] != '.' &&
            scheme.ptr[i] != '-' && scheme.ptr[i] != '+' &&
            !(i > 0 && ascii_is_digit(scheme.ptr[i])))
            return false;
    return scheme.len > 0 && slash + 1 < name.len;
}

/* 6.2.18, 6.3.9 to 6.3.11. have: how many of the categories a product's path needs, in their order, it has so far. */
static void advise_branches(struct check *check, struct json branches, size_t have,
                            const struct place *place)
{
    static const char *const needed[] = { "vendor", "product_name", "product_version" };

    for (struct each e = each(branches); each_next(&e);) {
        struct str category = json_text(json_get(e.value, "category")),
                   name = json_text(json_get(e.value, "name"));
        const struct place *at = AT_NTH(place, e.index);
        bool is_range = str_eq(category, STR("product_version_range"));
        size_t now = have + (have < COUNT(needed) && str_eq_z(category, needed[have]));

        if (is_range && !is_vers(name))
            found(check, "6.2.18", AT(at, "name"),
                  N_("The range of versions is not written as \"vers:...\"."));
        if (is_range)
            found(check, "6.3.10", AT(at, "category"),
                  N_("A range of versions is harder to compare than versions."));
        if (str_eq(category, STR("product_version")) && name.len > 1 &&
            ascii_lower(name.ptr[0]) == 'v' && ascii_is_digit(name.ptr[1]))
            found(check, "6.3.11", AT(at, "name"), N_("The version begins with a \"v\"."));
        if (!is_missing(json_get(e.value, "product")) && now < COUNT(needed))
            found(
                check, "6.3.9", at,
                N_("The way to this product lacks vendor, product name and version, in this order."));
        advise_branches(check, json_get(e.value, "branches"), now, AT(at, "branches"));
    }
}

static void advise_products(struct check *check, bool is_informational)
{
    struct walk walk = { .check = check, .is_informational = is_informational };

    walk_references(&walk, collect_reference, pass_over);
    items_sort(&walk.products);
    walk_products(&walk, advise_use);
    walk_products(&walk, advise_hashes);
    advise_branches(check, json_get(json_get(check->document, "product_tree"), "branches"), 0,
                    AT(AT(no_place, "product_tree"), "branches"));
}

void advise_document(struct check *check)
{
    struct json head = json_get(check->document, "document");

    advise_products(
        check, str_eq(json_text(json_get(head, "category")), STR("csaf_informational_advisory")));
    advise_head(check, head);
    advise_order(check, check->document, NULL);
}
