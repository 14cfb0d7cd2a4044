#include "faces/portal/receipts/render.h"

#include "base/err.h"
#include "base/record.h"
#include "domain/advisory/proofs.h"
#include "faces/portal/frame.h"
#include "faces/portal/receipts/show.html.h"

enum { DAYS_SHOWN = 400 };

static struct str path_of(const struct world_snapshot *one, struct arena *arena)
{
    return arena_printf(arena, "/receipts/%.*s.txt", STR_ARG(one->name));
}

static bool add_page(const struct advisory_site *site, const struct world_snapshots *all,
                     const struct world_sink *sink, enum lang lang, struct arena *arena,
                     struct err *err)
{
    struct page *body = page_new(arena, PORTAL_PAGE_MAX, lang, STR_NONE);
    struct portal_frame frame = { .title = tr(lang, N_("Receipts and checkpoints")),
                                  .path = STR("/receipts"),
                                  .is_narrow = true };
    struct receipts_page_view v = { .receiving =
                                        lang == LANG_JA ? site->receiving_ja : site->receiving_en };
    struct html done;

    if (all->len > 0)
        v.key = record_get(all->at[0].record, "key");
    for (size_t i = 0; i < all->len && i < DAYS_SHOWN; i++)
        VEC_PUSH(arena, &v.days,
                 (struct checkpoint_row){
                     { tr_date(arena, lang, all->at[i].at), path_of(&all->at[i], arena) },
                     utc_iso(arena, all->at[i].at) });
    portal_receipts_page(body, &v);
    return portal_frame_html(site, lang, arena, &frame, body, STR_NONE, &done, err) &&
                   sink->add(sink->context,
                             lang == LANG_EN ? STR("/en/receipts") : STR("/receipts"),
                             "text/html; charset=utf-8", done.text,
                             all->len > 0 ? all->at[0].at : (struct utc){ 0 }, err)
               ? true
               : PASS(err);
}

bool portal_receipts(const struct advisory_site *site, const struct world_snapshots *checkpoints,
                     const struct world_sink *sink, struct arena *arena, struct err *err)
{
    if (!add_page(site, checkpoints, sink, LANG_JA, arena, err) ||
        !add_page(site, checkpoints, sink, LANG_EN, arena, err))
        return PASS(err);
    for (size_t i = 0; i < checkpoints->len; i++) {
        const struct world_snapshot *one = &checkpoints->at[i];

        if (!sink->add(sink->context, path_of(one, arena), "text/plain; charset=utf-8",
                       record_get(one->record, "file"), one->at, err))
            return PASS(err);
    }
    return true;
}
