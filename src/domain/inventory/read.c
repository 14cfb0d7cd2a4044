#include "domain/inventory/read.h"

#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/tr.h"
#include "domain/inventory/inventory_internal.h"
#include "formats/cyclonedx/cyclonedx.h"
#include "formats/packages/packages.h"
#include "formats/spdx/spdx.h"

/* One row a format: how it is named, and what reads it. */
static const struct {
    const char *word, *label;
    bool (*packages)(struct str, struct arena *, struct packages *, struct err *);
    bool (*cyclonedx)(struct str, struct arena *, struct cyclonedx *, struct err *);
    bool (*spdx)(struct str, struct arena *, struct spdx *, struct err *);
} formats[INVENTORY_FORMATS] = {
    /* clang-format off */
    [INVENTORY_CYCLONEDX_JSON] = { .word = "cyclonedx-json", .cyclonedx = cyclonedx_read_json },
    [INVENTORY_CYCLONEDX_XML]  = { .word = "cyclonedx-xml", .cyclonedx = cyclonedx_read_xml },
    [INVENTORY_SPDX_JSON]      = { .word = "spdx-json", .spdx = spdx_read_json },
    [INVENTORY_SPDX_TAG]       = { .word = "spdx-tag", .spdx = spdx_read_tag_value },
    [INVENTORY_SPDX_RDF]       = { .word = "spdx-rdf", .spdx = spdx_read_rdf },
    [INVENTORY_SPDX3]          = { .word = "spdx3", .spdx = spdx_read_json3 },
    [INVENTORY_DPKG_STATUS]    = { "dpkg", "dpkg", .packages = packages_read_dpkg_status },
    [INVENTORY_DPKG_LIST]      = { "dpkg-list", "dpkg -l", .packages = packages_read_dpkg_list },
    [INVENTORY_RPM_LIST]       = { "rpm", "rpm -qa", .packages = packages_read_rpm },
    [INVENTORY_RPM_MANIFEST]   = { "rpm-manifest", "rpm manifest", .packages = packages_read_rpm_manifest },
    [INVENTORY_APK_STATUS]     = { "apk", "apk", .packages = packages_read_apk_status },
    [INVENTORY_APK_LIST]       = { "apk-list", "apk info", .packages = packages_read_apk_list },
    [INVENTORY_NPM_LOCK]       = { "npm-lock", "package-lock.json", .packages = packages_read_npm_lock },
    [INVENTORY_NPM_PACKAGE]    = { "npm-package", "package.json", .packages = packages_read_npm_package },
    [INVENTORY_PIP_LIST]       = { "pip", "pip", .packages = packages_read_pip },
    [INVENTORY_PYTHON]         = { "python", "Python distribution", .packages = packages_read_python },
    [INVENTORY_NUGET]          = { "nuget", "Directory.Packages.props", .packages = packages_read_nuget_props },
    [INVENTORY_CARGO_LOCK]     = { "cargo-lock", "Cargo.lock", .packages = packages_read_cargo_lock },
    [INVENTORY_GEMFILE_LOCK]   = { "gemfile-lock", "Gemfile.lock", .packages = packages_read_gemfile_lock },
    [INVENTORY_GO_MOD]         = { "go-mod", "go.mod", .packages = packages_read_go_mod },
    [INVENTORY_COMPOSER_LOCK]  = { "composer-lock", "composer.lock", .packages = packages_read_composer_lock },
    [INVENTORY_CSV]            = { "csv", "CSV", 0 },
    [INVENTORY_NAMES]          = { "names", "package URLs and CPEs", .packages = packages_read_names },
    [INVENTORY_OS_RELEASE]     = { "os-release", "os-release", 0 },
    /* clang-format on */
};

const char *inventory_format_word(enum inventory_format format)
{
    return formats[format].word ? formats[format].word : "";
}

enum inventory_format inventory_format_from_word(struct str word)
{
    for (size_t i = 0; i < COUNT(formats); i++)
        if (formats[i].word && str_eq_z(word, formats[i].word))
            return (enum inventory_format)i;
    return INVENTORY_ANY;
}

