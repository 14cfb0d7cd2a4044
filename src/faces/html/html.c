#include "faces/html/html.h"

#include "base/ascii.h"
#include "base/err.h"

struct page *page_new(struct arena *arena, size_t max, enum lang lang, struct str token)
{
    struct page *page = ARENA_NEW(arena, struct page);

    *page =
        (struct page){ .arena = arena, .buf = buf_new(arena, max), .lang = lang, .token = token };
    return page;
}

bool html_done(struct page *page, struct html *out, struct err *err)
{
    struct str text;

    if (!buf_done(&page->buf, &text, err))
        return PASS(err);
    out->text = text;
    return true;
}

void html_static(struct page *page, struct str literal) { buf_add(&page->buf, literal); }

void html_base(struct page *page)
{
    if (page->lang == LANG_EN)
        buf_add(&page->buf, STR("/en"));
}

void html_lang(struct page *page) { buf_add(&page->buf, lang_code(page->lang)); }

void html_token(struct page *page)
{
    html_static(page, STR("<input type=\"hidden\" name=\"form_token\" value=\""));
    html_text_str(page, page->token);
    html_static(page, STR("\">"));
}

enum { PLAIN, AMP, LESS, MORE, QUOTE, APOSTROPHE, FORBIDDEN, ESCAPES };

static const struct str escapes[ESCAPES] = {
    [AMP] = STR_INIT("&amp;"),        [LESS] = STR_INIT("&lt;"),
    [MORE] = STR_INIT("&gt;"),        [QUOTE] = STR_INIT("&#34;"),
    [APOSTROPHE] = STR_INIT("&#39;"), [FORBIDDEN] = STR_INIT("\xef\xbf\xbd"),
};

/* Tab, line feed and carriage return are text; the other controls are not allowed in HTML. */
/* clang-format off */
static const unsigned char escape_of[256] = {
    [0x00] = FORBIDDEN, [0x01] = FORBIDDEN, [0x02] = FORBIDDEN, [0x03] = FORBIDDEN, [0x04] = FORBIDDEN, [0x05] = FORBIDDEN,
    [0x06] = FORBIDDEN, [0x07] = FORBIDDEN, [0x08] = FORBIDDEN, [0x0b] = FORBIDDEN, [0x0c] = FORBIDDEN, [0x0e] = FORBIDDEN,
    [0x0f] = FORBIDDEN, [0x10] = FORBIDDEN, [0x11] = FORBIDDEN, [0x12] = FORBIDDEN, [0x13] = FORBIDDEN, [0x14] = FORBIDDEN,
    [0x15] = FORBIDDEN, [0x16] = FORBIDDEN, [0x17] = FORBIDDEN, [0x18] = FORBIDDEN, [0x19] = FORBIDDEN, [0x1a] = FORBIDDEN,
    [0x1b] = FORBIDDEN, [0x1c] = FORBIDDEN, [0x1d] = FORBIDDEN, [0x1e] = FORBIDDEN, [0x1f] = FORBIDDEN, [0x7f] = FORBIDDEN,
    ['&'] = AMP, ['<'] = LESS, ['>'] = MORE, ['"'] = QUOTE, ['\''] = APOSTROPHE,
};
/* clang-format on */

void html_text_str(struct page *page, struct str text)
{
    size_t start = 0;

    for (size_t i = 0; i < text.len; i++) {
        unsigned escape = escape_of[(unsigned char)text.ptr[i]];

        if (escape == PLAIN)
            continue;
        buf_add(&page->buf, (struct str){ text.ptr + start, i - start });
        buf_add(&page->buf, escapes[escape]);
        start = i + 1;
    }
    if (start < text.len)
        buf_add(&page->buf, (struct str){ text.ptr + start, text.len - start });
}

void html_text_html(struct page *page, struct html html) { buf_add(&page->buf, html.text); }

void html_text_int(struct page *page, int64_t n) { buf_int(&page->buf, n); }

void html_text_size(struct page *page, size_t n) { buf_printf(&page->buf, "%zu", n); }

static bool is_unreserved(char c)
{
    return ascii_is_alnum(c) || c == '-' || c == '.' || c == '_' || c == '~';
}

void html_url_encode(struct buf *buf, struct str text)
{
    static const char digits[] = "0123456789ABCDEF";

    for (size_t i = 0; i < text.len; i++) {
        unsigned char byte = (unsigned char)text.ptr[i];

        if (is_unreserved(text.ptr[i])) {
            buf_byte(buf, text.ptr[i]);
        } else {
            char code[3] = { '%', digits[byte >> 4], digits[byte & 15] };

            buf_add(buf, (struct str){ code, sizeof code });
        }
    }
}

void html_url_part_str(struct page *page, struct str text) { html_url_encode(&page->buf, text); }

static bool starts_nocase(struct str s, struct str prefix)
{
    return str_eq_nocase(str_take(s, prefix.len), prefix);
}

bool html_is_safe_url(struct str url)
{
    /* Browsers drop tabs and line ends and read '\' as '/': "/\t/evil.example" would leave our site. */
    for (size_t i = 0; i < url.len; i++) {
        unsigned char byte = (unsigned char)url.ptr[i];

        if (byte <= ' ' || byte == 0x7f || byte == '\\')
            return false;
    }
    if (str_starts(url, STR("/")))
        return !str_starts(url, STR("//"));
    return starts_nocase(url, STR("http://")) || starts_nocase(url, STR("https://")) ||
           starts_nocase(url, STR("mailto:"));
}

void html_url_str(struct page *page, struct str url)
{
    html_text_str(page, html_is_safe_url(url) ? url : STR("#"));
}
