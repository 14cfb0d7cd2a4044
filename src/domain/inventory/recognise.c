#include "base/ascii.h"
#include "domain/inventory/inventory_internal.h"

enum { HEAD = 16 << 10 }; /* of a list of lines, this much tells what it is */

static struct str file_part(struct str path)
{
    for (size_t i = path.len; i > 0; i--)
        if (path.ptr[i - 1] == '/' || path.ptr[i - 1] == '\\')
            return str_drop(path, i);
    return path;
}

/* [{"name": …, "version": …: what pip list --format json prints, and nothing else that we know. */
static bool is_pip_json(struct str text)
{
    struct str first;

    if (!str_skip(&text, STR("[")))
        return false;
    text = str_trim(text);
    first = str_take(text, str_index(text, '}'));
    return str_skip(&first, STR("{")) && str_starts(str_trim(first), STR("\"name\"")) &&
           str_contains(first, STR("\"version\""));
}

/* Keys come in any order, so the whole text is looked through; the mark that stands first tells. */
static enum inventory_format json_format(struct str text, struct str name)
{
    static const struct {
        const char *mark;
        enum inventory_format format;
    } marks[] = {
        { "\"bomFormat\"", INVENTORY_CYCLONEDX_JSON },
        { "\"spdxVersion\"", INVENTORY_SPDX_JSON },
        { "spdx.org/rdf/3.", INVENTORY_SPDX3 },
        { "\"lockfileVersion\"", INVENTORY_NPM_LOCK },
        { "\"rpms\"", INVENTORY_RPM_MANIFEST },
        { "\"packages-dev\"", INVENTORY_COMPOSER_LOCK },
    };
    enum inventory_format format = INVENTORY_ANY;

    for (size_t i = 0; i < COUNT(marks); i++) {
        size_t at = str_index_str(text, str_from_z(marks[i].mark));

        if (at == text.len)
            continue;
        format = marks[i].format;
        text = str_take(text, at + str_from_z(marks[i].mark).len - 1);
    }
    if (format == INVENTORY_ANY && is_pip_json(text))
        return INVENTORY_PIP_LIST;
    if (format == INVENTORY_ANY && str_eq_z(name, "package.json"))
        return INVENTORY_NPM_PACKAGE;
    return format;
}

static enum inventory_format xml_format(struct str text)
{
    struct str head = str_take(text, HEAD);

    if (str_contains(head, STR("cyclonedx.org/schema/bom")))
        return INVENTORY_CYCLONEDX_XML;
    if (str_contains(head, STR("spdx.org/rdf/terms")))
        return INVENTORY_SPDX_RDF;
    if (str_contains(head, STR("<Project")) && (str_contains(text, STR("<PackageVersion")) ||
                                                str_contains(text, STR("<PackageReference"))))
        return INVENTORY_NUGET;
    return INVENTORY_ANY;
}

static bool has_line(struct str head, const char *start)
{
    struct str line;

    while (str_split(&head, '\n', &line))
        if (str_starts(line, str_from_z(start)))
            return true;
    return false;
}

static bool is_spdx_tag(struct str head) { return has_line(head, "SPDXVersion:"); }

static bool is_dpkg_list(struct str head)
{
    return has_line(head, "Desired=Unknown/Install") || has_line(head, "ii  ");
}

static bool is_dpkg_status(struct str head)
{
    return has_line(head, "Package: ") &&
           (has_line(head, "Status: ") || has_line(head, "Version: "));
}

static bool is_apk_status(struct str head) { return has_line(head, "P:") && has_line(head, "V:"); }

static bool is_python(struct str head) { return str_starts(head, STR("Metadata-Version:")); }

static bool is_cargo_lock(struct str head) { return has_line(head, "[[package]]"); }

static bool is_gemfile_lock(struct str head)
{
    return has_line(head, "GEM") && has_line(head, "  specs:");
}

static bool is_go_mod(struct str head)
{
    return has_line(head, "module ") && (has_line(head, "go ") || has_line(head, "require "));
}

static bool is_os_release(struct str head)
{
    return has_line(head, "ID=") && (has_line(head, "NAME=") || has_line(head, "VERSION_ID="));
}

/* The first line that says something. */
static struct str first_line(struct str head)
{
    struct str line = STR_NONE;

    while (str_split(&head, '\n', &line)) {
        line = str_trim(line);
        if (line.len > 0 && line.ptr[0] != '#' && !str_starts(line, STR("WARNING:")))
            return line;
    }
    return STR_NONE;
}

static size_t count_of(struct str line, char c)
{
    size_t count = 0;

    for (size_t i = 0; i < line.len; i++)
        count += line.ptr[i] == c;
    return count;
}

