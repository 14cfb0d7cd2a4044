/* faces/api/myjvn/feeds.h: JVN's feed files at the addresses of JVN iPedia, and a feed of any search. For this folder alone. */
#pragma once
#include "faces/http/http.h"

/* What the desk's world has finished (domain/myjvn/files.h). Rule: VDB-05 */
bool myjvn_file(struct request *req, struct response *res, struct err *err);
/* The last MYJVN_UPDATED_MAX that changed of what the parameters of getVulnOverviewList name, whatever their dates unless those are asked for: what a reader
 * subscribes to for a vendor (vendorId), a product (productId, cpeName), or words. Rule: VDB-05 */
bool myjvn_search_feed(struct request *req, struct response *res, struct err *err);
