#include "base/err.h"
#include "formats/packages/packages.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool ok, const struct packages *packages, const struct err *err)
{
    if (!ok && err->code == ERR_NONE)
        abort();
    for (size_t i = 0; ok && i < packages->edges.len; i++)
        if (packages->edges.at[i].from >= packages->list.len ||
            packages->edges.at[i].to >= packages->list.len)
            abort();
}

/* The first line chooses a table's columns. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static bool (*const readers[])(struct str, struct arena *, struct packages *, struct err *) = {
        packages_read_dpkg_status,   packages_read_dpkg_list,    packages_read_rpm,
        packages_read_rpm_manifest,  packages_read_apk_status,   packages_read_apk_list,
        packages_read_npm_lock,      packages_read_npm_package,  packages_read_pip,
        packages_read_python,        packages_read_nuget_props,  packages_read_names,
        packages_read_cargo_lock,    packages_read_gemfile_lock, packages_read_go_mod,
        packages_read_composer_lock,
    };
    CLEANUP(arena_free_var) struct arena *arena = arena_new(512 << 20);
    struct str text = { (const char *)data, size }, columns = STR_NONE;
    struct os_release os;

    if (!str_is_utf8(text))
        return 0;
    for (size_t i = 0; i < COUNT(readers); i++) {
        struct packages packages = { 0 };
        struct err err = { 0 };

        check(readers[i](text, arena, &packages, &err), &packages, &err);
    }
    for (size_t i = 0; i < 2; i++) {
        struct packages packages = { 0 };
        struct err err = { 0 };

        check(packages_read_table(text, columns, arena, &packages, &err), &packages, &err);
        if (!str_split(&text, '\n', &columns))
            break;
    }
    (void)packages_read_os_release(text, arena, &os, &(struct err){ 0 });
    return 0;
}
