#include "formats/archive/pack.h"

#include <limits.h>
#include <stdlib.h>
#include <zlib.h>
#include <zstd.h>

#include "base/buf.h"
#include "base/err.h"
#include "formats/archive/archive_internal.h"

/* MARK stands before what is packed with the words; what was packed earlier begins with a frame of zstd. */
enum {
    MARK = 1,
    FRAME = 0x28,
    LEVEL = -1, /* against 1 a third of the time less, an eighth of the room more */
    GZIP_LEVEL = 1,
    GZIP_BITS = 15 + 16,
    GZIP_MEMORY = 8,
    GZIP_LEAST = 32
};

/* It has nothing of its own beside what zstd calls contexts. */
struct packer {
    ZSTD_CCtx *packing;
    ZSTD_CDict *words;
    ZSTD_DCtx *unpacking;
};

struct packer *packer_new(void) { return calloc(1, sizeof(struct packer)); }

void packer_free(struct packer *packer)
{
    if (!packer)
        return;
    ZSTD_freeCCtx(packer->packing);
    ZSTD_freeCDict(packer->words);
    ZSTD_freeDCtx(packer->unpacking);
    free(packer);
}

static bool can_pack(struct packer *packer)
{
    struct str words = pack_words();

    if (!packer)
        return false;
    if (!packer->packing)
        packer->packing = ZSTD_createCCtx();
    if (!packer->words)
        packer->words = ZSTD_createCDict(words.ptr, words.len, LEVEL);
    return packer->packing && packer->words;
}

bool packer_pack(struct packer *packer, struct str bytes, struct arena *arena, struct str *out,
                 struct err *err)
{
    size_t room = ZSTD_compressBound(bytes.len), len;
    char *at;

    if (!can_pack(packer))
        return FAIL(err, TOO_LARGE, STR("memory"));
    if (ZSTD_isError(room))
        return FAIL(err, TOO_LARGE, STR("bytes to pack"));
    at = arena_alloc(arena, room + 1);
    at[0] = MARK;
    len = ZSTD_compress_usingCDict(packer->packing, at + 1, room, bytes.ptr, bytes.len,
                                   packer->words);
    if (ZSTD_isError(len))
        return FAIL(err, TOO_LARGE, STR("bytes to pack"));
    *out = (struct str){ at, len + 1 };
    return true;
}

bool pack(struct str bytes, struct arena *arena, struct str *out, struct err *err)
{
    CLEANUP(packer_free_var) struct packer *packer = packer_new();

    return packer_pack(packer, bytes, arena, out, err) ? true : PASS(err);
}

bool was_packed(struct str bytes)
{
    return bytes.len > 0 && (bytes.ptr[0] == MARK || bytes.ptr[0] == FRAME);
}

/* words: what zstd was told beforehand */
static bool unpack_frame(struct packer *packer, struct str frame, struct str words, size_t max,
                         struct arena *arena, struct str *out, struct err *err)
{
    unsigned long long told = ZSTD_getFrameContentSize(frame.ptr, frame.len);
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
    len = ZSTD_decompress_usingDict(packer->unpacking, at, (size_t)told, frame.ptr, frame.len,
                                    words.ptr, words.len);
    if (ZSTD_isError(len) || len != told)
        return FAIL(err, ARCHIVE, STR("its packing is damaged"));
    *out = (struct str){ at, len };
    return true;
}

bool packer_unpack(struct packer *packer, struct str packed, size_t max, struct arena *arena,
                   struct str *out, struct err *err)
{
    bool has_words = packed.len > 0 && packed.ptr[0] == MARK;

    return unpack_frame(packer, str_drop(packed, has_words), has_words ? pack_words() : STR_NONE,
                        max, arena, out, err)
               ? true
               : PASS(err);
}

bool unpack(struct str packed, size_t max, struct arena *arena, struct str *out, struct err *err)
{
    CLEANUP(packer_free_var) struct packer *packer = packer_new();

    return packer_unpack(packer, packed, max, arena, out, err) ? true : PASS(err);
}

/* ---- beside other bytes ---- */

/* What zstd is told beforehand: the words, then what stands beside. */
static struct str prefix_of(struct str beside, struct arena *arena)
{
    struct str words = pack_words();
    struct buf buf = buf_new(arena, words.len + beside.len);

    buf_add(&buf, words);
    buf_add(&buf, beside);
    return buf_str(&buf);
}

/* A frame alone, with a sum: the bytes beside it could be the wrong ones. */
bool packer_pack_beside(struct packer *packer, struct str bytes, struct str beside,
                        struct arena *arena, struct str *out, struct err *err)
{
    struct str prefix = prefix_of(beside, arena);
    size_t room = ZSTD_compressBound(bytes.len), len;
    char *at;

    if (!can_pack(packer))
        return FAIL(err, TOO_LARGE, STR("memory"));
    if (ZSTD_isError(room))
        return FAIL(err, TOO_LARGE, STR("bytes to pack"));
    at = arena_alloc(arena, room);
    ZSTD_CCtx_reset(packer->packing, ZSTD_reset_session_and_parameters);
    ZSTD_CCtx_setParameter(packer->packing, ZSTD_c_compressionLevel, LEVEL);
    ZSTD_CCtx_setParameter(packer->packing, ZSTD_c_checksumFlag, 1);
    ZSTD_CCtx_refPrefix(packer->packing, prefix.ptr, prefix.len);
    len = ZSTD_compress2(packer->packing, at, room, bytes.ptr, bytes.len);
    ZSTD_CCtx_reset(packer->packing, ZSTD_reset_session_and_parameters);
    if (ZSTD_isError(len))
        return FAIL(err, TOO_LARGE, STR("bytes to pack"));
    *out = (struct str){ at, len };
    return true;
}

bool packer_unpack_beside(struct packer *packer, struct str packed, struct str beside, size_t max,
                          struct arena *arena, struct str *out, struct err *err)
{
    struct str prefix = prefix_of(beside, arena);

    return unpack_frame(packer, packed, prefix, max, arena, out, err) ? true : PASS(err);
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
