/* faces/desk/tracker/routes.c: what a program may ask for, read from top to bottom. What it is answered of a case is what the pages' matrix grants. */
#include "faces/desk/tracker/routes.h"

#include "faces/desk/files/files.h"
#include "faces/desk/permission.h"
#include "faces/desk/tracker/tracker.h"
#include "faces/desk/tracker/writes.h"

enum { LARGE = 512 * 1024, FILES = 52 << 20 };

#define POST(path, handle) ROUTE_POST(path, MAY_ANSWER, TOKEN_API, BODY_JSON, LARGE, handle)
#define SAY(path, handle)  ROUTE_POST(path, MAY_ANSWER, TOKEN_API, BODY_MULTIPART, FILES, handle)

/* clang-format off */
static const struct route routes[] = {
    ROUTE_GET("/api/v1/developer/openapi.json",        MAY_ANYONE, tracker_describe_get),
    ROUTE_GET("/api/v1/developer/cases",               MAY_TRACK,  tracker_list),
    ROUTE_GET("/api/v1/developer/changes",             MAY_TRACK,  tracker_changes),
    ROUTE_GET("/api/v1/developer/cases/{id}",          MAY_TRACK,  tracker_show),
    ROUTE_GET("/api/v1/developer/cases/{id}/messages", MAY_TRACK,  tracker_messages),
    ROUTE_GET("/api/v1/developer/cases/{id}/files",    MAY_TRACK,  tracker_files),
    ROUTE_GET("/api/v1/developer/files/{file}",        MAY_TRACK,  desk_file_download),

    POST("/api/v1/developer/cases/{id}/detail",        tracker_write),
    POST("/api/v1/developer/cases/{id}/no-product",    tracker_write),
    POST("/api/v1/developer/cases/{id}/result",        tracker_write),
    POST("/api/v1/developer/cases/{id}/status",        tracker_write),
    POST("/api/v1/developer/cases/{id}/statement",     tracker_write),
    POST("/api/v1/developer/cases/{id}/date",          tracker_write),
    POST("/api/v1/developer/cases/{id}/refusal",       tracker_write),
    POST("/api/v1/developer/cases/{id}/hint",          tracker_write),
    POST("/api/v1/developer/cases/{id}/messages",      tracker_write),
    SAY("/api/v1/developer/cases/{id}/files",          tracker_write),
};
/* clang-format on */

const struct route_list desk_tracker_routes = ROUTES(routes);
