#include "formats/archive/archive_internal.h"

#include <stdlib.h>
#include <string.h>

struct layer *layer_new(struct layer *below)
{
    struct layer *layer = malloc(sizeof *layer);

    if (!layer)
        return NULL;
    memset(layer, 0, offsetof(struct layer, room)); /* the room is written before it is read */
    layer->below = below;
    return layer;
}

void layer_free(struct layer *layer)
{
    if (!layer)
        return;
    if (layer->free)
        layer->free(layer);
    free(layer);
}

void layer_take(struct layer *layer, size_t n)
{
    layer->at += n;
    layer->taken += n;
}

ssize_t layer_peek(struct layer *layer, size_t n, struct err *err)
{
    if (layer->end - layer->at < n && layer->at > 0) {
        memmove(layer->room, layer->room + layer->at, layer->end - layer->at);
        layer->end -= layer->at;
        layer->at = 0;
    }
    while (layer->end - layer->at < n && !layer->is_over) {
        ssize_t got = layer->pull(layer, layer->room + layer->end, LAYER_ROOM - layer->end, err);

        if (got < 0)
            return -1;
        layer->is_over = got == 0;
        layer->end += (size_t)got;
    }
    return (ssize_t)(layer->end - layer->at);
}

ssize_t layer_read(struct layer *layer, char *at, size_t size, struct err *err)
{
    ssize_t got;

    if (layer->at == layer->end && !layer->is_over) { /* past the room: one copy less */
        got = layer->pull(layer, at, size, err);
        if (got < 0)
            return -1;
        layer->is_over = got == 0;
        layer->taken += (uint64_t)got;
        return got;
    }
    got = (ssize_t)(layer->end - layer->at < size ? layer->end - layer->at : size);
    memcpy(at, layer->room + layer->at, (size_t)got);
    layer_take(layer, (size_t)got);
    return got;
}

bool layer_read_all(struct layer *layer, char *at, size_t size, struct err *err)
{
    while (size > 0) {
        ssize_t got = layer_read(layer, at, size, err);

        if (got < 0)
            return PASS(err);
        if (got == 0)
            return FAIL(err, ARCHIVE, STR("it ends too early"));
        at += got;
        size -= (size_t)got;
    }
    return true;
}

bool layer_skip(struct layer *layer, uint64_t n, struct err *err)
{
    while (n > 0) {
        ssize_t there = layer_peek(layer, 1, err);
        size_t step;

        if (there < 0)
            return PASS(err);
        if (there == 0)
            return FAIL(err, ARCHIVE, STR("it ends too early"));
        step = (uint64_t)there < n ? (size_t)there : (size_t)n;
        layer_take(layer, step);
        n -= step;
    }
    return true;
}
