#include "base/settings.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/testing.h"
#include "base/tr.h"

enum { MAX = 4 << 20 };

/* Loads a file with that text. */
static bool load(struct arena *arena, const char *text, const char *const *environment,
                 struct settings *out, struct err *err)
{
    char path[] = "/tmp/noroshi-settings-XXXXXX";
    int fd = mkstemp(path);
    bool is_loaded;

    assert_true(fd >= 0);
    close(fd);
    assert_true(fs_write_whole(path, str_from_z(text), 0600, err));
    is_loaded = settings_load(str_from_z(path), environment, arena, out, err);
    unlink(path);
    return is_loaded;
}

/* COO-15, COO-37: 45 days, counted from the first contact, unless the operator says otherwise. */
static void settings__without_a_file_are_the_defaults(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(MAX);
    struct settings settings;
    struct err err = { 0 };
    (void)state;

    assert_true(settings_load(STR_NONE, NULL, arena, &settings, &err));
    assert_str(settings.state_dir, "/var/lib/noroshi");
    assert_int_equal(settings.target_days, 45);
    assert_str(settings.start_clock, "first_contact");
    assert_int_equal(settings.attachment_max_bytes, 10 << 20);
    assert_true(settings.sandbox_required);
    assert_false(settings.priority_provision_after_committee);
    assert_int_equal(settings.source[SETTING_ID_state_dir], SETTING_DEFAULT);
}

static void settings__file_goes_over_default_and_environment_over_file(void **state)
{
    static const char *const environment[] = { "PATH=/bin", "NOROSHI_TARGET_DAYS=60",
                                               "NOROSHI_DATA=/x", "NOROSHI_MAIL_FROM=a@b=c", NULL };
    CLEANUP(arena_free_var) struct arena *arena = arena_new(MAX);
    struct settings settings;
    struct err err = { 0 };
    struct buf out = buf_new(arena, 65536);
    (void)state;

    assert_true(load(
        arena,
        "# ours\r\n\r\n target_days = 30\r\nlist_page=100\nsandbox_required = false\nstart_clock = handling_started",
        environment, &settings, &err));
    assert_int_equal(settings.target_days, 60);
    assert_int_equal(settings.list_page, 100);
    assert_false(settings.sandbox_required);
    assert_str(settings.start_clock, "handling_started");
    assert_str(settings.mail_from, "a@b=c");
    settings_print(&settings, &out);
    assert_true(str_contains(buf_str(&out), STR("\ntarget_days = 60\tenvironment\n")));
    assert_true(str_contains(buf_str(&out), STR("\nlist_page = 100\tfile\n")));
    assert_true(str_contains(buf_str(&out), STR("\nlogin_tries = 5\tdefault\n")));
}

static void settings__wrong_lines_are_refused_with_their_number(void **state)
{
    static const struct {
        const char *text;
        unsigned line;
        const char *subject;
    } rows[] = {
        { "list_page = 50\nlist_pages = 50\n", 2, "list_pages" },
        { "# x\n\nlist_page = 5\n", 3, "list_page" },
        { "list_page = many\n", 1, "list_page" },
        { "list_page\n", 1, "list_page" },
        { "list_page = 50\nlist_page = 60\n", 2, "list_page" },
        { "sandbox_required = yes\n", 1, "sandbox_required" },
        { "state_dir = var\n", 1, "state_dir" },
        { "state_dir =\n", 1, "state_dir" },
        { "start_clock = sometime\n", 1, "start_clock" },
        { "mail_from = a\x01@b\n", 1, "mail_from" },
    };
    CLEANUP(arena_free_var) struct arena *arena = arena_new(MAX);
    (void)state;

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct settings settings;
        struct err err = { 0 };

        print_message("case: %s", rows[i].text);
        assert_false(load(arena, rows[i].text, NULL, &settings, &err));
        assert_int_equal(err.code, ERR_SETTING);
        assert_int_equal(err.line, rows[i].line);
        assert_string_equal(err.subject, rows[i].subject);
    }
}

static void settings__wrong_environment_is_refused_by_name(void **state)
{
    static const char *const environment[] = { "NOROSHI_TARGET_DAYS=0", NULL };
    CLEANUP(arena_free_var) struct arena *arena = arena_new(MAX);
    struct settings settings;
    struct err err = { 0 };
    (void)state;

    assert_false(settings_load(STR_NONE, environment, arena, &settings, &err));
    assert_int_equal(err.code, ERR_SETTING);
    assert_string_equal(err.subject, "NOROSHI_TARGET_DAYS");
    assert_false(settings_load(STR("/nowhere/noroshi.conf"), NULL, arena, &settings, &err));
    assert_int_equal(err.code, ERR_IO);
}

static void settings__the_example_is_a_file_that_loads(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(MAX);
    struct buf example = buf_new(arena, 65536), bare = buf_new(arena, 65536);
    struct settings settings;
    struct err err = { 0 };
    struct str rest, line;
    (void)state;

    settings_print_example(&example);
    rest = buf_str(&example);
    while (str_split(&rest, '\n', &line)) {
        buf_add(&bare, str_starts(line, STR("# "))
                           ? line
                           : str_drop(line, 1)); /* as if every line were set */
        buf_byte(&bare, '\n');
    }
    assert_true(load(arena, arena_z(arena, buf_str(&bare)), NULL, &settings, &err));
    for (int id = 0; id < SETTINGS; id++) {
        print_message("case: %s\n", setting_table[id].name);
        assert_int_equal(settings.source[id], SETTING_FILE);
        assert_str(settings_text(&settings, (enum setting_id)id, arena),
                   setting_table[id].standard);
        assert_false(str_eq_z(tr(LANG_JA, setting_table[id].meaning), setting_table[id].meaning));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(settings__without_a_file_are_the_defaults),
        cmocka_unit_test(settings__file_goes_over_default_and_environment_over_file),
        cmocka_unit_test(settings__wrong_lines_are_refused_with_their_number),
        cmocka_unit_test(settings__wrong_environment_is_refused_by_name),
        cmocka_unit_test(settings__the_example_is_a_file_that_loads),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
