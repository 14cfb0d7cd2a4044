/* formats/testing.h: what the tests of this floor share: data that lies beside the source, and golden files. */
#pragma once
#include "base/buf.h"
#include "base/err.h"
#include "base/fs.h"
#include <setjmp.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <zstd.h>

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
        struct str path =
            i < COUNT(beside)
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

/* The same of a file that zstd packed. */
static inline struct str testing_read_zst(struct arena *arena, const char *path)
{
    struct str packed = testing_read(arena, path);
    ZSTD_inBuffer in = { packed.ptr, packed.len, 0 };
    ZSTD_DCtx *context = ZSTD_createDCtx();
    struct buf buf = buf_new(arena, TESTING_ARENA);
    static char bytes[1 << 16];
    size_t left = 1;

    while (left > 0 && in.pos < in.size) {
        ZSTD_outBuffer out = { bytes, sizeof bytes, 0 };

        left = ZSTD_decompressStream(context, &out, &in);
        if (ZSTD_isError(left))
            fail_msg("%s: %s", path, ZSTD_getErrorName(left));
        buf_add(&buf, (struct str){ bytes, out.pos });
    }
    ZSTD_freeDCtx(context);
    return buf_str(&buf);
}

/* The text must be that of testdata/NAME; with RENEW=1 in the environment the file is written instead. */
static inline void testing_golden(struct arena *arena, struct str here, const char *name,
                                  struct str text)
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

/* Runs a program from the PATH on this machine; its exit status, or -1 when there is none of that name. */
static inline int testing_run(const char *const argv[])
{
    extern char **environ;
    pid_t pid;
    int status = 0;

    if (posix_spawnp(&pid, argv[0], NULL, NULL, (char *const *)argv, environ) != 0)
        return -1;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    return WIFEXITED(status) && WEXITSTATUS(status) != 127 ? WEXITSTATUS(status) : -1;
}

/* Validates a document with xmllint: the namespaces of schema_imports ("namespace file" pairs, ended by NULL) are
 * imported from the data set's folder. Says whether it could: false, with a message, without xmllint or the schemas. */
static inline bool testing_is_valid_xml(struct arena *arena, const char *const schema_imports[],
                                        struct str document, bool *is_valid)
{
    const char *folder = testing_data(arena, "jvn/myjvn-np/schemas-hnd");
    const char *const version[] = { "xmllint", "--noout", "--version", NULL };
    struct buf schema = buf_new(arena, 1 << 16);
    char name[] = "/tmp/noroshi-test-XXXXXX";
    const char *schema_path, *document_path;
    struct err err = { 0 };
    char *real;

    if (!folder || testing_run(version) == -1) {
        print_message("skipped: no schemas or no xmllint\n");
        return false;
    }
    real = realpath(folder, NULL);
    buf_add_z(&schema, "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\">");
    for (size_t i = 0; schema_imports[i]; i += 2)
        buf_printf(&schema, "<xs:import namespace=\"%s\" schemaLocation=\"%s/%s\"/>",
                   schema_imports[i], real, schema_imports[i + 1]);
    buf_add_z(&schema, "</xs:schema>");
    free(real);

    assert_non_null(mkdtemp(name));
    schema_path = arena_z(arena, arena_printf(arena, "%s/schema.xsd", name));
    document_path = arena_z(arena, arena_printf(arena, "%s/document.xml", name));
    assert_true(fs_write_whole(schema_path, buf_str(&schema), 0600, &err));
    assert_true(fs_write_whole(document_path, document, 0600, &err));
    *is_valid = testing_run((const char *const[]){ "xmllint", "--nonet", "--noout", "--schema",
                                                   schema_path, document_path, NULL }) == 0;
    remove(schema_path);
    remove(document_path);
    remove(name);
    return true;
}

/* The schemas know mod_sec by its newer name; JVNRSS feeds keep the old one. */
static inline struct str testing_new_mod_sec(struct arena *arena, struct str text)
{
    struct str old = STR("http://jvn.jp/rss/mod_sec/");
    size_t i = str_index_str(text, old) + old.len;

    return arena_printf(arena, "%.*s3.0/%.*s", STR_ARG(str_take(text, i)),
                        STR_ARG(str_drop(text, i)));
}
