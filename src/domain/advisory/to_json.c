/* domain/advisory/to_json.c: our own JSON of an advisory: everything its page says, in both languages. */
#include "base/err.h"
#include "domain/advisory/formats.h"
#include "formats/json/json.h"

struct out {
    const struct advisory_view *view;
    struct arena *arena;
    struct json_writer *w;
};

static void pair_time(struct out *o, const char *key, struct utc t)
{
    if (t.ms)
        json_pair(o->w, key, utc_iso(o->arena, t));
}

static void pair_bool(struct out *o, const char *key, bool b)
{
    json_key(o->w, key);
    json_put_bool(o->w, b);
}

static void put_both(struct out *o, const char *key, struct str ja, struct str en)
{
    if (ja.len == 0 && en.len == 0)
        return;
    json_key(o->w, key);
    json_object_begin(o->w);
    json_pair(o->w, "ja", ja);
    json_pair(o->w, "en", en);
    json_object_end(o->w);
}

static void put_texts(struct out *o)
{
    const struct advisory_text *ja = &o->view->ja, *en = &o->view->en;

    put_both(o, "title", ja->title, en->title);
    put_both(o, "action", ja->action, en->action);
    put_both(o, "overview", ja->overview, en->overview);
    put_both(o, "details", ja->details, en->details);
    put_both(o, "impact", ja->impact, en->impact);
    put_both(o, "solution", ja->solution, en->solution);
    put_both(o, "workaround", ja->workaround, en->workaround);
    put_both(o, "addendum", ja->addendum, en->addendum);
    put_both(o, "credit", ja->credit, en->credit);
    put_both(o, "judgement", ja->judgement, en->judgement);
}

static void put_products(struct out *o)
{
    json_key(o->w, "products");
    json_array_begin(o->w);
    for (size_t i = 0; i < o->view->products.len; i++) {
        const struct advisory_product *p = &o->view->products.at[i];

        json_object_begin(o->w);
        put_both(o, "vendor", p->vendor_ja, p->vendor_en);
        json_pair(o->w, "product", p->product);
        put_both(o, "versions", p->versions, p->versions_en);
        json_pair(o->w, "fixed", p->fixed);
        put_both(o, "note", p->note_ja, p->note_en);
        json_object_end(o->w);
    }
    json_array_end(o->w);
}

static void put_weaknesses(struct out *o)
{
    json_key(o->w, "weaknesses");
    json_array_begin(o->w);
    for (size_t i = 0; i < o->view->weaknesses.len; i++) {
        const struct advisory_weakness *w = &o->view->weaknesses.at[i];
        struct advisory_score score = weakness_score(w, o->arena);

        json_object_begin(o->w);
        json_pair(o->w, "cve", w->cve);
        json_pair(o->w, "cwe", w->cwe);
        put_both(o, "cweName", w->cwe_name_ja, w->cwe_name_en);
        json_pair(o->w, "cvss", score.vector);
        if (score.tenths >= 0) {
            json_key(o->w, "baseScore");
            json_put_tenths(o->w, score.tenths);
            json_pair(o->w, "baseSeverity", score.word);
        }
        json_object_end(o->w);
    }
    json_array_end(o->w);
}

static void put_vendors(struct out *o)
{
    json_key(o->w, "vendors");
    json_array_begin(o->w);
    for (size_t i = 0; i < o->view->vendors.len; i++) {
        const struct advisory_vendor *v = &o->view->vendors.at[i];

        json_object_begin(o->w);
        put_both(o, "name", v->name_ja, v->name_en);
        json_pair(o->w, "status", v->status);
        pair_time(o, "at", v->at);
        json_pair(o->w, "url", v->url);
        put_both(o, "statement", v->statement_ja, v->statement_en);
        json_object_end(o->w);
    }
    json_array_end(o->w);
}

static void put_references(struct out *o)
{
    json_key(o->w, "references");
    json_array_begin(o->w);
    for (size_t i = 0; i < o->view->references.len; i++) {
        const struct advisory_reference *r = &o->view->references.at[i];

        json_object_begin(o->w);
        json_pair(o->w, "kind", r->kind);
        json_pair(o->w, "title", r->title);
        json_pair(o->w, "url", r->url);
        json_object_end(o->w);
    }
    json_array_end(o->w);
}

static void put_history(struct out *o)
{
    json_key(o->w, "history");
    json_array_begin(o->w);
    for (size_t i = 0; i < o->view->history.len; i++) {
        json_object_begin(o->w);
        pair_time(o, "at", o->view->history.at[i].at);
        put_both(o, "words", o->view->history.at[i].words_ja, o->view->history.at[i].words_en);
        json_object_end(o->w);
    }
    json_array_end(o->w);
}

bool advisory_to_json(const struct advisory_view *view, const struct advisory_site *site,
                      struct arena *arena, struct str *out, struct err *err)
{
    struct buf buf = buf_new(arena, FORMAT_MAX);
    struct json_writer w = json_writer_new(&buf, true);
    struct out o = { view, arena, &w };

    json_object_begin(&w);
    json_pair(&w, "number", view->number);
    json_pair(&w, "url", url_of_page(site, view->number, LANG_JA, arena));
    pair_time(&o, "publishedAt", view->published_at);
    pair_time(&o, "updatedAt", view->updated_at);
    json_key(&w, "revision");
    json_put_int(&w, view->revision);
    pair_bool(&o, "isStopUse", view->is_stop_use);
    pair_bool(&o, "isCritical", view->is_critical);
    put_texts(&o);
    put_products(&o);
    put_weaknesses(&o);
    put_vendors(&o);
    put_references(&o);
    put_history(&o);
    json_object_end(&w);
    buf_byte(&buf, '\n');
    return buf_done(&buf, out, err) ? true : PASS(err);
}
