/* faces/desk/frame_view.h: what frame.html shows. */
#pragma once
#include "base/str.h"

struct error_view {
    struct str title, words, request_id;
    bool is_login;
};
