#include "formats/xml/xml_internal.h"

#include <stdlib.h>
#include <string.h>

#include "base/err.h"

enum { TEXT_KEPT = 64 << 10 };
static const XML_Char SEPARATOR = '\f'; /* a form feed cannot stand in XML, so not in a name */

static void stop(struct xml_builder *builder, enum err_code code, const char *what)
{
    if (builder->failed)
        return;
    builder->failed = true;
    err_set(builder->err, code, str_from_z(what), HERE);
    builder->err->line = (unsigned)XML_GetCurrentLineNumber(builder->parser);
    XML_StopParser(builder->parser, XML_FALSE);
}

/* In one part among many it is that part's fault alone. */
static void too_large(struct xml_builder *builder, const char *what)
{
    if (builder->part_arena && builder->depth > 0)
        builder->fault = what;
    else
        stop(builder, ERR_TOO_LARGE, what);
}

/* A namespace may be long and an element's name short, so each is kept but once. */
static struct str space_of(struct xml_builder *builder, struct str space)
{
    if (space.len == 0)
        return STR_NONE;
    for (size_t i = 0; i < builder->space_count; i++)
        if (str_eq(builder->spaces[i], space))
            return builder->spaces[i];
    if (builder->space_count == XML_SPACES_MAX) {
        too_large(builder, "the number of namespaces in the XML");
        return STR_NONE;
    }
    return builder->spaces[builder->space_count++] = arena_str(builder->arena, space);
}

/* Expat says "space SEPARATOR local", or the local name alone. */
static const struct xml_name *name_of(struct xml_builder *builder, const char *z)
{
    struct str local = str_from_z(z), space = STR_NONE;
    size_t parted = str_index(local, SEPARATOR);
    uint32_t hash = 2166136261U;
    struct xml_name *name;

    if (local.len > XML_NAME_MAX)
        too_large(builder, "a name in the XML");
    for (size_t i = 0; i < local.len; i++)
        hash = (hash ^ (unsigned char)local.ptr[i]) * 16777619U;
    if (parted < local.len) {
        space = str_take(local, parted);
        local = str_drop(local, parted + 1);
    }
    name = &builder->names[(hash ^ hash >> 16) % XML_NAMES_KEPT];
    if (!str_eq(name->local, local) || !str_eq(name->space, space))
        *name = (struct xml_name){ space_of(builder, space), arena_str(builder->arena, local) };
    return name;
}

static void read_attributes(struct xml_builder *builder, struct xml_node *node, const char **pairs)
{
    struct xml_attribute *attributes;
    size_t count = 0;

    while (pairs[2 * count] && count <= XML_ATTRIBUTES_MAX)
        count++;
    if (count > XML_ATTRIBUTES_MAX) {
        too_large(builder, "the number of attributes of an XML element");
        return;
    }
    if (count == 0)
        return;
    builder->node_count += count;
    attributes = ARENA_NEW_N(builder->arena, count, struct xml_attribute);
    for (size_t i = 0; i < count; i++) {
        const struct xml_name *name = name_of(builder, pairs[2 * i]);

        attributes[i] =
            (struct xml_attribute){ name->space, name->local,
                                    arena_str(builder->arena, str_from_z(pairs[2 * i + 1])) };
    }
    node->attributes = attributes;
    node->attribute_count = (unsigned)count;
}

static void begin_part(struct xml_builder *builder)
{
    arena_reset(builder->part_arena);
    builder->arena = builder->part_arena;
    memset(builder->names, 0, sizeof builder->names);
    builder->space_count = builder->node_count = 0;
    builder->fault = NULL;
    builder->part = NULL;
    builder->part_at = (size_t)XML_GetCurrentByteIndex(builder->parser);
    builder->part_line = (unsigned)XML_GetCurrentLineNumber(builder->parser);
    for (size_t i = 0; i < COUNT(builder->levels); i++) {
        if (builder->levels[i].text.cap <= TEXT_KEPT)
            continue;
        free(builder->levels[i].text.ptr);
        builder->levels[i].text.ptr = NULL;
        builder->levels[i].text.len = builder->levels[i].text.cap = 0;
    }
}

/* Also when it has become so by now. */
static bool is_passed_over(struct xml_builder *builder)
{
    if (builder->part_arena && builder->depth > 0 && !builder->fault &&
        (size_t)XML_GetCurrentByteIndex(builder->parser) - builder->part_at > builder->part_max)
        builder->fault = "it is too large";
    return builder->fault != NULL;
}

