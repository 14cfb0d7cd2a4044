/* domain/watch/tell.h: how the news of a list leaves the desk: by mail to its owner, and as a feed whose address is a secret. Rule: API-02, N30 */
#pragma once
#include "domain/watch/list.h"

/* ---- mails ---- */

enum { WATCH_NAMED_MAX = 50 /* records that one mail names */ };

/* When the mails of that rhythm were last due: an hour ago, this morning at seven, Monday at seven (JST). */
struct utc watch_rhythm_edge(enum watch_rhythm rhythm, struct utc now);
/* Puts a mail into the outbox for every list that has news nobody was told and whose hour has come. *count: of mails. Rule: N30 */
MUST_CHECK bool watch_tell_due(struct store *desk, struct utc now, size_t *count, struct err *err);
/* What that mail of the list tells: records by number, title and address. names_records: also where it cannot be encrypted. Rule: N30 */
MUST_CHECK bool watch_told(struct tx *tx, int64_t list, int64_t digest, enum lang lang,
                           struct str portal_url, struct arena *arena, struct buf *out,
                           bool *names_records, struct err *err);

/* ---- the feed (decision 0011) ---- */

enum { WATCH_FEED_ITEMS = 50 };

/* By its owner. A new token; the one before opens nothing any more. It leaves once, the database has its hash alone. ERR_ABSENT */
MUST_CHECK bool watch_feed_make(const struct deed *deed, const struct watch_list *list,
                                struct str *token, struct err *err);
MUST_CHECK bool watch_feed_end(const struct deed *deed, const struct watch_list *list,
                               struct err *err);
struct watch_feed_site {
    struct str desk_url, portal_url;
    enum lang lang;
};
/* The latest news of the list that the token opens, as JVNRSS: what is public of each entry, and nothing that somebody said of it. ERR_ABSENT */
MUST_CHECK bool watch_feed(struct tx *tx, struct str token, const struct watch_feed_site *site,
                           struct arena *arena, struct buf *out, struct err *err);
