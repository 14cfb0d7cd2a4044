#include "domain/catalog/words.h"

#include <string.h>

#include "base/ascii.h"
#include "base/buf.h"
#include "base/vec.h"
#include "store/fulltext.h"

/* U+01C2: a letter to the tokenizer (store/tokenizer.c), and in no text that anybody searches for. */
#define MARK "\xc7\x82"

enum { PREFIX_MIN = 3 };

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

void question_tag(struct buf *question, enum tag_kind kind, int64_t n)
{
    and_then(question);
    buf_add_z(question, "\"" MARK);
    buf_byte(question, (char)kind);
    buf_int(question, n);
    buf_byte(question, '"');
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

bool words_next(struct words_rest *rest, struct words_piece *out)
{
    while (rest->text.len > 0) {
        bool is_quoted = rest->is_quoted;
        struct str text = rest->text;
        size_t end = 0;

        while (end < text.len && text.ptr[end] != '"' && (is_quoted || text.ptr[end] != ' '))
            end++;
        if (end < text.len && text.ptr[end] == '"')
            rest->is_quoted = !is_quoted;
        rest->text = str_drop(text, end + 1);
        out->text = str_trim(str_take(text, end));
        while (str_skip(&out->text, STR("ー"))) /* folded texts have none after kana */
            ;
        out->may_go_on = !is_quoted && letters_at_end(out->text) >= PREFIX_MIN;
        if (has_word(out->text))
            return true;
    }
    return false;
}

void question_piece(struct buf *question, struct str text, bool goes_on)
{
    and_then(question);
    buf_byte(question, '"');
    buf_add(question, text); /* without quotes: they end a piece */
    buf_byte(question, '"');
    if (goes_on)
        buf_add_z(question, " *");
}

bool question_words(struct buf *question, struct str words)
{
    struct words_rest rest = { .text = words };
    struct words_piece piece;
    bool found = false;

    while (words_next(&rest, &piece)) {
        question_piece(question, piece.text, piece.may_go_on);
        found = true;
    }
    return found;
}

bool question_is_word(struct str question, struct str *word)
{
    struct str rest = question, text;

    return str_skip(&rest, STR("\"")) && (text = str_take(rest, str_index(rest, '"'))).len > 0 &&
           text.len + 1 == rest.len && fulltext_is_word(text, word);
}

/* ---- single characters ---- */

enum { CHARACTERS_FROM = 0x2e80, CHARACTERS_TO = 0x30000 }; /* as the tokenizer has them */

struct characters {
    struct arena *arena;
    struct {
        VEC_OF(uint32_t);
    } list;
    uint64_t seen[CHARACTERS_TO / 64];
};

struct characters *characters_new(struct arena *arena)
{
    struct characters *characters = ARENA_NEW(arena, struct characters);

    characters->arena = arena;
    return characters;
}

/* One character of three or four bytes; the text is UTF-8. */
static uint32_t point_of(const unsigned char *at, size_t size)
{
    uint32_t point = at[0] & (0xffu >> (size + 1));

    for (size_t i = 1; i < size; i++)
        point = point << 6 | (at[i] & 0x3fu);
    return point;
}

static bool is_ascii_eight(const char *at)
{
    uint64_t bytes;

    memcpy(&bytes, at, sizeof bytes);
    return (bytes & UINT64_C(0x8080808080808080)) == 0;
}

void characters_add(struct characters *characters, struct str text)
{
    for (size_t i = 0, size; i < text.len; i += size) {
        const unsigned char *at = (const unsigned char *)text.ptr + i;
        uint32_t point;

        size = sizeof(uint64_t);
        if (text.len - i >= size && is_ascii_eight(text.ptr + i))
            continue;
        size = at[0] < 0x80 ? 1 : at[0] < 0xe0 ? 2 : at[0] < 0xf0 ? 3 : 4;
        if (size < 3 || size > text.len - i)
            continue;
        point = point_of(at, size);
        if (point < CHARACTERS_FROM || point >= CHARACTERS_TO ||
            characters->seen[point / 64] >> point % 64 & 1)
            continue;
        characters->seen[point / 64] |= UINT64_C(1) << point % 64;
        VEC_PUSH(characters->arena, &characters->list, point);
    }
}

void characters_end(struct characters *characters, struct buf *tags)
{
    for (size_t i = 0; i < characters->list.len; i++) {
        uint32_t point = characters->list.at[i];

        buf_byte(tags, ' ');
        if (point >= 0x10000)
            buf_byte(tags, (char)(0xf0 | point >> 18));
        buf_byte(tags, (char)(point < 0x10000 ? 0xe0 | point >> 12 : 0x80 | (point >> 12 & 0x3f)));
        buf_byte(tags, (char)(0x80 | (point >> 6 & 0x3f)));
        buf_byte(tags, (char)(0x80 | (point & 0x3f)));
        characters->seen[point / 64] = 0;
    }
    characters->list.len = 0;
}
