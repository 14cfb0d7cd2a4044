/* faces/public/form_token.h: form tokens without a session: the public pages set no cookie, so a token says only that its page came
 * from this process not long ago. Where a request comes from is then the Origin's word (faces/http/guard.h). */
#pragma once
#include "faces/http/http.h"
#include "seal/seal.h"

enum { FORM_TOKEN_HOURS = 24 };

/* For the hook identify: req->form_token. */
struct str form_token_make(const struct seal_key *key, struct utc now, struct arena *arena);
/* For the hook token_ok: made by form_token_make within the last FORM_TOKEN_HOURS. Rule: C15 */
bool form_token_is(const struct seal_key *key, struct str token, struct utc now,
                   struct arena *arena);
