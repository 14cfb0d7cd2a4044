/* base/log.h: one line an event, key=value, on standard error. Never a title, a person, a text or a secret (conventions 11). */
#pragma once
#include "base/attr.h"
#include "base/str.h"

struct err;

/* Values are encoded: blanks, quotes and control characters cannot forge a line or a key. */
struct log_field {
    const char *key;
    struct str value;
};
#define LOG_FIELDS(...)                        \
    (const struct log_field[]){ __VA_ARGS__ }, \
        sizeof((const struct log_field[]){ __VA_ARGS__ }) / sizeof(struct log_field)

void log_role(const char *role); /* set once by the process before its first line */
void log_event(const char *event, const struct log_field *fields, size_t count);
#define LOG(event, ...) log_event((event), LOG_FIELDS(__VA_ARGS__))
void log_plain(const char *event);

/* event=... error=CODE trail="..."; the subject is not logged. request: may be STR_NONE */
void log_error(const char *event, struct str request, const struct err *err);
