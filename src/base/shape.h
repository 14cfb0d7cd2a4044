/* base/shape.h: structs as bytes, by a table each that says where their members are: what workers answer and what is kept. The same value
 * gives the same bytes; what is zero or empty is left out; a member of a newer writer is passed over. */
#pragma once
#include "base/arena.h"
#include <stddef.h>

struct buf;
struct err;

enum shape_kind {
    SHAPE_FLAG,   /* bool */
    SHAPE_WORD,   /* an enum below `words` */
    SHAPE_INT,    /* int */
    SHAPE_NUMBER, /* int64_t; size_t */
    SHAPE_TIME,   /* struct utc */
    SHAPE_TEXT,   /* struct str: UTF-8 */
    SHAPE_TEXTS,  /* VEC_OF(struct str) */
    SHAPE_ONE,    /* a struct of its own shape */
    SHAPE_MANY    /* VEC_OF such structs */
};
struct shape;
struct shape_field {
    enum shape_kind kind;
    size_t offset;
    int words;
    const struct shape *shape;
};
/* A field keeps its place for ever: new ones go to the end of their table. */
struct shape {
    size_t size, count;
    const struct shape_field *fields;
    bool nests; /* holds itself, directly or not: `depth` of the limits counts it */
};
/* What a value may hold. */
struct shape_limits {
    size_t entries; /* of one list when writing, of all lists together when reading */
    int depth;      /* of shapes that nest */
};

/* SHAPE_FIELD(span, from, TEXT): the member `from` of struct span, a SHAPE_TEXT */
#define SHAPE_FIELD(type, member, kind)                      \
    {                                                        \
        SHAPE_##kind, offsetof(struct type, member), 0, NULL \
    }
#define SHAPE_FIELD_WORD(type, member, most)                  \
    {                                                         \
        SHAPE_WORD, offsetof(struct type, member), most, NULL \
    }
#define SHAPE_FIELD_OF(type, member, kind, s)                \
    {                                                        \
        SHAPE_##kind, offsetof(struct type, member), 0, &(s) \
    }
#define SHAPE_OF(type, fields)                            \
    {                                                     \
        sizeof(struct type), COUNT(fields), fields, false \
    }
#define SHAPE_NESTING(type, fields)                      \
    {                                                    \
        sizeof(struct type), COUNT(fields), fields, true \
    }

/* Appends the value's bytes; on failure buf may hold a part of them. ERR_TOO_LARGE (a list beyond the limits), ERR_NOT_UTF8 (a zero byte) */
MUST_CHECK bool shape_write(const struct shape *shape, const void *value,
                            const struct shape_limits *limits, struct buf *buf, struct err *err);

/* A stranger's bytes: false when they are not whole or say too much. out must be zeroed; texts point into bytes, lists live in arena. */
MUST_CHECK bool shape_read(const struct shape *shape, struct str bytes,
                           const struct shape_limits *limits, struct arena *arena, void *out);
