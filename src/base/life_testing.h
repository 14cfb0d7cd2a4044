/* base/life_testing.h: a life's diagram in docs/lives is printed from its table; RENEW=1 writes it anew. For tests. */
#pragma once
#include "base/testing.h"

#include "base/err.h"
#include "base/fs.h"
#include "base/life.h"
#include <stdlib.h>

static inline void assert_document_is_current(struct arena *arena, const char *name,
                                              struct str diagram)
{
    const char *root = getenv("NOROSHI_SOURCE_ROOT"), *path;
    struct err err = { 0 };
    struct str text, kept;

    assert_non_null(root);
    path = arena_z(arena, arena_printf(arena, "%s/docs/lives/%s.md", root, name));
    text = arena_printf(
        arena, "# %s\n\nPrinted from the table of moves; do not edit.\n\n```mermaid\n%.*s```\n",
        name, STR_ARG(diagram));
    if (getenv("RENEW"))
        assert_true(fs_write_whole(path, text, 0644, &err));
    if (!fs_read_whole(path, 1 << 20, arena, &kept, &err))
        fail_msg("%s is missing: run the test once with RENEW=1", path);
    if (!str_eq(text, kept))
        fail_msg(
            "%s is not what the table says: run the test once with RENEW=1 and look at the difference",
            path);
}

static inline void assert_diagram_is_current(const struct life *life)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(4 << 20);
    struct err err = { 0 };
    struct str diagram;

    if (!life_diagram(life, arena, &diagram, &err))
        fail_msg("%s", err.subject);
    assert_document_is_current(arena, life->name, diagram);
}
