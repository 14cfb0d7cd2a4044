/* faces/desk/advisory/pages.h: the pages of this folder. */
#pragma once
#include "faces/http/http.h"

bool advisory_index(struct request *req, struct response *res, struct err *err);
bool advisory_begin(struct request *req, struct response *res, struct err *err);
bool advisory_show(struct request *req, struct response *res, struct err *err);
bool advisory_preview(struct request *req, struct response *res, struct err *err);
bool advisory_edit(struct request *req, struct response *res, struct err *err);
bool advisory_keep(struct request *req, struct response *res, struct err *err);
bool advisory_submit(struct request *req, struct response *res, struct err *err);
bool advisory_return(struct request *req, struct response *res, struct err *err);
bool advisory_approve(struct request *req, struct response *res, struct err *err);
bool advisory_reopen(struct request *req, struct response *res, struct err *err);
bool advisory_revise(struct request *req, struct response *res, struct err *err);
bool advisory_rehearse(struct request *req, struct response *res, struct err *err);
bool advisory_confirm(struct request *req, struct response *res, struct err *err);
bool advisory_object(struct request *req, struct response *res, struct err *err);
