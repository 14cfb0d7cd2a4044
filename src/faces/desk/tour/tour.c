/* faces/desk/tour/tour.c: for each role, what the demonstration's own cases show and what to press there. A stop stands only where the reader
 * may see a case in its situation: what may be seen, the domain decides as everywhere. */
#include "base/err.h"
#include "domain/access/account.h"
#include "domain/casework/analysis.h"
#include "domain/casework/committee.h"
#include "domain/casework/exchange.h"
#include "domain/casework/list.h"
#include "domain/casework/priority.h"
#include "faces/desk/context.h"
#include "faces/desk/frame.h"
#include "faces/desk/permission.h"
#include "faces/desk/tour/routes.h"
#include "faces/desk/tour/stops.h"
#include "faces/desk/tour/tour.html.h"
#include "faces/desk/tour/tour.sql.h"
#include "store/store.h"

enum { CASES_MAX = 1000 };

/* A case of the demonstration as this reader has it. */
struct spot {
    int64_t case_id;
    struct str situation, href[SIGHTS];
    struct str receipt, passphrase; /* of a mailbox */
};
struct spots {
    VEC_OF(struct spot);
};

static void add_spot(struct request *req, struct spots *out, const char *situation,
                     const char *room, struct str public_id)
{
    struct spot spot = { .situation = str_from_z(situation) };

    spot.href[A_CASE] = arena_printf(req->arena, "%s/%.*s", room, STR_ARG(public_id));
    VEC_PUSH(req->arena, out, spot);
}

/* ---- the bodies ---- */

static bool load_cast(struct request *req, struct tx *tx, struct spots *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int got;

    if (!store_select(tx, &sql_tour_cases, NO_BINDS, req->arena, &rows, err))
        return PASS(err);
    while ((got = rows_next(rows, err)) > 0) {
        struct str id = row_text(rows, "public_id");
        struct spot spot = { .case_id = row_int(rows, "case_id"),
                             .situation = row_text(rows, "situation") };
        struct str developer = row_text(rows, "developer"), advisory = row_text(rows, "advisory");

        spot.href[A_REPORT] = arena_printf(req->arena, "/reports/%.*s", STR_ARG(id));
        spot.href[A_CASE] = arena_printf(req->arena, "/cases/%.*s", STR_ARG(id));
        if (developer.len > 0)
            spot.href[A_DEVELOPER] = arena_printf(req->arena, "/cases/%.*s/developers/%.*s",
                                                  STR_ARG(id), STR_ARG(developer));
        if (advisory.len > 0)
            spot.href[AN_ADVISORY] =
                arena_printf(req->arena, "/advisories/%.*s", STR_ARG(advisory));
        VEC_PUSH(req->arena, out, spot);
    }
    return got == 0 ? true : PASS(err);
}

static bool of_bodies(struct request *req, struct tx *tx, const struct case_lines *lines,
                      struct spots *out, struct err *err)
{
    struct spots cast = { 0 };

    if (!load_cast(req, tx, &cast, err))
        return PASS(err);
    for (size_t i = 0; i < lines->len; i++) {
        for (size_t j = 0; j < cast.len; j++) {
            if (cast.at[j].case_id == lines->at[i].id)
                VEC_PUSH(req->arena, out, cast.at[j]);
        }
    }
    return true;
}

/* The situation of a developer is the state of its own part, whatever the case was made for. */
static void of_developer(struct request *req, const struct case_lines *lines, struct spots *out)
{
    for (size_t i = 0; i < lines->len; i++) {
        struct spot spot = { .situation = lines->at[i].own_state };

        spot.href[A_CASE] =
            arena_printf(req->arena, "/cases/%.*s", STR_ARG(lines->at[i].public_id));
        VEC_PUSH(req->arena, out, spot);
    }
}

/* Those in handling first: there is something to do. */
static bool of_cases(struct request *req, struct tx *tx, struct spots *out, struct err *err)
{
    static const struct str states[] = { STR_INIT("open"), STR_INIT("closed") };

    for (size_t i = 0; i < COUNT(states); i++) {
        struct case_filter filter = { .state = states[i], .limit = CASES_MAX };
        struct case_lines lines;

        if (!cases_list(&desk_of(req)->casework, tx, who_of(req), &filter, req->now, req->arena,
                        &lines, err))
            return PASS(err);
        if (!has_role(req, ROLE_RB | ROLE_CB))
            of_developer(req, &lines, out);
        else if (!of_bodies(req, tx, &lines, out, err))
            return PASS(err);
    }
    return true;
}

/* ---- third parties: what may not be seen any more is left out ---- */

