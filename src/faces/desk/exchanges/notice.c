/* faces/desk/exchanges/notice.c: a case from outside the Partnership: a form, filled in by hand or from a CSAF document that a worker reads
 * (P25, COO-34, PUB-08). For the coordinating body, and for foreign coordinators themselves. */
#include "domain/casework/foreign.h"

#include "base/err.h"
#include "base/record.h"
#include "domain/access/partner.h"
#include "domain/casework/package.h"
#include "domain/casework/source.h"
#include "faces/desk/context.h"
#include "faces/desk/exchanges/routes.h"
#include "faces/desk/form.h"
#include "faces/desk/form.html.h"
#include "faces/desk/frame.h"
#include "faces/desk/permission.h"
#include "outside/worker.h"
#include "store/store.h"

enum { LARGE = 512 * 1024, PACKAGE_BYTES = 3 << 20 };

/* What a package said stands where nothing was typed. */
static void put_value(struct field_view *f, struct str value)
{
    if (f->value.len == 0)
        f->value = value;
}

static void add_source(struct request *req, struct form_group *group)
{
    struct field_view *f =
        form_field(req, group, FIELD_SELECT, "source", N_("Where it comes from"), NULL);

    f->required = true;
    for (const struct source *s = sources; s->code; s++) {
        if (s->is_taken_up)
            form_choice(req, f, str_from_z(s->code), say(req, s->words),
                        str_eq_z(f->value, s->code));
    }
}

static bool add_partner(struct request *req, struct form_group *group, struct str publisher,
                        struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct field_view *f = form_field(
        req, group, FIELD_SELECT, "partner", N_("Foreign coordinator"),
        N_("From the register of partners; it takes part in the case. Leave it open for what was collected."));
    struct partners partners;

    if (!tx_begin(desk_of(req)->store, TX_READ, &tx, err) ||
        !partner_list(tx, STR("FB"), req->arena, &partners, err))
        return PASS(err);
    for (size_t i = 0; i < partners.len && publisher.len > 0; i++) {
        const struct partner *p = &partners.at[i];

        if (str_eq(publisher, p->values.name_en) || str_eq(publisher, p->values.name_ja))
            put_value(f, p->public_id);
    }
    form_choice(req, f, STR(""), say(req, N_("None")), f->value.len == 0);
    for (size_t i = 0; i < partners.len; i++) {
        const struct partner *p = &partners.at[i];

        if (!p->ended_at.ms)
            form_choice(req, f, p->public_id, p->values.name_ja, str_eq(f->value, p->public_id));
    }
    return true;
}

static void add_fields(struct request *req, struct form_view *form, const char *title,
                       const char *classes, struct str fields)
{
    struct form_group *group = form_group(req, form, title, NULL);

    for (size_t i = 0; i < foreign_field_count; i++) {
        const struct form_field *asked =
            report_field(REPORT_PRODUCT, str_from_z(foreign_fields[i].name));
        struct str letters = str_from_z(classes);
        struct field_view *f;

        if (str_index(letters, asked->info_class) == letters.len)
            continue;
        f = form_field(req, group,
                       asked->kind == FORM_LINES    ? FIELD_TEXTAREA
                       : asked->kind == FORM_CHOICE ? FIELD_SELECT
                       : asked->kind == FORM_URL    ? FIELD_URL
                                                    : FIELD_TEXT,
                       asked->name, asked->label, NULL);
        f->required = foreign_fields[i].is_required;
        put_value(f, record_get(fields, asked->name));
        if (asked->kind == FORM_LINES)
            f->rows = 5;
        for (const struct form_option *o = asked->options; o && o->value; o++)
            form_choice(req, f, str_from_z(o->value), say(req, o->label),
                        str_eq_z(f->value, o->value));
    }
}

/* read: what a package says; NULL: none was read. */
static bool show(struct request *req, struct response *res, const struct package_notice *read,
                 const struct form_faults *faults, const char *note, struct err *err)
{
    static const struct package_notice nothing = { 0 };
    const struct package_notice *n = read ? read : &nothing;
    bool is_partner = has_role(req, ROLE_FB);
    struct form_view form = {
        .title = say(req, is_partner ? N_("Give notice of a vulnerability")
                                     : N_("Take up a case from outside the Partnership")),
        .intro = say(
            req,
            N_("It is coordinated with the developers and published like any other case, and counted separately.")),
        .href = STR("/notices"),
        .verb = say(req, is_partner ? N_("Send the notice") : N_("Begin the case")),
    };
    struct form_group *group = form_group(req, &form, N_("Where it comes from"), NULL);

    if (note)
        form.note =
            (struct note_view){ .words = say(req, note), .tone = read ? TONE_GOOD : TONE_WARN };
    if (!is_partner) {
        add_source(req, group);
        if (!add_partner(req, group, n->publisher, err))
            return PASS(err);
    }
    put_value(form_field(req, group, FIELD_TEXT, "reference",
                         is_partner ? N_("Your number") : N_("Its number there"),
                         N_("Example: VU#123456")),
              n->reference);
    add_fields(req, &form, N_("Product"), "P", n->fields);
    add_fields(req, &form, N_("Vulnerability information"), "VM", n->fields);
    add_fields(req, &form, N_("Verification and attack methods: never published"), "TX", n->fields);
    form_link(req, &form, N_("Fill it in from a CSAF document"), STR("/notices/package"));
    if (faults)
        form_tell_faults(req, &form, faults);
    return form_send(req, res, &form, err);
}

