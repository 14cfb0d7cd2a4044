#include "base/err.h"
#include "base/tr.h"
#include "formats/packages/packages_internal.h"

/* A stanza as it is gathered. */
struct stanza {
    struct package package;
    struct str status;
    bool has_field, is_feature, is_port;
};

/* "glibc (2.36-9)"; without parentheses the source has the package's own version. */
static void read_source(struct str value, struct package *package)
{
    size_t open = str_index(value, '('), close = str_index(value, ')');

    package->source_name = str_trim(str_take(value, open));
    if (open < close && close < value.len)
        package->source_version = str_trim((struct str){ value.ptr + open + 1, close - open - 1 });
}

static void read_field(struct str line, struct stanza *stanza)
{
    struct package *package = &stanza->package;
    struct str name, value;

    if (line.ptr[0] == ' ' || line.ptr[0] == '\t' || !field_parse(line, &name, &value))
        return; /* a line that goes on, or noise */
    stanza->has_field = true;
    if (str_eq_nocase(name, STR("Package")))
        package->name = value;
    else if (str_eq_nocase(name, STR("Version")))
        package->version = value;
    else if (str_eq_nocase(name, STR("Architecture")))
        package->arch = value;
    else if (str_eq_nocase(name, STR("Source")))
        read_source(value, package);
    else if (str_eq_nocase(name, STR("Maintainer")))
        package->supplier = value;
    else if (str_eq_nocase(name, STR("Status")))
        stanza->status = value;
    else if (str_eq_nocase(name, STR("Feature")))
        stanza->is_feature =
            true; /* vcpkg writes files of the same shape: a feature is part of its port */
    else if (str_eq_nocase(name, STR("Type")) && str_eq_nocase(value, STR("Port")))
        stanza->is_port = true;
}

/* "install ok installed": the third word says whether its files are there; no status is that of a list of installed ones. */
static bool is_installed(struct str status)
{
    return !str_ends(status, STR(" config-files")) && !str_ends(status, STR(" not-installed"));
}

static bool end_stanza(struct stanza *stanza, struct arena *arena, struct packages *out,
                       struct err *err)
{
    struct package package = stanza->package;
    bool is_wanted = stanza->has_field && !stanza->is_feature && is_installed(stanza->status);

    if (is_wanted && str_is_empty(package.name))
        packages_problem(out, arena, package.line, N_("A stanza names no package."), STR_NONE);
    is_wanted = is_wanted && !str_is_empty(package.name);
    package.kind = stanza->is_port ? PACKAGE_OTHER : PACKAGE_DEB;
    if (package.kind == PACKAGE_DEB && str_is_empty(package.source_name))
        package.source_name = package.name;
    if (str_is_empty(package.source_version))
        package.source_version = str_is_empty(package.source_name) ? STR_NONE : package.version;
    *stanza = (struct stanza){ 0 };
    return !is_wanted || packages_add(out, arena, &package, err);
}

bool packages_read_dpkg_status(struct str text, struct arena *arena, struct packages *out,
                               struct err *err)
{
    struct lines lines = { text, 0 };
    struct stanza stanza = { 0 };
    bool has_package = false;
    struct str line;

    while (lines_next(&lines, &line)) {
        if (str_is_empty(line)) {
            if (!end_stanza(&stanza, arena, out, err))
                return PASS(err);
            continue;
        }
        if (!stanza.has_field)
            stanza.package.line = lines.number;
        read_field(line, &stanza);
        has_package = has_package || !str_is_empty(stanza.package.name);
    }
    if (!end_stanza(&stanza, arena, out, err))
        return PASS(err);
    return has_package || packages_fail(err, 1, "it holds no stanza of dpkg");
}

/* "ii ", "hi ", "iU", "rc": wish, state, perhaps R for "must be installed anew". */
static bool is_row(struct str line)
{
    static const char wishes[] = "uihrp", states[] = "ncHUFWti";

    return line.len > 4 && str_index(STR(wishes), line.ptr[0]) < sizeof wishes - 1 &&
           str_index(STR(states), line.ptr[1]) < sizeof states - 1 &&
           (line.ptr[2] == ' ' || line.ptr[2] == 'R') && line.ptr[3] == ' ';
}

bool packages_read_dpkg_list(struct str text, struct arena *arena, struct packages *out,
                             struct err *err)
{
    struct lines lines = { text, 0 };
    bool has_row = false;
    struct str line;

    while (lines_next(&lines, &line)) {
        struct package package = { .kind = PACKAGE_DEB, .line = lines.number };
        struct str rest = str_drop(line, 3);

        if (!is_row(line))
            continue;
        has_row = true;
        if (line.ptr[1] == 'n' || line.ptr[1] == 'c')
            continue; /* none of its files is there */
        if (!word_next(&rest, &package.name) || !word_next(&rest, &package.version) ||
            !word_next(&rest, &package.arch)) {
            packages_problem(out, arena, lines.number, N_("The line is not whole."), line);
            continue;
        }
        package.name = str_take(package.name, str_index(package.name, ':')); /* "libc6:amd64" */
        if (!packages_add(out, arena, &package, err))
            return PASS(err);
    }
    return has_row || packages_fail(err, 1, "it holds no line of dpkg -l");
}
