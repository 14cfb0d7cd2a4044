/* gzip and raw deflate by zlib, zstd, xz: one layer each, from its first byte to its last. */
#include "formats/archive/archive_internal.h"

#include <lzma.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>
#include <zstd.h>

enum {
    WINDOW_LOG_MAX = 27,       /* zstd --long=27; a frame that asks for more is refused */
    XZ_MEMORY_MAX = 100 << 20, /* xz -9 takes 65 MB */
    GZIP_WINDOW = 15 + 16,
    RAW_WINDOW = -15
};

enum packing packing_of(const char *at, size_t len)
{
    static const struct {
        enum packing packing;
        struct str mark;
    } marks[] = { { PACKED_GZIP, STR_INIT("\x1f\x8b") },
                  { PACKED_ZSTD, STR_INIT("\x28\xb5\x2f\xfd") },
                  { PACKED_XZ, STR_INIT("\xfd"
                                        "7zXZ\0") } };

    for (size_t i = 0; i < COUNT(marks); i++)
        if (str_starts((struct str){ at, len }, marks[i].mark))
            return marks[i].packing;
    return PACKED_NOT;
}

/* What lies below, as much as there is at hand. */
static ssize_t feed(struct layer *layer, const char **at, struct err *err)
{
    ssize_t there = layer_peek(layer->below, 1, err);

    *at = layer->below->room + layer->below->at;
    return there;
}

static ssize_t damaged(struct err *err)
{
    (void)FAIL(err, ARCHIVE, STR("its packing is damaged"));
    return -1;
}

/* ---- deflate ---- */

/* Members behind each other are one file. What else stands behind the last is left alone, as gzip does. */
static bool has_more(struct layer *layer, struct err *err)
{
    ssize_t there = layer_peek(layer->below, 2, err);

    return there >= 2 &&
           packing_of(layer->below->room + layer->below->at, (size_t)there) == PACKED_GZIP;
}

static ssize_t pull_deflate(struct layer *layer, char *at, size_t size, struct err *err)
{
    z_stream *z = layer->state;
    uInt room = size > 1 << 30 ? 1 << 30 : (uInt)size;

    z->next_out = (Bytef *)at;
    z->avail_out = room;
    while (z->avail_out == room && layer->left) {
        const char *from;
        ssize_t there = feed(layer, &from, err);
        int rc;

        if (there <= 0)
            return there < 0 ? -1 : damaged(err);
        z->next_in = (Bytef *)(uintptr_t)from;
        z->avail_in = (uInt)there;
        rc = inflate(z, Z_NO_FLUSH);
        layer_take(layer->below, (size_t)there - z->avail_in);
        if (rc == Z_STREAM_END) {
            layer->left = layer->is_chain && has_more(layer, err) && inflateReset(z) == Z_OK;
            if (err->code != ERR_NONE)
                return -1;
        } else if (rc != Z_OK && rc != Z_BUF_ERROR) {
            return damaged(err);
        }
    }
    return (ssize_t)(room - z->avail_out);
}

static void free_deflate(struct layer *layer)
{
    inflateEnd(layer->state);
    free(layer->state);
}

/* ---- zstd ---- */

static ssize_t pull_zstd(struct layer *layer, char *at, size_t size, struct err *err)
{
    ZSTD_outBuffer out = { at, size, 0 };

    while (out.pos == 0) {
        const char *from;
        ssize_t there = feed(layer, &from, err);
        ZSTD_inBuffer in = { 0 };
        size_t rc;

        if (there < 0)
            return -1;
        if (there == 0 && !layer->left)
            return 0; /* between frames */
        in = (ZSTD_inBuffer){ from, (size_t)there, 0 };
        rc = ZSTD_decompressStream(layer->state, &out, &in);
        layer_take(layer->below, in.pos);
        if (ZSTD_isError(rc))
            return damaged(err);
        layer->left = rc;
        if (there == 0 && out.pos == 0)
            return damaged(err);
    }
    return (ssize_t)out.pos;
}

static void free_zstd(struct layer *layer) { ZSTD_freeDStream(layer->state); }

/* ---- xz ---- */

static ssize_t pull_xz(struct layer *layer, char *at, size_t size, struct err *err)
{
    lzma_stream *xz = layer->state;

    xz->next_out = (uint8_t *)at;
    xz->avail_out = size;
    while (xz->avail_out == size && layer->left) {
        const char *from;
        ssize_t there = feed(layer, &from, err);
        lzma_ret rc;

        if (there < 0)
            return -1;
        xz->next_in = (const uint8_t *)from;
        xz->avail_in = (size_t)there;
        rc = lzma_code(xz, there == 0 ? LZMA_FINISH : LZMA_RUN);
        layer_take(layer->below, (size_t)there - xz->avail_in);
        if (rc == LZMA_STREAM_END)
            layer->left = 0;
        else if (rc != LZMA_OK)
            return damaged(err);
    }
    return (ssize_t)(size - xz->avail_out);
}

static void free_xz(struct layer *layer)
{
    lzma_end(layer->state);
    free(layer->state);
}

/* ---- */

static bool begin_deflate(struct layer *layer, int window)
{
    z_stream *z = calloc(1, sizeof *z);

    if (!z || inflateInit2(z, window) != Z_OK) {
        free(z);
        return false;
    }
    layer->state = z;
    layer->free = free_deflate;
    layer->pull = pull_deflate;
    return true;
}

static bool begin_zstd(struct layer *layer)
{
    ZSTD_DStream *zstd = ZSTD_createDStream();

    if (!zstd || ZSTD_isError(ZSTD_DCtx_setParameter(zstd, ZSTD_d_windowLogMax, WINDOW_LOG_MAX))) {
        ZSTD_freeDStream(zstd);
        return false;
    }
    layer->state = zstd;
    layer->free = free_zstd;
    layer->pull = pull_zstd;
    return true;
}

static bool begin_xz(struct layer *layer)
{
    const lzma_stream fresh = LZMA_STREAM_INIT;
    lzma_stream *xz = malloc(sizeof *xz);

    if (!xz)
        return false;
    *xz = fresh;
    if (lzma_stream_decoder(xz, XZ_MEMORY_MAX, LZMA_CONCATENATED) != LZMA_OK) {
        free(xz);
        return false;
    }
    layer->state = xz;
    layer->free = free_xz;
    layer->pull = pull_xz;
    return true;
}

bool unpack_begin(struct layer *layer, enum packing packing, struct err *err)
{
    bool ok = false;

    layer->left = packing != PACKED_ZSTD; /* zstd: bytes of the frame still expected */
    switch (packing) {
    case PACKED_GZIP:
        layer->is_chain = true;
        ok = begin_deflate(layer, GZIP_WINDOW);
        break;
    case PACKED_DEFLATE:
        ok = begin_deflate(layer, RAW_WINDOW);
        break;
    case PACKED_ZSTD:
        ok = begin_zstd(layer);
        break;
    case PACKED_XZ:
        ok = begin_xz(layer);
        break;
    case PACKED_NOT:
        break;
    }
    return ok ? true : FAIL(err, TOO_LARGE, STR("memory for unpacking"));
}
