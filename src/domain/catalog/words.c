#include "domain/catalog/words.h"

#include "base/ascii.h"
#include "base/buf.h"

/* U+01C2: a letter to the tokenizer (store/tokenizer.c), and in no text that anybody searches for. */
#define MARK "\xc7\x82"

enum { BITS = 32, PREFIX_MIN = 3 };

void tag_add(struct buf *tags, enum tag_kind kind, int64_t n)
{
    buf_add_z(tags, " " MARK);
    buf_byte(tags, (char)kind);
    buf_int(tags, n);
}

static void and_then(struct buf *question)
{
    if (question->len > 0)
        buf_add_z(question, " AND ");
}

static void add_tag(struct buf *question, enum tag_kind kind, int64_t n)
{
    buf_add_z(question, "\"" MARK);
    buf_byte(question, (char)kind);
    buf_int(question, n);
    buf_byte(question, '"');
}

void question_tag(struct buf *question, enum tag_kind kind, int64_t n)
{
    and_then(question);
    add_tag(question, kind, n);
}

void question_tags(struct buf *question, enum tag_kind kind, unsigned bits)
{
    bool is_first = true;

    and_then(question);
    buf_byte(question, '(');
    for (unsigned i = 0; i < BITS; i++) {
        if (!(bits >> i & 1))
            continue;
        if (!is_first)
            buf_add_z(question, " OR ");
        add_tag(question, kind, i);
        is_first = false;
    }
    buf_byte(question, ')');
}

/* ---- words ---- */

/* Does the tokenizer find anything in it? Signs beyond ASCII are left to it: a phrase without words finds nothing. */
static bool has_word(struct str piece)
{
    for (size_t i = 0; i < piece.len; i++)
        if (ascii_is_alnum(piece.ptr[i]) || (unsigned char)piece.ptr[i] >= 0x80)
            return true;
    return false;
}

/* Letters at its end, which a longer word may go on from. */
static size_t letters_at_end(struct str piece)
{
    size_t n = 0;

    while (n < piece.len && ascii_is_alnum(piece.ptr[piece.len - 1 - n]))
        n++;
    return n;
}

/* One character of a language without blanks is found as the beginning of the pairs it stands in. */
static bool goes_on(struct str piece, bool is_exact)
{
    size_t letters = letters_at_end(piece);

    return letters == 0 ? str_code_points(piece) == 1 : !is_exact && letters >= PREFIX_MIN;
}

static void add_piece(struct buf *question, struct str piece, bool is_exact)
{
    and_then(question);
    buf_byte(question, '"');
    buf_add(question, piece); /* without quotes: they end a piece */
    buf_byte(question, '"');
    if (goes_on(piece, is_exact))
        buf_add_z(question, " *");
}

bool question_words(struct buf *question, struct str words)
{
    bool is_quoted = false, found = false;

    while (words.len > 0) {
        size_t end = 0;
        struct str piece;

        while (end < words.len && words.ptr[end] != '"' && (is_quoted || words.ptr[end] != ' '))
            end++;
        piece = str_trim(str_take(words, end));
        if (has_word(piece)) {
            add_piece(question, piece, is_quoted);
            found = true;
        }
        if (end < words.len && words.ptr[end] == '"')
            is_quoted = !is_quoted;
        words = str_drop(words, end + 1);
    }
    return found;
}
