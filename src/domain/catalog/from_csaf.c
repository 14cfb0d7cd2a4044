#include "domain/catalog/from_internal.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/err.h"
#include "formats/cpe/cpe.h"
#include "formats/purl/purl.h"
#include "formats/vers/vers.h"

/* ---- the product tree ---- */

struct product {
    struct str id;
    struct str vendor, name, version;
    bool is_range;   /* version is one, or words about one */
    struct str purl; /* without its version */
    enum version_scheme scheme;
    struct str cpe;      /* formatted string */
    bool cpe_is_general; /* it names no version of its own */
    struct str platform; /* what it is installed on, or made for */
};
struct products {
    VEC_OF(struct product); /* by id */
};

/* With the epoch that RPM keeps apart in a package URL. */
static void set_purl(struct product *product, struct str text, struct arena *arena)
{
    struct err ignored = { 0 };
    struct purl purl;
    struct str version, epoch;

    if (text.len == 0 || !purl_parse(text, arena, &purl, &ignored))
        return;
    version = purl.version;
    epoch = purl_qualifier(&purl, "epoch");
    purl.version = purl.subpath = STR_NONE;
    purl.qualifiers.len = 0;
    if (!purl_text(&purl, arena, &product->purl, &ignored))
        return;
    if (!version_scheme_from_name(purl.type, &product->scheme))
        product->scheme = VERSION_GENERIC;
    if (version.len == 0)
        return;
    product->is_range = false;
    product->version = epoch.len > 0
                           ? arena_printf(arena, "%.*s:%.*s", STR_ARG(epoch), STR_ARG(version))
                           : version;
}

static void set_cpe(struct product *product, struct str text, struct arena *arena)
{
    struct err ignored = { 0 };
    struct str version;
    struct cpe cpe;

    if (text.len == 0 || !cpe_parse(text, arena, &cpe, &ignored))
        return;
    version = cpe.field[CPE_VERSION];
    product->cpe = cpe_text(&cpe, arena);
    product->cpe_is_general = cpe_is_any(version) || cpe_is_na(version);
    if (product->version.len == 0 && !product->cpe_is_general)
        product->version = cpe_plain(version, arena);
}

/* full: a full_product_name_t; product: what is known from where it stands */
static void add_product(struct products *products, struct json full, struct product product,
                        struct arena *arena)
{
    struct json helper = json_get(full, "product_identification_helper");
    struct str purl = json_text(json_get(helper, "purl")); /* 2.1: several */

    product.id = json_text(json_get(full, "product_id"));
    if (product.id.len == 0)
        return;
    if (product.name.len == 0)
        product.name = json_text(json_get(full, "name"));
    set_purl(&product, purl.len > 0 ? purl : json_text(json_at(json_get(helper, "purls"), 0)),
             arena);
    set_cpe(&product, json_text(json_get(helper, "cpe")), arena);
    VEC_PUSH(arena, products, product);
}

static struct str joined(struct str a, struct str b, struct arena *arena)
{
    return a.len == 0 || b.len == 0 ? (a.len > 0 ? a : b)
                                    : arena_printf(arena, "%.*s %.*s", STR_ARG(a), STR_ARG(b));
}

/* What a branch adds to the products below it. */
static void take_branch(struct product *product, struct json branch, struct arena *arena)
{
    struct str category = json_text(json_get(branch, "category")),
               name = json_text(json_get(branch, "name"));

    if (str_eq(category, STR("vendor"))) {
        product->vendor = name;
    } else if (str_eq(category, STR("product_family")) || str_eq(category, STR("product_name"))) {
        product->name = name;
    } else if (str_starts(category, STR("product_version"))) {
        product->version = name;
        product->is_range = str_eq(category, STR("product_version_range"));
    } else if (str_eq(category, STR("service_pack")) || str_eq(category, STR("patch_level"))) {
        product->version = joined(product->version, name, arena);
    } else {
        product->platform = joined(product->platform, name, arena);
    }
}

