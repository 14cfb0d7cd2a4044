#include "domain/matching/alone.h"

#include "base/testing.h"

#include <dirent.h>
#include <stdio.h>
#include <unistd.h>

#include "base/fs.h"
#include "domain/matching/testing_random.h"
#include "domain/matching/update.h"
#include "store/kinds.h"

enum { TELLINGS = 40 };

struct place {
    char folder[40], index[64];
};

static int set_up(void **state)
{
    struct place *place = calloc(1, sizeof *place);

    snprintf(place->folder, sizeof place->folder, "/tmp/noroshi-alone-XXXXXX");
    assert_non_null(mkdtemp(place->folder));
    snprintf(place->index, sizeof place->index, "%s/match.idx", place->folder);
    *state = place;
    return 0;
}

static int tear_down(void **state)
{
    struct place *place = *state;
    DIR *dir = opendir(place->folder);
    struct dirent *entry;

    while (dir && (entry = readdir(dir)))
        (void)unlinkat(dirfd(dir), entry->d_name, 0);
    closedir(dir);
    assert_int_equal(rmdir(place->folder), 0);
    free(place);
    return 0;
}

/* What is told, in this order; some of it in several states. */
struct telling {
    struct catalog_record list[TELLINGS];
    size_t count;
};

static void some_telling(struct dice *dice, bool repeats, struct telling *out)
{
    size_t most = 1 + roll(dice, TELLINGS);

    out->count = 0;
    while (out->count < most) {
        struct catalog_record record =
            some_record(dice, (enum catalog_source)roll(dice, SOURCE_OSV + 1), PICK(dice, ids));
        bool is_known = false;

        if (roll(dice, 9) == 0)
            record.modified = (struct utc){ 0 };
        for (size_t i = 0; i < out->count; i++)
            is_known |= out->list[i].source == record.source && str_eq(out->list[i].id, record.id);
        if (is_known && !repeats)
            most--;
        else
            out->list[out->count++] = record;
    }
}

/* The catalogue's choice among the states of a record, in the order in which the chosen ones came. */
static size_t choose(const struct telling *telling, struct catalog_record *out)
{
    size_t count = 0;

    for (size_t i = 0; i < telling->count; i++) {
        const struct catalog_record *one = &telling->list[i];
        bool stays = true;

        for (size_t k = 0; k < telling->count && stays; k++) {
            const struct catalog_record *other = &telling->list[k];

            if (k == i || other->source != one->source || !str_eq(other->id, one->id))
                continue;
            if (other->modified.ms == one->modified.ms)
                stays = one->modified.ms == 0 ? i > k : i < k;
            else
                stays = other->modified.ms < one->modified.ms;
        }
        if (stays)
            out[count++] = *one;
    }
    return count;
}

/* false: it is to be told again. */
static bool tell(struct alone *alone, const struct telling *telling, struct catalog_counts *counts)
{
    struct err err = { 0 };
    bool again = false;

    *counts = (struct catalog_counts){ 0 };
    assert_true(alone_begin(alone, &err));
    for (size_t i = 0; i < telling->count; i++) {
        enum catalog_change change;

        assert_true(alone_record(alone, &telling->list[i], &change, &err));
        catalog_count(counts, change);
    }
    (void)alone_epss(alone, &(struct epss_row){ STR("CVE-2020-1"), 500, 600 }, (struct utc){ 9 });
    (void)alone_epss(alone, &(struct epss_row){ STR("CVE-2020-1"), 1, 1 }, (struct utc){ 8 });
    assert_true(alone_end(alone, (struct utc){ 1 }, &again, &err));
    return !again;
}

static void assert_same(const struct place *place, struct slow_input input, struct dice *dice,
                        size_t round)
{
    CLEANUP(matching_index_close_var) struct matching_index *index = NULL;
    CLEANUP(slow_free_var) struct slow *slow = slow_new(input);
    struct err err = { 0 };

    assert_true(matching_index_open(place->index, &index, &err));
    assert_true(matching_index_verify(index, &err));
    for (size_t i = 0; i < 6; i++) {
        struct inventory inventory = some_inventory(dice);
        struct matching_options options = { .unknown_versions = roll(dice, 2) };
        struct findings want, got;
        struct str want_text, got_text;

        slow_find(slow, &inventory, options, dice->arena, &want);
        matching_find(index, &inventory, options, dice->arena, &got);
        want_text = testing_findings(&want, dice->arena);
        got_text = testing_findings(&got, dice->arena);
        if (!str_eq(want_text, got_text)) {
            testing_difference("slow ", want_text, got_text);
            testing_difference("index", got_text, want_text);
            fail_msg("round %zu", round);
        }
    }
}

