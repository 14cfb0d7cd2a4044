/* store/fulltext_internal.h: what gathering (fulltext.c) and writing (fulltext_write.c) share. */
#pragma once
#include "base/buf.h"
#include "base/vec.h"
#include "store/fulltext.h"

enum {
    VARINT_MAX = 8, /* bytes of a number below 2^56, as SQLite writes it */
    TERM_MAX = 64,  /* bytes of a word (tokenizer.c) */
    RUN_HEAD_MAX = 1 + TERM_MAX + 2 * VARINT_MAX
};

size_t varint_put(char *at, uint64_t n);
/* Behind it; NULL when it does not end. */
const char *varint_get(const char *at, const char *end, uint64_t *out);

struct term;
struct slot;

struct fulltext {
    size_t columns, most;
    const struct tx *tx;
    uint64_t seed;
    struct arena *arena; /* of a run: what follows */
    struct {
        VEC_OF(struct term);
    } terms;
    struct slot *slots;
    size_t slot_count, gathered; /* a power of two; bytes of lists */

    /* Of the present row, and kept from one to the next; they live as long as all of it. */
    struct arena *whole;
    size_t column, token;
    struct {
        VEC_OF(struct place);
    } places;
    struct {
        VEC_OF(uint32_t);
    } here; /* numbers of terms */
    struct {
        VEC_OF(char);
    } list;

    int64_t last; /* row */
    struct buf
        counts; /* of each row: its distance from the one before, how many bytes follow, and its words by column */
    uint64_t rows, totals[FULLTEXT_COLUMNS_MAX];

    int fd; /* of what waits; -1: nothing does */
    size_t waiting;
    struct {
        VEC_OF(size_t);
    } runs; /* where each begins. A run is its words in their order: a byte of length, the word, the length of its list, its last row, the list */
};

/* What is gathered goes to what waits. ERR_IO */
MUST_CHECK bool fulltext_spill(struct fulltext *fulltext, struct err *err);
