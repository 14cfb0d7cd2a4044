#include "base/err.h"

#include <errno.h>
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
    err->system = 0;
    err->line = 0;
    if (len > 0)
        memmove(err->subject, subject.ptr,
                len); /* the subject may be an earlier one of the same err */
    err->subject[len] = '\0';
    snprintf(err->trail, sizeof err->trail, "%s", file_name(where));
    return false;
}

bool err_set_io(struct err *err, struct str subject, const char *where)
{
    int system = errno;

    (void)err_set(err, ERR_IO, subject, where);
    err->system = system;
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

const char *err_reason(const struct err *err)
{
    static const struct {
        int system;
        const char *words;
    } reasons[] = {
        { ENOENT, N_("there is no such file or folder") },
        { EACCES, N_("this user may not") },
        { EPERM, N_("this user may not") },
        { EEXIST, N_("there is one already") },
        { EISDIR, N_("it is a folder") },
        { ENOTDIR, N_("a part of the path is no folder") },
        { ENOTEMPTY, N_("the folder is not empty") },
        { ELOOP, N_("it is a link, or links go round") },
        { ENAMETOOLONG, N_("the name is too long") },
        { ENOSPC, N_("the disk is full") },
        { EDQUOT, N_("this user's share of the disk is used up") },
        { EFBIG, N_("the file would be too large") },
        { EROFS, N_("the disk is read-only") },
        { EMFILE, N_("too many files are open") },
        { ENFILE, N_("too many files are open") },
        { ENOMEM, N_("there is no memory left") },
        { EPIPE, N_("the other end is closed") },
        { EIO, N_("the disk reports an error") },
    };

    for (size_t i = 0; i < COUNT(reasons); i++)
        if (reasons[i].system == err->system)
            return reasons[i].words;
    return NULL;
}

const char *err_words(enum err_code code) { return errors[known(code)].words; }
