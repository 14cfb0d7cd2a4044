#include "base/err.h"
#include "formats/jvnrss/jvnrss.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What is read can be written, and what is written is read again with as many entries. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 30);
    struct buf buf = buf_new(arena, 256 << 20);
    struct jvnrss in, again;
    struct err err = { 0 };

    if (!jvnrss_read((struct str){ (const char *)data, size }, arena, &in, &err)) {
        if (err.code == ERR_NONE)
            abort();
        return 0;
    }
    jvnrss_write(&in, &buf);
    if (!jvnrss_read(buf_str(&buf), arena, &again, &err) || again.lang != in.lang ||
        again.items.len != in.items.len)
        abort();
    return 0;
}
