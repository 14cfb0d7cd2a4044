#include "formats/xml/split.h"

#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "formats/xml/xml_internal.h"

enum { CHUNK = 64 << 10, ROOT_MEMORY = 16 << 20 };
#define PART_MEMORY ((size_t)512 << 20)

struct xml_split {
    xml_source *source;
    void *context;
    struct xml_builder *builder;
    struct arena *arena, *part_arena; /* of the root; of one child */
    uint64_t fed;
    bool rests, is_over;
    char mark[2]; /* its first bytes */
    /* The bytes of the stream from raw_at on that the present child, or one that begins, may still need. */
    char *raw;
    size_t raw_at, raw_len, raw_cap;
};

struct xml_split *xml_split_new(xml_source *source, void *context, size_t part_max)
{
    struct xml_split *split = calloc(1, sizeof *split);

    if (!split)
        return NULL;
    split->source = source;
    split->context = context;
    split->arena = arena_new(ROOT_MEMORY);
    split->part_arena = arena_new(PART_MEMORY);
    split->builder = xml_builder_new(split->arena);
    if (!split->builder) {
        xml_split_free(split);
        return NULL;
    }
    split->builder->part_arena = split->part_arena;
    split->builder->part_max = part_max;
    return split;
}

void xml_split_free(struct xml_split *split)
{
    if (!split)
        return;
    xml_builder_free(split->builder);
    arena_free(split->part_arena);
    arena_free(split->arena);
    free(split->raw);
    free(split);
}

const struct xml_node *xml_split_root(const struct xml_split *split)
{
    return split->builder->root;
}

/* What the parser cannot end it keeps: a start tag, a comment. */
static bool is_in_bounds(struct xml_split *split, struct err *err)
{
    XML_Index at = XML_GetCurrentByteIndex(split->builder->parser);
    uint64_t used = at > 0 ? (uint64_t)at : 0;

    return split->fed < used || split->fed - used <= split->builder->part_max + CHUNK
               ? true
               : FAIL(err, TOO_LARGE, STR("a mark in the XML"));
}

/* Forgets what no child needs any more, and keeps what comes. */
static bool keep_raw(struct xml_split *split, const char *bytes, size_t len, struct err *err)
{
    const struct xml_builder *builder = split->builder;
    XML_Index at = XML_GetCurrentByteIndex(builder->parser);
    size_t from = builder->depth > 1 ? builder->part_at : at > 0 ? (size_t)at : 0, gone;

    if (builder->depth > 1 && builder->fault)
        from = (size_t)split->fed;
    gone = from > split->raw_at ? from - split->raw_at : 0;
    gone = gone < split->raw_len ? gone : split->raw_len;
    split->raw_at += gone;
    split->raw_len -= gone;
    if (gone > 0)
        memmove(split->raw, split->raw + gone, split->raw_len);
    if (len > split->raw_cap - split->raw_len) {
        size_t cap = 2 * (split->raw_len + len);
        char *raw = realloc(split->raw, cap);

        if (!raw)
            return FAIL(err, TOO_LARGE, STR("memory"));
        split->raw = raw;
        split->raw_cap = cap;
    }
    if (len > 0)
        memcpy(split->raw + split->raw_len, bytes, len);
    split->raw_len += len;
    return true;
}

static struct str source_of_part(const struct xml_split *split)
{
    size_t from = split->builder->part_at, end = split->builder->part_end;

    bool is_utf16 =
        memcmp(split->mark, "\xfe\xff", 2) == 0 || memcmp(split->mark, "\xff\xfe", 2) == 0;

    if (is_utf16 || from < split->raw_at || end < from || end > split->raw_at + split->raw_len)
        return STR_NONE;
    return (struct str){ split->raw + (from - split->raw_at), end - from };
}

static bool go_on(struct xml_split *split, enum XML_Status *status, struct err *err)
{
    XML_Parser parser = split->builder->parser;
    void *room;
    ssize_t n;

    if (split->rests) {
        *status = XML_ResumeParser(parser);
        return true;
    }
    room = XML_GetBuffer(parser, CHUNK);
    if (!room)
        return FAIL(err, TOO_LARGE, STR("memory"));
    n = split->source(split->context, room, CHUNK, err);
    if (n < 0 || !keep_raw(split, room, (size_t)n, err))
        return PASS(err);
    for (ssize_t i = 0; i < n && split->fed + (uint64_t)i < sizeof split->mark; i++)
        split->mark[split->fed + (uint64_t)i] = ((const char *)room)[i];
    split->fed += (uint64_t)n;
    *status = XML_ParseBuffer(parser, (int)n, n == 0);
    return true;
}

int xml_split_next(struct xml_split *split, struct xml_part *out, struct err *err)
{
    struct xml_builder *builder = split->builder;
    XML_ParsingStatus state;

    builder->err = err;
    while (!split->is_over) {
        enum XML_Status status;

        split->is_over = true; /* but for what follows */
        if (!go_on(split, &status, err))
            return -1;
        if (status == XML_STATUS_ERROR)
            xml_builder_tell(builder);
        if (builder->failed)
            return -1;
        split->rests = status == XML_STATUS_SUSPENDED;
        if (!split->rests && !is_in_bounds(split, err))
            return -1;
        XML_GetParsingStatus(builder->parser, &state);
        split->is_over = state.parsing == XML_FINISHED;
        if (!split->rests)
            continue;
        if (!builder->fault)
            builder->part->source = source_of_part(split);
        *out = (struct xml_part){ builder->fault ? NULL : builder->part, builder->part_line,
                                  builder->fault };
        return 1;
    }
    return 0;
}
