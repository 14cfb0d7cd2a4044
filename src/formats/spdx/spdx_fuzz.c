#include "base/err.h"
#include "formats/spdx/spdx.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static bool (*const readers[])(struct str, struct arena *, struct spdx *,
                                   struct err *) = { spdx_read_json, spdx_read_tag_value,
                                                     spdx_read_rdf, spdx_read_json3 };
    struct str text = { (const char *)data, size };

    for (size_t i = 0; i < COUNT(readers) && str_is_utf8(text); i++) {
        CLEANUP(arena_free_var) struct arena *arena = arena_new(512 << 20);
        struct spdx document;
        struct err err = { 0 };

        if (readers[i](text, arena, &document, &err)) {
            for (size_t n = 0; n < document.packages.len; n++)
                if (str_is_empty(document.packages.at[n].name))
                    abort();
        } else if (err.code == ERR_NONE) {
            abort();
        }
    }
    return 0;
}
