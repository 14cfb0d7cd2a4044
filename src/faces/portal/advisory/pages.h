/* faces/portal/advisory/pages.h: handlers of what was made at publication. No database: a path, its bytes. */
#pragma once
#include "faces/http/http.h"

/* The entry of the request's path in the public world, as it is. ERR_NOT_FOUND */
bool portal_document(struct request *req, struct response *res, struct err *err);
/* The list: as made at publication, or searched in memory when the query asks for something. */
bool portal_list(struct request *req, struct response *res, struct err *err);
bool portal_home(struct request *req, struct response *res, struct err *err);
