/* The addresses that JVN iPedia's answers and feeds name, and its search by CVE: both lead to our pages. */
#include "faces/api/myjvn/contents.h"
#include "base/ascii.h"
#include "base/err.h"
#include "faces/http/respond.h"
#include "faces/public/catalog.h"

static bool is_cve(struct str id)
{
    if (!str_skip(&id, STR("CVE-")) || id.len < 9 || id.len > 24 || id.ptr[4] != '-')
        return false;
    for (size_t i = 0; i < id.len; i++)
        if (i != 4 && !ascii_is_digit(id.ptr[i]))
            return false;
    return true;
}

static bool is_name(struct str name)
{
    for (size_t i = 0; i < name.len; i++)
        if (!ascii_is_alnum(name.ptr[i]) && name.ptr[i] != '-')
            return false;
    return name.len > 0;
}

static bool lead(const struct request *req, struct response *res, const char *where,
                 struct str what)
{
    return respond_redirect(
        res, arena_printf(req->arena, "%.*s/%s%.*s", STR_ARG(req->base), where, STR_ARG(what)));
}

/* "/ja/contents/2025/JVNDB-2025-002953.html" */
bool myjvn_contents(struct request *req, struct response *res, struct err *err)
{
    struct str name = request_path(req, "file");

    if (!str_ends(name, STR(".html")))
        return FAIL(err, NOT_FOUND, req->path);
    name = str_take(name, name.len - 5);
    return is_name(name) ? lead(req, res, "records/", name) : FAIL(err, NOT_FOUND, req->path);
}

/* One leads to its page; none or several to the list that the search gives. */
bool myjvn_cve_search(struct request *req, struct response *res, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct str cve = request_form(req, "cveId");
    struct myjvn_rows rows;

    if (cve.len == 0)
        cve = request_query(req, "cveId");
    if (!is_cve(cve))
        return FAIL(err, BAD_REQUEST, STR("cveId"));
    if (!public_catalog_begin(req, &tx, err) ||
        !myjvn_about(tx, cve, req->lang, req->arena, &rows, err))
        return PASS(err);
    return rows.len == 1 ? lead(req, res, "records/", rows.at[0].name)
                         : lead(req, res, "search?q=", cve);
}
