#include "base/err.h"
#include "faces/api/myjvn/request.h"
#include "faces/http/url.h"
#include <stdlib.h>

/* Whatever is asked has an answer: a request within its limits, or a fault with a code and a message. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(64 << 20);
    static const struct fields none;
    struct fields fields = { 0 };
    struct myjvn_request out;
    struct err err = { 0 };

    if (!url_fields((struct str){ (const char *)data, size }, arena, &fields, &err))
        return 0;
    if (myjvn_read_request(&fields, &none, STR("NRSDB"), (struct utc){ INT64_C(1743978981000) },
                           arena, &out)) {
        if (out.status.error.len > 0 ||
            (out.method != METHOD_STATISTICS &&
             (out.start < 1 || out.count < 1 || out.count > myjvn_most(out.method))))
            abort();
    } else if (out.status.error.len == 0 || out.status.message.len == 0) {
        abort();
    }
    return 0;
}
