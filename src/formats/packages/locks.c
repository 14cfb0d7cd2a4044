/* Lock files of Cargo, Bundler, Go and Composer: exact versions, one a package. */
#include "base/buf.h"
#include "base/err.h"
#include "base/tr.h"
#include "formats/json/json.h"
#include "formats/packages/packages_internal.h"

static bool add(struct packages *out, struct arena *arena, enum package_kind kind, struct str name,
                struct str version, size_t line, bool is_development, struct err *err)
{
    struct package package = { .kind = kind,
                               .name = name,
                               .version = version,
                               .line = line,
                               .is_development = is_development };

    if (str_is_empty(name) || str_is_empty(version)) {
        packages_problem(out, arena, line, N_("The line is not whole."), name);
        return true;
    }
    return packages_add(out, arena, &package, err);
}

static bool has_some(const struct packages *out, struct err *err)
{
    return out->list.len > 0 || packages_fail(err, 1, "it locks no package");
}

/* ---- Cargo.lock: [[package]], then name = "…", version = "…", source = "…" ---- */

struct crate {
    struct str name, version, source;
    size_t line; /* 0: none has begun */
};

/* What has no source is the project itself; what comes from elsewhere is no release of the registry. */
static bool end_crate(const struct crate *crate, struct arena *arena, struct packages *out,
                      struct err *err)
{
    if (crate->line == 0 || str_is_empty(crate->source))
        return true;
    if (!str_starts(crate->source, STR("registry+")) &&
        !str_starts(crate->source, STR("sparse+"))) {
        packages_problem(out, arena, crate->line, N_("The package is not a release of a registry."),
                         crate->name);
        return true;
    }
    return add(out, arena, PACKAGE_CARGO, crate->name, crate->version, crate->line, false, err);
}

static struct str quoted(struct str value)
{
    value = str_trim(value);
    return str_skip(&value, STR("\"")) ? str_take(value, str_index(value, '"')) : STR_NONE;
}

bool packages_read_cargo_lock(struct str text, struct arena *arena, struct packages *out,
                              struct err *err)
{
    struct lines lines = { text, 0 };
    struct crate crate = { 0 };
    struct str line;

    while (lines_next(&lines, &line)) {
        size_t at = str_index(line, '=');
        struct str key = str_trim(str_take(line, at)), value = quoted(str_drop(line, at + 1));

        if (str_starts(line, STR("["))) {
            if (!end_crate(&crate, arena, out, err))
                return PASS(err);
            crate =
                (struct crate){ .line = str_starts(line, STR("[[package]]")) ? lines.number : 0 };
        } else if (str_eq_z(key, "name")) {
            crate.name = value;
        } else if (str_eq_z(key, "version")) {
            crate.version = value;
        } else if (str_eq_z(key, "source")) {
            crate.source = value;
        }
    }
    return end_crate(&crate, arena, out, err) && has_some(out, err) ? true : PASS(err);
}

/* ---- Gemfile.lock: below GEM and specs, "    name (1.2.3-platform)"; deeper lines are what each needs ---- */

bool packages_read_gemfile_lock(struct str text, struct arena *arena, struct packages *out,
                                struct err *err)
{
    struct lines lines = { text, 0 };
    struct str line, section = STR_NONE;

    while (lines_next(&lines, &line)) {
        struct str name, version;

        if (str_is_empty(str_trim(line)))
            continue;
        if (line.ptr[0] != ' ') {
            section = str_trim(line);
            continue;
        }
        if (!str_skip(&line, STR("    ")) || str_starts(line, STR(" ")))
            continue;
        name = str_trim(str_take(line, str_index(line, '(')));
        version = str_drop(line, str_index(line, '(') + 1);
        version = str_take(version, str_index(version, ')'));
        version = str_take(version, str_index(version, '-'));
        if (str_eq_z(section, "GEM")) {
            if (!add(out, arena, PACKAGE_GEM, name, version, lines.number, false, err))
                return PASS(err);
        } else if (str_eq_z(section, "GIT")) {
            packages_problem(out, arena, lines.number,
                             N_("The package is not a release of a registry."), name);
        }
    }
    return has_some(out, err) ? true : PASS(err);
}

/* ---- go.mod: "require path v1.2.3", or a block of them ---- */

static bool read_module(struct str line, size_t number, struct arena *arena, struct packages *out,
                        struct err *err)
{
    struct str name, version = STR_NONE;

    if (!word_next(&line, &name))
        return true;
    (void)word_next(&line, &version);
    return add(out, arena, PACKAGE_GO, name, version, number, false, err);
}

bool packages_read_go_mod(struct str text, struct arena *arena, struct packages *out,
                          struct err *err)
{
    struct lines lines = { text, 0 };
    struct str line, block = STR_NONE;

    while (lines_next(&lines, &line)) {
        struct str rest = str_trim(str_take(line, str_index_str(line, STR("//")))), word = STR_NONE,
                   whole = rest;

        if (str_is_empty(rest))
            continue;
        if (str_is_empty(block)) {
            (void)word_next(&rest, &word);
            rest = str_trim(rest);
            if (str_eq_z(rest, "(")) {
                block = word;
                continue;
            }
        } else if (str_eq_z(rest, ")")) {
            block = STR_NONE;
            continue;
        } else {
            word = block;
        }
        if (str_eq_z(word, "require") && !read_module(rest, lines.number, arena, out, err))
            return PASS(err);
        if (str_eq_z(word, "replace"))
            packages_problem(out, arena, lines.number, N_("What this line names is not followed."),
                             whole);
    }
    return has_some(out, err) ? true : PASS(err);
}

/* ---- composer.lock ---- */

static bool read_composer(struct json list, bool is_development, struct json_lines *lines,
                          struct arena *arena, struct packages *out, struct err *err)
{
    struct json one;

    for (struct json_iter i = json_iter(list); json_next(&i, NULL, &one);)
        if (!add(out, arena, PACKAGE_COMPOSER, json_text(json_get(one, "name")),
                 json_text(json_get(one, "version")), json_line(lines, one), is_development, err))
            return PASS(err);
    return true;
}

bool packages_read_composer_lock(struct str text, struct arena *arena, struct packages *out,
                                 struct err *err)
{
    CLEANUP(json_reader_free_var) struct json_reader *values = json_reader_new();
    struct json_lines lines;
    struct json json;

    return json_reader_open(values, text, arena, &json, &lines, err) &&
                   read_composer(json_get(json, "packages"), false, &lines, arena, out, err) &&
                   read_composer(json_get(json, "packages-dev"), true, &lines, arena, out, err) &&
                   has_some(out, err)
               ? true
               : PASS(err);
}
