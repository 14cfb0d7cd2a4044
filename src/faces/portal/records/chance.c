#include "base/err.h"
#include "faces/portal/catalog/words.h"
#include "faces/portal/records/fill.h"

enum { DAYS_SHOWN = 60, GRID_LINES = 2, WHOLE = 100000 };

/* The lowest round number that holds all scores: 1%, 2%, 5%, 10%, … 100%. */
static int top_of(const struct catalog_chances *chances)
{
    static const int tops[] = { 1000, 2000, 5000, 10000, 20000, 50000, WHOLE };
    int most = 0;

    for (size_t i = 0; i < chances->len; i++)
        most = chances->at[i].score > most ? chances->at[i].score : most;
    for (size_t i = 0; i < COUNT(tops); i++)
        if (most <= tops[i])
            return tops[i];
    return WHOLE;
}

static int y_of(int score, int top)
{
    return CHART_BOTTOM - (int)((int64_t)(CHART_BOTTOM - CHART_TOP) * score / top);
}

static int x_of(struct utc date, struct utc first, struct utc last)
{
    int64_t span = last.ms - first.ms;

    return CHART_LEFT + (int)((CHART_WIDTH - CHART_LEFT - 60) *
                              (span > 0 ? date.ms - first.ms : 0) / (span > 0 ? span : 1));
}

static struct str percent(const struct record_filling *f, int parts)
{
    if (parts % 1000 == 0)
        return arena_printf(f->arena, "%d%%", parts / 1000);
    return arena_printf(f->arena, "%d.%d%%", parts / 1000, parts % 1000 / 100);
}

static void fill_curve(const struct record_filling *f, const struct catalog_chances *chances)
{
    struct chance_view *view = &f->out->chance;
    struct utc first = chances->at[chances->len - 1].date, last = chances->at[0].date;
    struct buf points = buf_new(f->arena, 32 * DAYS_SHOWN);
    int top = top_of(chances);

    for (size_t i = chances->len; i-- > 0;)
        buf_printf(&points, "%d,%d ", x_of(chances->at[i].date, first, last),
                   y_of(chances->at[i].score, top));
    view->is_curve = chances->len > 1;
    view->points = str_trim(buf_str(&points));
    view->first = tr_date(f->arena, f->lang, first);
    view->last = tr_date(f->arena, f->lang, last);
    view->last_x = x_of(last, first, last);
    view->last_y = y_of(chances->at[0].score, top);
    for (int i = 0; i <= GRID_LINES; i++)
        VEC_PUSH(f->arena, &view->grid,
                 (struct chance_grid){ percent(f, top * i / GRID_LINES),
                                       y_of(top * i / GRID_LINES, top) });
}

static void fill_days(const struct record_filling *f, const struct catalog_chances *chances)
{
    for (size_t i = 0; i < chances->len; i++) {
        const struct catalog_chance *chance = &chances->at[i];
        struct when_view day = catalog_day(f->lang, chance->date, f->arena);

        VEC_PUSH(f->arena, &f->out->chance.days,
                 (struct chance_point){ day.words, day.iso,
                                        catalog_chance_words(chance->score, f->arena),
                                        catalog_chance_words(chance->percentile, f->arena) });
    }
}

void record_fill_chance(const struct record_filling *f)
{
    struct catalog_chances chances = f->facts->chances;
    const struct catalog_chance *newest = chances.at;

    if (chances.len == 0)
        return;
    if (chances.len > DAYS_SHOWN)
        chances.len = DAYS_SHOWN;
    f->out->chance.score = catalog_chance_words(newest->score, f->arena);
    f->out->chance.words = tr_fill(
        f->arena, f->lang,
        newest->percentile < 0
            ? N_("The probability that somebody attacks it within 30 days is estimated at {probability} ({date}).")
            : N_("The probability that somebody attacks it within 30 days is estimated at {probability}, higher than for {percentile} of all vulnerabilities ({date})."),
        TR_ARGS({ "probability", f->out->chance.score },
                { "percentile", catalog_chance_words(newest->percentile, f->arena) },
                { "date", tr_date(f->arena, f->lang, newest->date) }));
    fill_curve(f, &chances);
    fill_days(f, &chances);
}
