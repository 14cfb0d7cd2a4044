/* faces/desk/connections/hooks.h: webhooks on the page of connections, and each on its own. For this folder. */
#pragma once
#include "faces/desk/connections/view.h"

struct tx;

MUST_CHECK bool hooks_fill(struct request *req, struct tx *tx, struct connections_view *v,
                           struct err *err);
bool hooks_show(struct request *req, struct response *res, struct err *err); /* as a file */
bool hook_new_show(struct request *req, struct response *res, struct err *err);
bool hook_new_post(struct request *req, struct response *res, struct err *err);
bool hook_show(struct request *req, struct response *res, struct err *err);
bool hook_test_post(struct request *req, struct response *res, struct err *err);
bool hook_pause_post(struct request *req, struct response *res, struct err *err);
bool hook_resume_post(struct request *req, struct response *res, struct err *err);
bool hook_again_post(struct request *req, struct response *res, struct err *err);
bool hook_end_show(struct request *req, struct response *res, struct err *err);
bool hook_end_post(struct request *req, struct response *res, struct err *err);
