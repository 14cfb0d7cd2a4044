#include <string.h>

#include "base/err.h"
#include "base/lookup.h"
#include "base/tr.h"
#include "formats/json/json.h"
#include "formats/packages/packages_internal.h"

static const char modules[] = "node_modules/";

struct reader {
    struct arena *arena;
    struct json_lines lines;
    struct packages *out;
    struct lookup places; /* of the packages, by path */
    char *room;           /* where paths are put together */
    size_t room_size;
    struct err *err;
};

/* package.json and lock files say it as a text, old ones as an object or a list of them. */
static struct str license_of(struct json json)
{
    struct json license = json_get(json, "license");

    if (json_kind(license) == JSON_OBJECT)
        license = json_get(license, "type");
    return json_text(license);
}

static struct str name_in_path(struct str path)
{
    struct str name = path;

    for (size_t at; (at = str_index_str(name, STR(modules))) < name.len;)
        name = str_drop(name, at + sizeof modules - 1);
    return name;
}

static bool is_true(struct json json, const char *key) { return json_is_true(json_get(json, key)); }

static bool is_development(struct json json)
{
    return is_true(json, "dev") || is_true(json, "devOptional");
}

/* A link to a folder of the same project, or what is not from the registry: its version says nothing. */
static bool is_release(struct str version)
{
    return !str_is_empty(version) && str_index(version, ':') == version.len &&
           str_index(version, '/') == version.len;
}

static bool add(struct reader *reader, struct json json, struct str path, struct str name)
{
    struct package package = {
        .kind = PACKAGE_NPM,
        .name = name,
        .version = json_text(json_get(json, "version")),
        .license = license_of(json),
        .path = path,
        .is_development = is_development(json),
        .line = json_line(&reader->lines, json),
    };
    struct str alias = json_text(json_get(json, "name"));

    if (!str_is_empty(alias))
        package.name = alias; /* "npm:other@1" is installed under a name of the project's choice */
    if (str_skip(&package.version, STR("npm:"))) {
        size_t at = str_index(str_drop(package.version, 1), '@') + 1;

        package.name = str_take(package.version, at);
        package.version = str_drop(package.version, at + 1);
    }
    if (str_is_empty(package.name)) {
        packages_problem(reader->out, reader->arena, package.line, N_("An entry names no package."),
                         path);
        return true;
    }
    if (!is_release(package.version)) {
        packages_problem(reader->out, reader->arena, package.line,
                         N_("The package is not a release of a registry."), package.name);
        package.kind = PACKAGE_OTHER;
        package.version = STR_NONE;
    }
    lookup_add(reader->arena, &reader->places, path, reader->out->list.len);
    return packages_add(reader->out, reader->arena, &package, reader->err);
}

/* folder + "/node_modules/" + name, in room that is used again. */
static struct str path_in(struct reader *reader, struct str folder, struct str name)
{
    size_t size = folder.len + sizeof modules + name.len, at = folder.len;

    if (size > reader->room_size) {
        reader->room_size = 2 * size;
        reader->room = arena_alloc(reader->arena, reader->room_size);
    }
    if (folder.len > 0) {
        memcpy(reader->room, folder.ptr, folder.len);
        reader->room[at++] = '/';
    }
    memcpy(reader->room + at, modules, sizeof modules - 1);
    at += sizeof modules - 1;
    if (name.len > 0)
        memcpy(reader->room + at, name.ptr, name.len);
    return (struct str){ reader->room, at + name.len };
}

/* Node looks beside the asking module, then one folder further out, up to the project's own. */
static bool resolve(struct reader *reader, struct str path, struct str name, size_t *place)
{
    for (;;) {
        size_t last = 0;

        if (lookup_find(&reader->places, path_in(reader, path, name), place))
            return true;
        if (path.len == 0)
            return false;
        for (size_t i = 1; i + sizeof modules - 1 <= path.len; i++)
            if (path.ptr[i] == '/' && str_starts(str_drop(path, i), STR("/node_modules/")))
                last = i;
        path = str_take(path, last);
    }
}

static bool add_edges(struct reader *reader, struct json json, const char *key, struct str path,
                      size_t from)
{
    struct str name;
    struct json value;

    for (struct json_iter i = json_iter(json_get(json, key)); json_next(&i, &name, &value);) {
        size_t to;

        if (!resolve(reader, path, name, &to))
            continue; /* optional, or for another system */
        if (reader->out->edges.len == PACKAGES_EDGES_MAX)
            return FAIL(reader->err, TOO_LARGE, STR("the list of dependencies"));
        VEC_PUSH(reader->arena, &reader->out->edges, (struct package_edge){ from, to });
    }
    return true;
}