static bool is_absent(const struct err *why, struct err *err)
{
    *err = *why;
    if (err->code != ERR_ABSENT)
        return false;
    *err = (struct err){ 0 };
    return true;
}

static bool of_recipient(struct request *req, struct tx *tx, struct spots *out, struct err *err)
{
    struct provisions all;

    if (!provisions_of_organisation(tx, who_of(req)->organisation_id, req->arena, &all, err))
        return PASS(err);
    for (size_t i = 0; i < all.len; i++) {
        struct provision one;
        struct product_case c;
        struct grant grant;
        struct err why = { 0 };

        if (provision_load(&desk_of(req)->casework, tx, who_of(req), all.at[i].public_id,
                           req->arena, &one, &c, &grant, &why))
            add_spot(req, out, "given", "/provisions", one.public_id);
        else if (!is_absent(&why, err))
            return PASS(err);
    }
    return true;
}

static bool of_analyst(struct request *req, struct tx *tx, struct spots *out, struct err *err)
{
    struct analyses all;

    if (!analyses_of_organisation(tx, who_of(req)->organisation_id, req->arena, &all, err))
        return PASS(err);
    for (size_t i = 0; i < all.len; i++) {
        struct analysis one;
        struct product_case c;
        struct grant grant;
        struct err why = { 0 };

        if (analysis_load(&desk_of(req)->casework, tx, who_of(req), all.at[i].public_id, req->arena,
                          &one, &c, &grant, &why))
            add_spot(req, out, one.answered_at.ms ? "answered" : "asked", "/analyses",
                     one.public_id);
        else if (!is_absent(&why, err))
            return PASS(err);
    }
    return true;
}

/* What it can still vote on. */
static bool of_member(struct request *req, struct tx *tx, struct spots *out, struct err *err)
{
    const struct casework *w = &desk_of(req)->casework;
    struct docket_cases all;

    if (!docket_cases(tx, who_of(req), req->arena, &all, err))
        return PASS(err);
    for (size_t i = 0; i < all.len; i++) {
        struct product_case c;
        struct docket d;
        bool may;

        if (!case_load(w, tx, all.at[i], req->arena, &c, err) ||
            !docket_load(tx, &c, req->arena, &d, err) ||
            !docket_can(w, tx, who_of(req), &c, &d, ON_DOCKET_VOTE, req->now, req->arena, &may,
                        err))
            return PASS(err);
        if (may)
            add_spot(req, out, "judging", "/judgements", c.public_id);
    }
    return true;
}

static bool of_coordinator(struct request *req, struct tx *tx, struct spots *out, struct err *err)
{
    struct exchanges all;

    if (!exchanges_of_organisation(tx, who_of(req)->organisation_id, req->arena, &all, err))
        return PASS(err);
    for (size_t i = 0; i < all.len; i++) {
        struct exchange one;
        struct product_case c;
        struct grant grant;
        struct err why = { 0 };

        if (exchange_load(&desk_of(req)->casework, tx, who_of(req), all.at[i].public_id, req->arena,
                          &one, &c, &grant, &why))
            add_spot(req, out, "shared", "/exchanges", one.public_id);
        else if (!is_absent(&why, err))
            return PASS(err);
    }
    return true;
}

/* ---- what the reader can try ---- */

static const struct {
    unsigned roles;
    bool (*find)(struct request *req, struct tx *tx, struct spots *out, struct err *err);
} guides[] = {
    { ROLE_RB | ROLE_CB | ROLE_PM | ROLE_PD, of_cases },
    { ROLE_CI, of_recipient },
    { ROLE_AN, of_analyst },
    { ROLE_PC, of_member },
    { ROLE_FB, of_coordinator },
};

/* NULL: the reader has no such case. */
static const struct spot *spot_of(const struct stop *stop, const struct spots *spots)
{
    for (size_t i = 0; i < spots->len; i++) {
        if (str_eq_z(spots->at[i].situation, stop->where))
            return &spots->at[i];
    }
    return NULL;
}

static void fill_rows(struct request *req, unsigned roles, const struct spots *spots,
                      struct tour_rows *out)
{
    for (size_t i = 0; i < tour_stop_count; i++) {
        const struct stop *stop = &tour_stops[i];
        const struct spot *spot = spot_of(stop, spots);
        struct tour_row row = { .what = say(req, stop->what), .why = say(req, stop->why) };

        if (stop->sight == A_ROOM) {
            row.href = str_from_z(stop->where);
        } else if (spot) {
            row.href = spot->href[stop->sight];
            row.receipt = spot->receipt;
            row.passphrase = spot->passphrase;
        }
        if (!(stop->roles & roles) || row.href.len == 0)
            continue;
        for (size_t n = 0; n < STOP_PRESSES && stop->press[n]; n++)
            VEC_PUSH(req->arena, &row.press, say(req, stop->press[n]));
        VEC_PUSH(req->arena, out, row);
    }
}

