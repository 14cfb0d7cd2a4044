#include "faces/api/myjvn/myjvn.h"

#include "base/err.h"
#include "base/log.h"
#include "faces/api/myjvn/answers.h"
#include "faces/api/myjvn/contents.h"
#include "faces/api/myjvn/feeds.h"
#include "faces/http/respond.h"
#include "faces/public/catalog.h"
#include "faces/public/context.h"
#include "faces/public/machine.h"
#include "formats/archive/pack.h"

enum { MAY_EVERYBODY = 1, FORM_MAX = 64 << 10 };

/* ---- the lists ---- */

static void told(struct myjvn_request *asked, int64_t total, size_t returned)
{
    asked->status.total = total;
    asked->status.returned = (int64_t)returned;
    asked->status.first = asked->start;
}

static bool answer_vendors(struct myjvn_answering *a, struct err *err)
{
    const struct myjvn_search *search = &a->asked->search;
    struct myjvn_vendors vendors;
    int64_t total;
    size_t returned = 0;
    bool with_products = a->asked->method == METHOD_PRODUCTS;

    if (!(with_products ? myjvn_list_products
                        : myjvn_list_vendors)(a->tx, &search->choice, search->lang, search->offset,
                                              search->limit, a->req->arena, &vendors, &total, err))
        return PASS(err);
    for (size_t i = 0; i < vendors.len; i++)
        returned += with_products ? vendors.at[i].products.len : 1;
    told(a->asked, total, returned);
    myjvn_write_vendors(&vendors, search->lang, &a->asked->status, a->out);
    return true;
}

static struct jvnrss feed_of(const struct myjvn_answering *a)
{
    struct str url = arena_printf(a->req->arena, "%.*s/apis/myjvn", STR_ARG(a->site.url)),
               title = a->asked->lang == LANG_JA
                           ? STR("JVNDB　脆弱性対策情報")
                           : STR("JVNDB Vulnerability countermeasure information");

    return (struct jvnrss){ .lang = a->asked->lang,
                            .url = url,
                            .title = title,
                            .link = url,
                            .description = title,
                            .date = a->req->now };
}

static bool answer_overview(struct myjvn_answering *a, struct err *err)
{
    CLEANUP(packer_free_var) struct packer *packer = packer_new();
    struct jvnrss feed = feed_of(a);
    struct myjvn_rows rows;
    int64_t total;

    if (!myjvn_find(a->tx, &a->asked->search, a->req->arena, &rows, &total, err))
        return PASS(err);
    for (size_t i = 0; i < rows.len; i++) {
        struct jvnrss_item item;

        if (!myjvn_to_jvnrss(a->tx, &rows.at[i], &a->site, JVNRSS_ANSWER, packer, a->req->arena,
                             &item, err))
            return PASS(err);
        VEC_PUSH(a->req->arena, &feed.items, item);
    }
    told(a->asked, total, rows.len);
    myjvn_write_overview(&feed, &a->asked->status, a->out);
    return true;
}

/* In the order they were asked for; what there is none of is left out, and does not count. */
static bool answer_detail(struct myjvn_answering *a, struct err *err)
{
    CLEANUP(packer_free_var) struct packer *packer = packer_new();
    const struct myjvn_request *asked = a->asked;
    struct vuldef document = { .lang = asked->lang };
    int64_t total = 0;

    for (size_t i = 0; i < asked->ids.len; i++) {
        struct vuldef_info info;
        struct myjvn_row row;
        bool found;

        if (!myjvn_named(a->tx, asked->ids.at[i], asked->lang, a->req->arena, &row, &found, err))
            return PASS(err);
        if (!found)
            continue;
        total++;
        if (total < asked->start || total >= asked->start + asked->count)
            continue;
        if (!myjvn_to_vuldef(a->tx, &row, packer, a->req->arena, &info, err))
            return PASS(err);
        VEC_PUSH(a->req->arena, &document.infos, info);
    }
    told(a->asked, total, document.infos.len);
    myjvn_write_details(&document, asked->lang, &a->asked->status, a->out);
    return true;
}

/* ---- statistics ---- */

