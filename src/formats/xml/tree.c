#include "formats/xml/tree.h"

#include <expat.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"

enum { SEPARATOR = '\f', NAMES = 512 }; /* a form feed cannot stand in XML, so not in a name */

struct name {
    struct str space, local;
};
struct level {
    struct xml_node *node, *last;
    size_t start; /* of its source */
    struct {
        char *ptr;
        size_t len, cap;
    } text; /* kept for the next element of this depth */
};
struct reader {
    XML_Parser parser;
    struct arena *arena;
    struct err *err;
    struct str source; /* what is read, when it is UTF-8 */
    struct xml_node *root;
    size_t node_count;
    unsigned depth;
    bool failed; /* err says why */
    struct level levels[XML_DEPTH_MAX];
    struct str spaces[XML_SPACES_MAX];
    size_t space_count;
    struct name names[NAMES]; /* documents have few: each is copied once, but for collisions */
};

static void stop(struct reader *reader, enum err_code code, const char *what)
{
    if (reader->failed)
        return;
    reader->failed = true;
    err_set(reader->err, code, str_from_z(what), HERE);
    reader->err->line = (unsigned)XML_GetCurrentLineNumber(reader->parser);
    XML_StopParser(reader->parser, XML_FALSE);
}

/* A namespace may be long and an element's name short, so each is kept but once. */
static struct str space_of(struct reader *reader, struct str space)
{
    if (space.len == 0)
        return STR_NONE;
    for (size_t i = 0; i < reader->space_count; i++)
        if (str_eq(reader->spaces[i], space))
            return reader->spaces[i];
    if (reader->space_count == XML_SPACES_MAX) {
        stop(reader, ERR_TOO_LARGE, "the number of namespaces in the XML");
        return STR_NONE;
    }
    return reader->spaces[reader->space_count++] = arena_str(reader->arena, space);
}

/* Expat says "space SEPARATOR local", or the local name alone. */
static const struct name *name_of(struct reader *reader, const char *z)
{
    struct str local = str_from_z(z), space = STR_NONE;
    size_t parted = str_index(local, SEPARATOR);
    uint32_t hash = 2166136261U;
    struct name *name;

    if (local.len > XML_NAME_MAX)
        stop(reader, ERR_TOO_LARGE, "a name in the XML");
    for (size_t i = 0; i < local.len; i++)
        hash = (hash ^ (unsigned char)local.ptr[i]) * 16777619U;
    if (parted < local.len) {
        space = str_take(local, parted);
        local = str_drop(local, parted + 1);
    }
    name = &reader->names[(hash ^ hash >> 16) % NAMES];
    if (!str_eq(name->local, local) || !str_eq(name->space, space))
        *name = (struct name){ space_of(reader, space), arena_str(reader->arena, local) };
    return name;
}

static void read_attributes(struct reader *reader, struct xml_node *node, const char **pairs)
{
    struct xml_attribute *attributes;
    size_t count = 0;

    while (pairs[2 * count] && count <= XML_ATTRIBUTES_MAX)
        count++;
    if (count > XML_ATTRIBUTES_MAX) {
        stop(reader, ERR_TOO_LARGE, "the number of attributes of an XML element");
        return;
    }
    if (count == 0)
        return;
    reader->node_count += count;
    attributes = ARENA_NEW_N(reader->arena, count, struct xml_attribute);
    for (size_t i = 0; i < count; i++) {
        const struct name *name = name_of(reader, pairs[2 * i]);

        attributes[i] =
            (struct xml_attribute){ name->space, name->local,
                                    arena_str(reader->arena, str_from_z(pairs[2 * i + 1])) };
    }
    node->attributes = attributes;
    node->attribute_count = (unsigned)count;
}

