/* faces/desk/feeds/words.h: why a fetch failed or a record was refused, as it is kept in English, in the reader's language. */
#pragma once
#include "base/tr.h"

/* What is not among the sentences that fetching and reading give stays as it is: a name of a field, words of a server. */
struct str kept_words(struct arena *arena, enum lang lang, struct str text);
