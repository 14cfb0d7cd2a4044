/* faces/desk/tracker/cases.c: a developer's own cases: which there are, and one of them. */
#include "base/err.h"
#include "base/record.h"
#include "domain/casework/developer_view.h"
#include "domain/casework/list.h"
#include "faces/desk/casework/fill.h"
#include "faces/desk/tracker/tracker.h"
#include "faces/http/respond.h"

bool tracker_query(const struct request *req, const char *const *names, struct err *err)
{
    for (size_t i = 0; i < req->query.len; i++) {
        const char *const *name = names;

        while (*name && !str_eq_z(req->query.at[i].name, *name))
            name++;
        if (!*name)
            return FAIL(err, BAD_REQUEST, req->query.at[i].name);
    }
    return true;
}

bool tracker_number(const struct request *req, const char *name, int64_t max, int64_t fallback,
                    int64_t *out, struct err *err)
{
    struct str text = request_query(req, name);
    struct err why = { 0 };

    *out = fallback;
    return !text.ptr || str_to_int(text, 0, max, out, &why)
               ? true
               : FAIL(err, BAD_REQUEST, str_from_z(name));
}

bool tracker_send(struct response *res, struct buf *buf, struct err *err)
{
    struct str text;

    buf_byte(buf, '\n');
    return buf_done(buf, &text, err) ? respond_json(res, text) : PASS(err);
}

void tracker_put_time(struct json_writer *w, const char *key, struct utc at)
{
    if (at.ms)
        json_pair(w, key, utc_iso(w->buf->arena, at));
}

static struct str page_of(const struct request *req, struct str public_id)
{
    return arena_printf(req->arena, "%.*s/cases/%.*s", STR_ARG(desk_of(req)->settings->desk_url),
                        STR_ARG(public_id));
}

/* ---- the list ---- */

static bool read_filter(const struct request *req, struct case_filter *out, struct err *err)
{
    static const char *const names[] = { "state", "q", "after", "limit", NULL };
    struct str state = request_query(req, "state");

    *out = (struct case_filter){ .state = str_eq(state, STR("all")) ? STR_NONE : state,
                                 .search = request_query(req, "q"),
                                 .after = request_query(req, "after"),
                                 .sort = CASES_BY_NUMBER };
    if (!tracker_query(req, names, err) ||
        !tracker_number(req, "limit", TRACKER_PAGE_MAX, TRACKER_PAGE, &out->limit, err))
        return PASS(err);
    if (state.ptr && !str_eq(state, STR("all")) && !str_eq(state, STR("open")) &&
        !str_eq(state, STR("closed")))
        return FAIL(err, BAD_REQUEST, STR("state"));
    if (out->after.ptr && !public_id_is(out->after))
        return FAIL(err, BAD_REQUEST, STR("after"));
    return out->limit > 0 ? true : FAIL(err, BAD_REQUEST, STR("limit"));
}

static void put_line(struct request *req, struct json_writer *w, const struct case_line *line)
{
    json_object_begin(w);
    json_pair(w, "id", line->public_id);
    json_pair(w, "number", line->number);
    json_pair(w, "title", line->title);
    json_pair(w, "state", str_from_z(product_life.states[line->state]));
    json_pair(w, "own_state", line->own_state);
    tracker_put_time(w, "answer_due", line->own_due);
    tracker_put_time(w, "publication_date", line->publication_date);
    json_key(w, "unread");
    json_put_int(w, line->unread);
    json_pair(w, "page", page_of(req, line->public_id));
    json_object_end(w);
}

bool tracker_list(struct request *req, struct response *res, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    const struct desk *desk = desk_of(req);
    struct buf buf = buf_new(req->arena, TRACKER_ANSWER_MAX);
    struct json_writer w = json_writer_new(&buf, false);
    struct case_filter filter;
    struct case_lines lines;

    if (!read_filter(req, &filter, err) || !tx_begin(desk->store, TX_READ, &tx, err) ||
        !cases_list(&desk->casework, tx, who_of(req), &filter, req->now, req->arena, &lines, err))
        return PASS(err);
    json_object_begin(&w);
    json_key(&w, "cases");
    json_array_begin(&w);
    for (size_t i = 0; i < lines.len; i++)
        put_line(req, &w, &lines.at[i]);
    json_array_end(&w);
    if (lines.has_more)
        json_pair(&w, "next", lines.at[lines.len - 1].public_id);
    json_object_end(&w);
    return tracker_send(res, &buf, err) ? true : PASS(err);
}

