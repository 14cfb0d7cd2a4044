#include "domain/feed/feed.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/testing.h"
#include "store/scratch_testing.h"

#define T0     INT64_C(1790000000000)
#define MINUTE INT64_C(60000)

static int set_up(void **state) { return scratch_set_up(state, &store_desk); }

static struct feed values(const char *name)
{
    return (struct feed){ .name = str_from_z(name),
                          .url = STR("https://feeds.example.jp/all.json"),
                          .format = STR("osv"),
                          .every_minutes = 60 };
}

static void add(struct scratch *scratch, const char *name, int64_t at)
{
    struct feed feed = values(name);
    struct err err = { 0 };

    assert_true(feed_add(scratch->tx, &feed, false, (struct utc){ at }, &err));
}

static struct feed find(struct scratch *scratch, const char *name)
{
    struct feed feed;
    struct err err = { 0 };

    assert_true(feed_find(scratch->tx, str_from_z(name), scratch->arena, &feed, &err));
    return feed;
}

static struct str due(struct scratch *scratch, int64_t at)
{
    struct feed feed;
    struct err err = { 0 };
    bool is_there;

    assert_true(feed_due(scratch->tx, (struct utc){ at }, scratch->arena, &feed, &is_there, &err));
    return is_there ? feed.name : STR("");
}

static void feed_add__refuses_what_cannot_be(void **state)
{
    static const struct {
        const char *name, *url, *sum_url, *subject;
        int64_t every, max;
        bool plain_ok;
    } wrong[] = {
        { "", "https://a.example/", "", "name", 60, 0, false },
        { "a b", "https://a.example/", "", "name", 60, 0, false },
        { "-a", "https://a.example/", "", "name", 60, 0, false },
        { "a", "http://a.example/", "", "url", 60, 0, false },
        { "a", "https://a.example/ x", "", "url", 60, 0, false },
        { "a", "file:///etc/passwd", "", "url", 60, 0, true },
        { "a", "https://a.example/", "http://a.example/s", "checksums", 60, 0, false },
        { "a", "https://a.example/", "", "every", 1, 0, false },
        { "a", "https://a.example/", "", "max-bytes", 60, -1, false },
        { "twice", "https://a.example/", "", "name", 60, 0, false },
    };
    struct scratch *scratch = *state;

    add(scratch, "twice", T0);
    for (size_t i = 0; i < COUNT(wrong); i++) {
        struct feed feed = { .name = str_from_z(wrong[i].name),
                             .url = str_from_z(wrong[i].url),
                             .sum_url = str_from_z(wrong[i].sum_url),
                             .every_minutes = wrong[i].every,
                             .max_bytes = wrong[i].max };
        struct err err = { 0 };

        assert_false(feed_add(scratch->tx, &feed, wrong[i].plain_ok, (struct utc){ T0 }, &err));
        assert_int_equal(err.code, ERR_INPUT);
        assert_string_equal(err.subject, wrong[i].subject);
    }
}

static void feed__is_due_by_its_schedule(void **state)
{
    struct scratch *scratch = *state;
    struct feed feed, took = { .etag = STR("\"7\""), .bytes = 12, .read = 3, .added = 2 };
    struct err err = { 0 };

    assert_str(due(scratch, T0), "");
    add(scratch, "one", T0);
    add(scratch, "two", T0 + MINUTE);
    assert_str(due(scratch, T0 + MINUTE), "one"); /* who has waited longest */
    feed = find(scratch, "one");
    assert_true(feed_began(scratch->tx, &feed, (struct utc){ T0 + MINUTE }, &err));
    assert_str(due(scratch, T0 + MINUTE), "two"); /* a try that never ends blocks nobody */
    assert_str(find(scratch, "one").step, "fetch");
    assert_true(feed_is_read(scratch->tx, &feed, &err));
    assert_str(find(scratch, "one").step, "import");
    assert_true(feed_was_taken(scratch->tx, &feed, &took, (struct utc){ T0 + 2 * MINUTE }, &err));
    feed = find(scratch, "one");
    assert_str(feed.step, "");
    assert_str(feed.etag, "\"7\"");
    assert_int_equal(feed.added, 2);
    assert_int_equal(feed.next.ms, T0 + 62 * MINUTE);
    assert_int_equal(feed.taken.ms, T0 + 2 * MINUTE);
    assert_true(feed_is_same(scratch->tx, &feed, (struct utc){ T0 + 62 * MINUTE }, &err));
    feed = find(scratch, "one");
    assert_int_equal(feed.seen.ms, T0 + 62 * MINUTE);
    assert_int_equal(feed.taken.ms, T0 + 2 * MINUTE); /* nothing was */
}

