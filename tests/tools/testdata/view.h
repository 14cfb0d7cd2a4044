#pragma once
#include "base/vec.h"
#include "faces/html/html.h"

struct party {
    struct str name, slug;
};

struct view {
    struct str title, link, count_text;
    struct html body;
    int64_t id;
    bool is_late;
    const char *label;
    struct {
        VEC_OF(struct party);
    } parties;
};
