#include "base/ascii.h"
#include "base/err.h"
#include "base/tr.h"
#include "formats/packages/packages_internal.h"

static bool end_package(struct package *package, struct arena *arena, struct packages *out,
                        struct err *err)
{
    struct package ended = *package;

    *package = (struct package){ .kind = PACKAGE_APK };
    if (!str_is_empty(ended.source_name))
        ended.source_version = ended.version; /* built from one recipe, so of one version */
    return str_is_empty(ended.name) || packages_add(out, arena, &ended, err);
}

bool packages_read_apk_status(struct str text, struct arena *arena, struct packages *out,
                              struct err *err)
{
    struct package package = { .kind = PACKAGE_APK };
    struct lines lines = { text, 0 };
    struct str line;

    while (lines_next(&lines, &line)) {
        struct str value = str_drop(line, 2);

        if (str_is_empty(line)) {
            if (!end_package(&package, arena, out, err))
                return PASS(err);
            continue;
        }
        if (line.len < 2 || line.ptr[1] != ':')
            continue;
        switch (line.ptr[0]) {
        case 'P':
            package.name = value;
            package.line = lines.number;
            break;
        case 'V':
            package.version = value;
            break;
        case 'A':
            package.arch = value;
            break;
        case 'L':
            package.license = value;
            break;
        case 'o':
            package.source_name = value;
            break;
        case 'm':
            package.supplier = value;
            break;
        default:
            break;
        }
    }
    if (!end_package(&package, arena, out, err))
        return PASS(err);
    return out->list.len > 0 || packages_fail(err, 1, "it holds no package of apk");
}

/* "ca-certificates-bundle-20230506-r0": the version begins behind the last but one dash and with a digit, and ends with "-r" and a number. */
static bool split_name(struct str whole, struct package *package)
{
    size_t dashes[2] = { 0 }, count = 0;

    for (size_t i = whole.len; i > 0 && count < 2; i--)
        if (whole.ptr[i - 1] == '-')
            dashes[count++] = i - 1;
    if (count < 2 || dashes[1] == 0 || !str_starts(str_drop(whole, dashes[0]), STR("-r")) ||
        dashes[0] + 2 >= whole.len || !ascii_is_digit(whole.ptr[dashes[0] + 2]) ||
        !ascii_is_digit(whole.ptr[dashes[1] + 1]))
        return false;
    package->name = str_take(whole, dashes[1]);
    package->version = str_drop(whole, dashes[1] + 1);
    return true;
}

/* apk list -I goes on: "musl-1.2.4-r2 x86_64 {musl} (MIT) [installed]" */
static void read_rest(struct str rest, struct package *package)
{
    size_t open = str_index(rest, '{'), close = str_index(rest, '}');
    struct str arch;

    if (open == rest.len || close < open || close == rest.len || !word_next(&rest, &arch))
        return;
    package->arch = arch;
    open = str_index(rest, '{');
    close = str_index(rest, '}');
    if (close < open || close == rest.len)
        return;
    package->source_name = str_trim((struct str){ rest.ptr + open + 1, close - open - 1 });
    package->source_version = package->version;
    rest = str_trim(str_drop(rest, close + 1));
    if (str_skip(&rest, STR("(")))
        package->license = str_take(rest, str_index_str(rest, STR(") [")));
}

bool packages_read_apk_list(struct str text, struct arena *arena, struct packages *out,
                            struct err *err)
{
    struct lines lines = { text, 0 };
    struct str line;

    while (lines_next(&lines, &line)) {
        struct package package = { .kind = PACKAGE_APK, .line = lines.number };
        struct str name;

        if (str_starts(line, STR("WARNING:")) || !word_next(&line, &name))
            continue;
        if (!split_name(name, &package)) {
            packages_problem(out, arena, lines.number, N_("This is no name of an apk package."),
                             name);
            continue;
        }
        read_rest(line, &package);
        if (!packages_add(out, arena, &package, err))
            return PASS(err);
    }
    return out->list.len > 0 || packages_fail(err, 1, "it holds no line of apk info -v");
}
