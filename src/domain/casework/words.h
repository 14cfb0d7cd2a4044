/* domain/casework/words.h: the small records that casework's events carry. For casework alone. */
#pragma once
#include "base/buf.h"
#include "base/err.h"
#include "base/record.h"

enum { WORDS_MAX = 5000 };

/* Words for a person: there, UTF-8, plain, at most WORDS_MAX characters. */
static inline bool words_are_fine(struct str words)
{
    words = str_trim(words);
    return words.len > 0 && str_is_utf8(words) && str_is_plain(words, true) &&
           str_code_points(words) <= WORDS_MAX;
}

/* The same, or nothing at all. */
static inline bool words_are_fine_or_none(struct str words)
{
    return str_trim(words).len == 0 || words_are_fine(words);
}

/* A record of one field "text". */
MUST_CHECK static inline bool words_record(struct arena *arena, struct str words, struct str *out,
                                           struct err *err)
{
    struct buf buf = buf_new(arena, words.len + 64);

    record_put(&buf, "text", str_trim(words));
    return buf_done(&buf, out, err) ? true : PASS(err);
}
