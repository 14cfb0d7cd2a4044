/* faces/desk/statistics/pages.h: the pages of this folder. */
#pragma once
#include "faces/http/http.h"

bool statistics_index(struct request *req, struct response *res, struct err *err);
bool statistics_show(struct request *req, struct response *res, struct err *err);
bool statistics_propose(struct request *req, struct response *res, struct err *err);
bool statistics_approve(struct request *req, struct response *res, struct err *err);
