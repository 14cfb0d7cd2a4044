/* domain/matching/touched.h: the other direction: which components of stored inventories a record touches, without asking each of them. */
#pragma once
#include "domain/inventory/component.h"
#include "domain/matching/statement.h"

struct touch_index;

/* inventories must outlive it. */
struct touch_index *touch_index_new(const struct inventory *inventories, size_t count);
void touch_index_free(struct touch_index *index); /* NULL does nothing */
DEFINE_CLEANUP(struct touch_index, touch_index_free)

struct touched {
    size_t inventory, component; /* places */
    enum finding_kind kind;
    int confidence;
};
struct touched_list {
    VEC_OF(struct touched); /* by inventory, component */
};

/**
 * What this record alone says. Other records about the same vulnerability may overrule it: ask matching_find of the inventories that are named here.
 *
 * unknown   also components without a version
 * Rule:     VDB-01, matching 4.3 to 4.8
 */
void matching_touched(const struct touch_index *index, const struct catalog_record *record,
                      bool unknown, struct arena *arena, struct touched_list *out);
