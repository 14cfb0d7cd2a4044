/* domain/feed/feed.h: feeds: files of known vulnerabilities that are fetched and imported on a schedule. The courier fetches, a process of its own imports; here
 * stands when each is due, what its source is asked for, and how it went. */
#pragma once
#include "base/utc.h"
#include "base/vec.h"
#include "store/store.h"

struct err;

enum {
    FEED_NAME_MAX = 64,
    FEED_URL_MAX = 2000,
    FEED_EVERY_LEAST = 5, /* minutes */
    FEED_EVERY_MOST = 60 * 24 * 31,
    FEED_EVERY_USUAL = 120,
    FEEDS_MAX = 500,
    FEED_WORDS_MAX = 300
};
#define FEED_BYTES_USUAL ((int64_t)2 << 30)
#define FEED_BYTES_MOST  ((int64_t)4 << 30) /* what the courier may write */

struct feed {
    int64_t id;
    struct str name; /* a person's: "nvd-modified"; letters, digits, '-', '_', '.' */
    struct str url, format, sum_url;
    int64_t every_minutes, max_bytes;
    bool is_paused;
    struct utc next, tried, seen, taken; /* 0: never */
    int64_t failures;
    struct str step;  /* what happens to it now: "fetch", "import"; empty: nothing */
    struct str words; /* why the last try failed; empty: it did not */
    struct str etag, modified, sum, part_etag;
    int64_t bytes, read, added, changed, refused;
};
struct feeds {
    VEC_OF(struct feed);
};

/* Makes one; it is due at once. Of values: name, url, format, sum_url, every_minutes, max_bytes (0: the usual ones).
 * ERR_INPUT names what cannot be ("name", "url", "every", …) or is there already */
MUST_CHECK bool feed_add(struct tx *tx, const struct feed *values, bool plain_ok, struct utc now,
                         struct err *err);
/* ERR_ABSENT */
MUST_CHECK bool feed_remove(struct tx *tx, struct str name, struct err *err);
MUST_CHECK bool feed_pause(struct tx *tx, struct str name, bool is_paused, struct utc now,
                           struct err *err);
/* Due now, whatever its schedule; a paused one too, this once. */
MUST_CHECK bool feed_run_now(struct tx *tx, struct str name, struct err *err);

/* By name. */
MUST_CHECK bool feed_list(struct tx *tx, struct arena *arena, struct feeds *out, struct err *err);
MUST_CHECK bool feed_find(struct tx *tx, struct str name, struct arena *arena, struct feed *out,
                          struct err *err);
/* The one that has been due for longest; false in *is_there: none is. */
MUST_CHECK bool feed_due(struct tx *tx, struct utc now, struct arena *arena, struct feed *out,
                         bool *is_there, struct err *err);

struct feed_ids {
    VEC_OF(int64_t);
};
/* Those of which a piece is kept of a try that broke off; of all others no file is needed any more. */
MUST_CHECK bool feed_pieces(struct tx *tx, struct arena *arena, struct feed_ids *out,
                            struct err *err);

/* ---- how it went ---- */

/* Before the courier is asked: a try that ends with the program counts as one that failed. */
MUST_CHECK bool feed_began(struct tx *tx, const struct feed *feed, struct utc now, struct err *err);
/* It is here and is imported now. */
MUST_CHECK bool feed_is_read(struct tx *tx, const struct feed *feed, struct err *err);
/* At the start of the program. */
MUST_CHECK bool feed_clear_steps(struct tx *tx, struct err *err);
/* The source has nothing new. */
MUST_CHECK bool feed_is_same(struct tx *tx, const struct feed *feed, struct utc now,
                             struct err *err);
/* Fetched and imported; of took: etag, modified, sum, bytes and the counts. */
MUST_CHECK bool feed_was_taken(struct tx *tx, const struct feed *feed, const struct feed *took,
                               struct utc now, struct err *err);
/* It failed: tried again after a while that doubles (feed_wait). part_etag: of the piece that is kept. retry_seconds: what the source asked for. */
MUST_CHECK bool feed_failed(struct tx *tx, const struct feed *feed, struct str words,
                            struct str part_etag, int64_t retry_seconds, struct utc now,
                            struct err *err);
/* Seconds until the next try after so many failures in a row: five minutes, ten, twenty … at most a day, never longer than its schedule, never sooner than the
 * source asked; up to a tenth more by the feed's id, so that not all come at once. */
int64_t feed_wait(const struct feed *feed, int64_t failures, int64_t retry_seconds);
