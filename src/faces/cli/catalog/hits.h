/* faces/cli/catalog/hits.h: what a search found, for a terminal and for programs. */
#pragma once
#include "domain/catalog/search.h"
#include "faces/cli/scan/paper.h"
#include "faces/portal/catalog/lines.h"

struct hits {
    const struct search *search;
    const struct search_found *found;
    const struct entry_lines *lines; /* of found->entries, for the table alone */
    enum lang lang;
    struct arena *arena;
};

void hits_table(const struct hits *hits, struct paper *paper);
/* Entries with the names that their own JSON has (to.h), and facets: what it could be narrowed by. */
void hits_json(const struct hits *hits, struct buf *out);
