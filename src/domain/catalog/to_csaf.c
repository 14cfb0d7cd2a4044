#include "domain/catalog/to_internal.h"

#include "base/ascii.h"
#include "base/err.h"
#include "formats/cpe/cpe.h"
#include "formats/csaf/csaf.h"
#include "formats/cvss/cvss.h"
#include "formats/cwe/cwe.h"

struct csaf {
    const struct catalog_record *record;
    const struct catalog_publisher *publisher;
    struct arena *arena;
    struct csaf_document doc;
    struct csaf_vulnerability vulnerability;
};

/* ---- products ---- */

/* "vers:npm/>=1.0|<1.2": what section 3.1.2.3.2 of the standard names for ranges. */
static struct str range_of(const struct span *span, struct arena *arena)
{
    struct str scheme = version_scheme_name(span->scheme);
    const char *from = span->from_is_excluded ? ">" : ">=", *to = span->to_is_included ? "<=" : "<";

    if (span->from.len == 0 && span->to.len == 0)
        return arena_printf(arena, "vers:%.*s/*", STR_ARG(scheme));
    if (span->to.len == 0)
        return arena_printf(arena, "vers:%.*s/%s%.*s", STR_ARG(scheme), from, STR_ARG(span->from));
    if (span->from.len == 0)
        return arena_printf(arena, "vers:%.*s/%s%.*s", STR_ARG(scheme), to, STR_ARG(span->to));
    return arena_printf(arena, "vers:%.*s/%s%.*s|%s%.*s", STR_ARG(scheme), from,
                        STR_ARG(span->from), to, STR_ARG(span->to));
}

/* "1.2-rc1~2": words about versions are a range to the standard (6.1.31). */
static bool is_version(struct str text)
{
    struct str rest = text;

    (void)str_skip(&rest, STR("v"));
    for (size_t i = 0; i < text.len; i++)
        if (!ascii_is_alnum(text.ptr[i]) && str_index(STR(".-_+~:"), text.ptr[i]) == 6)
            return false;
    return rest.len > 0 && ascii_is_digit(rest.ptr[0]);
}

static struct csaf_texts *list_of(struct csaf *c, enum span_status status)
{
    return status == SPAN_AFFECTED     ? &c->vulnerability.status.known_affected
           : status == SPAN_UNAFFECTED ? &c->vulnerability.status.known_not_affected
                                       : &c->vulnerability.status.under_investigation;
}

static void add_product(struct csaf *c, const struct affected *affected, struct str version,
                        bool is_range, enum span_status status)
{
    struct str vendor = affected->vendor.len > 0 ? affected->vendor : affected->ecosystem,
               name = affected->product.len > 0 ? affected->product : affected->name,
               id = arena_printf(c->arena, "P%zu", c->doc.products.len + 1);

    if (vendor.len == 0)
        vendor = STR("n/a");
    if (name.len == 0)
        name = STR("n/a");
    VEC_PUSH(c->arena, &c->doc.products,
             (struct csaf_product){ .vendor = vendor,
                                    .name = name,
                                    .version = version,
                                    .is_range = is_range,
                                    .full_name = arena_printf(
                                        c->arena, "%.*s %.*s%s%.*s", STR_ARG(vendor), STR_ARG(name),
                                        version.len > 0 ? " " : "", STR_ARG(version)),
                                    .product_id = id,
                                    .purl = version.len == 0 ? affected->purl : STR_NONE });
    VEC_PUSH(c->arena, list_of(c, status), id);
}

static void add_products(struct csaf *c)
{
    struct to_products products = to_products_of(c->record, c->arena);

    for (size_t i = 0; i < products.len; i++) {
        const struct affected *affected = &products.at[i];

        for (size_t s = 0; s < affected->spans.len; s++) {
            const struct span *span = &affected->spans.at[s];
            bool is_one = to_is_point(span) || (span->from.len > 0 && str_eq(span->from, span->to));

            add_product(c, affected, is_one ? span->from : range_of(span, c->arena),
                        !is_one || !is_version(span->from), span->status);
        }
        if (affected->spans.len == 0)
            add_product(c, affected, STR_NONE, false, affected->default_status);
    }
}

/* ---- the document ---- */

static struct str lang_of(const struct catalog_record *record)
{
    for (size_t i = 0; i < record->texts.len; i++)
        if (str_eq(record->texts.at[i].lang, STR("ja")))
            return STR("ja");
    return STR("en");
}

static void add_note(struct csaf *c, const char *category, const char *title, struct str text)
{
    if (str_trim(text).len > 0)
        VEC_PUSH(c->arena, &c->vulnerability.notes,
                 (struct csaf_note){
                     .category = str_from_z(category), .title = str_from_z(title), .text = text });
}

static void add_notes(struct csaf *c)
{
    for (size_t i = 0; i < c->record->texts.len; i++) {
        const struct catalog_text *text = &c->record->texts.at[i];
        bool is_ja = str_eq(text->lang, STR("ja"));

        if (text->kind == TEXT_DESCRIPTION)
            add_note(c, "description", is_ja ? "概要" : "Description", text->text);
        else if (text->kind == TEXT_TITLE && is_ja != str_eq(c->doc.lang, STR("ja")))
            add_note(c, "other", is_ja ? "表題" : "Title", text->text);
    }
    if (c->vulnerability.notes.len == 0)
        add_note(c, "summary", "Title", c->doc.title);
}

