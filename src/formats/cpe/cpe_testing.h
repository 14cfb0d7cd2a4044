/* formats/cpe/cpe_testing.h: what the tests of this room share. */
#pragma once
#include "formats/cpe/cpe.h"
#include "formats/testing.h"

static const char *const attributes[CPE_FIELDS] = {
    "part",     "vendor",     "product",   "version",   "update", "edition",
    "language", "sw_edition", "target_sw", "target_hw", "other",
};

static inline bool reads(struct str text, struct arena *arena, struct cpe *out)
{
    struct err err = { 0 };

    if (cpe_parse(text, arena, out, &err))
        return true;
    assert_int_equal(err.code, ERR_CPE_SYNTAX);
    return false;
}

static inline struct cpe parsed(struct str text, struct arena *arena)
{
    struct cpe cpe = { 0 };

    if (!reads(text, arena, &cpe))
        fail_msg("%.*s", STR_ARG(text));
    return cpe;
}

static inline bool same(const struct cpe *a, const struct cpe *b)
{
    for (size_t i = 0; i < CPE_FIELDS; i++)
        if (!str_eq(a->field[i], b->field[i]))
            return false;
    return true;
}
