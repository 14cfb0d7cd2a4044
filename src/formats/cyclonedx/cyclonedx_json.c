#include <string.h>

#include "base/err.h"
#include "formats/cyclonedx/cyclonedx_internal.h"
#include "formats/json/json.h"

struct reader {
    struct arena *arena;
    struct json_lines lines;
    struct cyclonedx *document;
    size_t edges;
    struct err *err;
};

/* What has no place, since it is not there, is told at the last place that was asked for. */
static bool refuse(struct reader *reader, struct json at, const char *what, struct str value)
{
    unsigned line = json_line(&reader->lines, at);

    return cyclonedx_fail(reader->err, line > 0 ? line : reader->lines.line, what, value);
}

/* null is as good as nothing. */
static bool is_absent(struct json json)
{
    return json_kind(json) == JSON_NONE || json_kind(json) == JSON_NULL;
}

static bool is_kind(struct reader *reader, struct json json, enum json_kind kind, const char *name)
{
    static const char *const words[] = { [JSON_TEXT] = "it must be a text",
                                         [JSON_ARRAY] = "it must be a list",
                                         [JSON_OBJECT] = "it must be an object" };

    return is_absent(json) || json_kind(json) == kind ||
           refuse(reader, json, words[kind], str_from_z(name));
}

static bool text_of(struct reader *reader, struct json object, const char *key, struct str *out)
{
    struct json text = json_get(object, key);

    if (!is_kind(reader, text, JSON_TEXT, key))
        return false;
    if (!is_absent(text))
        *out = json_text(text);
    return true;
}

static bool read_hashes(struct reader *reader, struct json hashes)
{
    struct json hash;

    if (!is_kind(reader, hashes, JSON_ARRAY, "hashes"))
        return false;
    for (struct json_iter i = json_iter(hashes); json_next(&i, NULL, &hash);)
        if (!cyclonedx_check_hash(json_text(json_get(hash, "alg")),
                                  json_text(json_get(hash, "content")), 0, reader->err)) {
            reader->err->line = json_line(&reader->lines, hash);
            return false;
        }
    return true;
}

static bool read_license(struct reader *reader, struct json item, struct cyclonedx_strings *words,
                         size_t *expressions)
{
    struct str expression = STR_NONE, id = STR_NONE, name = STR_NONE, encoding = STR_NONE;
    struct json license = json_get(item, "license");

    if (!text_of(reader, item, "expression", &expression) || !text_of(reader, license, "id", &id) ||
        !text_of(reader, license, "name", &name) ||
        !text_of(reader, json_get(license, "text"), "encoding", &encoding))
        return false;
    if (is_absent(license) != (expression.ptr != NULL) ||
        !cyclonedx_check_license(expression.ptr != NULL, id.ptr != NULL, name.ptr != NULL, 0,
                                 reader->err))
        return refuse(reader, item, "a licence must have one of: an id, a name, an expression",
                      STR_NONE);
    if (encoding.ptr && !str_eq_z(encoding, "base64"))
        return refuse(reader, license, "an unknown encoding", encoding);
    *expressions += expression.ptr != NULL;
    VEC_PUSH(reader->arena, words, expression.ptr ? expression : id.ptr ? id : name);
    return true;
}

static bool read_licenses(struct reader *reader, struct json licenses, struct str *out)
{
    struct cyclonedx_strings words = { 0 };
    size_t expressions = 0;
    struct json item;

    if (!is_kind(reader, licenses, JSON_ARRAY, "licenses"))
        return false;
    for (struct json_iter i = json_iter(licenses); json_next(&i, NULL, &item);)
        if (!read_license(reader, item, &words, &expressions))
            return false;
    if (!cyclonedx_check_licenses(reader->document->version, expressions, words.len - expressions,
                                  0, reader->err)) {
        reader->err->line = json_line(&reader->lines, licenses);
        return false;
    }
    *out = cyclonedx_join(reader->arena, &words);
    return true;
}

/* component: NULL when they are only to be checked. */
static bool read_properties(struct reader *reader, struct json properties,
                            struct cyclonedx_component *component)
{
    struct json item;

    if (!is_kind(reader, properties, JSON_ARRAY, "properties"))
        return false;
    for (struct json_iter i = json_iter(properties); json_next(&i, NULL, &item);) {
        struct cyclonedx_property property = { 0 };

        if (!text_of(reader, item, "name", &property.name) ||
            !text_of(reader, item, "value", &property.value))
            return false;
        if (!property.name.ptr)
            return refuse(reader, item, "a property without a name", property.value);
        if (component)
            VEC_PUSH(reader->arena, &component->properties, property);
    }
    return true;
}