static void put_utf8(struct buf *buf, uint32_t c)
{
    if (c < 0x80) {
        buf_byte(buf, (char)c);
    } else if (c < 0x800) {
        buf_byte(buf, (char)(0xc0 | c >> 6));
        buf_byte(buf, (char)(0x80 | (c & 0x3f)));
    } else if (c < 0x10000) {
        buf_byte(buf, (char)(0xe0 | c >> 12));
        buf_byte(buf, (char)(0x80 | (c >> 6 & 0x3f)));
        buf_byte(buf, (char)(0x80 | (c & 0x3f)));
    } else {
        buf_byte(buf, (char)(0xf0 | c >> 18));
        buf_byte(buf, (char)(0x80 | (c >> 12 & 0x3f)));
        buf_byte(buf, (char)(0x80 | (c >> 6 & 0x3f)));
        buf_byte(buf, (char)(0x80 | (c & 0x3f)));
    }
}

static uint32_t unit_at(struct str bytes, size_t i, bool is_big)
{
    uint32_t first = (unsigned char)bytes.ptr[i], second = (unsigned char)bytes.ptr[i + 1];

    return is_big ? first << 8 | second : second << 8 | first;
}

/* What PowerShell makes of every output; a lone surrogate becomes U+FFFD. */
static struct str from_utf16(struct str bytes, bool is_big, struct arena *arena)
{
    struct buf buf = buf_new(arena, bytes.len / 2 * 3 + 1);

    for (size_t i = 2; i + 1 < bytes.len; i += 2) {
        uint32_t c = unit_at(bytes, i, is_big);

        if (c >= 0xd800 && c < 0xdc00 && i + 3 < bytes.len) {
            uint32_t low = unit_at(bytes, i + 2, is_big);

            if (low >= 0xdc00 && low < 0xe000) {
                c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
                i += 2;
            }
        }
        put_utf8(&buf, c >= 0xd800 && c < 0xe000 ? 0xfffd : c);
    }
    return buf_str(&buf);
}

/* Some writers end lines with CR alone, also among others. */
static struct str with_line_feeds(struct str text, struct arena *arena)
{
    char *copy = NULL;

    for (size_t i = 0; i < text.len; i++) {
        i += str_index(str_drop(text, i), '\r');
        if (i == text.len || (i + 1 < text.len && text.ptr[i + 1] == '\n'))
            continue;
        if (!copy) {
            copy = arena_alloc(arena, text.len);
            memcpy(copy, text.ptr, text.len);
        }
        copy[i] = '\n';
    }
    return copy ? (struct str){ copy, text.len } : text;
}

/* As UTF-8 without a mark; XML says itself what it is written in. */
static struct str plain_text(struct str bytes, struct arena *arena)
{
    bool is_big = str_starts(bytes, STR("\xfe\xff"));

    str_skip(&bytes, STR("\xef\xbb\xbf"));
    if (is_big || str_starts(bytes, STR("\xff\xfe")))
        return from_utf16(bytes, is_big, arena);
    return bytes;
}

static bool is_xml(enum inventory_format format)
{
    return format == INVENTORY_CYCLONEDX_XML || format == INVENTORY_SPDX_RDF ||
           format == INVENTORY_NUGET;
}

/* JSON and XML are held to UTF-8 by their own readers, which name the line. */
static bool is_of_lines(enum inventory_format format)
{
    switch (format) {
    case INVENTORY_CYCLONEDX_JSON:
    case INVENTORY_SPDX_JSON:
    case INVENTORY_SPDX3:
    case INVENTORY_RPM_MANIFEST:
    case INVENTORY_NPM_LOCK:
    case INVENTORY_NPM_PACKAGE:
    case INVENTORY_COMPOSER_LOCK:
        return false;
    default:
        return !is_xml(format);
    }
}

static bool read_packages(enum inventory_format format, struct str text, struct str columns,
                          struct arena *arena, struct inventory *out, struct err *err)
{
    struct packages packages = { 0 };

    if (format == INVENTORY_CSV ? !packages_read_table(text, columns, arena, &packages, err)
                                : !formats[format].packages(text, arena, &packages, err))
        return PASS(err);
    return inventory_from_packages(&packages, arena, out, err);
}

/* Of several files, each kind once: "dpkg, package.json". */
static void name_format(struct inventory *out, struct str label, struct arena *arena)
{
    if (str_is_empty(out->format))
        out->format = label;
    else if (!str_contains(out->format, label))
        out->format = arena_printf(arena, "%.*s, %.*s", STR_ARG(out->format), STR_ARG(label));
}

