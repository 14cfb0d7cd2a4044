#include "domain/casework/package.h"

#include "base/err.h"
#include "base/record.h"
#include "domain/casework/foreign.h"
#include "domain/casework/report_form.h"
#include "formats/csaf/csaf.h"
#include "formats/json/json.h"

enum { PACKAGE_MAX = 2 << 20, NAMES_MAX = 1000 };

/* What stands in a note, under which title. */
static const struct note_row {
    const char *field, *category, *title;
} note_rows[] = {
    { "vuln_info", "description", "Vulnerability information" },
    { "vuln_impact", "details", "Impact" },
    { "vuln_kind", "details", "Kind of vulnerability" },
    { "verification", "details", "Verification method" },
    { "attack", "details", "Attack method" },
};
static const char product_id[] = "P1";

static void add_note(struct arena *arena, struct csaf_notes *notes, const char *category,
                     const char *title, struct str text)
{
    if (text.len > 0)
        VEC_PUSH(arena, notes,
                 (struct csaf_note){
                     .category = str_from_z(category), .title = str_from_z(title), .text = text });
}

static struct csaf_texts the_product(struct arena *arena)
{
    struct csaf_texts ids = { 0 };

    VEC_PUSH(arena, &ids, str_from_z(product_id));
    return ids;
}

static void add_product(const struct package *p, struct arena *arena, struct csaf_document *doc)
{
    struct str name = record_get(p->fields, "product_name"),
               vendor = record_get(p->fields, "product_vendor"),
               version = record_get(p->fields, "product_version");

    if (name.len == 0)
        return;
    VEC_PUSH(arena, &doc->products,
             (struct csaf_product){ .vendor = vendor.len > 0 ? vendor : STR("unknown"),
                                    .name = name,
                                    .version = version,
                                    .is_range = true,
                                    .full_name = version.len > 0
                                                     ? arena_printf(arena, "%.*s %.*s",
                                                                    STR_ARG(name), STR_ARG(version))
                                                     : name,
                                    .product_id = str_from_z(product_id) });
}

static void add_remedy(const struct package *p, struct arena *arena, struct csaf_vulnerability *v,
                       const char *category, struct str details)
{
    if (details.len > 0 && record_get(p->fields, "product_name").len > 0)
        VEC_PUSH(arena, &v->remediations,
                 (struct csaf_remediation){ .category = str_from_z(category),
                                            .details = details,
                                            .product_ids = the_product(arena) });
}

static void add_vulnerability(const struct package *p, struct arena *arena,
                              struct csaf_document *doc)
{
    struct csaf_vulnerability v = { 0 };

    for (size_t i = 0; i < COUNT(note_rows); i++)
        add_note(arena, &v.notes, note_rows[i].category, note_rows[i].title,
                 record_get(p->fields, note_rows[i].field));
    VEC_PUSH(arena, &v.ids, (struct csaf_id){ p->publisher, p->number });
    if (doc->products.len > 0)
        v.status.under_investigation = the_product(arena);
    add_remedy(p, arena, &v, "workaround", record_get(p->fields, "workaround"));
    add_remedy(p, arena, &v, "mitigation", p->countermeasure);
    VEC_PUSH(arena, &doc->vulnerabilities, v);
}

bool package_to_csaf(const struct package *p, struct arena *arena, struct str *out, struct err *err)
{
    struct buf buf = buf_new(arena, PACKAGE_MAX);
    struct csaf_document doc = { .category = STR("csaf_base"),
                                 .title = p->title,
                                 .lang = STR("ja"),
                                 .tlp = STR("AMBER"),
                                 .publisher = { .category = STR("coordinator"),
                                                .name = p->publisher,
                                                .namespace_uri = p->publisher_namespace },
                                 .tracking = { .id = p->number,
                                               .status = STR("draft"),
                                               .version = STR("0"),
                                               .initial_release_date = p->made_at,
                                               .current_release_date = p->made_at,
                                               .generator_name = STR("Noroshi"),
                                               .generator_version = STR(NOROSHI_VERSION) } };

    VEC_PUSH(arena, &doc.tracking.revision_history,
             (struct csaf_revision){ p->made_at, STR("0"), STR("Case package, not public") });
    add_note(arena, &doc.notes, "general", "To the coordinator", p->words);
    if (p->publication.ms)
        add_note(arena, &doc.notes, "general", "Planned publication",
                 utc_iso(arena, p->publication));
    add_note(arena, &doc.notes, "other", "Category of the product",
             record_get(p->fields, "category"));
    if (csaf_is_uri(record_get(p->fields, "product_url")))
        VEC_PUSH(arena, &doc.references,
                 (struct csaf_reference){ STR("external"), STR("Product"),
                                          record_get(p->fields, "product_url") });
    add_product(p, arena, &doc);
    if (p->fields.len > 0)
        add_vulnerability(p, arena, &doc);
    return csaf_write(&doc, &buf, err) && buf_done(&buf, out, err) ? true : PASS(err);
}