/* ---- one case ---- */

static void put_report(struct json_writer *w, struct str texts)
{
    const struct form_field *field = NULL;

    json_key(w, "report");
    json_object_begin(w);
    while ((field = report_field_next(REPORT_PRODUCT, field))) {
        if (fill_shows(field, false))
            json_pair(w, field->name, record_get(texts, field->name));
    }
    json_object_end(w);
}

static void put_products(struct json_writer *w, const struct product_results *products)
{
    json_key(w, "products");
    json_array_begin(w);
    for (size_t i = 0; i < products->len; i++) {
        const struct product_result *p = &products->at[i];

        json_object_begin(w);
        json_pair(w, "name", p->name);
        json_pair(w, "affected", p->affected);
        json_pair(w, "affected_versions", p->affected_versions);
        json_pair(w, "fixed_versions", p->fixed_versions);
        json_object_end(w);
    }
    json_array_end(w);
}

static void put_own(struct json_writer *w, const struct scene *s, const struct developer_report *r)
{
    json_key(w, "own");
    json_object_begin(w);
    json_pair(w, "state", str_from_z(developer_life.states[s->own.state]));
    tracker_put_time(w, "answer_due", s->own.answer_due);
    if (grant_sees(&s->grant, SEES_OWN_S)) {
        json_pair(w, "affected", s->own.affected);
        json_pair(w, "novelty", s->own.novelty);
        json_pair(w, "words", r->words);
        put_products(w, &r->products);
        json_pair(w, "countermeasure", s->own.countermeasure);
        json_pair(w, "status_words", r->status_words);
    }
    json_pair(w, "statement_ja", r->statement_ja);
    json_pair(w, "statement_en", r->statement_en);
    json_pair(w, "url", r->url);
    json_object_end(w);
}

bool tracker_case(struct request *req, struct scene *s, struct str *json, struct str *etag,
                  struct err *err)
{
    struct buf buf = buf_new(req->arena, TRACKER_ANSWER_MAX);
    struct json_writer w = json_writer_new(&buf, false);
    struct developer_view v;

    if (!s->has_own)
        return FAIL(err, ABSENT, STR("a case"));
    if (!developer_view_load(s->tx, &s->c, &s->own, &s->grant, req->arena, &v, err))
        return PASS(err);
    json_object_begin(&w);
    json_pair(&w, "id", s->c.public_id);
    json_pair(&w, "number", s->c.number);
    json_pair(&w, "title", v.title);
    json_pair(&w, "state", str_from_z(product_life.states[s->c.state]));
    tracker_put_time(&w, "publication_date", v.publication_date);
    tracker_put_time(&w, "published_at", s->c.published_at);
    json_pair(&w, "summary", v.summary);
    put_own(&w, s, &v.own);
    put_report(&w, v.texts);
    json_pair(&w, "page", page_of(req, s->c.public_id));
    json_object_end(&w);
    buf_byte(&buf, '\n');
    if (!buf_done(&buf, json, err))
        return PASS(err);
    *etag = arena_printf(req->arena, "\"%.*s\"",
                         STR_ARG(str_take(hash_hex(hash_of(*json), req->arena), 32)));
    return true;
}

/* The first look is an event, as on the page: what the program has fetched has reached the developer. */
bool tracker_show(struct request *req, struct response *res, struct err *err)
{
    __attribute__((cleanup(scene_end))) struct scene s = { 0 };
    struct str json, etag;

    if (!scene_open(req, TX_WRITE, &s, err) ||
        (s.has_own && !answer_seen(s.tx, who_of(req), &s.c, &s.own, req->now, req->arena, err)) ||
        !tracker_case(req, &s, &json, &etag, err) || !tx_commit(&s.tx, err))
        return PASS(err);
    res->etag = etag;
    return respond_json(res, json);
}
