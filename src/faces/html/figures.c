#include "faces/html/figures.h"

#include <string.h>

/* Bars are long by their first column; figures with a sum of two in the third have bars of two parts. */
static bool is_of_two(const struct figure *figure) { return figure->kind->column_count >= 3; }

static int64_t longest(const struct figure *figure, size_t from)
{
    int64_t most = 0;

    for (size_t i = from; i < figure->len; i++) {
        const struct figure_row *row = &figure->at[i];
        int64_t n = is_of_two(figure) ? row->n[0] + row->n[1] : row->n[0];

        most = n > most ? n : most;
    }
    return most;
}

static void add_bar(const struct figure *figure, const struct figure_row *row, int64_t most,
                    enum lang lang, struct arena *arena, struct figure_view *v)
{
    int64_t n = is_of_two(figure) ? row->n[0] + row->n[1] : row->n[0];

    VEC_PUSH(arena, &v->bars,
             (struct chart_bar){
                 .label = figure_row_label(figure, row, lang, arena),
                 .number = tr_number(arena, n),
                 .y = v->height,
                 .first = most > 0 ? row->n[0] * CHART_BAR / most : 0,
                 .second = is_of_two(figure) && most > 0 ? row->n[1] * CHART_BAR / most : 0 });
    v->height += CHART_ROW;
}

static void add_line(const struct figure *figure, const struct figure_row *row, int64_t total,
                     enum lang lang, struct arena *arena, struct figure_view *v)
{
    struct figure_line line = { .label = figure_row_label(figure, row, lang, arena),
                                .is_part = row->is_part };

    for (size_t i = 0; i < figure->kind->column_count; i++)
        VEC_PUSH(arena, &line.cells, figure_number(figure, i, row->n[i], arena));
    if (figure->kind->has_shares)
        VEC_PUSH(arena, &line.cells,
                 arena_printf(arena, "%lld %%", (long long)figure_share(row->n[0], total)));
    VEC_PUSH(arena, &v->lines, line);
}

static struct figure_view figure_of(const struct figure *figure, enum lang lang,
                                    struct arena *arena)
{
    const struct figure_kind *kind = figure->kind;
    size_t from = strcmp(kind->key, "reports_by_quarter") == 0 && figure->len > FIGURE_QUARTERS
                      ? figure->len - FIGURE_QUARTERS
                      : 0;
    int64_t most = longest(figure, from), total = figure_total(figure);
    struct figure_view v = { .id = str_from_z(kind->key),
                             .title = tr(lang, kind->title),
                             .rule = str_from_z(kind->rule),
                             .note = tr(lang, kind->note),
                             .unit = tr(lang, kind->unit),
                             .first_label = tr(lang, kind->columns[0].label) };

    if (is_of_two(figure))
        v.second_label = tr(lang, kind->columns[1].label);
    for (size_t i = 0; i < kind->column_count; i++)
        VEC_PUSH(arena, &v.heads, tr(lang, kind->columns[i].label));
    if (kind->has_shares)
        VEC_PUSH(arena, &v.heads, tr(lang, N_("Share")));
    for (size_t i = from; i < figure->len; i++) {
        add_bar(figure, &figure->at[i], most, lang, arena, &v);
        add_line(figure, &figure->at[i], total, lang, arena, &v);
    }
    return v;
}

struct figures_view figures_of(const struct statistics *s, enum lang lang, struct arena *arena)
{
    struct figures_view v = {
        .counted = tr_fill(arena, lang, N_("Counted as of {day}"),
                           TR_ARGS({ "day", statistics_day(s, lang, arena) })),
    };

    for (size_t i = 0; i < s->figures.len; i++) {
        if (s->figures.at[i].len > 0)
            VEC_PUSH(arena, &v.figures, figure_of(&s->figures.at[i], lang, arena));
    }
    for (size_t i = 0; i < statistics_gap_count; i++)
        VEC_PUSH(arena, &v.gaps,
                 (struct gap_line){ str_from_z(statistics_gaps[i].rule),
                                    tr(lang, statistics_gaps[i].what),
                                    tr(lang, statistics_gaps[i].why) });
    return v;
}
