/* faces/desk/absence/absence.c: an officer says when he is away and who stands in; what was said before stays as history. */
#include "domain/access/absence.h"

#include "base/err.h"
#include "faces/desk/absence/absence.html.h"
#include "faces/desk/absence/routes.h"
#include "faces/desk/context.h"
#include "faces/desk/frame.h"
#include "faces/desk/permission.h"
#include "store/store.h"
#include <string.h>

enum { SMALL = 8192 };

static const struct done done_rows[] = {
    { "entered", N_("It has been kept, and your deputy has been told."), TONE_GOOD },
    { "ended", N_("The absence has ended."), TONE_GOOD },
};

/* clang-format off */
static const struct {
    const char *subject, *field, *words;
} why_not[] = {
    { "from",        "from",   N_("You are away then already. Please end that absence first, or choose other days.") },
    { "until",       "until",  N_("Please enter a last day that is not over and not before the first; at most a year.") },
    { "deputy",      "deputy", N_("Please choose a colleague of your body.") },
    { "deputy_away", "deputy", N_("This colleague is away at that time. Please choose another one.") },
};
/* clang-format on */

static struct tag_view state_of(const struct request *req, const struct absence *a)
{
    if (absence_is_now(a, req->now))
        return (struct tag_view){ say(req, N_("Away now")), TONE_EMBER };
    if (!a->ended_at.ms && a->from.ms > req->now.ms)
        return (struct tag_view){ say(req, N_("To come")), TONE_WARN };
    return (struct tag_view){ say(req, N_("Over")), TONE_NEUTRAL };
}

static struct str state_code(const struct request *req, const struct absence *a)
{
    return absence_is_now(a, req->now)                   ? STR("NOW")
           : !a->ended_at.ms && a->from.ms > req->now.ms ? STR("TO_COME")
                                                         : STR("OVER");
}

static struct utc last_day(const struct absence *a)
{
    return (struct utc){ a->until.ms - UTC_SECOND };
}

/* "2026-11-21", in Japan. */
static struct str day_code(struct request *req, struct utc t)
{
    return str_take(utc_iso_jst(req->arena, t), 10);
}

/* clang-format off */
static const struct sheet_column columns[] = {
    SHEET_COLUMN(struct absence_row, who, N_("Who is away")),
    SHEET_COLUMN(struct absence_row, deputy, N_("Deputy")),
    SHEET_CODED ("from", struct absence_row, from, from_code, N_("From")),
    SHEET_CODED ("last_day", struct absence_row, last, last_code, N_("Last day")),
    SHEET_CODED ("state", struct absence_row, state, state_code, N_("State")),
};
/* clang-format on */

static void fill_rows(struct request *req, const struct absences *all, struct absence_view *v)
{
    for (size_t i = 0; i < all->len; i++) {
        const struct absence *a = &all->at[i];
        struct absence_row row = { .who = a->account_name,
                                   .deputy = a->deputy_name,
                                   .from = tr_date(req->arena, req->lang, a->from),
                                   .last = tr_date(req->arena, req->lang, last_day(a)),
                                   .from_code = day_code(req, a->from),
                                   .last_code = day_code(req, last_day(a)),
                                   .state = state_of(req, a),
                                   .state_code = state_code(req, a) };

        if (a->account_id == who_of(req)->account_id && !a->ended_at.ms &&
            a->until.ms > req->now.ms)
            row.end_href = arena_printf(req->arena, "/absence/%lld/end", (long long)a->id);
        VEC_PUSH(req->arena, &v->rows, row);
    }
}

static void fill_form(struct request *req, const struct accounts *choices, struct absence_view *v)
{
    struct form_group *group = form_group(req, &v->form, NULL, NULL);
    struct field_view *f;

    v->has_deputies = choices->len > 0;
    v->form.href = STR("/absence");
    v->form.verb = say(req, N_("Keep it, and tell the deputy"));
    form_field(req, group, FIELD_DATE, "from", N_("First day"), N_("Example: 2027-02-15"))
        ->required = true;
    form_field(req, group, FIELD_DATE, "until", N_("Last day"), NULL)->required = true;
    f = form_field(req, group, FIELD_SELECT, "deputy", N_("Deputy"), NULL);
    f->required = true;
    for (size_t i = 0; i < choices->len; i++)
        form_choice(req, f, choices->at[i].public_id, choices->at[i].name, false);
}

