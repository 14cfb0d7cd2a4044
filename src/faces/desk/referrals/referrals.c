/* faces/desk/referrals/referrals.c: a number and a text for a finder that is to report here anew (INT-17). */
#include "domain/casework/referral.h"

#include "base/err.h"
#include "faces/desk/context.h"
#include "faces/desk/frame.h"
#include "faces/desk/permission.h"
#include "faces/desk/referrals/referrals.html.h"
#include "faces/desk/referrals/routes.h"
#include "store/store.h"

/* In both languages: nobody knows which one the finder reads. */
static struct str notice_for(struct request *req, const struct referral *r)
{
    static const char words[] = N_(
        "Thank you for telling us. Please report the vulnerability to the receiving body of the partnership as well: {url}\nPlease enter this number in the field \"Referral number\": {code}");
    struct buf buf = buf_new(req->arena, 8192);
    struct str url = desk_of(req)->settings->portal_url;

    buf_add(&buf, tr_fill(req->arena, LANG_JA, words,
                          TR_ARGS({ "url", arena_printf(req->arena, "%.*s/report", STR_ARG(url)) },
                                  { "code", r->code })));
    buf_add(&buf, STR("\n\n"));
    buf_add(&buf,
            tr_fill(req->arena, LANG_EN, words,
                    TR_ARGS({ "url", arena_printf(req->arena, "%.*s/en/report", STR_ARG(url)) },
                            { "code", r->code })));
    return buf_str(&buf);
}

static bool show(struct request *req, struct response *res, struct tx *tx,
                 const struct referral *made, const struct form_faults *faults, struct err *err)
{
    struct referral_view v = { .form = { .href = STR("/referrals"),
                                         .verb = say(req, N_("Make a number")) } };
    struct frame frame = { .title = say(req, N_("Ask a finder to report here")),
                           .is_narrow = true };
    struct page *body = frame_page(req);
    struct form_group *group = form_group(req, &v.form, NULL, NULL);
    struct referrals all;

    if (has_role(req, ROLE_RB))
        form_field(req, group, FIELD_TEXT, "told", N_("Whom the finder had told"),
                   N_("The operator or developer on whose behalf you make it."))
            ->required = true;
    if (faults)
        form_tell_faults(req, &v.form, faults);
    if (!referral_list(tx, who_of(req), req->arena, &all, err))
        return PASS(err);
    for (size_t i = 0; i < all.len; i++)
        VEC_PUSH(req->arena, &v.made,
                 (struct fact){ .name = all.at[i].code,
                                .value = arena_printf(
                                    req->arena, "%.*s  %.*s",
                                    STR_ARG(tr_date(req->arena, req->lang, all.at[i].created_at)),
                                    STR_ARG(all.at[i].told)) });
    v.file = sheet_links(req);
    if (made)
        v.notice = notice_for(req, made);
    if (faults && faults->len > 0)
        res->status = 422;
    frame_crumb(req, &frame, N_("Ask a finder to report here"), STR_NONE);
    referral_page(body, &v);
    return frame_send(req, res, body, &frame, err);
}

/* clang-format off */
static const struct sheet_column columns[] = {
    SHEET_COLUMN(struct referral_row, code, N_("Referral number")),
    SHEET_FIELD ("told", struct referral_row, told, N_("Whom the finder had told")),
    SHEET_CODED ("made_at", struct referral_row, date, date_code, N_("Made at")),
};
/* clang-format on */

static bool send_sheet(struct request *req, struct response *res, enum sheet_format format,
                       struct tx *tx, struct err *err)
{
    struct {
        VEC_OF(struct referral_row);
    } rows = { 0 };
    struct referrals all;

    if (!referral_list(tx, who_of(req), req->arena, &all, err))
        return PASS(err);
    for (size_t i = 0; i < all.len; i++)
        VEC_PUSH(
            req->arena, &rows,
            (struct referral_row){ .code = all.at[i].code,
                                   .told = all.at[i].told,
                                   .date = tr_date(req->arena, req->lang, all.at[i].created_at),
                                   .date_code = utc_iso(req->arena, all.at[i].created_at) });
    return sheet_send(req, res, format, SHEET("referrals", columns, rows), false, err) ? true
                                                                                       : PASS(err);
}

static bool referrals_show(struct request *req, struct response *res, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    enum sheet_format format;

    if (!sheet_asked(req, &format, err) || !tx_begin(desk_of(req)->store, TX_READ, &tx, err))
        return PASS(err);
    if (format != SHEET_PAGE)
        return send_sheet(req, res, format, tx, err) ? true : PASS(err);
    return show(req, res, tx, NULL, NULL, err);
}

static bool keep(struct request *req, struct referral *out, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;

    return tx_begin(desk_of(req)->store, TX_WRITE, &tx, err) &&
                   referral_make(tx, who_of(req), request_form(req, "told"), req->now, req->arena,
                                 out, err) &&
                   tx_commit(&tx, err)
               ? true
               : PASS(err);
}

static bool referrals_make(struct request *req, struct response *res, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct form_faults faults = { 0 };
    struct referral made;
    struct err why = { 0 };
    bool ok = keep(req, &made, &why);

    if (!ok && why.code != ERR_INPUT) {
        *err = why;
        return PASS(err);
    }
    if (!ok)
        VEC_PUSH(
            req->arena, &faults,
            (struct form_fault){ "told", N_("Please enter the name, at most 200 characters.") });
    if (!tx_begin(desk_of(req)->store, TX_READ, &tx, err))
        return PASS(err);
    return show(req, res, tx, ok ? &made : NULL, &faults, err);
}

enum { SMALL = 64 * 1024 };

static const struct route routes[] = {
    ROUTE_GET("/referrals", MAY_REFER, referrals_show),
    ROUTE_POST("/referrals", MAY_REFER, TOKEN_FORM, BODY_FORM, SMALL, referrals_make),
};
const struct route_list desk_referral_routes = ROUTES(routes);
