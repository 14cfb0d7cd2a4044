/* Zip as a stream: member after member by their own headers; the directory at the end is not needed. */
#include "formats/archive/archive_internal.h"

#include <string.h>

enum { HEAD = 30, STORED = 0, DEFLATED = 8, ENCRYPTED = 1 << 0, TOLD_LATER = 1 << 3, ZIP64 = 1 };
#define ALL_ONES UINT32_C(0xffffffff)

static uint64_t little(const char *at, size_t bytes)
{
    uint64_t n = 0;

    for (size_t i = bytes; i-- > 0;)
        n = n << 8 | (unsigned char)at[i];
    return n;
}

static bool is_mark(const char *at, size_t len, const char *mark)
{
    return len >= 4 && memcmp(at, mark, 4) == 0;
}

bool zip_is_one(const char *at, size_t len)
{
    return is_mark(at, len, "PK\3\4") || is_mark(at, len, "PK\5\6");
}

static int refuse(struct err *err, const char *why)
{
    (void)FAIL(err, ARCHIVE, str_from_z(why));
    return -1;
}

/* Sizes of 64 bits stand in an extra field, in a fixed order, each only where the header's own is all ones. */
static bool take_extra(struct str extra, struct member *out)
{
    while (extra.len >= 4) {
        uint64_t id = little(extra.ptr, 2), len = little(extra.ptr + 2, 2);
        struct str body = str_take(str_drop(extra, 4), (size_t)len);

        if (body.len < len)
            return false;
        if (id == ZIP64) {
            uint64_t *const sizes[] = { &out->size, &out->packed };

            for (size_t i = 0; i < COUNT(sizes); i++) {
                if (*sizes[i] != ALL_ONES)
                    continue;
                if (body.len < 8)
                    return false;
                *sizes[i] = little(body.ptr, 8);
                body = str_drop(body, 8);
            }
        }
        extra = str_drop(extra, 4 + (size_t)len);
    }
    return true;
}

/* Behind the file, with or without a mark, its sum and lengths of four or of eight bytes. */
static bool take_later(struct layer *layer, struct member *member, uint64_t packed,
                       uint64_t unpacked, struct err *err)
{
    ssize_t there = layer_peek(layer, 24, err);
    const char *at = layer->room + layer->at;
    size_t mark;

    if (there < 0)
        return PASS(err);
    mark = is_mark(at, (size_t)there, "PK\7\10") ? 4 : 0;
    if ((size_t)there < mark + 12)
        return FAIL(err, ARCHIVE, STR("it ends too early"));
    at += mark;
    member->crc = (uint32_t)little(at, 4);
    /* Eight first: shorter ones are never taken for them, because a header follows, which does not begin with zeros. */
    if ((size_t)there >= mark + 20 && little(at + 4, 8) == packed &&
        little(at + 12, 8) == unpacked) {
        layer_take(layer, mark + 20);
        return true;
    }
    if (little(at + 4, 4) != (packed & ALL_ONES) || little(at + 8, 4) != (unpacked & ALL_ONES))
        return FAIL(err, ARCHIVE, STR("the length of a file is not right"));
    layer_take(layer, mark + 12);
    return true;
}

static bool is_folder(const char *name)
{
    size_t len = strlen(name);

    return len > 0 && name[len - 1] == '/';
}

/* A folder has no bytes, but may have lengths behind it that say so. */
static bool pass_folder(struct layer *layer, struct member *folder, struct err *err)
{
    if (folder->is_told_later)
        return take_later(layer, folder, 0, 0, err) ? true : PASS(err);
    return layer_skip(layer, folder->packed, err) ? true : PASS(err);
}

static bool take_name(struct layer *layer, size_t name, size_t extra, struct member *out,
                      struct err *err)
{
    ssize_t there = layer_peek(layer, name, err);

    if (there >= 0 && (size_t)there >= name) {
        memcpy(out->name, layer->room + layer->at,
               name < ARCHIVE_NAME_MAX ? name : ARCHIVE_NAME_MAX);
        layer_take(layer, name);
        there = layer_peek(layer, extra, err);
        name = extra;
    }
    if (there < 0)
        return PASS(err);
    if ((size_t)there < name)
        return FAIL(err, ARCHIVE, STR("it ends too early"));
    if (!take_extra((struct str){ layer->room + layer->at, extra }, out))
        return FAIL(err, ARCHIVE, STR("a header of the archive cannot be read"));
    layer_take(layer, extra);
    return true;
}

int zip_next(struct layer *layer, struct member *out, struct err *err)
{
    for (;;) {
        ssize_t there = layer_peek(layer, HEAD, err);
        const char *at = layer->room + layer->at;
        size_t name, extra;
        uint64_t flags, method;

        if (there < 0)
            return -1;
        if (is_mark(at, (size_t)there, "PK\1\2") || is_mark(at, (size_t)there, "PK\5\6") ||
            is_mark(at, (size_t)there, "PK\6\6"))
            return 0;
        if (there < HEAD || !is_mark(at, (size_t)there, "PK\3\4"))
            return refuse(err, "a header of the archive cannot be read");
        flags = little(at + 6, 2);
        method = little(at + 8, 2);
        *out = (struct member){ .crc = (uint32_t)little(at + 14, 4),
                                .packed = little(at + 18, 4),
                                .size = little(at + 22, 4),
                                .is_stored = method == STORED,
                                .is_told_later = flags & TOLD_LATER };
        name = (size_t)little(at + 26, 2);
        extra = (size_t)little(at + 28, 2);
        layer_take(layer, HEAD);
        if (!take_name(layer, name, extra, out, err))
            return -1;
        if (flags & ENCRYPTED)
            return refuse(err, "it is encrypted");
        if (method != STORED && method != DEFLATED)
            return refuse(err, "it is packed in a way that is not known");
        if (is_folder(out->name)) {
            if (!pass_folder(layer, out, err))
                return -1;
            continue;
        }
        if (out->is_stored && out->is_told_later)
            return refuse(err, "a file of it has no length");
        if (out->is_stored && out->packed != out->size)
            return refuse(err, "a header of the archive cannot be read");
        return 1;
    }
}

bool zip_end(struct layer *layer, const struct member *member, uint64_t packed, uint64_t unpacked,
             uint32_t crc, struct err *err)
{
    struct member told = *member;

    if (!told.is_told_later && (told.packed != packed || told.size != unpacked))
        return FAIL(err, ARCHIVE, STR("the length of a file is not right"));
    if (told.is_told_later && !take_later(layer, &told, packed, unpacked, err))
        return PASS(err);
    return told.crc == crc ? true : FAIL(err, ARCHIVE, STR("the sum of a file is not right"));
}
