/* Bytes that claim to be a match index: opening refuses them or every question gets an answer. The table's checksum is set right, so that what lies behind it is
 * reached. */
#include "base/err.h"
#include "domain/matching/index_internal.h"
#include "domain/matching/match.h"
#include "seal/seal.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void ask(const struct matching_index *index, struct arena *arena)
{
    struct str cpes[] = { STR("cpe:2.3:a:cnectd:cnectd:3.1.0:*:*:*:*:*:*:*"),
                          STR("cpe:2.3:a:rivetcode:rivettracker:0.5:*:*:*:*:*:*:*") };
    struct component components[] = {
        { .purl = STR("pkg:npm/alpha@1.0"), .cpes = { .at = cpes, .len = COUNT(cpes) } },
        { .purl = STR("pkg:deb/debian/alpha@1.0?distro=debian-12") },
    };
    struct inventory inventory = { .components = { .at = components, .len = COUNT(components) } };
    struct findings findings;

    matching_find(index, &inventory, (struct matching_options){ .unknown_versions = true }, arena,
                  &findings);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str table = { NULL, INDEX_SECTIONS * INDEX_TABLE_ROW };
    struct matching_index *index = NULL;
    struct err err = { 0 };
    struct arena *arena;
    struct hash hash;
    char *bytes;

    if (size < INDEX_HEAD + table.len || size > 1 << 20 || !seal_start(&err))
        return 0;
    arena = arena_new((size_t)1 << 31);
    bytes = malloc(size);
    memcpy(bytes, data, size);
    memcpy(bytes, INDEX_MAGIC, sizeof INDEX_MAGIC - 1);
    bytes[8] = INDEX_VERSION;
    bytes[12] = INDEX_SECTIONS;
    bytes[16] = (char)(size & 255);
    bytes[17] = (char)(size >> 8 & 255);
    bytes[18] = (char)(size >> 16 & 255);
    table.ptr = bytes + INDEX_HEAD;
    hash = hash_of(table);
    memcpy(bytes + 32, hash.bytes, SEAL_HASH_BYTES);
    if (matching_index_read((struct str){ bytes, size }, &index, &err)) {
        ask(index, arena);
        (void)matching_index_verify(index, &err);
        matching_index_close(index);
    }
    free(bytes);
    arena_free(arena);
    return 0;
}
