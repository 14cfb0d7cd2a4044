#include "domain/catalog/listing.h"

#include <string.h>

#include "base/ascii.h"
#include "base/err.h"
#include "domain/catalog/compose.h"
#include "domain/catalog/from_internal.h"
#include "domain/catalog/keys.h"
#include "domain/catalog/listing.sql.h"
#include "domain/catalog/pairs.h"
#include "formats/cpe/cpe.h"
#include "formats/cvss/cvss.h"
#include "store/store.h"

enum { COLUMN_MAX = 64 << 10 };

struct listing {
    struct tx *tx;
    struct keys
        products; /* that were asked for, by the stems of their names: the same few again and again */
    struct pairs *links; /* products and records */
};

struct listing *listing_new(struct tx *tx, struct arena *arena)
{
    struct listing *listing = ARENA_NEW(arena, struct listing);

    *listing = (struct listing){ .tx = tx,
                                 .products = keys_new(arena),
                                 .links = pairs_new(tx, &sql_cve_product_put, "product", "record",
                                                    arena) };
    return listing;
}

/* ---- facts ---- */

static unsigned severity_fact(const struct catalog_score *score)
{
    enum cvss_severity severity;

    if (score->tenths == CVSS_NO_SCORE)
        return 0;
    if (str_eq(score->version, STR("2.0"))) {
        severity = cvss_severity(score->tenths, CVSS_2_0);
        return severity == CVSS_HIGH     ? FACT_V2_HIGH
               : severity == CVSS_MEDIUM ? FACT_V2_MEDIUM
                                         : FACT_V2_LOW;
    }
    severity = cvss_severity(score->tenths, CVSS_3_1);
    return (unsigned)(str_starts(score->version, STR("4")) ? FACT_V4_NONE : FACT_V3_NONE)
           << severity;
}

/* Most pages are none of those below, and this is seen at once. */
static bool may_be_told_of(struct str url)
{
    for (size_t i = 0; i + 5 <= url.len; i++) {
        const char *at = url.ptr + i;

        if ((*at == 'c' && (memcmp(at, "cert.", 5) == 0 || memcmp(at, "cisa.", 5) == 0)) ||
            (*at == 'o' && memcmp(at, "oval.", 5) == 0))
            return true;
    }
    return false;
}

/* Whose page it is tells what a reference is. */
static unsigned reference_fact(struct str url)
{
    static const struct {
        const char *part;
        unsigned fact;
    } places[] = { { "us-cert.gov/cas/techalerts/", FACT_CERT_ALERT },
                   { "us-cert.gov/ncas/alerts/", FACT_CERT_ALERT },
                   { "cisa.gov/news-events/alerts/", FACT_CERT_ALERT },
                   { "kb.cert.org/vuls/id/", FACT_CERT_NOTE },
                   { "oval.mitre.org/", FACT_OVAL },
                   { "oval.cisecurity.org/", FACT_OVAL } };
    unsigned facts = 0;

    for (size_t i = 0; may_be_told_of(url) && i < COUNT(places); i++)
        if (str_contains(url, str_from_z(places[i].part)))
            facts |= places[i].fact;
    return facts;
}

static unsigned facts_of(const struct catalog_record *record)
{
    unsigned facts = record->state == CATALOG_PUBLISHED ? 0 : FACT_REJECTED;

    for (size_t i = 0; i < record->scores.len; i++)
        facts |= severity_fact(&record->scores.at[i]);
    for (size_t i = 0; i < record->references.len; i++)
        facts |= reference_fact(record->references.at[i].url);
    return facts;
}

/* ---- texts ---- */

/* What does not fit is not found by it. */
static void add_mark(struct buf *buf, struct str mark)
{
    buf_add(buf, mark);
    buf_byte(buf, ',');
}

static struct str marks_of(const struct catalog_record *record, struct arena *arena)
{
    struct buf buf = buf_new(arena, COLUMN_MAX);

    buf_byte(&buf, ',');
    for (size_t i = 0; i < record->weaknesses.len; i++)
        add_mark(&buf, record->weaknesses.at[i]);
    for (size_t i = 0; i < record->tags.len; i++)
        add_mark(&buf, record->tags.at[i]);
    return buf_str(&buf);
}

static struct str vectors_of(const struct catalog_record *record, char version, struct arena *arena)
{
    struct buf buf = buf_new(arena, COLUMN_MAX);

    for (size_t i = 0; i < record->scores.len; i++) {
        const struct catalog_score *score = &record->scores.at[i];

        if (score->version.len == 0 || score->version.ptr[0] != version)
            continue;
        buf_add(&buf, score->vector);
        buf_byte(&buf, '\n');
    }
    return buf_str(&buf);
}

/* ---- products ---- */

struct str listing_product(const struct cpe *cpe, struct arena *arena)
{
    struct str vendor = cpe->field[CPE_VENDOR], product = cpe->field[CPE_PRODUCT];

    if (cpe_is_any(vendor) || cpe_is_any(product))
        return STR_NONE;
    return arena_printf(arena, "%.*s:%.*s", STR_ARG(vendor), STR_ARG(product));
}

bool listing_end(struct listing *listing, struct err *err)
{
    return pairs_end(listing->links, err) ? true : PASS(err);
}

/* "vendor:product:…", by which names of one product are known before they are read. */
static struct str stem_of(struct str cpe)
{
    return str_drop(compose_stem(cpe), sizeof "cpe:2.3:a:" - 1);
}

