/* base/err.h: what stops the work, and the way it travels up. Only a face puts it into words. */
#pragma once
#include "base/attr.h"
#include "base/str.h"

enum err_code {
    ERR_NONE,
#define ERR(code, http, exit, words) ERR_##code,
#include "base/errors.def"
#undef ERR
    ERR_COUNT
};

/* Fixed size: reporting a failure must not be able to fail. */
struct err {
    enum err_code code;
    int system;        /* errno, where a call of the system failed; 0: none did */
    unsigned line;     /* in the input, from 1; 0 where the input has no lines */
    char subject[160]; /* what it is about, cut at a character's end; may be shown to the user */
    char trail[240];   /* "cpe.c:31 < feeds.c:88"; for the log alone */
};

#define ERR_STRING_(x) #x
#define ERR_STRING(x)  ERR_STRING_(x)
#define HERE           __FILE__ ":" ERR_STRING(__LINE__)

/* Both are false, so that `return FAIL(...)` and `return PASS(err)` read as one thought. */
#define FAIL(err, code, subject) err_false(err_set((err), ERR_##code, (subject), HERE))
#define PASS(err)                err_false(err_pass((err), HERE))

/* For a call of the system that has just failed: errno says why. Also where false is not the answer. */
#define FAIL_IO(err, subject) err_false(err_set_io((err), (subject), HERE))

bool err_set_io(struct err *err, struct str subject, const char *where);
bool err_set(struct err *err, enum err_code code, struct str subject, const char *where);
bool err_pass(struct err *err, const char *where);
/* The same about a value in a line of the input: "what: value", of the value its start. what: short. Always false. */
bool err_set_value(struct err *err, enum err_code code, size_t line, const char *what,
                   struct str value, const char *where);

/* What both give back, said where the compiler and the analyser can see it. */
static inline bool err_false(bool told)
{
    (void)told;
    return false;
}

const char *err_name(enum err_code code); /* "CPE_SYNTAX" */
int err_http_status(enum err_code code);  /* 200 for ERR_NONE */
int err_exit_status(
    enum err_code code); /* sysexits: 64 usage, 65 data, 69 unavailable, 70 software, ... */
/* Why the system refused, for who may know of its files; NULL: nothing to say. A msgid. */
const char *err_reason(const struct err *err);
const char *err_words(enum err_code code); /* msgid; "{subject}" stands for err->subject */
