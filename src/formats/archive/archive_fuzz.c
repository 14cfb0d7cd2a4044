#include "base/err.h"
#include "formats/archive/archive.h"
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static ssize_t give(void *context, char *at, size_t size, struct err *err)
{
    struct str *rest = context;
    size_t n = size < rest->len ? size : rest->len;

    (void)err;
    if (n > 0)
        memcpy(at, rest->ptr, n);
    *rest = str_drop(*rest, n);
    return (ssize_t)n;
}

/* Comes to an end within its limits, with a reason when not with a result. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct archive_limits limits = { .bytes = 1 << 20, .ratio = 100, .files = 1000 };
    struct str rest = { (const char *)data, size }, name;
    CLEANUP(archive_free_var) struct archive *archive = archive_new(give, &rest, &limits);
    struct err err = { 0 };
    uint64_t all = 0;
    ssize_t got = 0;
    char room[4096];
    int there;

    while ((there = archive_next(archive, &name, &err)) == 1) {
        while ((got = archive_read(archive, room, sizeof room, &err)) > 0)
            all += (uint64_t)got;
        if (got < 0)
            break;
    }
    if (all > limits.bytes || ((there < 0 || got < 0) && err.code == ERR_NONE))
        abort();
    return 0;
}
