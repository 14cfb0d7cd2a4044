#include "faces/cli/watch/watch.h"

#include "faces/portal/catalog/words.h"
#include "formats/csv/csv.h"

enum { GAP = 2, INDENT = 4 };

static const char *const state_words[WATCH_STATES] = {
    [WATCH_OPEN] = N_("not looked at"),     [WATCH_PLANNED] = N_("measure planned"),
    [WATCH_DONE] = N_("measure taken"),     [WATCH_NOT_AFFECTED] = N_("not concerned"),
    [WATCH_ACCEPTED] = N_("left as it is"),
};

static struct str day_of(struct utc t, struct arena *arena)
{
    return t.ms == 0 ? STR_NONE : str_take(utc_iso_jst(arena, t), sizeof "2026-11-21" - 1);
}

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
             tr(sheet->lang, state_words[item->state]), 0);
    if (item->is_changed)
        paper_put(paper, TINT_YELLOW, tr(sheet->lang, N_("changed since")));
    paper_end(paper);
    paper_pad(paper, INDENT);
    paper_flow(paper, TINT_NONE, paper_clean(sheet->arena, item->title), INDENT, INDENT);
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
                               TR_ARGS({ "state", tr(sheet->lang, state_words[i]) },
                                       { "count", tr_number(sheet->arena, counts[i]) })),
                       0, 0);
}

void watch_sheet_csv(const struct watch_sheet *sheet, const struct watch_places *places,
                     struct buf *out)
{
    static const char *const titles[] = { "id",   "title",    "severity", "score",
                                          "kev",  "modified", "found",    "state",
                                          "note", "decided",  "changed" };
    struct csv_writer csv = csv_writer_new(out);

    for (size_t i = 0; i < COUNT(titles); i++)
        csv_text(&csv, str_from_z(titles[i]));
    csv_end_row(&csv);
    for (size_t i = 0; i < places->len; i++) {
        const struct watch_item *item = &sheet->watch->items.at[places->at[i]];

        csv_text(&csv, item->name);
        csv_text(&csv, item->title);
        csv_text(&csv, catalog_severity_name(item->severity));
        csv_text(&csv, catalog_score_words(item->tenths, sheet->arena));
        csv_text(&csv, item->is_kev ? STR("yes") : STR_NONE);
        csv_text(&csv, day_of(item->modified, sheet->arena));
        csv_text(&csv, day_of(item->found, sheet->arena));
        csv_text(&csv, watch_state_name(item->state));
        csv_text(&csv, item->note);
        csv_text(&csv, day_of(item->decided, sheet->arena));
        csv_text(&csv, item->is_changed ? STR("yes") : STR_NONE);
        csv_end_row(&csv);
    }
}
