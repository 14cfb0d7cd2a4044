/* formats/version/version_testing.h: what the tests of this room share. */
#pragma once
#include "base/vec.h"
#include "formats/testing.h"
#include "formats/version/version.h"

static inline int sign(int n) { return (n > 0) - (n < 0); }

/* The order of two keys, or that of the texts where one of them has none. */
static inline int compare_keys(enum version_scheme scheme, struct str a, struct str b)
{
    unsigned char keys[2][VERSION_KEY_MAX];
    size_t len_a = version_key(scheme, a, keys[0]), len_b = version_key(scheme, b, keys[1]);

    if (len_a == 0 || len_b == 0)
        return sign(version_compare(scheme, a, b));
    return sign(
        str_cmp((struct str){ (char *)keys[0], len_a }, (struct str){ (char *)keys[1], len_b }));
}

/* What every two texts must keep to, whatever they are; gives their order. */
static inline int checked_order(enum version_scheme scheme, struct str a, struct str b)
{
    int order = sign(version_compare(scheme, a, b));

    if (order != -sign(version_compare(scheme, b, a)))
        fail_msg("%.*s: \"%.*s\" and \"%.*s\" have two orders",
                 STR_ARG(version_scheme_name(scheme)), STR_ARG(a), STR_ARG(b));
    if (order != compare_keys(scheme, a, b))
        fail_msg("%.*s: the keys of \"%.*s\" and \"%.*s\" have another order",
                 STR_ARG(version_scheme_name(scheme)), STR_ARG(a), STR_ARG(b));
    return order;
}
