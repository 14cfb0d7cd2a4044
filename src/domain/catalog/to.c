#include "domain/catalog/to_internal.h"

#include "base/ascii.h"
#include "base/err.h"
#include "domain/catalog/from_internal.h"
#include "formats/cpe/cpe.h"
#include "formats/cvss/cvss.h"
#include "seal/seal.h"

enum { LOOK_BACK = 1024 }; /* criteria of one product stand near each other */

static bool is_lang(struct str lang, struct str want)
{
    return str_eq(str_take(lang, str_index(lang, '-')), want);
}

struct str to_text(const struct catalog_record *record, enum catalog_text_kind kind,
                   struct str lang, bool with_any)
{
    struct str english = STR_NONE, any = STR_NONE;

    for (size_t i = 0; i < record->texts.len; i++) {
        const struct catalog_text *text = &record->texts.at[i];

        if (text->kind != kind)
            continue;
        if (is_lang(text->lang, lang))
            return text->text;
        if (!english.ptr && is_lang(text->lang, STR("en")))
            english = text->text;
        if (!any.ptr)
            any = text->text;
    }
    return !with_any ? STR_NONE : english.ptr ? english : any;
}

struct str catalog_cve_of(const struct catalog_record *record)
{
    struct str found = STR_NONE;

    if (from_is_cve_id(record->id))
        return record->id;
    for (size_t i = 0; i < record->aliases.len; i++) {
        if (!from_is_cve_id(record->aliases.at[i]))
            continue;
        if (found.ptr)
            return STR_NONE;
        found = record->aliases.at[i];
    }
    return found;
}

/* ---- products ---- */

bool to_is_point(const struct span *span)
{
    return span->from.len > 0 && span->to_is_included && !span->from_is_excluded &&
           str_eq(span->from, span->to);
}

static struct affected *product_of(struct to_products *products, struct str vendor,
                                   struct str product, struct arena *arena)
{
    for (size_t i = products->len; i > 0 && products->len - i < LOOK_BACK; i--)
        if (str_eq(products->at[i - 1].vendor, vendor) &&
            str_eq(products->at[i - 1].product, product))
            return &products->at[i - 1];
    VEC_PUSH(
        arena, products,
        (struct affected){ .vendor = vendor, .product = product, .default_status = SPAN_UNKNOWN });
    return &products->at[products->len - 1];
}

/* "1.0" with the update "rc1" is "1.0 rc1" for a reader and no version that could be compared; it stands as words. */
static struct str version_of(const struct cpe *cpe, struct arena *arena)
{
    struct str version = cpe_plain(cpe->field[CPE_VERSION], arena), update = cpe->field[CPE_UPDATE];

    return cpe_is_any(update) || cpe_is_na(update)
               ? version
               : arena_printf(arena, "%.*s %.*s", STR_ARG(version),
                              STR_ARG(cpe_plain(update, arena)));
}

static void add_criterion(struct to_products *products, const struct criterion *criterion,
                          struct arena *arena)
{
    struct span span = { .status = SPAN_AFFECTED,
                         .from_is_excluded = criterion->from_is_excluded,
                         .to_is_included = criterion->to_is_included,
                         .from = criterion->from,
                         .to = criterion->to };
    struct affected *product;
    struct err ignored = { 0 };
    struct str version;
    struct cpe cpe;

    if (!criterion->is_vulnerable || !cpe_parse(criterion->cpe, arena, &cpe, &ignored))
        return;
    product = product_of(products, cpe_plain(cpe.field[CPE_VENDOR], arena),
                         cpe_plain(cpe.field[CPE_PRODUCT], arena), arena);
    version = cpe.field[CPE_VERSION];
    if (!cpe_is_any(version) && !cpe_is_na(version) && span.from.len + span.to.len == 0) {
        span.from = span.to = version_of(&cpe, arena);
        span.to_is_included = true;
    }
    VEC_PUSH(arena, &product->spans, span);
}

static void add_node(struct to_products *products, const struct configuration *node,
                     struct arena *arena)
{
    for (size_t i = 0; i < node->criteria.len; i++)
        add_criterion(products, &node->criteria.at[i], arena);
    for (size_t i = 0; i < node->nodes.len; i++)
        add_node(products, &node->nodes.at[i], arena);
}

