#include "formats/archive/pack.h"

#include <zstd.h>

#include "base/err.h"

enum { LEVEL = 1 };

bool pack(struct str bytes, struct arena *arena, struct str *out, struct err *err)
{
    size_t room = ZSTD_compressBound(bytes.len), len;
    char *at;

    if (ZSTD_isError(room))
        return FAIL(err, TOO_LARGE, STR("bytes to pack"));
    at = arena_alloc(arena, room);
    len = ZSTD_compress(at, room, bytes.ptr, bytes.len, LEVEL);
    if (ZSTD_isError(len))
        return FAIL(err, TOO_LARGE, STR("bytes to pack"));
    *out = (struct str){ at, len };
    return true;
}

bool unpack(struct str packed, size_t max, struct arena *arena, struct str *out, struct err *err)
{
    unsigned long long told = ZSTD_getFrameContentSize(packed.ptr, packed.len);
    size_t len;
    char *at;

    if (told == ZSTD_CONTENTSIZE_UNKNOWN || told == ZSTD_CONTENTSIZE_ERROR)
        return FAIL(err, ARCHIVE, STR("its packing is damaged"));
    if (told > max)
        return FAIL(err, TOO_LARGE, STR("what was packed"));
    at = arena_alloc(arena, (size_t)told);
    len = ZSTD_decompress(at, (size_t)told, packed.ptr, packed.len);
    if (ZSTD_isError(len) || len != told)
        return FAIL(err, ARCHIVE, STR("its packing is damaged"));
    *out = (struct str){ at, len };
    return true;
}
