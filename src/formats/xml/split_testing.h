/* formats/xml/split_testing.h: what a document says, read whole and part by part, as text to be compared. For the test and the fuzz target. */
#pragma once
#include "base/buf.h"
#include "base/err.h"
#include "formats/drip_testing.h"
#include "formats/xml/split.h"

static inline void split_tell(const struct xml_node *node, bool is_root, struct buf *out)
{
    buf_printf(out, "<%.*s %.*s %u", STR_ARG(node->space), STR_ARG(node->name), node->line);
    for (unsigned i = 0; i < node->attribute_count; i++)
        buf_printf(out, " %.*s %.*s=", STR_ARG(node->attributes[i].space),
                   STR_ARG(node->attributes[i].name));
    for (unsigned i = 0; i < node->attribute_count; i++)
        buf_add(out, node->attributes[i].value);
    buf_add(out, STR(">"));
    if (is_root)
        return;
    buf_add(out, node->text);
    for (const struct xml_node *child = node->first; child; child = child->next)
        split_tell(child, false, out);
    buf_add(out, STR("</>"));
}

/* The root, then its children. */
static inline void split_tell_whole(const struct xml_node *root, struct buf *out)
{
    split_tell(root, true, out);
    for (const struct xml_node *child = root->first; child; child = child->next) {
        split_tell(child, false, out);
        buf_add(out, child->source);
    }
}

/* The same of a stream that comes in steps; false when it cannot be read to its end. */
static inline bool split_tell_parts(struct str text, size_t step, struct buf *out, struct err *err)
{
    struct drip stream = { text, step };
    CLEANUP(xml_split_free_var) struct xml_split *split = xml_split_new(drip, &stream, 16 << 20);
    struct xml_part part;
    bool has_root = false;
    int there;

    while ((there = xml_split_next(split, &part, err)) == 1) {
        if (!has_root)
            split_tell(xml_split_root(split), true, out);
        has_root = true;
        if (part.fault) {
            buf_add_z(out, part.fault);
            continue;
        }
        split_tell(part.node, false, out);
        buf_add(out, part.node->source);
    }
    if (there == 0 && !has_root)
        split_tell(xml_split_root(split), true, out);
    return there == 0;
}
