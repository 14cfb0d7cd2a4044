#include "faces/cli/pages.h"

#include "base/err.h"
#include "faces/cli/tree.h"
#include "store/generation.h"

enum { TRIES = 5 };

struct copying {
    const char *from, *to;
    struct arena *arena;
};

static bool copy_one(const struct copying *c, const char *name, bool *found, struct err *err)
{
    return file_copy(path_in(c->arena, c->from, str_from_z(name)),
                     path_in(c->arena, c->to, str_from_z(name)), c->arena, found, err)
               ? true
               : PASS(err);
}

static bool copy_segments(const struct copying *c, const struct manifest *manifest, bool *whole,
                          struct err *err)
{
    *whole = true;
    for (size_t i = 0; *whole && i < manifest->segments.len; i++)
        if (!copy_one(c, manifest->segments.at[i].z, whole, err))
            return PASS(err);
    return true;
}

/* Segments that were merged away meanwhile make us begin anew. */
bool pages_copy(const char *from, const char *to, struct arena *arena, struct err *err)
{
    struct copying c = { from, to, arena };
    bool found, whole = false;

    for (int i = 0; i < TRIES && !whole; i++) {
        struct manifest manifest;

        if (!manifest_load(from, arena, &manifest, &found, err))
            return PASS(err);
        if (!found)
            return true;
        if (!copy_one(&c, "current", &found, err) || !copy_segments(&c, &manifest, &whole, err))
            return PASS(err);
    }
    return whole ? true : FAIL(err, UNAVAILABLE, STR("a quiet moment"));
}
