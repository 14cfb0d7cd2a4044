/* faces/portal/pages/views.h: what the standing pages need. */
#pragma once
#include "faces/html/parts.h"

struct standing_view {
    struct str receiving, coordinating, publisher, portal, login;
    struct str target_days, notes_date;
    struct str interface_rate, file_rate; /* a minute */
};
struct error_view {
    struct str title, words, number;
    bool is_absent;
};