/* Versions 2 and 3: one object, keys are folders. */
static bool read_flat(struct reader *reader, struct json packages)
{
    struct str path;
    struct json json;

    for (struct json_iter i = json_iter(packages); json_next(&i, &path, &json);)
        if (path.len > 0 && !is_true(json, "link") && !add(reader, json, path, name_in_path(path)))
            return PASS(reader->err);
    lookup_sort(&reader->places);
    for (struct json_iter i = json_iter(packages); json_next(&i, &path, &json);) {
        size_t from;

        if (lookup_find(&reader->places, path, &from) &&
            (!add_edges(reader, json, "dependencies", path, from) ||
             !add_edges(reader, json, "optionalDependencies", path, from) ||
             !add_edges(reader, json, "peerDependencies", path, from)))
            return PASS(reader->err);
    }
    return true;
}

/* Version 1: dependencies within dependencies, at most as deep as JSON may be. */
static bool add_nested(struct reader *reader, struct json dependencies, struct str folder)
{
    struct str name;
    struct json json;

    for (struct json_iter i = json_iter(dependencies); json_next(&i, &name, &json);) {
        struct str path = arena_printf(reader->arena, "%.*s%s%s%.*s", STR_ARG(folder),
                                       folder.len > 0 ? "/" : "", modules, STR_ARG(name));

        if (!add(reader, json, path, name) ||
            !add_nested(reader, json_get(json, "dependencies"), path))
            return PASS(reader->err);
    }
    return true;
}

static bool link_nested(struct reader *reader, struct json dependencies, struct str folder)
{
    struct str name;
    struct json json;

    for (struct json_iter i = json_iter(dependencies); json_next(&i, &name, &json);) {
        struct str path = arena_printf(reader->arena, "%.*s%s%s%.*s", STR_ARG(folder),
                                       folder.len > 0 ? "/" : "", modules, STR_ARG(name));
        size_t from;

        if ((lookup_find(&reader->places, path, &from) &&
             !add_edges(reader, json, "requires", path, from)) ||
            !link_nested(reader, json_get(json, "dependencies"), path))
            return PASS(reader->err);
    }
    return true;
}

static bool begin(struct reader *reader, struct json_reader *values, struct str text,
                  struct json *json)
{
    if (!json_reader_open(values, text, reader->arena, json, &reader->lines, reader->err))
        return PASS(reader->err);
    return json_kind(*json) == JSON_OBJECT || packages_fail(reader->err, 1, "it is no object");
}

bool packages_read_npm_lock(struct str text, struct arena *arena, struct packages *out,
                            struct err *err)
{
    CLEANUP(json_reader_free_var) struct json_reader *values = json_reader_new();
    struct reader reader = { .arena = arena, .out = out, .err = err };
    struct json json, packages, dependencies;

    if (!begin(&reader, values, text, &json))
        return PASS(err);
    packages = json_get(json, "packages");
    dependencies = json_get(json, "dependencies");
    if (json_kind(json_get(json, "lockfileVersion")) != JSON_NUMBER)
        return packages_fail(err, 1, "it has no lockfileVersion");
    out->subject = (struct package){ .kind = PACKAGE_NPM,
                                     .name = json_text(json_get(json, "name")),
                                     .version = json_text(json_get(json, "version")),
                                     .line = 1 };
    if (json_kind(packages) == JSON_OBJECT) /* 2 has both, and says that this one counts */
        return read_flat(&reader, packages);
    if (!add_nested(&reader, dependencies, STR_NONE))
        return PASS(err);
    lookup_sort(&reader.places);
    return link_nested(&reader, dependencies, STR_NONE);
}

bool packages_read_npm_package(struct str text, struct arena *arena, struct packages *out,
                               struct err *err)
{
    CLEANUP(json_reader_free_var) struct json_reader *values = json_reader_new();
    struct reader reader = { .arena = arena, .out = out, .err = err };
    struct json json;

    if (!begin(&reader, values, text, &json))
        return PASS(err);
    if (str_is_empty(json_text(json_get(json, "name"))) ||
        str_is_empty(json_text(json_get(json, "version"))))
        return true; /* such files only say how the files beside them are to be loaded */
    return add(&reader, json, STR_NONE, json_text(json_get(json, "name")));
}
