/* The body of a query is a stranger's: queries, a word on what is wrong, or an error; never a crash. */
#include "faces/api/osv/osv.h"

#include "base/err.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    for (int is_batch = 0; is_batch < 2 && size <= 65536; is_batch++) {
        CLEANUP(arena_free_var) struct arena *arena = arena_new((size_t)512 << 20);
        struct osv_queries queries;
        struct err err = { 0 };
        struct str why;

        if (!osv_read((struct str){ (const char *)data, size }, is_batch, arena, &queries, &why,
                      &err)) {
            if (err.code != ERR_JSON_SYNTAX && err.code != ERR_TOO_LARGE)
                abort();
            continue;
        }
        for (size_t i = 0; i < queries.len && why.len == 0; i++)
            if (!queries.at[i].is_nothing && queries.at[i].commit.len == 0 &&
                queries.at[i].name.len == 0)
                abort();
    }
    return 0;
}
