#include "base/fold.h"

#include "base/ascii.h"
#include <string.h>

/* Half-width katakana U+FF61..U+FF9F in their order. */
static const uint16_t half_width[] = {
    0x3002, 0x300c, 0x300d, 0x3001, 0x30fb, 0x30f2, 0x30a1, 0x30a3, 0x30a5, 0x30a7, 0x30a9,
    0x30e3, 0x30e5, 0x30e7, 0x30c3, 0x30fc, 0x30a2, 0x30a4, 0x30a6, 0x30a8, 0x30aa, 0x30ab,
    0x30ad, 0x30af, 0x30b1, 0x30b3, 0x30b5, 0x30b7, 0x30b9, 0x30bb, 0x30bd, 0x30bf, 0x30c1,
    0x30c4, 0x30c6, 0x30c8, 0x30ca, 0x30cb, 0x30cc, 0x30cd, 0x30ce, 0x30cf, 0x30d2, 0x30d5,
    0x30d8, 0x30db, 0x30de, 0x30df, 0x30e0, 0x30e1, 0x30e2, 0x30e4, 0x30e6, 0x30e8, 0x30e9,
    0x30ea, 0x30eb, 0x30ec, 0x30ed, 0x30ef, 0x30f3, 0x3099, 0x309a,
};

enum { VOICED = 0x3099, SEMI_VOICED = 0x309a, LONG_VOWEL = 0x30fc, POINT_MAX = 4 };

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

/* Behind it. */
static char *put_point(char *at, uint32_t point)
{
    if (point < 0x80) {
        *at++ = (char)point;
    } else if (point < 0x800) {
        *at++ = (char)(0xc0 | point >> 6);
        *at++ = (char)(0x80 | (point & 0x3f));
    } else if (point < 0x10000) {
        *at++ = (char)(0xe0 | point >> 12);
        *at++ = (char)(0x80 | (point >> 6 & 0x3f));
        *at++ = (char)(0x80 | (point & 0x3f));
    } else {
        *at++ = (char)(0xf0 | point >> 18);
        *at++ = (char)(0x80 | (point >> 12 & 0x3f));
        *at++ = (char)(0x80 | (point >> 6 & 0x3f));
        *at++ = (char)(0x80 | (point & 0x3f));
    }
    return at;
}

static bool is_blank(uint32_t point)
{
    return point == ' ' || (point >= '\t' && point <= '\r') || point == 0xa0 || point == 0x3000 ||
           (point >= 0x2000 && point <= 0x200b);
}

/* Of ASCII, and neither blank nor a control character. */
static bool is_graph(char c) { return c > ' ' && c < 0x7f; }

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

struct folding {
    char *at;      /* where to go on writing */
    uint32_t held; /* the point that a mark may still change; 0: none */
    bool after_blank;
};

/* The held one goes, with the blank behind it; what comes is held. */
static void take_point(struct folding *f, uint32_t point)
{
    if (f->held) {
        f->at = put_point(f->at, f->held);
        if (f->after_blank)
            *f->at++ = ' ';
    }
    f->after_blank = false;
    f->held = point;
}

/* Neither marks nor other widths are among ASCII, and most of what is folded is: its letters, digits and signs up to what is something else. */
static struct str take_ascii(struct folding *f, struct str text)
{
    char held = ascii_lower(text.ptr[0]), *at;
    size_t n;

    take_point(f, (unsigned char)held);
    at = f->at;
    for (n = 1; n < text.len && is_graph(text.ptr[n]); n++) {
        *at++ = held;
        held = ascii_lower(text.ptr[n]);
    }
    f->at = at;
    f->held = (unsigned char)held;
    return str_drop(text, n);
}

struct str fold(struct arena *arena, struct str text)
{
    /* No character grows, and a blank is written for one that was there. */
    char *out = arena_alloc(arena, text.len + POINT_MAX);
    struct folding f = { .at = out };

    while (text.len > 0) {
        uint32_t point;

        if (is_graph(text.ptr[0])) {
            text = take_ascii(&f, text);
            continue;
        }
        point = next_point(&text);
        if (is_blank(point)) {
            f.after_blank = true;
            continue;
        }
        point = kana_and_dashes(lower(usual_width(point)));
        if ((point == VOICED || point == SEMI_VOICED) && !f.after_blank &&
            with_mark(f.held, point)) {
            f.held = with_mark(f.held, point);
            continue;
        }
        if (point == LONG_VOWEL && !f.after_blank && is_hiragana(f.held))
            continue;
        take_point(&f, point);
    }
    if (f.held)
        f.at = put_point(f.at, f.held);
    return (struct str){ out, (size_t)(f.at - out) };
}

struct str fold_part(struct str word)
{
    struct str rest = word;

    while (str_skip(&rest, STR("ー")))
        ;
    return rest.len > 0 ? rest : word;
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