static bool notice_show(struct request *req, struct response *res, struct err *err)
{
    return show(req, res, NULL, NULL, NULL, err);
}

static bool read_form(struct request *req, struct foreign_notice *out, struct err *err)
{
    struct buf form = buf_new(req->arena, REPORT_FORM_MAX);

    for (size_t i = 0; i < foreign_field_count; i++)
        record_put(&form, foreign_fields[i].name, request_form(req, foreign_fields[i].name));
    *out = (struct foreign_notice){ .source = request_form(req, "source"),
                                    .partner = request_form(req, "partner"),
                                    .reference = request_form(req, "reference") };
    return buf_done(&form, &out->form, err) ? true : PASS(err);
}

static bool keep(struct request *req, const struct foreign_notice *n, struct product_case *c,
                 struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;

    return tx_begin(desk_of(req)->store, TX_WRITE, &tx, err) &&
                   foreign_take_up(&desk_of(req)->casework, tx, who_of(req), n, req->now,
                                   req->arena, c, err) &&
                   tx_commit(&tx, err)
               ? true
               : PASS(err);
}

static bool notice_send(struct request *req, struct response *res, struct err *err)
{
    struct form_faults faults = { 0 };
    struct foreign_notice n;
    struct product_case c;
    struct err why = { 0 };

    if (!read_form(req, &n, err))
        return PASS(err);
    foreign_check(&n, has_role(req, ROLE_FB), req->arena, &faults);
    if (faults.len > 0)
        return show(req, res, NULL, &faults, NULL, err);
    if (keep(req, &n, &c, &why))
        return frame_go(
            req, res,
            has_role(req, ROLE_FB)
                ? STR("/exchanges?done=sent")
                : arena_printf(req->arena, "/cases/%.*s?done=foreign_begun", STR_ARG(c.public_id)));
    if (why.code != ERR_INPUT) {
        *err = why;
        return PASS(err);
    }
    VEC_PUSH(req->arena, &faults,
             (struct form_fault){ "partner",
                                  N_("Its agreement does not stand; please choose another one.") });
    return show(req, res, NULL, &faults, NULL, err);
}

/* ---- from a document ---- */

static bool show_package(struct request *req, struct response *res, const char *fault,
                         struct err *err)
{
    struct form_view form = {
        .title = say(req, N_("Fill it in from a CSAF document")),
        .intro = say(
            req,
            N_("The document is read apart from everything else. What it says is filled into the form, where you look it over and send it.")),
        .href = STR("/notices/package"),
        .verb = say(req, N_("Read the document")),
        .is_multipart = true,
    };
    struct form_group *group = form_group(req, &form, NULL, NULL);
    struct field_view *f = form_field(req, group, FIELD_FILE, "package", N_("CSAF document"),
                                      N_("A JSON file of at most 2 MB."));

    f->required = true;
    f->accept = STR(".json,application/json");
    form_link(req, &form, N_("Fill it in by hand"), STR("/notices/new"));
    if (fault)
        form_tell(req, &form, "package", fault);
    return form_send(req, res, &form, err);
}

static bool package_show(struct request *req, struct response *res, struct err *err)
{
    return show_package(req, res, NULL, err);
}

static bool ask_worker(struct request *req, struct str bytes, struct package_notice *out,
                       struct err *err)
{
    struct buf question = buf_new(req->arena, bytes.len + 256);
    struct str reply;

    record_put(&question, "what", STR(PACKAGE_QUESTION));
    record_put(&question, "bytes", bytes);
    return worker_ask(desk_of(req)->supervisor, buf_str(&question), req->arena, &reply, err) &&
                   package_from_answer(reply, req->arena, out, err)
               ? true
               : PASS(err);
}

static bool package_read(struct request *req, struct response *res, struct err *err)
{
    const struct upload *upload = request_upload(req, "package", 0);
    struct package_notice n;
    struct err why = { 0 };

    if (!upload || upload->bytes.len == 0)
        return show_package(req, res, N_("Please choose a file."), err);
    if (desk_of(req)->supervisor && ask_worker(req, upload->bytes, &n, &why))
        return show(
            req, res, &n, NULL,
            N_("The form has been filled in from the document. Please look it over; nothing has been sent yet."),
            err);
    if (why.code != ERR_NONE && why.code != ERR_WORKER) {
        *err = why;
        return PASS(err);
    }
    return show_package(req, res, N_("This could not be read as a CSAF document."), err);
}

static const struct route routes[] = {
    ROUTE_GET("/notices/new", MAY_NOTICE, notice_show),
    ROUTE_POST("/notices", MAY_NOTICE, TOKEN_FORM, BODY_FORM, LARGE, notice_send),
    ROUTE_GET("/notices/package", MAY_NOTICE, package_show),
    ROUTE_POST("/notices/package", MAY_NOTICE, TOKEN_FORM, BODY_MULTIPART, PACKAGE_BYTES,
               package_read),
};
const struct route_list desk_notice_routes = ROUTES(routes);
