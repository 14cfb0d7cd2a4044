/* Feeds of the demonstration: what their page looks like. They rest, for a demonstration asks nobody outside. */
#include "base/err.h"
#include "domain/feed/feed.h"
#include "faces/cli/demo/demo.h"
#include "store/store.h"

#define HOUR_MS INT64_C(3600000)

/* clang-format off */
static const struct {
    struct feed values, took;
    const char *failed; /* words of the last try; NULL: it went well */
} rows[] = {
    { { .name = STR_INIT("nvd-modified"), .url = STR_INIT("https://feeds.example/nvd/modified.json.gz"), .format = STR_INIT("nvd"),
        .sum_url = STR_INIT("https://feeds.example/nvd/modified.meta"), .every_minutes = 120 },
      { .etag = STR_INIT("\"6f2a\""), .bytes = 812345, .read = 1204, .added = 96, .changed = 1108 }, NULL },
    { { .name = STR_INIT("jvn-new"), .url = STR_INIT("https://feeds.example/ja/rss/new.rdf"), .format = STR_INIT("jvnrss"), .every_minutes = 60 },
      { .etag = STR_INIT("\"19c0\""), .bytes = 90112, .read = 48, .added = 5, .changed = 3, .refused = 1 }, NULL },
    { { .name = STR_INIT("osv-npm"), .url = STR_INIT("https://feeds.example/osv/npm/all.zip"), .format = STR_INIT("osv"), .every_minutes = 360 },
      { .bytes = 0 }, "the server answered 503" },
};
/* clang-format on */

static bool play(struct tx *tx, size_t i, struct utc now, struct arena *arena, struct err *err)
{
    struct utc before = { now.ms - 3 * HOUR_MS };
    struct feed feed;

    if (!feed_add(tx, &rows[i].values, false, before, err) ||
        !feed_find(tx, rows[i].values.name, arena, &feed, err) ||
        !feed_began(tx, &feed, before, err))
        return PASS(err);
    return (rows[i].failed
                ? feed_failed(tx, &feed, str_from_z(rows[i].failed), STR_NONE, 0, before, err)
                : feed_was_taken(tx, &feed, &rows[i].took, before, err)) &&
                   feed_pause(tx, feed.name, true, now, err)
               ? true
               : PASS(err);
}

bool demo_feeds(struct store *desk, struct utc now, struct arena *arena, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;

    if (!tx_begin(desk, TX_WRITE, &tx, err))
        return PASS(err);
    for (size_t i = 0; i < COUNT(rows); i++)
        if (!play(tx, i, now, arena, err))
            return PASS(err);
    return tx_commit(&tx, err) ? true : PASS(err);
}
