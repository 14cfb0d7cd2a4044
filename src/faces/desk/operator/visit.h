/* faces/desk/operator/visit.h: a website's case as its operator's request finds it. For this folder. */
#pragma once
#include "domain/casework/website_operator.h"
#include "domain/casework/website_visibility.h"
#include "faces/desk/context.h"
#include "store/store.h"

struct visit {
    struct tx *tx;
    struct website site;
    struct website_grant grant;
};
/* Found by the session, never by anything in the address. ERR_ABSENT; end with CLEANUP(visit_end). */
MUST_CHECK bool visit_open(const struct request *req, enum tx_kind kind, struct visit *out,
                           struct err *err);
void visit_end(struct visit *visit);

/* The page; fault NULL: a fresh one; passphrase: to be shown now and never again, else empty. */
bool operator_page_show(struct request *req, struct response *res, const struct err *fault,
                        struct str passphrase, struct err *err);
