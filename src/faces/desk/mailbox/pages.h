/* faces/desk/mailbox/pages.h: the pages of this folder. */
#pragma once
#include "faces/http/http.h"

bool mailbox_show(struct request *req, struct response *res, struct err *err);
bool mailbox_open(struct request *req, struct response *res, struct err *err);
bool mailbox_renewal(struct request *req, struct response *res, struct err *err);
bool mailbox_renew(struct request *req, struct response *res, struct err *err);
bool mailbox_case(struct request *req, struct response *res, struct err *err);
bool mailbox_say(struct request *req, struct response *res, struct err *err);
bool mailbox_consult(struct request *req, struct response *res, struct err *err);
bool mailbox_answer_direct(struct request *req, struct response *res, struct err *err);
bool mailbox_say_direct(struct request *req, struct response *res, struct err *err);
bool mailbox_send_files(struct request *req, struct response *res, struct err *err);
bool mailbox_observed(struct request *req, struct response *res, struct err *err);
bool mailbox_withdrawal(struct request *req, struct response *res, struct err *err);
bool mailbox_receipt(struct request *req, struct response *res, struct err *err);
bool mailbox_report(struct request *req, struct response *res, struct err *err);
bool mailbox_file(struct request *req, struct response *res, struct err *err);
