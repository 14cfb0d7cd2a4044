#include "formats/archive/pack.h"

#include <stdlib.h>
#include <zstd.h>

#include "base/err.h"

enum { LEVEL = 1 };

/* It has nothing of its own beside what zstd calls a context. */
struct packer {
    ZSTD_CCtx *context;
};

struct packer *packer_new(void)
{
    struct packer *packer = calloc(1, sizeof *packer);

    if (packer)
        packer->context = ZSTD_createCCtx();
    if (packer && packer->context)
        return packer;
    free(packer);
    return NULL;
}

void packer_free(struct packer *packer)
{
    if (!packer)
        return;
    ZSTD_freeCCtx(packer->context);
    free(packer);
}

bool packer_pack(struct packer *packer, struct str bytes, struct arena *arena, struct str *out,
                 struct err *err)
{
    size_t room = ZSTD_compressBound(bytes.len), len;
    char *at;

    if (ZSTD_isError(room))
        return FAIL(err, TOO_LARGE, STR("bytes to pack"));
    at = arena_alloc(arena, room);
    len = ZSTD_compressCCtx(packer->context, at, room, bytes.ptr, bytes.len, LEVEL);
    if (ZSTD_isError(len))
        return FAIL(err, TOO_LARGE, STR("bytes to pack"));
    *out = (struct str){ at, len };
    return true;
}

bool pack(struct str bytes, struct arena *arena, struct str *out, struct err *err)
{
    CLEANUP(packer_free_var) struct packer *packer = packer_new();

    if (!packer)
        return FAIL(err, TOO_LARGE, STR("memory"));
    return packer_pack(packer, bytes, arena, out, err) ? true : PASS(err);
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
