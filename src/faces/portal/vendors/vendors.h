/* faces/portal/vendors/vendors.h: the dictionary: vendors, their products, and the entries about them; weaknesses likewise. */
#pragma once
#include "faces/http/http.h"

/* GET /vendors: by initial, by words, paged. Rule: VDB-06 */
bool portal_vendors(struct request *req, struct response *res, struct err *err);
/* GET /vendors/{id}. ERR_NOT_FOUND. Rule: VDB-06 */
bool portal_vendor(struct request *req, struct response *res, struct err *err);
/* GET /products/{id}. ERR_NOT_FOUND. Rule: VDB-06 */
bool portal_product(struct request *req, struct response *res, struct err *err);
/* GET /weaknesses/{id}: a number of CWE. ERR_NOT_FOUND. Rule: VDB-10 */
bool portal_weakness(struct request *req, struct response *res, struct err *err);
