/* faces/desk/advisory/edit.c: the form in which an advisory is written, both languages side by side. */
#include "base/err.h"
#include "base/utc.h"
#include "faces/desk/advisory/desk_case.h"
#include "faces/desk/advisory/edit.html.h"
#include "faces/desk/advisory/pages.h"
#include "faces/desk/casework/fault.h"
#include <stddef.h>

enum { SPARE_ROWS = 2, TEXT_MAX = 20000 };

struct text_row {
    const char *name, *label, *help;
    size_t offset;
    bool is_line;
};
#define AT(member) offsetof(struct advisory_text, member)
/* clang-format off */
static const struct text_row texts[] = {
    { "title", N_("Title"), N_("Product or vendor, and the kind of vulnerability."), AT(title), true },
    { "action", N_("What to do now"), N_("One or two sentences: what a user is to do first of all."), AT(action), false },
    { "overview", N_("Overview"), "", AT(overview), false },
    { "details", N_("Description"), N_("The weakness and its conditions. No verification and no attack method."), AT(details), false },
    { "impact", N_("Impact"), "", AT(impact), false },
    { "solution", N_("Solution"), N_("A line in [ ] or 【 】 is a heading, for example [Update the software]."), AT(solution), false },
    { "workaround", N_("Workaround"), "", AT(workaround), false },
    { "addendum", N_("Addendum"), "", AT(addendum), false },
    { "credit", N_("Credit"), N_("Only with the finder's consent; it is filled in when there is one."), AT(credit), false },
};
/* clang-format on */

struct row_field {
    const char *name, *label;
    size_t offset;
};
#define PRODUCT(member, label)                                               \
    {                                                                        \
        "product." #member, label, offsetof(struct advisory_product, member) \
    }
#define WEAKNESS(member, label)                                                \
    {                                                                          \
        "weakness." #member, label, offsetof(struct advisory_weakness, member) \
    }
#define REFERENCE(member, label)                                                 \
    {                                                                            \
        "reference." #member, label, offsetof(struct advisory_reference, member) \
    }
/* clang-format off */
static const struct row_field product_fields[] = {
    PRODUCT(vendor_ja, N_("Developer (Japanese)")),  PRODUCT(vendor_en, N_("Developer (English)")), PRODUCT(product, N_("Product")),
    PRODUCT(versions, N_("Affected versions (Japanese)")), PRODUCT(versions_en, N_("Affected versions (English)")), PRODUCT(fixed, N_("Fixed version")),
    PRODUCT(note_ja, N_("Remark (Japanese)")),       PRODUCT(note_en, N_("Remark (English)")),
};
/* clang-format on */
static const struct row_field weakness_fields[] = {
    WEAKNESS(cwe, N_("CWE")),
    WEAKNESS(cwe_name_ja, N_("Name of the CWE (Japanese)")),
    WEAKNESS(cwe_name_en, N_("Name of the CWE (English)")),
    WEAKNESS(cvss, N_("CVSS vector")),
    WEAKNESS(cve, N_("CVE")),
};
static const struct row_field reference_fields[] = {
    REFERENCE(kind, N_("Kind (VENDOR, JVN, CVE, JPCERT, OTHER)")),
    REFERENCE(title, N_("Title")),
    REFERENCE(url, N_("Address")),
};

static struct str *place(void *part, size_t offset)
{
    return (struct str *)(void *)((char *)part + offset);
}

static bool is_fine(struct str value)
{
    return str_is_plain(value, true) && str_code_points(value) <= TEXT_MAX;
}

/* ---- labels ---- */

static struct str part_of(struct request *req, struct str whole, struct str part)
{
    return tr_fill(req->arena, req->lang, N_("{whole}: {part}"),
                   TR_ARGS({ "whole", whole }, { "part", part }));
}

