#include "faces/cli/scan/paper.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/err.h"

/* ---- characters ---- */

struct range {
    uint32_t first, last;
};
/* Unicode's East Asian Width W and F, as far as whole blocks go, and the pictures that terminals show wide. */
static const struct range wide[] = {
    { 0x1100, 0x115f },   { 0x2e80, 0x303e },   { 0x3041, 0x33ff },   { 0x3400, 0x4dbf },
    { 0x4e00, 0x9fff },   { 0xa000, 0xa4cf },   { 0xa960, 0xa97c },   { 0xac00, 0xd7a3 },
    { 0xf900, 0xfaff },   { 0xfe30, 0xfe6f },   { 0xff00, 0xff60 },   { 0xffe0, 0xffe6 },
    { 0x1f300, 0x1f64f }, { 0x1f680, 0x1f6ff }, { 0x1f900, 0x1f9ff }, { 0x20000, 0x3fffd },
};
static const struct range combining[] = {
    { 0x0300, 0x036f }, { 0x0483, 0x0489 }, { 0x0591, 0x05bd }, { 0x200b, 0x200d },
    { 0x20d0, 0x20f0 }, { 0x302a, 0x302d }, { 0x3099, 0x309a }, { 0xfe00, 0xfe0f },
    { 0xfe20, 0xfe2f }, { 0xfeff, 0xfeff },
};
/* Controls, and what changes the direction of what follows. */
static const struct range obeyed[] = {
    { 0x0000, 0x001f }, { 0x007f, 0x009f }, { 0x200e, 0x200f },
    { 0x2028, 0x202e }, { 0x2066, 0x206f }, { 0xfff9, 0xfffb },
};

static bool is_in(const struct range *ranges, size_t count, uint32_t c)
{
    for (size_t i = 0; i < count; i++)
        if (c >= ranges[i].first && c <= ranges[i].last)
            return true;
    return false;
}

/* The next code point; a byte that begins none counts as itself. */
static size_t next(struct str text, uint32_t *c)
{
    unsigned char first = (unsigned char)text.ptr[0];
    size_t len = first < 0xc0 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;

    *c = first;
    if (len == 1 || len > text.len)
        return 1;
    *c = first & (0xffu >> (len + 1));
    for (size_t i = 1; i < len; i++)
        *c = *c << 6 | ((unsigned char)text.ptr[i] & 0x3f);
    return len;
}

static bool is_wide(uint32_t c) { return c >= 0x1100 && is_in(wide, COUNT(wide), c); }

static size_t columns_of(uint32_t c)
{
    if (c < 0x0300)
        return 1;
    return is_in(combining, COUNT(combining), c) ? 0 : is_wide(c) ? 2 : 1;
}

/* Eight bytes of ASCII that are seen, and no blank beside another: then the last one. */
static bool are_eight_plain(const char *at, char *before)
{
    const uint64_t ones = UINT64_C(0x0101010101010101), highs = ones << 7;
    uint64_t bytes, blanks;

    memcpy(&bytes, at, sizeof bytes);
    if ((bytes | (bytes - ones * ' ') | (bytes + ones)) & highs)
        return false;
    blanks =
        ~((bytes ^ ones * ' ') + ones * 0x7f) & highs; /* each byte's own: none of them carries */
    if ((blanks & blanks << 8) || (*before == ' ' && at[0] == ' '))
        return false;
    *before = at[7];
    return true;
}

/* How many bytes at the start are ASCII that is seen, with single blanks between: nothing is to be done about them. */
static size_t plain_start(struct str text)
{
    char before = ' ';
    size_t i = 0;

    while (text.len - i >= 8 && are_eight_plain(text.ptr + i, &before))
        i += 8;
    for (; i < text.len; i++) {
        char c = text.ptr[i];

        if (c <= ' ' ? c != ' ' || before == ' ' : c >= 0x7f)
            break;
        before = c;
    }
    return i;
}

size_t paper_columns(struct str text)
{
    size_t columns = plain_start(text);
    uint32_t c;

    text = str_drop(text, columns);
    while (text.len > 0) {
        text = str_drop(text, next(text, &c));
        columns += columns_of(c);
    }
    return columns;
}

struct str paper_clean(struct arena *arena, struct str text)
{
    struct buf buf = buf_new(arena, text.len * 3 + 1);
    bool was_blank = true;
    uint32_t c;

