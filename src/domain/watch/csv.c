/* The list for a spreadsheet. */
#include "formats/csv/csv.h"
#include "domain/watch/watch.h"
#include "formats/cvss/cvss.h"

static struct str day_of(struct utc t, struct arena *arena)
{
    return t.ms == 0 ? STR_NONE : str_take(utc_iso_jst(arena, t), sizeof "2026-11-21" - 1);
}

static struct str score_of(int tenths, struct arena *arena)
{
    return tenths == CVSS_NO_SCORE ? STR_NONE
                                   : arena_printf(arena, "%d.%d", tenths / 10, tenths % 10);
}

static void put_item(struct csv_writer *csv, const struct watch_item *item, enum lang lang,
                     struct arena *arena)
{
    csv_text(csv, item->name);
    csv_text(csv, watch_title(item, lang));
    csv_text(csv, catalog_severity_name(item->severity));
    csv_text(csv, score_of(item->tenths, arena));
    csv_text(csv, item->is_kev ? STR("yes") : STR_NONE);
    csv_text(csv, day_of(item->modified, arena));
    csv_text(csv, day_of(item->found, arena));
    csv_text(csv, watch_state_name(item->state));
    csv_text(csv, item->note);
    csv_text(csv, day_of(item->decided, arena));
    csv_text(csv, item->by);
    csv_text(csv, item->is_changed ? STR("yes") : STR_NONE);
    csv_end_row(csv);
}

void watch_write_csv(const struct watch *watch, const struct watch_places *places, enum lang lang,
                     struct buf *out)
{
    static const char *const titles[] = { "id",   "title",    "severity", "score",
                                          "kev",  "modified", "found",    "state",
                                          "note", "decided",  "by",       "changed" };
    struct csv_writer csv = csv_writer_new(out);

    for (size_t i = 0; i < COUNT(titles); i++)
        csv_text(&csv, str_from_z(titles[i]));
    csv_end_row(&csv);
    for (size_t i = 0; i < places->len; i++)
        put_item(&csv, &watch->items.at[places->at[i]], lang, out->arena);
}
