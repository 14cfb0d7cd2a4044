/* faces/cli/import/progress.h: how far an import is, on a terminal; nothing where there is none. */
#pragma once
#include "domain/catalog/catalog.h"

struct progress {
    bool is_shown;
    int64_t whole, before; /* bytes of all files; of those that are done */
    const struct catalog_counts *counts;
};
struct progress progress_new(int64_t whole, const struct catalog_counts *counts);
/* place: bytes of the present file */
void progress_show(const struct progress *progress, int64_t place);
void progress_clear(const struct progress *progress);