static void walk_branches(struct products *products, struct json branches, struct product above,
                          struct arena *arena)
{
    struct json branch;

    for (struct json_iter i = json_iter(branches); json_next(&i, NULL, &branch);) {
        struct product product = above;

        take_branch(&product, branch, arena);
        add_product(products, json_get(branch, "product"), product, arena);
        walk_branches(products, json_get(branch, "branches"), product, arena);
    }
}

static int product_cmp(const void *a, const void *b)
{
    const struct product *left = a, *right = b;

    return str_cmp(left->id, right->id);
}

static void sort_products(struct products *products)
{
    if (products->len > 0)
        qsort(products->at, products->len, sizeof products->at[0], product_cmp);
}

static const struct product *find_product(const struct products *products, struct str id)
{
    const struct product key = { .id = id };

    return products->len == 0 ? NULL
                              : bsearch(&key, products->at, products->len, sizeof key, product_cmp);
}

/* "A on B": A, where B is. */
static void add_pair(struct products *products, const struct products *plain, struct json pair,
                     struct str part_id, struct str whole_id, struct arena *arena)
{
    const struct product *part = find_product(plain, part_id),
                         *whole = find_product(plain, whole_id);
    struct product product = { 0 };

    if (part)
        product = *part;
    if (whole)
        product.platform = joined(whole->name, whole->is_range ? STR_NONE : whole->version, arena);
    add_product(products, json_get(pair, "full_product_name"), product, arena);
}

static void add_pairs(struct products *products, struct json tree, struct arena *arena)
{
    const struct products plain = *products;
    struct json pair, step;

    for (struct json_iter i = json_iter(json_get(tree, "relationships"));
         json_next(&i, NULL, &pair);)
        add_pair(products, &plain, pair, json_text(json_get(pair, "product_reference")),
                 json_text(json_get(pair, "relates_to_product_reference")), arena);
    for (struct json_iter i = json_iter(json_get(tree, "product_paths"));
         json_next(&i, NULL, &pair);) { /* 2.1 */
        struct str whole = STR_NONE;

        for (struct json_iter s = json_iter(json_get(pair, "subpaths"));
             json_next(&s, NULL, &step);)
            whole = json_text(json_get(step, "next_product_reference"));
        add_pair(products, &plain, pair, json_text(json_get(pair, "beginning_product_reference")),
                 whole, arena);
    }
}

static struct products products_of(struct json tree, struct arena *arena)
{
    struct products products = { 0 };
    struct json item;

    for (struct json_iter i = json_iter(json_get(tree, "full_product_names"));
         json_next(&i, NULL, &item);)
        add_product(&products, item, (struct product){ 0 }, arena);
    walk_branches(&products, json_get(tree, "branches"), (struct product){ 0 }, arena);
    sort_products(&products);
    add_pairs(&products, tree, arena);
    sort_products(&products);
    return products;
}

/* ---- versions ---- */

static void add_vers(struct affected *affected, const struct vers *vers, struct span model,
                     struct arena *arena)
{
    struct span span = model;
    bool is_open = vers->is_everything;

    for (size_t i = 0; i < vers->constraints.len; i++) {
        struct str version = vers->constraints.at[i].version;
        enum vers_comparator comparator = vers->constraints.at[i].comparator;
        struct span one = model;

        switch (comparator) {
        case VERS_EQUAL:
        case VERS_NOT_EQUAL:
            if (comparator == VERS_NOT_EQUAL)
                one.status = SPAN_UNKNOWN;
            one.from = one.to = version;
            one.to_is_included = true;
            VEC_PUSH(arena, &affected->spans, one);
            break;
        case VERS_LESS:
        case VERS_LESS_OR_EQUAL:
            span.to = version;
            span.to_is_included = comparator == VERS_LESS_OR_EQUAL;
            VEC_PUSH(arena, &affected->spans, span);
            span = model;
            is_open = false;
            break;
        default:
            span = model;
            span.from = version;
            span.from_is_excluded = comparator == VERS_GREATER;
            is_open = true;
            break;
        }
    }
    if (is_open)
        VEC_PUSH(arena, &affected->spans, span);
}

