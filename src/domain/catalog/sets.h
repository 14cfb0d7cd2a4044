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
    unsigned places; /* in which columns; 0: in any, and the text says the same */
    size_t
        least; /* docs below it are not asked about; for one question and index always the same; 0 for a word */
};

/* sets: NULL remembers nothing, and asks FTS5 alone. out: of columns->count, whatever it holds. From any thread. ERR_STORE */
MUST_CHECK bool sets_find(struct sets *sets, struct tx *tx, const struct columns *columns,
                          const struct set_question *question, struct arena *arena, struct bits out,
                          struct err *err);
