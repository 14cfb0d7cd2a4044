#include "faces/http/assets.h"

#include "base/err.h"
#include "faces/http/respond.h"

/* A link that names the bytes, /assets/css/noroshi.css?v=ETAG without its quotes, may be kept for
 * ever; another is asked for. */
static bool asset_show(struct request *req, struct response *res, struct err *err)
{
    const struct embedded *file =
        embedded_lookup(req->options->assets, req->options->asset_count, request_path(req, "path"));
    struct str version = request_query(req, "v");

    if (!file)
        return FAIL(err, NOT_FOUND, STR_NONE);
    if (version.len + 2 == file->etag.len &&
        str_eq(version, str_take(str_drop(file->etag, 1), version.len)))
        res->cache = CACHE_FOREVER;
    else
        res->cache = CACHE_ASK;
    return respond_embedded(res, file);
}

static const struct route table[] = {
    ROUTE_GET("/assets/{path*}", HTTP_MAY_ASSETS, asset_show),
};

const struct route_list assets_routes = ROUTES(table);
