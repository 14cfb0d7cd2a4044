#include "domain/feed/feed.h"

#include "base/err.h"
#include "domain/feed/feed.sql.h"

enum { FIRST_WAIT = 300, LAST_WAIT = 86400, RETRY_MOST = 7 * 86400 };

/* No text is an empty one here: NULL would say that nobody knows. */
static struct str filled(struct str text) { return text.len > 0 ? text : STR(""); }

/* ---- what a person says ---- */

static bool is_name(struct str name)
{
    for (size_t i = 0; i < name.len; i++) {
        char c = name.ptr[i];

        if (!(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') && !(c >= '0' && c <= '9') &&
            !(i > 0 && (c == '-' || c == '_' || c == '.')))
            return false;
    }
    return name.len > 0 && name.len <= FEED_NAME_MAX;
}

static bool is_url(struct str url, bool plain_ok)
{
    return url.len <= FEED_URL_MAX && str_is_plain(url, false) && !str_contains(url, STR(" ")) &&
           ((str_starts(url, STR("https://")) && url.len > 8) ||
            (plain_ok && str_starts(url, STR("http://")) && url.len > 7));
}

static bool check(const struct feed *values, bool plain_ok, struct err *err)
{
    if (!is_name(values->name))
        return FAIL(err, INPUT, STR("name"));
    if (!is_url(values->url, plain_ok))
        return FAIL(err, INPUT, STR("url"));
    if (values->sum_url.len > 0 && !is_url(values->sum_url, plain_ok))
        return FAIL(err, INPUT, STR("checksums"));
    if (values->format.len > 32 || !str_is_plain(values->format, false))
        return FAIL(err, INPUT, STR("format"));
    if (values->every_minutes != 0 &&
        (values->every_minutes < FEED_EVERY_LEAST || values->every_minutes > FEED_EVERY_MOST))
        return FAIL(err, INPUT, STR("every"));
    if (values->max_bytes < 0 || values->max_bytes > FEED_BYTES_MOST)
        return FAIL(err, INPUT, STR("max-bytes"));
    return true;
}

bool feed_add(struct tx *tx, const struct feed *values, bool plain_ok, struct utc now,
              struct err *err)
{
    int64_t count, named;

    if (!check(values, plain_ok, err) ||
        !store_number(tx, &sql_feed_count, NO_BINDS, 0, &count, err) ||
        !store_number(tx, &sql_feed_named, BINDS(bind_text("name", values->name)), 0, &named, err))
        return PASS(err);
    if (count >= FEEDS_MAX)
        return FAIL(err, TOO_MANY, STR("feed"));
    if (named > 0)
        return FAIL(err, INPUT, STR("name"));
    return store_exec(
               tx, &sql_feed_insert,
               BINDS(bind_text("name", values->name), bind_text("url", values->url),
                     bind_text("format", filled(values->format)),
                     bind_text("sum_url", filled(values->sum_url)),
                     bind_int("every",
                              values->every_minutes ? values->every_minutes : FEED_EVERY_USUAL),
                     bind_int("max", values->max_bytes ? values->max_bytes : FEED_BYTES_USUAL),
                     bind_int("now", now.ms)),
               NULL, err)
               ? true
               : PASS(err);
}

static bool change_one(struct tx *tx, const struct query *query, const struct bind *binds,
                       size_t count, struct err *err)
{
    int64_t changed;

    if (!store_exec(tx, query, binds, count, &changed, err))
        return PASS(err);
    return changed == 1 ? true : FAIL(err, ABSENT, STR("feed"));
}

bool feed_remove(struct tx *tx, struct str name, struct err *err)
{
    return change_one(tx, &sql_feed_delete, BINDS(bind_text("name", name)), err) ? true : PASS(err);
}

bool feed_pause(struct tx *tx, struct str name, bool is_paused, struct utc now, struct err *err)
{
    return change_one(tx, &sql_feed_set_paused,
                      BINDS(bind_int("paused", is_paused), bind_int("now", now.ms),
                            bind_text("name", name)),
                      err)
               ? true
               : PASS(err);
}

bool feed_run_now(struct tx *tx, struct str name, struct err *err)
{
    return change_one(tx, &sql_feed_set_due, BINDS(bind_text("name", name)), err) ? true
                                                                                  : PASS(err);
}

/* ---- looking ---- */

static struct feed feed_of(struct rows *rows)
{
    return (struct feed){ .id = row_int(rows, "id"),
                          .name = row_text(rows, "name"),
                          .url = row_text(rows, "url"),
                          .format = row_text(rows, "format"),
                          .sum_url = row_text(rows, "sum_url"),
                          .every_minutes = row_int(rows, "every_minutes"),
                          .max_bytes = row_int(rows, "max_bytes"),
                          .is_paused = row_int(rows, "is_paused") != 0,
                          .next = row_utc(rows, "next_at"),
                          .tried = row_utc(rows, "tried_at"),
                          .seen = row_utc(rows, "seen_at"),
                          .taken = row_utc(rows, "taken_at"),
                          .failures = row_int(rows, "failures"),
                          .step = row_text(rows, "step"),
                          .words = row_text(rows, "words"),
                          .etag = row_text(rows, "etag"),
                          .modified = row_text(rows, "modified"),
                          .sum = row_text(rows, "sum"),
                          .part_etag = row_text(rows, "part_etag"),
                          .bytes = row_int(rows, "bytes"),
                          .read = row_int(rows, "read_count"),
                          .added = row_int(rows, "new_count"),
                          .changed = row_int(rows, "changed_count"),
                          .refused = row_int(rows, "refused_count") };
}

static bool read_all(struct tx *tx, struct str name, struct arena *arena, struct feeds *out,
                     struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int more;

    if (!store_select(tx, &sql_feed_all, BINDS(bind_some("name", name)), arena, &rows, err))
        return PASS(err);
    while ((more = rows_next(rows, err)) > 0)
        VEC_PUSH(arena, out, feed_of(rows));
    return more == 0 ? true : PASS(err);
}

bool feed_list(struct tx *tx, struct arena *arena, struct feeds *out, struct err *err)
{
    return read_all(tx, STR_NONE, arena, out, err) ? true : PASS(err);
}

bool feed_find(struct tx *tx, struct str name, struct arena *arena, struct feed *out,
               struct err *err)
{
    struct feeds found = { 0 };

    if (name.len == 0)
        return FAIL(err, ABSENT, STR("feed"));
    if (!read_all(tx, name, arena, &found, err))
        return PASS(err);
    if (found.len == 0)
        return FAIL(err, ABSENT, STR("feed"));
    *out = found.at[0];
    return true;
}

bool feed_due(struct tx *tx, struct utc now, struct arena *arena, struct feed *out, bool *is_there,
              struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int more;

    if (!store_select(tx, &sql_feed_due_one, BINDS(bind_int("now", now.ms)), arena, &rows, err))
        return PASS(err);
    more = rows_next(rows, err);
    if (more < 0)
        return PASS(err);
    *is_there = more > 0;
    if (*is_there)
        *out = feed_of(rows);
    return true;
}

bool feed_pieces(struct tx *tx, struct arena *arena, struct feed_ids *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int more;

    *out = (struct feed_ids){ 0 };
    if (!store_select(tx, &sql_feed_with_piece, NO_BINDS, arena, &rows, err))
        return PASS(err);
    while ((more = rows_next(rows, err)) > 0)
        VEC_PUSH(arena, out, row_int(rows, "id"));
    return more == 0 ? true : PASS(err);
}

/* ---- how it went ---- */

int64_t feed_wait(const struct feed *feed, int64_t failures, int64_t retry_seconds)
{
    int64_t wait = FIRST_WAIT, most = feed->every_minutes * 60;

    for (int64_t i = 1; i < failures && wait < LAST_WAIT; i++)
        wait *= 2;
    if (wait > LAST_WAIT)
        wait = LAST_WAIT;
    if (most < FIRST_WAIT)
        most = FIRST_WAIT;
    if (wait > most)
        wait = most;
    if (retry_seconds > RETRY_MOST)
        retry_seconds = RETRY_MOST;
    if (wait < retry_seconds)
        wait = retry_seconds;
    return wait + wait * (feed->id % 11) / 100;
}

static struct utc regularly(const struct feed *feed, struct utc now)
{
    return (struct utc){ now.ms + feed->every_minutes * 60000 };
}

bool feed_began(struct tx *tx, const struct feed *feed, struct utc now, struct err *err)
{
    return store_exec(
               tx, &sql_feed_set_began,
               BINDS(bind_int("now", now.ms),
                     bind_int("next", now.ms + feed_wait(feed, feed->failures + 1, 0) * 1000),
                     bind_int("id", feed->id)),
               NULL, err)
               ? true
               : PASS(err);
}

bool feed_is_read(struct tx *tx, const struct feed *feed, struct err *err)
{
    return store_exec(tx, &sql_feed_set_step,
                      BINDS(bind_text("step", STR("import")), bind_int("id", feed->id)), NULL, err)
               ? true
               : PASS(err);
}

bool feed_clear_steps(struct tx *tx, struct err *err)
{
    return store_exec(tx, &sql_feed_clear_steps, NO_BINDS, NULL, err) ? true : PASS(err);
}

bool feed_is_same(struct tx *tx, const struct feed *feed, struct utc now, struct err *err)
{
    return store_exec(tx, &sql_feed_set_same,
                      BINDS(bind_int("now", now.ms), bind_int("next", regularly(feed, now).ms),
                            bind_int("id", feed->id)),
                      NULL, err)
               ? true
               : PASS(err);
}

bool feed_was_taken(struct tx *tx, const struct feed *feed, const struct feed *took, struct utc now,
                    struct err *err)
{
    return store_exec(tx, &sql_feed_set_taken,
                      BINDS(bind_int("now", now.ms), bind_int("next", regularly(feed, now).ms),
                            bind_text("etag", filled(took->etag)),
                            bind_text("modified", filled(took->modified)),
                            bind_text("sum", filled(took->sum)), bind_int("bytes", took->bytes),
                            bind_int("read", took->read), bind_int("new", took->added),
                            bind_int("changed", took->changed), bind_int("refused", took->refused),
                            bind_int("id", feed->id)),
                      NULL, err)
               ? true
               : PASS(err);
}

bool feed_failed(struct tx *tx, const struct feed *feed, struct str words, struct str part_etag,
                 int64_t retry_seconds, struct utc now, struct err *err)
{
    int64_t wait = feed_wait(feed, feed->failures + 1, retry_seconds);

    return store_exec(tx, &sql_feed_set_failed,
                      BINDS(bind_int("next", now.ms + wait * 1000),
                            bind_text("words", str_take(filled(words), FEED_WORDS_MAX)),
                            bind_text("part_etag", filled(part_etag)), bind_int("id", feed->id)),
                      NULL, err)
               ? true
               : PASS(err);
}