static bool count(const struct myjvn_answering *a, bool is_wanted, bool by_score,
                  struct str weakness, struct myjvn_counts *out, struct err *err)
{
    struct myjvn_counting counting = a->asked->counting;

    if (!is_wanted)
        return true;
    counting.only_with_score = by_score;
    counting.by_severity_2 = a->asked->status.version == MYJVN_ITM;
    counting.weakness = weakness;
    return myjvn_count(a->tx, &counting, a->req->now, a->req->arena, out, err) ? true : PASS(err);
}

static void take_largest(const struct myjvn_counts *counts, struct myjvn_status *status)
{
    for (size_t i = 0; i < counts->len; i++)
        if (counts->at[i].all > status->largest)
            status->largest = counts->at[i].all;
}

static bool answer_statistics(struct myjvn_answering *a, struct err *err)
{
    struct myjvn_request *asked = a->asked;
    struct myjvn_statistics s = { .has_all = asked->has_all,
                                  .has_cvss = asked->has_cvss,
                                  .has_cwe = asked->has_cwe,
                                  .cwe = asked->counting.weakness };

    if (!myjvn_totals(a->tx, a->req->arena, &s.vulnerabilities, &s.vendors, &s.products, err) ||
        !count(a, s.has_all, false, STR_NONE, &s.all, err) ||
        !count(a, s.has_cvss, true, STR_NONE, &s.cvss, err) ||
        !count(a, s.has_cwe, false, s.cwe, &s.by_cwe, err))
        return PASS(err);
    asked->status.largest = 0;
    take_largest(&s.all, &asked->status);
    take_largest(&s.cvss, &asked->status);
    take_largest(&s.by_cwe, &asked->status);
    asked->status.total = (int64_t)(s.has_all ? s.all.len : s.has_cvss ? s.cvss.len : s.by_cwe.len);
    asked->status.returned = asked->status.total;
    myjvn_write_statistics(&s, &asked->status, a->out);
    return true;
}

/* ---- one answer ---- */

void myjvn_answer_alone(struct myjvn_answering *a)
{
    const struct myjvn_status *status = &a->asked->status;
    struct myjvn_alerts alerts;

    switch (a->asked->method) {
    case METHOD_OVERVIEW:
        myjvn_write_overview(NULL, status, a->out);
        break;
    case METHOD_DETAIL:
        myjvn_write_details(NULL, a->asked->lang, status, a->out);
        break;
    case METHOD_STATISTICS:
        myjvn_write_statistics(NULL, status, a->out);
        break;
    case METHOD_ALERTS:
        alerts = myjvn_alerts_head(a);
        (a->asked->is_json ? myjvn_write_alerts_json : myjvn_write_alerts)(&alerts, status, a->out);
        break;
    default:
        myjvn_write_vendors(NULL, a->asked->lang, status, a->out);
    }
}

static bool answer(struct myjvn_answering *a, struct err *err)
{
    switch (a->asked->method) {
    case METHOD_VENDORS:
    case METHOD_PRODUCTS:
        return answer_vendors(a, err) ? true : PASS(err);
    case METHOD_OVERVIEW:
        return answer_overview(a, err) ? true : PASS(err);
    case METHOD_DETAIL:
        return answer_detail(a, err) ? true : PASS(err);
    case METHOD_STATISTICS:
        return answer_statistics(a, err) ? true : PASS(err);
    default:
        return myjvn_answer_alerts(a, err) ? true : PASS(err);
    }
}

/* Faults are answers as well, with status 200: clients of this interface look no further otherwise. */
static bool answer_or_fault(struct myjvn_answering *a)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct err why = { 0 };
    struct buf empty = *a->out;

    if (public_catalog_begin(a->req, &tx, &why)) {
        a->tx = tx;
        if (answer(a, &why))
            return true;
    } else if (why.code == ERR_ABSENT && a->asked->method == METHOD_ALERTS && answer(a, &why)) {
        return true; /* advisories need no catalogue */
    }
    if (why.code != ERR_ABSENT)
        log_error("myjvn", a->req->id, &why);
    *a->out = empty;
    myjvn_fail(a->asked, a->req->arena);
    myjvn_answer_alone(a);
    return true;
}

