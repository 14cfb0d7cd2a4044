/* faces/http/respond.h: what a handler says. Each returns true, so that `return respond_html(res, html);` ends a handler. */
#pragma once
#include "faces/http/http.h"

/* A page, status 200 unless res->status was set before. */
bool respond_html(struct response *res, struct html html);
bool respond_text(struct response *res, struct str text);
bool respond_json(struct response *res, struct str json);
/* Bytes that outlive the answer (embedded, or mapped: then set res->release and res->owner). type: with its charset. */
bool respond_bytes(struct response *res, struct str bytes, struct str type, struct str etag,
                   struct str gzip);
bool respond_embedded(struct response *res, const struct embedded *file);
/* 303 to a path of ours, with its language prefix; anything else is a mistake of ours and goes to "/". Rule: C17 */
bool respond_redirect(struct response *res, struct str path);
/* For a `next` that came from outside: the path if it is one of ours, else fallback. Rule: C17 */
struct str local_path(struct str path, struct str fallback);
/* A file to be saved: octet-stream, sandboxed, name as RFC 6266 says. bytes lives as long as the request. Rule: C16 */
bool respond_download(struct response *res, struct str bytes, struct str name);
/* The same with a type that is safe to name, such as "application/json" or "text/csv; charset=utf-8". */
bool respond_attachment(struct response *res, struct str bytes, struct str name, struct str type);
/* An error for a person: its wording with its subject; of our own faults only that there is one. */
struct str respond_words(struct arena *arena, enum lang lang, const struct err *why);
/* RFC 9457 document of an error. detail comes from the error's fixed wording; no trail. */
bool respond_problem(struct response *res, const struct request *req, const struct err *why);

/* Copies the value. A CR, LF, NUL or other control character in it is a mistake of ours: the header is left out, and that is logged. Rule: C47 */
void response_header(struct response *res, const char *name, struct str value);
/* name must start with "__Host-": Secure; HttpOnly; SameSite=Lax; Path=/. max_age 0: ends with the browser. Rule: C14 */
void response_cookie(struct response *res, const char *name, struct str value,
                     int64_t max_age_seconds);
void response_cookie_end(struct response *res, const char *name);
