/* faces/desk/mailbox/routes.c: the finder's mailbox, read from top to bottom. It is left by /logout, as all sessions are. */
#include "faces/desk/mailbox/mailbox.h"

#include "faces/desk/mailbox/pages.h"
#include "faces/desk/permission.h"

enum { SMALL = 64 << 10, TEXT = 512 << 10, FILES = 52 << 20 };

/* clang-format off */
static const struct route routes[] = {
    ROUTE_GET ("/mailbox",                   MAY_ANYONE,                                     mailbox_show),
    ROUTE_POST("/mailbox",                   MAY_ANYONE, TOKEN_FORM, BODY_FORM,      SMALL,  mailbox_open),
    ROUTE_GET ("/mailbox/renewal/{token}",   MAY_ANYONE,                                     mailbox_renewal),
    ROUTE_POST("/mailbox/renewal/{token}",   MAY_ANYONE, TOKEN_FORM, BODY_FORM,      SMALL,  mailbox_renew),
    ROUTE_GET ("/mailbox/case",              MAY_FINDER,                                     mailbox_case),
    ROUTE_POST("/mailbox/case/messages",     MAY_FINDER, TOKEN_FORM, BODY_FORM,      TEXT,   mailbox_say),
    ROUTE_POST("/mailbox/case/consultation", MAY_FINDER, TOKEN_FORM, BODY_FORM,      TEXT,   mailbox_consult),
    ROUTE_POST("/mailbox/case/direct-answer", MAY_FINDER, TOKEN_FORM, BODY_FORM,     SMALL,  mailbox_answer_direct),
    ROUTE_POST("/mailbox/case/direct",       MAY_FINDER, TOKEN_FORM, BODY_FORM,      TEXT,   mailbox_say_direct),
    ROUTE_POST("/mailbox/case/observation",  MAY_FINDER, TOKEN_FORM, BODY_FORM,      TEXT,   mailbox_observed),
    ROUTE_POST("/mailbox/case/withdrawal",   MAY_FINDER, TOKEN_FORM, BODY_FORM,      TEXT,   mailbox_withdrawal),
    ROUTE_POST("/mailbox/case/files",        MAY_FINDER, TOKEN_FORM, BODY_MULTIPART, FILES,  mailbox_send_files),
    ROUTE_GET ("/mailbox/case/receipt.json", MAY_FINDER,                                     mailbox_receipt),
    ROUTE_GET ("/mailbox/case/report.txt",   MAY_FINDER,                                     mailbox_report),
    ROUTE_GET ("/mailbox/case/files/{file}", MAY_FINDER,                                     mailbox_file),
};
/* clang-format on */

const struct route_list desk_mailbox_routes = ROUTES(routes);
