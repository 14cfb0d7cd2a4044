#include "formats/archive/pack.h"

#include <limits.h>
#include <stdlib.h>
#include <zlib.h>
#include <zstd.h>

#include "base/err.h"

enum { LEVEL = 1, GZIP_LEVEL = 1, GZIP_BITS = 15 + 16, GZIP_MEMORY = 8, GZIP_LEAST = 32 };

/* It has nothing of its own beside what zstd calls contexts. */
struct packer {
    ZSTD_CCtx *packing;
    ZSTD_DCtx *unpacking;
};

struct packer *packer_new(void) { return calloc(1, sizeof(struct packer)); }

void packer_free(struct packer *packer)
{
    if (!packer)
        return;
    ZSTD_freeCCtx(packer->packing);
    ZSTD_freeDCtx(packer->unpacking);
    free(packer);
}

bool packer_pack(struct packer *packer, struct str bytes, struct arena *arena, struct str *out,
                 struct err *err)
{
    size_t room = ZSTD_compressBound(bytes.len), len;
    char *at;

    if (packer && !packer->packing)
        packer->packing = ZSTD_createCCtx();
    if (!packer || !packer->packing)
        return FAIL(err, TOO_LARGE, STR("memory"));
    if (ZSTD_isError(room))
        return FAIL(err, TOO_LARGE, STR("bytes to pack"));
    at = arena_alloc(arena, room);
    len = ZSTD_compressCCtx(packer->packing, at, room, bytes.ptr, bytes.len, LEVEL);
    if (ZSTD_isError(len))
        return FAIL(err, TOO_LARGE, STR("bytes to pack"));
    *out = (struct str){ at, len };
    return true;
}

bool pack(struct str bytes, struct arena *arena, struct str *out, struct err *err)
{
    CLEANUP(packer_free_var) struct packer *packer = packer_new();

    return packer_pack(packer, bytes, arena, out, err) ? true : PASS(err);
}

bool packer_unpack(struct packer *packer, struct str packed, size_t max, struct arena *arena,
                   struct str *out, struct err *err)
{
    unsigned long long told = ZSTD_getFrameContentSize(packed.ptr, packed.len);
    size_t len;
    char *at;

    if (packer && !packer->unpacking)
        packer->unpacking = ZSTD_createDCtx();
    if (!packer || !packer->unpacking)
        return FAIL(err, TOO_LARGE, STR("memory"));
    if (told == ZSTD_CONTENTSIZE_UNKNOWN || told == ZSTD_CONTENTSIZE_ERROR)
        return FAIL(err, ARCHIVE, STR("its packing is damaged"));
    if (told > max)
        return FAIL(err, TOO_LARGE, STR("what was packed"));
    at = arena_alloc(arena, (size_t)told);
    len = ZSTD_decompressDCtx(packer->unpacking, at, (size_t)told, packed.ptr, packed.len);
    if (ZSTD_isError(len) || len != told)
        return FAIL(err, ARCHIVE, STR("its packing is damaged"));
    *out = (struct str){ at, len };
    return true;
}

bool unpack(struct str packed, size_t max, struct arena *arena, struct str *out, struct err *err)
{
    CLEANUP(packer_free_var) struct packer *packer = packer_new();

    return packer_unpack(packer, packed, max, arena, out, err) ? true : PASS(err);
}

struct str pack_gzip(struct str bytes, struct arena *arena)
{
    z_stream stream = { 0 };
    unsigned char *to;
    bool is_done;

    if (bytes.len <= GZIP_LEAST || bytes.len > UINT_MAX / 2 ||
        deflateInit2(&stream, GZIP_LEVEL, Z_DEFLATED, GZIP_BITS, GZIP_MEMORY, Z_DEFAULT_STRATEGY) !=
            Z_OK)
        return STR_NONE;
    to = arena_alloc(arena, bytes.len);
    stream.next_in = (unsigned char *)bytes.ptr;
    stream.avail_in = (unsigned)bytes.len;
    stream.next_out = to;
    stream.avail_out = (unsigned)bytes.len;
    is_done = deflate(&stream, Z_FINISH) == Z_STREAM_END;
    deflateEnd(&stream);
    return is_done ? (struct str){ (const char *)to, stream.total_out } : STR_NONE;
}
