#include "base/err.h"
#include "formats/xml/tree.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static size_t walk(const struct xml_node *node, unsigned depth)
{
    size_t count = 1;

    if (depth > XML_DEPTH_MAX || node->attribute_count > XML_ATTRIBUTES_MAX || node->line == 0)
        abort();
    for (unsigned i = 0; i < node->attribute_count; i++)
        if (!str_is_utf8(node->attributes[i].value))
            abort();
    if (!str_is_utf8(node->text) || node->name.len == 0)
        abort();
    for (const struct xml_node *child = node->first; child; child = child->next)
        count += walk(child, depth + 1);
    return count;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(256 << 20);
    const struct xml_node *root;
    struct err err = { 0 };

    if (xml_read((struct str){ (const char *)data, size }, arena, &root, &err))
        return walk(root, 1) == 0;
    if (err.code == ERR_NONE)
        abort();
    return 0;
}
