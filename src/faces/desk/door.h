/* faces/desk/door.h: who comes in, and what they may: the hooks of the desk's server. */
#pragma once
#include "faces/desk/permission.h"
#include "faces/http/http.h"

#define DOOR_COOKIE       "__Host-noroshi"
#define DOOR_VISIT_COOKIE "__Host-noroshi-visit"

struct subject;

/* Reads the session cookie; on the routes for programs the token, and nothing else. Account, state and roles are read anew for every request.
 * ERR_TOKEN, ERR_TOO_MANY. Rule: C08 C21 C55 */
MUST_CHECK bool door_identify(struct request *req, struct err *err);
/* The address is one for programs: what goes wrong is told as a document, in the language they ask for. */
bool door_is_interface(const struct request *req);
/* Absent and forbidden look the same: 404. Rule: C29 */
enum may door_may(const struct request *req, unsigned permission);
/* The same question about roles alone, for the navigation and for tests. */
bool door_allows(const struct subject *who, unsigned permission);

/* Before a form that nobody needs a session for: the visitor gets a cookie that the form's token is made of. Rule: C15 */
void door_visitor(struct request *req, struct response *res);
/* After a login: the session's cookie. */
void door_enter(struct response *res, struct str token);
/* At logout: the cookies end, and the browser forgets what it kept. */
void door_leave(struct response *res);

/* Is the login fresh enough for what must not be done with a stolen session (C06)? If not, res leads to the page that asks again and then
 * comes back to `back` (a path without language). */
bool door_is_fresh(struct request *req, struct response *res, struct str back);

extern const struct hooks desk_hooks;
