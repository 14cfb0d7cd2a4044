/* faces/desk/casework/pages.h: the pages of this folder. */
#pragma once
#include "faces/http/http.h"

bool today_show(struct request *req, struct response *res, struct err *err);
bool report_list(struct request *req, struct response *res, struct err *err);
bool report_show(struct request *req, struct response *res, struct err *err);
bool report_identity_show(struct request *req, struct response *res, struct err *err);
bool case_list(struct request *req, struct response *res, struct err *err);
bool case_show(struct request *req, struct response *res, struct err *err);
bool report_print(struct request *req, struct response *res, struct err *err);
bool case_print(struct request *req, struct response *res, struct err *err);
bool case_search(struct request *req, struct response *res, struct err *err);
bool case_history(struct request *req, struct response *res, struct err *err);
bool ledger_show(struct request *req, struct response *res, struct err *err);
bool own_product_show(struct request *req, struct response *res, struct err *err);
bool own_product_send(struct request *req, struct response *res, struct err *err);
bool room_show(struct request *req, struct response *res, struct err *err);
bool party_show(struct request *req, struct response *res, struct err *err);
