#include "base/testing.h"

#include <stdio.h>
#include <unistd.h>

#include "domain/matching/index_internal.h"
#include "domain/matching/manifest.h"
#include "domain/matching/testing_random.h"
#include "domain/matching/touched.h"

/* The index against the slow evaluation, on random records and assets that meet in few names and versions so that every rule is met often. */

/* Rule: VDB-01 */
static void index__answers_as_the_slow_evaluation(void **state)
{
    size_t rounds = getenv("NOROSHI_LONG") ? 20000 : 400, found = 0;
    (void)state;

    for (size_t round = 0; round < rounds; round++) {
        CLEANUP(arena_free_var) struct arena *arena = arena_new((size_t)1 << 32);
        CLEANUP(matching_index_close_var) struct matching_index *index = NULL;
        CLEANUP(slow_free_var) struct slow *slow = NULL;
        struct dice dice = { round * 7919 + 1, arena };
        struct kev_entry kev = { STR("CVE-2020-2"), { 5 }, { 6 }, true };
        struct epss_entry epss = { STR("CVE-2020-3"), 12345, 99000, { 7 } };
        struct slow_input input = { .kev = &kev, .kev_count = 1, .epss = &epss, .epss_count = 1 };

        input.records = some_records(&dice, &input.record_count);
        slow = slow_new(input);
        index = testing_index(input, arena);
        for (size_t i = 0; i < 8; i++) {
            struct inventory inventory = some_inventory(&dice);
            struct matching_options options = { .unknown_versions = roll(&dice, 2) };
            struct findings want, got;
            struct str want_text, got_text;

            slow_find(slow, &inventory, options, arena, &want);
            matching_find(index, &inventory, options, arena, &got);
            want_text = testing_findings(&want, arena);
            got_text = testing_findings(&got, arena);
            if (!str_eq(want_text, got_text)) {
                print_error("round %zu, asset %zu\n", round, i);
                testing_difference("slow ", want_text, got_text);
                testing_difference("index", got_text, want_text);
                fail();
            }
            found += want.len;
        }
    }
    print_message("%zu findings compared\n", found);
    assert_true(found > rounds);
}

/* The statements that the slow evaluation of one record gives, as touched components. */
static struct str forward(const struct catalog_record *record, const struct inventory *inventories,
                          size_t count, struct arena *arena)
{
    struct buf buf = buf_new(arena, TESTING_TEXT);
    struct slow *slow = slow_new((struct slow_input){ .records = record, .record_count = 1 });

    for (size_t i = 0; i < count; i++) {
        struct statements statements;
        struct question question;
        size_t last = SIZE_MAX;

        question_of(&inventories[i], arena, &question);
        slow_statements(slow, &question, (struct matching_options){ 0 }, arena, &statements);
        for (size_t n = 0; n < statements.len; n++) {
            if (statements.at[n].is_affected && statements.at[n].component != last)
                buf_printf(&buf, "%zu %zu\n", i, last = statements.at[n].component);
        }
    }
    slow_free(slow);
    return buf_str(&buf);
}

/* Rule: VDB-01 */
static void touched__is_the_other_direction_of_the_same_answer(void **state)
{
    size_t found = 0;
    (void)state;

    for (size_t round = 0; round < 150; round++) {
        CLEANUP(arena_free_var) struct arena *arena = arena_new((size_t)1 << 32);
        CLEANUP(touch_index_free_var) struct touch_index *index = NULL;
        struct dice dice = { round * 104729 + 3, arena };
        struct inventory inventories[12];
        struct catalog_record *records;
        size_t count;

        records = some_records(&dice, &count);
        for (size_t i = 0; i < COUNT(inventories); i++)
            inventories[i] = some_inventory(&dice);
        index = touch_index_new(inventories, COUNT(inventories));
        for (size_t i = 0; i < count; i++) {
            struct buf buf = buf_new(arena, TESTING_TEXT);
            struct touched_list touched;
            struct str want = forward(&records[i], inventories, COUNT(inventories), arena);

            matching_touched(index, &records[i], false, arena, &touched);
            for (size_t n = 0; n < touched.len; n++)
                buf_printf(&buf, "%zu %zu\n", touched.at[n].inventory, touched.at[n].component);
            found += touched.len;
            if (!str_eq(buf_str(&buf), want))
                fail_msg("round %zu, record %zu:\n%.*s\nnot\n%.*s", round, i,
                         STR_ARG(buf_str(&buf)), STR_ARG(want));
        }
    }
    assert_true(found > 100);
}

