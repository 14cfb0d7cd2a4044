#include "formats/xml/xml_internal.h"

#include "base/err.h"

bool xml_read(struct str text, struct arena *arena, const struct xml_node **out, struct err *err)
{
    CLEANUP(xml_builder_free_var) struct xml_builder *builder = NULL;

    if (text.len > XML_TEXT_MAX)
        return FAIL(err, TOO_LARGE, STR("XML"));
    builder = xml_builder_new(arena);
    if (!builder)
        return FAIL(err, UNAVAILABLE, STR("memory"));
    builder->err = err;
    if (!str_starts(text, STR("\xfe\xff")) && !str_starts(text, STR("\xff\xfe")))
        builder->source = text;
    if (XML_Parse(builder->parser, text.ptr, (int)text.len, XML_TRUE) != XML_STATUS_OK)
        xml_builder_tell(builder);
    if (builder->failed)
        return false;
    *out = builder->root;
    return true;
}

static const struct xml_node *first_of(const struct xml_node *node, struct str space,
                                       struct str name)
{
    while (node && !(str_eq(node->name, name) && str_eq(node->space, space)))
        node = node->next;
    return node;
}

const struct xml_node *xml_child(const struct xml_node *node, const char *name)
{
    return node ? first_of(node->first, node->space, str_from_z(name)) : NULL;
}

const struct xml_node *xml_child_in(const struct xml_node *node, const char *space,
                                    const char *name)
{
    return node ? first_of(node->first, str_from_z(space), str_from_z(name)) : NULL;
}

const struct xml_node *xml_next(const struct xml_node *node)
{
    return node ? first_of(node->next, node->space, node->name) : NULL;
}

struct str xml_text_of(const struct xml_node *node)
{
    return node ? str_trim(node->text) : STR_NONE;
}

struct str xml_child_text(const struct xml_node *node, const char *name)
{
    return xml_text_of(xml_child(node, name));
}

struct str xml_attribute_in(const struct xml_node *node, const char *space, const char *name)
{
    for (unsigned i = 0; node && i < node->attribute_count; i++) {
        const struct xml_attribute *attribute = &node->attributes[i];

        if (str_eq_z(attribute->name, name) && str_eq_z(attribute->space, space))
            return attribute->value;
    }
    return STR_NONE;
}

struct str xml_attribute_of(const struct xml_node *node, const char *name)
{
    return xml_attribute_in(node, "", name);
}