/* A version that is one is taken as it stands; a range that is not understood is told, not claimed. */
static void add_spans(struct affected *affected, const struct product *product,
                      enum span_status status, bool is_last, struct arena *arena)
{
    struct str version = product->version;
    struct span exact = { .status = status,
                          .scheme = product->scheme,
                          .from = is_last ? STR_NONE : version,
                          .to = version,
                          .to_is_included = version.len > 0 };
    struct err ignored = { 0 };
    struct span span = exact;
    struct vers vers;

    if (version.len > 0 && product->purl.len == 0 && str_starts(version, STR("vers:")) &&
        vers_parse_loose(version, arena, &vers, &ignored)) {
        span = (struct span){ .status = status, .scheme = vers.scheme };
        add_vers(affected, &vers, span, arena);
        return;
    }
    if (version.len > 0 && (product->is_range || product->purl.len == 0)) {
        span = from_phrase(version, product->scheme);
        if (span.status == SPAN_AFFECTED)
            span.status = status;
        if (!product->is_range && (span.status == SPAN_UNKNOWN || str_eq(span.from, span.to)))
            span = exact;
    }
    VEC_PUSH(arena, &affected->spans, span);
}

/* ---- what is said of the products ---- */

enum rank { NOT_AFFECTED, AFFECTED, OPEN }; /* the first span that holds a version decides */
struct saying {
    const struct product *product;
    enum rank rank;
    bool is_last; /* the last affected version: all before it are */
    size_t place;
};
struct sayings {
    VEC_OF(struct saying);
};

static const struct {
    const char *key;
    enum rank rank;
    bool is_last;
} statuses[] = {
    { "fixed", NOT_AFFECTED, false },
    { "first_fixed", NOT_AFFECTED, false },
    { "known_not_affected", NOT_AFFECTED, false },
    { "known_affected", AFFECTED, false },
    { "first_affected", AFFECTED, false },
    { "last_affected", AFFECTED, true },
    { "under_investigation", OPEN, false },
    { "unknown", OPEN, false },
};
static const enum span_status span_status_of[] = {
    [NOT_AFFECTED] = SPAN_UNAFFECTED, [AFFECTED] = SPAN_AFFECTED, [OPEN] = SPAN_UNKNOWN
};

static int subject_cmp(const struct product *a, const struct product *b)
{
    int order = str_cmp(a->purl, b->purl);

    if (order == 0)
        order = str_cmp(a->vendor, b->vendor);
    if (order == 0)
        order = str_cmp(a->name, b->name);
    return order ? order : str_cmp(a->platform, b->platform);
}

static int saying_cmp(const void *a, const void *b)
{
    const struct saying *left = a, *right = b;
    int order = subject_cmp(left->product, right->product);

    if (order == 0)
        order = (int)left->rank - (int)right->rank;
    return order ? order : (left->place > right->place) - (left->place < right->place);
}

static bool collect(struct json status, const struct products *products, size_t *room,
                    struct sayings *out, struct arena *arena, struct err *err)
{
    struct json id;

    for (size_t k = 0; k < COUNT(statuses); k++) {
        for (struct json_iter i = json_iter(json_get(status, statuses[k].key));
             json_next(&i, NULL, &id);) {
            const struct product *product = find_product(products, json_text(id));
            size_t place = out->len;

            if (!product)
                continue;
            if (*room == 0)
                return FAIL(err, TOO_LARGE, STR("product_status"));
            --*room;
            VEC_PUSH(arena, out,
                     (struct saying){ product, statuses[k].rank, statuses[k].is_last, place });
        }
    }
    if (out->len > 0)
        qsort(out->at, out->len, sizeof out->at[0], saying_cmp);
    return true;
}

