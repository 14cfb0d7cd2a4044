#include "faces/api/myjvn/feeds.h"

#include "base/err.h"
#include "domain/myjvn/files.h"
#include "faces/api/myjvn/answers.h"
#include "faces/http/respond.h"
#include "faces/public/catalog.h"
#include "faces/public/context.h"
#include "faces/public/document.h"
#include "faces/public/machine.h"
#include "formats/archive/pack.h"

bool myjvn_file(struct request *req, struct response *res, struct err *err)
{
    return public_document(req, res) ? true : FAIL(err, NOT_FOUND, req->path);
}

/* The interface takes what became public, came and changed within a week unless it is told otherwise; a feed has no such week. */
static struct fields without_week(const struct request *req)
{
    static const struct field any[] = {
        { STR_INIT("rangeDatePublic"), STR_INIT("n") },
        { STR_INIT("rangeDatePublished"), STR_INIT("n") },
        { STR_INIT("rangeDateFirstPublished"), STR_INIT("n") },
    };
    struct fields fields = { 0 };

    for (size_t i = 0; i < req->query.len; i++)
        VEC_PUSH(req->arena, &fields, req->query.at[i]);
    for (size_t i = 0; i < COUNT(any); i++)
        VEC_PUSH(req->arena, &fields, any[i]);
    return fields;
}

/* "/ja/rss/search.rdf" stands beside the pages' languages, as the files do. */
static bool read_search(const struct request *req, struct myjvn_request *out, struct err *err)
{
    struct fields query = without_week(req), fixed = { 0 };
    enum lang lang = str_starts(req->path, STR("/ja/")) ? LANG_JA : LANG_EN;

    VEC_PUSH(req->arena, &fixed, (struct field){ STR("method"), STR("getVulnOverviewList") });
    VEC_PUSH(req->arena, &fixed, (struct field){ STR("feed"), STR("hnd") });
    VEC_PUSH(req->arena, &fixed, (struct field){ STR("lang"), lang_code(lang) });
    VEC_PUSH(req->arena, &fixed, (struct field){ STR("startItem"), STR("1") });
    VEC_PUSH(req->arena, &fixed, (struct field){ STR("maxCountItem"), STR("50") });
    if (!myjvn_read_request(&query, &fixed, public_of(req)->settings->entry_prefix, req->now,
                            req->arena, out))
        return FAIL(err, BAD_REQUEST, out->status.message);
    out->search.limit = MYJVN_UPDATED_MAX;
    return true;
}

static bool take(struct tx *tx, const struct myjvn_rows *rows, const struct myjvn_site *site,
                 struct arena *arena, struct jvnrss *feed, struct err *err)
{
    CLEANUP(packer_free_var) struct packer *packer = packer_new();

    for (size_t i = 0; i < rows->len; i++) {
        struct jvnrss_item item;

        if (!myjvn_to_jvnrss(tx, &rows->at[i], site, JVNRSS_FILE, packer, arena, &item, err))
            return PASS(err);
        VEC_PUSH(arena, &feed->items, item);
        if (item.modified.ms > feed->date.ms)
            feed->date = item.modified;
    }
    return true;
}

static struct jvnrss head_of(const struct request *req, const struct myjvn_site *site,
                             enum lang lang)
{
    struct str url =
        arena_printf(req->arena, "%.*s%.*s%s%.*s", STR_ARG(site->url), STR_ARG(req->raw_path),
                     req->query_text.len > 0 ? "?" : "", STR_ARG(req->query_text));

    return (struct jvnrss){ .lang = lang,
                            .url = url,
                            .title = STR("JVNDB RSS Feed - Search Result"),
                            .link = arena_printf(req->arena, "%.*s/", STR_ARG(site->url)),
                            .description = lang == LANG_JA ? STR("JVN iPedia 検索結果")
                                                           : STR("JVN iPedia Search Result") };
}

bool myjvn_search_feed(struct request *req, struct response *res, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    const struct myjvn_site site = myjvn_site_from(public_of(req)->settings);
    struct buf buf = buf_new(req->arena, MYJVN_ANSWER_MAX);
    struct myjvn_request asked;
    struct myjvn_rows rows;
    struct jvnrss feed;
    struct str text;
    int64_t total;

    if (!read_search(req, &asked, err) || !public_catalog_begin(req, &tx, err) ||
        !myjvn_find(tx, &asked.search, req->arena, &rows, &total, err))
        return PASS(err);
    feed = head_of(req, &site, asked.lang);
    if (!take(tx, &rows, &site, req->arena, &feed, err))
        return PASS(err);
    jvnrss_write(&feed, &buf);
    if (!buf_done(&buf, &text, err))
        return PASS(err);
    return machine_send_text(req, res, text, STR("text/xml; charset=utf-8"), STR_NONE);
}
