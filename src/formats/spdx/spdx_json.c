#include "base/err.h"
#include "formats/json/json.h"
#include "formats/spdx/spdx_internal.h"

struct reader {
    struct arena *arena;
    struct json_lines lines;
    struct spdx *document;
    struct err *err;
};

static struct str text_at(struct json object, const char *key)
{
    return json_text(json_get(object, key));
}

static bool read_package(struct reader *reader, struct json json)
{
    struct spdx_package package = {
        .id = text_at(json, "SPDXID"),
        .name = text_at(json, "name"),
        .version = spdx_said(text_at(json, "versionInfo")),
        .supplier = spdx_actor(text_at(json, "supplier")),
        .originator = spdx_actor(text_at(json, "originator")),
        .license = spdx_said(text_at(json, "licenseConcluded")),
        .purpose = text_at(json, "primaryPackagePurpose"),
        .line = json_line(&reader->lines, json),
    };
    struct json reference;

    if (str_is_empty(package.license))
        package.license = spdx_said(text_at(json, "licenseDeclared"));
    for (struct json_iter i = json_iter(json_get(json, "externalRefs"));
         json_next(&i, NULL, &reference);)
        spdx_add_reference(&package, reader->arena, text_at(reference, "referenceType"),
                           text_at(reference, "referenceLocator"));
    return spdx_add_package(reader->document, reader->arena, &package, reader->err);
}

static bool is_list(struct reader *reader, struct json list, const char *name)
{
    return json_kind(list) == JSON_ARRAY || json_kind(list) == JSON_NONE ||
           json_kind(list) == JSON_NULL ||
           spdx_fail(reader->err, json_line(&reader->lines, list), "it must be a list",
                     str_from_z(name));
}

static bool read_lists(struct reader *reader, struct json json)
{
    struct json packages = json_get(json, "packages"), item;
    struct json relations = json_get(json, "relationships");

    if (!is_list(reader, packages, "packages") || !is_list(reader, relations, "relationships"))
        return false;
    for (struct json_iter i = json_iter(packages); json_next(&i, NULL, &item);)
        if (!read_package(reader, item))
            return false;
    for (struct json_iter i = json_iter(relations); json_next(&i, NULL, &item);)
        if (!spdx_add_relation(reader->document, reader->arena, text_at(item, "relationshipType"),
                               text_at(item, "spdxElementId"), text_at(item, "relatedSpdxElement"),
                               reader->err))
            return false;
    for (struct json_iter i = json_iter(json_get(json, "documentDescribes"));
         json_next(&i, NULL, &item);)
        if (!spdx_add_relation(reader->document, reader->arena, STR("DESCRIBES"),
                               reader->document->id, json_text(item), reader->err))
            return false;
    return true;
}

bool spdx_read_json(struct str text, struct arena *arena, struct spdx *out, struct err *err)
{
    CLEANUP(json_reader_free_var) struct json_reader *values = json_reader_new();
    struct spdx document = { 0 };
    struct reader reader = { .arena = arena, .document = &document, .err = err };
    struct json json, inner;
    struct str word;

    if (!json_reader_open(values, text, arena, &json, &reader.lines, err))
        return PASS(err);
    inner = json_get(json, "sbom");
    if (json_kind(inner) == JSON_OBJECT)
        json = inner;
    word = text_at(json, "spdxVersion");
    spdx_version(word, &document.version);
    document.id = text_at(json, "SPDXID");
    document.name = text_at(json, "name");
    document.space = text_at(json, "documentNamespace");
    if (!spdx_check_head(&document, word, text_at(json_get(json, "creationInfo"), "created"),
                         &document.made, err) ||
        !read_lists(&reader, json))
        return PASS(err);
    *out = document;
    return true;
}
