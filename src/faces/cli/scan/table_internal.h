/* faces/cli/scan/table_internal.h: what the table and its explanations share. */
#pragma once
#include "faces/cli/scan/scan.h"

enum { GAP = 2, INDENT = 2 };

struct cell;
struct layout {
    const struct scan_table *table;
    struct arena *arena;
    struct paper *paper;
    struct cell *cells; /* by the finding's place and the column; empty until asked for */
    size_t widths[SCAN_COLUMNS_MAX];
    size_t last; /* columns before the title, or 0: it stands on a line of its own */
};

/* Everything that is known of a finding, under its row. */
void table_explain(struct layout *l, size_t place);

/* "a, b, c" from the n-th on. */
struct str table_join(struct arena *arena, const struct finding_strings *texts, size_t from);
/* " · " stands between parts that say something. */
void table_add_part(struct buf *buf, struct str text);
