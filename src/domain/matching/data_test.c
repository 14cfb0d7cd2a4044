#include "base/testing.h"

#include <fcntl.h>
#include <unistd.h>

#include "domain/catalog/from.h"
#include "domain/matching/testing.h"
#include "formats/archive/archive.h"
#include "formats/json/json_split.h"
#include "formats/testing.h"

/* The index against the slow evaluation on real records and real lists: samples in the short check, far more under NOROSHI_LONG. */

struct loading {
    struct arena *arena;
    struct {
        VEC_OF(struct catalog_record);
    } records;
    size_t every, seen; /* one record of `every` is taken */
};

static ssize_t read_file(void *context, char *at, size_t size, struct err *err)
{
    (void)err;
    return read(*(int *)context, at, size);
}

static ssize_t read_packed(void *context, char *at, size_t size, struct err *err)
{
    return archive_read(context, at, size, err);
}

static void take(struct loading *loading, const struct catalog_record *record)
{
    struct buf buf = buf_new(loading->arena, CATALOG_RECORD_MAX);
    struct catalog_record copy;
    struct err err = { 0 };

    assert_true(catalog_record_encode(record, &buf, &err));
    assert_true(catalog_record_decode(buf_str(&buf), loading->arena, &copy, &err));
    VEC_PUSH(loading->arena, &loading->records, copy);
}

static void load(struct loading *loading, const char *path, catalog_from *from)
{
    struct archive_limits limits = { UINT64_C(1) << 36, 10000, 16 };
    CLEANUP(arena_free_var) struct arena *arena = arena_new(512 << 20);
    CLEANUP(json_reader_free_var) struct json_reader *reader = json_reader_new();
    CLEANUP(archive_free_var) struct archive *archive = NULL;
    CLEANUP(json_split_free_var) struct json_split *split = NULL;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct json_piece piece;
    struct err err = { 0 };
    struct str name;

    assert_true(fd >= 0);
    archive = archive_new(read_file, &fd, &limits);
    assert_int_equal(archive_next(archive, &name, &err), 1);
    split = json_split_new(read_packed, archive, STR("vulnerabilities"), CATALOG_RECORD_MAX);
    while (json_split_next(split, &piece, &err) == 1) {
        struct catalog_record record;
        struct json json;

        if (piece.fault || loading->seen++ % loading->every != 0)
            continue;
        arena_reset(arena);
        if (json_reader_read(reader, piece.text, piece.len, &json, &err) &&
            from(json, arena, &record, &err))
            take(loading, &record);
    }
    close(fd);
}

static struct str lines_of(const char *path, struct arena *arena)
{
    struct archive_limits limits = { 1 << 30, 10000, 16 };
    CLEANUP(archive_free_var) struct archive *archive = NULL;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct buf buf = buf_new(arena, 1 << 30);
    struct err err = { 0 };
    char piece[1 << 16];
    struct str name;
    ssize_t n;

    archive = archive_new(read_file, &fd, &limits);
    assert_int_equal(archive_next(archive, &name, &err), 1);
    while ((n = archive_read(archive, piece, sizeof piece, &err)) > 0)
        buf_add(&buf, (struct str){ piece, (size_t)n });
    assert_int_equal(n, 0);
    close(fd);
    return buf_str(&buf);
}

/* Asks both; gives how many findings there were. */
static size_t compare(const struct slow *slow, const struct matching_index *index,
                      const struct inventory *inventory)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new((size_t)1 << 32);
    struct findings want, got;
    struct str want_text, got_text;

    slow_find(slow, inventory, (struct matching_options){ 0 }, arena, &want);
    matching_find(index, inventory, (struct matching_options){ 0 }, arena, &got);
    want_text = testing_findings(&want, arena);
    got_text = testing_findings(&got, arena);
    if (!str_eq(want_text, got_text)) {
        testing_difference("slow ", want_text, got_text);
        testing_difference("index", got_text, want_text);
        fail();
    }
    return want.len;
}

static void names__are_answered_as_slowly(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new((size_t)1 << 34);
    CLEANUP(matching_index_close_var) struct matching_index *index = NULL;
    CLEANUP(slow_free_var) struct slow *slow = NULL;
    bool is_long = getenv("NOROSHI_LONG") != NULL;
    const char *records = testing_data(arena, "nvd/nvd20-from-1.1-2012.jsonl.zst");
    const char *hosts = testing_data(arena, "match-oracle/bench-hosts-400.tsv.zst");
    struct loading loading = { .arena = arena, .every = is_long ? 1 : 8 };
    size_t found = 0, asked = 0;
    struct slow_input input;
    struct str lines, line;

    (void)state;
    if (!records || !hosts)
        skip();
    load(&loading, records, catalog_from_nvd);
    input =
        (struct slow_input){ .records = loading.records.at, .record_count = loading.records.len };
    slow = slow_new(input);
    index = testing_index(input, arena);
    lines = lines_of(hosts, arena);
    while (str_split(&lines, '\n', &line) && asked++ < (is_long ? 400 : 25)) {
        struct str list = str_drop(line, str_index(line, '\t') + 1), cpe;
        struct inventory inventory = { 0 };

        while (str_split(&list, ',', &cpe)) {
            struct component component = { 0 };

            VEC_PUSH(arena, &component.cpes, cpe);
            VEC_PUSH(arena, &inventory.components, component);
        }
        found += compare(slow, index, &inventory);
    }
    print_message("%zu hosts, %zu records, %zu findings\n", asked, input.record_count, found);
    assert_true(found > 0);
}

static void packages__are_answered_as_slowly(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new((size_t)1 << 34);
    CLEANUP(matching_index_close_var) struct matching_index *index = NULL;
    CLEANUP(slow_free_var) struct slow *slow = NULL;
    bool is_long = getenv("NOROSHI_LONG") != NULL;
    const char *npm = testing_data(arena, "osv/npm.jsonl.zst");
    const char *list = testing_data(arena, "match-oracle/bench-npm-packages.tsv.zst");
    struct loading loading = { .arena = arena, .every = is_long ? 1 : 6 };
    struct inventory inventory = { 0 };
    struct slow_input input;
    struct str lines, line;
    size_t number = 0, found;

    (void)state;
    if (!npm || !list)
        skip();
    load(&loading, npm, catalog_from_osv);
    input =
        (struct slow_input){ .records = loading.records.at, .record_count = loading.records.len };
    slow = slow_new(input);
    index = testing_index(input, arena);
    lines = lines_of(list, arena);
    while (str_split(&lines, '\n', &line)) {
        size_t tab = str_index(line, '\t');
        struct component component = { .name = str_take(line, tab),
                                       .purl = arena_printf(arena, "pkg:npm/%.*s@%.*s",
                                                            STR_ARG(str_take(line, tab)),
                                                            STR_ARG(str_drop(line, tab + 1))) };

        if (number++ % (is_long ? 1 : 10) == 0 && line.ptr[0] != '@')
            VEC_PUSH(arena, &inventory.components, component);
    }
    found = compare(slow, index, &inventory);
    print_message("%zu packages, %zu records, %zu findings\n", inventory.components.len,
                  input.record_count, found);
    assert_true(found > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names__are_answered_as_slowly),
        cmocka_unit_test(packages__are_answered_as_slowly),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
