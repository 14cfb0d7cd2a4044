#include "base/testing.h"

#include "formats/testing.h"
#include "formats/xml/tree.h"
#include <ftw.h>

static const struct xml_node *read_ok(struct arena *arena, const char *text)
{
    const struct xml_node *root = NULL;
    struct err err = { 0 };

    if (!xml_read(str_from_z(text), arena, &root, &err))
        fail_msg("line %u: %s", err.line, err.subject);
    return root;
}

static void xml_read__gives_names_texts_attributes_and_lines(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(4 << 20);
    const struct xml_node *root, *item;
    (void)state;

    root = read_ok(arena,
                   "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                   "<!-- a word -->\n"
                   "<a:list xmlns:a=\"urn:a\" xmlns=\"urn:b\" a:kind=\"k\" kind=\"&lt;x&gt;\">\n"
                   "  <a:item n='1'> one &amp; <![CDATA[<two>]]> </a:item>\n"
                   "  <item>other</item>\n"
                   "  <a:item n='2'>left<b/>right</a:item>\n"
                   "</a:list>\n");
    assert_str(root->space, "urn:a");
    assert_str(root->name, "list");
    assert_str(root->text, "");
    assert_int_equal(root->line, 3);
    assert_str(xml_attribute_of(root, "kind"), "<x>");
    assert_str(xml_attribute_in(root, "urn:a", "kind"), "k");
    assert_true(str_is_empty(xml_attribute_of(root, "none")));

    item = xml_child(root, "item");
    assert_str(xml_text_of(item), "one & <two>");
    assert_int_equal(item->line, 4);
    item = xml_next(item);
    assert_str(xml_attribute_of(item, "n"), "2");
    assert_str(item->text, "leftright");
    assert_int_equal(item->line, 6);
    assert_null(xml_next(item));
    assert_str(xml_text_of(xml_child_in(root, "urn:b", "item")), "other");
    assert_null(xml_child(NULL, "item"));
    assert_str(xml_child_text(root, "nothing"), "");
}

static void xml_read__reads_utf16_with_its_mark_and_no_other_encoding(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 20);
    static const char utf16[] = "\xff\xfe<\0a\0>\0\xe9\0<\0/\0a\0>\0";
    const struct xml_node *root = NULL;
    struct err err = { 0 };
    (void)state;

    assert_true(xml_read((struct str){ utf16, sizeof utf16 - 1 }, arena, &root, &err));
    assert_str(root->text, "\xc3\xa9");
    assert_false(
        xml_read(STR("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a/>"), arena, &root, &err));
    assert_int_equal(err.code, ERR_XML_SYNTAX);
    err = (struct err){ 0 };
    assert_false(
        xml_read(STR("<?xml version=\"1.0\" encoding=\"UTF-16\"?><a/>"), arena, &root, &err));
    err = (struct err){ 0 };
    assert_false(xml_read(STR("<a>\xc3</a>"), arena, &root, &err));
}

static void xml_read__refuses_with_line_and_reason(void **state)
{
    static const struct {
        const char *text;
        unsigned line;
    } cases[] = {
        { "<a>\n<b>\n</a>", 3 },
        { "", 1 },
        { "<a/>\n<b/>", 2 },
        { "<!DOCTYPE a>\n<a/>", 1 },
        { "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>", 1 },
        { "<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>", 1 },
        { "<a>\n&b;</a>", 2 },
        { "<a b='1' b='2'/>", 1 },
        { "<p:a/>", 1 },
        { "<a xmlns:p='urn:x' xmlns:q='urn:x' p:b='1' q:b='2'/>", 1 },
    };
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 20);
    (void)state;

    for (size_t i = 0; i < COUNT(cases); i++) {
        const struct xml_node *root = NULL;
        struct err err = { 0 };

        print_message("case: %s\n", cases[i].text);
        assert_false(xml_read(str_from_z(cases[i].text), arena, &root, &err));
        assert_int_equal(err.code, ERR_XML_SYNTAX);
        assert_int_equal(err.line, cases[i].line);
        assert_true(err.subject[0] != '\0');
        assert_null(root);
    }
}

