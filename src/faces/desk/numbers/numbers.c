/* faces/desk/numbers/numbers.c: the pool of CVE numbers, what is in use, and a number's record for the list of all CVEs (COO-39). */
#include "domain/casework/cve.h"

#include "base/err.h"
#include "domain/advisory/editing.h"
#include "domain/advisory/formats.h"
#include "domain/advisory/world.h"
#include "domain/catalog/to.h"
#include "faces/desk/casework/state.h"
#include "faces/desk/context.h"
#include "faces/desk/frame.h"
#include "faces/desk/numbers/numbers.html.h"
#include "faces/desk/numbers/routes.h"
#include "faces/desk/permission.h"
#include "faces/desk/sheet.h"
#include "faces/http/respond.h"
#include "formats/json/json.h"
#include "store/store.h"

static const struct done done_rows[] = {
    { "added", N_("The block has been added to the pool."), TONE_GOOD },
};

static void add_form(struct request *req, struct number_view *v)
{
    static const struct {
        const char *name, *label, *help;
    } fields[] = { { "year", N_("Year of the numbers"), N_("Example: 2026") },
                   { "from", N_("From"), N_("Example: 20100 of CVE-2026-20100") },
                   { "to", N_("To"), N_("At most 1,000 numbers at once.") } };
    struct form_group *group = form_group(req, &v->form, NULL, NULL);

    v->form.href = STR("/cve-numbers");
    v->form.verb = say(req, N_("Add the block"));
    for (size_t i = 0; i < COUNT(fields); i++)
        form_field(req, group, FIELD_DIGITS, fields[i].name, fields[i].label, fields[i].help)
            ->required = true;
}

/* clang-format off */
static const struct sheet_column columns[] = {
    SHEET_FIELD("number", struct number_row, cve, N_("Number")),
    SHEET_FIELD("case", struct number_row, case_number, N_("Case")),
    SHEET_CODED("state", struct number_row, state, state_code, N_("State")),
    SHEET_FIELD("changed_at", struct number_row, at, N_("Last move")),
};
/* clang-format on */

static bool show(struct request *req, struct response *res, const struct form_faults *faults,
                 struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct frame frame = { .title = say(req, N_("CVE numbers")) };
    struct page *body = frame_page(req);
    struct number_view v = { 0 };
    struct cve_numbers used;
    enum sheet_format format;
    struct cve_pool pool;

    if (!sheet_asked(req, &format, err) || !tx_begin(desk_of(req)->store, TX_READ, &tx, err) ||
        !cve_pool(tx, req->arena, &pool, err) || !cve_in_use(tx, req->arena, &used, err))
        return PASS(err);
    for (size_t i = 0; i < pool.len; i++) {
        const int64_t *of = pool.at[i].of;

        VEC_PUSH(req->arena, &v.pool,
                 (struct number_pool_row){ .year = pool.at[i].year,
                                           .free = of[CVE_FREE],
                                           .reserved = of[CVE_RESERVED] + of[CVE_ASSIGNED],
                                           .public = of[CVE_PUBLIC],
                                           .rejected = of[CVE_REJECTED] });
    }
    for (size_t i = 0; i < used.len; i++) {
        const struct cve_number *n = &used.at[i];
        struct number_row row = { .cve = n->cve,
                                  .case_number = n->case_number,
                                  .case_href = arena_printf(req->arena, "/cases/%.*s",
                                                            STR_ARG(n->case_public_id)),
                                  .at = when_of(req->arena, req->lang, n->changed_at),
                                  .state = cve_tag(req->lang, n),
                                  .state_code = str_from_z(cve_life.states[n->state]) };

        if (n->state == CVE_ASSIGNED || n->state == CVE_PUBLIC)
            row.record_href = arena_printf(req->arena, "/cve-numbers/%.*s/record", STR_ARG(n->cve));
        VEC_PUSH(req->arena, &v.used, row);
    }
    if (format != SHEET_PAGE)
        return sheet_send(req, res, format, SHEET("cve-numbers", columns, v.used), false, err)
                   ? true
                   : PASS(err);
    v.file = sheet_links(req);
    add_form(req, &v);
    if (faults)
        form_tell_faults(req, &v.form, faults);
    if (v.form.faults.len > 0)
        res->status = 422;
    frame_crumb(req, &frame, N_("Publication"), STR("/advisories"));
    frame_crumb(req, &frame, N_("CVE numbers"), STR_NONE);
    frame_done(req, &frame, done_rows, COUNT(done_rows));
    number_page(body, &v);
    return frame_send(req, res, body, &frame, err);
}