/* The affected product's CPE name, with the spans from `first` on as bounds where it has no version of its own. */
static void add_criteria(struct configuration *node, const struct product *product,
                         const struct affected *affected, size_t first, struct arena *arena)
{
    for (size_t i = first; i < affected->spans.len; i++) {
        const struct span *span = &affected->spans.at[i];
        struct criterion criterion = { .cpe = product->cpe, .is_vulnerable = true };

        if (span->status != SPAN_AFFECTED)
            continue;
        if (product->cpe_is_general) {
            criterion.from = span->from;
            criterion.from_is_excluded = span->from_is_excluded;
            criterion.to = span->to;
            criterion.to_is_included = span->to_is_included;
        }
        VEC_PUSH(arena, &node->criteria, criterion);
        if (!product->cpe_is_general)
            break;
    }
}

static bool add_affected(struct catalog_record *record, struct json status,
                         const struct products *products, size_t *room, struct arena *arena,
                         struct err *err)
{
    struct configuration node = { 0 }, whole = { 0 };
    struct sayings sayings = { 0 };

    if (!collect(status, products, room, &sayings, arena, err))
        return PASS(err);
    for (size_t i = 0, next; i < sayings.len; i = next) {
        const struct product *product = sayings.at[i].product;
        struct affected affected = { .purl = product->purl,
                                     .vendor = product->vendor,
                                     .product = product->name,
                                     .default_status = SPAN_UNKNOWN };

        if (product->platform.len > 0)
            VEC_PUSH(arena, &affected.platforms, product->platform);
        for (next = i; next < sayings.len && subject_cmp(sayings.at[next].product, product) == 0;
             next++) {
            const struct saying *saying = &sayings.at[next];
            size_t first = affected.spans.len;

            add_spans(&affected, saying->product, span_status_of[saying->rank], saying->is_last,
                      arena);
            if (saying->product->cpe.len > 0)
                add_criteria(&node, saying->product, &affected, first, arena);
        }
        VEC_PUSH(arena, &record->affected, affected);
    }
    if (node.criteria.len > 0) {
        VEC_PUSH(arena, &whole.nodes, node);
        VEC_PUSH(arena, &record->configurations, whole);
    }
    return true;
}

/* ---- texts and the rest ---- */

struct kind {
    const char *category;
    enum catalog_text_kind kind;
};
static const struct kind note_kinds[] = { { "description", TEXT_DESCRIPTION },
                                          { "summary", TEXT_DESCRIPTION },
                                          { "details", TEXT_DESCRIPTION },
                                          { "general", TEXT_DESCRIPTION } };
static const struct kind threat_kinds[] = { { "impact", TEXT_IMPACT } };
static const struct kind remediation_kinds[] = {
    { "vendor_fix", TEXT_COUNTERMEASURE },     { "optional_patch", TEXT_COUNTERMEASURE },
    { "fix_planned", TEXT_COUNTERMEASURE },    { "no_fix_planned", TEXT_COUNTERMEASURE },
    { "none_available", TEXT_COUNTERMEASURE }, { "workaround", TEXT_WORKAROUND },
    { "mitigation", TEXT_WORKAROUND }
};

/* How many there were. */
static size_t add_texts(struct catalog_record *record, struct json list, const char *key,
                        const struct kind *kinds, size_t count, struct str lang,
                        struct arena *arena)
{
    size_t before = record->texts.len;
    struct json item;

    for (struct json_iter i = json_iter(list); json_next(&i, NULL, &item);) {
        struct str category = json_text(json_get(item, "category"));

        for (size_t k = 0; k < count; k++)
            if (str_eq_z(category, kinds[k].category))
                from_add_text(record, kinds[k].kind, lang, json_text(json_get(item, key)),
                              record->origin, arena);
    }
    return record->texts.len - before;
}

static void add_references(struct catalog_record *record, struct json list, struct arena *arena)
{
    struct json item;

    for (struct json_iter i = json_iter(list); json_next(&i, NULL, &item);) {
        struct str url = json_text(json_get(item, "url"));

        if (url.len > 0)
            VEC_PUSH(arena, &record->references,
                     (struct catalog_reference){ url, json_text(json_get(item, "category")) });
    }
}

