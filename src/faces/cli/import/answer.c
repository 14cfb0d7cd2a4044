#include "faces/cli/import/import.h"

#include "base/shape.h"
#include "domain/catalog/cpe_names.h"

static const struct str names[IMPORT_FORMATS] = {
    [IMPORT_ANY] = STR_INIT(""),          [IMPORT_NVD] = STR_INIT("nvd"),
    [IMPORT_CVE] = STR_INIT("cve"),       [IMPORT_OSV] = STR_INIT("osv"),
    [IMPORT_KEV] = STR_INIT("kev"),       [IMPORT_EPSS] = STR_INIT("epss"),
    [IMPORT_CSAF] = STR_INIT("csaf"),     [IMPORT_JVNRSS] = STR_INIT("jvnrss"),
    [IMPORT_VULDEF] = STR_INIT("vuldef"), [IMPORT_JVN_PRODUCTS] = STR_INIT("jvn-products"),
    [IMPORT_CPE] = STR_INIT("cpe"),       [IMPORT_CWE] = STR_INIT("cwe"),
    [IMPORT_EOL] = STR_INIT("eol"),
};

struct str import_format_name(enum import_format format) { return names[format]; }

bool import_format_from_name(struct str name, enum import_format *out)
{
    for (size_t i = IMPORT_ANY + 1; i < IMPORT_FORMATS; i++) {
        if (str_eq(name, names[i])) {
            *out = (enum import_format)i;
            return true;
        }
    }
    return false;
}

const struct shape_limits import_limits = { .entries = 1 << 20, .depth = 4 };

/* clang-format off */
static const struct shape_field refusal_fields[] = {
    SHAPE_FIELD(import_refusal, member, TEXT), SHAPE_FIELD(import_refusal, line, NUMBER), SHAPE_FIELD(import_refusal, reason, TEXT),
    SHAPE_FIELD(import_refusal, bytes, TEXT),
};
static const struct shape refusal_shape = SHAPE_OF(import_refusal, refusal_fields);

static const struct shape_field refusals_fields[] = { SHAPE_FIELD_OF(import_refusals, list, MANY, refusal_shape) };
const struct shape import_refusals_shape = SHAPE_OF(import_refusals, refusals_fields);

static const struct shape_field item_fields[] = {
    SHAPE_FIELD(kev_item, cve, TEXT), SHAPE_FIELD(kev_item, vendor, TEXT), SHAPE_FIELD(kev_item, product, TEXT), SHAPE_FIELD(kev_item, name, TEXT),
    SHAPE_FIELD(kev_item, description, TEXT), SHAPE_FIELD(kev_item, action, TEXT), SHAPE_FIELD(kev_item, notes, TEXT),
    SHAPE_FIELD(kev_item, added, TIME), SHAPE_FIELD(kev_item, due, TIME), SHAPE_FIELD(kev_item, is_ransomware, FLAG),
    SHAPE_FIELD(kev_item, weaknesses, TEXTS),
};
static const struct shape item_shape = SHAPE_OF(kev_item, item_fields);

static const struct shape_field kev_fields[] = {
    SHAPE_FIELD(import_kev, released, TIME), SHAPE_FIELD_OF(import_kev, items, MANY, item_shape),
    SHAPE_FIELD_OF(import_kev, refused, ONE, import_refusals_shape),
};
const struct shape import_kev_shape = SHAPE_OF(import_kev, kev_fields);

static const struct shape_field score_fields[] = {
    SHAPE_FIELD(import_score, cve, TEXT), SHAPE_FIELD(import_score, score, INT), SHAPE_FIELD(import_score, percentile, INT),
};
static const struct shape score_shape = SHAPE_OF(import_score, score_fields);

static const struct shape_field epss_fields[] = {
    SHAPE_FIELD(import_epss, date, TIME), SHAPE_FIELD_OF(import_epss, rows, MANY, score_shape),
    SHAPE_FIELD_OF(import_epss, refused, ONE, import_refusals_shape),
};
const struct shape import_epss_shape = SHAPE_OF(import_epss, epss_fields);

static const struct shape_field listed_fields[] = {
    SHAPE_FIELD(myjvn_listed, vid, NUMBER), SHAPE_FIELD(myjvn_listed, pid, NUMBER), SHAPE_FIELD(myjvn_listed, vendor, TEXT),
    SHAPE_FIELD(myjvn_listed, vendor_cpe, TEXT), SHAPE_FIELD(myjvn_listed, product, TEXT), SHAPE_FIELD(myjvn_listed, product_cpe, TEXT),
    SHAPE_FIELD_WORD(myjvn_listed, lang, LANG_EN + 1),
};
static const struct shape listed_shape = SHAPE_OF(myjvn_listed, listed_fields);

static const struct shape_field listing_fields[] = { SHAPE_FIELD_OF(myjvn_listing, list, MANY, listed_shape) };
const struct shape import_listing_shape = SHAPE_OF(myjvn_listing, listing_fields);

static const struct shape_field cpe_fields[] = {
    SHAPE_FIELD(cpe_entry, is_match, FLAG), SHAPE_FIELD(cpe_entry, id, TEXT), SHAPE_FIELD(cpe_entry, name, TEXT),
    SHAPE_FIELD(cpe_entry, created, TIME), SHAPE_FIELD(cpe_entry, modified, TIME), SHAPE_FIELD(cpe_entry, words, TEXT),
};
const struct shape import_cpe_shape = SHAPE_OF(cpe_entry, cpe_fields);
/* clang-format on */
