#include "domain/watch/tell.h"

#include "base/err.h"
#include "domain/access/outbox.h"
#include "domain/watch/tell.sql.h"
#include "formats/cvss/cvss.h"
#include "formats/jvnrss/jvnrss.h"
#include "seal/seal.h"

enum { MORNING = 7, MONDAY = 1, WEEK = 7 };

static struct watch_item item_of(struct rows *rows)
{
    return (struct watch_item){ .name = row_text(rows, "name"),
                                .title_ja = row_text(rows, "title_ja"),
                                .title_en = row_text(rows, "title_en"),
                                .tenths = (int)row_int(rows, "tenths"),
                                .is_kev = row_int(rows, "is_kev") != 0 };
}

static struct str record_url(struct str portal_url, enum lang lang, struct str name,
                             struct arena *arena)
{
    return arena_printf(arena, "%.*s%s/records/%.*s", STR_ARG(portal_url),
                        lang == LANG_EN ? "/en" : "", STR_ARG(name));
}

/* "CVSS 9.8、悪用を確認"; empty when nothing is known */
static struct str gravity(const struct watch_item *item, enum lang lang, struct arena *arena)
{
    struct str score =
        item->tenths == CVSS_NO_SCORE
            ? STR_NONE
            : arena_printf(arena, "CVSS %d.%d", item->tenths / 10, item->tenths % 10);

    if (!item->is_kev)
        return score;
    return score.len == 0 ? tr(lang, N_("Exploitation confirmed (KEV)"))
                          : tr_fill(arena, lang, N_("{score}, exploitation confirmed (KEV)"),
                                    TR_ARGS({ "score", score }));
}

/* ---- mails ---- */

struct utc watch_rhythm_edge(enum watch_rhythm rhythm, struct utc now)
{
    struct civil day = utc_to_jst(now);
    struct utc edge = utc_from_jst(
        (struct civil){ .year = day.year, .month = day.month, .day = day.day, .hour = MORNING });

    if (rhythm == WATCH_HOURLY)
        return (struct utc){ now.ms - UTC_HOUR };
    if (edge.ms > now.ms)
        edge = utc_add_days(edge, -1);
    if (rhythm == WATCH_WEEKLY)
        edge = utc_add_days(edge, -((utc_to_jst(edge).weekday + WEEK - MONDAY) % WEEK));
    return edge;
}

struct untold {
    int64_t list, account, digest;
};

/* list 0: there is none. */
static bool next_untold(struct tx *tx, struct utc now, struct arena *arena, struct untold *out,
                        struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int there;

    *out = (struct untold){ 0 };
    if (!store_select(tx, &sql_watch_untold,
                      BINDS(bind_int("hour", watch_rhythm_edge(WATCH_HOURLY, now).ms),
                            bind_int("day", watch_rhythm_edge(WATCH_DAILY, now).ms),
                            bind_int("week", watch_rhythm_edge(WATCH_WEEKLY, now).ms)),
                      arena, &rows, err))
        return PASS(err);
    there = rows_next(rows, err);
    if (there == 1)
        *out = (struct untold){ row_int(rows, "id"), row_int(rows, "account_id"),
                                row_int(rows, "digest") + 1 };
    return there >= 0 ? true : PASS(err);
}

static bool tell(struct tx *tx, const struct untold *one, struct utc now, struct err *err)
{
    const struct news news = { .notice = "N30", .watch_id = one->list, .seq = one->digest };

    return store_exec(tx, &sql_watch_tell,
                      BINDS(bind_int("digest", one->digest), bind_int("id", one->list)), NULL,
                      err) &&
                   store_exec(tx, &sql_watch_told_at,
                              BINDS(bind_int("digest", one->digest), bind_utc("now", now),
                                    bind_int("id", one->list)),
                              NULL, err) &&
                   outbox_to_account(tx, &news, one->account, now, err)
               ? true
               : PASS(err);
}

static bool tell_next(struct store *desk, struct utc now, bool *is_there, struct err *err)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 20);
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct untold one;

    if (!tx_begin(desk, TX_READ, &tx, err) || !next_untold(tx, now, arena, &one, err))
        return PASS(err);
    tx_end(TAKE(tx));
    *is_there = one.list != 0;
    if (!*is_there)
        return true;
    return tx_begin(desk, TX_WRITE, &tx, err) && next_untold(tx, now, arena, &one, err) &&
                   (one.list == 0 || tell(tx, &one, now, err)) && tx_commit(&tx, err)
               ? true
               : PASS(err);
}

bool watch_tell_due(struct store *desk, struct utc now, size_t *count, struct err *err)
{
    bool is_there;

    for (*count = 0;; ++*count) {
        if (!tell_next(desk, now, &is_there, err))
            return PASS(err);
        if (!is_there)
            return true;
    }
}

static void put_record(const struct watch_item *item, bool is_changed, enum lang lang,
                       struct str portal_url, struct arena *arena, struct buf *out)
{
    struct str grave = gravity(item, lang, arena), title = watch_title(item, lang),
               url = record_url(portal_url, lang, item->name, arena);

    buf_printf(out, "- %.*s", STR_ARG(item->name));
    if (is_changed)
        buf_printf(out, " [%.*s]", STR_ARG(tr(lang, N_("changed"))));
    if (grave.len > 0)
        buf_printf(out, " (%.*s)", STR_ARG(grave));
    buf_printf(out, "\n  %.*s\n  %.*s\n", STR_ARG(title), STR_ARG(url));
}

