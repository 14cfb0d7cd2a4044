#include "base/ascii.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/tr.h"
#include "formats/json/json.h"
#include "formats/packages/packages_internal.h"

/* A name as PEP 508 has it: letters, digits, ". _ -" between them. */
static struct str take_name(struct str *rest)
{
    struct str name;
    size_t n = 0;

    while (n < rest->len && (ascii_is_alnum(rest->ptr[n]) || rest->ptr[n] == '.' ||
                             rest->ptr[n] == '_' || rest->ptr[n] == '-'))
        n++;
    name = str_take(*rest, n);
    *rest = str_trim(str_drop(*rest, n));
    return name;
}

/* "==1.2", "===1.2", but not "==1.2.*" or "==1.2,!=…". */
static struct str pinned_version(struct str rest)
{
    struct str version;

    rest = str_trim(str_take(rest, str_index(rest, ';'))); /* markers */
    rest = str_trim(str_take(rest, str_index_str(rest, STR("--hash"))));
    if (str_skip(&rest, STR("(")))
        rest = str_trim(str_take(rest, str_index(rest, ')')));
    if (!str_skip(&rest, STR("===")) && !str_skip(&rest, STR("==")))
        return STR_NONE;
    version = str_trim(rest);
    return str_index(version, ',') < version.len || str_index(version, '*') < version.len ? STR_NONE
                                                                                          : version;
}

/* "Package   Version" and dashes below it is what pip list prints. */
static bool is_heading(struct str line)
{
    struct str word;

    return (word_next(&line, &word) && str_eq_z(word, "Package") && word_next(&line, &word) &&
            str_eq_z(word, "Version"));
}

static bool is_rule(struct str line)
{
    size_t n = 0;

    while (n < line.len && (line.ptr[n] == '-' || line.ptr[n] == ' '))
        n++;
    return n == line.len && str_starts(line, STR("---"));
}

/* Without what '#' begins at the line's start or behind a blank. */
static struct str without_remark(struct str line)
{
    for (size_t i = 0; i < line.len; i++)
        if (line.ptr[i] == '#' && (i == 0 || line.ptr[i - 1] == ' ' || line.ptr[i - 1] == '\t'))
            return str_take(line, i);
    return line;
}

/* A line that ends with '\' goes on. */
static bool next_whole_line(struct lines *lines, struct arena *arena, struct str *line,
                            size_t *number)
{
    struct buf buf;

    if (!lines_next(lines, line))
        return false;
    *number = lines->number;
    if (!str_ends(*line, STR("\\")))
        return true;
    buf = buf_new(arena, lines->rest.len + line->len + 1);
    do {
        bool goes_on = str_ends(*line, STR("\\"));

        buf_add(&buf, str_take(*line, line->len - goes_on));
        if (!goes_on)
            break;
    } while (lines_next(lines, line));
    *line = buf_str(&buf);
    return true;
}

static bool read_requirement(struct str line, size_t number, struct arena *arena,
                             struct packages *out, struct err *err)
{
    struct package package = { .kind = PACKAGE_PYPI, .line = number };
    struct str rest = line;

    package.name = take_name(&rest);
    if (str_is_empty(package.name)) {
        packages_problem(out, arena, number, N_("This is no requirement of pip."), line);
        return true;
    }
    if (str_skip(&rest, STR("["))) /* extras */
        rest = str_trim(str_drop(rest, str_index(rest, ']') + 1));
    package.version = pinned_version(rest);
    if (str_is_empty(package.version))
        packages_problem(out, arena, number, N_("No single version is named."), line);
    return packages_add(out, arena, &package, err);
}

static bool read_list(struct lines *lines, struct arena *arena, struct packages *out,
                      struct err *err)
{
    struct str line;

    while (lines_next(lines, &line)) {
        struct package package = { .kind = PACKAGE_PYPI, .line = lines->number };

        if (is_rule(line) || !word_next(&line, &package.name))
            continue;
        if (!word_next(&line, &package.version)) {
            packages_problem(out, arena, lines->number, N_("The line is not whole."), line);
            continue;
        }
        if (!packages_add(out, arena, &package, err))
            return PASS(err);
    }
    return true;
}

/* [{"name": "pip", "version": "23.2.1"}]: pip list --format json */
static bool read_json_list(struct str text, struct arena *arena, struct packages *out,
                           struct err *err)
{
    CLEANUP(json_reader_free_var) struct json_reader *values = json_reader_new();
    struct json_lines lines;
    struct json whole, one;

    if (!json_reader_open(values, text, arena, &whole, &lines, err))
        return PASS(err);
    for (struct json_iter i = json_iter(whole); json_next(&i, NULL, &one);) {
        struct package package = { .kind = PACKAGE_PYPI,
                                   .name = json_text(json_get(one, "name")),
                                   .version = json_text(json_get(one, "version")),
                                   .line = json_line(&lines, one) };

        if (str_is_empty(package.name) || str_is_empty(package.version)) {
            packages_problem(out, arena, package.line, N_("The line is not whole."), package.name);
            continue;
        }
        if (!packages_add(out, arena, &package, err))
            return PASS(err);
    }
    return out->list.len > 0 || packages_fail(err, 1, "it holds no requirement of pip");
}

bool packages_read_pip(struct str text, struct arena *arena, struct packages *out, struct err *err)
{
    struct lines lines = { text, 0 };
    struct str line;
    size_t number;

    if (str_starts(str_trim(text), STR("[")))
        return read_json_list(text, arena, out, err) || PASS(err);
    while (next_whole_line(&lines, arena, &line, &number)) {
        line = str_trim(without_remark(line));
        if (str_is_empty(line))
            continue;
        if (is_heading(line))
            return read_list(&lines, arena, out, err);
        if (line.ptr[0] == '-') { /* another file, a project, an index */
            if (!str_starts(line, STR("--")))
                packages_problem(out, arena, number, N_("What this line names is not followed."),
                                 line);
            continue;
        }
        if (!read_requirement(line, number, arena, out, err))
            return PASS(err);
    }
    return out->list.len > 0 || packages_fail(err, 1, "it holds no requirement of pip");
}

bool packages_read_python(struct str text, struct arena *arena, struct packages *out,
                          struct err *err)
{
    struct package package = { .kind = PACKAGE_PYPI, .line = 1 };
    struct lines lines = { text, 0 };
    struct str line, name, value, license = STR_NONE;

    /* A blank line ends the head; what follows is the project's own words. */
    while (lines_next(&lines, &line) && !str_is_empty(line)) {
        if (line.ptr[0] == ' ' || line.ptr[0] == '\t' || !field_parse(line, &name, &value))
            continue;
        if (str_eq_nocase(name, STR("Name")) && str_is_empty(package.name))
            package.name = value;
        else if (str_eq_nocase(name, STR("Version")) && str_is_empty(package.version))
            package.version = value;
        else if (str_eq_nocase(name, STR("License-Expression")))
            package.license = value;
        else if (str_eq_nocase(name, STR("License")) && !str_eq_nocase(value, STR("UNKNOWN")))
            license = value;
        else if (str_eq_nocase(name, STR("Author")) && !str_eq_nocase(value, STR("UNKNOWN")))
            package.supplier = value;
    }
    if (str_is_empty(package.name) || str_is_empty(package.version))
        return packages_fail(err, 1, "it has no Name or no Version");
    if (str_is_empty(package.license))
        package.license = license;
    return packages_add(out, arena, &package, err);
}
