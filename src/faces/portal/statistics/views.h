/* faces/portal/statistics/views.h: what the pages of this folder show. */
#pragma once
#include "faces/html/figures.h"

struct statistics_page_view {
    struct str quarter; /* in words; empty: nothing has been published yet */
    struct str receiving, coordinating, published;
    struct figures_view figures;
    struct links formats, quarters; /* quarters: all that are published, the last first */
};
