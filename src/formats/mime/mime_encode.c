#include "formats/mime/mime_internal.h"
#include <string.h>

void mime_put_base64(struct buf *buf, struct str bytes, size_t line_max)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    size_t column = 0;

    for (size_t i = 0; i < bytes.len; i += 3) {
        unsigned char in[3] = { 0 };
        size_t n = bytes.len - i < 3 ? bytes.len - i : 3;

        memcpy(in, bytes.ptr + i, n);
        buf_byte(buf, digits[in[0] >> 2]);
        buf_byte(buf, digits[(in[0] & 3) << 4 | in[1] >> 4]);
        buf_byte(buf, n > 1 ? digits[(in[1] & 15) << 2 | in[2] >> 6] : '=');
        buf_byte(buf, n > 2 ? digits[in[2] & 63] : '=');
        column += 4;
        if (line_max > 0 && (column + 4 > line_max || i + 3 >= bytes.len)) {
            buf_add(buf, STR("\r\n"));
            column = 0;
        }
    }
}

bool mime_is_plain_word(struct str text, size_t max)
{
    if (text.len > max || str_contains(text, STR("=?")) || str_trim(text).len != text.len)
        return false;
    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i] < ' ' || text.ptr[i] > '~')
            return false;
    return true;
}

/* 39 bytes are 52 characters of base64: with "=?UTF-8?B?", "?=" and the longest name of a field the line stays under 76. */
void mime_put_words(struct buf *buf, struct str text)
{
    enum { WORD_MAX = 39 };
    const char *between = "";

    while (text.len > 0) {
        size_t n = text.len < WORD_MAX ? text.len : WORD_MAX;

        while (n < text.len && ((unsigned char)text.ptr[n] & 0xc0) == 0x80)
            n--;
        buf_add_z(buf, between);
        buf_add(buf, STR("=?UTF-8?B?"));
        mime_put_base64(buf, str_take(text, n), 0);
        buf_add(buf, STR("?="));
        text = str_drop(text, n);
        between = "\r\n ";
    }
}

/* One character of quoted-printable: as it is where a mail server leaves it alone. */
static bool is_literal(struct str line, size_t i, size_t column)
{
    char c = line.ptr[i];

    if (c == '=' || c < ' ' || c > '~')
        return c == '\t' && i + 1 < line.len;
    if (c == ' ')
        return i + 1 < line.len;
    if (column == 0 && (c == '.' || c == '-' || str_starts(str_drop(line, i), STR("From"))))
        return false; /* the end of a mail, of a part, or a mailbox's next mail */
    return true;
}

static void put_quoted_line(struct buf *buf, struct str line)
{
    size_t column = 0;

    for (size_t i = 0; i < line.len; i++) {
        bool literal;

        if (column > 72) {
            buf_add(buf, STR("=\r\n"));
            column = 0;
        }
        literal = is_literal(line, i, column);
        if (literal)
            buf_byte(buf, line.ptr[i]);
        else
            buf_printf(buf, "=%02X", (unsigned)(unsigned char)line.ptr[i]);
        column += literal ? 1 : 3;
    }
    buf_add(buf, STR("\r\n"));
}

/* Lines that end with CR LF, whatever they ended with. */
static struct str with_crlf(struct arena *arena, struct str body)
{
    struct buf buf = buf_new(arena, 2 * body.len + 2);

    for (size_t i = 0; i < body.len; i++) {
        if (body.ptr[i] == '\r' && i + 1 < body.len && body.ptr[i + 1] == '\n')
            continue;
        if (body.ptr[i] == '\n' || body.ptr[i] == '\r')
            buf_add(&buf, STR("\r\n"));
        else
            buf_byte(&buf, body.ptr[i]);
    }
    if (!str_ends(buf_str(&buf), STR("\r\n")))
        buf_add(&buf, STR("\r\n"));
    return buf_str(&buf);
}

static bool is_mostly_ascii(struct str body)
{
    size_t others = 0;

    for (size_t i = 0; i < body.len; i++)
        others += (unsigned char)body.ptr[i] >= 0x80;
    return others <= body.len / 6; /* where quoted-printable becomes longer than base64 */
}

void mime_put_body(struct buf *buf, struct str body)
{
    struct str rest = with_crlf(buf->arena, body), line;

    if (!is_mostly_ascii(body)) {
        buf_add(buf, STR("Content-Transfer-Encoding: base64\r\n\r\n"));
        mime_put_base64(buf, rest, 76);
        return;
    }
    buf_add(buf, STR("Content-Transfer-Encoding: quoted-printable\r\n\r\n"));
    while (str_split(&rest, '\n', &line))
        put_quoted_line(buf, str_take(line, line.len - 1));
}
