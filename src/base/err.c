#include "base/err.h"

#include <stdio.h>
#include <string.h>

#include "base/tr.h"

static const struct {
    const char *name;
    int http, exit;
    const char *words;
} errors[ERR_COUNT] = {
    [ERR_NONE] = { "NONE", 200, 0, "" },
#define ERR(code, http, exit, words) [ERR_##code] = { #code, http, exit, words },
#include "base/errors.def"
#undef ERR
};

/* The longest start of s that fits and does not end within a UTF-8 character. */
static size_t whole_characters(struct str s, size_t room)
{
    size_t n = s.len;

    if (n <= room)
        return n;
    n = room;
    while (n > 0 && ((unsigned char)s.ptr[n] & 0xc0) == 0x80)
        n--;
    return n;
}

/* "../src/formats/cpe/cpe.c:31" is "cpe.c:31" in the trail. */
static const char *file_name(const char *where)
{
    const char *slash = strrchr(where, '/');

    return slash ? slash + 1 : where;
}

bool err_set(struct err *err, enum err_code code, struct str subject, const char *where)
{
    size_t len = whole_characters(subject, sizeof err->subject - 1);

    err->code = code;
    err->line = 0;
    if (len > 0)
        memmove(err->subject, subject.ptr,
                len); /* the subject may be an earlier one of the same err */
    err->subject[len] = '\0';
    snprintf(err->trail, sizeof err->trail, "%s", file_name(where));
    return false;
}

bool err_set_value(struct err *err, enum err_code code, size_t line, const char *what,
                   struct str value, const char *where)
{
    enum { VALUE_SHOWN = 60 };
    char text[sizeof err->subject + VALUE_SHOWN];
    int len = snprintf(text, sizeof text, "%s%s%.*s", what, value.len > 0 ? ": " : "",
                       (int)whole_characters(value, VALUE_SHOWN), value.len > 0 ? value.ptr : "");
    size_t most = sizeof text - 1;

    (void)err_set(err, code, (struct str){ text, (size_t)len < most ? (size_t)len : most }, where);
    err->line = (unsigned)line;
    return false;
}

bool err_pass(struct err *err, const char *where)
{
    size_t len = strlen(err->trail);

    snprintf(err->trail + len, sizeof err->trail - len, " < %s", file_name(where));
    return false;
}

static enum err_code known(enum err_code code)
{
    return (unsigned)code < ERR_COUNT ? code : ERR_BUG;
}

const char *err_name(enum err_code code) { return errors[known(code)].name; }

int err_http_status(enum err_code code) { return errors[known(code)].http; }

int err_exit_status(enum err_code code) { return errors[known(code)].exit; }

const char *err_words(enum err_code code) { return errors[known(code)].words; }
