/* faces/portal/receipts/views.h: what the pages of this folder show. */
#pragma once
#include "faces/html/parts.h"

struct checkpoint_row {
    struct link file;
    struct str made;
};
struct receipts_page_view {
    struct str receiving, key; /* key: empty until there is a checkpoint */
    struct {
        VEC_OF(struct checkpoint_row);
    } days; /* the last first */
};
