#include "formats/archive/archive_internal.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum holder { HOLDER_NONE, HOLDER_ONE, HOLDER_TAR, HOLDER_ZIP };

struct archive {
    archive_source *source;
    void *context;
    struct archive_limits limits;
    struct layer *stream[1 + ARCHIVE_LAYERS_MAX]; /* the source, and what unpacks it */
    size_t stream_count;
    struct layer
        *file[2 +
              ARCHIVE_LAYERS_MAX]; /* the present member: as it lies there, and what unpacks it */
    size_t file_count;

    enum holder holder;
    bool is_open; /* a member is */
    struct member member;
    uint64_t began;                /* taken of the stream when the member began */
    uint64_t unpacked, all, files; /* of the member, of all */
    uint32_t crc;
};

static ssize_t pull_source(struct layer *layer, char *at, size_t size, struct err *err)
{
    struct archive *archive = layer->state;

    return archive->source(archive->context, at, size, err);
}

/* A member of a tar, or one of a zip that is not packed: so many bytes of what is below. */
static ssize_t pull_part(struct layer *layer, char *at, size_t size, struct err *err)
{
    ssize_t got;

    if (layer->left == 0)
        return 0;
    got = layer_read(layer->below, at, size < layer->left ? size : (size_t)layer->left, err);
    if (got > 0)
        layer->left -= (uint64_t)got;
    if (got == 0) {
        (void)FAIL(err, ARCHIVE, STR("it ends too early"));
        return -1;
    }
    return got;
}

struct archive *archive_new(archive_source *source, void *context,
                            const struct archive_limits *limits)
{
    struct archive *archive = calloc(1, sizeof *archive);
    struct layer *layer = layer_new(NULL);

    if (!archive || !layer) {
        free(archive);
        layer_free(layer);
        return NULL;
    }
    archive->source = source;
    archive->context = context;
    archive->limits = *limits;
    layer->pull = pull_source;
    layer->state = archive;
    archive->stream[archive->stream_count++] = layer;
    return archive;
}

static void free_layers(struct layer **layers, size_t *count)
{
    while (*count > 0)
        layer_free(layers[--*count]);
}

void archive_free(struct archive *archive)
{
    if (!archive)
        return;
    free_layers(archive->file, &archive->file_count);
    free_layers(archive->stream, &archive->stream_count);
    free(archive);
}

uint64_t archive_used(const struct archive *archive) { return archive->stream[0]->taken; }

static struct layer *top(struct archive *archive)
{
    return archive->stream[archive->stream_count - 1];
}

static bool add_layer(struct layer **layers, size_t *count, struct layer *below, struct err *err)
{
    struct layer *layer = layer_new(below);

    if (!layer)
        return FAIL(err, TOO_LARGE, STR("memory for unpacking"));
    layers[(*count)++] = layer;
    return true;
}

/* Unpacks what is on top for as long as it is packed. max: layers there may be in all */
static bool unpack_all(struct layer **layers, size_t *count, size_t max, struct err *err)
{
    for (;;) {
        struct layer *layer = layers[*count - 1];
        ssize_t there = layer_peek(layer, 6, err);
        enum packing packing;

        if (there < 0)
            return PASS(err);
        packing = packing_of(layer->room + layer->at, (size_t)there);
        if (packing == PACKED_NOT)
            return true;
        if (*count == max)
            return FAIL(err, TOO_LARGE, STR("a file packed in packed files"));
        if (!add_layer(layers, count, layer, err) ||
            !unpack_begin(layers[*count - 1], packing, err))
            return PASS(err);
    }
}

bool archive_is_packed(struct str head) { return packing_of(head.ptr, head.len) != PACKED_NOT; }

bool archive_is_one(struct str head)
{
    return archive_is_packed(head) || zip_is_one(head.ptr, head.len) ||
           tar_is_one(head.ptr, head.len);
}

bool archive_unpack(struct archive *archive, struct err *err)
{
    archive->holder = HOLDER_ONE;
    return unpack_all(archive->stream, &archive->stream_count, COUNT(archive->stream), err)
               ? true
               : PASS(err);
}

