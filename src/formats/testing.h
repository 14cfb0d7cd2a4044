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

/* The folder of the test that asks, from the root of the source, where tests run; with a '/' at its end. */
#define TESTING_HERE testing_folder(__FILE__)

static inline struct str testing_folder(const char *file)
{
    struct str path = str_from_z(file);

    path = str_drop(path, str_index_str(path, STR("src/formats/")));
    while (path.len > 0 && path.ptr[path.len - 1] != '/')
        path.len--;
    return path;
}

/* Path of a file or folder of the data sets (NOROSHI_DATA, or shared/data beside the source); NULL, with a message, when
 * this machine does not have them: the test then says that it is skipped. */
static inline const char *testing_data(struct arena *arena, const char *name)
{
    const char *const folders[] = { getenv("NOROSHI_DATA"), "../shared/data", "../../shared/data" };

    for (size_t i = 0; i < COUNT(folders); i++) {
        const char *path = arena_z(arena, arena_printf(arena, "%s/%s", folders[i] ? folders[i] : ".", name));

        if (fs_exists(path))
            return path;
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