/* What a component has beside plain texts. */
struct parts {
    struct json hashes, licenses, properties, supplier, manufacturer, evidence, swid, range,
        external;
};

static const struct member {
    const char *name;
    size_t length, text, part; /* where it goes: into the component or the parts */
} members[] = {
#define TEXT(name, member)                                                             \
    {                                                                                  \
        name, sizeof(name) - 1, offsetof(struct cyclonedx_component, member), SIZE_MAX \
    }
#define PART(name, member)                                               \
    {                                                                    \
        name, sizeof(name) - 1, SIZE_MAX, offsetof(struct parts, member) \
    }
    TEXT("type", type),
    TEXT("name", name),
    TEXT("version", version),
    TEXT("purl", purl),
    TEXT("bom-ref", ref),
    TEXT("group", group),
    TEXT("scope", scope),
    TEXT("cpe", cpe),
    TEXT("publisher", publisher),
    TEXT("author", author),
    PART("hashes", hashes),
    PART("licenses", licenses),
    PART("properties", properties),
    PART("supplier", supplier),
    PART("manufacturer", manufacturer),
    PART("evidence", evidence),
    PART("swid", swid),
    PART("versionRange", range),
    PART("isExternal", external),
#undef TEXT
#undef PART
};

/* Each key is looked at once: components are what such a document is made of. */
static bool read_members(struct reader *reader, struct json json,
                         struct cyclonedx_component *component, struct parts *parts)
{
    struct json value;
    struct str key;

    for (struct json_iter i = json_iter(json); json_next(&i, &key, &value);) {
        const struct member *member = members;

        while (member < members + COUNT(members) &&
               (member->length != key.len || member->name[0] != key.ptr[0] ||
                memcmp(member->name, key.ptr, key.len) != 0))
            member++;
        if (member == members + COUNT(members))
            continue;
        if (member->part != SIZE_MAX)
            *(struct json *)((char *)parts + member->part) = value;
        else if (!is_kind(reader, value, JSON_TEXT, member->name))
            return false;
        else if (!is_absent(value))
            *(struct str *)((char *)component + member->text) = json_text(value);
    }
    return true;
}

static bool check_swid(struct reader *reader, struct json swid)
{
    if (is_absent(swid) ||
        (json_text(json_get(swid, "tagId")).ptr && json_text(json_get(swid, "name")).ptr))
        return true;
    return refuse(reader, swid, "a SWID tag without an id or a name", STR_NONE);
}

/* 1.7: a range of versions stands for a component that is not part of this product, and in place of a version. */
static bool check_range(struct reader *reader, const struct parts *parts, struct str version)
{
    if (is_absent(parts->range) || (json_is_true(parts->external) && !version.ptr))
        return true;
    return refuse(reader, parts->range, "a range of versions where none may stand",
                  json_text(parts->range));
}

static bool read_one(struct reader *reader, struct json json, struct cyclonedx_component *component)
{
    struct parts parts = { 0 };

    if (json_kind(json) != JSON_OBJECT)
        return refuse(reader, json, "a component must be an object", STR_NONE);
    component->line = json_line(&reader->lines, json);
    if (!read_members(reader, json, component, &parts))
        return false;
    if (!component->type.ptr && str_eq_z(reader->document->version, "1.2"))
        component->type = STR("library"); /* 1.2 alone has this default */
    component->supplier = json_text(json_get(parts.supplier, "name"));
    component->manufacturer = json_text(json_get(parts.manufacturer, "name"));
    component->path =
        json_text(json_get(json_at(json_get(parts.evidence, "occurrences"), 0), "location"));
    return cyclonedx_check_component(component, reader->err) && read_hashes(reader, parts.hashes) &&
           read_licenses(reader, parts.licenses, &component->license) &&
           read_properties(reader, parts.properties, component) && check_swid(reader, parts.swid) &&
           check_range(reader, &parts, component->version);
}

/* The outermost list is the long one: it need not grow step by step. What a list only says of its length is not worth more than that. */
static void reserve(struct reader *reader, size_t count)
{
    enum { MOST = 1 << 15 };
    size_t room = count < MOST ? count : MOST;

    VEC_ROOM(reader->arena, &reader->document->components, room);
}

