/* faces/desk/casework/search.c: words within one case: in what was written, and in what was reported, as far as this reader may read it. */
#include "base/buf.h"
#include "base/err.h"
#include "base/fold.h"
#include "base/record.h"
#include "domain/casework/intake.h"
#include "domain/casework/report_form.h"
#include "domain/casework/talk.h"
#include "faces/desk/casework/fill.h"
#include "faces/desk/casework/pages.h"
#include "faces/desk/casework/search.html.h"
#include "faces/desk/casework/state.h"
#include "faces/desk/frame.h"

enum { WORDS_MAX_TYPED = 200, SHOWN = 300 };

/* clang-format off */
static const struct {
    const char *thread, *words, *anchor;
} threads[] = {
    { "FINDER",   N_("With the finder"),         "#thread" },
    { "BODIES",   N_("Between the two bodies"),  "#thread" },
    { "STAFF_RB", N_("Notes among ourselves"),   "#notes" },
    { "STAFF_CB", N_("Notes among ourselves"),   "#notes" },
    { "STAFF_PD", N_("Notes among ourselves"),   "#notes" },
};
/* clang-format on */

/* The beginning of a long text. */
static struct str beginning(struct request *req, struct str text)
{
    size_t bytes = 0, points = 0;

    while (bytes < text.len && points < SHOWN) {
        bytes++;
        while (bytes < text.len && ((unsigned char)text.ptr[bytes] & 0xc0) == 0x80)
            bytes++;
        points++;
    }
    return bytes == text.len ? text
                             : arena_printf(req->arena, "%.*s…", STR_ARG(str_take(text, bytes)));
}

static struct search_hit hit_of(struct request *req, const struct scene *s,
                                const struct talk_hit *found)
{
    bool is_body = who_of(req)->roles & (ROLE_RB | ROLE_CB);
    struct search_hit hit = { .when = when_of(req->arena, req->lang, found->at),
                              .text = beginning(req, found->text) };

    for (size_t i = 0; i < COUNT(threads); i++) {
        if (!str_eq_z(found->thread, threads[i].thread))
            continue;
        hit.where = tr(req->lang, threads[i].words);
        hit.href = arena_printf(
            req->arena, "/%s/%.*s%s",
            str_eq_z(found->thread, "FINDER") || str_eq_z(found->thread, "STAFF_RB") ? "reports"
                                                                                     : "cases",
            STR_ARG(s->c.public_id), threads[i].anchor);
    }
    if (str_eq_z(found->thread, "ROOM")) {
        hit.where = tr(req->lang, N_("In a room that developers share"));
        hit.href = arena_printf(req->arena, "/cases/%.*s/rooms/%.*s", STR_ARG(s->c.public_id),
                                STR_ARG(found->developer));
    }
    if (!str_eq_z(found->thread, "PARTICIPANT"))
        return hit;
    if (!is_body) {
        hit.where = tr(req->lang, N_("With the coordinating body"));
        hit.href = case_href(req, s, "#thread");
        return hit;
    }
    hit.where = tr_fill(req->arena, req->lang, N_("With {name}"),
                        TR_ARGS({ "name", req->lang == LANG_EN && found->developer_en.len > 0
                                              ? found->developer_en
                                              : found->developer_ja }));
    hit.href = arena_printf(req->arena, "/cases/%.*s/developers/%.*s#thread",
                            STR_ARG(s->c.public_id), STR_ARG(found->developer));
    return hit;
}

/* A field of the report, or the summary. */
static void look_into(struct request *req, const struct scene *s, struct str words,
                      const char *label, struct str text, const char *anchor, struct search_view *v)
{
    struct str rest = words, word, folded = fold(req->arena, text);

    if (text.len == 0)
        return;
    while (rest.len > 0 && str_split(&rest, ' ', &word)) {
        if (word.len > 0 && !str_contains(folded, word))
            return;
    }
    VEC_PUSH(req->arena, &v->hits,
             (struct search_hit){ .where = tr(req->lang, label),
                                  .href = case_href(req, s, anchor),
                                  .when = when_of(req->arena, req->lang, s->c.submitted_at),
                                  .text = beginning(req, text) });
}

static bool search(struct request *req, struct scene *s, struct str typed, struct search_view *v,
                   struct err *err)
{
    const struct form_field *field = NULL;
    struct str record, words = fold(req->arena, typed);
    struct talk_hits found;

    if (!report_texts(s->tx, &s->c, &s->grant, req->arena, &record, err) ||
        !talk_search(s->tx, who_of(req), &s->c, s->has_own ? &s->own : NULL, typed, req->arena,
                     &found, err))
        return PASS(err);
    look_into(req, s, words, N_("Summary for developers"), s->c.summary, "#summary", v);
    while ((field = report_field_next(REPORT_PRODUCT, field)))
        look_into(req, s, words, field->label, record_get(record, field->name), "#report", v);
    for (size_t i = 0; i < found.len; i++)
        VEC_PUSH(req->arena, &v->hits, hit_of(req, s, &found.at[i]));
    v->filters.found =
        found.has_more ? tr_fill(req->arena, req->lang,
                                 N_("The newest {count} messages are shown. Please add a word."),
                                 TR_ARGS({ "count", tr_number(req->arena, TALK_FOUND_MAX) }))
                       : tr_fill(req->arena, req->lang, N_("Found: {count}"),
                                 TR_ARGS({ "count", tr_number(req->arena, (int64_t)v->hits.len) }));
    return true;
}

bool case_search(struct request *req, struct response *res, struct err *err)
{
    __attribute__((cleanup(scene_end))) struct scene s = { 0 };
    struct str typed = str_trim(request_query(req, "q"));
    struct field_view field = { .id = STR("filter-q"),
                                .name = STR("q"),
                                .label = tr(req->lang, N_("Words to look for")),
                                .kind = FIELD_TEXT,
                                .value = typed,
                                .is_bare = true };
    struct search_view v = { 0 };
    struct page *page = frame_page(req);

    if (str_code_points(typed) > WORDS_MAX_TYPED)
        return FAIL(err, BAD_REQUEST, STR("q"));
    if (!scene_open(req, TX_READ, &s, err))
        return PASS(err);
    v.number = s.c.number;
    v.filters.href = case_href(req, &s, "/search");
    v.filters.verb = tr(req->lang, N_("Search"));
    VEC_PUSH(req->arena, &v.filters.fields, field);
    v.is_asked = typed.len > 0;
    v.nothing = (struct empty_view){
        .title = tr(req->lang, N_("Nothing was found")),
        .why = tr(
            req->lang,
            N_("Messages, notes and the report are searched as far as you may read them. All the words have to stand in one text."))
    };
    if (v.is_asked && !search(req, &s, typed, &v, err))
        return PASS(err);
    case_search_page(page, &v);
    return case_frame_send(req, res, page, tr(req->lang, N_("Search in this case")),
                           CASE_CRUMBS({ tr(req->lang, N_("Cases")), STR("/cases") },
                                       { s.c.number, case_href(req, &s, "") },
                                       { tr(req->lang, N_("Search in this case")), STR_NONE }),
                           err);
}
