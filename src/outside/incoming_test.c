#include "outside/incoming.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/record.h"
#include "base/testing.h"

static void incoming_is_name__takes_a_feeds_number(void **state)
{
    static const struct {
        const char *name;
        bool is_name;
    } rows[] = {
        { "feed1", true },       { "feed9223372036854775807", true },
        { "feed", false },       { "feed0", false },
        { "feed01", false },     { "feed-1", false },
        { "feed+1", false },     { "feed 1", false },
        { "feed1.part", false }, { "feed9223372036854775808", false },
        { "feed1/../x", false }, { "../feed1", false },
        { "Feed1", false },      { "", false },
    };
    (void)state;

    for (size_t i = 0; i < COUNT(rows); i++) {
        print_message("case: \"%s\"\n", rows[i].name);
        assert_int_equal(incoming_is_name(str_from_z(rows[i].name)), rows[i].is_name);
    }
}

static void incoming_keep__removes_all_other_files(void **state)
{
    static const char *const files[] = { "feed1", "feed12", "feed2", "stranger" };
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 20);
    struct buf keep = buf_new(arena, 1024), wrong = buf_new(arena, 1024);
    char folder[] = "/tmp/incoming-XXXXXX";
    struct err err = { 0 };
    (void)state;

#define PATH(name) arena_z(arena, arena_printf(arena, "%s/%s", folder, (name)))
    assert_non_null(mkdtemp(folder));
    for (size_t i = 0; i < COUNT(files); i++)
        assert_true(fs_write_whole(PATH(files[i]), STR("x"), 0600, &err));
    assert_true(fs_make_folder(PATH("folder"), 0700, &err));

    record_put(&wrong, "name", STR("feed1"));
    record_put(&wrong, "name", STR("../x"));
    assert_false(incoming_keep(folder, buf_str(&wrong), &err));
    assert_int_equal(err.code, ERR_INPUT);
    for (size_t i = 0; i < COUNT(files); i++)
        assert_true(fs_exists(PATH(files[i]))); /* nothing was removed */

    err = (struct err){ 0 };
    record_put(&keep, "name", STR("feed12"));
    record_put(&keep, "name", STR("feed99")); /* one that is not there */
    assert_true(incoming_keep(folder, buf_str(&keep), &err));
    for (size_t i = 0; i < COUNT(files); i++)
        assert_int_equal(fs_exists(PATH(files[i])), str_eq_z(STR("feed12"), files[i]));
    assert_true(fs_exists(PATH("folder")));

    assert_true(incoming_keep(folder, STR(""), &err));
    assert_false(fs_exists(PATH("feed12")));
    assert_int_equal(rmdir(PATH("folder")), 0);
    assert_int_equal(rmdir(folder), 0);
    assert_false(incoming_keep(folder, STR(""), &err));
    assert_int_equal(err.code, ERR_IO);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(incoming_is_name__takes_a_feeds_number),
        cmocka_unit_test(incoming_keep__removes_all_other_files),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
