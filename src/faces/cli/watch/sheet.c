#include "faces/cli/watch/watch.h"

#include "faces/portal/catalog/words.h"

enum { GAP = 2, INDENT = 4 };

static void put_cell(struct paper *paper, enum tint tint, struct str text, size_t width)
{
    size_t own = paper_columns(text);

    paper_put(paper, tint, text);
    paper_pad(paper, (width > own ? width - own : 0) + GAP);
}

static void put_item(const struct watch_sheet *sheet, const struct watch_item *item,
                     struct paper *paper)
{
    struct tag_view severity = catalog_severity_tag(sheet->lang, item->severity);
    struct str score = catalog_score_words(item->tenths, sheet->arena);

    put_cell(paper, TINT_BOLD, paper_clean(sheet->arena, item->name), sizeof "CVE-2026-12345" - 1);
    put_cell(paper, TINT_NONE, score.len > 0 ? score : STR("-"), sizeof "10.0" - 1);
    put_cell(paper, severity.tone == TONE_BAD ? TINT_BOLD_RED : TINT_NONE, severity.word,
             sizeof "Critical" - 1);
    put_cell(paper, TINT_BOLD_RED, item->is_kev ? STR("KEV") : STR_NONE, sizeof "KEV" - 1);
    put_cell(paper, item->state == WATCH_OPEN ? TINT_YELLOW : TINT_DIM,
             tr(sheet->lang, watch_state_words(item->state)), 0);
    if (item->is_changed)
        paper_put(paper, TINT_YELLOW, tr(sheet->lang, N_("changed since")));
    paper_end(paper);
    paper_pad(paper, INDENT);
    paper_flow(paper, TINT_NONE, paper_clean(sheet->arena, watch_title(item, sheet->lang)), INDENT,
               INDENT);
    if (item->note.len > 0) {
        paper_pad(paper, INDENT);
        paper_flow(paper, TINT_DIM, paper_clean(sheet->arena, item->note), INDENT, INDENT);
    }
}

void watch_sheet_items(const struct watch_sheet *sheet, const struct watch_places *places,
                       struct paper *paper)
{
    for (size_t i = 0; i < places->len; i++)
        put_item(sheet, &sheet->watch->items.at[places->at[i]], paper);
}

void watch_sheet_counts(const struct watch_sheet *sheet, struct paper *paper)
{
    int64_t counts[WATCH_STATES] = { 0 };

    for (size_t i = 0; i < sheet->watch->items.len; i++)
        counts[sheet->watch->items.at[i].state]++;
    for (size_t i = 0; i < WATCH_STATES; i++)
        if (counts[i] > 0)
            paper_flow(paper, TINT_DIM,
                       tr_fill(sheet->arena, sheet->lang, N_("{state}: {count}"),
                               TR_ARGS({ "state",
                                         tr(sheet->lang, watch_state_words((enum watch_state)i)) },
                                       { "count", tr_number(sheet->arena, counts[i]) })),
                       0, 0);
}