static struct str numbered(struct request *req, const char *title, int64_t n)
{
    return tr_fill(req->arena, req->lang, N_("{what} {n}"),
                   TR_ARGS({ "what", tr(req->lang, title) }, { "n", tr_number(req->arena, n) }));
}

struct str advisory_field_label(struct request *req, struct str field)
{
    static const struct {
        const char *name, *label;
    } lists[] = { { "products", N_("Product") },
                  { "weaknesses", N_("Weakness") },
                  { "vendors", N_("Developer") },
                  { "references", N_("Reference") } };
    struct str rest = field, head, number;
    struct err ignored = { 0 };
    int64_t n;

    (void)!str_split(&rest, '.', &head);
    for (size_t i = 0; i < COUNT(texts); i++) {
        if (str_eq_z(rest, texts[i].name))
            return part_of(req, tr(req->lang, texts[i].label),
                           str_eq(head, STR("en")) ? tr(req->lang, N_("English"))
                                                   : tr(req->lang, N_("Japanese")));
    }
    for (size_t i = 0; i < COUNT(lists); i++) {
        if (!str_eq_z(head, lists[i].name))
            continue;
        return str_split(&rest, '.', &number) &&
                       str_to_int(number, 0, ADVISORY_ROWS_MAX, &n, &ignored)
                   ? numbered(req, lists[i].label, n + 1)
                   : tr(req->lang, lists[i].label);
    }
    return field;
}

/* ---- out ---- */

static void add_field(struct request *req, struct edit_group *group, enum field_kind kind,
                      struct str name, struct str label, struct str help, struct str value,
                      bool required)
{
    VEC_PUSH(req->arena, &group->fields,
             (struct field_view){ .name = name,
                                  .label = label,
                                  .help = help,
                                  .kind = kind,
                                  .value = value,
                                  .rows = 5,
                                  .required = required,
                                  .is_bare = !required });
}

static void add_texts(struct request *req, struct advisory_view *view, struct advisory_edit_view *v)
{
    for (size_t i = 0; i < COUNT(texts); i++) {
        const struct text_row *row = &texts[i];
        struct edit_group group = { .title = tr(req->lang, row->label),
                                    .help = *row->help ? tr(req->lang, row->help) : STR_NONE,
                                    .is_pair = true };
        enum field_kind kind = row->is_line ? FIELD_TEXT : FIELD_TEXTAREA;

        add_field(req, &group, kind, arena_printf(req->arena, "ja.%s", row->name),
                  tr(req->lang, N_("Japanese")), STR_NONE, *place(&view->ja, row->offset), false);
        add_field(req, &group, kind, arena_printf(req->arena, "en.%s", row->name),
                  tr(req->lang, N_("English")), STR_NONE, *place(&view->en, row->offset), false);
        VEC_PUSH(req->arena, &v->groups, group);
    }
}

static void add_row(struct request *req, const char *title, size_t n,
                    const struct row_field *fields, size_t count, void *row,
                    struct advisory_edit_view *v)
{
    struct edit_group group = { .title = numbered(req, title, (int64_t)n + 1) };

    for (size_t i = 0; i < count; i++) {
        struct field_view field = { .id = arena_printf(req->arena, "%s-%zu", fields[i].name, n),
                                    .name = str_from_z(fields[i].name),
                                    .label = tr(req->lang, fields[i].label),
                                    .kind = FIELD_TEXT,
                                    .value = row ? *place(row, fields[i].offset) : STR_NONE,
                                    .is_bare = true };

        VEC_PUSH(req->arena, &group.fields, field);
    }
    VEC_PUSH(req->arena, &v->groups, group);
}

static void add_marks(struct request *req, const struct advisory_view *view,
                      struct advisory_edit_view *v)
{
    struct edit_group group = { .title = tr(req->lang, N_("Marks")) };

