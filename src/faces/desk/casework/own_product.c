/* faces/desk/casework/own_product.c: a developer reports a vulnerability of its own product (INT-18, COO-30): one form, to both bodies at once. */
#include "domain/casework/own_product.h"

#include "base/err.h"
#include "base/record.h"
#include "faces/desk/casework/frame_case.h"
#include "faces/desk/casework/pages.h"
#include "faces/desk/context.h"
#include "faces/desk/form.h"
#include "faces/desk/frame.h"
#include "store/store.h"

static enum field_kind kind_of(enum form_kind kind)
{
    switch (kind) {
    case FORM_LINES:
        return FIELD_TEXTAREA;
    case FORM_EMAIL:
        return FIELD_EMAIL;
    case FORM_URL:
        return FIELD_URL;
    case FORM_DATE:
        return FIELD_DATE;
    case FORM_CHOICE:
        return FIELD_SELECT;
    case FORM_CHECK:
        return FIELD_CHECK;
    case FORM_TEXT:
        break;
    }
    return FIELD_TEXT;
}

/* A field of the finders' form, as it is asked there; whether it is needed is said here. */
static void add_field(struct request *req, struct form_group *group, const struct own_field *own)
{
    const struct form_field *asked = report_field(REPORT_PRODUCT, str_from_z(own->name));
    struct field_view *f = form_field(req, group, kind_of(asked->kind), asked->name, asked->label,
                                      *asked->help ? asked->help : NULL);

    f->required = own->is_required;
    if (asked->kind == FORM_LINES)
        f->rows = 5;
    for (const struct form_option *o = asked->options; o && o->value; o++)
        form_choice(req, f, str_from_z(o->value), say(req, o->label), str_eq_z(f->value, o->value));
}

static void add_fields(struct request *req, struct form_view *form, const char *title, char class)
{
    struct form_group *group = form_group(req, form, title, NULL);

    for (size_t i = 0; i < own_field_count; i++) {
        char is = report_field(REPORT_PRODUCT, str_from_z(own_fields[i].name))->info_class;

        if (is == class || (class == 'T' && is == 'X'))
            add_field(req, group, &own_fields[i]);
    }
}

static void add_countermeasure(struct request *req, struct form_view *form)
{
    static const struct {
        const char *value, *label;
    } kinds[] = { { "FIX", N_("A fix is ready") },
                  { "WORKAROUND", N_("A workaround is ready") },
                  { "STOP_USE", N_("We advise users to stop using it") } };
    struct form_group *group = form_group(req, form, N_("Countermeasure"), NULL);
    struct field_view *f =
        form_field(req, group, FIELD_RADIO, "countermeasure", N_("Countermeasure"), NULL);

    f->required = true;
    for (size_t i = 0; i < COUNT(kinds); i++)
        form_choice(req, f, str_from_z(kinds[i].value), say(req, kinds[i].label),
                    str_eq_z(f->value, kinds[i].value));
    (void)form_field(req, group, FIELD_TEXT, "fixed_versions", N_("Fixed version"),
                     N_("Example: 2.1.4; leave it empty if there is none yet."));
    f = form_field(req, group, FIELD_TEXTAREA, "words", N_("What the countermeasure is"),
                   N_("For the two bodies; not published."));
    f->required = true;
    f->rows = 4;
    form_field(req, group, FIELD_TEXTAREA, "statement_ja",
               N_("Statement for publication (Japanese)"), NULL)
        ->rows = 4;
    form_field(req, group, FIELD_TEXTAREA, "statement_en",
               N_("Statement for publication (English)"), NULL)
        ->rows = 4;
    (void)form_field(req, group, FIELD_URL, "url", N_("Address of your own advisory"),
                     N_("It may be one that will exist only from the publication date on."));
}

static void add_date(struct request *req, struct form_view *form)
{
    struct form_group *group = form_group(
        req, form, N_("Publication"),
        N_("The coordinating body sets the date after hearing you. Please publish nothing before it."));

    (void)form_field(req, group, FIELD_DATETIME, "wished", N_("Date and time you propose (JST)"),
                     NULL);
    form_field(req, group, FIELD_TEXTAREA, "wish_reason", N_("Reason"), NULL)->rows = 3;
}

/* Rule: PSR-40 */
static void add_reporter(struct request *req, struct form_view *form)
{
    static const struct {
        const char *code, *label;
    } langs[] = { { "ja", N_("Japanese") }, { "en", N_("English") } };
    struct form_group *group = form_group(
        req, form, N_("If somebody told you of it directly"),
        N_("We send receipt and status on your behalf, with your organisation's name: that you have received the report and passed it on, and when it is published or its handling has ended. Nothing of the vulnerability is in these mails."));
    struct field_view *f;

    (void)form_field(
        req, group, FIELD_EMAIL, "reporter_email", N_("Mail address of who told you"),
        N_("Used for these mails alone and shown to nobody. Leave it empty if nobody told you."));
    f = form_field(req, group, FIELD_RADIO, "reporter_lang", N_("Language of the mails"), NULL);
    for (size_t i = 0; i < COUNT(langs); i++)
        form_choice(req, f, str_from_z(langs[i].code), say(req, langs[i].label),
                    f->value.len > 0 ? str_eq_z(f->value, langs[i].code) : i == 0);
}