static void feed__waits_longer_after_each_failure(void **state)
{
    struct scratch *scratch = *state;
    struct feed feed = { .id = 11, .every_minutes = 24 * 60 };
    struct err err = { 0 };

    assert_int_equal(feed_wait(&feed, 1, 0), 300);
    assert_int_equal(feed_wait(&feed, 2, 0), 600);
    assert_int_equal(feed_wait(&feed, 3, 0), 1200);
    assert_int_equal(feed_wait(&feed, 40, 0), 86400);
    assert_int_equal(feed_wait(&feed, 1, 7200), 7200); /* the source's own wish */
    feed.every_minutes = 10;
    assert_int_equal(feed_wait(&feed, 9, 0), 600); /* never rarer than its schedule */
    feed.id = 10;
    assert_int_equal(feed_wait(&feed, 9, 0), 660); /* not all at once */

    add(scratch, "one", T0);
    feed = find(scratch, "one");
    assert_true(feed_failed(scratch->tx, &feed, STR("the server answered 503"), STR("\"part\""), 0,
                            (struct utc){ T0 }, &err));
    feed = find(scratch, "one");
    assert_int_equal(feed.failures, 1);
    assert_str(feed.words, "the server answered 503");
    assert_str(feed.part_etag, "\"part\"");
    assert_str(due(scratch, T0 + 4 * MINUTE), "");
    assert_str(due(scratch, T0 + 6 * MINUTE), "one");
    assert_true(feed_is_same(scratch->tx, &feed, (struct utc){ T0 + 6 * MINUTE }, &err));
    assert_int_equal(find(scratch, "one").failures, 0);
    assert_str(find(scratch, "one").words, "");
}

static void feed__can_be_paused_asked_and_removed(void **state)
{
    struct scratch *scratch = *state;
    struct err err = { 0 };

    add(scratch, "one", T0);
    assert_true(feed_pause(scratch->tx, STR("one"), true, (struct utc){ T0 }, &err));
    assert_str(due(scratch, T0 + MINUTE), "");
    assert_true(feed_run_now(scratch->tx, STR("one"), &err));
    assert_str(due(scratch, T0 + MINUTE), "one"); /* this once */
    assert_true(feed_pause(scratch->tx, STR("one"), false, (struct utc){ T0 + MINUTE }, &err));
    assert_str(due(scratch, T0 + MINUTE), "one");
    assert_true(feed_remove(scratch->tx, STR("one"), &err));
    assert_false(feed_remove(scratch->tx, STR("one"), &err));
    assert_int_equal(err.code, ERR_ABSENT);
}

static void feed_pieces__are_of_tries_that_broke_off(void **state)
{
    struct scratch *scratch = *state;
    struct feed one, took = { .etag = STR("\"7\"") };
    struct feed_ids pieces;
    struct err err = { 0 };

    add(scratch, "one", T0);
    add(scratch, "two", T0);
    one = find(scratch, "one");
    assert_true(feed_pieces(scratch->tx, scratch->arena, &pieces, &err));
    assert_int_equal(pieces.len, 0);
    assert_true(
        feed_failed(scratch->tx, &one, STR("?"), STR("\"7\""), 0, (struct utc){ T0 }, &err));
    assert_true(feed_pieces(scratch->tx, scratch->arena, &pieces, &err));
    assert_int_equal(pieces.len, 1);
    assert_int_equal(pieces.at[0], one.id);
    assert_true(feed_was_taken(scratch->tx, &one, &took, (struct utc){ T0 }, &err));
    assert_true(feed_pieces(scratch->tx, scratch->arena, &pieces, &err));
    assert_int_equal(pieces.len, 0);
}

/* A feed is removed while it is fetched and another comes: what the fetch then tells is nobody's. */
static void feed__of_a_number_that_was_removed_is_nobody(void **state)
{
    struct scratch *scratch = *state;
    struct feed before, took = { .etag = STR("\"7\""), .added = 2 };
    struct err err = { 0 };

    add(scratch, "one", T0);
    before = find(scratch, "one");
    assert_true(feed_remove(scratch->tx, STR("one"), &err));
    add(scratch, "two", T0);
    assert_int_not_equal(find(scratch, "two").id, before.id);
    assert_true(feed_began(scratch->tx, &before, (struct utc){ T0 }, &err));
    assert_true(feed_is_read(scratch->tx, &before, &err));
    assert_true(feed_is_same(scratch->tx, &before, (struct utc){ T0 }, &err));
    assert_true(feed_was_taken(scratch->tx, &before, &took, (struct utc){ T0 }, &err));
    assert_true(feed_failed(scratch->tx, &before, STR("?"), STR_NONE, 0, (struct utc){ T0 }, &err));
    assert_int_equal(find(scratch, "two").next.ms, T0);
    assert_int_equal(find(scratch, "two").taken.ms, 0);
    assert_int_equal(find(scratch, "two").failures, 0);
    assert_str(find(scratch, "two").etag, "");
    assert_str(due(scratch, T0), "two");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, scratch_tear_down)
int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(feed_add__refuses_what_cannot_be),
        TEST(feed__is_due_by_its_schedule),
        TEST(feed__waits_longer_after_each_failure),
        TEST(feed__can_be_paused_asked_and_removed),
        TEST(feed_pieces__are_of_tries_that_broke_off),
        TEST(feed__of_a_number_that_was_removed_is_nobody),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
