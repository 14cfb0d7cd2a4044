/* faces/desk/casework/moves.h: the handlers behind a case's buttons; each names in routes.c who may press it. */
#pragma once
#include "faces/http/http.h"

bool report_accept(struct request *req, struct response *res, struct err *err);
bool report_reject(struct request *req, struct response *res, struct err *err);
bool report_stop(struct request *req, struct response *res, struct err *err);
bool report_forward(struct request *req, struct response *res, struct err *err);
bool report_say(struct request *req, struct response *res, struct err *err);
bool report_note(struct request *req, struct response *res, struct err *err);
bool case_keep_note(struct request *req, struct response *res, struct err *err);
bool own_note(struct request *req, struct response *res, struct err *err);
bool report_assess(struct request *req, struct response *res, struct err *err);
bool report_title(struct request *req, struct response *res, struct err *err);
bool report_identity_ask(struct request *req, struct response *res, struct err *err);
bool report_identity_allow(struct request *req, struct response *res, struct err *err);
bool case_assess(struct request *req, struct response *res, struct err *err);
bool case_title(struct request *req, struct response *res, struct err *err);
bool case_say(struct request *req, struct response *res, struct err *err);
bool case_take(struct request *req, struct response *res, struct err *err);
bool case_add_developer(struct request *req, struct response *res, struct err *err);
bool case_summary(struct request *req, struct response *res, struct err *err);
bool case_set_date(struct request *req, struct response *res, struct err *err);
bool case_change_date(struct request *req, struct response *res, struct err *err);
bool case_decide_wish(struct request *req, struct response *res, struct err *err);
bool case_handle_hint(struct request *req, struct response *res, struct err *err);
bool case_ask_status(struct request *req, struct response *res, struct err *err);
bool case_advise_stop(struct request *req, struct response *res, struct err *err);
bool case_close(struct request *req, struct response *res, struct err *err);
bool developer_send_summary(struct request *req, struct response *res, struct err *err);
bool developer_send_detail(struct request *req, struct response *res, struct err *err);
bool developer_remind(struct request *req, struct response *res, struct err *err);
bool developer_contact(struct request *req, struct response *res, struct err *err);
bool developer_silent(struct request *req, struct response *res, struct err *err);
bool developer_breach(struct request *req, struct response *res, struct err *err);
bool developer_remove(struct request *req, struct response *res, struct err *err);
bool developer_say(struct request *req, struct response *res, struct err *err);
bool own_no_product(struct request *req, struct response *res, struct err *err);
bool own_request_detail(struct request *req, struct response *res, struct err *err);
bool own_result(struct request *req, struct response *res, struct err *err);
bool own_status(struct request *req, struct response *res, struct err *err);
bool own_hint(struct request *req, struct response *res, struct err *err);
bool own_wish(struct request *req, struct response *res, struct err *err);
bool own_refuse(struct request *req, struct response *res, struct err *err);
bool own_say(struct request *req, struct response *res, struct err *err);
