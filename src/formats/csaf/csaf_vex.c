#include "formats/csaf/csaf_vex.h"

#include <stdlib.h>

#include "base/err.h"

/* What a flag, a threat or a remediation says of a product. */
struct remark {
    struct str id, text;
    size_t place;
};
struct remarks {
    VEC_OF(struct remark); /* by id, then as they stand */
};
struct reader {
    struct json document;
    struct arena *arena;
    struct remarks groups; /* id: the group's; text: a product's of it */
    struct csaf_vex *out;
};

static struct json at(struct json object, const char *a, const char *b)
{
    return json_get(json_get(object, a), b);
}

bool csaf_vex_is(struct json document)
{
    return json_text(at(document, "document", "csaf_version")).len > 0;
}

/* ---- the product tree ---- */

static bool put_product(struct reader *r, struct json product, const struct csaf_vex_product *of,
                        struct err *err)
{
    struct json helper = json_get(product, "product_identification_helper");
    struct csaf_vex_product out = *of;

    out.name = (struct csaf_name){ .id = json_text(json_get(product, "product_id")),
                                   .purl = json_text(json_get(helper, "purl")),
                                   .cpe = json_text(json_get(helper, "cpe")) };
    if (out.name.id.len == 0)
        return true;
    if (r->out->products.len == CSAF_PRODUCTS_MAX)
        return FAIL(err, TOO_LARGE, STR("product_tree"));
    VEC_PUSH(r->arena, &r->out->products, out);
    return true;
}

static bool walk_branches(struct reader *r, struct json branches, struct err *err)
{
    const struct csaf_vex_product none = { 0 };
    struct json branch;

    for (struct json_iter i = json_iter(branches); json_next(&i, NULL, &branch);)
        if (!put_product(r, json_get(branch, "product"), &none, err) ||
            !walk_branches(r, json_get(branch, "branches"), err))
            return PASS(err);
    return true;
}

static int product_cmp(const void *a, const void *b)
{
    const struct csaf_vex_product *x = a, *y = b;

    return str_cmp(x->name.id, y->name.id);
}

static void sort_products(struct csaf_vex *out)
{
    if (out->products.len > 0)
        qsort(out->products.at, out->products.len, sizeof *out->products.at, product_cmp);
}

static const struct csaf_vex_product *find_product(const struct csaf_vex *vex, struct str id)
{
    const struct csaf_vex_product key = { .name.id = id };

    return vex->products.len == 0
               ? NULL
               : bsearch(&key, vex->products.at, vex->products.len, sizeof key, product_cmp);
}

/* The references of relationships mean what stands in the tree; so it is sorted before and after. */
static bool walk_relationships(struct reader *r, struct err *err)
{
    struct csaf_vex *out = r->out;
    size_t plain = out->products.len;
    struct json relationship;

    for (struct json_iter i = json_iter(at(r->document, "product_tree", "relationships"));
         json_next(&i, NULL, &relationship);) {
        struct csaf_vex own = { .products = { out->products.at, plain, plain } };
        const struct csaf_vex_product *part =
            find_product(&own, json_text(json_get(relationship, "product_reference")));
        const struct csaf_vex_product *whole =
            find_product(&own, json_text(json_get(relationship, "relates_to_product_reference")));
        struct csaf_vex_product both = { 0 };

        if (part)
            both.part = part->name;
        if (whole)
            both.whole = whole->name;
        if (!put_product(r, json_get(relationship, "full_product_name"), &both, err))
            return PASS(err);
    }
    sort_products(out);
    return true;
}

static bool read_products(struct reader *r, struct err *err)
{
    struct json tree = json_get(r->document, "product_tree"), item;
    const struct csaf_vex_product none = { 0 };

    for (struct json_iter i = json_iter(json_get(tree, "full_product_names"));
         json_next(&i, NULL, &item);)
        if (!put_product(r, item, &none, err))
            return PASS(err);
    if (!walk_branches(r, json_get(tree, "branches"), err))
        return PASS(err);
    sort_products(r->out);
    return walk_relationships(r, err) ? true : PASS(err);
}

/* ---- remarks ---- */

static int remark_cmp(const void *a, const void *b)
{
    const struct remark *x = a, *y = b;
    int by_id = str_cmp(x->id, y->id);

    return by_id != 0 ? by_id : x->place < y->place ? -1 : x->place > y->place;
}

static void remarks_sort(struct remarks *remarks)
{
    if (remarks->len > 0)
        qsort(remarks->at, remarks->len, sizeof *remarks->at, remark_cmp);
}