/* One vector is often said again for the next products. */
static void add_scores(struct catalog_record *record, struct json list, const char *inner,
                       struct arena *arena)
{
    static const char *const keys[] = { "cvss_v4", "cvss_v3", "cvss_v2" };
    struct json item;

    for (struct json_iter i = json_iter(list); json_next(&i, NULL, &item);) {
        struct json content = inner ? json_get(item, inner) : item;

        for (size_t k = 0; k < COUNT(keys); k++) {
            struct json cvss = json_get(content, keys[k]);
            struct str vector = json_text(json_get(cvss, "vectorString"));
            size_t n = record->scores.len;

            if (n == 0 || !str_eq(record->scores.at[n - 1].vector, vector))
                from_add_score(record, cvss, record->origin, true, arena);
        }
    }
}

static void add_weaknesses(struct catalog_record *record, struct json vulnerability,
                           struct arena *arena)
{
    struct json cwe;

    from_add_weakness(record, json_text(json_get(json_get(vulnerability, "cwe"), "id")), arena);
    for (struct json_iter i = json_iter(json_get(vulnerability, "cwes"));
         json_next(&i, NULL, &cwe);)
        from_add_weakness(record, json_text(json_get(cwe, "id")), arena);
}

static void add_names(struct catalog_record *record, struct json vulnerability, struct str cve,
                      struct arena *arena)
{
    struct json item;

    if (from_is_cve_id(cve))
        from_add(&record->aliases, cve, arena);
    for (struct json_iter i = json_iter(json_get(vulnerability, "ids"));
         json_next(&i, NULL, &item);) {
        struct str name = json_text(json_get(item, "text"));

        if (str_starts(name, STR("GHSA-")) && from_is_id(name))
            from_add(&record->aliases, name, arena);
        else if (from_is_id(name))
            from_add(&record->related, name, arena);
    }
}

/* ---- the document ---- */

struct document {
    struct json about, tracking;
    struct products products;
    struct str id, lang, title;
    enum catalog_state state;
    bool is_vex;
    size_t room; /* for what may still be said of products */
};

/* "JVN 1" is no name that can be asked for. */
static struct str without_blanks(struct str id, struct arena *arena)
{
    struct buf buf = buf_new(arena, id.len + 1);

    for (size_t i = 0; i < id.len; i++)
        buf_byte(&buf, id.ptr[i] == ' ' ? '_' : id.ptr[i]);
    return buf_str(&buf);
}

static bool begin(struct json json, struct arena *arena, struct document *out, struct err *err)
{
    struct str version, lang, category;

    out->about = json_get(json, "document");
    out->tracking = json_get(out->about, "tracking");
    version = json_text(json_get(out->about, "csaf_version"));
    if (!str_eq(version, STR("2.0")) && !str_eq(version, STR("2.1")))
        return FAIL(err, CATALOG_RECORD, STR("document.csaf_version: neither 2.0 nor 2.1"));
    out->id = without_blanks(json_text(json_get(out->tracking, "id")), arena);
    if (!from_is_id(out->id))
        return FAIL(err, CATALOG_RECORD, STR("document.tracking.id: missing, or no identifier"));
    lang = json_text(json_get(out->about, "lang"));
    out->lang = str_take(lang, str_index(lang, '-'));
    out->title = json_text(json_get(out->about, "title"));
    category = json_text(json_get(out->about, "category"));
    out->is_vex = str_eq(category, STR("csaf_vex"));
    out->state = str_eq(category, STR("csaf_withdrawn")) || str_eq(category, STR("csaf_superseded"))
                     ? CATALOG_WITHDRAWN
                     : CATALOG_PUBLISHED;
    out->products = products_of(json_get(json, "product_tree"), arena);
    out->room = CATALOG_LIST_MAX;
    return true;
}

/* The document's word for all it is about, and the word that a vulnerability's impact is told with where it is no sentence. */
static void add_indicators(struct catalog_record *record, const struct document *document,
                           struct json threats, struct arena *arena)
{
    struct json severity = json_get(document->about, "aggregate_severity"), threat;