static bool show(struct request *req, struct response *res, const struct form_faults *faults,
                 struct err *err)
{
    struct form_view form = {
        .title = say(req, N_("Report a vulnerability in your own product")),
        .intro = say(
            req,
            N_("Here a developer reports a vulnerability it has found in its own product, together with the countermeasure. The receiving body and the coordinating body get it at once, and it is published on the agreed date.")),
        .href = STR("/own-product"),
        .verb = say(req, N_("Report it to both bodies")),
    };
    struct form_group *group;

    group = form_group(
        req, &form, NULL,
        N_("If products of other developers are concerned as well, please use the report form for finders; it is handled like any other report."));
    form_field(req, group, FIELD_CHECK, "is_limited",
               N_("The vulnerability is limited to our own products"), NULL)
        ->required = true;
    add_fields(req, &form, N_("Product"), 'P');
    add_fields(req, &form, N_("Vulnerability information"), 'V');
    add_fields(req, &form, N_("Verification and attack methods: never published"), 'T');
    add_countermeasure(req, &form);
    add_date(req, &form);
    add_reporter(req, &form);
    form_link(req, &form, N_("Back to the cases"), STR("/cases"));
    if (faults)
        form_tell_faults(req, &form, faults);
    return form_send(req, res, &form, err);
}

bool own_product_show(struct request *req, struct response *res, struct err *err)
{
    return show(req, res, NULL, err);
}

static bool read_form(struct request *req, struct own_report *out, struct form_faults *faults,
                      struct err *err)
{
    struct str wished = str_trim(request_form(req, "wished"));
    struct buf form = buf_new(req->arena, REPORT_FORM_MAX);
    struct err why = { 0 };

    for (size_t i = 0; i < own_field_count; i++)
        record_put(&form, own_fields[i].name, request_form(req, own_fields[i].name));
    *out = (struct own_report){
        .fixed_versions = request_form(req, "fixed_versions"),
        .status = { .countermeasure = request_form(req, "countermeasure"),
                    .words = request_form(req, "words"),
                    .statement_ja = request_form(req, "statement_ja"),
                    .statement_en = request_form(req, "statement_en"),
                    .url = request_form(req, "url") },
        .wish_reason = request_form(req, "wish_reason"),
        .reporter = { .email = request_form(req, "reporter_email"),
                      .lang = request_form(req, "reporter_lang") },
        .is_limited = request_form(req, "is_limited").len > 0,
    };
    if (wished.len > 0 && !utc_parse(wished, &out->wished, &why))
        VEC_PUSH(
            req->arena, faults,
            (struct form_fault){ "wished", N_("Please propose a date and time that lie ahead.") });
    return buf_done(&form, &out->form, err) ? true : PASS(err);
}

static bool keep(struct request *req, const struct own_report *report, struct product_case *c,
                 struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;

    return tx_begin(desk_of(req)->store, TX_WRITE, &tx, err) &&
                   own_product_report(&desk_of(req)->casework, tx, who_of(req), report, req->now,
                                      req->arena, c, err) &&
                   tx_commit(&tx, err)
               ? true
               : PASS(err);
}

bool own_product_send(struct request *req, struct response *res, struct err *err)
{
    struct form_faults faults = { 0 };
    struct own_report report;
    struct product_case c;
    struct err why = { 0 };

    if (!read_form(req, &report, &faults, err))
        return PASS(err);
    own_product_check(&report, req->now, req->arena, &faults);
    if (faults.len > 0)
        return show(req, res, &faults, err);
    if (keep(req, &report, &c, &why))
        return case_done(req, res, arena_printf(req->arena, "/cases/%.*s", STR_ARG(c.public_id)),
                         "own_reported");
    if (why.code != ERR_NOT_READY && why.code != ERR_INPUT) {
        *err = why;
        return PASS(err);
    }
    VEC_PUSH(
        req->arena, &faults,
        (struct form_fault){
            why.code == ERR_INPUT ? arena_z(req->arena, str_from_z(why.subject)) : "is_limited",
            why.code == ERR_INPUT
                ? N_("This is too long or contains characters that cannot be shown. Please shorten or correct it.")
                : N_("Please finish your registration first; then you can report here.") });
    return show(req, res, &faults, err);
}