static bool show(struct request *req, struct response *res, const struct err *fault,
                 struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct frame frame = { .title = say(req, N_("Absence")) };
    struct page *body = frame_page(req);
    struct absence_view v = { 0 };
    struct accounts choices;
    struct absences all;
    enum sheet_format format;

    if (!sheet_asked(req, &format, err) || !tx_begin(desk_of(req)->store, TX_READ, &tx, err) ||
        !absence_choices(tx, who_of(req), req->arena, &choices, err) ||
        !absence_list(tx, who_of(req)->account_id, req->arena, &all, err))
        return PASS(err);
    fill_rows(req, &all, &v);
    if (format != SHEET_PAGE)
        return sheet_send(req, res, format, SHEET("absences", columns, v.rows), false, err)
                   ? true
                   : PASS(err);
    v.file = sheet_links(req);
    fill_form(req, &choices, &v);
    for (size_t i = 0; fault && i < COUNT(why_not); i++) {
        if (strcmp(why_not[i].subject, fault->subject) == 0)
            form_tell(req, &v.form, why_not[i].field, why_not[i].words);
    }
    if (fault)
        res->status = 422;
    frame_crumb(req, &frame, N_("Settings"), STR("/me"));
    frame_crumb(req, &frame, N_("Absence"), STR_NONE);
    frame_done(req, &frame, done_rows, COUNT(done_rows));
    absence_page(body, &v);
    return frame_send(req, res, body, &frame, err);
}

static bool absence_show(struct request *req, struct response *res, struct err *err)
{
    return show(req, res, NULL, err);
}

static bool day(const struct request *req, const char *field, struct utc *out, struct err *err)
{
    struct err why = { 0 };

    return utc_parse(str_trim(request_form(req, field)), out, &why)
               ? true
               : FAIL(err, INPUT, STR("until"));
}

static bool enter(struct request *req, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct deed deed = { .who = who_of(req), .now = req->now, .arena = req->arena };
    struct utc from, last;

    if (!day(req, "from", &from, err) || !day(req, "until", &last, err) ||
        !tx_begin(desk_of(req)->store, TX_WRITE, &tx, err))
        return PASS(err);
    deed.tx = tx;
    return absence_enter(&deed, request_form(req, "deputy"), from, utc_add_days(last, 1), err) &&
                   tx_commit(&tx, err)
               ? true
               : PASS(err);
}

static bool absence_post(struct request *req, struct response *res, struct err *err)
{
    struct err why = { 0 };

    if (enter(req, &why))
        return frame_go(req, res, STR("/absence?done=entered"));
    if (why.code != ERR_INPUT) {
        *err = why;
        return PASS(err);
    }
    return show(req, res, &why, err);
}

static bool absence_end_post(struct request *req, struct response *res, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct deed deed = { .who = who_of(req), .now = req->now, .arena = req->arena };
    struct err ignored = { 0 };
    int64_t id;

    if (!str_to_int(request_path(req, "absence"), 1, INT64_MAX, &id, &ignored))
        return FAIL(err, ABSENT, STR("an absence"));
    if (!tx_begin(desk_of(req)->store, TX_WRITE, &tx, err))
        return PASS(err);
    deed.tx = tx;
    if (!absence_end(&deed, id, err) || !tx_commit(&tx, err))
        return PASS(err);
    return frame_go(req, res, STR("/absence?done=ended"));
}

/* clang-format off */
static const struct route routes[] = {
    ROUTE_GET("/absence",                 MAY_BODIES, absence_show),
    ROUTE_POST("/absence",                MAY_BODIES, TOKEN_FORM, BODY_FORM, SMALL, absence_post),
    ROUTE_POST("/absence/{absence}/end",  MAY_BODIES, TOKEN_FORM, BODY_FORM, SMALL, absence_end_post),
};
/* clang-format on */

const struct route_list desk_absence_routes = ROUTES(routes);
