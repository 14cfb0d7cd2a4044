/* domain/catalog/words.h: what is asked of the full-text index: the words of a person and the tags of filters. Nothing that a person types becomes its syntax.
 * For this room alone. */
#pragma once
#include "base/str.h"

struct arena;
struct buf;

/* Filters are words of the column `tags`: a mark that texts do not have, a letter and a number. */
enum tag_kind {
    TAG_VENDOR = 'v',
    TAG_PRODUCT = 'p',
    TAG_WEAKNESS = 'c',
    TAG_YEAR = 'y',
    TAG_SEVERITY = 's',
    TAG_SOURCE = 'r',
    TAG_JAPANESE = 'j'
};
void tag_add(struct buf *tags, enum tag_kind kind, int64_t n);

/* A question for FTS5, built part by part: all of them must be there. */
void question_tag(struct buf *question, enum tag_kind kind, int64_t n);

/* The characters of languages without blanks that these texts hold, each once, as words of the column `tags`: in which entries one stands is then one list to look up,
 * while the pairs that begin with it would be thousands of lists to merge. */
struct characters;
struct characters *characters_new(struct arena *arena);
void characters_add(struct characters *characters, struct str text);
void characters_end(struct characters *characters, struct buf *tags); /* and forgets them */

/* A piece of what a person types: a word, or what stands between quotes. */
struct words_piece {
    struct str text;
    bool
        may_go_on; /* three or more letters at its end, not in quotes: a longer word may be meant */
};
struct words_rest {
    struct str text; /* folded */
    bool is_quoted;
};
/* The next piece that holds anything which could be found; false at the end. */
bool words_next(struct words_rest *rest, struct words_piece *out);
/* All pieces of them, those that may go on do; false: there is nothing in them that could be found. */
bool question_words(struct buf *question, struct str words);
/* One more that must be there; goes_on: as the beginning of a word too. */
void question_piece(struct buf *question, struct str text, bool goes_on);
/* Is it one word of the index, and nothing else? *word points into it. */
bool question_is_word(struct str question, struct str *word);