/* 0: no name of a product. */
static bool number_of(struct listing *listing, struct str stem, struct str name,
                      struct arena *arena, int64_t *id, struct err *err)
{
    const struct key_slot *known = keys_find(&listing->products, stem);
    struct err ignored = { 0 };
    struct str product;
    struct cpe cpe;

    *id = known ? known->id : 0;
    if (known || !cpe_parse(name, arena, &cpe, &ignored))
        return true;
    product = listing_product(&cpe, arena);
    if (product.len == 0)
        return true;
    if (!store_number(listing->tx, &sql_cpe_product_find, BINDS(bind_text("product", product)), 0,
                      id, err) ||
        (*id == 0 && !store_insert(listing->tx, &sql_cpe_product_add,
                                   BINDS(bind_text("product", product)), id, err)))
        return PASS(err);
    keys_add(&listing->products, stem, *id, STR_NONE);
    return true;
}

/* Names of one product stand together: it is written once. last: the stem of the one before */
static bool put_products(struct listing *listing, int64_t record, const struct configuration *node,
                         struct str *last, struct arena *arena, struct err *err)
{
    for (size_t i = 0; i < node->criteria.len; i++) {
        struct str stem = stem_of(node->criteria.at[i].cpe);
        int64_t id;

        if (str_eq(stem, *last))
            continue;
        if (!number_of(listing, stem, node->criteria.at[i].cpe, arena, &id, err))
            return PASS(err);
        if (id == 0)
            continue;
        *last = stem;
        if (!pairs_add(listing->links, id, record, err))
            return PASS(err);
    }
    for (size_t i = 0; i < node->nodes.len; i++)
        if (!put_products(listing, record, &node->nodes.at[i], last, arena, err))
            return PASS(err);
    return true;
}

static bool put_cve(struct listing *listing, int64_t record_id, const struct catalog_record *record,
                    struct arena *arena, struct err *err)
{
    struct str last = STR_NONE;

    for (size_t i = 0; i < record->configurations.len; i++)
        if (!put_products(listing, record_id, &record->configurations.at[i], &last, arena, err))
            return PASS(err);
    return store_exec(listing->tx, &sql_cve_row_put,
                      BINDS(bind_text("cve", record->id), bind_int("record", record_id),
                            bind_int("nvd", record->source == SOURCE_NVD),
                            bind_int("published", record->published.ms),
                            bind_int("modified", record->modified.ms),
                            bind_int("facts", facts_of(record)),
                            bind_text("origin", record->origin),
                            bind_text("marks", marks_of(record, arena)),
                            bind_text("v2", vectors_of(record, '2', arena)),
                            bind_text("v3", vectors_of(record, '3', arena)),
                            bind_text("v4", vectors_of(record, '4', arena))),
                      NULL, err)
               ? true
               : PASS(err);
}

/* ---- packages ---- */

struct str listing_package_name(struct str name, struct arena *arena)
{
    struct buf buf = buf_new(arena, name.len + 1);

    (void)str_skip(&name, STR("https://"));
    if (str_ends(name, STR(".git")))
        name = str_take(name, name.len - 4);
    for (size_t i = 0; i < name.len; i++) {
        char c = ascii_lower(name.ptr[i]);
        bool is_mark = c == '_' || c == '.' || c == '-';

        if (!is_mark)
            buf_byte(&buf, c);
        else if (buf.len == 0 || buf.ptr[buf.len - 1] != '-')
            buf_byte(&buf, '-');
    }
    return buf_str(&buf);
}

static bool put_package(struct tx *tx, int64_t record_id, struct str ecosystem, struct str name,
                        struct err *err)
{
    return store_exec(tx, &sql_package_row_put,
                      BINDS(bind_text("ecosystem", ecosystem), bind_text("name", name),
                            bind_int("record", record_id)),
                      NULL, err)
               ? true
               : PASS(err);
}

static bool put_commits(struct tx *tx, int64_t record_id, const struct affected *affected,
                        struct err *err)
{
    for (size_t i = 0; i < affected->spans.len; i++) {
        const struct span *span = &affected->spans.at[i];

        if (!span->is_git || span->status != SPAN_AFFECTED)
            continue;
        if (span->from.len > 0 && !put_package(tx, record_id, STR("commit"), span->from, err))
            return PASS(err);
        if (span->to.len > 0 && span->to_is_included &&
            !put_package(tx, record_id, STR("commit"), span->to, err))
            return PASS(err);
    }
    return true;
}

static bool put_packages(struct tx *tx, int64_t record_id, const struct catalog_record *record,
                         struct arena *arena, struct err *err)
{
    for (size_t i = 0; i < record->affected.len; i++) {
        const struct affected *affected = &record->affected.at[i];
        const struct affected *last = i > 0 ? affected - 1 : NULL;

        if (!put_commits(tx, record_id, affected, err))
            return PASS(err);
        if (last && str_eq(last->name, affected->name) &&
            str_eq(last->ecosystem, affected->ecosystem))
            continue;
        if (!put_package(tx, record_id, affected->ecosystem,
                         listing_package_name(affected->name, arena), err))
            return PASS(err);
    }
    return true;
}

bool listing_put(struct listing *listing, int64_t record_id, const struct catalog_record *record,
                 struct arena *arena, struct err *err)
{
    bool is_cve = record->source == SOURCE_NVD || record->source == SOURCE_CVE;

    if (record->is_overlay)
        return true;
    if (is_cve && !put_cve(listing, record_id, record, arena, err))
        return PASS(err);
    return record->source != SOURCE_OSV || put_packages(listing->tx, record_id, record, arena, err)
               ? true
               : PASS(err);
}
