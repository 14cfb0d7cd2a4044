/* faces/api/myjvn/contents.h: where JVN iPedia's own addresses lead. For this folder alone. */
#pragma once
#include "domain/myjvn/items.h"
#include "faces/http/http.h"

bool myjvn_contents(struct request *req, struct response *res, struct err *err);
/* /cvesearch?cveId=CVE-… */
bool myjvn_cve_search(struct request *req, struct response *res, struct err *err);
