/* faces/desk/partners/partners.c: the register: who is in it, a new entry, one entry with its agreement and conditions (PRI-02, PRI-04). */
#include "domain/access/partner.h"

#include "base/err.h"
#include "domain/casework/priority.h"
#include "faces/desk/casework/frame_case.h"
#include "faces/desk/context.h"
#include "faces/desk/frame.h"
#include "faces/desk/partners/partners.html.h"
#include "faces/desk/partners/routes.h"
#include "faces/desk/permission.h"
#include "faces/desk/sheet.h"

static struct str name_of(const struct request *req, const struct partner *p)
{
    return req->lang == LANG_EN && p->values.name_en.len > 0 ? p->values.name_en
                                                             : p->values.name_ja;
}

static struct tag_view state_of(const struct request *req, const struct partner *p)
{
    if (p->ended_at.ms)
        return (struct tag_view){ say(req, N_("Agreement ended")), TONE_NEUTRAL };
    if (partner_is_ready(p))
        return (struct tag_view){ say(req, N_("Ready")), TONE_GOOD };
    return p->people == 0
               ? (struct tag_view){ say(req, N_("Nobody there yet")), TONE_WARN }
               : (struct tag_view){ say(req, N_("Conditions not all confirmed")), TONE_WARN };
}

static struct str state_code(const struct partner *p)
{
    return p->ended_at.ms        ? STR("ENDED")
           : partner_is_ready(p) ? STR("READY")
           : p->people == 0      ? STR("NOBODY")
                                 : STR("UNCONFIRMED");
}

static struct str kind_of(const struct request *req, struct str kind)
{
    for (const struct partner_kind *k = partner_kinds; k->kind; k++) {
        if (str_eq_z(kind, k->kind))
            return say(req, k->words);
    }
    return kind;
}

static struct str sector_of(const struct request *req, struct str code)
{
    const char *words = sector_words(code);

    return words ? say(req, words) : STR("–");
}

/* clang-format off */
static const struct sheet_column columns[] = {
    SHEET_COLUMN(struct partner_row, name, N_("Name")),
    SHEET_CODED("kind", struct partner_row, kind, kind_code, N_("Kind")),
    SHEET_CODED("sector", struct partner_row, sector, sector_code, N_("Sector")),
    SHEET_CODED("state", struct partner_row, state, state_code, N_("State")),
    SHEET_CODED("agreed", struct partner_row, agreed, agreed_code, N_("Day of the agreement")),
    SHEET_COLUMN(struct partner_row, given, N_("Times provided")),
};
/* clang-format on */

static bool list_show(struct request *req, struct response *res, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct partner_list_view v = {
        .add = { say(req, N_("Add an entry")), STR("/partners/new") },
        .nothing = { .title = say(req, N_("The register is empty")),
                     .why = say(
                         req,
                         N_("Recipients of priority provision are entered with their agreement; then they confirm the three conditions themselves.")) }
    };
    struct frame frame = { .title = say(req, N_("Recipients and partners")) };
    struct page *body = frame_page(req);
    enum sheet_format format;
    struct partners partners;

    if (!sheet_asked(req, &format, err) || !tx_begin(desk_of(req)->store, TX_READ, &tx, err) ||
        !partner_list(tx, STR_NONE, req->arena, &partners, err))
        return PASS(err);
    for (size_t i = 0; i < partners.len; i++) {
        const struct partner *p = &partners.at[i];
        struct provisions given;

        if (!provisions_of_organisation(tx, p->organisation_id, req->arena, &given, err))
            return PASS(err);
        VEC_PUSH(req->arena, &v.rows,
                 (struct partner_row){
                     .href = arena_printf(req->arena, "/partners/%.*s", STR_ARG(p->public_id)),
                     .name = name_of(req, p),
                     .kind = kind_of(req, p->values.kind),
                     .kind_code = p->values.kind,
                     .sector = sector_of(req, p->values.sector),
                     .sector_code = p->values.sector,
                     .agreed = tr_date(req->arena, req->lang, p->values.agreed_at),
                     .agreed_code = utc_iso(req->arena, p->values.agreed_at),
                     .state = state_of(req, p),
                     .state_code = state_code(p),
                     .given = (int64_t)given.len });
    }
    if (format != SHEET_PAGE)
        return sheet_send(req, res, format, SHEET("partners", columns, v.rows), false, err)
                   ? true
                   : PASS(err);
    v.file = sheet_links(req);
    frame_crumb(req, &frame, N_("Recipients and partners"), STR_NONE);
    partner_list_page(body, &v);
    return frame_send(req, res, body, &frame, err);
}

/* ---- a new entry ---- */