struct to_products to_products_of(const struct catalog_record *record, struct arena *arena)
{
    struct to_products products = { 0 };

    for (size_t i = 0; i < record->affected.len; i++)
        VEC_PUSH(arena, &products, record->affected.at[i]);
    for (size_t i = 0; i < record->configurations.len && record->affected.len == 0; i++)
        add_node(&products, &record->configurations.at[i], arena);
    return products;
}

/* ---- small parts ---- */

void to_put_cvss(const struct catalog_score *score, struct json_writer *w)
{
    struct err ignored = { 0 };
    struct cvss cvss;

    if (score->vector.len > 0 && cvss_parse(score->vector, &cvss, &ignored)) {
        cvss_write(&cvss, w);
        return;
    }
    json_object_begin(w);
    json_pair(w, "version", score->version);
    json_pair(w, "vectorString", score->vector);
    if (score->tenths != CVSS_NO_SCORE) {
        json_key(w, "baseScore");
        json_put_tenths(w, score->tenths);
    }
    json_object_end(w);
}

struct str to_uuid(struct str text, struct arena *arena)
{
    struct str hex = hash_hex(hash_of(text), arena);

    return arena_printf(arena, "%.8s-%.4s-4%.3s-8%.3s-%.12s", hex.ptr, hex.ptr + 8, hex.ptr + 12,
                        hex.ptr + 15, hex.ptr + 18);
}

bool to_is_uuid(struct str text)
{
    static const char shape[] = "hhhhhhhh-hhhh-4hhh-vhhh-hhhhhhhhhhhh";

    if (text.len != sizeof shape - 1)
        return false;
    for (size_t i = 0; i < text.len; i++) {
        char c = ascii_lower(text.ptr[i]);
        bool is_hex = ascii_is_digit(c) || (c >= 'a' && c <= 'f');

        if (shape[i] == 'h'   ? !is_hex
            : shape[i] == 'v' ? !(c == '8' || c == '9' || c == 'a' || c == 'b')
                              : c != shape[i])
            return false;
    }
    return true;
}

void to_put_time(struct json_writer *w, const char *key, struct utc t)
{
    if (t.ms != 0)
        json_pair(w, key, utc_iso(w->buf->arena, t));
}

void to_put_texts(struct json_writer *w, const char *key, const struct catalog_strings *list)
{
    if (list->len == 0)
        return;
    json_key(w, key);
    json_array_begin(w);
    for (size_t i = 0; i < list->len; i++)
        json_put_text(w, list->at[i]);
    json_array_end(w);
}

bool to_next_kind(struct str *rest, struct str *out)
{
    while (rest->len > 0 && str_split(rest, ',', out)) {
        *out = str_trim(*out);
        if (out->len > 0)
            return true;
    }
    return false;
}

/* ---- configurations ---- */

static void put_bounds(const struct criterion *criterion, struct json_writer *w)
{
    json_pair(w, criterion->from_is_excluded ? "versionStartExcluding" : "versionStartIncluding",
              criterion->from);
    json_pair(w, criterion->to_is_included ? "versionEndIncluding" : "versionEndExcluding",
              criterion->to);
}

static struct str id_of(const struct criterion *criterion, struct arena *arena)
{
    return criterion->id.len > 0
               ? criterion->id
               : to_uuid(arena_printf(arena, "%.*s %d%.*s %d%.*s", STR_ARG(criterion->cpe),
                                      criterion->from_is_excluded, STR_ARG(criterion->from),
                                      criterion->to_is_included, STR_ARG(criterion->to)),
                         arena);
}

static void put_criterion(const struct criterion *criterion, struct json_writer *w)
{
    json_object_begin(w);
    json_key(w, "vulnerable");
    json_put_bool(w, criterion->is_vulnerable);
    json_pair(w, "criteria", criterion->cpe);
    put_bounds(criterion, w);
    json_pair(w, "matchCriteriaId", id_of(criterion, w->buf->arena));
    json_object_end(w);
}

