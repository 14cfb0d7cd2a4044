/* formats/archive/pack.h: bytes made small to be kept, and back. */
#pragma once
#include "base/arena.h"

struct err;

/* zstd, quickly, and with the words that records have in common; lives in arena. ERR_TOO_LARGE */
MUST_CHECK bool pack(struct str bytes, struct arena *arena, struct str *out, struct err *err);
/* The same for many, one after the other. */
struct packer;
struct packer *packer_new(void);         /* NULL: no memory; what is done with it fails then */
void packer_free(struct packer *packer); /* NULL does nothing */
DEFINE_CLEANUP(struct packer, packer_free)
MUST_CHECK bool packer_pack(struct packer *packer, struct str bytes, struct arena *arena,
                            struct str *out, struct err *err);
MUST_CHECK bool packer_unpack(struct packer *packer, struct str packed, size_t max,
                              struct arena *arena, struct str *out, struct err *err);
/* Beside bytes that are at hand again when it is unpacked: what they have in common takes no room. With other bytes it is ERR_ARCHIVE. `zstd -d --patch-from` unpacks it
 * too, from the words with those bytes behind them. */
MUST_CHECK bool packer_pack_beside(struct packer *packer, struct str bytes, struct str beside,
                                   struct arena *arena, struct str *out, struct err *err);
MUST_CHECK bool packer_unpack_beside(struct packer *packer, struct str packed, struct str beside,
                                     size_t max, struct arena *arena, struct str *out,
                                     struct err *err);
/* By its first byte: whatever else is kept must not begin as packed bytes do. */
bool was_packed(struct str bytes);
/* max: bytes it may become. ERR_ARCHIVE, ERR_TOO_LARGE */
MUST_CHECK bool unpack(struct str packed, size_t max, struct arena *arena, struct str *out,
                       struct err *err);

/* gzip for an answer: quick rather than small; the same bytes give the same packing. Empty when it would not be smaller. */
struct str pack_gzip(struct str bytes, struct arena *arena);