    from_add_indicator(record, record->origin, json_text(json_get(severity, "namespace")),
                       json_text(json_get(severity, "text")), arena);
    for (struct json_iter i = json_iter(document->is_vex ? (struct json){ 0 } : threats);
         json_next(&i, NULL, &threat);) {
        struct str details = str_trim(json_text(json_get(threat, "details")));

        if (str_eq_z(json_text(json_get(threat, "category")), "impact") &&
            str_index(details, ' ') == details.len)
            from_add_indicator(record, record->origin, STR("impact"), details, arena);
    }
}

static bool add_record(struct catalog_records *records, struct document *document,
                       struct json vulnerability, struct arena *arena, struct err *err)
{
    struct str cve = json_text(json_get(vulnerability, "cve")),
               title = json_text(json_get(vulnerability, "title")), lang = document->lang;
    struct catalog_record record = {
        .source = SOURCE_CSAF,
        .origin = json_text(json_get(json_get(document->about, "publisher"), "name")),
        .status = json_text(json_get(document->tracking, "status")),
        .state = document->state,
        .published =
            from_time(json_text(json_get(document->tracking, "initial_release_date")), arena),
        .modified =
            from_time(json_text(json_get(document->tracking, "current_release_date")), arena),
    };

    record.id = from_is_cve_id(cve)
                    ? arena_printf(arena, "%.*s/%.*s", STR_ARG(document->id), STR_ARG(cve))
                    : arena_printf(arena, "%.*s/%zu", STR_ARG(document->id), records->len + 1);
    if (!from_is_id(record.id))
        return FAIL(err, CATALOG_RECORD, STR("document.tracking.id: too long"));
    add_names(&record, vulnerability, cve, arena);
    from_add_text(&record, TEXT_TITLE, lang, title.len > 0 ? title : document->title, record.origin,
                  arena);
    if (add_texts(&record, json_get(vulnerability, "notes"), "text", note_kinds, COUNT(note_kinds),
                  lang, arena) == 0)
        add_texts(&record, json_get(document->about, "notes"), "text", note_kinds, 2, lang, arena);
    if (!document->is_vex) /* there they say why a product is not affected */
        add_texts(&record, json_get(vulnerability, "threats"), "details", threat_kinds,
                  COUNT(threat_kinds), lang, arena);
    add_texts(&record, json_get(vulnerability, "remediations"), "details", remediation_kinds,
              COUNT(remediation_kinds), lang, arena);
    add_indicators(&record, document, json_get(vulnerability, "threats"), arena);
    add_scores(&record, json_get(vulnerability, "scores"), NULL, arena);
    add_scores(&record, json_get(vulnerability, "metrics"), "content", arena); /* 2.1 */
    add_weaknesses(&record, vulnerability, arena);
    add_references(&record, json_get(document->about, "references"), arena);
    add_references(&record, json_get(vulnerability, "references"), arena);
    add_references(&record, json_get(vulnerability, "remediations"), arena);
    if (!add_affected(&record, json_get(vulnerability, "product_status"), &document->products,
                      &document->room, arena, err))
        return PASS(err);
    VEC_PUSH(arena, records, record);
    return true;
}

bool catalog_from_csaf(struct json json, struct arena *arena, struct catalog_records *out,
                       struct err *err)
{
    struct catalog_records records = { 0 };
    struct document document = { 0 };
    struct json vulnerability;

    if (!begin(json, arena, &document, err))
        return PASS(err);
    for (struct json_iter i = json_iter(json_get(json, "vulnerabilities"));
         json_next(&i, NULL, &vulnerability);) {
        if (json_kind(vulnerability) != JSON_OBJECT)
            return FAIL(err, CATALOG_RECORD, STR("vulnerabilities: one of them is no object"));
        if (!add_record(&records, &document, vulnerability, arena, err))
            return PASS(err);
    }
    *out = records;
    return true;
}
