/* domain/catalog/columns.h: what entries are filtered, ordered and counted by, in memory, by the numbers of their words (entry.doc). It is made from one state of
 * the catalogue and never changes; readers of that state share it (memory.h). For this room alone. */
#pragma once
#include "domain/catalog/bits.h"
#include "domain/catalog/search.h"

/* The entry whose words have that number. id 0: none has, any more or yet. */
struct doc {
    int64_t id;
    struct utc modified, published;
    uint32_t parts; /* where they begin (columns_parts) */
    int32_t epss;
    int16_t tenths, year; /* year: of its first publication, in Japan; 0: not told */
    uint8_t severity, sources;
    bool has_ja, is_kev, is_embedded;
};
/* What few values can be: entries are of some hundred kinds, by which many hits are counted. */
struct doc_kind {
    int16_t year;
    uint8_t severity, sources;
    bool has_ja, is_kev, is_embedded;
    uint32_t count; /* of all that are alive */
};
struct docs { /* their numbers, in some order */
    VEC_OF(uint32_t);
};

struct columns {
    struct arena *arena;
    int64_t base, state, whole; /* of words_state */
    size_t count;               /* docs are below it */
    size_t settled;             /* up to it they came together, in the order of time */
    struct doc *docs;
    struct {
        VEC_OF(uint32_t);
    } parts; /* of all docs: of each kind (parts.h) how many, and the numbers */
    struct bits alive, published, kev, embedded;
    struct bits in_place; /* the higher the number, the later it was modified */
    struct docs strays;   /* the others that are alive, the latest first */
    struct docs
        by[SEARCH_ORDERS]; /* all that are alive; of ORDER_MODIFIED and ORDER_RELEVANCE none */
    struct docs by_id;     /* the same, the lowest id first */
    uint32_t *kind_of;     /* of each that is alive: which of the kinds */
    struct {
        VEC_OF(struct doc_kind);
    } kinds;
};

/* before: of an earlier state, from which what did not change is taken; may be NULL. ERR_STORE */
MUST_CHECK bool columns_make(struct tx *tx, const struct columns *before, struct columns **out,
                             struct err *err);
void columns_free(struct columns *columns); /* NULL does nothing */
DEFINE_CLEANUP(struct columns, columns_free)

/* An entry's vendors, products and weaknesses. */
static inline const uint32_t *columns_parts(const struct columns *columns, const struct doc *doc)
{
    return columns->parts.at + doc->parts;
}

/* Which state the transaction sees. ERR_STORE */
MUST_CHECK bool columns_state(struct tx *tx, int64_t *state, struct err *err);

/* The first of those in `of`, behind what `out` holds, until there are `most`; ties by id, the newest first. Not by relevance. */
void columns_first(const struct columns *columns, enum search_order order, struct bits of,
                   size_t most, struct arena *arena, struct docs *out);