    if (plain_start(text) == text.len)
        return str_trim(text);
    while (text.len > 0) {
        size_t len = next(text, &c);
        bool is_blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';

        if (is_blank && !was_blank)
            buf_byte(&buf, ' ');
        else if (!is_blank && is_in(obeyed, COUNT(obeyed), c))
            buf_add(&buf, STR("\xef\xbf\xbd"));
        else if (!is_blank)
            buf_add(&buf, str_take(text, len));
        was_blank = is_blank;
        text = str_drop(text, len);
    }
    return str_trim(buf_str(&buf));
}

/* ---- lines ---- */

/* What may not begin a line (JIS X 4051, the commonest). */
static bool clings(uint32_t c)
{
    return c == 0x3001 || c == 0x3002 || c == 0xff0c || c == 0xff0e || c == 0x30fb || c == 0xff09 ||
           c == 0x300d || c == 0x300f || c == 0x30fc;
}

bool paper_wrap(struct str *rest, size_t width, struct str *line)
{
    struct str text = str_trim(*rest);
    size_t at = 0, columns = 0, cut = 0;
    uint32_t c, before = 0;

    if (text.len == 0)
        return false;
    if (text.len <= width && plain_start(text) == text.len) {
        *line = text;
        *rest = STR_NONE;
        return true;
    }
    while (at < text.len) {
        size_t len = next(str_drop(text, at), &c);

        if (at > 0 && (c == ' ' || ((is_wide(c) || is_wide(before)) && !clings(c))))
            cut = at;
        if (columns + columns_of(c) > width && at > 0)
            break;
        columns += columns_of(c);
        before = c;
        at += len;
    }
    if (at < text.len && cut > 0)
        at = cut;
    *line = str_trim(str_take(text, at));
    *rest = str_drop(text, at);
    return true;
}

/* ---- paper ---- */

struct paper paper_for_output(struct buf *buf, bool is_terminal)
{
    const char *columns = getenv("COLUMNS"), *plain = getenv("NO_COLOR");
    struct paper paper = { buf, PAPER_WIDTH, is_terminal && !(plain && *plain) };
    struct err ignored = { 0 };
    struct winsize size;
    int64_t told;

    if (is_terminal && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        paper.width = size.ws_col;
    else if (columns && str_to_int(str_from_z(columns), 1, 10000, &told, &ignored))
        paper.width = (size_t)told;
    if (paper.width < PAPER_NARROWEST)
        paper.width = PAPER_NARROWEST;
    if (paper.width > PAPER_WIDEST)
        paper.width = PAPER_WIDEST;
    return paper;
}

void paper_put(struct paper *paper, enum tint tint, struct str text)
{
    static const char *const codes[] = {
        [TINT_NONE] = "",         [TINT_BOLD] = "1",    [TINT_DIM] = "2",    [TINT_RED] = "31",
        [TINT_BOLD_RED] = "1;31", [TINT_YELLOW] = "33", [TINT_GREEN] = "32", [TINT_BLUE] = "34",
    };
    bool is_tinted = paper->has_colours && tint != TINT_NONE && text.len > 0;

    if (is_tinted)
        buf_printf(paper->buf, "\x1b[%sm", codes[tint]);
    buf_add(paper->buf, text);
    if (is_tinted)
        buf_add(paper->buf, STR("\x1b[0m"));
}

void paper_pad(struct paper *paper, size_t columns)
{
    while (columns-- > 0)
        buf_byte(paper->buf, ' ');
}

void paper_end(struct paper *paper)
{
    while (paper->buf->len > 0 && paper->buf->ptr[paper->buf->len - 1] == ' ')
        paper->buf->len--;
    buf_byte(paper->buf, '\n');
}

void paper_flow(struct paper *paper, enum tint tint, struct str text, size_t used, size_t indent)
{
    struct str rest = paper_clean(paper->buf->arena, text), line;
    size_t room = paper->width > used + 10 ? paper->width - used : 10;
    bool is_first = true;

    while (paper_wrap(&rest, room, &line)) {
        if (!is_first) {
            paper_end(paper);
            paper_pad(paper, indent);
        }
        paper_put(paper, tint, line);
        is_first = false;
        room = paper->width > indent + 10 ? paper->width - indent : 10;
    }
    paper_end(paper);
}