static void XMLCALL on_start(void *user, const XML_Char *z, const XML_Char **pairs)
{
    struct reader *reader = user;
    const struct name *name;
    struct xml_node *node;
    struct level *level;

    if (reader->failed)
        return;
    if (reader->depth == XML_DEPTH_MAX) {
        stop(reader, ERR_XML_SYNTAX, "it is nested too deeply");
        return;
    }
    if (++reader->node_count > XML_NODES_MAX) {
        stop(reader, ERR_TOO_LARGE, "the number of XML elements");
        return;
    }
    name = name_of(reader, z);
    node = ARENA_NEW(reader->arena, struct xml_node);
    node->space = name->space;
    node->name = name->local;
    node->line = (unsigned)XML_GetCurrentLineNumber(reader->parser);
    read_attributes(reader, node, pairs);

    if (reader->depth == 0) {
        reader->root = node;
    } else {
        struct level *parent = &reader->levels[reader->depth - 1];

        if (parent->last)
            parent->last->next = node;
        else
            parent->node->first = node;
        parent->last = node;
    }
    level = &reader->levels[reader->depth++];
    level->node = node;
    level->last = NULL;
    level->start = (size_t)XML_GetCurrentByteIndex(reader->parser);
    level->text.len = 0;
}

static void XMLCALL on_text(void *user, const XML_Char *text, int length)
{
    struct reader *reader = user;
    struct level *level;
    size_t size = (size_t)length;

    if (reader->failed || reader->depth == 0)
        return;
    level = &reader->levels[reader->depth - 1];
    if (size > level->text.cap - level->text.len) {
        size_t cap = 2 * (level->text.len + size);
        char *ptr = realloc(level->text.ptr, cap);

        if (!ptr) {
            stop(reader, ERR_UNAVAILABLE, "memory");
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
    struct reader *reader = user;
    struct level *level;
    struct str text;
    (void)name;

    if (reader->failed)
        return;
    level = &reader->levels[--reader->depth];
    level->node->source =
        str_drop(str_take(reader->source, (size_t)XML_GetCurrentByteIndex(reader->parser) +
                                              (size_t)XML_GetCurrentByteCount(reader->parser)),
                 level->start);
    text = (struct str){ level->text.ptr, level->text.len };
    if (!str_is_empty(str_trim(text)))
        level->node->text = arena_str(reader->arena, text);
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

static bool parse(struct reader *reader, struct str text)
{
    enum XML_Status status;

    XML_SetUserData(reader->parser, reader);
    XML_SetElementHandler(reader->parser, on_start, on_end);
    XML_SetCharacterDataHandler(reader->parser, on_text);
    XML_SetStartDoctypeDeclHandler(reader->parser, on_doctype);
    XML_SetXmlDeclHandler(reader->parser, on_declaration);
    status = XML_Parse(reader->parser, text.ptr, (int)text.len, XML_TRUE);
    if (status != XML_STATUS_OK && !reader->failed)
        stop(reader, ERR_XML_SYNTAX, XML_ErrorString(XML_GetErrorCode(reader->parser)));
    return !reader->failed;
}

bool xml_read(struct str text, struct arena *arena, const struct xml_node **out, struct err *err)
{
    struct reader *reader;
    bool ok;

    if (text.len > XML_TEXT_MAX)
        return FAIL(err, TOO_LARGE, STR("XML"));
    reader = calloc(1, sizeof *reader);
    if (!reader)
        return FAIL(err, UNAVAILABLE, STR("memory"));
    reader->arena = arena;
    reader->err = err;
    if (!str_starts(text, STR("\xfe\xff")) && !str_starts(text, STR("\xff\xfe")))
        reader->source = text;
    reader->parser = XML_ParserCreateNS(NULL, SEPARATOR);
    ok = reader->parser ? parse(reader, text) : FAIL(err, UNAVAILABLE, STR("memory"));
    if (ok)
        *out = reader->root;
    for (size_t i = 0; i < COUNT(reader->levels); i++)
        free(reader->levels[i].text.ptr);
    XML_ParserFree(reader->parser);
    free(reader);
    return ok;
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
