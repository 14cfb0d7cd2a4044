/* base/num.h: sums that tell when they overflow. */
#pragma once
#include "base/attr.h"
#include <stdbool.h>
#include <stddef.h>

MUST_CHECK static inline bool num_add(size_t a, size_t b, size_t *out)
{
    return !__builtin_add_overflow(a, b, out);
}

MUST_CHECK static inline bool num_mul(size_t a, size_t b, size_t *out)
{
    return !__builtin_mul_overflow(a, b, out);
}
