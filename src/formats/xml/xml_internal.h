/* formats/xml/xml_internal.h: trees are built the same way of a whole document (tree.c) and of one child of the root after the other (split.c). */
#pragma once
#include <expat.h>

#include "formats/xml/tree.h"

enum { XML_NAMES_KEPT = 512 };

struct xml_name {
    struct str space, local;
};
struct xml_level {
    struct xml_node *node, *last;
    size_t start; /* of its source */
    struct {
        char *ptr;
        size_t len, cap;
    } text; /* kept for the next element of this depth */
};
struct xml_builder {
    XML_Parser parser;
    struct arena *arena;
    struct err *err;
    struct str source; /* what is read, when it is UTF-8 and all at hand */
    struct xml_node *root;
    size_t node_count;
    unsigned depth;
    bool failed; /* err says why */
    struct xml_level levels[XML_DEPTH_MAX];
    struct str spaces[XML_SPACES_MAX];
    size_t space_count;
    struct xml_name
        names[XML_NAMES_KEPT]; /* documents have few: each is copied once, but for collisions */

    /* split.c: children of the root have an arena of their own, and the parser rests behind each */
    struct arena *part_arena; /* NULL: the whole is one tree */
    size_t part_max;          /* bytes */
    struct xml_node *part;
    size_t part_at, part_end; /* in the stream */
    unsigned part_line;
    const char *fault; /* of the present part, which is passed over */
};

/* NULL without memory. */
struct xml_builder *xml_builder_new(struct arena *arena);
void xml_builder_free(struct xml_builder *builder);
DEFINE_CLEANUP(struct xml_builder, xml_builder_free)
/* The parser said no: *err, unless it says why already. */
void xml_builder_tell(struct xml_builder *builder);
