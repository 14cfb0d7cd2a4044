#include "base/err.h"
#include "formats/spdx/spdx_internal.h"
#include "formats/xml/tree.h"

static const char spdx_space[] = "http://spdx.org/rdf/terms#";
static const char rdf_space[] = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";

struct reader {
    struct arena *arena;
    struct spdx *document;
    bool has_document;
    struct str version_word, created;
    struct err *err;
};

static bool is_spdx(const struct xml_node *node, const char *name)
{
    return str_eq_z(node->name, name) && str_eq_z(node->space, spdx_space);
}

/* "https://example.org/document#SPDXRef-a" gives "SPDXRef-a". */
static struct str local_id(struct str uri)
{
    size_t hash = str_index(uri, '#');

    return hash < uri.len ? str_drop(uri, hash + 1) : uri;
}

/* What a property points to: an element by name, or one that stands in it. */
static struct str target_of(const struct xml_node *property)
{
    struct str uri = xml_attribute_in(property, rdf_space, "resource");

    if (!uri.ptr && property && property->first)
        uri = xml_attribute_in(property->first, rdf_space, "about");
    return uri;
}

/* A listed licence by its name; licences that are put together of others are not written out. */
static struct str license_of(const struct xml_node *package, const char *property)
{
    struct str uri = target_of(xml_child(package, property)), id = uri;

    if (str_skip(&id, STR("http://spdx.org/licenses/")))
        return id;
    id = local_id(uri);
    return str_starts(id, STR("LicenseRef-")) ? id : STR_NONE;
}

/* ".../relationshipType_dependsOn": the words of 2.x, in another case. */
static struct str relation_word(struct arena *arena, struct str uri)
{
    struct str word = local_id(uri);
    char *upper;
    size_t n = 0;

    str_skip(&word, STR("relationshipType_"));
    upper = arena_alloc(arena, 2 * word.len + 1);
    for (size_t i = 0; i < word.len; i++) {
        char c = word.ptr[i];

        if (c >= 'A' && c <= 'Z')
            upper[n++] = '_';
        upper[n++] = c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
    }
    return (struct str){ upper, n };
}

static bool read_package(struct reader *reader, const struct xml_node *node)
{
    struct spdx_package package = {
        .id = local_id(xml_attribute_in(node, rdf_space, "about")),
        .name = xml_child_text(node, "name"),
        .version = spdx_said(xml_child_text(node, "versionInfo")),
        .supplier = spdx_actor(xml_child_text(node, "supplier")),
        .originator = spdx_actor(xml_child_text(node, "originator")),
        .license = license_of(node, "licenseConcluded"),
        .purpose = local_id(target_of(xml_child(node, "primaryPackagePurpose"))),
        .line = node->line,
    };

    str_skip(&package.purpose, STR("purpose_"));
    if (str_is_empty(package.license))
        package.license = license_of(node, "licenseDeclared");
    for (const struct xml_node *ref = xml_child(node, "externalRef"); ref; ref = xml_next(ref)) {
        const struct xml_node *reference = xml_child(ref, "ExternalRef");

        spdx_add_reference(&package, reader->arena,
                           target_of(xml_child(reference, "referenceType")),
                           xml_child_text(reference, "referenceLocator"));
    }
    return spdx_add_package(reader->document, reader->arena, &package, reader->err);
}

static void read_document(struct reader *reader, const struct xml_node *node)
{
    const struct xml_node *made = xml_child(xml_child(node, "creationInfo"), "CreationInfo");
    struct str about = xml_attribute_in(node, rdf_space, "about");

    reader->has_document = true;
    reader->version_word = xml_child_text(node, "specVersion");
    spdx_version(reader->version_word, &reader->document->version);
    reader->created = xml_child_text(made, "created");
    reader->document->id = local_id(about);
    reader->document->space = str_take(about, str_index(about, '#'));
    if (xml_child(node, "name"))
        reader->document->name = xml_child_text(node, "name");
}

/* Elements stand in each other at any place; owner: the nearest around this one that has a name. The tree is at most XML_DEPTH_MAX deep. */
static bool walk(struct reader *reader, const struct xml_node *node, struct str owner)
{
    struct str about = xml_attribute_in(node, rdf_space, "about");

    if (about.ptr)
        owner = local_id(about);
    if (is_spdx(node, "SpdxDocument"))
        read_document(reader, node);
    else if (is_spdx(node, "Package") && node->first && !read_package(reader, node))
        return false;
    else if (is_spdx(node, "Relationship") &&
             !spdx_add_relation(
                 reader->document, reader->arena,
                 relation_word(reader->arena, target_of(xml_child(node, "relationshipType"))),
                 owner, local_id(target_of(xml_child(node, "relatedSpdxElement"))), reader->err))
        return false;
    else if (is_spdx(node, "describesPackage") &&
             !spdx_add_relation(reader->document, reader->arena, STR("DESCRIBES"), owner,
                                local_id(target_of(node)), reader->err))
        return false;
    for (const struct xml_node *child = node->first; child; child = child->next)
        if (!walk(reader, child, owner))
            return false;
    return true;
}

bool spdx_read_rdf(struct str text, struct arena *arena, struct spdx *out, struct err *err)
{
    struct spdx document = { 0 };
    struct reader reader = { .arena = arena, .document = &document, .err = err };
    const struct xml_node *root;

    if (!xml_read(text, arena, &root, err))
        return PASS(err);
    if (!walk(&reader, root, STR_NONE))
        return PASS(err);
    if (!reader.has_document)
        return spdx_fail(err, 1, "it holds no SPDX document", STR_NONE);
    if (!spdx_check_head(&document, reader.version_word, reader.created, &document.made, err))
        return PASS(err);
    *out = document;
    return true;
}