static bool new_form(struct request *req, struct response *res, const struct form_faults *faults,
                     struct err *err)
{
    struct form_view form = { .title = say(req, N_("A new entry of the register")),
                              .href = STR("/partners"),
                              .verb = say(req, N_("Add it")) };
    struct form_group *group = form_group(req, &form, NULL, NULL);
    struct field_view *f = form_field(req, group, FIELD_RADIO, "kind", N_("Kind"), NULL);

    f->required = true;
    for (const struct partner_kind *k = partner_kinds; k->kind; k++)
        form_choice(req, f, str_from_z(k->kind), say(req, k->words), str_eq_z(f->value, k->kind));
    form_field(req, group, FIELD_TEXT, "name_ja", N_("Name in Japanese"), NULL)->required = true;
    (void)form_field(req, group, FIELD_TEXT, "name_en", N_("Name in English"), NULL);
    f = form_field(req, group, FIELD_SELECT, "sector", N_("Sector"),
                   N_("Of a recipient of priority provision."));
    for (const struct sector *s = sectors; s->code; s++)
        form_choice(req, f, str_from_z(s->code), say(req, s->words), str_eq_z(f->value, s->code));
    f = form_field(req, group, FIELD_TEXTAREA, "agreement", N_("Agreement"),
                   N_("What has been agreed about the handling, and where the agreement is kept."));
    f->required = true;
    f->rows = 4;
    form_field(req, group, FIELD_DATE, "agreed_at", N_("Day of the agreement"), NULL)->required =
        true;
    form_link(req, &form, N_("Back without adding"), STR("/partners"));
    if (faults)
        form_tell_faults(req, &form, faults);
    return form_send(req, res, &form, err);
}

static bool new_show(struct request *req, struct response *res, struct err *err)
{
    return new_form(req, res, NULL, err);
}

static bool new_add(struct request *req, struct response *res, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct partner_values values = { .kind = str_trim(request_form(req, "kind")),
                                     .name_ja = str_trim(request_form(req, "name_ja")),
                                     .name_en = str_trim(request_form(req, "name_en")),
                                     .sector = str_trim(request_form(req, "sector")),
                                     .agreement = request_form(req, "agreement") };
    struct form_faults faults = { 0 };
    struct str public_id;
    struct err ignored = { 0 };

    if (!utc_parse(str_trim(request_form(req, "agreed_at")), &values.agreed_at, &ignored))
        values.agreed_at = (struct utc){ 0 };
    partner_check(&values, req->now, req->arena, &faults);
    if (faults.len > 0)
        return new_form(req, res, &faults, err);
    if (!tx_begin(desk_of(req)->store, TX_WRITE, &tx, err) ||
        !partner_add(&(struct deed){ tx, who_of(req), req->now, req->arena }, &values, &public_id,
                     err) ||
        !tx_commit(&tx, err))
        return PASS(err);
    return frame_go(req, res,
                    arena_printf(req->arena, "/partners/%.*s?done=added", STR_ARG(public_id)));
}

/* ---- one entry ---- */

static void add_fact(struct request *req, struct fact_list *list, const char *name,
                     struct str value)
{
    VEC_PUSH(req->arena, list, (struct fact){ .name = say(req, name), .value = value });
}

static void tell_agreement(struct request *req, const struct partner *p, struct fact_list *out)
{
    add_fact(req, out, N_("Kind"), kind_of(req, p->values.kind));
    if (p->values.sector.len > 0)
        add_fact(req, out, N_("Sector"), sector_of(req, p->values.sector));
    add_fact(req, out, N_("Agreement"), p->values.agreement);
    add_fact(req, out, N_("Day of the agreement"),
             tr_date(req->arena, req->lang, p->values.agreed_at));
    for (int i = 0; i < PARTNER_CONDITIONS && str_eq(p->values.kind, STR("CI")); i++) {
        struct utc at = p->confirmed_at[i];

        VEC_PUSH(req->arena, out,
                 (struct fact){
                     .name = say(req, partner_condition_words((enum partner_condition)i)),
                     .tag = at.ms
                                ? (struct tag_view){ say(req, N_("Confirmed")), TONE_GOOD }
                                : (struct tag_view){ say(req, N_("Not confirmed yet")), TONE_WARN },
                     .value = at.ms ? tr_date(req->arena, req->lang, at) : STR_NONE });
    }
    if (p->ended_at.ms) {
        add_fact(req, out, N_("Agreement ended"), tr_date(req->arena, req->lang, p->ended_at));
        add_fact(req, out, N_("Reason"), p->end_reason);
    }
}

static bool tell_given(struct request *req, struct tx *tx, const struct partner *p,
                       struct fact_list *out, struct err *err)
{
    struct provisions given;