/* times: how often part stands between start and end, each time with its number behind it if behind says so. */
static bool is_read(const char *start, const char *part, const char *behind, size_t times,
                    const char *end)
{
    CLEANUP(arena_free_var) struct arena *texts = arena_new(256 << 20);
    CLEANUP(arena_free_var) struct arena *arena = arena_new(256 << 20);
    struct buf buf = buf_new(texts, 64 << 20);
    const struct xml_node *root;
    struct err err = { 0 };

    buf_add_z(&buf, start);
    for (size_t i = 0; i < times; i++) {
        buf_add_z(&buf, part);
        if (behind)
            buf_printf(&buf, "%zu%s", i, behind);
    }
    buf_add_z(&buf, end);
    return xml_read(buf_str(&buf), arena, &root, &err);
}

/* The recipes of the hostile set: at the limit, beyond it, far beyond it. */
static void xml_read__is_bounded(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 20);
    (void)state;

    for (size_t i = 0; i < 3; i++) {
        size_t depth = (size_t[]){ XML_DEPTH_MAX, XML_DEPTH_MAX + 1, 1000000 }[i];
        struct buf close = buf_new(arena, 1 << 16);

        for (size_t n = 0; n < XML_DEPTH_MAX && i == 0; n++)
            buf_add_z(&close, "</a>");
        assert_int_equal(is_read("", "<a>", NULL, depth, arena_z(arena, buf_str(&close))), i == 0);
    }
    assert_true(is_read("<a", " b", "=''", XML_ATTRIBUTES_MAX, "/>"));
    assert_false(is_read("<a", " b", "=''", XML_ATTRIBUTES_MAX + 1, "/>"));
    assert_false(is_read("<a", " b", "=''", 200000, "/>"));
    assert_true(is_read("<a>", "<b xmlns='urn:", "'/>", XML_SPACES_MAX, "</a>"));
    assert_false(is_read("<a>", "<b xmlns='urn:", "'/>", XML_SPACES_MAX + 1, "</a>"));
    assert_true(is_read("<a>", "<b/>", NULL, XML_NODES_MAX - 1, "</a>"));
    assert_false(is_read("<a>", "<b/>", NULL, XML_NODES_MAX, "</a>"));
    assert_true(is_read("<a>", "long text ", NULL, 3000000, "</a>"));
    assert_false(is_read("<a>", "long text ", NULL, 4000000, "</a>"));
    assert_true(is_read("<n", "x", NULL, XML_NAME_MAX - 1, "/>"));
    assert_false(is_read("<n", "x", NULL, XML_NAME_MAX, "/>"));
    assert_false(is_read("<n", "x", NULL, 1000000, "/>"));
}

static unsigned files, refused, with_doctype;

static int try_file(const char *path, const struct stat *stat, int kind, struct FTW *place)
{
    struct str name = str_from_z(path);
    (void)stat;
    (void)place;

    if (kind == FTW_F && (str_ends(name, STR(".xml")) || str_ends(name, STR(".svg")))) {
        CLEANUP(arena_free_var) struct arena *arena = arena_new(64 << 20);
        struct str text = testing_read(arena, path);
        const struct xml_node *root;
        struct err err = { 0 };
        bool ok = xml_read(text, arena, &root, &err);

        files++;
        refused += !ok;
        with_doctype += str_contains(text, STR("<!DOCTYPE"));
        if (ok && (str_contains(name, STR("/not-wf/")) || str_contains(text, STR("<!DOCTYPE"))))
            fail_msg("%s was read", path);
        if (!ok && err.code == ERR_XML_SYNTAX && err.line == 0)
            fail_msg("%s: no line", path);
        if (!ok && str_contains(name, STR("/valid/sa/")) &&
            !str_eq_z(str_from_z(err.subject), "it has a DOCTYPE"))
            fail_msg("%s: %s", path, err.subject);
    }
    return 0;
}

static void xml_read__holds_against_the_hostile_set(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 20);
    const char *folder = testing_data(arena, "hostile/xml");
    (void)state;

    if (!folder) {
        arena_free(TAKE(arena));
        skip();
    }
    assert_int_equal(nftw(folder, try_file, 16, FTW_PHYS), 0);
    assert_true(files > 400);
    print_message("conformance: xml-hostile %u/%u (%u refused, %u of them for a DOCTYPE)\n", files,
                  files, refused, with_doctype);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(xml_read__gives_names_texts_attributes_and_lines),
        cmocka_unit_test(xml_read__reads_utf16_with_its_mark_and_no_other_encoding),
        cmocka_unit_test(xml_read__refuses_with_line_and_reason),
        cmocka_unit_test(xml_read__is_bounded),
        cmocka_unit_test(xml_read__holds_against_the_hostile_set),
    };

    return cmocka_run_group_tests_name("xml_tree", tests, NULL, NULL);
}