/* parent: SIZE_MAX for none. Documents are at most JSON_DEPTH_MAX deep, so this ends. */
static bool read_components(struct reader *reader, struct json list, size_t parent)
{
    struct json json;

    if (!is_kind(reader, list, JSON_ARRAY, "components"))
        return false;
    reserve(reader, json_count(list));
    for (struct json_iter i = json_iter(list); json_next(&i, NULL, &json);) {
        struct cyclonedx_component component = { 0 };
        size_t place = reader->document->components.len;

        if (place == CYCLONEDX_COMPONENTS_MAX)
            return FAIL(reader->err, TOO_LARGE, STR("the list of components"));
        if (!read_one(reader, json, &component))
            return PASS(reader->err);
        component.parent = parent == SIZE_MAX ? place : parent;
        VEC_PUSH(reader->arena, &reader->document->components, component);
        if (!read_components(reader, json_get(json, "components"), place))
            return PASS(reader->err);
    }
    return true;
}

static bool read_metadata(struct reader *reader, struct json metadata)
{
    struct json subject = json_get(metadata, "component");
    struct json timestamp = json_get(metadata, "timestamp");
    struct str unused;

    if (!is_kind(reader, metadata, JSON_OBJECT, "metadata") ||
        !is_kind(reader, timestamp, JSON_TEXT, "timestamp") ||
        !read_licenses(reader, json_get(metadata, "licenses"), &unused) ||
        !read_properties(reader, json_get(metadata, "properties"), NULL))
        return false;
    if (!is_absent(timestamp) &&
        !cyclonedx_read_time(json_text(timestamp), json_line(&reader->lines, timestamp),
                             reader->arena, &reader->document->made, reader->err))
        return false;
    if (is_absent(subject))
        return true;
    reader->document->has_subject = true;
    return read_one(reader, subject, &reader->document->subject) &&
           read_components(reader, json_get(subject, "components"), SIZE_MAX);
}

static bool read_dependency(struct reader *reader, struct json json)
{
    struct cyclonedx_dependency dependency = { .line = json_line(&reader->lines, json) };
    struct json on = json_get(json, "dependsOn"), ref;

    if (!text_of(reader, json, "ref", &dependency.ref) ||
        !is_kind(reader, on, JSON_ARRAY, "dependsOn"))
        return false;
    if (str_is_empty(dependency.ref))
        return refuse(reader, json, "a dependency without a ref", STR_NONE);
    for (struct json_iter i = json_iter(on); json_next(&i, NULL, &ref);) {
        if (str_is_empty(json_text(ref)))
            return refuse(reader, json, "a dependency on nothing", dependency.ref);
        if (reader->edges++ == CYCLONEDX_EDGES_MAX)
            return FAIL(reader->err, TOO_LARGE, STR("the list of dependencies"));
        VEC_PUSH(reader->arena, &dependency.on, json_text(ref));
    }
    VEC_PUSH(reader->arena, &reader->document->dependencies, dependency);
    return true;
}

static bool read_dependencies(struct reader *reader, struct json list)
{
    struct json json;

    if (!is_kind(reader, list, JSON_ARRAY, "dependencies"))
        return false;
    for (struct json_iter i = json_iter(list); json_next(&i, NULL, &json);)
        if (!read_dependency(reader, json))
            return false;
    return true;
}

static bool read_head(struct reader *reader, struct json json)
{
    struct cyclonedx *document = reader->document;

    if (!str_eq_z(json_text(json_get(json, "bomFormat")), "CycloneDX"))
        return refuse(reader, json, "the document does not call itself CycloneDX", STR_NONE);
    if (!text_of(reader, json, "specVersion", &document->version) ||
        !text_of(reader, json, "serialNumber", &document->serial))
        return false;
    if (!cyclonedx_is_version(document->version))
        return refuse(reader, json_get(json, "specVersion"), "a version that is not known",
                      document->version);
    return cyclonedx_check_serial(
        document->serial, json_line(&reader->lines, json_get(json, "serialNumber")), reader->err);
}

bool cyclonedx_read_json(struct str text, struct arena *arena, struct cyclonedx *out,
                         struct err *err)
{
    CLEANUP(json_reader_free_var) struct json_reader *values = json_reader_new();
    struct cyclonedx document = { 0 };
    struct reader reader = { .arena = arena, .document = &document, .err = err };
    struct json json;

    if (!json_reader_open(values, text, arena, &json, &reader.lines, err))
        return PASS(err);
    if (!read_head(&reader, json) || !read_metadata(&reader, json_get(json, "metadata")) ||
        !read_components(&reader, json_get(json, "components"), SIZE_MAX) ||
        !read_dependencies(&reader, json_get(json, "dependencies")) ||
        !cyclonedx_collect_refs(&document, arena, err))
        return PASS(err);
    *out = document;
    return true;
}