static void add_tracking(struct csaf *c)
{
    const struct utc never = {
        UTC_SECOND
    }; /* the standard wants a date where a source tells none */
    struct utc first = c->record->published.ms  ? c->record->published
                       : c->record->modified.ms ? c->record->modified
                                                : never,
               last = c->record->modified.ms ? c->record->modified : first;
    struct csaf_tracking *t = &c->doc.tracking;

    t->id = c->record->id;
    t->status = STR("final");
    t->version = STR("1");
    t->initial_release_date = first;
    t->current_release_date = last.ms > first.ms ? last : first;
    t->generator_name = STR("Noroshi");
    t->generator_version = STR(NOROSHI_VERSION);
    VEC_PUSH(c->arena, &t->revision_history,
             (struct csaf_revision){ t->current_release_date, STR("1"),
                                     arena_printf(c->arena, "%.*s, %.*s",
                                                  STR_ARG(catalog_source_name(c->record->source)),
                                                  STR_ARG(c->record->origin)) });
}

static void add_references(struct csaf *c)
{
    VEC_PUSH(c->arena, &c->doc.references,
             (struct csaf_reference){ STR("self"), c->record->id,
                                      arena_printf(c->arena, "%.*s/records/%.*s.csaf.json",
                                                   STR_ARG(c->publisher->url),
                                                   STR_ARG(c->record->id)) });
    for (size_t i = 0; i < c->record->references.len; i++) {
        const struct catalog_reference *reference = &c->record->references.at[i];

        if (!csaf_is_uri(reference->url))
            continue;
        VEC_PUSH(c->arena, &c->vulnerability.references,
                 (struct csaf_reference){
                     STR("external"), reference->kind.len > 0 ? reference->kind : reference->url,
                     reference->url });
    }
}

/* ---- the vulnerability ---- */

static void add_remediations(struct csaf *c)
{
    for (size_t i = 0; i < c->record->texts.len; i++) {
        const struct catalog_text *text = &c->record->texts.at[i];
        bool is_fix = text->kind == TEXT_COUNTERMEASURE;

        if (c->vulnerability.status.known_affected.len > 0 &&
            (is_fix || text->kind == TEXT_WORKAROUND))
            VEC_PUSH(c->arena, &c->vulnerability.remediations,
                     (struct csaf_remediation){
                         .category = is_fix ? STR("vendor_fix") : STR("workaround"),
                         .details = text->text,
                         .product_ids = c->vulnerability.status.known_affected });
        else if (text->kind == TEXT_IMPACT)
            VEC_PUSH(c->arena, &c->vulnerability.threats,
                     (struct csaf_threat){ .category = STR("impact"), .details = text->text });
    }
}

/* The standard has a score of each version once for a product: the source's own before others. Of 4.0 it has none. */
static void add_scores(struct csaf *c)
{
    bool has[CVSS_4_0 + 1] = { false };
    struct err ignored = { 0 };
    struct cvss cvss;

    if (c->vulnerability.status.known_affected.len == 0)
        return;
    for (int primary = 1; primary >= 0; primary--) {
        for (size_t i = 0; i < c->record->scores.len; i++) {
            const struct catalog_score *score = &c->record->scores.at[i];

            if (score->is_primary != primary || !cvss_parse(score->vector, &cvss, &ignored) ||
                cvss.version == CVSS_4_0 || has[cvss.version] ||
                (cvss.version == CVSS_3_0 && has[CVSS_3_1]) ||
                (cvss.version == CVSS_3_1 && has[CVSS_3_0]))
                continue;
            has[cvss.version] = true;
            VEC_PUSH(c->arena, &c->vulnerability.scores,
                     (struct csaf_score){ score->vector, c->vulnerability.status.known_affected });
        }
    }
}

static void add_vulnerability(struct csaf *c)
{
    struct csaf_vulnerability *v = &c->vulnerability;
    unsigned number;

    v->cve = catalog_cve_of(c->record);
    if (!str_eq(v->cve, c->record->id))
        VEC_PUSH(c->arena, &v->ids,
                 (struct csaf_id){ c->record->origin.len > 0
                                       ? c->record->origin
                                       : catalog_source_name(c->record->source),
                                   c->record->id });
    for (size_t i = 0; i < c->record->weaknesses.len && v->cwe_id.len == 0; i++) {
        if (cwe_parse(c->record->weaknesses.at[i], &number) && cwe_find(number)) {
            v->cwe_id = c->record->weaknesses.at[i];
            v->cwe_name = cwe_name(number, LANG_EN);
        }
    }
    v->title = to_text(c->record, TEXT_TITLE, c->doc.lang, true);
    add_products(c);
    add_notes(c);
    add_remediations(c);
    add_scores(c);
    VEC_PUSH(c->arena, &c->doc.vulnerabilities, *v);
}

bool catalog_to_csaf(const struct catalog_record *record, const struct catalog_publisher *publisher,
                     struct buf *out, struct err *err)
{
    struct csaf c = { .record = record, .publisher = publisher, .arena = out->arena };
    struct str title = to_text(record, TEXT_TITLE, lang_of(record), true);

    c.doc = (struct csaf_document){ .title = title.len > 0 ? title : record->id,
                                    .lang = lang_of(record),
                                    .tlp = STR("WHITE"),
                                    .publisher = { .category = STR("other"),
                                                   .name = publisher->name,
                                                   .namespace_uri = publisher->namespace_uri } };
    if (record->indicators.len > 0) {
        c.doc.severity = record->indicators.at[0].value;
        c.doc.severity_namespace = record->indicators.at[0].scale;
    }
    add_tracking(&c);
    add_references(&c);
    add_vulnerability(&c);
    c.doc.category = c.doc.products.len > 0 ? STR("csaf_security_advisory") : STR("csaf_base");
    return csaf_write(&c.doc, out, err) ? true : PASS(err);
}
