#include "formats/vuldef/vuldef.h"

#include "base/err.h"
#include "formats/xml/tree.h"

bool vuldef_is(const struct xml_node *root)
{
    return root && str_eq(root->name, STR("VULDEF-Document"));
}

enum lang vuldef_lang(const struct xml_node *root)
{
    return str_starts(xml_attribute_in(root, "http://www.w3.org/XML/1998/namespace", "lang"),
                      STR("en"))
               ? LANG_EN
               : LANG_JA;
}

static struct utc time_of(const struct xml_node *node)
{
    struct err ignored = { 0 };
    struct utc t = { 0 };

    return utc_parse(xml_text_of(node), &t, &ignored) && t.ms > 0 ? t : (struct utc){ 0 };
}

/* The texts of all children of that name, one a line. */
static void add_texts(struct buf *buf, const struct xml_node *node, const char *name)
{
    for (const struct xml_node *child = xml_child(node, name); child; child = xml_next(child)) {
        struct str text = xml_text_of(child);

        if (text.len > 0 && buf->len > 0)
            buf_byte(buf, '\n');
        buf_add(buf, text);
    }
}

static struct str texts_of(const struct xml_node *node, const char *name, struct arena *arena)
{
    struct buf buf = buf_new(arena, XML_TEXT_MAX);

    if (!xml_next(xml_child(node, name))) /* nearly always */
        return xml_child_text(node, name);
    add_texts(&buf, node, name);
    return buf_str(&buf);
}

/* What all items of a list describe. */
static struct str descriptions_of(const struct xml_node *list, const char *item,
                                  struct arena *arena)
{
    struct buf buf = buf_new(arena, XML_TEXT_MAX);

    for (const struct xml_node *node = xml_child(list, item); node; node = xml_next(node))
        add_texts(&buf, node, "Description");
    return buf_str(&buf);
}

/* ---- products ---- */

/* As JVN iPedia writes it in words: "1.0 以上". */
static struct str bound_of(const struct xml_node *node, const char *otherwise, struct arena *arena)
{
    static const struct {
        const char *sign, *words;
    } all[] = { { "eq", "" },      { "ge", " 以上" }, { "gt", " より後" },
                { "le", " 以下" }, { "lt", " 未満" }, { "ne", " 以外" } };
    struct str version = xml_text_of(node), sign = xml_attribute_of(node, "operator");

    if (sign.len == 0)
        sign = str_from_z(otherwise);
    for (size_t i = 0; i < COUNT(all) && version.len > 0; i++)
        if (str_eq_z(sign, all[i].sign) && all[i].words[0])
            return arena_printf(arena, "%.*s%s", STR_ARG(version), all[i].words);
    return version;
}

static struct str version_of(const struct xml_node *node, struct arena *arena)
{
    struct str from = bound_of(xml_child(node, "RangeBegin"), "ge", arena),
               to = bound_of(xml_child(node, "RangeEnd"), "le", arena);

    if (from.len > 0 && to.len > 0)
        return arena_printf(arena, "%.*s %.*s", STR_ARG(from), STR_ARG(to));
    return from.len > 0 ? from : to.len > 0 ? to : bound_of(node, "eq", arena);
}

static void take_affected(const struct xml_node *node, struct arena *arena,
                          struct vuldef_info *info)
{
    struct vuldef_affected affected = {
        .status = xml_attribute_of(node, "affectedstatus"),
        .vendor = xml_child_text(node, "Name"),
        .product = xml_child_text(node, "ProductName"),
        .cpe = xml_child_text(node, "Cpe"),
        .note = texts_of(node, "Description", arena),
    };

    for (const struct xml_node *child = xml_child(node, "VersionNumber"); child;
         child = xml_next(child)) {
        struct str version = version_of(child, arena);

        if (version.len > 0)
            VEC_PUSH(arena, &affected.versions, version);
        else
            affected.has_blank = true;
    }
    VEC_PUSH(arena, &info->affected, affected);
}

/* ---- the rest ---- */

