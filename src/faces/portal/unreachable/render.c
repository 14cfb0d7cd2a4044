#include "faces/portal/unreachable/render.h"

#include "base/err.h"
#include "domain/casework/unreachable.h"
#include "faces/portal/frame.h"
#include "faces/portal/unreachable/show.html.h"

#define TYPE_HTML "text/html; charset=utf-8"

/* The number sign would begin a fragment. */
static struct str answer_path(struct str number, struct arena *arena)
{
    size_t sign = str_index(number, '#');

    return arena_printf(arena, "/unreachable/answer?number=%.*s%%23%.*s",
                        STR_ARG(str_take(number, sign)), STR_ARG(str_drop(number, sign + 1)));
}

static struct unreachable_row row_of(const struct unreachable_line *line, enum lang lang,
                                     struct arena *arena)
{
    const struct unreachable_notice *n = &line->notice;
    bool is_english = lang == LANG_EN;

    return (struct unreachable_row){
        .number = line->number,
        .name = is_english && n->name_en.len > 0 ? n->name_en : n->name_ja,
        .url = n->url,
        .listed = tr_date(arena, lang, line->listed_at),
        .remark = is_english && n->remark_en.len > 0 ? n->remark_en : n->remark_ja,
        .product = n->product,
        .versions = n->versions,
        .product_date = line->product_at.ms ? tr_date(arena, lang, line->product_at) : STR_NONE,
        .deadline = line->deadline.ms ? tr_instant(arena, lang, line->deadline) : STR_NONE,
        .answer = answer_path(line->number, arena),
    };
}

static void fill_counts(const struct unreachable_public *list, enum lang lang, struct arena *arena,
                        struct fact_list *out)
{
    const struct {
        const char *words;
        int64_t n;
    } counts[] = {
        { N_("Listed in total"), list->listed },
        { N_("Of them reached again"), list->resumed },
        { N_("Of the reached, handling has ended"), list->completed },
        { N_("Still looked for"), list->waiting },
    };

    for (size_t i = 0; i < COUNT(counts); i++)
        VEC_PUSH(arena, out,
                 (struct fact){ .name = tr(lang, counts[i].words),
                                .value = tr_number(arena, counts[i].n) });
}

bool portal_unreachable(void *context, const struct world_sheets *all,
                        const struct world_sink *sink, struct arena *arena, struct err *err)
{
    static const enum lang langs[] = { LANG_JA, LANG_EN };
    const struct advisory_site *site = context;
    struct unreachable_public list;

    if (!unreachable_from_record(sheet_record(all, SHEET_UNREACHABLE), arena, &list, err))
        return PASS(err);
    for (size_t i = 0; i < COUNT(langs); i++) {
        bool is_english = langs[i] == LANG_EN;
        struct page *body = page_new(arena, PORTAL_PAGE_MAX, langs[i], STR_NONE);
        struct unreachable_page_view v = {
            .receiving = is_english ? site->receiving_en : site->receiving_ja,
            .coordinating = is_english ? site->coordinating_en : site->coordinating_ja,
            .answer = STR("/unreachable/answer"),
        };
        struct portal_frame frame = { .title =
                                          tr(langs[i], N_("Developers that cannot be reached")),
                                      .path = STR("/unreachable"),
                                      .room = "/for-developers" };
        struct html html;

        for (size_t j = 0; j < list.len; j++)
            VEC_PUSH(arena, &v.rows, row_of(&list.at[j], langs[i], arena));
        fill_counts(&list, langs[i], arena, &v.counts);
        portal_unreachable_page(body, &v);
        if (!portal_frame_html(site, langs[i], arena, &frame, body, STR_NONE, &html, err) ||
            !sink->add(sink->context, is_english ? STR("/en/unreachable") : STR("/unreachable"),
                       TYPE_HTML, html.text, all->len > 0 ? all->at[0].at : (struct utc){ 0 }, err))
            return PASS(err);
    }
    return true;
}
