#include "faces/desk/tracker/members.h"

#include "base/err.h"
#include "faces/desk/tracker/writes.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What passes for an operation gives fields of its members alone, and of products as many of each. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(256 << 20);
    struct str text = { (const char *)data, size };

    for (size_t i = 0; i < tracker_write_count; i++) {
        const struct member *members = tracker_writes[i].members;
        struct fields fields = { 0 };
        struct err err = { 0 };
        size_t of_products = 0;

        if (!members || !members_read(text, members, arena, &fields, &err))
            continue;
        for (size_t n = 0; n < fields.len; n++)
            of_products += str_starts(fields.at[n].name, STR("product_"));
        if (of_products % 4 != 0)
            abort();
    }
    return 0;
}
