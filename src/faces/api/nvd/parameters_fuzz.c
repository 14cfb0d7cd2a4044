/* A query is a stranger's: questions, or a word on what is wrong; never a crash. The first byte chooses the interface. */
#include "faces/api/nvd/parameters.h"

#include "base/err.h"
#include "faces/api/nvd/nvd.h"
#include "faces/http/url.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new((size_t)64 << 20);
    struct nvd_asked asked;
    struct fields fields;
    struct err err = { 0 };

    if (size == 0 || size > HTTP_URL_MAX ||
        !url_fields((struct str){ (const char *)data + 1, size - 1 }, arena, &fields, &err))
        return 0;
    nvd_parameters((enum nvd_interface)(data[0] % (NVD_SOURCES + 1)), &fields, arena, &asked);
    if (asked.why.len == 0 && asked.cves.limit > NVD_CPES_MAX)
        abort();
    return 0;
}
