#include "formats/xml/xml.h"

struct xml_writer xml_writer_new(struct buf *buf, bool pretty)
{
    return (struct xml_writer){ .buf = buf, .pretty = pretty };
}

void xml_declaration(struct xml_writer *w)
{
    buf_add(w->buf, STR("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"));
}

static void close_tag(struct xml_writer *w)
{
    if (w->open)
        buf_byte(w->buf, '>');
    w->open = false;
}

static void new_line(struct xml_writer *w)
{
    if (!w->pretty)
        return;
    buf_byte(w->buf, '\n');
    for (unsigned i = 0; i < w->depth; i++)
        buf_add(w->buf, STR("  "));
}

void xml_begin(struct xml_writer *w, const char *name)
{
    if (w->depth == COUNT(w->names)) {
        w->buf->over =
            true; /* our own documents are not so deep: nothing is lost unseen, buf_done refuses it */
        return;
    }
    close_tag(w);
    if (w->depth > 0 && !w->text)
        new_line(w);
    buf_byte(w->buf, '<');
    buf_add_z(w->buf, name);
    w->names[w->depth++] = name;
    w->open = true;
    w->text = false;
}

/* Length of the UTF-8 character at the start of s, and whether XML 1.0 (section 2.2) allows it. */
static size_t character(struct str s, bool *allowed)
{
    static const unsigned char leads[] = { 0x80, 0xe0, 0xf0, 0xf8 },
                               marks[] = { 0x00, 0xc0, 0xe0, 0xf0 };
    size_t n = 1;

    while (n <= 4 && ((unsigned char)s.ptr[0] & leads[n - 1]) != marks[n - 1])
        n++;
    if (n > 4 || n > s.len || !str_is_utf8(str_take(s, n))) {
        *allowed = false;
        return 1;
    }
    if (n == 1)
        *allowed = (unsigned char)s.ptr[0] >= 0x20 || s.ptr[0] == '\t' || s.ptr[0] == '\n' ||
                   s.ptr[0] == '\r';
    else
        *allowed = !str_eq(str_take(s, n), STR("\xef\xbf\xbe")) &&
                   !str_eq(str_take(s, n), STR("\xef\xbf\xbf"));
    return n;
}

/* What a byte is written as; NULL: as it is. A CR would come back as LF, and in an attribute any white space as a blank. */
static const char *escape(char c, bool attribute)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '\r':
        return "&#13;";
    case '"':
        return attribute ? "&quot;" : NULL;
    case '\n':
        return attribute ? "&#10;" : NULL;
    case '\t':
        return attribute ? "&#9;" : NULL;
    default:
        return NULL;
    }
}

static void escaped(struct buf *buf, struct str s, bool attribute)
{
    while (s.len > 0) {
        bool allowed;
        size_t n = character(s, &allowed);
        const char *instead = allowed ? escape(s.ptr[0], attribute) : "\xef\xbf\xbd";

        if (instead)
            buf_add_z(buf, instead);
        else
            buf_add(buf, str_take(s, n));
        s = str_drop(s, n);
    }
}

void xml_attr(struct xml_writer *w, const char *name, struct str value)
{
    buf_byte(w->buf, ' ');
    buf_add_z(w->buf, name);
    buf_add(w->buf, STR("=\""));
    escaped(w->buf, value, true);
    buf_byte(w->buf, '"');
}

void xml_text(struct xml_writer *w, struct str text)
{
    close_tag(w);
    escaped(w->buf, text, false);
    w->text = true;
}

void xml_end(struct xml_writer *w)
{
    const char *name;

    if (w->depth == 0) {
        w->buf->over = true;
        return;
    }
    name = w->names[--w->depth];
    if (w->open) {
        buf_add(w->buf, STR("/>"));
    } else {
        if (!w->text)
            new_line(w);
        buf_add(w->buf, STR("</"));
        buf_add_z(w->buf, name);
        buf_byte(w->buf, '>');
    }
    w->open = w->text = false;
    if (w->depth == 0 && w->pretty)
        buf_byte(w->buf, '\n');
}

void xml_element(struct xml_writer *w, const char *name, struct str text)
{
    xml_begin(w, name);
    if (!str_is_empty(text))
        xml_text(w, text);
    xml_end(w);
}