/* A damaged file gives wrong answers or none, never a fault; what is cut off or changed in its head is refused. */
static void index__bears_damage(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new((size_t)1 << 33);
    CLEANUP(index_builder_free_var) struct index_builder *builder = index_builder_new();
    struct dice dice = { 42, arena };
    struct catalog_record *records;
    struct err err = { 0 };
    struct str bytes;
    size_t count;
    char *damaged;

    (void)state;
    records = some_records(&dice, &count);
    for (size_t i = 0; i < count; i++)
        assert_true(index_builder_add(builder, (uint32_t)i, &records[i], &err));
    assert_true(index_builder_bytes(builder, (struct utc){ 1 }, arena, &bytes, &err));
    damaged = arena_alloc(arena, bytes.len);
    for (size_t round = 0; round < 3000; round++) {
        struct matching_index *index = NULL;
        struct inventory inventory = some_inventory(&dice);
        struct err refused = { 0 };
        size_t at = roll(&dice, (uint32_t)bytes.len);
        struct findings findings;

        memcpy(damaged, bytes.ptr, bytes.len);
        for (size_t n = 1 + roll(&dice, 8); n > 0; n--, at = roll(&dice, (uint32_t)bytes.len))
            damaged[at] = (char)(roll(&dice, 2) ? 0xff : roll(&dice, 256));
        if (!matching_index_read(&(struct str){ damaged, bytes.len }, 1, &index, &refused)) {
            assert_int_equal(refused.code, ERR_MATCH_INDEX);
            continue;
        }
        matching_find(index, &inventory, (struct matching_options){ 0 }, arena, &findings);
        matching_index_close(index);
    }
    for (size_t length = 0; length < bytes.len; length += 1 + bytes.len / 97) {
        struct matching_index *index = NULL;
        struct err refused = { 0 };

        assert_false(matching_index_read(&(struct str){ bytes.ptr, length }, 1, &index, &refused));
        assert_int_equal(refused.code, ERR_MATCH_INDEX);
    }
}

/* Every byte behind the table is under a checksum, though none is read to open it. */
static void index__verifies_every_section(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new((size_t)1 << 32);
    CLEANUP(index_builder_free_var) struct index_builder *builder = index_builder_new();
    CLEANUP(matching_index_close_var) struct matching_index *index = NULL;
    struct dice dice = { 7, arena };
    struct catalog_record record = some_record(&dice, SOURCE_CVE, STR("CVE-2020-1"));
    struct err err = { 0 };
    struct str bytes;
    char *damaged;

    (void)state;
    record.state = CATALOG_PUBLISHED;
    assert_true(index_builder_add(builder, 1, &record, &err));
    assert_true(index_builder_bytes(builder, (struct utc){ 1 }, arena, &bytes, &err));
    damaged = arena_alloc(arena, bytes.len);
    memcpy(damaged, bytes.ptr, bytes.len);
    assert_true(matching_index_read(&(struct str){ damaged, bytes.len }, 1, &index, &err));
    assert_true(matching_index_verify(index, &err));
    damaged[bytes.len - 1] ^= 1;
    assert_false(matching_index_verify(index, &err));
    assert_int_equal(err.code, ERR_MATCH_INDEX);
}

/* Whole or not at all: the file that was there stays until the new one is, and nothing is left behind. */
static void index__is_written_whole(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new((size_t)1 << 32);
    CLEANUP(index_builder_free_var) struct index_builder *builder = index_builder_new();
    CLEANUP(matching_index_close_var) struct matching_index *index = NULL, *old = NULL;
    char folder[] = "/tmp/noroshi-index-XXXXXX", path[64], nowhere[64], layer[PATH_MAX];
    struct dice dice = { 7, arena };
    struct catalog_record record = some_record(&dice, SOURCE_CVE, STR("CVE-2020-1"));
    struct err err = { 0 };

    (void)state;
    record.state = CATALOG_PUBLISHED;
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/match.idx", folder);
    snprintf(nowhere, sizeof nowhere, "%s/none/match.idx", folder);
    assert_false(matching_index_open(path, &old, &err));
    assert_int_equal(err.code, ERR_MATCH_INDEX);
    err = (struct err){ 0 };
    assert_false(index_builder_write(builder, nowhere, (struct utc){ 1 }, &err));
    assert_int_equal(err.code, ERR_IO);
    err = (struct err){ 0 };
    assert_true(index_builder_add(builder, 1, &record, &err));
    assert_true(index_builder_write(builder, path, (struct utc){ 1 }, &err));
    assert_true(matching_index_open(path, &old, &err));
    index_builder_free(builder);
    builder = index_builder_new();
    assert_true(index_builder_write(builder, path, (struct utc){ 2 }, &err));
    assert_true(matching_index_open(path, &index, &err));
    assert_int_equal(matching_index_facts(index).records, 0);
    assert_int_equal(matching_index_facts(index).built.ms, 2);
    assert_int_equal(matching_index_facts(old).records, 1); /* its readers go on */
    assert_true(matching_index_verify(old, &err));
    assert_true(manifest_layer_path(path, index->layers[0].identity, layer, &err));
    assert_int_equal(remove(layer), 0);
    assert_int_equal(remove(path), 0);
    assert_int_equal(rmdir(folder), 0); /* no temporary file stayed, nor the one before */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(index__answers_as_the_slow_evaluation),
        cmocka_unit_test(touched__is_the_other_direction_of_the_same_answer),
        cmocka_unit_test(index__bears_damage),
        cmocka_unit_test(index__verifies_every_section),
        cmocka_unit_test(index__is_written_whole),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