static void XMLCALL on_start(void *user, const XML_Char *z, const XML_Char **pairs)
{
    struct xml_builder *builder = user;
    const struct xml_name *name;
    struct xml_node *node;
    struct xml_level *level;

    if (builder->failed)
        return;
    if (builder->depth == XML_DEPTH_MAX) {
        stop(builder, ERR_XML_SYNTAX, "it is nested too deeply");
        return;
    }
    if (builder->part_arena && builder->depth == 1)
        begin_part(builder);
    if (++builder->node_count > XML_NODES_MAX)
        too_large(builder, "the number of XML elements");
    if (builder->failed)
        return;
    if (is_passed_over(builder)) {
        builder->depth++;
        return;
    }
    name = name_of(builder, z);
    node = ARENA_NEW(builder->arena, struct xml_node);
    node->space = name->space;
    node->name = name->local;
    node->line = (unsigned)XML_GetCurrentLineNumber(builder->parser);
    read_attributes(builder, node, pairs);

    if (builder->depth == 0) {
        builder->root = node;
    } else if (builder->part_arena && builder->depth == 1) {
        builder->part = node;
    } else {
        struct xml_level *parent = &builder->levels[builder->depth - 1];

        if (parent->last)
            parent->last->next = node;
        else
            parent->node->first = node;
        parent->last = node;
    }
    level = &builder->levels[builder->depth++];
    level->node = node;
    level->last = NULL;
    level->start = (size_t)XML_GetCurrentByteIndex(builder->parser);
    level->text.len = 0;
}

static void XMLCALL on_text(void *user, const XML_Char *text, int length)
{
    struct xml_builder *builder = user;
    struct xml_level *level;
    size_t size = (size_t)length;

    if (builder->failed || builder->depth == 0 || is_passed_over(builder) ||
        (builder->part_arena && builder->depth == 1))
        return;
    level = &builder->levels[builder->depth - 1];
    if (size > level->text.cap - level->text.len) {
        size_t cap = 2 * (level->text.len + size);
        char *ptr = realloc(level->text.ptr, cap);

        if (!ptr) {
            stop(builder, ERR_UNAVAILABLE, "memory");
            return;
        }
        level->text.ptr = ptr;
        level->text.cap = cap;
    }
    memcpy(level->text.ptr + level->text.len, text, size);
    level->text.len += size;
}

static void XMLCALL on_end(void *user, const XML_Char *name)
{
    struct xml_builder *builder = user;
    struct xml_level *level;
    size_t end;
    (void)name;

    if (builder->failed)
        return;
    level = &builder->levels[--builder->depth];
    end = (size_t)XML_GetCurrentByteIndex(builder->parser) +
          (size_t)XML_GetCurrentByteCount(builder->parser);
    if (!is_passed_over(builder)) {
        struct str text = { level->text.ptr, level->text.len };

        if (!str_is_empty(str_trim(text)))
            level->node->text = arena_str(builder->arena, text);
        level->node->source = str_drop(str_take(builder->source, end), level->start);
    }
    if (builder->part_arena && builder->depth == 1) {
        builder->part_end = end;
        XML_StopParser(builder->parser, XML_TRUE);
    }
}

static void XMLCALL on_doctype(void *user, const XML_Char *name, const XML_Char *system,
                               const XML_Char *public, int has_subset)
{
    (void)name;
    (void)system;
    (void)public;
    (void)has_subset;
    stop(user, ERR_XML_SYNTAX, "it has a DOCTYPE");
}

static void XMLCALL on_declaration(void *user, const XML_Char *version, const XML_Char *encoding,
                                   int standalone)
{
    struct str word = str_from_z(encoding);
    (void)version;
    (void)standalone;

    if (encoding && !str_eq_nocase(word, STR("utf-8")) && !str_eq_nocase(word, STR("utf-16")) &&
        !str_eq_nocase(word, STR("us-ascii")))
        stop(user, ERR_XML_SYNTAX, "its encoding is not UTF-8");
}

struct xml_builder *xml_builder_new(struct arena *arena)
{
    struct xml_builder *builder = calloc(1, sizeof *builder);

    if (!builder)
        return NULL;
    builder->arena = arena;
    builder->parser = XML_ParserCreateNS(NULL, SEPARATOR);
    if (!builder->parser) {
        free(builder);
        return NULL;
    }
    XML_SetUserData(builder->parser, builder);
    XML_SetElementHandler(builder->parser, on_start, on_end);
    XML_SetCharacterDataHandler(builder->parser, on_text);
    XML_SetStartDoctypeDeclHandler(builder->parser, on_doctype);
    XML_SetXmlDeclHandler(builder->parser, on_declaration);
    return builder;
}

void xml_builder_free(struct xml_builder *builder)
{
    if (!builder)
        return;
    for (size_t i = 0; i < COUNT(builder->levels); i++)
        free(builder->levels[i].text.ptr);
    XML_ParserFree(builder->parser);
    free(builder);
}

void xml_builder_tell(struct xml_builder *builder)
{
    stop(builder, ERR_XML_SYNTAX, XML_ErrorString(XML_GetErrorCode(builder->parser)));
}
