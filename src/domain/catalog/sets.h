/* domain/catalog/sets.h: which docs a question to the full-text index finds. What was asked is remembered, as long as the index is the same one: what came since
 * the last time is added. Words that many entries hold are asked for again and again, and every filter is such a question. For this room alone. */
#pragma once
#include "domain/catalog/bits.h"

struct columns;
struct err;
struct sets;
struct tx;

struct sets *sets_new(void);
void sets_free(struct sets *sets); /* NULL does nothing */

struct set_question {
    struct str text; /* in the syntax of FTS5 (words.h) */
    struct str word; /* which it is, when it is one; then the index is read without FTS5 */
    size_t
        least; /* docs below it are not asked about; for one question and index always the same; 0 for a word */
};

/* sets: NULL remembers nothing, and asks FTS5 alone. out: of columns->count, whatever it holds. From any thread. ERR_STORE */
MUST_CHECK bool sets_find(struct sets *sets, struct tx *tx, const struct columns *columns,
                          const struct set_question *question, struct arena *arena, struct bits out,
                          struct err *err);
/**
 * A word, and those of its docs that have it in some columns: as if each were asked for, but where neither is remembered its list is gone through once.
 *
 * placed  its text asks for the word in `places`, a bit for each column
 * there   of columns->count, whatever it holds
 */
MUST_CHECK bool sets_find_placed(struct sets *sets, struct tx *tx, const struct columns *columns,
                                 const struct set_question *question,
                                 const struct set_question *placed, unsigned places,
                                 struct arena *arena, struct bits out, struct bits there,
                                 struct err *err);
