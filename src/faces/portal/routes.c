#include "faces/portal/routes.h"

#include "faces/portal/advisory/pages.h"
#include "faces/portal/pages/pages.h"
#include "faces/portal/report/report.h"

/* clang-format off */
static const struct route routes[] = {
    /* made at publication, served as they are (docs/decisions/0001) */
    ROUTE_GET("/",                       MAY_READ, portal_home),
    ROUTE_GET("/advisories",             MAY_READ, portal_list),
    ROUTE_GET("/advisories/{id}",        MAY_READ, portal_document),
    ROUTE_GET("/vuldef/{file}",          MAY_READ, portal_document),
    ROUTE_GET("/statistics",             MAY_READ, portal_document),
    ROUTE_GET("/statistics/{file}",      MAY_READ, portal_document),
    ROUTE_GET("/rss/{file}",             MAY_READ, portal_document),
    ROUTE_GET("/.well-known/csaf/{rest*}", MAY_READ, portal_document),
    /* words that stand for themselves */
    ROUTE_GET("/about",                  MAY_READ, portal_about),
    ROUTE_GET("/for-developers",         MAY_READ, portal_developers),
    ROUTE_GET("/feeds",                  MAY_READ, portal_feeds),
    /* for machines */
    ROUTE_GET("/.well-known/security.txt", MAY_READ, portal_security_txt),
    ROUTE_GET("/robots.txt",             MAY_READ, portal_robots),
    ROUTE_GET("/healthz",                MAY_READ, portal_health),
    ROUTE_GET("/metrics",                MAY_READ, portal_metrics),
};
/* clang-format on */

size_t portal_routes(struct route_list out[PORTAL_ROUTE_LISTS_MAX])
{
    const struct route_list lists[] = { ROUTES(routes), portal_report_routes };

    for (size_t i = 0; i < COUNT(lists); i++)
        out[i] = lists[i];
    return COUNT(lists);
}
