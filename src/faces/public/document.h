/* faces/public/document.h: finished documents out of the public world: the pages and feeds of advisories, and JVN's feed files (domain/myjvn/files.h). */
#pragma once
#include "faces/http/http.h"

/* With its ETag, its time and its packed form; what is mapped stays so until the answer has been sent. False when there is nothing at the request's path. */
bool public_document(struct request *req, struct response *res);
