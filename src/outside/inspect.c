#include "outside/inspect.h"

#include <string.h>

#include "base/buf.h"

enum { NAME_POINTS_MAX = 120, SCAN_MAX = 1 << 20 };

static const char *const kind_names[FILE_KINDS] = {
    "unknown", "empty", "text", "html", "svg",    "xml",        "png",
    "jpeg",    "gif",   "webp", "pdf",  "zip",    "office",     "office-old",
    "gzip",    "bzip2", "xz",   "zstd", "7z",     "rar",        "tar",
    "mp4",     "pcap",  "elf",  "pe",   "mach-o", "java-class", "script",
};

/* clang-format off */
static const struct magic {
    size_t at;
    struct str bytes;
    enum file_kind kind;
} magics[] = {
    { 0, STR_INIT("\x89PNG\r\n\x1a\n"), FILE_PNG },
    { 0, STR_INIT("\xff\xd8\xff"), FILE_JPEG },
    { 0, STR_INIT("GIF87a"), FILE_GIF },
    { 0, STR_INIT("GIF89a"), FILE_GIF },
    { 8, STR_INIT("WEBP"), FILE_WEBP },
    { 0, STR_INIT("%PDF-"), FILE_PDF },
    { 0, STR_INIT("PK\x03\x04"), FILE_ZIP },
    { 0, STR_INIT("PK\x05\x06"), FILE_ZIP },
    { 0, STR_INIT("PK\x07\x08"), FILE_ZIP },
    { 0, STR_INIT("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), FILE_OLE },
    { 0, STR_INIT("\x1f\x8b"), FILE_GZIP },
    { 0, STR_INIT("BZh"), FILE_BZIP2 },
    { 0, STR_INIT("\xfd" "7zXZ\0"), FILE_XZ },
    { 0, STR_INIT("\x28\xb5\x2f\xfd"), FILE_ZSTD },
    { 0, STR_INIT("7z\xbc\xaf\x27\x1c"), FILE_7Z },
    { 0, STR_INIT("Rar!\x1a\x07"), FILE_RAR },
    { 257, STR_INIT("ustar"), FILE_TAR },
    { 4, STR_INIT("ftyp"), FILE_MP4 },
    { 0, STR_INIT("\xd4\xc3\xb2\xa1"), FILE_PCAP },
    { 0, STR_INIT("\xa1\xb2\xc3\xd4"), FILE_PCAP },
    { 0, STR_INIT("\x0a\x0d\x0d\x0a"), FILE_PCAP },
    { 0, STR_INIT("\x7f" "ELF"), FILE_ELF },
    { 0, STR_INIT("MZ"), FILE_PE },
    { 0, STR_INIT("\xfe\xed\xfa\xce"), FILE_MACH_O },
    { 0, STR_INIT("\xfe\xed\xfa\xcf"), FILE_MACH_O },
    { 0, STR_INIT("\xce\xfa\xed\xfe"), FILE_MACH_O },
    { 0, STR_INIT("\xcf\xfa\xed\xfe"), FILE_MACH_O },
    { 0, STR_INIT("\xca\xfe\xba\xbe"), FILE_JAVA_CLASS },
    { 0, STR_INIT("#!"), FILE_SCRIPT },
};

/* What an ending promises, and whether a thing of that ending runs when it is opened. */
static const struct ending {
    const char *ending;
    enum file_kind kind; /* FILE_UNKNOWN: we hold nothing against it */
    bool runs;
} endings[] = {
    { "txt", FILE_TEXT, false }, { "log", FILE_TEXT, false }, { "md", FILE_TEXT, false }, { "csv", FILE_TEXT, false },
    { "json", FILE_TEXT, false }, { "yaml", FILE_TEXT, false }, { "yml", FILE_TEXT, false }, { "patch", FILE_TEXT, false },
    { "diff", FILE_TEXT, false }, { "c", FILE_TEXT, false }, { "h", FILE_TEXT, false }, { "xml", FILE_XML, false },
    { "html", FILE_HTML, true }, { "htm", FILE_HTML, true }, { "xhtml", FILE_HTML, true }, { "svg", FILE_SVG, true },
    { "png", FILE_PNG, false }, { "jpg", FILE_JPEG, false }, { "jpeg", FILE_JPEG, false }, { "gif", FILE_GIF, false },
    { "webp", FILE_WEBP, false }, { "pdf", FILE_PDF, false }, { "zip", FILE_ZIP, false }, { "docx", FILE_OFFICE, false },
    { "xlsx", FILE_OFFICE, false }, { "pptx", FILE_OFFICE, false }, { "odt", FILE_OFFICE, false }, { "ods", FILE_OFFICE, false },
    { "odp", FILE_OFFICE, false }, { "docm", FILE_OFFICE, true }, { "xlsm", FILE_OFFICE, true }, { "pptm", FILE_OFFICE, true },
    { "doc", FILE_OLE, false }, { "xls", FILE_OLE, false }, { "ppt", FILE_OLE, false }, { "msi", FILE_OLE, true },
    { "gz", FILE_GZIP, false }, { "tgz", FILE_GZIP, false }, { "bz2", FILE_BZIP2, false }, { "xz", FILE_XZ, false },
    { "zst", FILE_ZSTD, false }, { "7z", FILE_7Z, false }, { "rar", FILE_RAR, false }, { "tar", FILE_TAR, false },
    { "mp4", FILE_MP4, false }, { "m4v", FILE_MP4, false }, { "mov", FILE_MP4, false }, { "pcap", FILE_PCAP, false },
    { "pcapng", FILE_PCAP, false }, { "exe", FILE_PE, true }, { "dll", FILE_PE, true }, { "sys", FILE_PE, true },
    { "scr", FILE_PE, true }, { "com", FILE_UNKNOWN, true }, { "so", FILE_ELF, true }, { "elf", FILE_ELF, true },
    { "class", FILE_JAVA_CLASS, true }, { "jar", FILE_ZIP, true }, { "apk", FILE_ZIP, true }, { "sh", FILE_UNKNOWN, true },
    { "bash", FILE_UNKNOWN, true }, { "py", FILE_UNKNOWN, true }, { "rb", FILE_UNKNOWN, true }, { "pl", FILE_UNKNOWN, true },
    { "php", FILE_UNKNOWN, true }, { "js", FILE_UNKNOWN, true }, { "mjs", FILE_UNKNOWN, true }, { "vbs", FILE_UNKNOWN, true },
    { "vbe", FILE_UNKNOWN, true }, { "wsf", FILE_UNKNOWN, true }, { "hta", FILE_UNKNOWN, true }, { "bat", FILE_UNKNOWN, true },
    { "cmd", FILE_UNKNOWN, true }, { "ps1", FILE_UNKNOWN, true }, { "psm1", FILE_UNKNOWN, true }, { "lnk", FILE_UNKNOWN, true },
    { "desktop", FILE_UNKNOWN, true }, { "reg", FILE_UNKNOWN, true }, { "iso", FILE_UNKNOWN, true }, { "img", FILE_UNKNOWN, true },
    { "dmg", FILE_UNKNOWN, true }, { "chm", FILE_UNKNOWN, true }, { "application", FILE_UNKNOWN, true },
};
/* clang-format on */

static bool has_at(struct str s, size_t at, struct str part)
{
    return s.len >= at && str_starts(str_drop(s, at), part);
}

static uint32_t big_endian(const char *p, size_t bytes)
{
    uint32_t n = 0;

    for (size_t i = 0; i < bytes; i++)
        n = n << 8 | (unsigned char)p[i];
    return n;
}

/* ---- the kind ---- */

static bool contains_nocase(struct str s, struct str part)
{
    for (size_t i = 0; i + part.len <= s.len; i++)
        if (str_eq_nocase((struct str){ s.ptr + i, part.len }, part))
            return true;
    return false;
}

/* Text that a browser would run: the first kilobytes decide, as they do there. */
static enum file_kind kind_of_text(struct str text)
{
    struct str head = str_take(text, 4096), start = str_trim(head);

    (void)str_skip(&start, STR("\xef\xbb\xbf"));
    start = str_trim(start);
    if (contains_nocase(head, STR("<svg")))
        return FILE_SVG;
    if (contains_nocase(head, STR("<!doctype html")) || contains_nocase(head, STR("<html")) ||
        contains_nocase(head, STR("<script")) || contains_nocase(head, STR("<body")) ||
        contains_nocase(head, STR("<iframe")))
        return FILE_HTML;
    if (str_starts(start, STR("#!")))
        return FILE_SCRIPT;
    if (str_starts(start, STR("<?xml")))
        return FILE_XML;
    return FILE_TEXT;
}

/* A zip that names itself an office document: OOXML holds [Content_Types].xml, ODF begins with "mimetype". */
static bool is_office(struct str zip)
{
    struct str head = str_take(zip, 4096);

    return str_contains(head, STR("[Content_Types].xml")) ||
           str_contains(head, STR("mimetypeapplication/vnd.oasis.opendocument"));
}

static enum file_kind kind_of(struct str bytes)
{
    if (bytes.len == 0)
        return FILE_EMPTY;
    for (size_t i = 0; i < COUNT(magics); i++) {
        if (!has_at(bytes, magics[i].at, magics[i].bytes))
            continue;
        if (magics[i].kind == FILE_ZIP && is_office(bytes))
            return FILE_OFFICE;
        if (magics[i].kind == FILE_WEBP && !str_starts(bytes, STR("RIFF")))
            continue;
        return magics[i].kind;
    }
    return str_is_utf8(bytes) && str_is_plain(bytes, true) ? kind_of_text(bytes) : FILE_UNKNOWN;
}

/* ---- metadata of images ---- */

/* Chunks that only draw. Anything else may carry text, a place or a time. */
static bool png_is_bare(struct str png)
{
    static const char *const drawing[] = { "IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA",
                                           "cHRM", "sRGB", "sBIT", "bKGD", "pHYs" };
    struct str rest = str_drop(png, 8);

    while (rest.len >= 12) {
        size_t length = big_endian(rest.ptr, 4);
        struct str type = { rest.ptr + 4, 4 };
        bool draws = false;

        for (size_t i = 0; i < COUNT(drawing); i++)
            draws = draws || str_eq_z(type, drawing[i]);
        if (!draws || length > rest.len - 12)
            return false;
        rest = str_drop(rest, length + 12);
        if (str_eq_z(type, "IEND"))
            return rest.len == 0; /* what hangs on behind is not drawn */
    }
    return false;
}

/* Segments up to the scan: APP0 (JFIF) and APP14 (colour) only draw; other APPn hold EXIF, XMP, IPTC, and COM is a comment. */
static bool jpeg_is_bare(struct str jpeg)
{
    struct str rest = str_drop(jpeg, 2);

    while (rest.len >= 4 && (unsigned char)rest.ptr[0] == 0xff) {
        unsigned marker = (unsigned char)rest.ptr[1];
        size_t length = big_endian(rest.ptr + 2, 2);

        if ((marker >= 0xe1 && marker <= 0xef && marker != 0xee) || marker == 0xfe || length < 2 ||
            length > rest.len - 2)
            return false;
        if (marker == 0xe0 && !has_at(rest, 4, STR("JFIF\0")))
            return false;
        if (marker ==
            0xda) /* the picture itself; behind its end nothing may follow, and no further segment may hide in it */
            return str_ends(rest, STR("\xff\xd9")) && !str_contains(rest, STR("\xff\xe1")) &&
                   !str_contains(rest, STR("\xff\xed"));
        rest = str_drop(rest, length + 2);
    }
    return false;
}

/* A GIF may carry comments, plain text and application blocks (XMP); they all begin with these two bytes. */
static bool gif_is_bare(struct str gif)
{
    return !str_contains(gif, STR("!\xfe")) && !str_contains(gif, STR("!\x01")) &&
           !str_contains(gif, STR("XMP Data")) && str_ends(gif, STR(";"));
}

static unsigned reasons_of_kind(enum file_kind kind, struct str bytes)
{
    switch (kind) {
    case FILE_EMPTY:
    case FILE_TEXT:
        return 0;
    case FILE_PNG:
        return png_is_bare(bytes) ? 0 : HELD_METADATA;
    case FILE_JPEG:
        return jpeg_is_bare(bytes) ? 0 : HELD_METADATA;
    case FILE_GIF:
        return gif_is_bare(bytes) ? 0 : HELD_METADATA;
    case FILE_XML:
    case FILE_WEBP:
    case FILE_MP4:
    case FILE_PCAP:
        return HELD_METADATA;
    case FILE_PDF:
        return contains_nocase(str_take(bytes, SCAN_MAX), STR("/JavaScript")) ||
                       contains_nocase(str_take(bytes, SCAN_MAX), STR("/Launch"))
                   ? HELD_METADATA | HELD_EXECUTABLE
                   : HELD_METADATA;
    case FILE_OFFICE:
        return str_contains(bytes, STR("vbaProject")) ? HELD_METADATA | HELD_EXECUTABLE
                                                      : HELD_METADATA;
    case FILE_OLE:
        return HELD_METADATA |
               HELD_EXECUTABLE; /* old office files run macros without saying so in their name */
    case FILE_ZIP:
    case FILE_GZIP:
    case FILE_BZIP2:
    case FILE_XZ:
    case FILE_ZSTD:
    case FILE_7Z:
    case FILE_RAR:
    case FILE_TAR:
        return HELD_ARCHIVE | HELD_METADATA;
    case FILE_HTML:
    case FILE_SVG:
    case FILE_SCRIPT:
    case FILE_ELF:
    case FILE_PE:
    case FILE_MACH_O:
    case FILE_JAVA_CLASS:
        return HELD_EXECUTABLE;
    case FILE_UNKNOWN:
    case FILE_KINDS:
        break;
    }
    return HELD_UNKNOWN;
}

/* ---- the name ---- */

static struct str last_part(struct str name)
{
    size_t from = 0;

    for (size_t i = 0; i < name.len; i++)
        if (name.ptr[i] == '/' || name.ptr[i] == '\\')
            from = i + 1;
    return str_drop(name, from);
}

static struct str ending_of(struct str name)
{
    size_t dot = name.len;

    for (size_t i = 0; i < name.len; i++)
        if (name.ptr[i] == '.')
            dot = i;
    return str_drop(name, dot + 1);
}

static const struct ending *ending_row(struct str ending)
{
    for (size_t i = 0; i < COUNT(endings); i++)
        if (str_eq_nocase(ending, str_from_z(endings[i].ending)))
            return &endings[i];
    return NULL;
}

/* One code point of valid UTF-8. */
static uint32_t next_point(struct str s, size_t *length)
{
    unsigned char c = (unsigned char)s.ptr[0];
    size_t n = c < 0x80 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
    uint32_t point = n == 1 ? c : c & (0x7fu >> n);

    for (size_t i = 1; i < n; i++)
        point = point << 6 | ((unsigned char)s.ptr[i] & 0x3f);
    *length = n;
    return point;
}

/* Controls, direction marks and overrides, zero width: what makes a name look like another. */
static bool deceives(uint32_t p)
{
    return p < 0x20 || (p >= 0x7f && p < 0xa0) || p == 0x61c || (p >= 0x200b && p <= 0x200f) ||
           (p >= 0x2028 && p <= 0x202e) || (p >= 0x2060 && p <= 0x206f) || p == 0xfeff ||
           (p >= 0xfff9 && p <= 0xfffb) || (p >= 0xe0000 && p <= 0xe007f);
}

static bool stands_in_names(uint32_t p)
{
    return !deceives(p) && (p >= 0x80 || !strchr("\"*:<>?|/\\", (int)p));
}

static struct str safe_name_of(struct str name, struct arena *arena, bool *was_odd)
{
    struct buf buf = buf_new(arena, 4 * NAME_POINTS_MAX + 8);
    struct str rest = name;
    size_t points = 0;

    *was_odd = !str_is_utf8(name);
    if (*was_odd)
        rest = STR_NONE;
    while (rest.len > 0 && points < NAME_POINTS_MAX) {
        size_t length;
        uint32_t p = next_point(rest, &length);

        if (deceives(p))
            *was_odd = true;
        else if (stands_in_names(p) && !(points == 0 && p == '.'))
            buf_add(&buf, str_take(rest, length)), points++;
        rest = str_drop(rest, length);
    }
    rest = str_trim(buf_str(&buf));
    return rest.len > 0 ? rest : STR("file");
}

/* "report.pdf.exe" shows as "report.pdf" where endings are hidden. */
static bool has_hidden_ending(struct str name)
{
    struct str ending = ending_of(name);
    const struct ending *last = ending_row(ending);

    return last && last->runs && name.len > ending.len + 1 &&
           ending_row(ending_of(str_take(name, name.len - ending.len - 1)));
}

static bool mismatch(enum file_kind kind, const struct ending *row)
{
    if (!row || row->kind == FILE_UNKNOWN || kind == FILE_EMPTY || row->kind == kind)
        return false;
    if (row->kind == FILE_TEXT ||
        row->kind == FILE_XML) /* "notes.md" may hold a snippet of anything that is text */
        return kind != FILE_TEXT && kind != FILE_XML && kind != FILE_HTML && kind != FILE_SVG &&
               kind != FILE_SCRIPT;
    return true;
}

void inspect_file(struct str bytes, struct str declared_name, struct arena *arena,
                  struct inspection *out)
{
    struct str name = last_part(declared_name);
    const struct ending *row = ending_row(ending_of(name));
    enum file_kind kind = kind_of(bytes);
    unsigned reasons = reasons_of_kind(kind, bytes);
    bool odd;

    *out = (struct inspection){ .kind = kind, .safe_name = safe_name_of(name, arena, &odd) };
    if (odd || has_hidden_ending(name))
        reasons |= HELD_NAME;
    if (mismatch(kind, row))
        reasons |= HELD_MISMATCH;
    if (row && row->runs)
        reasons |= HELD_EXECUTABLE;
    out->reasons = reasons;
    out->verdict = reasons                                   ? VERDICT_HELD
                   : kind == FILE_TEXT || kind == FILE_EMPTY ? VERDICT_CLEAN_TEXT
                                                             : VERDICT_CLEAN_MEDIA;
}

const char *file_kind_name(enum file_kind kind)
{
    return kind < FILE_KINDS ? kind_names[kind] : "unknown";
}

const char *held_reason_name(enum held_reason reason)
{
    static const char *const names[HELD_REASONS] = {
        "metadata", "type-mismatch", "archive", "executable", "name", "unknown-type"
    };

    for (size_t i = 0; i < COUNT(names); i++)
        if ((unsigned)reason == 1u << i)
            return names[i];
    return "unknown-type";
}

const char *verdict_name(enum verdict verdict)
{
    static const char *const names[] = { "clean-text", "held", "clean-media" };

    return names[verdict];
}
