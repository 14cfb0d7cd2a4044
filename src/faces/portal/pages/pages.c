#include "faces/portal/pages/pages.h"

#include "base/err.h"
#include "domain/advisory/formats.h"
#include "faces/http/respond.h"
#include "faces/portal/frame.h"
#include "faces/portal/pages/standing.html.h"
#include "faces/portal/report/notes.h"
#include "faces/portal/report/report.h"
#include "faces/public/context.h"
#include "faces/public/limits.h"

static struct standing_view standing(const struct request *req)
{
    const struct settings *s = public_of(req)->settings;
    bool is_english = req->lang == LANG_EN;

    return (struct standing_view){
        .receiving = is_english ? s->receiving_body_en : s->receiving_body_ja,
        .coordinating = is_english ? s->coordinating_body_en : s->coordinating_body_ja,
        .publisher = is_english ? s->publisher_name_en : s->publisher_name_ja,
        .portal = s->portal_url,
        .login =
            arena_printf(req->arena, "%.*s%.*s/login", STR_ARG(s->desk_url), STR_ARG(req->base)),
        .target_days = tr_number(req->arena, s->target_days),
        .interface_rate = tr_number(req->arena, s->interface_rate_per_minute),
        .file_rate = tr_number(req->arena, s->file_rate_per_minute),
        .notes_date = report_notes_date(req->arena, req->lang),
    };
}

static bool send_standing(struct request *req, struct response *res, const char *title,
                          const char *room,
                          void (*template)(struct page *, const struct standing_view *),
                          bool is_narrow, struct err *err)
{
    struct standing_view v = standing(req);
    struct page *body = portal_page(req);
    struct portal_frame frame = { .title = tr(req->lang, title),
                                  .room = room,
                                  .is_narrow = is_narrow };

    template(body, &v);
    return portal_send(req, res, body, &frame, err) ? true : PASS(err);
}

bool portal_about(struct request *req, struct response *res, struct err *err)
{
    return send_standing(req, res, N_("About this site"), "/about", portal_about_page, true, err)
               ? true
               : PASS(err);
}

bool portal_developers(struct request *req, struct response *res, struct err *err)
{
    return send_standing(req, res, N_("For product developers"), "/for-developers",
                         portal_developers_page, true, err)
               ? true
               : PASS(err);
}

bool portal_feeds(struct request *req, struct response *res, struct err *err)
{
    return send_standing(req, res, N_("Feeds and formats"), "/feeds", portal_feeds_page, false, err)
               ? true
               : PASS(err);
}

/* ---- for machines ---- */

bool portal_security_txt(struct request *req, struct response *res, struct err *err)
{
    struct advisory_site site = advisory_site_from(public_of(req)->settings);

    (void)err;
    return respond_text(res, feed_security_txt(&site, req->now, req->arena));
}

bool portal_robots(struct request *req, struct response *res, struct err *err)
{
    (void)req;
    (void)err;
    return respond_text(
        res,
        STR("User-agent: *\nDisallow: /report\nDisallow: /en/report\nDisallow: /advisories?\nDisallow: /en/advisories?\n"));
}

bool portal_health(struct request *req, struct response *res, struct err *err)
{
    (void)err;
    res->cache = CACHE_NONE;
    return respond_json(res, public_of(req)->is_sandboxed
                                 ? STR("{\"status\":\"ok\",\"sandbox\":true}\n")
                                 : STR("{\"status\":\"ok\",\"sandbox\":false}\n"));
}

static bool is_local(struct str address)
{
    return str_eq(address, STR("127.0.0.1")) || str_eq(address, STR("::1")) ||
           str_eq(address, STR("unix"));
}

bool portal_metrics(struct request *req, struct response *res, struct err *err)
{
    struct server *server = public_of(req)->server;
    struct str text;

    if (!is_local(req->peer_address) || !server)
        return FAIL(err, NOT_FOUND, req->path);
    if (!server_metrics(server, req->arena, &text, err))
        return PASS(err);
    res->cache = CACHE_NONE;
    return respond_text(res, text);
}

/* ---- errors ---- */

static bool wants_page(const struct request *req)
{
    static const char *const machines[] = { "/.well-known/", "/healthz", "/metrics" };

    for (size_t i = 0; i < COUNT(machines); i++) {
        if (str_starts(req->path, str_from_z(machines[i])))
            return false;
    }
    return limit_of(req->path) == LIMIT_PAGES && !str_ends(req->path, STR(".json"));
}

static bool render_page(struct request *req, const struct err *why, struct response *res,
                        struct err *err)
{
    bool is_absent = err_http_status(why->code) == 404;
    struct error_view v = {
        .title = tr(req->lang, is_absent ? N_("This page was not found") : N_("This did not work")),
        .words = respond_words(req->arena, req->lang, why),
        .number = req->id,
        .is_absent = is_absent,
    };
    struct page *body = portal_page(req);
    struct portal_frame frame = { .title = v.title, .is_narrow = true, .is_secret = true };

    portal_error_page(body, &v);
    res->status = err_http_status(why->code);
    return portal_send(req, res, body, &frame, err) ? true : PASS(err);
}

void portal_render_error(struct request *req, const struct err *why, struct response *res)
{
    struct err second = { 0 };

    if (report_render_refused(req, why, res))
        return;
    if (wants_page(req) && render_page(req, why, res, &second))
        return;
    (void)respond_problem(res, req, why);
}
