/* formats/archive/archive_internal.h: layers: each pulls its bytes from the one below. */
#pragma once
#include "base/err.h"
#include "formats/archive/archive.h"

enum { LAYER_ROOM = 128 << 10 };

/* Bytes that can be looked at before they are taken. */
struct layer {
    /* Up to size bytes; 0 at the end, -1 */
    ssize_t (*pull)(struct layer *layer, char *at, size_t size, struct err *err);
    void (*free)(struct layer *layer); /* what it holds besides; may be NULL */
    struct layer *below;               /* not its own */
    void *state;
    uint64_t left, taken; /* for pull; and given out in all */
    bool is_over;
    bool is_chain;  /* gzip: what begins behind its end goes on with it */
    size_t at, end; /* of room */
    char room[LAYER_ROOM];
};
struct layer *layer_new(struct layer *below); /* NULL without memory */
void layer_free(struct layer *layer);
/* At least n (at most LAYER_ROOM) bytes in the room, fewer at the end; the bytes are at layer->room + layer->at. -1 */
ssize_t layer_peek(struct layer *layer, size_t n, struct err *err);
ssize_t layer_read(struct layer *layer, char *at, size_t size, struct err *err);
/* Takes n bytes that were looked at. */
void layer_take(struct layer *layer, size_t n);
/* Exactly n bytes, thrown away. ERR_ARCHIVE when there are fewer */
MUST_CHECK bool layer_skip(struct layer *layer, uint64_t n, struct err *err);
MUST_CHECK bool layer_read_all(struct layer *layer, char *at, size_t size, struct err *err);

/* ---- unpack.c ---- */
enum packing { PACKED_NOT, PACKED_GZIP, PACKED_ZSTD, PACKED_XZ, PACKED_DEFLATE };
enum packing packing_of(const char *at, size_t len);
/* Makes layer unpack what is below it. ERR_ARCHIVE, ERR_TOO_LARGE without memory */
MUST_CHECK bool unpack_begin(struct layer *layer, enum packing packing, struct err *err);

/* ---- tar.c, zip.c ---- */
struct member {
    char name[ARCHIVE_NAME_MAX + 1];
    uint64_t size; /* of tar, and of zip where it is known */
    /* zip */
    uint64_t packed;
    uint32_t crc;
    bool is_stored, is_told_later; /* not packed; sizes and sum stand behind it */
};
bool tar_is_one(const char *at, size_t len);
/* The next file's header. 1, 0 at the end, -1 */
int tar_next(struct layer *layer, struct member *out, struct err *err);
MUST_CHECK bool tar_end(struct layer *layer, const struct member *member, struct err *err);

bool zip_is_one(const char *at, size_t len);
int zip_next(struct layer *layer, struct member *out, struct err *err);
/* unpacked, crc: what came out */
MUST_CHECK bool zip_end(struct layer *layer, const struct member *member, uint64_t packed,
                        uint64_t unpacked, uint32_t crc, struct err *err);

/* What pack.h tells zstd beforehand. */
struct str pack_words(void);