    add_field(req, &group, FIELD_CHECK, STR("is_critical"), tr(req->lang, N_("Mark as critical")),
              STR_NONE, view->is_critical ? STR("1") : STR_NONE, false);
    add_field(req, &group, FIELD_CHECK, STR("is_stop_use"),
              tr(req->lang, N_("The advice is to stop using the product")), STR_NONE,
              view->is_stop_use ? STR("1") : STR_NONE, false);
    add_field(req, &group, FIELD_CHECK, STR("no_countermeasure"),
              tr(req->lang, N_("Published without a countermeasure, by the decision of the date")),
              STR_NONE, view->no_countermeasure_by_decision ? STR("1") : STR_NONE, false);
    VEC_PUSH(req->arena, &v->groups, group);
}

static void fill_form(struct request *req, struct advisory_view *view, struct advisory_edit_view *v)
{
    add_texts(req, view, v);
    for (size_t i = 0; i < view->products.len + SPARE_ROWS; i++)
        add_row(req, N_("Product"), i, product_fields, COUNT(product_fields),
                i < view->products.len ? &view->products.at[i] : NULL, v);
    for (size_t i = 0; i < view->weaknesses.len + 1; i++)
        add_row(req, N_("Weakness"), i, weakness_fields, COUNT(weakness_fields),
                i < view->weaknesses.len ? &view->weaknesses.at[i] : NULL, v);
    for (size_t i = 0; i < view->references.len + SPARE_ROWS; i++)
        add_row(req, N_("Reference"), i, reference_fields, COUNT(reference_fields),
                i < view->references.len ? &view->references.at[i] : NULL, v);
    add_marks(req, view, v);
}

/* The field that cannot be taken, or what else came between. */
static void tell(struct request *req, const struct err *fault, struct advisory_edit_view *v)
{
    for (size_t i = 0; fault->code == ERR_INPUT && i < v->groups.len; i++) {
        struct edit_group *group = &v->groups.at[i];

        for (size_t j = 0; j < group->fields.len; j++) {
            struct field_view *field = &group->fields.at[j];

            if (!str_eq_z(field->name, fault->subject) || is_fine(field->value))
                continue;
            field->error =
                fault_of_value(req, part_of(req, group->title, field->label), field->value);
            VEC_PUSH(req->arena, &v->faults, (struct fault){ field_id(field), field->error });
            return;
        }
    }
    fault_tell(req, fault, NULL, 0, &v->faults);
}

static bool show_form(struct request *req, struct response *res, const struct desk_advisory *d,
                      struct advisory_view *view, int64_t version, const struct err *fault,
                      struct err *err)
{
    struct advisory_edit_view v = { .number = d->a.number,
                                    .href = desk_advisory_href(req, "/edit"),
                                    .back = desk_advisory_href(req, ""),
                                    .version = version };
    struct page *page = frame_page(req);

    fill_form(req, view, &v);
    if (fault)
        tell(req, fault, &v);
    advisory_edit_page(page, &v);
    return case_frame_send(req, res, page, tr(req->lang, N_("Write the advisory")),
                           CASE_CRUMBS({ tr(req->lang, N_("Publication")), STR("/advisories") },
                                       { d->a.number, v.back },
                                       { tr(req->lang, N_("Write the advisory")), STR_NONE }),
                           err);
}

bool advisory_edit(struct request *req, struct response *res, struct err *err)
{
    __attribute__((cleanup(desk_advisory_end))) struct desk_advisory d = { 0 };
    struct advisory_view view;

    if (!desk_advisory_open(req, TX_READ, &d, err))
        return PASS(err);
    if (d.a.state != ADVISORY_DRAFT)
        return frame_go(req, res, desk_advisory_href(req, ""));
    return advisory_draft(d.tx, &d.c, &d.a, req->arena, &view, err) &&
                   show_form(req, res, &d, &view, d.a.draft_version, NULL, err)
               ? true
               : PASS(err);
}

/* ---- in ---- */

