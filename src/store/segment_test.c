#include "base/testing.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fs.h"
#include "store/generation.h"

struct place {
    char folder[64];
    struct arena *arena;
};

static int set_up(void **state)
{
    struct place *place = calloc(1, sizeof *place);
    struct err err = { 0 };

    assert_true(seal_start(&err));
    snprintf(place->folder, sizeof place->folder, "/tmp/noroshi-segment-XXXXXX");
    assert_non_null(mkdtemp(place->folder));
    place->arena = arena_new(16 << 20);
    *state = place;
    return 0;
}

static int tear_down(void **state)
{
    struct place *place = *state;
    char command[128];

    /* no manifest names them: a replacement by nothing sweeps them away */
    struct err err = { 0 };
    assert_true(generation_replace(place->folder, STR("1"), NULL, 0, &err));
    snprintf(command, sizeof command, "%s/current", place->folder);
    unlink(command);
    rmdir(place->folder);
    arena_free(place->arena);
    free(place);
    return 0;
}

static struct segment_name write_segment(struct place *place, const struct segment_entry *entries,
                                         size_t count)
{
    struct segment_writer *writer = NULL;
    struct segment_name name;
    struct err err = { 0 };

    assert_true(segment_writer_new(place->folder, &writer, &err));
    for (size_t i = 0; i < count; i++)
        assert_true(segment_writer_add(writer, &entries[i], &err));
    assert_true(segment_writer_end(writer, &name, &err));
    segment_writer_free(writer);
    return name;
}

static struct segment_name write_one(struct place *place, const char *path, const char *body,
                                     bool is_gone)
{
    struct segment_entry entry = { .path = str_from_z(path),
                                   .type = STR("text/plain"),
                                   .body = str_from_z(body),
                                   .is_gone = is_gone };

    return write_segment(place, &entry, 1);
}

static void expect(const struct generation *generation, const char *path, const char *body)
{
    struct segment_entry entry;
    bool found = generation_find(generation, str_from_z(path), &entry);

    print_message("case: %s\n", path);
    assert_int_equal(found, body != NULL);
    if (body)
        assert_str(entry.body, body);
}

static void segment__gives_back_what_was_written(void **state)
{
    struct place *place = *state;
    char page[5000];
    /* clang-format off */
    struct segment_entry entries[] = {
        { .path = STR("/b"), .type = STR("text/html; charset=utf-8"), .body = { page, sizeof page }, .modified = { 42 } },
        { .path = STR("/a"), .type = STR("application/octet-stream"), .body = STR("short") },
        { .path = STR("index"), .type = STR("x"), .body = STR("") },
    };
    /* clang-format on */
    struct segment *segment = NULL;
    struct segment_entry entry;
    struct segment_name name, again;
    struct err err = { 0 };

    memset(page, 'x', sizeof page);
    name = write_segment(place, entries, COUNT(entries));
    again = write_segment(place, entries, COUNT(entries));
    assert_string_equal(name.z, again.z);
    assert_true(segment_open(place->folder, &name, &segment, &err));
    assert_int_equal(segment_count(segment), 3);
    assert_true(segment_find(segment, STR("/b"), &entry));
    assert_int_equal(entry.body.len, sizeof page);
    assert_memory_equal(entry.body.ptr, page, sizeof page);
    assert_true(entry.gzip.len > 0 && entry.gzip.len < 200);
    assert_int_equal(entry.etag.len, 34);
    assert_int_equal(entry.modified.ms, 42);
    assert_true(segment_find(segment, STR("/a"), &entry));
    assert_str(entry.body, "short");
    assert_int_equal(entry.gzip.len, 0);
    assert_true(segment_find(segment, STR("index"), &entry));
    assert_false(segment_find(segment, STR("/"), &entry));
    assert_false(segment_find(segment, STR("/c"), &entry));
    segment_close(segment);
}

static void segment__refuses_every_changed_byte(void **state)
{
    struct place *place = *state;
    struct segment_name name = write_one(place, "/a", "body", false);
    struct segment *segment = NULL;
    char path[160];
    struct str bytes;
    struct err err = { 0 };

    snprintf(path, sizeof path, "%s/%s", place->folder, name.z);
    assert_true(fs_read_whole(path, 4096, place->arena, &bytes, &err));
    for (size_t i = 0; i < bytes.len; i++) {
        char *copy = malloc(bytes.len);

        memcpy(copy, bytes.ptr, bytes.len);
        copy[i] ^= 1;
        segment = NULL;
        if (segment_read((struct str){ copy, bytes.len }, &segment, &err))
            fail_msg("byte %zu", i);
        assert_int_equal(err.code, ERR_SEGMENT);
        err = (struct err){ 0 };
        free(copy);
    }
    for (size_t i = 0; i < bytes.len; i++)
        assert_false(segment_read(str_take(bytes, i), &segment, &err));
}

