/* faces/desk/casework/exchange.h: what the pages of both sides of an exchange with a foreign coordinator share. */
#pragma once
#include "domain/casework/exchange.h"
#include "faces/desk/casework/views.h"
#include "faces/http/http.h"

/* The conversation; is_there: as the coordinator abroad reads it. */
void exchange_thread(struct request *req, const struct exchange_messages *said, bool is_there,
                     struct message_list *out);
/* What it was given as a document to be saved; ERR_ABSENT when that is nothing. Rule: COO-34 */
MUST_CHECK bool exchange_send_package(struct request *req, struct response *res, struct tx *tx,
                                      const struct product_case *c, const struct exchange *e,
                                      const struct grant *grant, struct err *err);