static void put_configuration(const struct configuration *configuration, bool is_node,
                              struct json_writer *w)
{
    json_object_begin(w);
    if (is_node || configuration->is_and)
        json_pair(w, "operator", configuration->is_and ? STR("AND") : STR("OR"));
    if (is_node || configuration->is_negated) {
        json_key(w, "negate");
        json_put_bool(w, configuration->is_negated);
    }
    if (is_node || configuration->criteria.len > 0) {
        json_key(w, "cpeMatch");
        json_array_begin(w);
        for (size_t i = 0; i < configuration->criteria.len; i++)
            put_criterion(&configuration->criteria.at[i], w);
        json_array_end(w);
    }
    if (!is_node || configuration->nodes.len > 0) {
        json_key(w, is_node ? "children" : "nodes");
        json_array_begin(w);
        for (size_t i = 0; i < configuration->nodes.len; i++)
            put_configuration(&configuration->nodes.at[i], true, w);
        json_array_end(w);
    }
    json_object_end(w);
}

void to_put_configurations(const struct catalog_record *record, struct json_writer *w)
{
    json_array_begin(w);
    for (size_t i = 0; i < record->configurations.len; i++)
        put_configuration(&record->configurations.at[i], false, w);
    json_array_end(w);
}

/* ---- products as the CVE program writes them ---- */

struct str to_status_word(enum span_status status)
{
    return status == SPAN_AFFECTED     ? STR("affected")
           : status == SPAN_UNAFFECTED ? STR("unaffected")
                                       : STR("unknown");
}

static void put_span(const struct span *span, struct json_writer *w)
{
    bool is_point = to_is_point(span), is_all = span->from.len == 0 && span->to.len == 0;

    json_object_begin(w);
    json_pair(w, "version", span->from.len > 0 ? span->from : is_all ? STR("*") : STR("0"));
    json_pair(w, "status", to_status_word(span->status));
    if (!is_point && !is_all)
        json_pair(w, span->to_is_included ? "lessThanOrEqual" : "lessThan",
                  span->to.len > 0 ? span->to : STR("*"));
    if ((!is_point && !is_all) || span->is_git)
        json_pair(w, "versionType",
                  span->is_git                      ? STR("git")
                  : span->scheme == VERSION_GENERIC ? STR("custom")
                                                    : version_scheme_name(span->scheme));
    json_object_end(w);
}

/* A list of versions has each once. */
static bool is_told_before(const struct affected *affected, size_t at)
{
    const struct span *b = &affected->spans.at[at];

    for (size_t i = 0; i < at; i++) {
        const struct span *a = &affected->spans.at[i];

        if (a->status == b->status && a->is_git == b->is_git && a->scheme == b->scheme &&
            a->to_is_included == b->to_is_included && str_eq(a->from, b->from) &&
            str_eq(a->to, b->to))
            return true;
    }
    return false;
}

static void put_routines(const struct catalog_strings *names, struct json_writer *w)
{
    if (names->len == 0)
        return;
    json_key(w, "programRoutines");
    json_array_begin(w);
    for (size_t i = 0; i < names->len; i++) {
        json_object_begin(w);
        json_pair(w, "name", names->at[i]);
        json_object_end(w);
    }
    json_array_end(w);
}

void to_put_product(const struct affected *affected, struct json_writer *w)
{
    struct str vendor = affected->vendor.len > 0 ? affected->vendor : affected->ecosystem,
               product = affected->product.len > 0 ? affected->product : affected->name;

    json_object_begin(w);
    json_pair(w, "vendor", vendor.len > 0 ? vendor : STR("n/a"));
    json_pair(w, "product", product.len > 0 ? product : STR("n/a"));
    json_pair(w, "packageName", affected->name);
    json_pair(w, "packageURL", affected->purl);
    json_pair(w, "defaultStatus", to_status_word(affected->default_status));
    if (affected->spans.len > 0) {
        json_key(w, "versions");
        json_array_begin(w);
        for (size_t i = 0; i < affected->spans.len; i++)
            if (!is_told_before(affected, i))
                put_span(&affected->spans.at[i], w);
        json_array_end(w);
    }
    to_put_texts(w, "platforms", &affected->platforms);
    to_put_texts(w, "modules", &affected->modules);
    to_put_texts(w, "programFiles", &affected->files);
    put_routines(&affected->routines, w);
    json_object_end(w);
}
