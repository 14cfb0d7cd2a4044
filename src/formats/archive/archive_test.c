#include "formats/archive/archive.h"
#include "formats/drip_testing.h"
#include "formats/testing.h"
#include <dirent.h>

enum { ROUNDS = 400 };

static const struct archive_limits limits = { .bytes = 150 << 20, .ratio = 200, .files = 100 };

/* "name:length:beginning;" of each file, "name:damaged;" where those behind it can be had; "" and *err when it cannot be unpacked. */
static struct str listing(struct arena *arena, struct str packed, size_t step, struct err *err)
{
    struct drip bytes = { packed, step };
    CLEANUP(archive_free_var) struct archive *archive = archive_new(drip, &bytes, &limits);
    struct buf out = buf_new(arena, 1 << 20);
    struct str name;
    int there;

    while ((there = archive_next(archive, &name, err)) == 1 || archive_has_more(archive)) {
        char room[1000], first[13] = "";
        uint64_t len = 0;
        ssize_t got = there;

        while (got > 0 && (got = archive_read(archive, room, sizeof room, err)) > 0) {
            if (len < 12)
                memcpy(first + len, room, (size_t)got < 12 - len ? (size_t)got : 12 - (size_t)len);
            len += (uint64_t)got;
        }
        if (got < 0 && (err->code != ERR_ARCHIVE || !archive_has_more(archive)))
            return STR("");
        if (got < 0) {
            *err = (struct err){ 0 };
            buf_printf(&out, "%.*s:damaged;", STR_ARG(str_take(name, 20)));
            continue;
        }
        buf_printf(&out, "%.*s:%d:%s;", STR_ARG(str_take(name, 20)), (int)len, first);
    }
    return there == 0 ? buf_str(&out) : STR("");
}

static const char good[] = "a.json:8:{\"a\":1}\n;folder/b.json:40000:{\"b\":2}\n{\"b\";empty:0:;"
                           "xxxxxxxxxxxxxxxxxxxx:5:long\n;";

static void check(struct arena *arena, const char *name, struct str packed)
{
    for (size_t step = packed.len > 1 << 20 ? 4096 : 7; step < 200000; step *= 100) {
        struct err err = { 0 };
        struct str got = listing(arena, packed, step, &err);

        print_message("case: %s: %s\n", name, err.code ? err.subject : "unpacked");
        if (strncmp(name, "good.", 5) == 0)
            assert_true(str_eq_z(got, good));
        else if (strncmp(name, "one.", 4) == 0)
            assert_true(str_eq_z(got, ":11:hello there;"));
        else if (strncmp(name, "partly.", 7) == 0)
            assert_true(str_eq_z(got, "a:5:first;b.gz:damaged;c:6:second;d.xz:damaged;e:5:third;"));
        else
            assert_int_equal(err.code,
                             strncmp(name, "large.", 6) == 0 ? ERR_TOO_LARGE : ERR_ARCHIVE);
    }
}

/* Runs `visit` for each packed file that testdata/make.py writes. */
static void each(struct arena *arena,
                 void (*visit)(struct arena *arena, const char *name, struct str packed))
{
    char folder[] = "/tmp/noroshi-archive-XXXXXX";
    const char *script =
        arena_z(arena, arena_printf(arena, "%.*stestdata/make.py", STR_ARG(TESTING_HERE)));
    struct dirent *entry;
    DIR *dir;

    assert_non_null(mkdtemp(folder));
    assert_int_equal(testing_run((const char *const[]){ "/usr/bin/python3", script, folder, NULL }),
                     0);
    dir = opendir(folder);
    assert_non_null(dir);
    while ((entry = readdir(dir))) {
        const char *path = arena_z(arena, arena_printf(arena, "%s/%s", folder, entry->d_name));

        if (entry->d_name[0] == '.')
            continue;
        visit(arena, entry->d_name, testing_read(arena, path));
        remove(path);
    }
    closedir(dir);
    remove(folder);
}

/* STD-01: whatever feeds are published in; bombs, damage and what is encrypted are refused with a reason; in a tar, one file's
 * damage is its own. */
static void archive__unpacks_what_is_whole_and_refuses_the_rest(void **state)
{
    each(*state, check);
}

static void damage(struct arena *arena, const char *name, struct str packed)
{
    unsigned seed = 5;

    if (packed.len > 100000)
        return;
    print_message("case: %s\n", name);
    for (int i = 0; i < ROUNDS; i++) {
        char *copy = (char *)(uintptr_t)arena_z(arena, packed);
        struct err err = { 0 };

        for (int k = 0; k < 3; k++) {
            seed = seed * 1103515245 + 12345;
            copy[(seed >> 8) % packed.len] ^= (char)(1 << (seed >> 4) % 8);
        }
        (void)listing(arena, (struct str){ copy, packed.len }, 1000, &err);
        assert_true(err.code == ERR_NONE || err.code == ERR_ARCHIVE || err.code == ERR_TOO_LARGE);
    }
}

static void archive__takes_no_harm_from_damage(void **state) { each(*state, damage); }

static int setup(void **state)
{
    *state = arena_new(TESTING_ARENA * 2u);
    return 0;
}

static int teardown(void **state)
{
    arena_free(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(archive__unpacks_what_is_whole_and_refuses_the_rest, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(archive__takes_no_harm_from_damage, setup, teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
