/* faces/desk/operator/pages.h: the pages of this folder. */
#pragma once
#include "faces/http/http.h"

bool operator_door(struct request *req, struct response *res, struct err *err);
bool operator_enter(struct request *req, struct response *res, struct err *err);
bool operator_show(struct request *req, struct response *res, struct err *err);
bool operator_file(struct request *req, struct response *res, struct err *err);
bool operator_contact(struct request *req, struct response *res, struct err *err);
bool operator_encryption(struct request *req, struct response *res, struct err *err);
bool operator_receipt(struct request *req, struct response *res, struct err *err);
bool operator_result(struct request *req, struct response *res, struct err *err);
bool operator_estimates(struct request *req, struct response *res, struct err *err);
bool operator_fixed(struct request *req, struct response *res, struct err *err);
bool operator_integrator(struct request *req, struct response *res, struct err *err);
bool operator_integrator_receipt(struct request *req, struct response *res, struct err *err);
bool operator_ordinance(struct request *req, struct response *res, struct err *err);
bool operator_direct(struct request *req, struct response *res, struct err *err);
bool operator_say(struct request *req, struct response *res, struct err *err);
bool operator_say_finder(struct request *req, struct response *res, struct err *err);