/* ---- reading ---- */

/* A text below what stands there already. */
static void add_below(struct buf *buf, struct str text)
{
    text = str_trim(text);
    if (text.len == 0)
        return;
    if (buf->len > 0)
        buf_add(buf, STR("\n\n"));
    buf_add(buf, text);
}

struct reading {
    struct arena *arena;
    struct buf note[COUNT(note_rows)]; /* by row */
    struct buf products, versions, vendors, workaround;
    size_t names;
};

/* Ours by title; of others a description says what it is, a summary too. */
static void read_notes(struct reading *r, struct json notes, bool is_document)
{
    struct json note;

    for (struct json_iter i = json_iter(notes); json_next(&i, NULL, &note);) {
        struct str category = json_text(json_get(note, "category")),
                   title = json_text(json_get(note, "title")),
                   text = json_text(json_get(note, "text"));
        size_t row = 0;

        while (row < COUNT(note_rows) && !str_eq_z(title, note_rows[row].title))
            row++;
        if (row < COUNT(note_rows))
            add_below(&r->note[row], text);
        else if (str_eq(category, STR("description")) ||
                 (is_document && str_eq(category, STR("summary"))))
            add_below(&r->note[0], text);
    }
}

static void add_name(struct buf *buf, struct str name)
{
    name = str_trim(name);
    if (name.len == 0 || str_contains(buf_str(buf), name))
        return;
    if (buf->len > 0)
        buf_add(buf, STR(", "));
    buf_add(buf, name);
}

/* The tree's branches by what each is called; the depth is that of a document json_read let in. */
static void read_branches(struct reading *r, struct json branches)
{
    struct json branch;

    for (struct json_iter i = json_iter(branches);
         json_next(&i, NULL, &branch) && r->names < NAMES_MAX;) {
        struct str category = json_text(json_get(branch, "category")),
                   name = json_text(json_get(branch, "name"));

        r->names++;
        if (str_eq(category, STR("vendor")))
            add_name(&r->vendors, name);
        else if (str_eq(category, STR("product_name")))
            add_name(&r->products, name);
        else if (str_starts(category, STR("product_version")))
            add_name(&r->versions, name);
        read_branches(r, json_get(branch, "branches"));
    }
}

static void read_vulnerability(struct reading *r, struct json v)
{
    struct str cve = json_text(json_get(v, "cve")), title = json_text(json_get(v, "title")),
               cwe = json_text(json_get(json_get(v, "cwe"), "id"));
    struct json remedy;

    if (cve.len > 0 || title.len > 0)
        add_below(&r->note[0],
                  arena_printf(r->arena, "%.*s%s%.*s", STR_ARG(cve),
                               cve.len > 0 && title.len > 0 ? ": " : "", STR_ARG(title)));
    read_notes(r, json_get(v, "notes"), false);
    if (cwe.len > 0)
        add_name(&r->note[2], cwe);
    for (struct json_iter i = json_iter(json_get(v, "remediations"));
         json_next(&i, NULL, &remedy);) {
        if (!str_eq(json_text(json_get(remedy, "category")), STR("none_available")))
            add_below(&r->workaround, json_text(json_get(remedy, "details")));
    }
}

/* A choice of the form, when another installation of ours wrote it. */
static struct str category_of(struct json document)
{
    const struct form_field *field = report_field(REPORT_PRODUCT, STR("category"));
    struct json note;

    for (struct json_iter i = json_iter(json_get(document, "notes")); json_next(&i, NULL, &note);) {
        struct str text = json_text(json_get(note, "text"));

        if (!str_eq(json_text(json_get(note, "title")), STR("Category of the product")))
            continue;
        for (const struct form_option *o = field->options; o->value; o++) {
            if (str_eq_z(text, o->value))
                return text;
        }
    }
    return STR_NONE;
}

