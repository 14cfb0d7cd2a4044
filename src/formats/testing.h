/* formats/testing.h: what the tests of this floor share: data that lies beside the source, and golden files. */
#pragma once
#include "base/err.h"
#include "base/fs.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

enum { TESTING_ARENA = 512 << 20, TESTING_FILE = 32 << 20 };

/* The root of the source as the compiler saw it, with a '/' at its end: tests run in the build folder. */
static inline struct str testing_root(const char *file)
{
    return str_take(str_from_z(file), str_index_str(str_from_z(file), STR("src/formats/")));
}

/* The folder of the test that asks, with a '/' at its end. */
#define TESTING_HERE testing_folder(__FILE__)

static inline struct str testing_folder(const char *file)
{
    struct str path = str_from_z(file);

    while (path.len > 0 && path.ptr[path.len - 1] != '/')
        path.len--;
    return path;
}

/* Path of a file or folder of the data sets (NOROSHI_DATA, or shared/data beside the source); NULL, with a message, when
 * this machine does not have them: the test then says that it is skipped. */
static inline const char *testing_data(struct arena *arena, const char *name)
{
    static const char *const beside[] = { "../shared/data", "../../shared/data" };
    const char *set = getenv("NOROSHI_DATA");

    for (size_t i = 0; i <= COUNT(beside); i++) {
        struct str path = i < COUNT(beside)
                              ? arena_printf(arena, "%.*s%s/%s", STR_ARG(testing_root(__FILE__)), beside[i], name)
                              : arena_printf(arena, "%s/%s", set ? set : ".", name);

        if (fs_exists(arena_z(arena, path)))
            return arena_z(arena, path);
    }
    print_message("skipped: the data set %s is not on this machine\n", name);
    return NULL;
}

static inline struct str testing_read(struct arena *arena, const char *path)
{
    struct err err = { 0 };
    struct str text = STR_NONE;

    if (!fs_read_whole(path, TESTING_FILE, arena, &text, &err))
        fail_msg("%s: %s", path, err.subject);
    return text;
}

/* The text must be that of testdata/NAME; with RENEW=1 in the environment the file is written instead. */
static inline void testing_golden(struct arena *arena, struct str here, const char *name, struct str text)
{
    const char *path = arena_z(arena, arena_printf(arena, "%.*stestdata/%s", STR_ARG(here), name));
    struct err err = { 0 };
    struct str want;

    if (getenv("RENEW")) {
        assert_true(fs_write_whole(path, text, 0644, &err));
        return;
    }
    want = testing_read(arena, path);
    if (!str_eq(want, text))
        fail_msg("%s differs from:\n%.*s", path, STR_ARG(text));
}
