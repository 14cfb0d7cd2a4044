#include "base/err.h"
#include "formats/cyclonedx/cyclonedx_internal.h"
#include "formats/xml/tree.h"

static const char space_start[] = "http://cyclonedx.org/schema/bom/";
/* The extension that gave 1.1 its dependencies. */
static const char graph_space[] = "http://cyclonedx.org/schema/ext/dependency-graph/1.0";

struct reader {
    struct arena *arena;
    struct cyclonedx *document;
    size_t edges;
    struct err *err;
};

static bool refuse(struct reader *reader, const struct xml_node *at, const char *what,
                   struct str value)
{
    return cyclonedx_fail(reader->err, at->line, what, value);
}

/* As long as the element is there, its text is one, be it empty. */
static struct str present(const struct xml_node *node)
{
    struct str text = xml_text_of(node);

    return node && !text.ptr ? STR("") : text;
}

static bool read_hashes(struct reader *reader, const struct xml_node *hashes)
{
    for (const struct xml_node *hash = xml_child(hashes, "hash"); hash; hash = xml_next(hash))
        if (!cyclonedx_check_hash(xml_attribute_of(hash, "alg"), xml_text_of(hash), hash->line,
                                  reader->err))
            return false;
    return true;
}

static bool read_license(struct reader *reader, const struct xml_node *license,
                         struct cyclonedx_strings *words)
{
    const struct xml_node *id = xml_child(license, "id"), *name = xml_child(license, "name");
    struct str encoding = xml_attribute_of(xml_child(license, "text"), "encoding");

    if (xml_next(id) || xml_next(name))
        return refuse(reader, license, "a licence with two ids or names", STR_NONE);
    if (!cyclonedx_check_license(false, id != NULL, name != NULL, license->line, reader->err))
        return false;
    if (encoding.ptr && !str_eq_z(encoding, "base64"))
        return refuse(reader, license, "an unknown encoding", encoding);
    VEC_PUSH(reader->arena, words, present(id ? id : name));
    return true;
}

static bool read_licenses(struct reader *reader, const struct xml_node *licenses, struct str *out)
{
    struct cyclonedx_strings words = { 0 };
    size_t expressions = 0;
    const struct xml_node *node;

    if (!licenses)
        return true;
    for (node = xml_child(licenses, "expression"); node; node = xml_next(node), expressions++)
        VEC_PUSH(reader->arena, &words, xml_text_of(node));
    for (node = xml_child(licenses, "license"); node; node = xml_next(node))
        if (!read_license(reader, node, &words))
            return false;
    if (!cyclonedx_check_licenses(reader->document->version, expressions, words.len - expressions,
                                  licenses->line, reader->err))
        return false;
    *out = cyclonedx_join(reader->arena, &words);
    return true;
}

/* component: NULL when they are only to be checked. */
static bool read_properties(struct reader *reader, const struct xml_node *properties,
                            struct cyclonedx_component *component)
{
    for (const struct xml_node *node = xml_child(properties, "property"); node;
         node = xml_next(node)) {
        struct cyclonedx_property property = { xml_attribute_of(node, "name"), xml_text_of(node) };

        if (!property.name.ptr)
            return refuse(reader, node, "a property without a name", property.value);
        if (component)
            VEC_PUSH(reader->arena, &component->properties, property);
    }
    return true;
}

static bool check_swid(struct reader *reader, const struct xml_node *swid)
{
    if (!swid || (xml_attribute_of(swid, "tagId").ptr && xml_attribute_of(swid, "name").ptr))
        return true;
    return refuse(reader, swid, "a SWID tag without an id or a name", STR_NONE);
}

/* 1.7: a range of versions stands for a component that is not part of this product, and in place of a version. */
static bool check_range(struct reader *reader, const struct xml_node *node)
{
    const struct xml_node *range = xml_child(node, "versionRange");
    struct str is_external = xml_attribute_of(node, "isExternal");

    if (!range || ((str_eq_z(is_external, "true") || str_eq_z(is_external, "1")) &&
                   !xml_child(node, "version")))
        return true;
    return refuse(reader, range, "a range of versions where none may stand", xml_text_of(range));
}

static const struct cyclonedx_field *field_named(struct str name)
{
    for (size_t i = 0; i < cyclonedx_field_count; i++)
        if (str_eq_z(name, cyclonedx_fields[i].name))
            return &cyclonedx_fields[i];
    return NULL;
}

static bool read_one(struct reader *reader, const struct xml_node *node,
                     struct cyclonedx_component *component)
{
    const struct xml_node *occurrence =
        xml_child(xml_child(xml_child(node, "evidence"), "occurrences"), "occurrence");