/* Whatever is told, in whatever order and however often: the index is that of each record's newest state. */
static void alone__is_the_index_of_what_was_told(void **state)
{
    const size_t rounds = getenv("NOROSHI_LONG") ? 4000 : 150;
    const struct epss_entry epss = { STR("CVE-2020-1"), 500, 600, { 9 } };
    struct place *place = *state;
    size_t again = 0;

    for (size_t round = 0; round < rounds; round++) {
        CLEANUP(alone_free_var) struct alone *alone = NULL;
        struct dice dice = { round * 15485863 + 5, arena_new((size_t)1 << 33) };
        struct telling *telling = ARENA_NEW(dice.arena, struct telling);
        struct catalog_record *chosen = ARENA_NEW_N(dice.arena, TELLINGS, struct catalog_record);
        struct catalog_counts counts, ignored;
        size_t count;
        struct err err = { 0 };

        some_telling(&dice, round % 3 != 0, telling);
        count = choose(telling, chosen);
        assert_true(alone_new(place->index, &alone, &err));
        if (!tell(alone, telling, &counts)) {
            again++;
            assert_true(counts.changed > 0 && round % 3 != 0);
            assert_true(tell(alone, telling, &ignored));
        }
        assert_int_equal(counts.added, count);
        assert_int_equal(counts.added + counts.changed + counts.unchanged, telling->count);
        assert_same(place,
                    (struct slow_input){
                        .records = chosen, .record_count = count, .epss = &epss, .epss_count = 1 },
                    &dice, round);
        arena_free(dice.arena);
    }
    assert_true(again > rounds / 4);
}

static void alone__asks_for_the_same_the_second_time(void **state)
{
    CLEANUP(alone_free_var) struct alone *alone = NULL;
    const struct place *place = *state;
    struct telling telling = { .count = 2 };
    struct catalog_counts counts;
    enum catalog_change change;
    struct err err = { 0 };
    bool again;

    for (size_t i = 0; i < 2; i++)
        telling.list[i] = (struct catalog_record){ .source = SOURCE_OSV,
                                                   .id = STR("X-1"),
                                                   .modified = { 10 + (int64_t)i } };
    assert_true(alone_new(place->index, &alone, &err));
    assert_false(tell(alone, &telling, &counts));
    assert_true(alone_begin(alone, &err));
    assert_true(alone_record(alone, &telling.list[0], &change, &err));
    assert_false(alone_end(alone, (struct utc){ 1 }, &again, &err));
    assert_int_equal(err.code, ERR_IO);
    assert_int_equal(access(place->index, F_OK), -1);
}

/* The newest catalogue counts whole; an older one not at all. */
static void kev__is_of_the_newest_catalogue(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 24);
    CLEANUP(alone_free_var) struct alone *alone = NULL;
    CLEANUP(matching_index_close_var) struct matching_index *index = NULL;
    const struct place *place = *state;
    struct matching_sources sources = { 0 };
    struct err err = { 0 };
    bool again;

    assert_true(alone_new(place->index, &alone, &err));
    assert_true(alone_begin(alone, &err));
    assert_true(alone_kev_begin(alone, (struct utc){ 5 }));
    (void)alone_kev(alone, &(struct kev_item){ .cve = STR("CVE-2020-1"), .added = { 1 } });
    assert_false(alone_kev_begin(alone, (struct utc){ 4 }));
    assert_true(alone_kev_begin(alone, (struct utc){ 6 }));
    (void)alone_kev(alone, &(struct kev_item){ .cve = STR("CVE-2020-2"), .added = { 2 } });
    assert_true(alone_end(alone, (struct utc){ 1 }, &again, &err));
    assert_true(matching_index_open(place->index, &index, &err));
    matching_index_sources(index, arena, &sources);
    assert_int_equal(sources.len, 1);
    assert_str(sources.at[0].name, "KEV");
    assert_int_equal(sources.at[0].records, 1);
    assert_int_equal(sources.at[0].newest.ms, 2);
}

/* A catalogue that comes to lie beside it makes its own index; beside one there is no other. */
static void alone__is_not_a_catalogues_index(void **state)
{
    CLEANUP(store_close_var) struct store *store = NULL;
    CLEANUP(alone_free_var) struct alone *alone = NULL, *other = NULL;
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    const struct place *place = *state;
    struct telling telling = { .count = 1 };
    struct catalog_counts counts;
    enum update_made made;
    char path[64];
    struct err err = { 0 };

    telling.list[0] = (struct catalog_record){ .source = SOURCE_OSV, .id = STR("X-1") };
    assert_true(alone_new(place->index, &alone, &err));
    assert_true(tell(alone, &telling, &counts));
    alone_free(TAKE(alone));
    snprintf(path, sizeof path, "%s/catalog.db", place->folder);
    assert_true(
        store_open(&(struct store_options){ .path = path, .kind = &store_catalog, .create = true },
                   &store, &err));
    assert_false(alone_new(place->index, &other, &err));
    assert_int_equal(err.code, ERR_CATALOG_STANDS);
    assert_null(other);
    err = (struct err){ 0 };
    assert_true(tx_begin(store, TX_READ, &tx, &err));
    assert_true(matching_update(tx, place->index, (struct utc){ 2 },
                                (struct update_limits){ 8, 1000 }, &made, &err));
    assert_int_equal(made, UPDATE_BASE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(alone__is_the_index_of_what_was_told, set_up, tear_down),
        cmocka_unit_test_setup_teardown(alone__asks_for_the_same_the_second_time, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(kev__is_of_the_newest_catalogue, set_up, tear_down),
        cmocka_unit_test_setup_teardown(alone__is_not_a_catalogues_index, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