static struct str product_url_of(struct json document)
{
    struct json reference;

    for (struct json_iter i = json_iter(json_get(document, "references"));
         json_next(&i, NULL, &reference);) {
        if (str_eq(json_text(json_get(reference, "summary")), STR("Product")))
            return json_text(json_get(reference, "url"));
    }
    return STR_NONE;
}

static bool to_fields(struct reading *r, struct json document, struct arena *arena, struct str *out,
                      struct err *err)
{
    struct buf buf = buf_new(arena, 2 * PACKAGE_MAX);

    for (size_t i = 0; i < COUNT(note_rows); i++)
        record_put(&buf, note_rows[i].field, buf_str(&r->note[i]));
    record_put(&buf, "product_name",
               r->products.len > 0 ? buf_str(&r->products)
                                   : json_text(json_get(document, "title")));
    record_put(&buf, "product_version", buf_str(&r->versions));
    if (!str_eq(buf_str(&r->vendors), STR("unknown")))
        record_put(&buf, "product_vendor", buf_str(&r->vendors));
    record_put(&buf, "product_url", product_url_of(document));
    record_put(&buf, "category", category_of(document));
    record_put(&buf, "workaround", buf_str(&r->workaround));
    return buf_done(&buf, out, err) ? true : PASS(err);
}

bool package_from_csaf(struct str text, struct arena *arena, struct package_notice *out,
                       struct err *err)
{
    struct reading r = { .arena = arena,
                         .products = buf_new(arena, PACKAGE_MAX),
                         .versions = buf_new(arena, PACKAGE_MAX),
                         .vendors = buf_new(arena, PACKAGE_MAX),
                         .workaround = buf_new(arena, PACKAGE_MAX) };
    struct json json, document, vulnerability;

    if (text.len > PACKAGE_MAX)
        return FAIL(err, TOO_LARGE, STR("a package"));
    if (!json_read(text, arena, &json, err))
        return PASS(err);
    document = json_get(json, "document");
    if (json_text(json_get(document, "csaf_version")).len == 0)
        return FAIL(err, INPUT, STR("package"));
    for (size_t i = 0; i < COUNT(note_rows); i++)
        r.note[i] = buf_new(arena, PACKAGE_MAX);
    read_branches(&r, json_get(json_get(json, "product_tree"), "branches"));
    for (struct json_iter i = json_iter(json_get(json, "vulnerabilities"));
         json_next(&i, NULL, &vulnerability);)
        read_vulnerability(&r, vulnerability);
    if (r.note[0].len == 0)
        read_notes(&r, json_get(document, "notes"), true);
    out->reference = json_text(json_get(json_get(document, "tracking"), "id"));
    out->publisher = json_text(json_get(json_get(document, "publisher"), "name"));
    return to_fields(&r, document, arena, &out->fields, err) ? true : PASS(err);
}

bool package_answer(struct str question, struct arena *arena, struct str *reply, struct err *err)
{
    struct buf buf = buf_new(arena, 3 * PACKAGE_MAX);
    struct package_notice n;

    if (!package_from_csaf(record_get(question, "bytes"), arena, &n, err))
        return PASS(err);
    record_put(&buf, "reference", n.reference);
    record_put(&buf, "publisher", n.publisher);
    record_put(&buf, "fields", n.fields);
    return buf_done(&buf, reply, err) ? true : PASS(err);
}

bool package_from_answer(struct str reply, struct arena *arena, struct package_notice *out,
                         struct err *err)
{
    struct str fields = record_get(reply, "fields");
    struct buf buf = buf_new(arena, REPORT_FORM_MAX * 2);

    if (!record_is_valid(fields))
        return FAIL(err, WORKER, STR("its findings make no sense"));
    for (size_t i = 0; i < foreign_field_count; i++) {
        struct str value = record_get(fields, foreign_fields[i].name);

        if (value.len > 0 && str_is_utf8(value) && str_is_plain(value, true))
            record_put(&buf, foreign_fields[i].name, value);
    }
    out->reference = record_get(reply, "reference");
    out->publisher = record_get(reply, "publisher");
    if (!str_is_utf8(out->reference) || !str_is_plain(out->reference, false))
        out->reference = STR_NONE;
    if (!str_is_utf8(out->publisher) || !str_is_plain(out->publisher, false))
        out->publisher = STR_NONE;
    return buf_done(&buf, &out->fields, err) ? true : PASS(err);
}
