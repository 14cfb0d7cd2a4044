/* A segment of arbitrary bytes is refused or read; never more than its bytes is touched. The hash is set right, so that what lies behind it is reached. */
#include "base/err.h"
#include "store/segment.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static size_t walk(const struct segment *segment)
{
    size_t sum = 0;

    for (size_t i = 0; i < segment_count(segment); i++) {
        struct segment_entry entry = segment_at(segment, i), found;

        if (!segment_find(segment, entry.path, &found) || found.path.ptr != entry.path.ptr)
            abort();
        for (size_t j = 0; j < entry.body.len; j++)
            sum += (unsigned char)entry.body.ptr[j];
        sum += entry.type.len + entry.etag.len + entry.gzip.len;
    }
    return sum;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(segment_close_var) struct segment *segment = NULL;
    struct segment_entry entry;
    struct err err = { 0 };
    char *bytes = malloc(size + 1);

    if (!bytes)
        return 0;
    memcpy(bytes, data, size);
    if (size >= 64) {
        struct hash hash = hash_of((struct str){ bytes + 64, size - 64 });

        memcpy(bytes + 32, hash.bytes, SEAL_HASH_BYTES);
    }
    if (segment_read((struct str){ bytes, size }, &segment, &err)) {
        volatile size_t sum = walk(segment);

        (void)sum;
        (void)segment_find(segment, STR("/advisories"), &entry);
    }
    segment_close(TAKE(segment));
    free(bytes);
    return 0;
}
