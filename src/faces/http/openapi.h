/* faces/http/openapi.h: small words of an OpenAPI document, for the interfaces that describe themselves from their routes. */
#pragma once
#include "faces/http/http.h"
#include "formats/json/json.h"

void describe_begin(struct json_writer *w, const char *key); /* a key and its object */
/* An answer whose content is described among the components. */
void describe_answer(struct json_writer *w, const char *status, const char *words,
                     const char *media, const char *component);

/* A schema of one type: "schema": {"type": "string"} */
void describe_type(struct json_writer *w, const char *key, const char *type);
/* A parameter; words may be "". */
void describe_parameter(struct json_writer *w, const char *name, const char *place,
                        const char *type, struct str words);
void describe_path_parameters(struct json_writer *w, const struct route *route);
