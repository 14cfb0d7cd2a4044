#include "formats/testing.h"
#include "formats/xml/xml.h"

static struct str done(struct buf *buf)
{
    struct err err = { 0 };
    struct str text;

    assert_true(buf_done(buf, &text, &err));
    return text;
}

static void xml_writer__escapes_by_place(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 20);
    struct buf buf = buf_new(arena, 4096);
    struct xml_writer w = xml_writer_new(&buf, false);
    (void)state;

    xml_declaration(&w);
    xml_begin(&w, "a");
    xml_attr(&w, "x", STR("\"<&>'\r\n\t"));
    xml_element(&w, "b", STR("]]> & <c> \"\r\n"));
    xml_element(&w, "e", STR_NONE);
    xml_begin(&w, "f");
    xml_text(&w, STR_NONE);
    xml_end(&w);
    xml_end(&w);
    assert_string_equal(
        arena_z(arena, done(&buf)),
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a x=\"&quot;&lt;&amp;&gt;'&#13;&#10;&#9;\">"
        "<b>]]&gt; &amp; &lt;c&gt; \"&#13;\n</b><e/><f></f></a>");
}

static void xml_text__replaces_what_xml_forbids(void **state)
{
    /* clang-format off */
    static const struct {
        const char *in, *out;
    } cases[] = {
        { "a\x01z", "a\xef\xbf\xbdz" },           { "\xef\xbf\xbe", "\xef\xbf\xbd" },
        { "\xef\xbf\xbf", "\xef\xbf\xbd" },       { "\xc3", "\xef\xbf\xbd" },
        { "\xed\xa0\x80", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd" }, { "狼煙\xf0\x9f\x94\xa5\t", "狼煙\xf0\x9f\x94\xa5\t" },
        { "\xff\x41", "\xef\xbf\xbd\x41" },       { "\x7f\xc2\x85", "\x7f\xc2\x85" },
    };
    /* clang-format on */
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 20);
    (void)state;

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct buf buf = buf_new(arena, 4096);
        struct xml_writer w = xml_writer_new(&buf, false);

        xml_text(&w, str_from_z(cases[i].in));
        assert_string_equal(arena_z(arena, done(&buf)), cases[i].out);
    }
}

static void xml_writer__indents_elements_but_not_text(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 20);
    struct buf buf = buf_new(arena, 4096);
    struct xml_writer w = xml_writer_new(&buf, true);
    (void)state;

    xml_begin(&w, "a");
    xml_begin(&w, "b");
    xml_element(&w, "c", STR("t"));
    xml_element(&w, "d", STR_NONE);
    xml_end(&w);
    xml_end(&w);
    assert_string_equal(arena_z(arena, done(&buf)),
                        "<a>\n  <b>\n    <c>t</c>\n    <d/>\n  </b>\n</a>\n");
}

static void xml_begin__is_bounded(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 20);
    struct buf buf = buf_new(arena, 4096);
    struct xml_writer w = xml_writer_new(&buf, false);
    struct err err = { 0 };
    struct str text;
    (void)state;

    for (int i = 0; i < 33; i++)
        xml_begin(&w, "a");
    assert_false(buf_done(&buf, &text, &err));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(xml_writer__escapes_by_place),
        cmocka_unit_test(xml_text__replaces_what_xml_forbids),
        cmocka_unit_test(xml_writer__indents_elements_but_not_text),
        cmocka_unit_test(xml_begin__is_bounded),
    };

    return cmocka_run_group_tests_name("xml", tests, NULL, NULL);
}
