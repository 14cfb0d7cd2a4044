/* domain/access/application.h: a developer asks to be on the list in advance; the coordinating body takes it over or not (COO-05). */
#pragma once
#include "domain/access/invitation.h"
#include "domain/access/organisation.h"

enum { APPLICATIONS_MAX = 200 /* open ones at a time */ };

struct application {
    int64_t id;
    struct str public_id, person, words;
    struct organisation_values values;
    struct utc created_at;
};
struct applications {
    VEC_OF(struct application);
};

/* values as of a developer; the window's mail address is needed. */
void application_check(const struct application *application, struct arena *arena,
                       struct form_faults *faults);

/* Keeps it and tells the coordinating body (N15). It must have passed the check. ERR_TOO_MANY: of the neighbourhood, or too many are open.
 * Rule: COO-05 */
MUST_CHECK bool application_send(const struct gate *gate, const struct visit *visit,
                                 const struct application *application, struct arena *arena,
                                 struct err *err);

/* The open ones, the oldest first. */
MUST_CHECK bool application_list(struct tx *tx, struct arena *arena, struct applications *out,
                                 struct err *err);
MUST_CHECK bool application_count(struct tx *tx, int64_t *out, struct err *err);

/* Makes it an entry of the list (LISTED: the four steps are still to come). ERR_ABSENT when it is not open any more. Rule: COO-05, COO-01 */
MUST_CHECK bool application_take(const struct deed *deed, struct str public_id,
                                 struct str *organisation_public_id, struct err *err);
MUST_CHECK bool application_decline(const struct deed *deed, struct str public_id, struct err *err);
