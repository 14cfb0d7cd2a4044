/*
 * base/library.h: a library that few roles need, loaded when they start. What the program is linked with is loaded for every command, and
 * with all that they need in turn two of ours cost most of a command's start. Such a library's name stands in the program as text, where
 * tools/sbom.py finds it.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>

#include "base/attr.h"

struct err;

/* A function, and where in the caller's table its address goes. */
struct library_call {
    const char *name;
    size_t offset;
};
/* file: its soname ("libcurl.so.4"). It stays until the process ends; asked for again it is only looked up, as a confined process may. ERR_LIBRARY */
MUST_CHECK bool library_load(const char *file, const struct library_call *calls, size_t count,
                             void *table, struct err *err);
