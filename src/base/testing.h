/* base/testing.h: what a *_test.c includes instead of cmocka.h. Nothing of it is in the program. */
#pragma once
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/err.h"
#include "base/str.h"

#define assert_str(got, want) testing_str((got), (want), __FILE__, __LINE__)

static inline void testing_str(struct str got, const char *want, const char *file, int line)
{
    if (str_eq_z(got, want))
        return;
    print_error("got:  \"%.*s\"\nwant: \"%s\"\n", STR_ARG(got), want);
    _fail(file, line);
}
