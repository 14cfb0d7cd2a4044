/* faces/desk/connections/tokens.h: tokens on the page of connections. For this folder. */
#pragma once
#include "faces/desk/connections/view.h"

struct tx;

MUST_CHECK bool tokens_fill(struct request *req, struct tx *tx, struct connections_view *v,
                            struct err *err);
MUST_CHECK bool tokens_send(struct request *req, struct response *res, enum sheet_format format,
                            const struct connections_view *v, struct err *err);
bool token_new_show(struct request *req, struct response *res, struct err *err);
bool token_new_post(struct request *req, struct response *res, struct err *err);
bool token_end_show(struct request *req, struct response *res, struct err *err);
bool token_end_post(struct request *req, struct response *res, struct err *err);
