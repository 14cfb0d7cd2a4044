/* formats/drip_testing.h: bytes that come in steps of a few, as from a slow pipe. For tests and fuzz targets of readers of streams. */
#pragma once
#include "base/str.h"
#include <string.h>
#include <sys/types.h>

struct err;

struct drip {
    struct str rest;
    size_t step;
};

static inline ssize_t drip(void *context, char *at, size_t size, struct err *err)
{
    struct drip *stream = context;
    size_t n = stream->step < size ? stream->step : size;

    (void)err;
    if (n > stream->rest.len)
        n = stream->rest.len;
    if (n > 0)
        memcpy(at, stream->rest.ptr, n);
    stream->rest = str_drop(stream->rest, n);
    return (ssize_t)n;
}