/* What was typed is kept whole, for the form that comes back; the first that cannot be taken is told. */
static void keep(struct str value, const char *name, struct str *out, struct err *err)
{
    *out = value;
    if (!is_fine(value) && err->code == ERR_NONE)
        (void)FAIL(err, INPUT, str_from_z(name));
}

static void read_text(struct request *req, const char *lang, const struct text_row *row,
                      struct advisory_text *text, struct err *err)
{
    const char *name = arena_z(req->arena, arena_printf(req->arena, "%s.%s", lang, row->name));

    keep(str_trim(request_form(req, name)), name, place(text, row->offset), err);
}

/* The n-th row of a kind; whether anything was typed in it. */
static bool read_row(struct request *req, const struct row_field *fields, size_t count, size_t n,
                     void *row, struct err *err)
{
    bool is_there = false;

    for (size_t i = 0; i < count; i++) {
        struct str value = str_trim(request_form_nth(req, fields[i].name, n));

        keep(value, fields[i].name, place(row, fields[i].offset), err);
        is_there = is_there || value.len > 0;
    }
    return is_there;
}

static void read_rows(struct request *req, struct advisory_view *view, struct err *err)
{
    for (size_t n = 0; n < request_form_count(req, "product.product") && n < ADVISORY_ROWS_MAX;
         n++) {
        struct advisory_product row = { 0 };

        if (read_row(req, product_fields, COUNT(product_fields), n, &row, err))
            VEC_PUSH(req->arena, &view->products, row);
    }
    for (size_t n = 0; n < request_form_count(req, "weakness.cwe") && n < ADVISORY_ROWS_MAX; n++) {
        struct advisory_weakness row = { 0 };

        if (read_row(req, weakness_fields, COUNT(weakness_fields), n, &row, err))
            VEC_PUSH(req->arena, &view->weaknesses, row);
    }
    for (size_t n = 0; n < request_form_count(req, "reference.url") && n < ADVISORY_ROWS_MAX; n++) {
        struct advisory_reference row = { 0 };

        if (read_row(req, reference_fields, COUNT(reference_fields), n, &row, err))
            VEC_PUSH(req->arena, &view->references, row);
    }
}

static bool read_view(struct request *req, struct advisory_view *view, struct err *err)
{
    for (size_t i = 0; i < COUNT(texts); i++) {
        read_text(req, "ja", &texts[i], &view->ja, err);
        read_text(req, "en", &texts[i], &view->en, err);
    }
    view->is_critical = request_form(req, "is_critical").len > 0;
    view->is_stop_use = request_form(req, "is_stop_use").len > 0;
    view->no_countermeasure_by_decision = request_form(req, "no_countermeasure").len > 0;
    read_rows(req, view, err);
    return err->code == ERR_NONE;
}

bool advisory_keep(struct request *req, struct response *res, struct err *err)
{
    __attribute__((cleanup(desk_advisory_end))) struct desk_advisory d = { 0 };
    struct advisory_view old, view = { 0 };
    struct err fault = { 0 };
    int64_t version;

    if (!str_to_int(request_form(req, "version"), 1, INT64_MAX, &version, err) ||
        !desk_advisory_open(req, TX_WRITE, &d, err) ||
        !advisory_draft(d.tx, &d.c, &d.a, req->arena, &old, err))
        return PASS(err);
    view.history = old.history; /* written by publication alone */
    if (read_view(req, &view, &fault) &&
        advisory_save(d.tx, who_of(req), &d.c, &d.a, &view, version, req->now, req->arena,
                      &fault) &&
        tx_commit(&d.tx, &fault))
        return frame_go(req, res, desk_advisory_href(req, ""));
    if (!case_is_mendable(&fault)) {
        *err = fault;
        return PASS(err);
    }
    /* Whoever saves second keeps what was typed and gets the present version, to decide with both in view. */
    res->status = err_http_status(fault.code);
    return show_form(req, res, &d, &view, d.a.draft_version, &fault, err);
}