/* The documents call for a root of its own where nothing is found; clients that read the method's own root do not know it. */
static bool wants_result(const struct myjvn_answering *a)
{
    return public_of(a->req)->settings->myjvn_result_when_empty && a->asked->status.total == 0 &&
           a->asked->method != METHOD_ALERTS;
}

/* Answers tell when they were asked for: the tag stands for the rest. */
static struct str without_time(struct str text, struct utc now, struct arena *arena)
{
    struct str time = utc_iso_jst(arena, (struct utc){ now.ms / UTC_SECOND * UTC_SECOND }), part;
    struct buf buf = buf_new(arena, text.len + 1);

    while (text.len > 0) {
        size_t at = str_index_str(text, time);

        part = str_take(text, at);
        buf_add(&buf, part);
        text = str_drop(text, at + time.len);
    }
    return buf_str(&buf);
}

/* Rule: API-01 */
static bool api_myjvn(struct request *req, struct response *res, struct err *err)
{
    const struct settings *settings = public_of(req)->settings;
    struct buf buf = buf_new(req->arena, MYJVN_ANSWER_MAX);
    struct myjvn_request asked;
    struct myjvn_answering a = {
        .req = req, .asked = &asked, .site = myjvn_site_from(settings), .out = &buf
    };
    struct str text;

    if (!myjvn_read_request(&req->query, &req->form, settings->entry_prefix, req->now, req->arena,
                            &asked))
        myjvn_answer_alone(&a);
    else if (!answer_or_fault(&a))
        return PASS(err);
    if (wants_result(&a)) {
        buf = buf_new(req->arena, MYJVN_ANSWER_MAX);
        myjvn_write_vendors(NULL, asked.lang, &asked.status, &buf);
    }
    if (!buf_done(&buf, &text, err))
        return PASS(err);
    return machine_send_text(req, res, text,
                             asked.is_json ? STR("application/json; charset=utf-8")
                                           : STR("text/xml; charset=utf-8"),
                             without_time(text, req->now, req->arena));
}

static const struct route routes[] = {
    ROUTE_GET_OPEN("/myjvn", MAY_EVERYBODY, api_myjvn),
    ROUTE_POST("/myjvn", MAY_EVERYBODY, TOKEN_OPEN, BODY_FORM, FORM_MAX, api_myjvn),
    ROUTE_GET("/cvesearch", MAY_EVERYBODY, myjvn_cve_search),
    ROUTE_POST("/cvesearch", MAY_EVERYBODY, TOKEN_OPEN, BODY_FORM, FORM_MAX, myjvn_cve_search),
    /* "/en" is taken off in front of it */
    ROUTE_GET("/ja/contents/{year}/{file}", MAY_EVERYBODY, myjvn_contents),
    ROUTE_GET("/contents/{year}/{file}", MAY_EVERYBODY, myjvn_contents),
    /* "/en/rss/{file}" is among the pages' own */
    ROUTE_GET_OPEN("/ja/rss/{file}", MAY_EVERYBODY, myjvn_file),
    ROUTE_GET_OPEN("/ja/rss/search.rdf", MAY_EVERYBODY, myjvn_search_feed),
    ROUTE_GET_OPEN("/rss/search.rdf", MAY_EVERYBODY, myjvn_search_feed),
    ROUTE_GET_OPEN("/ja/rss/years/{file}", MAY_EVERYBODY, myjvn_file),
    ROUTE_GET_OPEN("/rss/years/{file}", MAY_EVERYBODY, myjvn_file),
    ROUTE_GET_OPEN("/ja/feed/checksum.txt", MAY_EVERYBODY, myjvn_file),
    ROUTE_GET_OPEN("/feed/checksum.txt", MAY_EVERYBODY, myjvn_file),
    ROUTE_GET_OPEN("/ja/feed/{kind}/{file}", MAY_EVERYBODY, myjvn_file),
    ROUTE_GET_OPEN("/feed/{kind}/{file}", MAY_EVERYBODY, myjvn_file),
};

const struct route_list api_myjvn_routes = ROUTES(routes);
