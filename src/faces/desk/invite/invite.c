/* faces/desk/invite/invite.c: lines are pasted, each is held against the developer list, and what is ticked joins the case (COO-06). What could
 * not be taken stays in the form, to be mended. */
#include "domain/casework/invite.h"

#include "base/err.h"
#include "faces/desk/casework/fault.h"
#include "faces/desk/casework/fill.h"
#include "faces/desk/casework/foresee.h"
#include "faces/desk/casework/scene.h"
#include "faces/desk/invite/invite.html.h"
#include "faces/desk/invite/routes.h"
#include "faces/desk/permission.h"

enum { LARGE = 512 * 1024, LINES_SHOWN = 12 };

/* clang-format off */
static const struct {
    const char *words, *note;
    enum tone tone;
} outcomes[INVITE_OUTCOMES] = {
    [INVITE_JOINS]    = { N_("Joins the case"),           "",                                                              TONE_GOOD },
    [INVITE_ASKS]     = { N_("Please choose"),            N_("Several may be meant, or one with a similar name."),         TONE_WARN },
    [INVITE_UNKNOWN]  = { N_("Not on the list"),          N_("Add it to the developer list, then look the lines up again."), TONE_BAD },
    [INVITE_IN_CASE]  = { N_("In the case already"),      "",                                                              TONE_NEUTRAL },
    [INVITE_LEFT_OUT] = { N_("Left out of later handling"), N_("Its entry in the developer list says why."),               TONE_BAD },
    [INVITE_AGAIN]    = { N_("Named in an earlier line"), "",                                                              TONE_NEUTRAL },
    [INVITE_TOO_LONG] = { N_("Too long for a name"),      N_("Please shorten the line."),                                  TONE_BAD },
};
/* clang-format on */

static struct str name_of(const struct request *req, const struct directory_hit *hit)
{
    return req->lang == LANG_EN && hit->name_en.len > 0 ? hit->name_en : hit->name_ja;
}

/* ---- a line ---- */

static bool is_registered(const struct directory_hit *hit)
{
    return hit->state == REGISTRATION_REGISTERED;
}

static struct str both(const struct request *req, struct str first, struct str more)
{
    if (first.len == 0 || more.len == 0)
        return first.len > 0 ? first : more;
    return tr_fill(req->arena, req->lang, N_("{first} · {more}"),
                   TR_ARGS({ "first", first }, { "more", more }));
}

/* The product it was found by, whether it can be told at all, and what would follow. */
static bool help_of(struct request *req, struct scene *s, const struct directory_hit *hit,
                    struct str *out, struct err *err)
{
    struct str wait =
        is_registered(hit)
            ? STR_NONE
            : tr(req->lang, N_("Not registered yet: it can be sent the summary only after that."));
    struct str foreseen;

    if (!foresee(req, s->tx, &s->c, hit->public_id, &foreseen, err))
        return PASS(err);
    *out = both(req, both(req, hit->product, wait), foreseen);
    return true;
}

static void add_link(struct request *req, struct invite_row *row, struct str label, struct str href)
{
    VEC_PUSH(req->arena, &row->links, (struct link){ label, href });
}

static struct str href_of(struct request *req, const struct directory_hit *hit)
{
    return arena_printf(req->arena, "/developers/%.*s", STR_ARG(hit->public_id));
}

static bool add_candidate(struct request *req, struct scene *s, const struct invite_line *line,
                          const struct invite_candidate *candidate, struct invite_row *row,
                          struct err *err)
{
    const struct directory_hit *hit = &candidate->hit;
    struct str help;

    if (candidate->joining != JOINING_MAY || line->outcome == INVITE_AGAIN) {
        add_link(req, row, name_of(req, hit), href_of(req, hit));
        return true;
    }
    if (!help_of(req, s, hit, &help, err))
        return PASS(err);
    VEC_PUSH(req->arena, &row->choice.choices,
             (struct choice){ .value = hit->public_id,
                              .label = name_of(req, hit),
                              .help = help,
                              .is_chosen = line->outcome == INVITE_JOINS });
    if (!is_registered(hit))
        add_link(req, row, tr(req->lang, N_("How to reach it")), href_of(req, hit));
    return true;
}

static struct str new_entry_href(struct request *req, struct str name)
{
    struct page *out = page_new(req->arena, 4096, req->lang, STR_NONE);
    struct err ignored = { 0 };
    struct html html;

    html_static(out, STR("/developers/new?name="));
    html_url_part(out, name);
    return html_done(out, &html, &ignored) ? html.text : STR("/developers/new");
}