static bool begin(struct archive *archive, struct err *err)
{
    struct layer *layer;
    ssize_t there;

    if (!archive_unpack(archive, err))
        return PASS(err);
    layer = top(archive);
    there = layer_peek(layer, 512, err);
    if (there < 0)
        return PASS(err);
    archive->holder = zip_is_one(layer->room + layer->at, (size_t)there)   ? HOLDER_ZIP
                      : tar_is_one(layer->room + layer->at, (size_t)there) ? HOLDER_TAR
                                                                           : HOLDER_ONE;
    return true;
}

/* ---- members ---- */

static bool open_member(struct archive *archive, struct err *err)
{
    struct layer *layer;
    bool is_part = archive->holder == HOLDER_TAR || archive->member.is_stored;

    archive->began = top(archive)->taken;
    archive->unpacked = 0;
    archive->crc = (uint32_t)crc32(0, NULL, 0);
    if (++archive->files > archive->limits.files)
        return FAIL(err, TOO_LARGE, STR("the number of files in the archive"));
    if (!add_layer(archive->file, &archive->file_count, top(archive), err))
        return PASS(err);
    layer = archive->file[0];
    if (is_part) {
        layer->pull = pull_part;
        layer->left = archive->member.size;
    } else if (!unpack_begin(layer, PACKED_DEFLATE, err)) {
        return PASS(err);
    }
    archive->is_open = true;
    /* A packed file in a zip would need its own sum beside the zip's: such files are given as they are. */
    return archive->holder == HOLDER_ZIP ||
                   unpack_all(archive->file, &archive->file_count, 1 + ARCHIVE_LAYERS_MAX, err)
               ? true
               : PASS(err);
}

/* To the end of the member as it lies there, and what must be right then. */
static bool close_member(struct archive *archive, struct err *err)
{
    char room[16 << 10];
    ssize_t got;

    while (archive->holder == HOLDER_ZIP && (got = archive_read(archive, room, sizeof room, err)))
        if (got < 0)
            return PASS(err);
    if (archive->holder == HOLDER_TAR) {
        struct layer *layer = archive->file[0];
        uint64_t given = layer->taken + (layer->end - layer->at);

        archive->is_open = false;
        if (!layer_skip(top(archive), archive->member.size - given, err) ||
            !tar_end(top(archive), &archive->member, err))
            return PASS(err);
    } else if (!zip_end(top(archive), &archive->member, top(archive)->taken - archive->began,
                        archive->unpacked, archive->crc, err)) {
        return PASS(err);
    }
    archive->is_open = false;
    free_layers(archive->file, &archive->file_count);
    return true;
}

static struct str plain_name(const struct member *member)
{
    struct str name = str_from_z(member->name);

    return str_is_utf8(name) && str_is_plain(name, false) ? name : STR("?");
}

int archive_next(struct archive *archive, struct str *name, struct err *err)
{
    int there;

    if (archive->is_open && !close_member(archive, err))
        return -1;
    if (archive->holder == HOLDER_NONE) {
        if (!begin(archive, err))
            return -1;
        if (archive->holder == HOLDER_ONE) {
            *name = STR("");
            return 1;
        }
    } else if (archive->holder == HOLDER_ONE) {
        return 0;
    }
    archive->member = (struct member){ 0 };
    there = archive->holder == HOLDER_ZIP ? zip_next(top(archive), &archive->member, err)
                                          : tar_next(top(archive), &archive->member, err);
    if (there <= 0)
        return there;
    *name = plain_name(&archive->member);
    return open_member(archive, err) ? 1 : -1;
}

bool archive_has_more(const struct archive *archive)
{
    return archive->is_open && archive->holder == HOLDER_TAR && archive->file_count > 1;
}

ssize_t archive_read(struct archive *archive, char *at, size_t size, struct err *err)
{
    struct layer *layer = archive->is_open ? archive->file[archive->file_count - 1] : top(archive);
    ssize_t got = layer_read(layer, at, size, err);

    if (got <= 0)
        return got;
    archive->unpacked += (uint64_t)got;
    archive->all += (uint64_t)got;
    if (archive->holder == HOLDER_ZIP)
        archive->crc = (uint32_t)crc32(archive->crc, (const Bytef *)at, (uInt)got);
    if (archive->all <= archive->limits.bytes &&
        (archive->all <= ARCHIVE_FREE ||
         (archive->all - ARCHIVE_FREE) / archive->limits.ratio <= archive_used(archive)))
        return got;
    (void)FAIL(err, TOO_LARGE, STR("what the archive unpacks to"));
    return -1;
}