/* Adds to out; its os says where packages are installed. */
static bool read_as(enum inventory_format format, struct str text, struct str columns,
                    struct arena *arena, struct inventory *out, struct err *err)
{
    struct cyclonedx cyclonedx = { 0 };
    struct spdx spdx = { 0 };
    struct os_release os;

    if (formats[format].cyclonedx)
        return (formats[format].cyclonedx(text, arena, &cyclonedx, err) &&
                inventory_from_cyclonedx(&cyclonedx, arena, out, err)) ||
               PASS(err);
    if (formats[format].spdx)
        return (formats[format].spdx(text, arena, &spdx, err) &&
                inventory_from_spdx(&spdx, arena, out, err)) ||
               PASS(err);
    name_format(out, str_from_z(formats[format].label), arena);
    if (format != INVENTORY_OS_RELEASE)
        return read_packages(format, text, columns, arena, out, err) || PASS(err);
    if (!packages_read_os_release(text, arena, &os, err))
        return PASS(err);
    inventory_from_os_release(&os, out);
    return true;
}

static bool read_one(struct str bytes, struct str name, enum inventory_format format,
                     struct str columns, struct arena *arena, struct inventory *out,
                     struct err *err)
{
    struct str text;

    if (bytes.len > INVENTORY_TEXT_MAX)
        return FAIL(err, TOO_LARGE, STR("the list"));
    text = plain_text(bytes, arena);
    if (format == INVENTORY_ANY)
        format = inventory_recognise(text, name);
    if (format == INVENTORY_ANY)
        return FAIL(err, UNKNOWN_FORMAT, name);
    if (is_xml(format))
        text = bytes;
    if (is_of_lines(format)) {
        if (!str_is_utf8(text))
            return FAIL(err, NOT_UTF8, name);
        text = with_line_feeds(text, arena);
    }
    return read_as(format, text, columns, arena, out, err) || PASS(err);
}

bool inventory_read(struct str bytes, struct str file_name, const struct inventory_options *options,
                    struct arena *arena, struct inventory *out, struct err *err)
{
    static const struct inventory_options none = { 0 };
    struct inventory inventory = { 0 };

    if (!options)
        options = &none;
    inventory.os = options->os;
    if (!read_one(bytes, file_name, options->format, options->columns, arena, &inventory, err))
        return PASS(err);
    inventory_finish(&inventory, arena);
    *out = inventory;
    return true;
}

static void read_file(const struct inventory_file *file, const struct inventory_options *options,
                      struct arena *arena, struct inventory *out)
{
    size_t before = out->components.len, problems = out->problems.len;
    struct err failed = { 0 };

    if (file->unread) {
        inventory_problem(out, arena, 0, file->name, file->unread, STR_NONE);
        return;
    }
    if (!read_one(file->bytes, file->name, file->format, options->columns, arena, out, &failed))
        inventory_problem(out, arena, failed.line, file->name, err_words(failed.code),
                          str_is_empty(str_from_z(failed.subject))
                              ? STR_NONE
                              : arena_str(arena, str_from_z(failed.subject)));
    for (size_t i = before; i < out->components.len; i++)
        if (str_is_empty(out->components.at[i].path))
            out->components.at[i].path = file->name;
    for (size_t i = problems; i < out->problems.len; i++)
        if (str_is_empty(out->problems.at[i].where))
            out->problems.at[i].where = file->name;
}

bool inventory_read_files(const struct inventory_files *files,
                          const struct inventory_options *options, struct arena *arena,
                          struct inventory *out, struct err *err)
{
    static const struct inventory_options none = { 0 };
    struct inventory inventory = { 0 };
    size_t bytes = 0;

    if (!options)
        options = &none;
    inventory.os = options->os;
    for (size_t i = 0; i < files->len; i++)
        bytes += files->at[i].bytes.len;
    if (bytes > INVENTORY_TEXT_MAX)
        return FAIL(err, TOO_LARGE, STR("the list"));
    for (size_t i = 0; i < files->len; i++)
        if (files->at[i].format == INVENTORY_OS_RELEASE)
            read_file(&files->at[i], options, arena, &inventory);
    inventory.format = STR_NONE;
    for (size_t i = 0; i < files->len; i++)
        if (files->at[i].format != INVENTORY_OS_RELEASE)
            read_file(&files->at[i], options, arena, &inventory);
    inventory_finish(&inventory, arena);
    *out = inventory;
    return true;
}
