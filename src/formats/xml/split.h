/* formats/xml/split.h: strangers' XML as a stream: the children of its root one by one, each as a tree of its own. The same is refused as by xml_read.
 * Memory is bounded by the largest child. */
#pragma once
#include <sys/types.h>

#include "formats/xml/tree.h"

struct xml_split;

/* Up to size bytes of the stream; 0 at its end, -1 with *err set. */
typedef ssize_t xml_source(void *context, char *at, size_t size, struct err *err);

struct xml_part {
    const struct xml_node *
        node; /* without siblings; itself alone has a source; until the next call. NULL with a fault */
    unsigned line;     /* where it begins in the stream, from 1 */
    const char *fault; /* why it is not given; what stands behind it is */
};

/* part_max: bytes; a larger child is a fault, as is one with more than XML_NODES_MAX nodes. NULL when the machine has no memory left. */
struct xml_split *xml_split_new(xml_source *source, void *context, size_t part_max);
void xml_split_free(struct xml_split *split);
DEFINE_CLEANUP(struct xml_split, xml_split_free)

/* 1 a child, 0 the end, -1: ERR_XML_SYNTAX with the line, ERR_TOO_LARGE (memory, or one mark larger than part_max), or the source's error. */
int xml_split_next(struct xml_split *split, struct xml_part *out, struct err *err);
/* After the first call: the root, with its attributes and without children. NULL when there is none */
const struct xml_node *xml_split_root(const struct xml_split *split);
