/* faces/cli/watch/watch.h: how a checklist is shown. For this folder alone. */
#pragma once
#include "domain/watch/watch.h"
#include "faces/cli/scan/paper.h"

struct watch_sheet {
    const struct watch *watch;
    enum lang lang;
    struct arena *arena;
};
/* These of its items, an entry after the other; what there are none of gives nothing. */
void watch_sheet_items(const struct watch_sheet *sheet, const struct watch_places *places,
                       struct paper *paper);
/* How many are in each state. */
void watch_sheet_counts(const struct watch_sheet *sheet, struct paper *paper);
