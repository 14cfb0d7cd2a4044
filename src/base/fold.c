#include "base/fold.h"

#include "base/buf.h"
#include "base/err.h"

/* Half-width katakana U+FF61..U+FF9F in their order. */
static const uint16_t half_width[] = {
    0x3002, 0x300c, 0x300d, 0x3001, 0x30fb, 0x30f2, 0x30a1, 0x30a3, 0x30a5, 0x30a7, 0x30a9,
    0x30e3, 0x30e5, 0x30e7, 0x30c3, 0x30fc, 0x30a2, 0x30a4, 0x30a6, 0x30a8, 0x30aa, 0x30ab,
    0x30ad, 0x30af, 0x30b1, 0x30b3, 0x30b5, 0x30b7, 0x30b9, 0x30bb, 0x30bd, 0x30bf, 0x30c1,
    0x30c4, 0x30c6, 0x30c8, 0x30ca, 0x30cb, 0x30cc, 0x30cd, 0x30ce, 0x30cf, 0x30d2, 0x30d5,
    0x30d8, 0x30db, 0x30de, 0x30df, 0x30e0, 0x30e1, 0x30e2, 0x30e4, 0x30e6, 0x30e8, 0x30e9,
    0x30ea, 0x30eb, 0x30ec, 0x30ed, 0x30ef, 0x30f3, 0x3099, 0x309a,
};

enum { VOICED = 0x3099, SEMI_VOICED = 0x309a, LONG_VOWEL = 0x30fc };

static uint32_t next_point(struct str *rest)
{
    const unsigned char *at = (const unsigned char *)rest->ptr;
    size_t size = at[0] < 0x80 ? 1 : at[0] < 0xe0 ? 2 : at[0] < 0xf0 ? 3 : 4;
    uint32_t point = size == 1 ? at[0] : at[0] & (0xffU >> (size + 1));

    if (size > rest->len)
        size = rest->len;
    for (size_t i = 1; i < size; i++)
        point = point << 6 | (at[i] & 0x3f);
    *rest = str_drop(*rest, size);
    return point;
}

static void add_point(struct buf *buf, uint32_t point)
{
    if (point < 0x80) {
        buf_byte(buf, (char)point);
    } else if (point < 0x800) {
        buf_byte(buf, (char)(0xc0 | point >> 6));
        buf_byte(buf, (char)(0x80 | (point & 0x3f)));
    } else if (point < 0x10000) {
        buf_byte(buf, (char)(0xe0 | point >> 12));
        buf_byte(buf, (char)(0x80 | (point >> 6 & 0x3f)));
        buf_byte(buf, (char)(0x80 | (point & 0x3f)));
    } else {
        buf_byte(buf, (char)(0xf0 | point >> 18));
        buf_byte(buf, (char)(0x80 | (point >> 12 & 0x3f)));
        buf_byte(buf, (char)(0x80 | (point >> 6 & 0x3f)));
        buf_byte(buf, (char)(0x80 | (point & 0x3f)));
    }
}

static bool is_blank(uint32_t point)
{
    return point == ' ' || (point >= '\t' && point <= '\r') || point == 0xa0 || point == 0x3000 ||
           (point >= 0x2000 && point <= 0x200b);
}

static bool is_hiragana(uint32_t point) { return point >= 0x3041 && point <= 0x3096; }

static uint32_t usual_width(uint32_t point)
{
    if (point >= 0xff01 && point <= 0xff5e)
        return point - 0xff01 + '!';
    if (point >= 0xff61 && point <= 0xff9f)
        return half_width[point - 0xff61];
    if (point == 0xffe5)
        return 0xa5;
    return point;
}

static uint32_t lower(uint32_t point)
{
    if ((point >= 'A' && point <= 'Z') || (point >= 0xc0 && point <= 0xde && point != 0xd7))
        return point + 0x20;
    if (point >= 0x391 && point <= 0x3a9)
        return point + 0x20; /* Greek */
    if (point >= 0x410 && point <= 0x42f)
        return point + 0x20; /* Cyrillic */
    if (point >= 0x400 && point <= 0x40f)
        return point + 0x50;
    if (point >= 0x100 && point <= 0x17e && point != 0x130 && point != 0x131 && point != 0x138 &&
        point != 0x149) {
        /* Latin Extended-A: pairs, the even one upper case, save two stretches where it is the odd one */
        bool odd_is_upper = (point >= 0x139 && point <= 0x148) || point >= 0x179;

        if (point == 0x178)
            return 0xff;
        if ((point & 1) == (odd_is_upper ? 1U : 0U))
            return point + 1;
    }
    return point;
}

static uint32_t kana_and_dashes(uint32_t point)
{
    if (point >= 0x30a1 && point <= 0x30f6)
        return point - 0x60; /* katakana to hiragana */
    if ((point >= 0x2010 && point <= 0x2015) || point == 0x2212)
        return '-';
    return point;
}

/* か with a mark after it is が; 0 where the mark makes nothing of it. point is hiragana. */
static uint32_t with_mark(uint32_t point, uint32_t mark)
{
    bool is_h_row =
        point >= 0x306f && point <= 0x307b && (point - 0x306f) % 3 == 0; /* は ひ ふ へ ほ */

    if (is_h_row)
        return point + (mark == VOICED ? 1 : 2);
    if (mark != VOICED)
        return 0;
    if (point == 0x3046)
        return 0x3094; /* う */
    if ((point >= 0x304b && point <= 0x3061 && (point & 1) == 1) || point == 0x3064 ||
        point == 0x3066 || point == 0x3068)
        return point + 1; /* か to ち, つ て と */
    return 0;
}

struct str fold(struct arena *arena, struct str text)
{
    struct buf buf = buf_new(arena, text.len * 2 + 16);
    struct err err = { 0 };
    struct str out = STR_NONE;
    uint32_t held = 0; /* the point that a mark may still change */
    bool after_blank = false;

    while (text.len > 0) {
        uint32_t point = next_point(&text);

        if (is_blank(point)) {
            after_blank = true;
            continue;
        }
        point = kana_and_dashes(lower(usual_width(point)));
        if ((point == VOICED || point == SEMI_VOICED) && !after_blank && with_mark(held, point)) {
            held = with_mark(held, point);
            continue;
        }
        if (point == LONG_VOWEL && !after_blank && is_hiragana(held))
            continue;
        if (held)
            add_point(&buf, held);
        if (after_blank && held)
            buf_byte(&buf, ' ');
        after_blank = false;
        held = point;
    }
    if (held)
        add_point(&buf, held);
    if (!buf_done(&buf, &out, &err))
        return STR_NONE; /* cannot be: no character grows beyond the room above */
    return out;
}

static bool is_word_byte(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

bool fold_has_word(struct str text, struct str word)
{
    size_t from = 0;

    if (word.len == 0)
        return false;
    while (from < text.len) {
        size_t at = from + str_index_str(str_drop(text, from), word);
        size_t end = at + word.len;

        if (at >= text.len)
            return false;
        if (!(is_word_byte(word.ptr[0]) && at > 0 && is_word_byte(text.ptr[at - 1])) &&
            !(is_word_byte(word.ptr[word.len - 1]) && end < text.len &&
              is_word_byte(text.ptr[end])))
            return true;
        from = at + 1;
    }
    return false;
}
