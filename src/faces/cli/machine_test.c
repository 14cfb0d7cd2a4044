#include "base/testing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/fs.h"
#include "faces/cli/machine.h"

struct scene {
    struct arena *arena;
    const char *root;
};

static int setup(void **state)
{
    static struct scene scene;
    char folder[] = "/tmp/noroshi-machine-XXXXXX";

    scene.arena = arena_new(64 << 20);
    assert_non_null(mkdtemp(folder));
    scene.root = arena_z(scene.arena, str_from_z(folder));
    *state = &scene;
    return 0;
}

static int teardown(void **state)
{
    struct scene *scene = *state;

    assert_true(strlen(scene->root) > 10);
    arena_free(scene->arena);
    return 0;
}

static void put(const struct scene *scene, const char *path, const char *text)
{
    const char *whole =
        arena_z(scene->arena, arena_printf(scene->arena, "%s/%s", scene->root, path));
    const char *slash = strrchr(whole, '/');
    struct err err = { 0 };

    assert_true(fs_make_folder(
        arena_z(scene->arena, (struct str){ whole, (size_t)(slash - whole) }), 0755, &err));
    assert_true(fs_write_whole(whole, str_from_z(text), 0644, &err));
}

static struct inventory gather(const struct scene *scene)
{
    struct inventory_files files = { 0 };
    struct inventory inventory;
    struct err err = { 0 };

    assert_true(machine_gather(scene->root, scene->arena, &files, &err));
    assert_true(inventory_read_files(&files, NULL, scene->arena, &inventory, &err));
    return inventory;
}

static struct str printed(const struct scene *scene, const struct inventory *inventory)
{
    struct buf buf = buf_new(scene->arena, 1 << 16);

    for (size_t i = 0; i < inventory->components.len; i++)
        buf_printf(&buf, "%.*s %.*s\n", STR_ARG(inventory->components.at[i].purl),
                   STR_ARG(inventory->components.at[i].path));
    for (size_t i = 0; i < inventory->problems.len; i++)
        buf_printf(&buf, "! %.*s: %.*s\n", STR_ARG(inventory->problems.at[i].where),
                   STR_ARG(inventory->problems.at[i].what));
    return buf_str(&buf);
}

/* USR-15: what is installed, by the databases of the system and of the languages; once. */
static void machine_gather__finds_what_is_installed(void **state)
{
    const struct scene *scene = *state;
    struct inventory got;

    put(scene, "usr/lib/os-release", "ID=debian\nVERSION_ID=12\n");
    put(scene, "etc/x", "");
    assert_int_equal(symlink("/usr/lib/os-release",
                             arena_z(scene->arena,
                                     arena_printf(scene->arena, "%s/etc/os-release", scene->root))),
                     0);
    put(scene, "var/lib/dpkg/status", "Package: bash\nStatus: install ok installed\nVersion: 5\n");
    put(scene, "var/lib/dpkg/status.d/tzdata", "Package: tzdata\nVersion: 2024a\n");
    put(scene, "var/lib/dpkg/status.d/tzdata.md5sums", "0 x\n");
    put(scene, "var/lib/rpm/Packages", "x");
    put(scene, "srv/app/node_modules/@s/a/package.json",
        "{\"name\":\"@s/a\",\"version\":\"1.0.0\"}");
    put(scene, "srv/app/node_modules/b/package.json", "{\"name\":\"b\",\"version\":\"2.0.0\"}");
    put(scene, "srv/app/node_modules/b/lib/package.json",
        "{\"name\":\"inner\",\"version\":\"2.0.0\"}");
    put(scene, "srv/app/package-lock.json", "{");
    put(scene, "usr/lib/python3/dist-packages/Own-1.dist-info/METADATA", "Name: Own\nVersion: 1\n");
    put(scene, "usr/lib/python3/dist-packages/Pip-1.dist-info/METADATA", "Name: Pip\nVersion: 1\n");
    put(scene, "usr/lib/python3/dist-packages/Pip-1.dist-info/INSTALLER", "pip\n");
    put(scene, "opt/venv/lib/python3/site-packages/Old-2.egg-info/PKG-INFO",
        "Name: Old\nVersion: 2\n");
    put(scene, "proc/node_modules/no/package.json", "{\"name\":\"no\",\"version\":\"2.0.0\"}");
    got = gather(scene);
    assert_str(got.os.version, "12");
    assert_str(
        printed(scene, &got),
        "pkg:deb/debian/bash@5?distro=debian-12 /var/lib/dpkg/status\n"
        "pkg:deb/debian/tzdata@2024a?distro=debian-12 /var/lib/dpkg/status.d/tzdata\n"
        "pkg:pypi/old@2 /opt/venv/lib/python3/site-packages/Old-2.egg-info/PKG-INFO\n"
        "pkg:npm/%40s/a@1.0.0 /srv/app/node_modules/@s/a/package.json\n"
        "pkg:npm/b@2.0.0 /srv/app/node_modules/b/package.json\n"
        "pkg:pypi/pip@1 /usr/lib/python3/dist-packages/Pip-1.dist-info/METADATA\n"
        "! /var/lib/rpm/Packages: Only the program rpm reads this database; give its list instead: rpm -qa.\n");
}

static void machine_gather__takes_a_project_by_its_lists(void **state)
{
    const struct scene *scene = *state;
    struct inventory got;

    put(scene, "package-lock.json",
        "{\"lockfileVersion\":3,\"packages\":{\"node_modules/a\":{\"version\":\"1.0.0\"}}}");
    put(scene, "node_modules/a/package.json", "{\"name\":\"a\",\"version\":\"1.0.0\"}");
    put(scene, "dev/requirements.txt", "x==1\n");
    got = gather(scene);
    assert_str(printed(scene, &got),
               "pkg:pypi/x@1 /dev/requirements.txt\npkg:npm/a@1.0.0 node_modules/a\n");
}

/* A link leads to the root's own files, never out of it; a pipe does not hold us up. */
static void machine_gather__stays_inside(void **state)
{
    const struct scene *scene = *state;
    struct inventory got;

    put(scene, "var/lib/dpkg/x", "");
    put(scene, "srv/node_modules/x", "");
    assert_int_equal(
        symlink("/etc/passwd",
                arena_z(scene->arena,
                        arena_printf(scene->arena, "%s/var/lib/dpkg/status", scene->root))),
        0);
    assert_int_equal(symlink("/usr", arena_z(scene->arena, arena_printf(scene->arena, "%s/srv/usr",
                                                                        scene->root))),
                     0);
    assert_int_equal(mkdir(arena_z(scene->arena, arena_printf(scene->arena, "%s/srv/node_modules/p",
                                                              scene->root)),
                           0755),
                     0);
    assert_int_equal(mkfifo(arena_z(scene->arena,
                                    arena_printf(scene->arena, "%s/srv/node_modules/p/package.json",
                                                 scene->root)),
                            0644),
                     0);
    got = gather(scene);
    assert_str(printed(scene, &got), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(machine_gather__finds_what_is_installed, setup, teardown),
        cmocka_unit_test_setup_teardown(machine_gather__takes_a_project_by_its_lists, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(machine_gather__stays_inside, setup, teardown),
    };

    return cmocka_run_group_tests_name("machine", tests, NULL, NULL);
}
