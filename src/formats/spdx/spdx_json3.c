#include "base/err.h"
#include "base/lookup.h"
#include "formats/json/json.h"
#include "formats/spdx/spdx_internal.h"

struct reader {
    struct arena *arena;
    struct json_lines lines;
    struct json graph;
    struct spdx *document;
    struct lookup names; /* of persons, organisations and licence expressions: places in `texts` */
    struct spdx_strings texts;
    struct str created;
    struct err *err;
};

static struct str text_at(struct json object, const char *key)
{
    return json_text(json_get(object, key));
}

static struct str id_of(struct json element)
{
    struct str id = text_at(element, "spdxId");

    return id.ptr ? id : text_at(element, "@id");
}

/* An element is named or stands itself where it is needed; a list's first counts. */
static struct str reference_of(struct json value)
{
    if (json_kind(value) == JSON_ARRAY)
        value = json_at(value, 0);
    return json_kind(value) == JSON_OBJECT ? id_of(value) : json_text(value);
}

static bool is_package(struct str type)
{
    return str_eq_z(type, "software_Package") || str_eq_z(type, "ai_AIPackage") ||
           str_eq_z(type, "dataset_DatasetPackage");
}

static void note(struct reader *reader, struct json element, struct str text)
{
    if (str_is_empty(text))
        return;
    lookup_add(reader->arena, &reader->names, id_of(element), reader->texts.len);
    VEC_PUSH(reader->arena, &reader->texts, text);
}

static struct str noted(const struct reader *reader, struct str id)
{
    size_t place;

    return lookup_find(&reader->names, id, &place) ? reader->texts.at[place] : STR_NONE;
}

/* First round: what others point to. */
static void gather(struct reader *reader, struct json element)
{
    struct str type = text_at(element, "type");
    struct spdx *document = reader->document;

    if (str_eq_z(type, "Person") || str_eq_z(type, "Organization") ||
        str_eq_z(type, "expandedlicensing_ListedLicense")) {
        note(reader, element, text_at(element, "name"));
    } else if (str_eq_z(type, "simplelicensing_LicenseExpression")) {
        note(reader, element, text_at(element, "simplelicensing_licenseExpression"));
    } else if (str_eq_z(type, "CreationInfo") && !document->version.ptr) {
        document->version = text_at(element, "specVersion");
        reader->created = text_at(element, "created");
    } else if (str_eq_z(type, "SpdxDocument")) {
        document->id = document->space = id_of(element);
        document->name = text_at(element, "name");
    }
}

static void read_identifiers(struct reader *reader, struct json list, struct spdx_package *package)
{
    struct json item;

    for (struct json_iter i = json_iter(list); json_next(&i, NULL, &item);) {
        struct str type = text_at(item, "externalIdentifierType");

        if (str_eq_z(type, "packageUrl"))
            type = STR("purl");
        else if (str_eq_z(type, "cpe23"))
            type = STR("cpe23Type");
        else if (str_eq_z(type, "cpe22"))
            type = STR("cpe22Type");
        spdx_add_reference(package, reader->arena, type, text_at(item, "identifier"));
    }
}

static bool read_package(struct reader *reader, struct json element)
{
    struct spdx_package package = {
        .id = id_of(element),
        .name = text_at(element, "name"),
        .version = spdx_said(text_at(element, "software_packageVersion")),
        .supplier = noted(reader, reference_of(json_get(element, "suppliedBy"))),
        .originator = noted(reader, reference_of(json_get(element, "originatedBy"))),
        .purpose = text_at(element, "software_primaryPurpose"),
        .line = json_line(&reader->lines, element),
    };
    struct str purl = text_at(element, "software_packageUrl");

    if (purl.ptr)
        spdx_add_reference(&package, reader->arena, STR("purl"), purl);
    read_identifiers(reader, json_get(element, "externalIdentifier"), &package);
    return spdx_add_package(reader->document, reader->arena, &package, reader->err);
}

static bool is_for_development(struct str scope)
{
    return str_eq_z(scope, "build") || str_eq_z(scope, "development") || str_eq_z(scope, "test");
}

static bool read_relation(struct reader *reader, struct json element)
{
    struct str type = text_at(element, "relationshipType");
    struct str from = reference_of(json_get(element, "from"));
    struct json to = json_get(element, "to"), one;

    if (str_eq_z(type, "dependsOn") && is_for_development(text_at(element, "scope")))
        type = STR("usesTool");
    if (json_kind(to) == JSON_TEXT)
        return spdx_add_relation(reader->document, reader->arena, type, from, json_text(to),
                                 reader->err);
    for (struct json_iter i = json_iter(to); json_next(&i, NULL, &one);)
        if (!spdx_add_relation(reader->document, reader->arena, type, from, reference_of(one),
                               reader->err))
            return false;
    return true;
}

static bool is_relation(struct str type)
{
    return str_eq_z(type, "Relationship") || str_eq_z(type, "LifecycleScopedRelationship");
}

/* Licences are relations as well: concluded before declared. */
static void read_licenses(struct reader *reader, const char *wanted)
{
    struct lookup places = { 0 };
    struct json element;

    for (size_t i = 0; i < reader->document->packages.len; i++)
        lookup_add(reader->arena, &places, reader->document->packages.at[i].id, i);
    lookup_sort(&places);
    for (struct json_iter i = json_iter(reader->graph); json_next(&i, NULL, &element);) {
        size_t place;

        if (is_relation(text_at(element, "type")) &&
            str_eq_z(text_at(element, "relationshipType"), wanted) &&
            lookup_find(&places, reference_of(json_get(element, "from")), &place) &&
            str_is_empty(reader->document->packages.at[place].license))
            reader->document->packages.at[place].license =
                spdx_said(noted(reader, reference_of(json_get(element, "to"))));
    }
}

static bool read_graph(struct reader *reader)
{
    struct json element;

    for (struct json_iter i = json_iter(reader->graph); json_next(&i, NULL, &element);)
        gather(reader, element);
    lookup_sort(&reader->names);
    for (struct json_iter i = json_iter(reader->graph); json_next(&i, NULL, &element);) {
        struct str type = text_at(element, "type");

        if (is_package(type) ? !read_package(reader, element)
                             : is_relation(type) && !read_relation(reader, element))
            return false;
    }
    read_licenses(reader, "hasConcludedLicense");
    read_licenses(reader, "hasDeclaredLicense");
    return true;
}

bool spdx_read_json3(struct str text, struct arena *arena, struct spdx *out, struct err *err)
{
    struct spdx document = { 0 };
    struct reader reader = { .arena = arena, .document = &document, .err = err };
    struct err unused = { 0 };
    struct json json;

    if (!json_read(text, arena, &json, err))
        return PASS(err);
    reader.lines = json_lines(text, json);
    reader.graph = json_get(json, "@graph");
    if (!str_starts(text_at(json, "@context"), STR("https://spdx.org/rdf/3.")) ||
        json_kind(reader.graph) != JSON_ARRAY)
        return spdx_fail(err, 1, "it is no graph of SPDX 3", STR_NONE);
    if (!read_graph(&reader))
        return PASS(err);
    if (!str_starts(document.version, STR("3.")))
        return spdx_fail(err, 1, "a version of SPDX that is not known", document.version);
    if (!document.id.ptr)
        return spdx_fail(err, 1, "it holds no SPDX document", STR_NONE);
    if (!utc_parse(reader.created, &document.made, &unused))
        return spdx_fail(err, 1, "the document does not say when it was created", reader.created);
    *out = document;
    return true;
}
