#include "base/fs.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/testing.h"

enum { MAX = 1 << 20 };

static char folder[64];

static int make_folder(void **state)
{
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/noroshi-fs-XXXXXX");
    return mkdtemp(folder) ? 0 : -1;
}

static int entries(const char *path)
{
    DIR *dir = opendir(path);
    int count = 0;

    assert_non_null(dir);
    while (readdir(dir))
        count++;
    closedir(dir);
    return count - 2;
}

static void fs__a_file_appears_whole_and_alone(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(MAX);
    const char *path = arena_z(arena, arena_printf(arena, "%s/a/b/c", folder));
    const char *parent = arena_z(arena, arena_printf(arena, "%s/a/b", folder));
    struct err err = { 0 };
    struct stat stat_;
    struct str bytes;
    (void)state;

    assert_false(fs_write_whole(path, STR("x"), 0600, &err));
    assert_int_equal(err.code, ERR_IO);
    assert_true(fs_make_folder(parent, 0700, &err));
    assert_true(fs_make_folder(parent, 0700, &err));
    assert_true(fs_write_whole(path, STR("first"), 0600, &err));
    assert_true(fs_write_whole(path, STR("se\0cond"), 0644, &err));
    assert_int_equal(stat(path, &stat_), 0);
    assert_int_equal(stat_.st_mode & 07777, 0644);
    assert_true(fs_read_whole(path, 7, arena, &bytes, &err));
    assert_true(str_eq(bytes, STR("se\0cond")));
    assert_int_equal(entries(parent), 1);
    assert_false(fs_read_whole(path, 6, arena, &bytes, &err));
    assert_int_equal(err.code, ERR_TOO_LARGE);
    unlink(path);
    assert_false(fs_exists(path));
    assert_true(fs_exists(parent));
    rmdir(parent);
    rmdir(arena_z(arena, arena_printf(arena, "%s/a", folder)));
    rmdir(folder);
}

static void fs__a_file_without_a_name_leaves_nothing(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(MAX);
    const char *path = arena_z(arena, arena_printf(arena, "%s/file", folder));
    char room[8] = { 0 };
    struct stat stat_;
    int fd = fs_open_nameless(path);
    (void)state;

    assert_true(fd >= 0);
    assert_int_equal(entries(folder), 0);
    assert_true(fs_write_all(fd, STR("waits")));
    assert_int_equal(pread(fd, room, sizeof room, 0), 5);
    assert_string_equal(room, "waits");
    assert_int_equal(fstat(fd, &stat_), 0);
    assert_int_equal(stat_.st_mode & 07777, 0600);
    close(fd);
    assert_int_equal(fs_open_nameless("/nowhere/at/all"), -1);
    assert_int_equal(rmdir(folder), 0);
}

static void fs__what_is_no_file_is_an_error(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(MAX);
    struct err err = { 0 };
    struct str bytes;
    (void)state;

    assert_false(fs_read_whole("/nowhere/at/all", 10, arena, &bytes, &err));
    assert_int_equal(err.code, ERR_IO);
    assert_false(fs_read_whole("/tmp", 10, arena, &bytes, &err));
    assert_int_equal(err.code, ERR_IO);
    assert_false(fs_make_folder("/dev/null/x", 0700, &err));
    assert_true(
        fs_read_whole("/proc/self/comm", 100, arena, &bytes, &err)); /* says its size is 0 */
    assert_true(bytes.len > 0);
    assert_false(fs_read_whole("/proc/self/status", 100, arena, &bytes, &err));
    assert_int_equal(err.code, ERR_TOO_LARGE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(fs__a_file_appears_whole_and_alone, make_folder),
        cmocka_unit_test_setup(fs__a_file_without_a_name_leaves_nothing, make_folder),
        cmocka_unit_test(fs__what_is_no_file_is_an_error),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