    component->line = node->line;
    component->type = xml_attribute_of(node, "type");
    component->ref = xml_attribute_of(node, "bom-ref");
    for (const struct xml_node *child = node->first; child; child = child->next) {
        const struct cyclonedx_field *field =
            str_eq(child->space, node->space) ? field_named(child->name) : NULL;

        if (field)
            *cyclonedx_field_of(component, field) = present(child);
    }
    component->supplier = xml_child_text(xml_child(node, "supplier"), "name");
    component->manufacturer = xml_child_text(xml_child(node, "manufacturer"), "name");
    component->path = xml_child_text(occurrence, "location");
    return cyclonedx_check_component(component, reader->err) &&
           read_hashes(reader, xml_child(node, "hashes")) &&
           read_licenses(reader, xml_child(node, "licenses"), &component->license) &&
           read_properties(reader, xml_child(node, "properties"), component) &&
           check_swid(reader, xml_child(node, "swid")) && check_range(reader, node);
}

static bool read_components(struct reader *reader, const struct xml_node *list, size_t parent)
{
    for (const struct xml_node *node = xml_child(list, "component"); node; node = xml_next(node)) {
        struct cyclonedx_component component = { 0 };
        size_t place = reader->document->components.len;

        if (!read_one(reader, node, &component))
            return PASS(reader->err);
        component.parent = parent == SIZE_MAX ? place : parent;
        VEC_PUSH(reader->arena, &reader->document->components, component);
        if (!read_components(reader, xml_child(node, "components"), place))
            return PASS(reader->err);
    }
    return true;
}

static bool read_metadata(struct reader *reader, const struct xml_node *metadata)
{
    const struct xml_node *timestamp = xml_child(metadata, "timestamp");
    const struct xml_node *subject = xml_child(metadata, "component");
    struct str unused;

    if (timestamp && !cyclonedx_read_time(xml_text_of(timestamp), timestamp->line, reader->arena,
                                          &reader->document->made, reader->err))
        return false;
    if (!read_licenses(reader, xml_child(metadata, "licenses"), &unused) ||
        !read_properties(reader, xml_child(metadata, "properties"), NULL))
        return false;
    if (!subject)
        return true;
    reader->document->has_subject = true;
    return read_one(reader, subject, &reader->document->subject) &&
           read_components(reader, xml_child(subject, "components"), SIZE_MAX);
}

/* A dependency holds what it depends on, in the extension for several levels. */
static bool read_dependency(struct reader *reader, const struct xml_node *node)
{
    struct cyclonedx_dependency dependency = { xml_attribute_of(node, "ref"), { 0 }, node->line };

    if (str_is_empty(dependency.ref))
        return refuse(reader, node, "a dependency without a ref", STR_NONE);
    for (const struct xml_node *on = xml_child(node, "dependency"); on; on = xml_next(on)) {
        struct str ref = xml_attribute_of(on, "ref");

        if (reader->edges++ == CYCLONEDX_EDGES_MAX)
            return FAIL(reader->err, TOO_LARGE, STR("the list of dependencies"));
        VEC_PUSH(reader->arena, &dependency.on, ref);
        if (!read_dependency(reader, on))
            return false;
    }
    if (dependency.on.len > 0)
        VEC_PUSH(reader->arena, &reader->document->dependencies, dependency);
    return true;
}

static bool read_dependencies(struct reader *reader, const struct xml_node *list)
{
    for (const struct xml_node *node = xml_child(list, "dependency"); node; node = xml_next(node))
        if (!read_dependency(reader, node))
            return false;
    return true;
}

static bool read_head(struct reader *reader, const struct xml_node *root)
{
    struct cyclonedx *document = reader->document;
    struct str version = root->space;

    if (!str_eq_z(root->name, "bom") || !str_skip(&version, str_from_z(space_start)))
        return refuse(reader, root, "the document does not call itself CycloneDX", root->name);
    if (!cyclonedx_is_version(version))
        return refuse(reader, root, "a version that is not known", version);
    document->version = version;
    document->serial = xml_attribute_of(root, "serialNumber");
    return cyclonedx_check_serial(document->serial, root->line, reader->err);
}

bool cyclonedx_read_xml(struct str text, struct arena *arena, struct cyclonedx *out,
                        struct err *err)
{
    struct cyclonedx document = { 0 };
    struct reader reader = { arena, &document, 0, err };
    const struct xml_node *root;

    if (!xml_read(text, arena, &root, err))
        return PASS(err);
    if (!read_head(&reader, root) || !read_metadata(&reader, xml_child(root, "metadata")) ||
        !read_components(&reader, xml_child(root, "components"), SIZE_MAX) ||
        !read_dependencies(&reader, xml_child(root, "dependencies")) ||
        !read_dependencies(&reader, xml_child_in(root, graph_space, "dependencies")) ||
        !cyclonedx_collect_refs(&document, arena, err))
        return PASS(err);
    *out = document;
    return true;
}
