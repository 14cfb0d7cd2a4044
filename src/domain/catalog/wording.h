/* domain/catalog/wording.h: the words of all entries, on a thread of their own while the next entries are read: they are folded, cut and gathered there, which is about half
 * of the work of making the full-text index anew. For this room alone. */
#pragma once
#include "domain/catalog/compose.h"

struct characters;
struct err;
struct tx;
struct wording;

/* What its words are made of; all of it lives in wording_arena. */
struct worded {
    int64_t doc; /* greater than the one before */
    struct composed composed;
    struct catalog_tellings records;
    struct str products, tags; /* words of the products; the tags that are known so far */
};

enum worded_column {
    WORDED_NAMES,
    WORDED_TITLES,
    WORDED_TEXTS,
    WORDED_PRODUCTS,
    WORDED_TAGS,
    WORDED_COLUMNS
};
/* The columns of the table `words`, folded. */
void worded_texts(const struct worded *worded, struct characters *characters, struct arena *arena,
                  struct str out[WORDED_COLUMNS]);

/* Only one thread works on the transaction: the caller's. */
struct wording *wording_new(const struct tx *tx);
void wording_free(struct wording *wording); /* NULL does nothing */
DEFINE_CLEANUP(struct wording, wording_free)
/* Where the next entry is to be made. Until the next wording_add. */
struct arena *wording_arena(struct wording *wording);
/* ERR_IO, ERR_TOO_LARGE: also of one before it */
MUST_CHECK bool wording_add(struct wording *wording, const struct worded *worded, struct err *err);
/* Waits for the last, and writes all into the table. Once. ERR_IO, ERR_TOO_LARGE, ERR_STORE */
MUST_CHECK bool wording_write(struct wording *wording, struct tx *tx, struct err *err);
