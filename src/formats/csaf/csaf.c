#include "formats/csaf/csaf.h"
#include "base/err.h"
#include "formats/csaf/csaf_internal.h"
#include "formats/cvss/cvss.h"
#include "formats/json/json.h"

void csaf_put_instant(struct json_writer *w, const char *key, struct utc t)
{
    if (t.ms != 0)
        json_pair(w, key, utc_iso(w->buf->arena, t));
}

void csaf_put_texts(struct json_writer *w, const char *key, const struct csaf_texts *texts)
{
    if (texts->len == 0)
        return;
    json_key(w, key);
    json_array_begin(w);
    for (size_t i = 0; i < texts->len; i++)
        json_put_text(w, texts->at[i]);
    json_array_end(w);
}

void csaf_put_publisher(struct json_writer *w, const struct csaf_publisher *publisher)
{
    json_key(w, "publisher");
    json_object_begin(w);
    json_pair(w, "category", publisher->category);
    json_pair(w, "contact_details", publisher->contact_details);
    json_pair(w, "issuing_authority", publisher->issuing_authority);
    json_pair(w, "name", publisher->name);
    json_pair(w, "namespace", publisher->namespace_uri);
    json_object_end(w);
}

/* A list whose elements put_one writes; nothing when it is empty. */
#define PUT_LIST(w, key, list, put_one)                 \
    do {                                                \
        if ((list)->len > 0) {                          \
            json_key((w), (key));                       \
            json_array_begin(w);                        \
            for (size_t i_ = 0; i_ < (list)->len; i_++) \
                put_one((w), &(list)->at[i_]);          \
            json_array_end(w);                          \
        }                                               \
    } while (0)

static void put_note(struct json_writer *w, const struct csaf_note *note)
{
    json_object_begin(w);
    json_pair(w, "audience", note->audience);
    json_pair(w, "category", note->category);
    json_pair(w, "text", note->text);
    json_pair(w, "title", note->title);
    json_object_end(w);
}

static void put_reference(struct json_writer *w, const struct csaf_reference *reference)
{
    json_object_begin(w);
    json_pair(w, "category", reference->category);
    json_pair(w, "summary", reference->summary);
    json_pair(w, "url", reference->url);
    json_object_end(w);
}

static void put_acknowledgment(struct json_writer *w,
                               const struct csaf_acknowledgment *acknowledgment)
{
    json_object_begin(w);
    csaf_put_texts(w, "names", &acknowledgment->names);
    json_pair(w, "organization", acknowledgment->organization);
    json_pair(w, "summary", acknowledgment->summary);
    csaf_put_texts(w, "urls", &acknowledgment->urls);
    json_object_end(w);
}

static void put_revision(struct json_writer *w, const struct csaf_revision *revision)
{
    json_object_begin(w);
    csaf_put_instant(w, "date", revision->date);
    json_pair(w, "number", revision->number);
    json_pair(w, "summary", revision->summary);
    json_object_end(w);
}

static void put_tracking(struct json_writer *w, const struct csaf_tracking *tracking)
{
    json_key(w, "tracking");
    json_object_begin(w);
    csaf_put_texts(w, "aliases", &tracking->aliases);
    csaf_put_instant(w, "current_release_date", tracking->current_release_date);
    if (!str_is_empty(tracking->generator_name)) {
        json_key(w, "generator");
        json_object_begin(w);
        json_key(w, "engine");
        json_object_begin(w);
        json_pair(w, "name", tracking->generator_name);
        json_pair(w, "version", tracking->generator_version);
        json_object_end(w);
        json_object_end(w);
    }
    json_pair(w, "id", tracking->id);
    csaf_put_instant(w, "initial_release_date", tracking->initial_release_date);
    PUT_LIST(w, "revision_history", &tracking->revision_history, put_revision);
    json_pair(w, "status", tracking->status);
    json_pair(w, "version", tracking->version);
    json_object_end(w);
}

static void put_distribution(struct json_writer *w, const struct csaf_document *document)
{
    if (str_is_empty(document->tlp) && str_is_empty(document->distribution_text))
        return;
    json_key(w, "distribution");
    json_object_begin(w);
    json_pair(w, "text", document->distribution_text);
    if (!str_is_empty(document->tlp)) {
        json_key(w, "tlp");
        json_object_begin(w);
        json_pair(w, "label", document->tlp);
        json_pair(w, "url", STR("https://www.first.org/tlp/"));
        json_object_end(w);
    }
    json_object_end(w);
}

static void put_severity(struct json_writer *w, const struct csaf_document *document)
{
    if (str_is_empty(document->severity))
        return;
    json_key(w, "aggregate_severity");
    json_object_begin(w);
    if (csaf_is_uri(document->severity_namespace))
        json_pair(w, "namespace", document->severity_namespace);
    json_pair(w, "text", document->severity);
    json_object_end(w);
}

