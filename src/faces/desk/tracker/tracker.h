/* faces/desk/tracker/tracker.h: answers to a developer's program. For this folder. */
#pragma once
#include "faces/desk/casework/scene.h"
#include "formats/json/json.h"

#define TRACKER_PATH "/api/v1/developer"
enum { TRACKER_PAGE = 50, TRACKER_PAGE_MAX = 200, TRACKER_ANSWER_MAX = 4 << 20 };

/* Only these may stand in the query (C24); names ends with NULL. ERR_BAD_REQUEST names another one. */
MUST_CHECK bool tracker_query(const struct request *req, const char *const *names, struct err *err);
/* A whole number of the query; fallback when it is not there. ERR_BAD_REQUEST */
MUST_CHECK bool tracker_number(const struct request *req, const char *name, int64_t max,
                               int64_t fallback, int64_t *out, struct err *err);
MUST_CHECK bool tracker_send(struct response *res, struct buf *buf, struct err *err);
/* An instant as UTC; left out when there is none. */
void tracker_put_time(struct json_writer *w, const char *key, struct utc at);

/* The case as its page shows it, without words of a language, and what it is known by: *etag changes when anything of it does. */
MUST_CHECK bool tracker_case(struct request *req, struct scene *s, struct str *json,
                             struct str *etag, struct err *err);

bool tracker_list(struct request *req, struct response *res, struct err *err);
bool tracker_show(struct request *req, struct response *res, struct err *err);
bool tracker_changes(struct request *req, struct response *res, struct err *err);
bool tracker_messages(struct request *req, struct response *res, struct err *err);
bool tracker_files(struct request *req, struct response *res, struct err *err);
bool tracker_describe_get(struct request *req, struct response *res, struct err *err);

/* The interface as OpenAPI 3.1, printed from its routes; one that is not known here is ERR_BUG. */
MUST_CHECK bool tracker_describe(const struct route_list *routes, struct str desk_url,
                                 struct arena *arena, struct str *out, struct err *err);
