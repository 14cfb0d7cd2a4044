#include "formats/jvnrss/jvnrss.h"

#include "base/err.h"
#include "formats/xml/tree.h"

static const char dublin_core[] = "http://purl.org/dc/elements/1.1/";
static const char xml_space[] = "http://www.w3.org/XML/1998/namespace";

bool jvnrss_is(const struct xml_node *root)
{
    return root && str_eq(root->name, STR("RDF")) &&
           str_eq(root->space, STR("http://www.w3.org/1999/02/22-rdf-syntax-ns#"));
}

enum lang jvnrss_lang(const struct xml_node *root)
{
    return str_starts(xml_attribute_in(root, xml_space, "lang"), STR("en")) ? LANG_EN : LANG_JA;
}

static struct utc time_of(const struct xml_node *node)
{
    struct err ignored = { 0 };
    struct utc t = { 0 };

    return utc_parse(xml_text_of(node), &t, &ignored) && t.ms > 0 ? t : (struct utc){ 0 };
}

/* The feeds end lines with CR LF. */
static struct str without_cr(struct str text, struct arena *arena)
{
    struct buf buf = buf_new(arena, text.len + 1);

    if (str_index(text, '\r') == text.len)
        return text;
    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i] != '\r')
            buf_byte(&buf, text.ptr[i]);
    return buf_str(&buf);
}

static void take_reference(const struct xml_node *node, struct arena *arena,
                           struct jvnrss_item *item)
{
    struct jvnrss_reference reference = { .source = str_trim(xml_attribute_of(node, "source")),
                                          .id = str_trim(xml_attribute_of(node, "id")),
                                          .title = str_trim(xml_attribute_of(node, "title")),
                                          .url = xml_text_of(node) };

    VEC_PUSH(arena, &item->references, reference);
}

static void take_cpe(const struct xml_node *node, struct arena *arena, struct jvnrss_item *item)
{
    struct jvnrss_cpe cpe = { .vendor = str_trim(xml_attribute_of(node, "vendor")),
                              .product = str_trim(xml_attribute_of(node, "product")),
                              .cpe = xml_text_of(node) };

    if (!str_eq(xml_attribute_of(node, "impact"), STR("not vulnerable")))
        VEC_PUSH(arena, &item->cpes, cpe);
}

/* One element of mod_sec, Dublin Core or its terms. */
static void take(const struct xml_node *node, struct arena *arena, struct jvnrss_item *item)
{
    struct str vector = str_trim(xml_attribute_of(node, "vector"));

    if (str_eq(node->name, STR("references")))
        take_reference(node, arena, item);
    else if (str_eq(node->name, STR("cpe")))
        take_cpe(node, arena, item);
    else if (str_eq(node->name, STR("cvss")) && vector.len > 0)
        VEC_PUSH(arena, &item->vectors, vector);
    else if (str_eq(node->name, STR("identifier")) && !str_eq_z(node->space, dublin_core))
        item->identifier = xml_text_of(node);
    else if (str_eq(node->name, STR("creator")))
        item->creator = xml_text_of(node);
    else if (str_eq(node->name, STR("issued")))
        item->issued = time_of(node);
    else if (str_eq(node->name, STR("modified")))
        item->modified = time_of(node);
}

bool jvnrss_read_item(const struct xml_node *node, struct arena *arena, struct jvnrss_item *out)
{
    struct jvnrss_item item = { 0 };

    if (!str_eq(node->name, STR("item")))
        return false;
    item.title = xml_child_text(node, "title");
    item.url = xml_child_text(node, "link");
    item.description = without_cr(xml_child_text(node, "description"), arena);
    for (const struct xml_node *child = node->first; child; child = child->next)
        take(child, arena, &item);
    if (item.modified.ms == 0)
        item.modified = time_of(xml_child_in(node, dublin_core, "date"));
    *out = item;
    return true;
}

bool jvnrss_read(struct str text, struct arena *arena, struct jvnrss *out, struct err *err)
{
    struct jvnrss feed = { 0 };
    const struct xml_node *root, *channel;

    if (!xml_read(text, arena, &root, err))
        return PASS(err);
    if (!jvnrss_is(root))
        return FAIL(err, XML_SYNTAX, STR("its root is no rdf:RDF"));
    feed.lang = jvnrss_lang(root);
    for (const struct xml_node *child = root->first; child; child = child->next) {
        struct jvnrss_item item;

        if (jvnrss_read_item(child, arena, &item))
            VEC_PUSH(arena, &feed.items, item);
    }
    channel = xml_child_in(root, "http://purl.org/rss/1.0/", "channel");
    feed.url = xml_attribute_in(channel, "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "about");
    feed.title = xml_child_text(channel, "title");
    feed.link = xml_child_text(channel, "link");
    feed.description = xml_child_text(channel, "description");
    feed.creator = xml_text_of(xml_child_in(channel, dublin_core, "creator"));
    feed.date = time_of(xml_child_in(channel, dublin_core, "date"));
    *out = feed;
    return true;
}