static void segment__wants_each_path_once(void **state)
{
    struct place *place = *state;
    struct segment_entry entry = { .path = STR("/a"), .type = STR("t"), .body = STR("b") };
    struct segment_writer *writer = NULL;
    struct segment_name name;
    struct err err = { 0 };

    assert_true(segment_writer_new(place->folder, &writer, &err));
    assert_true(segment_writer_add(writer, &entry, &err));
    assert_true(segment_writer_add(writer, &entry, &err));
    assert_false(segment_writer_end(writer, &name, &err));
    assert_int_equal(err.code, ERR_BUG);
    segment_writer_free(writer);
}

/* Newest first; what is gone is absent, also after the merge; a held generation stays as it was. */
static void generation__shows_the_newest_of_each_path(void **state)
{
    struct place *place = *state;
    struct segment_name one = write_one(place, "/a", "1", false),
                        two = write_one(place, "/b", "1", false);
    struct generation *before = NULL, *after = NULL;
    struct segment_name names[2];
    struct err err = { 0 };

    assert_true(generation_open(place->folder, NULL, &before, &err));
    expect(before, "/a", NULL);
    generation_close(before);
    names[0] = one;
    names[1] = two;
    assert_true(generation_replace(place->folder, STR("r1"), names, 2, &err));
    assert_true(generation_open(place->folder, NULL, &before, &err));
    one = write_one(place, "/a", "2", false);
    assert_true(generation_add(place->folder, &one, &err));
    two = write_one(place, "/b", "", true);
    assert_true(generation_add(place->folder, &two, &err));
    assert_true(generation_open(place->folder, before, &after, &err));
    expect(before, "/a", "1");
    expect(before, "/b", "1");
    expect(after, "/a", "2");
    expect(after, "/b", NULL);
    generation_close(after);
    for (int i = 0; i < 30; i++) {
        char path[16];

        snprintf(path, sizeof path, "/n%d", i);
        one = write_one(place, path, path, false);
        assert_true(generation_add(place->folder, &one, &err));
        one = write_one(place, path, path,
                        false); /* as a publication that is repeated after a kill */
        assert_true(generation_add(place->folder, &one, &err));
    }
    assert_true(generation_open(place->folder, before, &after, &err));
    assert_true(generation_segments(after) <= GENERATION_MERGE_FROM);
    expect(after, "/a", "2");
    expect(after, "/b", NULL);
    expect(after, "/n0", "/n0");
    expect(after, "/n29", "/n29");
    expect(before, "/a", "1"); /* its file is deleted, its mapping lives */
    generation_close(before);
    generation_close(after);
}

static void watch__sees_a_publication(void **state)
{
    struct place *place = *state;
    struct generation *generation;
    struct watch *watch = NULL;
    struct segment_name name;
    struct err err = { 0 };

    assert_true(watch_new(place->folder, &watch, &err));
    name = write_one(place, "/a", "1", false);
    assert_true(generation_replace(place->folder, STR("r1"), &name, 1, &err));
    usleep((WATCH_EVERY_MS + 50) * 1000);
    generation = watch_now(watch);
    expect(generation, "/a", "1");
    generation_close(generation);
    name = write_one(place, "/a", "2", false);
    assert_true(generation_add(place->folder, &name, &err));
    usleep((WATCH_EVERY_MS + 50) * 1000);
    generation = watch_now(watch);
    expect(generation, "/a", "2");
    generation_close(generation);
    watch_free(watch);
}

int main(void)
{
    /* clang-format off */
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(segment__gives_back_what_was_written, set_up, tear_down),
        cmocka_unit_test_setup_teardown(segment__refuses_every_changed_byte, set_up, tear_down),
        cmocka_unit_test_setup_teardown(segment__wants_each_path_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(generation__shows_the_newest_of_each_path, set_up, tear_down),
        cmocka_unit_test_setup_teardown(watch__sees_a_publication, set_up, tear_down),
    };
    /* clang-format on */

    return cmocka_run_group_tests(tests, NULL, NULL);
}
