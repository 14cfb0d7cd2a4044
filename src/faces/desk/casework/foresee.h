/* faces/desk/casework/foresee.h: what would follow from telling a developer now, in sentences; empty when nothing would. */
#pragma once
#include "domain/casework/foresight.h"
#include "faces/desk/context.h"

MUST_CHECK bool foresee(struct request *req, struct tx *tx, const struct product_case *c,
                        struct str organisation, struct str *out, struct err *err);
