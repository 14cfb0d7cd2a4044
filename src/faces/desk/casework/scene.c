#include "faces/desk/casework/scene.h"

#include "base/err.h"

static bool load_own(struct request *req, struct scene *s, struct err *err)
{
    const struct subject *who = who_of(req);
    struct err absent = { 0 };

    s->has_own = false;
    if (!(who->roles & (ROLE_PM | ROLE_PD)))
        return true;
    if (developer_load_of(s->tx, s->c.id, who->organisation_id, req->arena, &s->own, &absent))
        s->has_own = true;
    else if (absent.code != ERR_ABSENT) {
        *err = absent;
        return PASS(err);
    }
    return true;
}

bool scene_load(struct request *req, struct scene *s, struct err *err)
{
    const struct desk *desk = desk_of(req);

    return case_load(&desk->casework, s->tx, request_path(req, "id"), req->arena, &s->c, err) &&
                   developers_load(s->tx, s->c.id, req->arena, &s->developers, err) &&
                   load_own(req, s, err) &&
                   visibility_grant(who_of(req), &s->c, &s->developers, s->has_own ? &s->own : NULL,
                                    &s->grant, err)
               ? true
               : PASS(err);
}

bool scene_open(struct request *req, enum tx_kind kind, struct scene *s, struct err *err)
{
    *s = (struct scene){ 0 };
    return tx_begin(desk_of(req)->store, kind, &s->tx, err) && scene_load(req, s, err) ? true
                                                                                       : PASS(err);
}

bool scene_open_report(struct request *req, enum tx_kind kind, struct scene *s, struct err *err)
{
    const struct desk *desk = desk_of(req);
    struct website_grant grant;
    struct err absent = { 0 };

    if (scene_open(req, kind, s, &absent))
        return true;
    if (absent.code != ERR_ABSENT || !s->tx) {
        *err = absent;
        return PASS(err);
    }
    if (!website_load(&desk->casework, s->tx, request_path(req, "id"), req->arena, &s->site, err) ||
        !website_grant(who_of(req), &s->site, &grant, err))
        return PASS(err);
    s->c = s->site.c;
    s->grant = grant.report;
    return true;
}

bool scene_is_fresh(struct request *req, const struct scene *s, struct err *err)
{
    struct err ignored = { 0 };
    int64_t version = 0;

    if (!str_to_int(request_form(req, "version"), 1, INT64_MAX, &version, &ignored))
        return true;
    return case_check_version(&s->c, version, err) ? true : PASS(err);
}

void scene_end(struct scene *s)
{
    tx_end(s->tx);
    s->tx = NULL;
}

bool scene_developer(struct request *req, struct scene *s, struct developer *out, struct err *err)
{
    if (!developer_load(s->tx, request_path(req, "developer"), req->arena, out, err))
        return PASS(err);
    return out->case_id == s->c.id ? true : FAIL(err, ABSENT, STR("a developer in a case"));
}

bool scene_instant(struct request *req, const char *field, struct utc *out, struct err *err)
{
    struct err why = { 0 };

    if (utc_parse(str_trim(request_form(req, field)), out, &why))
        return true;
    return FAIL(err, INPUT, str_from_z(field));
}