static bool add_row(struct request *req, struct scene *s, const struct invite_line *line,
                    struct invite_view *v, struct err *err)
{
    struct invite_row row = { .number = line->number,
                              .text = line->text,
                              .outcome = { tr(req->lang, outcomes[line->outcome].words),
                                           outcomes[line->outcome].tone },
                              .note = tr(req->lang, outcomes[line->outcome].note),
                              .choice = { .id = arena_printf(req->arena, "line-%u", line->number),
                                          .name = STR("organisation"),
                                          .kind = FIELD_CHECKS } };

    if (line->has_more)
        row.note =
            tr(req->lang, N_("More of them fit than are shown: please write more of the name."));
    for (size_t i = 0; i < line->candidates.len; i++) {
        if (!add_candidate(req, s, line, &line->candidates.at[i], &row, err))
            return PASS(err);
    }
    if (line->outcome == INVITE_UNKNOWN)
        add_link(req, &row, tr(req->lang, N_("Add it to the developer list")),
                 new_entry_href(req, line->name));
    v->can_join |= row.choice.choices.len > 0;
    VEC_PUSH(req->arena, &v->rows, row);
    return true;
}

static void add_counts(struct request *req, const struct invite_lines *lines, struct invite_view *v)
{
    int64_t of[INVITE_OUTCOMES] = { 0 };

    for (size_t i = 0; i < lines->len; i++)
        of[lines->at[i].outcome]++;
    for (int i = 0; i < INVITE_OUTCOMES; i++) {
        if (of[i] > 0)
            VEC_PUSH(req->arena, &v->counts,
                     (struct fact){ .name = tr(req->lang, outcomes[i].words),
                                    .value = tr_number(req->arena, of[i]) });
    }
}

/* ---- the page ---- */

/* text: stands in the form, and is looked up unless it is too long for that. */
static bool show(struct request *req, struct response *res, struct scene *s, struct str text,
                 const struct err *fault, struct invite_view *v, struct err *err)
{
    bool is_too_long = fault && fault->code == ERR_TOO_LARGE;
    struct page *page = frame_page(req);
    struct invite_lines lines = { 0 };

    if (!invite_look(s->tx, who_of(req), &s->c, is_too_long ? STR_NONE : text, req->arena, &lines,
                     err))
        return PASS(err);
    v->number = s->c.number;
    v->href = case_href(req, s, "/invitations");
    v->join_href = case_href(req, s, "/invitations/join");
    v->lines = (struct field_view){
        .id = STR("lines"),
        .name = STR("lines"),
        .label = tr(req->lang, N_("Developers, one a line")),
        .help = tr(
            req->lang,
            N_("A name, a mail address or domain, or an id of the developer list; then, behind a tab or a comma, a product if one is to be named. At most 500 lines.")),
        .kind = FIELD_TEXTAREA,
        .rows = LINES_SHOWN,
        .required = true,
        .value = text
    };
    v->kept = (struct field_view){ .name = STR("lines"), .kind = FIELD_HIDDEN, .value = text };
    for (size_t i = 0; i < lines.len; i++)
        if (!add_row(req, s, &lines.at[i], v, err))
            return PASS(err);
    add_counts(req, &lines, v);
    fault_tell(req, fault, NULL, 0, &v->faults);
    invite_page(page, v);
    return case_frame_send(
        req, res, page, tr(req->lang, N_("Add developers from a list")),
        CASE_CRUMBS({ tr(req->lang, N_("Cases")), STR("/cases") },
                    { s->c.number, case_href(req, s, "") },
                    { tr(req->lang, N_("Add developers from a list")), STR_NONE }),
        err);
}

/* As it was pasted, with what was wrong: nothing is lost. */
static bool show_again(struct request *req, struct response *res, struct err *fault,
                       struct err *err)
{
    __attribute__((cleanup(scene_end))) struct scene s = { 0 };
    struct invite_view v = { 0 };

    if (!case_is_mendable(fault)) {
        *err = *fault;
        return PASS(err);
    }
    if (!scene_open(req, TX_READ, &s, err))
        return PASS(err);
    res->status = err_http_status(fault->code);
    return show(req, res, &s, request_form(req, "lines"), fault, &v, err) ? true : PASS(err);
}