static bool put_records(struct tx *tx, int64_t list, int64_t digest, enum lang lang,
                        struct str portal_url, struct arena *arena, struct buf *out,
                        struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int more;

    if (!store_select(tx, &sql_watch_told_rows,
                      BINDS(bind_int("id", list), bind_int("digest", digest),
                            bind_int("limit", WATCH_NAMED_MAX)),
                      arena, &rows, err))
        return PASS(err);
    while ((more = rows_next(rows, err)) > 0) {
        struct watch_item item = item_of(rows);

        put_record(&item, row_int(rows, "is_changed") != 0, lang, portal_url, arena, out);
    }
    return more == 0 ? true : PASS(err);
}

bool watch_told(struct tx *tx, int64_t list, int64_t digest, enum lang lang, struct str portal_url,
                struct arena *arena, struct buf *out, bool *names_records, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int64_t count;

    if (!store_select(tx, &sql_watch_told_list, BINDS(bind_int("id", list)), arena, &rows, err) ||
        !rows_one(rows, STR("watch list"), err) ||
        !store_number(tx, &sql_watch_told_count,
                      BINDS(bind_int("id", list), bind_int("digest", digest)), 0, &count, err))
        return PASS(err);
    *names_records = row_int(rows, "names_records") != 0;
    buf_add(out, tr_fill(arena, lang, N_("New or changed in your list \"{name}\": {count}"),
                         TR_ARGS({ "name", row_text(rows, "name") },
                                 { "count", tr_number(arena, count) })));
    buf_add_z(out, "\n\n");
    if (!put_records(tx, list, digest, lang, portal_url, arena, out, err))
        return PASS(err);
    if (count > WATCH_NAMED_MAX)
        buf_printf(
            out, "%.*s\n",
            STR_ARG(tr_fill(arena, lang, N_("and {count} more"),
                            TR_ARGS({ "count", tr_number(arena, count - WATCH_NAMED_MAX) }))));
    buf_byte(out, '\n');
    return true;
}

/* ---- the feed ---- */

static bool set_feed(const struct deed *deed, const struct watch_list *list, struct str hash,
                     struct utc at, struct err *err)
{
    if (!list->is_own)
        return FAIL(err, ABSENT, STR("watch list"));
    return store_exec(deed->tx, &sql_watch_feed_set,
                      BINDS(hash.len > 0 ? bind_blob("hash", hash) : bind_null("hash"),
                            bind_utc("now", at), bind_int("id", list->id)),
                      NULL, err)
               ? true
               : PASS(err);
}

bool watch_feed_make(const struct deed *deed, const struct watch_list *list, struct str *token,
                     struct err *err)
{
    struct str secret = random_token(deed->arena);
    struct hash hash = hash_of(secret);

    if (!set_feed(deed, list, hash_str(&hash), deed->now, err))
        return PASS(err);
    *token = secret;
    return true;
}

bool watch_feed_end(const struct deed *deed, const struct watch_list *list, struct err *err)
{
    return set_feed(deed, list, STR_NONE, (struct utc){ 0 }, err) ? true : PASS(err);
}

static struct jvnrss_item news_of(struct rows *rows, const struct watch_feed_site *site,
                                  struct arena *arena)
{
    struct watch_item item = item_of(rows);
    struct jvnrss_item news = {
        .url = record_url(site->portal_url, site->lang, item.name, arena),
        .title = arena_printf(arena, "%.*s %.*s", STR_ARG(item.name),
                              STR_ARG(watch_title(&item, site->lang))),
        .description = gravity(&item, site->lang, arena),
        .identifier = item.name,
        .issued = row_utc(rows, "found_at"),
        .modified = row_utc(rows, "news_at"),
    };

    if (str_starts(item.name, STR("CVE-")))
        VEC_PUSH(arena, &news.references,
                 (struct jvnrss_reference){ STR("CVE"), item.name, STR_NONE, news.url });
    return news;
}

static bool put_news(struct tx *tx, int64_t list, const struct watch_feed_site *site,
                     struct arena *arena, struct jvnrss *feed, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int more;

    if (!store_select(tx, &sql_watch_feed_items,
                      BINDS(bind_int("id", list), bind_int("limit", WATCH_FEED_ITEMS)), arena,
                      &rows, err))
        return PASS(err);
    while ((more = rows_next(rows, err)) > 0)
        VEC_PUSH(arena, &feed->items, news_of(rows, site, arena));
    if (feed->items.len > 0)
        feed->date = (struct utc){ feed->items.at[0].modified.ms / 1000 * 1000 };
    return more == 0 ? true : PASS(err);
}

bool watch_feed(struct tx *tx, struct str token, const struct watch_feed_site *site,
                struct arena *arena, struct buf *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    struct hash hash = hash_of(token);
    const char *base = site->lang == LANG_EN ? "/en" : "";
    struct jvnrss feed;

    if (!store_select(tx, &sql_watch_feed_list, BINDS(bind_blob("hash", hash_str(&hash))), arena,
                      &rows, err) ||
        !rows_one(rows, STR("feed"), err))
        return PASS(err);
    feed = (struct jvnrss){
        .lang = site->lang,
        .url =
            arena_printf(arena, "%.*s%s/rss/%.*s", STR_ARG(site->desk_url), base, STR_ARG(token)),
        .title = row_text(rows, "name"),
        .link = arena_printf(arena, "%.*s%s/watch/%.*s", STR_ARG(site->desk_url), base,
                             STR_ARG(row_text(rows, "public_id"))),
        .description = tr(site->lang, N_("What became known about the products of this list."))
    };
    if (!put_news(tx, row_int(rows, "id"), site, arena, &feed, err))
        return PASS(err);
    jvnrss_write(&feed, out);
    return true;
}
