/* faces/http/inside.h: a face asked from inside this process: the same routes, checks and handlers as its server has, without a socket. For one thread. */
#pragma once
#include "faces/http/http.h"

struct inside;

/* options and all it points to must outlive it; what concerns sockets and threads in it means nothing here. ERR_BUG as server_start */
MUST_CHECK bool inside_new(const struct server_options *options, struct inside **out,
                           struct err *err);
void inside_free(struct inside *inside); /* NULL does nothing */
DEFINE_CLEANUP(struct inside, inside_free)

/* What GET of "/en/search?page=2" is answered; until the next question. */
const struct response *inside_get(struct inside *inside, struct str url);