/* Place of the first with that id, or len. */
static size_t first_of(const struct remarks *sorted, struct str id)
{
    size_t low = 0, high = sorted->len;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (str_cmp(sorted->at[middle].id, id) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < sorted->len && str_eq(sorted->at[low].id, id) ? low : sorted->len;
}

static bool put_remark(struct reader *r, struct remarks *out, struct str id, struct str text,
                       struct err *err)
{
    const size_t place = out->len;

    if (place == CSAF_SAYINGS_MAX)
        return FAIL(err, TOO_LARGE, STR("product_ids"));
    VEC_PUSH(r->arena, out, (struct remark){ id, text, place });
    return true;
}

static bool read_groups(struct reader *r, struct err *err)
{
    struct json group, id;

    for (struct json_iter i = json_iter(at(r->document, "product_tree", "product_groups"));
         json_next(&i, NULL, &group);)
        for (struct json_iter n = json_iter(json_get(group, "product_ids"));
             json_next(&n, NULL, &id);)
            if (!put_remark(r, &r->groups, json_text(json_get(group, "group_id")), json_text(id),
                            err))
                return PASS(err);
    remarks_sort(&r->groups);
    return true;
}

/* The products an entry names, one by one and by groups, with its text. */
static bool put_entry(struct reader *r, struct json entry, struct str text, struct remarks *out,
                      struct err *err)
{
    struct json id;

    for (struct json_iter i = json_iter(json_get(entry, "product_ids")); json_next(&i, NULL, &id);)
        if (!put_remark(r, out, json_text(id), text, err))
            return PASS(err);
    for (struct json_iter i = json_iter(json_get(entry, "group_ids")); json_next(&i, NULL, &id);)
        for (size_t n = first_of(&r->groups, json_text(id));
             n < r->groups.len && str_eq(r->groups.at[n].id, json_text(id)); n++)
            if (!put_remark(r, out, r->groups.at[n].text, text, err))
                return PASS(err);
    return true;
}

/* category: NULL for any */
static bool read_remarks(struct reader *r, struct json list, const char *category, const char *key,
                         struct remarks *out, struct err *err)
{
    struct json entry;

    for (struct json_iter i = json_iter(list); json_next(&i, NULL, &entry);)
        if ((!category || str_eq_z(json_text(json_get(entry, "category")), category)) &&
            !put_entry(r, entry, json_text(json_get(entry, key)), out, err))
            return PASS(err);
    remarks_sort(out);
    return true;
}

static struct str remark_about(const struct remarks *remarks, struct str id)
{
    size_t i = first_of(remarks, id);

    return i < remarks->len ? remarks->at[i].text : STR_NONE;
}

/* ---- vulnerabilities ---- */

struct said {
    struct remarks flags, impacts, remediations;
};

static bool read_status(struct reader *r, struct json list, enum csaf_standing standing,
                        const struct said *said, struct err *err)
{
    struct csaf_vex *out = r->out;
    struct json item;

    for (struct json_iter i = json_iter(list); json_next(&i, NULL, &item);) {
        struct str id = json_text(item);
        const struct csaf_vex_product *product = find_product(out, id);
        struct csaf_saying saying = { .vulnerability = out->vulnerabilities.len - 1,
                                      .standing = standing };

        if (!product)
            continue;
        if (out->sayings.len == CSAF_SAYINGS_MAX)
            return FAIL(err, TOO_LARGE, STR("product_status"));
        saying.product = (size_t)(product - out->products.at);
        if (standing == CSAF_NOT_AFFECTED) {
            saying.justification = remark_about(&said->flags, id);
            saying.reason = remark_about(&said->impacts, id);
        } else if (standing == CSAF_AFFECTED) {
            saying.reason = remark_about(&said->remediations, id);
        }
        VEC_PUSH(r->arena, &out->sayings, saying);
    }
    return true;
}

static void put_names(struct reader *r, struct json vulnerability)
{
    struct csaf_vulnerability_names names = { 0 };
    struct str cve = json_text(json_get(vulnerability, "cve"));
    struct json id;

    if (cve.len > 0)
        VEC_PUSH(r->arena, &names, cve);
    for (struct json_iter i = json_iter(json_get(vulnerability, "ids")); json_next(&i, NULL, &id);)
        VEC_PUSH(r->arena, &names, json_text(json_get(id, "text")));
    VEC_PUSH(r->arena, &r->out->vulnerabilities, names);
}

static bool read_vulnerability(struct reader *r, struct json vulnerability, struct err *err)
{
    static const struct {
        const char *key;
        enum csaf_standing standing;
    } lists[] = {
        { "known_affected", CSAF_AFFECTED },
        { "first_affected", CSAF_AFFECTED },
        { "last_affected", CSAF_AFFECTED },
        { "known_not_affected", CSAF_NOT_AFFECTED },
        { "fixed", CSAF_FIXED },
        { "first_fixed", CSAF_FIXED },
        { "under_investigation", CSAF_UNDER_INVESTIGATION },
    };
    struct json status = json_get(vulnerability, "product_status");
    struct said said = { 0 };

    put_names(r, vulnerability);
    if (!read_remarks(r, json_get(vulnerability, "flags"), NULL, "label", &said.flags, err) ||
        !read_remarks(r, json_get(vulnerability, "threats"), "impact", "details", &said.impacts,
                      err) ||
        !read_remarks(r, json_get(vulnerability, "remediations"), NULL, "details",
                      &said.remediations, err))
        return PASS(err);
    for (size_t i = 0; i < COUNT(lists); i++)
        if (!read_status(r, json_get(status, lists[i].key), lists[i].standing, &said, err))
            return PASS(err);
    return true;
}

bool csaf_vex_read(struct json document, struct arena *arena, struct csaf_vex *out, struct err *err)
{
    struct json tracking = at(document, "document", "tracking"), item;
    struct str released = json_text(json_get(tracking, "current_release_date"));
    struct csaf_vex read = { .id = json_text(json_get(tracking, "id")),
                             .publisher = json_text(
                                 json_get(at(document, "document", "publisher"), "name")) };
    struct reader r = { .document = document, .arena = arena, .out = &read };

    if (released.len > 0 && !utc_parse(released, &read.released, err))
        return PASS(err);
    if (!read_products(&r, err) || !read_groups(&r, err))
        return PASS(err);
    for (struct json_iter i = json_iter(json_get(document, "vulnerabilities"));
         json_next(&i, NULL, &item);)
        if (!read_vulnerability(&r, item, err))
            return PASS(err);
    if (read.sayings.len == 0)
        return FAIL(err, VEX, STR("product_status"));
    *out = read;
    return true;
}
