/* formats/tar_testing.h: the files of a data set's .tar.zst, for tests. */
#pragma once
#include "formats/testing.h"
#include <zstd.h>

struct testing_file {
    struct str name, bytes;
};
struct testing_files {
    VEC_OF(struct testing_file);
};

/* The whole of a .zst file, unpacked. */
static inline struct str testing_unpack(struct arena *arena, const char *path, size_t max)
{
    struct str packed = testing_read(arena, path);
    ZSTD_DCtx *context = ZSTD_createDCtx();
    ZSTD_inBuffer in = { packed.ptr, packed.len, 0 };
    ZSTD_outBuffer out = { arena_alloc(arena, max), max, 0 };
    size_t left;

    ZSTD_DCtx_setParameter(context, ZSTD_d_windowLogMax, 27);
    do {
        left = ZSTD_decompressStream(context, &out, &in);
        assert_false(ZSTD_isError(left));
        assert_true(left == 0 || out.pos < out.size);
    } while (in.pos < in.size || left > 0);
    ZSTD_freeDCtx(context);
    return (struct str){ out.dst, out.pos };
}

static inline size_t testing_octal(const char *digits, size_t count)
{
    size_t value = 0;

    for (size_t i = 0; i < count && digits[i] >= '0' && digits[i] <= '7'; i++)
        value = value * 8 + (size_t)(digits[i] - '0');
    return value;
}

/* name: such as "spdx/spdx-examples.tar.zst". False, with a message, when this machine does not have it. */
static inline bool testing_tar(struct arena *arena, const char *name, struct testing_files *out)
{
    enum { BLOCK = 512, MOST = 64 << 20 };
    const char *path = testing_data(arena, name);
    struct str tar, long_name = STR_NONE;

    if (!path)
        return false;
    tar = testing_unpack(arena, path, MOST);
    while (tar.len > BLOCK && tar.ptr[0] != '\0') {
        struct str head = str_take(tar, BLOCK), bytes;
        size_t size = testing_octal(head.ptr + 124, 12);
        char kind = head.ptr[156];

        bytes = str_take(str_drop(tar, BLOCK), size);
        tar = str_drop(tar, BLOCK + (size + BLOCK - 1) / BLOCK * BLOCK);
        if (kind == 'L') {
            long_name = str_take(bytes, strlen(bytes.ptr));
        } else if (kind == 'x') {
            size_t at = str_index_str(bytes, STR(" path="));

            if (at < bytes.len)
                long_name = str_drop(bytes, at + 6);
            long_name = str_take(long_name, str_index(long_name, '\n'));
        } else if (kind == '0' || kind == '\0') {
            struct str file = long_name;

            if (str_is_empty(file))
                file = head.ptr[345]
                           ? arena_printf(arena, "%.155s/%.100s", head.ptr + 345, head.ptr)
                           : arena_printf(arena, "%.100s", head.ptr);
            VEC_PUSH(arena, out, (struct testing_file){ file, bytes });
            long_name = STR_NONE;
        } else {
            long_name = STR_NONE;
        }
    }
    assert_true(out->len > 0);
    return true;
}