static void put_head(struct json_writer *w, const struct csaf_document *document)
{
    json_key(w, "document");
    json_object_begin(w);
    PUT_LIST(w, "acknowledgments", &document->acknowledgments, put_acknowledgment);
    put_severity(w, document);
    json_pair(w, "category", document->category);
    json_pair(w, "csaf_version", STR("2.0"));
    put_distribution(w, document);
    json_pair(w, "lang", document->lang);
    PUT_LIST(w, "notes", &document->notes, put_note);
    csaf_put_publisher(w, &document->publisher);
    PUT_LIST(w, "references", &document->references, put_reference);
    json_pair(w, "source_lang", document->source_lang);
    json_pair(w, "title", document->title);
    put_tracking(w, &document->tracking);
    json_object_end(w);
}

static void put_product(struct json_writer *w, const struct csaf_product *product)
{
    json_key(w, "product");
    json_object_begin(w);
    json_pair(w, "name", product->full_name);
    json_pair(w, "product_id", product->product_id);
    if (!str_is_empty(product->cpe) || !str_is_empty(product->purl)) {
        json_key(w, "product_identification_helper");
        json_object_begin(w);
        json_pair(w, "cpe", product->cpe);
        json_pair(w, "purl", product->purl);
        json_object_end(w);
    }
    json_object_end(w);
}

static void begin_branch(struct json_writer *w, const char *category, struct str name)
{
    json_object_begin(w);
    json_pair(w, "category", str_from_z(category));
    json_pair(w, "name", name);
}

/* A branch is either a product or has branches (section 3.1.2), so a product with and one without a version are two. */
static bool is_same_branch(const struct csaf_product *a, const struct csaf_product *b)
{
    return str_eq(a->vendor, b->vendor) && str_eq(a->name, b->name) && !str_is_empty(a->version) &&
           !str_is_empty(b->version);
}

static void put_versions(struct json_writer *w, const struct csaf_document *document, size_t first,
                         bool *done)
{
    json_key(w, "branches");
    json_array_begin(w);
    for (size_t i = first; i < document->products.len; i++) {
        const struct csaf_product *product = &document->products.at[i];

        if (done[i] || !is_same_branch(product, &document->products.at[first]))
            continue;
        begin_branch(w, product->is_range ? "product_version_range" : "product_version",
                     product->version);
        put_product(w, product);
        json_object_end(w);
        done[i] = true;
    }
    json_array_end(w);
}

static void put_vendor(struct json_writer *w, const struct csaf_document *document, size_t first,
                       bool *done)
{
    struct str vendor = document->products.at[first].vendor;

    begin_branch(w, "vendor", vendor);
    json_key(w, "branches");
    json_array_begin(w);
    for (size_t i = first; i < document->products.len; i++) {
        const struct csaf_product *product = &document->products.at[i];

        if (done[i] || !str_eq(product->vendor, vendor))
            continue;
        begin_branch(w, "product_name", product->name);
        if (str_is_empty(product->version))
            put_product(w, product);
        else
            put_versions(w, document, i, done);
        json_object_end(w);
        done[i] = true;
    }
    json_array_end(w);
    json_object_end(w);
}

static void put_product_tree(struct json_writer *w, const struct csaf_document *document)
{
    bool *done = ARENA_NEW_N(w->buf->arena, document->products.len, bool);

    if (document->products.len == 0)
        return;
    json_key(w, "product_tree");
    json_object_begin(w);
    json_key(w, "branches");
    json_array_begin(w);
    for (size_t i = 0; i < document->products.len; i++)
        if (!done[i])
            put_vendor(w, document, i, done);
    json_array_end(w);
    json_object_end(w);
}

static void put_id(struct json_writer *w, const struct csaf_id *id)
{
    json_object_begin(w);
    json_pair(w, "system_name", id->system_name);
    json_pair(w, "text", id->text);
    json_object_end(w);
}

static void put_remediation(struct json_writer *w, const struct csaf_remediation *remediation)
{
    json_object_begin(w);
    json_pair(w, "category", remediation->category);
    csaf_put_instant(w, "date", remediation->date);
    json_pair(w, "details", remediation->details);
    csaf_put_texts(w, "product_ids", &remediation->product_ids);
    json_pair(w, "url", remediation->url);
    json_object_end(w);
}

static void put_threat(struct json_writer *w, const struct csaf_threat *threat)
{
    json_object_begin(w);
    json_pair(w, "category", threat->category);
    csaf_put_instant(w, "date", threat->date);
    json_pair(w, "details", threat->details);
    csaf_put_texts(w, "product_ids", &threat->product_ids);
    json_object_end(w);
}