static void add_roles(struct request *req, unsigned roles, struct words *out)
{
    for (const struct role_word *word = role_words; word->role; word++) {
        if (roles & word->role)
            VEC_PUSH(req->arena, out, say(req, word->words));
    }
}

static bool fill_own(struct request *req, struct tx *tx, struct tour_view *v, struct err *err)
{
    struct spots spots = { 0 };

    for (size_t i = 0; i < COUNT(guides); i++) {
        if (has_role(req, guides[i].roles) && !guides[i].find(req, tx, &spots, err))
            return PASS(err);
    }
    add_roles(req, who_of(req)->roles, &v->roles);
    fill_rows(req, who_of(req)->roles & ~(unsigned)(ROLE_FINDER | ROLE_OPERATOR), &spots, &v->rows);
    return true;
}

/* ---- whom a visitor can be ---- */

static bool fill_people(struct request *req, struct tx *tx, struct tour_view *v, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int got;

    if (!store_select(tx, &sql_tour_people, NO_BINDS, req->arena, &rows, err))
        return PASS(err);
    while ((got = rows_next(rows, err)) > 0) {
        struct str english = row_text(rows, "name_en");
        struct words roles = { 0 };

        add_roles(req, (unsigned)row_int(rows, "roles"), &roles);
        if (roles.len == 0)
            continue;
        VEC_PUSH(req->arena, &v->people,
                 (struct tour_person){ .role = roles.at[0],
                                       .organisation = req->lang == LANG_EN && english.len > 0
                                                           ? english
                                                           : row_text(rows, "name_ja"),
                                       .name = row_text(rows, "name"),
                                       .address = row_text(rows, "email") });
    }
    return got == 0 ? true : PASS(err);
}

static bool fill_finders(struct request *req, struct tx *tx, struct tour_view *v, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    struct spots spots = { 0 };
    int got;

    if (!store_select(tx, &sql_tour_mailboxes, NO_BINDS, req->arena, &rows, err))
        return PASS(err);
    while ((got = rows_next(rows, err)) > 0) {
        struct spot spot = { .situation = row_text(rows, "situation"),
                             .receipt = row_text(rows, "receipt"),
                             .passphrase = row_text(rows, "passphrase") };

        spot.href[A_MAILBOX] = STR("/mailbox");
        VEC_PUSH(req->arena, &spots, spot);
    }
    fill_rows(req, ROLE_FINDER, &spots, &v->finders);
    return got == 0 ? true : PASS(err);
}

static bool fill_operators(struct request *req, struct tx *tx, struct tour_view *v, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    struct spots spots = { 0 };
    int got;

    if (!store_select(tx, &sql_tour_links, NO_BINDS, req->arena, &rows, err))
        return PASS(err);
    while ((got = rows_next(rows, err)) > 0) {
        struct spot spot = { .situation = row_text(rows, "situation"),
                             .passphrase = row_text(rows, "link_passphrase") };

        spot.href[A_NOTICE] =
            arena_printf(req->arena, "/notice/%.*s", STR_ARG(row_text(rows, "link")));
        VEC_PUSH(req->arena, &spots, spot);
    }
    fill_rows(req, ROLE_OPERATOR, &spots, &v->operators);
    return got == 0 ? true : PASS(err);
}

/* ---- the page ---- */

static bool tour_show(struct request *req, struct response *res, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct frame frame = { .title = say(req, N_("Guided tour")) };
    struct page *body = frame_page(req);
    struct tour_view v = { 0 };

    if (!desk_of(req)->is_demonstration)
        return FAIL(err, NOT_FOUND, req->path);
    if (!tx_begin(desk_of(req)->store, TX_READ, &tx, err) || !fill_own(req, tx, &v, err) ||
        !fill_people(req, tx, &v, err) || !fill_finders(req, tx, &v, err) ||
        !fill_operators(req, tx, &v, err))
        return PASS(err);
    frame_crumb(req, &frame, N_("Guided tour"), STR_NONE);
    tour_page(body, &v);
    return frame_send(req, res, body, &frame, err);
}

bool tour_is_here(struct store *desk, bool *out, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    int64_t cases;

    if (!tx_begin(desk, TX_READ, &tx, err) ||
        !store_number(tx, &sql_tour_is_here, NO_BINDS, 0, &cases, err))
        return PASS(err);
    *out = cases > 0;
    return true;
}

static const struct route routes[] = {
    ROUTE_GET("/tour", MAY_ANYONE, tour_show),
};
const struct route_list desk_tour_routes = ROUTES(routes);
