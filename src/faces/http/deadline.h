/* faces/http/deadline.h: ends connections that take too long, byte by byte (libmicrohttpd only sees those that are silent). */
#pragma once
#include "base/attr.h"
#include <stdbool.h>

struct err;
struct deadlines;

MUST_CHECK bool deadlines_new(struct deadlines **out, struct err *err); /* ERR_UNAVAILABLE */
void deadlines_free(struct deadlines *deadlines);

/* The connection on that socket is ended in so many seconds, unless it is set anew. 0: never; must be said before the socket
 * is closed. */
void deadline_set(struct deadlines *deadlines, int fd, unsigned seconds);