static bool numbers_show(struct request *req, struct response *res, struct err *err)
{
    return show(req, res, NULL, err);
}

static int64_t typed(const struct request *req, const char *field)
{
    struct err ignored = { 0 };
    int64_t n = 0;

    return str_to_int(str_trim(request_form(req, field)), 0, 99999999, &n, &ignored) ? n : -1;
}

static bool keep(struct request *req, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    int64_t added;

    return tx_begin(desk_of(req)->store, TX_WRITE, &tx, err) &&
                   cve_pool_add(tx, who_of(req), typed(req, "year"), typed(req, "from"),
                                typed(req, "to"), req->now, &added, err) &&
                   tx_commit(&tx, err)
               ? true
               : PASS(err);
}

static bool numbers_add(struct request *req, struct response *res, struct err *err)
{
    struct form_faults faults = { 0 };
    struct err why = { 0 };

    if (keep(req, &why))
        return frame_go(req, res, STR("/cve-numbers?done=added"));
    if (why.code != ERR_INPUT) {
        *err = why;
        return PASS(err);
    }
    VEC_PUSH(
        req->arena, &faults,
        (struct form_fault){
            arena_z(req->arena, str_from_z(why.subject)),
            N_("Please enter a year, and two numbers of which the second is not smaller; at most 1,000 numbers at once.") });
    return show(req, res, &faults, err);
}

/* What the advisory says about this one vulnerability. */
static bool record_of(struct request *req, const struct cve_number *n, struct advisory_view *view,
                      struct str *out, struct err *err)
{
    struct advisory_view one = *view;
    struct buf buf = buf_new(req->arena, FORMAT_MAX);
    struct json_writer w = json_writer_new(&buf, true);
    struct catalog_record record;

    one.weaknesses.len = one.weaknesses.cap = 0;
    one.weaknesses.at = NULL;
    for (size_t i = 0; i < view->weaknesses.len; i++) {
        if (str_eq(view->weaknesses.at[i].cve, n->cve))
            VEC_PUSH(req->arena, &one.weaknesses, view->weaknesses.at[i]);
    }
    if (one.weaknesses.len != 1)
        return FAIL(err, ABSENT, STR("a CVE record"));
    advisory_to_catalog(&one, world_site(desk_of(req)->world), req->arena, &record);
    catalog_to_cve(&record, &w);
    return buf_done(&buf, out, err) ? true : PASS(err);
}

static bool number_record(struct request *req, struct response *res, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct advisory_view view;
    struct product_case c;
    struct cve_number n;
    struct advisory a;
    struct str text;
    bool found;

    if (!tx_begin(desk_of(req)->store, TX_READ, &tx, err) ||
        !cve_load(tx, request_path(req, "cve"), req->arena, &n, err))
        return PASS(err);
    if (!n.case_id)
        return FAIL(err, ABSENT, STR("a CVE record"));
    if (!case_load_by_id(&desk_of(req)->casework, tx, n.case_id, req->arena, &c, err) ||
        !advisory_load_of(tx, c.id, req->arena, &a, &found, err))
        return PASS(err);
    if (!found)
        return FAIL(err, ABSENT, STR("a CVE record"));
    return advisory_draft(tx, &c, &a, req->arena, &view, err) &&
                   record_of(req, &n, &view, &text, err) &&
                   respond_attachment(res, text,
                                      arena_printf(req->arena, "%.*s.json", STR_ARG(n.cve)),
                                      STR("application/json"))
               ? true
               : PASS(err);
}

enum { SMALL = 16 * 1024 };

static const struct route routes[] = {
    ROUTE_GET("/cve-numbers", MAY_COORDINATE, numbers_show),
    ROUTE_POST("/cve-numbers", MAY_COORDINATE, TOKEN_FORM, BODY_FORM, SMALL, numbers_add),
    ROUTE_GET("/cve-numbers/{cve}/record", MAY_COORDINATE, number_record),
};
const struct route_list desk_number_routes = ROUTES(routes);
