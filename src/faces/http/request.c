#include "faces/http/http.h"

#include "base/buf.h"

static struct str first(const struct fields *fields, const char *name)
{
    for (size_t i = 0; i < fields->len; i++)
        if (str_eq_z(fields->at[i].name, name))
            return fields->at[i].value;
    return STR_NONE;
}

struct str request_query(const struct request *req, const char *name)
{
    return first(&req->query, name);
}

struct str request_form(const struct request *req, const char *name)
{
    return first(&req->form, name);
}

struct str request_path(const struct request *req, const char *name)
{
    return first(&req->path_values, name);
}

struct str request_header(const struct request *req, const char *name)
{
    for (size_t i = 0; i < req->headers.len; i++)
        if (str_eq_nocase(req->headers.at[i].name, str_from_z(name)))
            return req->headers.at[i].value;
    return STR_NONE;
}

struct str request_cookie(const struct request *req, const char *name)
{
    struct str found = STR_NONE;

    for (size_t i = 0; i < req->cookies.len; i++) {
        if (!str_eq_z(req->cookies.at[i].name, name))
            continue;
        if (found.ptr)
            return STR_NONE;
        found = req->cookies.at[i].value;
    }
    return found;
}

size_t request_form_count(const struct request *req, const char *name)
{
    size_t count = 0;

    for (size_t i = 0; i < req->form.len; i++)
        count += str_eq_z(req->form.at[i].name, name);
    return count;
}

struct str request_form_nth(const struct request *req, const char *name, size_t n)
{
    for (size_t i = 0; i < req->form.len; i++)
        if (str_eq_z(req->form.at[i].name, name) && n-- == 0)
            return req->form.at[i].value;
    return STR_NONE;
}

const struct upload *request_upload(const struct request *req, const char *field, size_t n)
{
    for (size_t i = 0; i < req->uploads.len; i++)
        if (str_eq_z(req->uploads.at[i].field, field) && n-- == 0)
            return &req->uploads.at[i];
    return NULL;
}

struct str request_in(const struct request *req, enum lang lang)
{
    struct str path = str_drop(req->raw_path, req->base.len);
    const char *prefix = lang == LANG_EN ? "/en" : "";

    if (path.len == 0)
        path = STR("/");
    if (lang == LANG_EN && str_eq(path, STR("/")))
        path = STR("");
    if (req->query_text.len == 0)
        return arena_printf(req->arena, "%s%.*s", prefix, STR_ARG(path));
    return arena_printf(req->arena, "%s%.*s?%.*s", prefix, STR_ARG(path), STR_ARG(req->query_text));
}
