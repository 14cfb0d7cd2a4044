#include "faces/portal/routes.h"

#include "faces/portal/advisory/pages.h"
#include "faces/portal/days/days.h"
#include "faces/portal/pages/pages.h"
#include "faces/portal/records/record.h"
#include "faces/portal/report/report.h"
#include "faces/portal/search/search.h"
#include "faces/portal/unreachable/answer.h"
#include "faces/portal/vendors/vendors.h"

/* clang-format off */
static const struct route routes[] = {
    /* made at publication, served as they are (docs/decisions/0001) */
    ROUTE_GET("/",                            MAY_READ, portal_home),
    ROUTE_GET("/advisories",                  MAY_READ, portal_list),
    ROUTE_GET_OPEN("/advisories/{id}",        MAY_READ, portal_document),
    ROUTE_GET_OPEN("/vuldef/{file}",          MAY_READ, portal_document),
    ROUTE_GET("/statistics",                  MAY_READ, portal_document),
    ROUTE_GET_OPEN("/statistics/{file}",      MAY_READ, portal_document),
    ROUTE_GET("/receipts",                    MAY_READ, portal_document),
    ROUTE_GET_OPEN("/receipts/{file}",        MAY_READ, portal_document),
    ROUTE_GET("/unreachable",                 MAY_READ, portal_document),
    ROUTE_GET_OPEN("/rss/{file}",             MAY_READ, portal_document),
    ROUTE_GET_OPEN("/.well-known/csaf/{rest*}", MAY_READ, portal_document),
    /* words that stand for themselves */
    ROUTE_GET("/about",                       MAY_READ, portal_about),
    ROUTE_GET("/for-developers",              MAY_READ, portal_developers),
    ROUTE_GET("/feeds",                       MAY_READ, portal_feeds),
    /* the catalogue of known vulnerabilities, asked at the moment */
    ROUTE_GET("/search",                      MAY_READ, portal_search),
    ROUTE_GET("/search/suggest",              MAY_READ, portal_suggest),
    ROUTE_GET_OPEN("/records/{id}",           MAY_READ, portal_record),
    ROUTE_GET("/vendors",                     MAY_READ, portal_vendors),
    ROUTE_GET("/vendors/{id}",                MAY_READ, portal_vendor),
    ROUTE_GET("/products/{id}",               MAY_READ, portal_product),
    ROUTE_GET("/weaknesses/{id}",             MAY_READ, portal_weakness),
    ROUTE_GET("/new",                         MAY_READ, portal_new),
    ROUTE_GET("/updated",                     MAY_READ, portal_updated),
    ROUTE_GET("/calendar",                    MAY_READ, portal_calendar_now),
    ROUTE_GET("/calendar/{year}/{month}",    MAY_READ, portal_calendar),
    /* for machines */
    ROUTE_GET("/.well-known/security.txt",    MAY_READ, portal_security_txt),
    ROUTE_GET("/robots.txt",                  MAY_READ, portal_robots),
    ROUTE_GET("/healthz",                     MAY_READ, portal_health),
    ROUTE_GET("/metrics",                     MAY_READ, portal_metrics),
};
/* clang-format on */

size_t portal_routes(struct route_list out[PORTAL_ROUTE_LISTS_MAX])
{
    const struct route_list lists[] = { ROUTES(routes), portal_report_routes,
                                        portal_unreachable_routes };

    for (size_t i = 0; i < COUNT(lists); i++)
        out[i] = lists[i];
    return COUNT(lists);
}
