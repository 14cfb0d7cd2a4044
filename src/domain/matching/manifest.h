/* domain/matching/manifest.h: the file that an index is opened by. It names the files that the index is made of, the base first, each by its identity; those
 * stand beside it and never change. A new state is a new file and then a new manifest, each of them whole or not at all; who has the old one open goes on. */
#pragma once
#include "domain/matching/index.h"
#include "seal/seal.h"

#include <limits.h>

struct manifest {
    size_t count;
    struct hash layers[INDEX_LAYERS_MAX];
};

/* magic (8), version u32, count u32, identities, BLAKE2b-256 of all before. ERR_MATCH_INDEX */
MUST_CHECK bool manifest_read(struct str bytes, struct manifest *out, struct err *err);
enum {
    MANIFEST_HEAD = 16,
    MANIFEST_MAX = MANIFEST_HEAD + (INDEX_LAYERS_MAX + 1) * SEAL_HASH_BYTES
};
/* Replaces the manifest, then takes away what it does not name any more. ERR_IO */
MUST_CHECK bool manifest_write(const char *path, const struct manifest *manifest, struct err *err);
/* One process at a time makes what stands in its folder: waits for the other one, and holds it until fd is closed. ERR_IO */
MUST_CHECK bool manifest_lock(const char *path, struct arena *arena, int *fd, struct err *err);
/* "match.idx.0123…": of the file of that identity. ERR_TOO_LARGE */
MUST_CHECK bool manifest_layer_path(const char *path, struct hash identity, char out[PATH_MAX],
                                    struct err *err);