static void put_flag(struct json_writer *w, const struct csaf_flag *flag)
{
    json_object_begin(w);
    csaf_put_instant(w, "date", flag->date);
    json_pair(w, "label", flag->label);
    csaf_put_texts(w, "product_ids", &flag->product_ids);
    json_object_end(w);
}

static void put_involvement(struct json_writer *w, const struct csaf_involvement *involvement)
{
    json_object_begin(w);
    csaf_put_instant(w, "date", involvement->date);
    json_pair(w, "party", involvement->party);
    json_pair(w, "status", involvement->status);
    json_pair(w, "summary", involvement->summary);
    json_object_end(w);
}

static bool put_scores(struct json_writer *w, const struct csaf_vulnerability *vulnerability,
                       struct err *err)
{
    if (vulnerability->scores.len == 0)
        return true;
    json_key(w, "scores");
    json_array_begin(w);
    for (size_t i = 0; i < vulnerability->scores.len; i++) {
        const struct csaf_score *score = &vulnerability->scores.at[i];
        struct cvss cvss;

        if (!cvss_parse(score->vector, &cvss, err))
            return PASS(err);
        if (cvss.version == CVSS_4_0)
            return FAIL(err, CSAF_INVALID, score->vector);
        json_object_begin(w);
        json_key(w, cvss.version == CVSS_2_0 ? "cvss_v2" : "cvss_v3");
        cvss_write(&cvss, w);
        csaf_put_texts(w, "products", &score->products);
        json_object_end(w);
    }
    json_array_end(w);
    return true;
}

static void put_status(struct json_writer *w, const struct csaf_vulnerability *vulnerability)
{
    size_t count = vulnerability->status.known_affected.len +
                   vulnerability->status.known_not_affected.len + vulnerability->status.fixed.len +
                   vulnerability->status.under_investigation.len +
                   vulnerability->status.recommended.len;

    if (count == 0)
        return;
    json_key(w, "product_status");
    json_object_begin(w);
    csaf_put_texts(w, "fixed", &vulnerability->status.fixed);
    csaf_put_texts(w, "known_affected", &vulnerability->status.known_affected);
    csaf_put_texts(w, "known_not_affected", &vulnerability->status.known_not_affected);
    csaf_put_texts(w, "recommended", &vulnerability->status.recommended);
    csaf_put_texts(w, "under_investigation", &vulnerability->status.under_investigation);
    json_object_end(w);
}

static bool put_vulnerability(struct json_writer *w, const struct csaf_vulnerability *vulnerability,
                              struct err *err)
{
    json_object_begin(w);
    PUT_LIST(w, "acknowledgments", &vulnerability->acknowledgments, put_acknowledgment);
    json_pair(w, "cve", vulnerability->cve);
    if (!str_is_empty(vulnerability->cwe_id)) {
        json_key(w, "cwe");
        json_object_begin(w);
        json_pair(w, "id", vulnerability->cwe_id);
        json_pair(w, "name", vulnerability->cwe_name);
        json_object_end(w);
    }
    csaf_put_instant(w, "discovery_date", vulnerability->discovery_date);
    PUT_LIST(w, "flags", &vulnerability->flags, put_flag);
    PUT_LIST(w, "ids", &vulnerability->ids, put_id);
    PUT_LIST(w, "involvements", &vulnerability->involvements, put_involvement);
    PUT_LIST(w, "notes", &vulnerability->notes, put_note);
    put_status(w, vulnerability);
    PUT_LIST(w, "references", &vulnerability->references, put_reference);
    csaf_put_instant(w, "release_date", vulnerability->release_date);
    PUT_LIST(w, "remediations", &vulnerability->remediations, put_remediation);
    if (!put_scores(w, vulnerability, err))
        return PASS(err);
    PUT_LIST(w, "threats", &vulnerability->threats, put_threat);
    json_pair(w, "title", vulnerability->title);
    json_object_end(w);
    return true;
}

bool csaf_write(const struct csaf_document *document, struct buf *out, struct err *err)
{
    struct json_writer w = json_writer_new(out, true);

    json_object_begin(&w);
    put_head(&w, document);
    put_product_tree(&w, document);
    if (document->vulnerabilities.len > 0) {
        json_key(&w, "vulnerabilities");
        json_array_begin(&w);
        for (size_t i = 0; i < document->vulnerabilities.len; i++)
            if (!put_vulnerability(&w, &document->vulnerabilities.at[i], err))
                return PASS(err);
        json_array_end(&w);
    }
    json_object_end(&w);
    buf_byte(out, '\n');
    return true;
}