    if (!provisions_of_organisation(tx, p->organisation_id, req->arena, &given, err))
        return PASS(err);
    for (size_t i = 0; i < given.len; i++) {
        struct product_case c;

        if (!case_load_by_id(&desk_of(req)->casework, tx, given.at[i].case_id, req->arena, &c, err))
            return PASS(err);
        VEC_PUSH(req->arena, out,
                 (struct fact){
                     .name = tr_short_instant(req->arena, req->lang, given.at[i].at),
                     .value = c.number,
                     .href = arena_printf(req->arena, "/cases/%.*s", STR_ARG(c.public_id)),
                     .tag = given.at[i].received_at.ms
                                ? (struct tag_view){ say(req, N_("Receipt confirmed")), TONE_GOOD }
                                : (struct tag_view){ say(req, N_("Receipt not confirmed yet")),
                                                     TONE_WARN } });
    }
    return true;
}

static bool show(struct request *req, struct response *res, struct str fault, struct err *err)
{
    static const struct done done_rows[] = {
        { "added", N_("The entry has been added. Please invite somebody there next."), TONE_GOOD },
        { "ended", N_("The agreement has ended. Nothing is given from here on."), TONE_GOOD },
    };
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct page *body = frame_page(req);
    struct partner_view v = { 0 };
    struct frame frame = { 0 };
    struct partner p;

    if (!tx_begin(desk_of(req)->store, TX_READ, &tx, err) ||
        !partner_by_public_id(tx, request_path(req, "id"), req->arena, &p, err) ||
        !tell_given(req, tx, &p, &v.given, err))
        return PASS(err);
    v.title = frame.title = name_of(req, &p);
    v.state = state_of(req, &p);
    v.people = (struct link){ say(req, N_("People there, and an invitation")),
                              arena_printf(req->arena, "/developers/%.*s", STR_ARG(p.public_id)) };
    tell_agreement(req, &p, &v.facts);
    if (!p.ended_at.ms) {
        struct deed_view *d =
            deed_add(req, &v.deeds, "end", N_("End the agreement"), N_("End the agreement"),
                     arena_printf(req->arena, "/partners/%.*s/end", STR_ARG(p.public_id)),
                     N_("Nothing is given to them from here on. What was given stays on record."),
                     LOOK_BAD, 0);
        struct field_view *f = deed_field(req, d, FIELD_TEXTAREA, "reason", N_("Reason"), "", true);

        f->error = fault;
        if (fault.len > 0)
            VEC_PUSH(req->arena, &v.faults, (struct fault){ f->id, fault });
    }
    frame_crumb(req, &frame, N_("Recipients and partners"), STR("/partners"));
    VEC_PUSH(req->arena, &frame.crumbs, (struct crumb){ v.title, STR_NONE });
    frame_done(req, &frame, done_rows, COUNT(done_rows));
    partner_page(body, &v);
    return frame_send(req, res, body, &frame, err);
}

static bool one_show(struct request *req, struct response *res, struct err *err)
{
    return show(req, res, STR_NONE, err);
}

static bool end_it(struct request *req, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct partner p;

    return tx_begin(desk_of(req)->store, TX_WRITE, &tx, err) &&
                   partner_by_public_id(tx, request_path(req, "id"), req->arena, &p, err) &&
                   partner_end(&(struct deed){ tx, who_of(req), req->now, req->arena },
                               p.organisation_id, request_form(req, "reason"), err) &&
                   tx_commit(&tx, err)
               ? true
               : PASS(err);
}

static bool one_end(struct request *req, struct response *res, struct err *err)
{
    struct err why = { 0 };

    if (end_it(req, &why))
        return frame_go(req, res,
                        arena_printf(req->arena, "/partners/%.*s?done=ended",
                                     STR_ARG(request_path(req, "id"))));
    if (why.code != ERR_INPUT) {
        *err = why;
        return PASS(err);
    }
    res->status = 422;
    return show(req, res, say(req, N_("Please give a reason.")), err);
}

enum { SMALL = 64 * 1024 };

static const struct route routes[] = {
    ROUTE_GET("/partners", MAY_BODIES, list_show),
    ROUTE_GET("/partners/new", MAY_BODIES, new_show),
    ROUTE_POST("/partners", MAY_BODIES, TOKEN_FORM, BODY_FORM, SMALL, new_add),
    ROUTE_GET("/partners/{id}", MAY_BODIES, one_show),
    ROUTE_POST("/partners/{id}/end", MAY_BODIES, TOKEN_FORM, BODY_FORM, SMALL, one_end),
};
const struct route_list desk_partner_routes = ROUTES(routes);