static void take_related(const struct xml_node *node, struct arena *arena, struct vuldef_info *info)
{
    struct vuldef_related related = { .type = xml_attribute_of(node, "type"),
                                      .name = xml_child_text(node, "Name"),
                                      .id = xml_child_text(node, "VulinfoID"),
                                      .title = xml_child_text(node, "Title"),
                                      .url = xml_child_text(node, "URL") };

    VEC_PUSH(arena, &info->related, related);
}

static void take_solution(const struct xml_node *node, struct arena *arena,
                          struct vuldef_info *info)
{
    struct str text = texts_of(node, "Description", arena);

    if (text.len > 0)
        VEC_PUSH(arena, &info->solutions, text);
}

/* "[2026年07月07日]\n  掲載" stands there with a backslash and an n; or with blanks, or another day. */
static void take_change(const struct xml_node *node, struct arena *arena, struct vuldef_info *info)
{
    struct vuldef_change change = { .at = time_of(xml_child(node, "DateTime")),
                                    .told = texts_of(node, "Description", arena) };
    size_t close = str_index(change.told, ']');
    struct err ignored = { 0 };
    int64_t number;

    change.words = change.told;
    if (str_starts(change.words, STR("[")) && close < change.words.len) {
        change.words = str_trim(str_drop(change.words, close + 1));
        (void)str_skip(&change.words, STR("\\n"));
    }
    change.words = str_trim(change.words);
    if (str_to_int(xml_child_text(node, "HistoryNo"), 0, INT32_MAX, &number, &ignored))
        change.place = number + 1;
    VEC_PUSH(arena, &info->history, change);
}

static void take_score(const struct xml_node *node, struct arena *arena, struct vuldef_info *info)
{
    struct str vector = xml_child_text(node, "Vector");

    if (vector.len > 0)
        VEC_PUSH(arena, &info->vectors, vector);
}

static void take_all(const struct xml_node *data, struct arena *arena, struct vuldef_info *info)
{
    static const struct {
        const char *list, *item;
        void (*take)(const struct xml_node *, struct arena *, struct vuldef_info *);
    } lists[] = { { "Affected", "AffectedItem", take_affected },
                  { "Impact", "Cvss", take_score },
                  { "Solution", "SolutionItem", take_solution },
                  { "Related", "RelatedItem", take_related },
                  { "History", "HistoryItem", take_change } };

    for (size_t i = 0; i < COUNT(lists); i++)
        for (const struct xml_node *item = xml_child(xml_child(data, lists[i].list), lists[i].item);
             item; item = xml_next(item))
            lists[i].take(item, arena, info);
}

bool vuldef_read_info(const struct xml_node *node, struct arena *arena, struct vuldef_info *out)
{
    const struct xml_node *data = xml_child(node, "VulinfoData"),
                          *description = xml_child(data, "VulinfoDescription");
    struct vuldef_info info = {
        .id = xml_child_text(node, "VulinfoID"),
        .title = xml_child_text(data, "Title"),
        .overview = texts_of(description, "Overview", arena),
        .details = texts_of(description, "Detail", arena),
        .impact = descriptions_of(xml_child(data, "Impact"), "ImpactItem", arena),
        .credit = descriptions_of(xml_child(data, "Credit"), "CreditItem", arena),
        .first_published = time_of(xml_child(data, "DateFirstPublished")),
        .last_updated = time_of(xml_child(data, "DateLastUpdated")),
        .public_since = time_of(xml_child(data, "DatePublic")),
    };

    if (!str_eq(node->name, STR("Vulinfo")))
        return false;
    take_all(data, arena, &info);
    *out = info;
    return true;
}

bool vuldef_read(struct str text, struct arena *arena, struct vuldef *out, struct err *err)
{
    struct vuldef document = { 0 };
    const struct xml_node *root;

    if (!xml_read(text, arena, &root, err))
        return PASS(err);
    if (!vuldef_is(root))
        return FAIL(err, XML_SYNTAX, STR("its root is no VULDEF-Document"));
    document.lang = vuldef_lang(root);
    for (const struct xml_node *child = root->first; child; child = child->next) {
        struct vuldef_info info;

        if (vuldef_read_info(child, arena, &info))
            VEC_PUSH(arena, &document.infos, info);
    }
    *out = document;
    return true;
}
