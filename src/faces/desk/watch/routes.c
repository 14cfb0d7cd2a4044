#include "faces/desk/watch/routes.h"

#include "domain/watch/upload.h"
#include "faces/desk/permission.h"
#include "faces/desk/watch/pages.h"

enum { SMALL = 64 << 10, LARGE = 1 << 20, UPLOAD = WATCH_UPLOAD_MAX + SMALL };

/* clang-format off */
static const struct route routes[] = {
    ROUTE_GET ("/watch",                        MAY_LOGGED_IN, watch_index),
    ROUTE_GET ("/watch/new",                    MAY_LOGGED_IN, watch_begin),
    ROUTE_POST("/watch",                        MAY_LOGGED_IN, TOKEN_FORM, BODY_FORM, LARGE, watch_make),
    ROUTE_GET ("/records/{name}",               MAY_LOGGED_IN, watch_touched),
    ROUTE_GET ("/watch/{id}",                   MAY_LOGGED_IN, watch_checklist),
    ROUTE_POST("/watch/{id}/findings",          MAY_LOGGED_IN, TOKEN_FORM, BODY_FORM, SMALL, watch_decide_chosen),
    ROUTE_POST("/watch/{id}/search",            MAY_LOGGED_IN, TOKEN_FORM, BODY_FORM, SMALL, watch_search_now),
    ROUTE_GET ("/watch/{id}/products",          MAY_LOGGED_IN, watch_products),
    ROUTE_POST("/watch/{id}/products",          MAY_LOGGED_IN, TOKEN_FORM, BODY_FORM, LARGE, watch_products_add),
    ROUTE_POST("/watch/{id}/products/choice",   MAY_LOGGED_IN, TOKEN_FORM, BODY_FORM, SMALL, watch_products_add),
    ROUTE_POST("/watch/{id}/products/removal",  MAY_LOGGED_IN, TOKEN_FORM, BODY_FORM, LARGE, watch_products_drop),
    ROUTE_POST("/watch/{id}/products/upload",   MAY_LOGGED_IN, TOKEN_FORM, BODY_MULTIPART, UPLOAD, watch_products_upload),
    ROUTE_GET ("/watch/{id}/settings",          MAY_LOGGED_IN, watch_settings),
    ROUTE_POST("/watch/{id}/settings",          MAY_LOGGED_IN, TOKEN_FORM, BODY_FORM, SMALL, watch_settings_keep),
    ROUTE_GET ("/watch/{id}/removal",           MAY_LOGGED_IN, watch_removal),
    ROUTE_POST("/watch/{id}/removal",           MAY_LOGGED_IN, TOKEN_FORM, BODY_FORM, SMALL, watch_remove_it),
    ROUTE_GET ("/watch/{id}/checklist.csv",     MAY_LOGGED_IN, watch_csv),
    ROUTE_GET ("/watch/{id}/checklist.json",    MAY_LOGGED_IN, watch_json),
    ROUTE_GET ("/watch/{id}/feed",              MAY_LOGGED_IN, watch_feed_show),
    ROUTE_POST("/watch/{id}/feed",              MAY_LOGGED_IN, TOKEN_FORM, BODY_FORM, SMALL, watch_feed_renew),
    ROUTE_POST("/watch/{id}/feed/end",          MAY_LOGGED_IN, TOKEN_FORM, BODY_FORM, SMALL, watch_feed_stop),
    ROUTE_GET ("/rss/{token}",                  MAY_ANYONE,    watch_feed_read),
};
/* clang-format on */

const struct route_list desk_watch_routes = ROUTES(routes);
