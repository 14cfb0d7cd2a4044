/* store/fulltext.h: a full-text index made whole, all rows at once, and the rows of one word. FTS5 gathers words in a table that it walks through memory for each word and merges what it wrote
 * before; here what is gathered is written in the order of the words, once, as one segment in FTS5's own form, which then reads and changes it like its own. */
#pragma once
#include "base/str.h"
#include "store/store.h"

struct fulltext;

enum { FULLTEXT_COLUMNS_MAX = 16 };

/**
 * tx       beside its file waits, without a name, what goes beyond `most`
 * columns  at most FULLTEXT_COLUMNS_MAX
 * most     bytes that are gathered in memory; about twice as much is used
 */
struct fulltext *fulltext_new(const struct tx *tx, size_t columns, size_t most);
void fulltext_free(struct fulltext *fulltext); /* NULL does nothing */
DEFINE_CLEANUP(struct fulltext, fulltext_free)

/**
 * One row more. Another thread than that of the transaction may do it, one at a time.
 *
 * id     greater than that of the row before
 * texts  folded; one for each column
 * err    ERR_IO: what is to wait cannot be written; ERR_TOO_LARGE: a row of more words than an index can count
 */
MUST_CHECK bool fulltext_add(struct fulltext *fulltext, int64_t id, const struct str *texts,
                             struct err *err);
/* All of them in place of whatever the table holds. table: an FTS5 table without contents, tokenized by this room, with all its details. Once. ERR_IO, ERR_STORE */
MUST_CHECK bool fulltext_write(struct fulltext *fulltext, struct tx *tx, const char *table,
                               struct err *err);

/* ---- finding ---- */

enum { FULLTEXT_PLACES_MAX = 64 << 20 }; /* bytes of a word's places in one row */

/* What finding asks of an FTS5 table without contents, tokenized by this room, with all its details. Made by FULLTEXT_TABLE("name"), once, outside functions. */
struct fulltext_table {
    struct query structure, leaf_of, leaves;
};
/* clang-format off */
#define FULLTEXT_PARAMS(...) .params = (const char *const[]){ __VA_ARGS__ }, .param_count = 2
#define FULLTEXT_TABLE(table) { \
    .structure = { .name = table "_structure", .text = "SELECT block FROM " table "_data WHERE id = 10" }, \
    .leaf_of = { .name = table "_leaf_of", FULLTEXT_PARAMS("segment", "word"), \
                 .text = "SELECT pgno FROM " table "_idx WHERE segid = :segment AND term <= :word ORDER BY term DESC LIMIT 1" }, \
    .leaves = { .name = table "_leaves", FULLTEXT_PARAMS("from", "to"), \
                .text = "SELECT block FROM " table "_data WHERE id >= :from AND id <= :to ORDER BY id" } }
/* clang-format on */

/* has_it, is_there: false also when a row that was told before has it no more, or no more there. */
typedef void fulltext_taker(void *context, int64_t row, bool has_it, bool is_there);

/**
 * The rows that hold a word, as the last commit left them: some are told more than once, and what is told last holds.
 *
 * tx       one that only reads
 * word     as fulltext_is_word gives it
 * columns  a bit each: where a row is told to have it, too; 0: nowhere is asked about, and is_there is false
 * err      ERR_STORE: it cannot be read, or is damaged
 */
MUST_CHECK bool fulltext_find(struct tx *tx, const struct fulltext_table *table, struct str word,
                              unsigned columns, struct arena *arena, fulltext_taker *take,
                              void *context, struct err *err);
/* Is what is asked for, folded, one word of an index? *out points into text, and is left alone when it is not. */
bool fulltext_is_word(struct str text, struct str *out);
