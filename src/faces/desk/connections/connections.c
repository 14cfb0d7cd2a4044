/* faces/desk/connections/connections.c: what programs a developer has connected, on one page. */
#include "base/err.h"
#include "faces/desk/connections/connections.html.h"
#include "faces/desk/connections/hooks.h"
#include "faces/desk/connections/routes.h"
#include "faces/desk/connections/tokens.h"
#include "faces/desk/context.h"
#include "faces/desk/frame.h"
#include "faces/desk/permission.h"
#include "store/store.h"

enum { SMALL = 8192 };

static const struct done done_rows[] = {
    { "token_ended", N_("The token has ended."), TONE_GOOD },
    { "hook_ended", N_("The webhook has been removed."), TONE_GOOD },
};

static bool connections_show(struct request *req, struct response *res, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct frame frame = { .title = say(req, N_("Connections")) };
    struct connections_view v = { .description_href = STR("/api/v1/developer/openapi.json") };
    struct page *body = frame_page(req);
    enum sheet_format format;

    if (!sheet_asked(req, &format, err) || !tx_begin(desk_of(req)->store, TX_READ, &tx, err) ||
        !tokens_fill(req, tx, &v, err) || !hooks_fill(req, tx, &v, err))
        return PASS(err);
    if (format != SHEET_PAGE)
        return tokens_send(req, res, format, &v, err) ? true : PASS(err);
    frame_crumb(req, &frame, N_("Connections"), STR_NONE);
    frame_done(req, &frame, done_rows, COUNT(done_rows));
    connections_page(body, &v);
    return frame_send(req, res, body, &frame, err);
}

#define PRESS(path, may, handle) ROUTE_POST(path, may, TOKEN_FORM, BODY_FORM, SMALL, handle)

/* clang-format off */
static const struct route routes[] = {
    ROUTE_GET("/connections",                     MAY_FOLLOW,  connections_show),
    ROUTE_GET("/connections/tokens/new",          MAY_FOLLOW,  token_new_show),
    PRESS("/connections/tokens",                  MAY_FOLLOW,  token_new_post),
    ROUTE_GET("/connections/tokens/{token}/end",  MAY_FOLLOW,  token_end_show),
    PRESS("/connections/tokens/{token}/end",      MAY_FOLLOW,  token_end_post),

    ROUTE_GET("/connections/hooks",               MAY_DEVELOP, hooks_show),
    ROUTE_GET("/connections/hooks/new",           MAY_DEVELOP, hook_new_show),
    PRESS("/connections/hooks",                   MAY_DEVELOP, hook_new_post),
    ROUTE_GET("/connections/hooks/{hook}",        MAY_DEVELOP, hook_show),
    PRESS("/connections/hooks/{hook}/test",       MAY_DEVELOP, hook_test_post),
    PRESS("/connections/hooks/{hook}/pause",      MAY_DEVELOP, hook_pause_post),
    PRESS("/connections/hooks/{hook}/resume",     MAY_DEVELOP, hook_resume_post),
    PRESS("/connections/hooks/{hook}/deliveries/{delivery}/again", MAY_DEVELOP, hook_again_post),
    ROUTE_GET("/connections/hooks/{hook}/end",    MAY_DEVELOP, hook_end_show),
    PRESS("/connections/hooks/{hook}/end",        MAY_DEVELOP, hook_end_post),
};
/* clang-format on */

const struct route_list desk_connection_routes = ROUTES(routes);