static bool is_names(struct str head)
{
    struct str line = first_line(head);

    return str_starts(line, STR("pkg:")) || str_starts(line, STR("cpe:"));
}

/* NAME-VERSION-RELEASE.ARCH, or the eight columns. */
static bool is_rpm(struct str head)
{
    static const char *const arches[] = {
        ".noarch",  ".x86_64",  ".i686",  ".i386",    ".i586",
        ".aarch64", ".ppc64le", ".s390x", ".armv7hl", ".riscv64"
    };
    struct str line = first_line(head);

    if (count_of(line, '\t') == 7) { /* the second column is an epoch */
        struct str epoch = str_trim(str_drop(line, str_index(line, '\t')));

        return str_starts(epoch, STR("(none)\t")) ||
               (epoch.len > 0 && ascii_is_digit(epoch.ptr[0]));
    }
    for (size_t i = 0; i < COUNT(arches); i++)
        if (str_ends(line, str_from_z(arches[i])))
            return str_index(line, ' ') == line.len && count_of(line, '-') >= 2;
    return str_starts(line, STR("gpg-pubkey-"));
}

/* "musl-1.2.4-r2" with or without more behind it. */
static bool is_apk_list(struct str head)
{
    struct str line = first_line(head);
    struct str name = str_take(line, str_index(line, ' '));
    size_t at = name.len;

    while (at > 0 && ascii_is_digit(name.ptr[at - 1]))
        at--;
    return at < name.len && str_ends(str_take(name, at), STR("-r")) && count_of(name, '-') >= 2;
}

static bool is_pip(struct str head)
{
    struct str line = first_line(head);

    return str_contains(line, STR("==")) ||
           (str_starts(line, STR("Package")) && str_ends(line, STR("Version")) &&
            str_index(line, ',') == line.len);
}

static const struct {
    enum inventory_format format;
    bool (*is)(struct str head);
} kinds[] = {
    { INVENTORY_SPDX_TAG, is_spdx_tag },
    { INVENTORY_CARGO_LOCK, is_cargo_lock },
    { INVENTORY_GEMFILE_LOCK, is_gemfile_lock },
    { INVENTORY_GO_MOD, is_go_mod },
    { INVENTORY_DPKG_LIST, is_dpkg_list },
    { INVENTORY_DPKG_STATUS, is_dpkg_status },
    { INVENTORY_PYTHON, is_python },
    { INVENTORY_APK_STATUS, is_apk_status },
    { INVENTORY_OS_RELEASE, is_os_release },
    { INVENTORY_NAMES, is_names },
    { INVENTORY_RPM_LIST, is_rpm },
    { INVENTORY_APK_LIST, is_apk_list },
    { INVENTORY_PIP_LIST, is_pip },
};

static enum inventory_format format_by_name(struct str name)
{
    static const struct {
        const char *name;
        enum inventory_format format;
    } whole[] = {
        { "status", INVENTORY_DPKG_STATUS },    { "installed", INVENTORY_APK_STATUS },
        { "METADATA", INVENTORY_PYTHON },       { "PKG-INFO", INVENTORY_PYTHON },
        { "os-release", INVENTORY_OS_RELEASE },
    };

    for (size_t i = 0; i < COUNT(whole); i++)
        if (str_eq_z(name, whole[i].name))
            return whole[i].format;
    if (str_ends(name, STR(".csv")) || str_ends(name, STR(".tsv")) || str_ends(name, STR(".CSV")))
        return INVENTORY_CSV;
    if (str_ends(name, STR(".spdx")))
        return INVENTORY_SPDX_TAG;
    if (str_starts(name, STR("requirements")) && str_ends(name, STR(".txt")))
        return INVENTORY_PIP_LIST;
    return INVENTORY_ANY;
}

enum inventory_format inventory_recognise(struct str bytes, struct str file_name)
{
    struct str text = bytes, name = file_part(file_name), head;
    enum inventory_format format;

    str_skip(&text, STR("\xef\xbb\xbf"));
    text = str_trim(text);
    if (str_starts(text, STR("{")) ||
        (str_starts(text, STR("[")) && !str_starts(text, STR("[[")))) /* a table of TOML's */
        return json_format(text, name);
    if (str_starts(text, STR("<")))
        return xml_format(text);
    head = str_take(text, HEAD);
    for (size_t i = 0; i < COUNT(kinds); i++)
        if (kinds[i].is(head))
            return kinds[i].format;
    format = format_by_name(name);
    if (format != INVENTORY_ANY)
        return format;
    head = first_line(head); /* a table shows by its heading */
    return count_of(head, ',') + count_of(head, ';') + count_of(head, '\t') > 0 ? INVENTORY_CSV
                                                                                : INVENTORY_ANY;
}
