/* formats/xml/tree.h: strangers' XML 1.0 with namespaces, read by expat into a tree. A DOCTYPE is refused, so there are no entities but the five; nothing
 * outside of the text is ever opened; UTF-8, or UTF-16 with its mark. For documents; feeds come as a stream (split.h). */
#pragma once
#include "base/arena.h"
#include "base/str.h"

struct err;

enum {
    XML_TEXT_MAX = 32 << 20,
    XML_DEPTH_MAX = 64,
    XML_ATTRIBUTES_MAX = 256,
    XML_SPACES_MAX = 64,
    XML_NAME_MAX = 1024,    /* namespace and name together */
    XML_NODES_MAX = 1 << 20 /* elements and attributes together */
};

struct xml_attribute {
    struct str space, name, value; /* space: empty for attributes without a prefix */
};
struct xml_node {
    struct str space, name; /* the namespace's URI, the local name */
    struct str
        text; /* what stands in it beside its children, as one; empty when that is white space */
    struct str
        source; /* all of it as it stands in the text that was read; empty when that was UTF-16 */
    unsigned line; /* of its start tag, from 1 */
    unsigned attribute_count;
    const struct xml_attribute *attributes;
    const struct xml_node *first, *next; /* children and siblings, in their order */
};

/**
 * Reads a document.
 *
 * out   the root; its texts live in arena, its sources in text
 * err   ERR_XML_SYNTAX with the line; ERR_TOO_LARGE
 */
MUST_CHECK bool xml_read(struct str text, struct arena *arena, const struct xml_node **out,
                         struct err *err);

/* All of these take NULL for a node and then answer NULL or STR_NONE. Children are looked for in the parent's namespace. */
const struct xml_node *xml_child(const struct xml_node *node, const char *name);
/* The first child, or the next sibling, of that name in that namespace. */
const struct xml_node *xml_child_in(const struct xml_node *node, const char *space,
                                    const char *name);
const struct xml_node *xml_next(const struct xml_node *node); /* of the same name and namespace */
struct str xml_child_text(const struct xml_node *node,
                          const char *name);         /* trimmed; of the first */
struct str xml_text_of(const struct xml_node *node); /* trimmed */
struct str xml_attribute_of(const struct xml_node *node,
                            const char *name); /* without a prefix; STR_NONE when there is none */
struct str xml_attribute_in(const struct xml_node *node, const char *space, const char *name);
