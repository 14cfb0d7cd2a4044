/* faces/http/accept.h: what a client says it would rather have (RFC 9110, 12.5). */
#pragma once
#include "faces/http/http.h"

/* "q=0.8" among the parameters of one choice, in thousandths: 1000 when nothing is said, 0 for what is no weight. */
int accept_weight(struct str parameters);

/* Sets req->lang to what Accept-Language wants most of what we speak. An address below "/en" has said it already; who says nothing of either
 * keeps the language of the address. */
void accept_language(struct request *req);