static bool invite_show(struct request *req, struct response *res, struct err *err)
{
    __attribute__((cleanup(scene_end))) struct scene s = { 0 };
    struct invite_view v = { 0 };
    struct err closed = { 0 };

    if (!scene_open(req, TX_READ, &s, err))
        return PASS(err);
    if (!coordination_may_add(who_of(req), &s.c, &closed)) /* its page says how it stands */
        return frame_go(req, res, case_path(req));
    return show(req, res, &s, STR_NONE, NULL, &v, err) ? true : PASS(err);
}

static bool invite_preview(struct request *req, struct response *res, struct err *err)
{
    __attribute__((cleanup(scene_end))) struct scene s = { 0 };
    struct invite_view v = { 0 };
    struct err fault = { 0 };

    if (!scene_open(req, TX_READ, &s, err))
        return PASS(err);
    if (show(req, res, &s, request_form(req, "lines"), NULL, &v, &fault))
        return true;
    scene_end(&s);
    return show_again(req, res, &fault, err);
}

/* ---- joining ---- */

static bool is_chosen(const struct organisation_ids *chosen, struct str public_id)
{
    for (size_t i = 0; i < chosen->len; i++) {
        if (str_eq(chosen->at[i], public_id))
            return true;
    }
    return false;
}

/* Whoever the line means takes part now. */
static bool is_settled(const struct invite_line *line, const struct organisation_ids *chosen)
{
    for (size_t i = 0; i < line->candidates.len; i++) {
        if (is_chosen(chosen, line->candidates.at[i].hit.public_id))
            return true;
    }
    return line->outcome == INVITE_IN_CASE;
}

static bool lines_left(struct request *req, struct scene *s, const struct organisation_ids *chosen,
                       struct str *out, struct err *err)
{
    struct buf left = buf_new(req->arena, LARGE);
    struct invite_lines lines;

    if (!invite_look(s->tx, who_of(req), &s->c, request_form(req, "lines"), req->arena, &lines,
                     err))
        return PASS(err);
    for (size_t i = 0; i < lines.len; i++) {
        if (is_settled(&lines.at[i], chosen))
            continue;
        buf_add(&left, lines.at[i].text);
        buf_byte(&left, '\n');
    }
    return buf_done(&left, out, err) ? true : PASS(err);
}

static bool join(struct request *req, struct scene *s, struct str *left, int64_t *added,
                 struct err *err)
{
    struct organisation_ids chosen = { 0 };

    for (size_t i = 0; i < request_form_count(req, "organisation"); i++)
        VEC_PUSH(req->arena, &chosen, request_form_nth(req, "organisation", i));
    if (chosen.len == 0)
        return FAIL(err, INPUT, STR("organisation"));
    return scene_open(req, TX_WRITE, s, err) &&
                   invite_all(&desk_of(req)->casework, s->tx, who_of(req), &s->c, &chosen, req->now,
                              req->arena, added, err) &&
                   lines_left(req, s, &chosen, left, err) && tx_commit(&s->tx, err)
               ? true
               : PASS(err);
}

static bool invite_join(struct request *req, struct response *res, struct err *err)
{
    __attribute__((cleanup(scene_end))) struct scene s = { 0 };
    struct invite_view v = { 0 };
    struct err fault = { 0 };
    struct str left;
    int64_t added;
    bool ok = join(req, &s, &left, &added, &fault);

    scene_end(&s);
    if (!ok)
        return show_again(req, res, &fault, err);
    if (left.len == 0)
        return case_done(req, res, case_path(req), "developer_added");
    v.flash = (struct flash_view){
        .words = tr_fill(req->arena, req->lang, N_("Developers that joined the case: {count}"),
                         TR_ARGS({ "count", tr_number(req->arena, added) })),
        .next = tr(req->lang, N_("The lines that are left stand here, to be mended.")),
        .link = { tr(req->lang, N_("Back to the case")), case_path(req) },
        .tone = TONE_GOOD
    };
    return scene_open(req, TX_READ, &s, err) && show(req, res, &s, left, NULL, &v, err) ? true
                                                                                        : PASS(err);
}

/* clang-format off */
static const struct route routes[] = {
    ROUTE_GET("/cases/{id}/invitations",       MAY_COORDINATE, invite_show),
    ROUTE_POST("/cases/{id}/invitations",      MAY_COORDINATE, TOKEN_FORM, BODY_FORM, LARGE, invite_preview),
    ROUTE_POST("/cases/{id}/invitations/join", MAY_COORDINATE, TOKEN_FORM, BODY_FORM, LARGE, invite_join),
};
/* clang-format on */

const struct route_list desk_invite_routes = ROUTES(routes);
