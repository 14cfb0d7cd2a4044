/* faces/portal/pages/pages.h: pages whose words stand for themselves, and what machines ask for. */
#pragma once
#include "faces/http/http.h"

bool portal_about(struct request *req, struct response *res, struct err *err);
bool portal_developers(struct request *req, struct response *res, struct err *err);
bool portal_feeds(struct request *req, struct response *res, struct err *err);
bool portal_security_txt(struct request *req, struct response *res, struct err *err);
bool portal_robots(struct request *req, struct response *res, struct err *err);
bool portal_health(struct request *req, struct response *res, struct err *err);
/* For this machine alone. */
bool portal_metrics(struct request *req, struct response *res, struct err *err);

/* The hook: a page in the reader's language, or a problem document where a program asked. */
void portal_render_error(struct request *req, const struct err *why, struct response *res);
