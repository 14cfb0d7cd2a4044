#include "faces/portal/frame.h"

#include "base/err.h"
#include "faces/html/layout.html.h"
#include "faces/http/respond.h"
#include "faces/public/context.h"

static const struct {
    const char *label, *href;
} rooms[] = {
    { N_("Countermeasure information"), "/advisories" },
    { N_("Vulnerability database"), "/search" },
    { N_("Statistics"), "/statistics" },
    { N_("For product developers"), "/for-developers" },
    { N_("Feeds and formats"), "/feeds" },
    { N_("About this site"), "/about" },
};

struct crumbs portal_crumbs(struct arena *arena, const struct crumb *at, size_t count)
{
    struct crumbs crumbs = { 0 };

    for (size_t i = 0; i < count; i++)
        VEC_PUSH(arena, &crumbs, at[i]);
    return crumbs;
}

static struct nav nav_of(enum lang lang, const char *room, struct arena *arena)
{
    struct nav nav = { 0 };

    for (size_t i = 0; i < COUNT(rooms); i++)
        VEC_PUSH(arena, &nav,
                 (struct nav_item){ .label = tr(lang, rooms[i].label),
                                    .href = str_from_z(rooms[i].href),
                                    .is_current = room && strcmp(room, rooms[i].href) == 0 });
    return nav;
}

static struct str in_other_language(enum lang lang, struct str path, struct arena *arena)
{
    if (path.len == 0)
        return STR_NONE; /* the answer to a form has no twin */
    return lang == LANG_JA ? arena_printf(arena, "/en%.*s", STR_ARG(path)) : path;
}

static struct layout_view layout_of(const struct advisory_site *site, enum lang lang,
                                    struct arena *arena, const struct portal_frame *frame)
{
    return (struct layout_view){
        .title = frame->title,
        .description = frame->description,
        .search = frame->search,
        .nav = nav_of(lang, frame->room, arena),
        .crumbs = frame->crumbs,
        .alternates = frame->alternates,
        .is_narrow = frame->is_narrow,
        .is_secret = frame->is_secret,
        .stylesheet = frame->is_catalog ? "catalog.css" : NULL,
        .script = frame->is_catalog ? "catalog.js" : NULL,
        .other_language_href = in_other_language(lang, frame->path, arena),
        .report = { .label = tr(lang, N_("Report a vulnerability")), .href = STR("/report") },
        .login = { .label = tr(lang, N_("Log in")),
                   .href = arena_printf(arena, "%.*s%s/login", STR_ARG(site->desk_url),
                                        lang == LANG_EN ? "/en" : "") },
        .operator_name = site_publisher(site, lang),
        .about_href = STR("/about"),
        .security_href = STR("/.well-known/security.txt"),
    };
}

bool portal_frame_html(const struct advisory_site *site, enum lang lang, struct arena *arena,
                       const struct portal_frame *frame, struct page *body, struct str token,
                       struct html *out, struct err *err)
{
    struct page *whole = page_new(arena, (size_t)PORTAL_PAGE_MAX * 2, lang, token);
    struct layout_view layout = layout_of(site, lang, arena, frame);

    if (!html_done(body, &layout.body, err))
        return PASS(err);
    portal_layout(whole, &layout);
    return html_done(whole, out, err) ? true : PASS(err);
}

struct page *portal_page(struct request *req)
{
    return page_new(req->arena, PORTAL_PAGE_MAX, req->lang, req->form_token);
}

bool portal_send(struct request *req, struct response *res, struct page *body,
                 struct portal_frame *frame, struct err *err)
{
    struct advisory_site site = advisory_site_from(public_of(req)->settings);
    struct html html;

    if (req->method == METHOD_GET)
        frame->path = req->query_text.len
                          ? arena_printf(req->arena, "%.*s?%.*s", STR_ARG(req->path),
                                         STR_ARG(req->query_text))
                          : req->path;
    if (!portal_frame_html(&site, req->lang, req->arena, frame, body, req->form_token, &html, err))
        return PASS(err);
    return respond_html(res, html);
}
