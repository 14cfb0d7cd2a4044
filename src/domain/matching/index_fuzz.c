/* Bytes that claim to be a match index, one or two files of it, or its manifest: opening refuses them or every question gets an answer. The checksums of heads
 * are set right, so that what lies behind them is reached. */
#include "base/err.h"
#include "domain/matching/index_internal.h"
#include "domain/matching/manifest.h"
#include "domain/matching/match.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { TABLE_END = INDEX_HEAD + INDEX_SECTIONS * INDEX_TABLE_ROW };

static void ask(const struct matching_index *index, struct arena *arena)
{
    struct str cpes[] = { STR("cpe:2.3:a:cnectd:cnectd:3.1.0:*:*:*:*:*:*:*"),
                          STR("cpe:2.3:a:rivetcode:rivettracker:0.5:*:*:*:*:*:*:*") };
    struct component components[] = {
        { .purl = STR("pkg:npm/alpha@1.0"), .cpes = { .at = cpes, .len = COUNT(cpes) } },
        { .purl = STR("pkg:deb/debian/alpha@1.0?distro=debian-12") },
    };
    struct inventory inventory = { .components = { .at = components, .len = COUNT(components) } };
    struct matching_sources sources = { 0 };
    struct findings findings;

    matching_find(index, &inventory, (struct matching_options){ .unknown_versions = true }, arena,
                  &findings);
    matching_index_sources(index, arena, &sources);
    (void)matching_index_facts(index);
}

/* A head that is right, upon a layer below or upon none. */
static struct hash make_right(char *bytes, size_t size, const struct hash *below)
{
    struct hash identity;

    memcpy(bytes, INDEX_MAGIC, sizeof INDEX_MAGIC - 1);
    memset(bytes + 8, 0, 16);
    bytes[8] = INDEX_VERSION;
    bytes[12] = INDEX_SECTIONS;
    bytes[16] = (char)(size & 255);
    bytes[17] = (char)(size >> 8 & 255);
    bytes[18] = (char)(size >> 16 & 255);
    memset(bytes + INDEX_HEAD - 2 * SEAL_HASH_BYTES, 0, SEAL_HASH_BYTES);
    if (below)
        memcpy(bytes + INDEX_HEAD - 2 * SEAL_HASH_BYTES, below->bytes, SEAL_HASH_BYTES);
    identity = layer_identity((const unsigned char *)bytes);
    memcpy(bytes + INDEX_HEAD - SEAL_HASH_BYTES, identity.bytes, SEAL_HASH_BYTES);
    return identity;
}

/* first: bytes of the base; what follows is a segment upon it. */
static void try_index(char *bytes, size_t size, size_t first)
{
    struct str parts[] = { { bytes, first }, { bytes + first, size - first } };
    size_t layers = first < size ? 2 : 1;
    struct matching_index *index = NULL;
    struct err err = { 0 };
    struct hash below;

    if (first < TABLE_END || (layers == 2 && size - first < TABLE_END))
        return;
    below = make_right(bytes, parts[0].len, NULL);
    if (layers == 2)
        (void)make_right(bytes + parts[0].len, parts[1].len, &below);
    if (matching_index_read(parts, layers, &index, &err)) {
        struct arena *arena = arena_new((size_t)1 << 31);

        ask(index, arena);
        (void)matching_index_verify(index, &err);
        matching_index_close(index);
        arena_free(arena);
    }
}

static void try_manifest(char *bytes, size_t size)
{
    struct manifest manifest;
    struct err err = { 0 };

    if (size > SEAL_HASH_BYTES) {
        struct hash hash = hash_of((struct str){ bytes, size - SEAL_HASH_BYTES });

        memcpy(bytes + size - SEAL_HASH_BYTES, hash.bytes, SEAL_HASH_BYTES);
    }
    if (manifest_read((struct str){ bytes, size }, &manifest, &err) &&
        (manifest.count == 0 || manifest.count > INDEX_LAYERS_MAX))
        abort();
}

/* The first four bytes are the size of the base; 0: it is a manifest. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    enum { HEAD = 4 };
    struct err err = { 0 };
    size_t first;
    char *bytes;

    if (size <= HEAD || size > 1 << 20 || !seal_start(&err))
        return 0;
    first = index_u32(data);
    size -= HEAD;
    bytes = malloc(size);
    memcpy(bytes, data + HEAD, size);
    if (first == 0)
        try_manifest(bytes, size);
    else
        try_index(bytes, size, first < size ? first : size);
    free(bytes);
    return 0;
}
