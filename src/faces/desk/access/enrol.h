/* faces/desk/access/enrol.h: a form for a one-time code, with the picture and the key when a second factor is being set up. */
#pragma once
#include "domain/access/login.h"
#include "faces/desk/form.h"

struct enrol_view {
    const struct form_view *form;
    struct str key, picture, box; /* key in groups; path of the dark squares; "0 0 41 41" */
};

/* secret: raw; empty: nothing is being set up. */
MUST_CHECK bool enrol_send(struct request *req, struct response *res, const struct form_view *form,
                           struct str secret, struct err *err);

struct visit visit_of(const struct request *req);
