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
/* One of several numbers: those of the bits that are set. */
void question_tags(struct buf *question, enum tag_kind kind, unsigned bits);

/* Words as typed, folded: each must stand in the entry; quotes keep words together and mean them exactly, otherwise a word of three or more letters may go on, and a single
 * character of Japanese may stand anywhere. false: there is nothing in them that could be found. */
bool question_words(struct buf *question, struct str words);
