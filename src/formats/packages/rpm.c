#include "base/err.h"
#include "base/tr.h"
#include "formats/json/json.h"
#include "formats/packages/packages_internal.h"

/* Where the last such character stands; s.len when there is none. */
static size_t last_index(struct str s, char c)
{
    size_t i = s.len;

    while (i > 0 && s.ptr[i - 1] != c)
        i--;
    return i > 0 ? i - 1 : s.len;
}

/* "NAME-VERSION-RELEASE": name and "VERSION-RELEASE". */
static bool split_nvr(struct str nvr, struct str *name, struct str *version)
{
    size_t release = last_index(nvr, '-');
    size_t dash = last_index(str_take(nvr, release), '-');

    if (release == nvr.len || dash == release || dash == 0 || release + 1 == nvr.len)
        return false;
    *name = str_take(nvr, dash);
    *version = str_drop(nvr, dash + 1);
    return version->len > 0 && version->ptr[0] != '-';
}

/* "NAME-VERSION-RELEASE.ARCH"; in a manifest VERSION has its epoch: "dbus-1:1.12-7.el8.noarch". */
static bool split_nevra(struct str nevra, struct package *package)
{
    size_t dot = last_index(nevra, '.');

    if (dot == nevra.len || !split_nvr(str_take(nevra, dot), &package->name, &package->version))
        return false;
    package->arch = str_drop(nevra, dot + 1);
    return true;
}

/* "ncurses-6.1-7.el8.src.rpm", with or without its ends. */
static void read_source(struct str file, struct package *package)
{
    static const char *const ends[] = { ".rpm", ".src", ".nosrc" };

    for (size_t i = 0; i < COUNT(ends); i++)
        if (str_ends(file, str_from_z(ends[i])))
            file = str_take(file, file.len - str_from_z(ends[i]).len);
    if (!split_nvr(file, &package->source_name, &package->source_version))
        package->source_name = package->source_version = STR_NONE;
}

static struct str unless_none(struct str s)
{
    s = str_trim(s);
    return str_eq_z(s, "(none)") ? STR_NONE : s;
}

enum column { NAME, EPOCH, VERSION, RELEASE, ARCH, SOURCE, VENDOR, LICENSE, COLUMNS };

static bool read_columns(struct str line, struct arena *arena, struct package *package)
{
    struct str columns[COLUMNS] = { 0 };

    for (size_t i = 0; i < COLUMNS && str_split(&line, '\t', &columns[i]); i++)
        columns[i] = unless_none(columns[i]);
    if (str_is_empty(columns[NAME]) || str_is_empty(columns[VERSION]))
        return false;
    package->name = columns[NAME];
    package->version = columns[VERSION];
    if (!str_is_empty(columns[RELEASE]))
        package->version =
            arena_printf(arena, "%.*s-%.*s", STR_ARG(columns[VERSION]), STR_ARG(columns[RELEASE]));
    if (!str_is_empty(columns[EPOCH]) && !str_eq_z(columns[EPOCH], "0"))
        package->version =
            arena_printf(arena, "%.*s:%.*s", STR_ARG(columns[EPOCH]), STR_ARG(package->version));
    package->arch = columns[ARCH];
    read_source(columns[SOURCE], package);
    package->supplier = columns[VENDOR];
    package->license = columns[LICENSE];
    return true;
}

bool packages_read_rpm(struct str text, struct arena *arena, struct packages *out, struct err *err)
{
    struct lines lines = { text, 0 };
    bool has_package = false;
    struct str line;

    while (lines_next(&lines, &line)) {
        struct package package = { .kind = PACKAGE_RPM, .line = lines.number };
        struct str whole = str_trim(line);

        /* A key has the shape of a package and is none. */
        if (str_is_empty(whole) || str_starts(whole, STR("gpg-pubkey")))
            continue;
        if (str_contains(line, STR("\t")) ? !read_columns(line, arena, &package)
                                          : !split_nevra(whole, &package)) {
            packages_problem(out, arena, lines.number, N_("This is no name of an rpm package."),
                             whole);
            continue;
        }
        has_package = true;
        if (!packages_add(out, arena, &package, err))
            return PASS(err);
    }
    return has_package || packages_fail(err, 1, "it holds no line of rpm -qa");
}

/* An entry has its name whole, or in parts. */
static bool read_entry(struct json rpm, struct arena *arena, struct package *package)
{
    struct str nevra = json_text(json_get(rpm, "nerva")); /* sic */
    struct str version = json_text(json_get(rpm, "version"));
    struct str release = json_text(json_get(rpm, "release"));

    if (str_is_empty(nevra))
        nevra = json_text(json_get(rpm, "nevra"));
    if (!str_is_empty(nevra) && !split_nevra(nevra, package))
        return false;
    if (str_is_empty(nevra)) {
        package->name = json_text(json_get(rpm, "name"));
        package->arch = json_text(json_get(rpm, "architecture"));
        package->version = arena_printf(arena, "%.*s-%.*s", STR_ARG(version), STR_ARG(release));
        if (str_is_empty(package->name) || str_is_empty(version) || str_is_empty(release))
            return false;
    }
    read_source(json_text(json_get(rpm, "srpm_nevra")), package);
    str_skip(&package->version, STR("0:")); /* no epoch is epoch 0 */
    str_skip(&package->source_version, STR("0:"));
    return true;
}

bool packages_read_rpm_manifest(struct str text, struct arena *arena, struct packages *out,
                                struct err *err)
{
    struct json manifest, rpms, rpm;
    struct json_lines lines;

    if (!json_read(text, arena, &manifest, err))
        return PASS(err);
    lines = json_lines(text, manifest);
    rpms = json_get(manifest, "rpms");
    if (json_kind(rpms) != JSON_ARRAY)
        return packages_fail(err, 1, "it holds no list of rpms");
    for (struct json_iter i = json_iter(rpms); json_next(&i, NULL, &rpm);) {
        struct package package = { .kind = PACKAGE_RPM, .line = json_line(&lines, rpm) };

        if (!read_entry(rpm, arena, &package)) {
            packages_problem(out, arena, package.line, N_("This is no name of an rpm package."),
                             json_text(json_get(rpm, "name")));
            continue;
        }
        if (!packages_add(out, arena, &package, err))
            return PASS(err);
    }
    return true;
}
