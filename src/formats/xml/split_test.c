#include "base/testing.h"

#include "formats/testing.h"
#include "formats/xml/split_testing.h"
#include <ftw.h>

static void assert_same(struct str text, struct arena *arena)
{
    const struct xml_node *root;
    struct err err = { 0 };
    bool is_read = xml_read(text, arena, &root, &err);
    struct buf whole = buf_new(arena, 256 << 20);

    if (is_read)
        split_tell_whole(root, &whole);
    for (size_t i = 0; i < 3; i++) {
        struct buf parts = buf_new(arena, 256 << 20);
        size_t step = (size_t[]){ 1, 7, 1 << 20 }[i];
        struct err why = { 0 };

        if (text.len > 100000 && step < 100)
            continue;
        assert_int_equal(split_tell_parts(text, step, &parts, &why), is_read);
        if (is_read)
            assert_true(str_eq(buf_str(&parts), buf_str(&whole)));
        else
            assert_true(why.line > 0 &&
                        err.line > 0); /* of a mark that is cut, either its beginning or its end */
    }
}

static void xml_split__says_what_the_whole_document_says(void **state)
{
    static const char *const documents[] = {
        "<a/>",
        "<?xml version=\"1.0\"?>\n<!-- w -->\n<p:a xmlns:p='urn:p' k='v'>\n<p:b>x<c y='&lt;'/>z</p:b> lost "
        "<d/>\n<![CDATA[<]]><e>\n\n<f/></e></p:a>\n<!-- w -->",
        "\xff\xfe<\0a\0>\0<\0b\0/\0>\0<\0/\0a\0>\0",
        "",
        "<a><b></a>",
        "<a><b/></a><c/>",
        "<a><b/>",
        "<a><b/>&x;</a>",
        "<!DOCTYPE a><a><b/></a>",
    };
    CLEANUP(arena_free_var) struct arena *arena = arena_new(4 << 20);
    (void)state;

    for (size_t i = 0; i < COUNT(documents); i++) {
        print_message("case: %s\n", documents[i]);
        assert_same(i == 2 ? (struct str){ documents[i], 24 } : str_from_z(documents[i]), arena);
    }
}

/* A stream without an end: so many bytes of one part, then of the next. */
struct long_feed {
    size_t at, sizes[4];
    size_t left; /* of the present part; SIZE_MAX: it is to begin */
    bool is_begun, is_mark;
};

static ssize_t give_long(void *context, char *to, size_t size, struct err *err)
{
    static const char texts[] = "<a>xxxx", marks[] = "<a b='";
    struct long_feed *feed = context;
    (void)err;

    if (!feed->is_begun) {
        feed->is_begun = true;
        memcpy(to, "<feed>", 6);
        return 6;
    }
    if (feed->at == COUNT(feed->sizes))
        return 0;
    if (feed->left == SIZE_MAX) {
        feed->left = feed->sizes[feed->at];
        memcpy(to, feed->is_mark ? marks : texts, 7);
        return feed->is_mark ? 6 : 7;
    }
    if (feed->left == 0) {
        feed->left = SIZE_MAX;
        feed->at++;
        memcpy(to, "</a></feed>", 11);
        return feed->at == COUNT(feed->sizes) ? 11 : 4;
    }
    size = feed->left < size ? feed->left : size;
    memset(to, 'x', size);
    feed->left -= size;
    return (ssize_t)size;
}

/* T45: a part beyond its limit is told and passed over; the memory is that of one part. */
static void xml_split__passes_over_what_is_too_large(void **state)
{
    struct long_feed feed = { .sizes = { 10, 100 << 20, 20, 30 << 20 }, .left = SIZE_MAX };
    CLEANUP(xml_split_free_var)
    struct xml_split *split = xml_split_new(give_long, &feed, 1 << 20);
    static const size_t lengths[] = { 14, 0, 24, 0 };
    struct xml_part part;
    struct err err = { 0 };
    (void)state;

    for (size_t i = 0; i < COUNT(lengths); i++) {
        assert_int_equal(xml_split_next(split, &part, &err), 1);
        assert_int_equal(part.fault != NULL, lengths[i] == 0);
        assert_int_equal(part.node == NULL, lengths[i] == 0);
        if (part.node)
            assert_int_equal(part.node->text.len, lengths[i]);
    }
    assert_int_equal(xml_split_next(split, &part, &err), 0);
    assert_int_equal(xml_split_next(split, &part, &err), 0);
    assert_str(xml_split_root(split)->name, "feed");
}

static void xml_split__refuses_a_mark_without_end(void **state)
{
    struct long_feed feed = { .sizes = { 100 << 20 }, .left = SIZE_MAX, .is_mark = true };
    CLEANUP(xml_split_free_var)
    struct xml_split *split = xml_split_new(give_long, &feed, 1 << 20);
    struct xml_part part;
    struct err err = { 0 };
    (void)state;

    assert_int_equal(xml_split_next(split, &part, &err), -1);
    assert_int_equal(err.code, ERR_TOO_LARGE);
    assert_true(feed.left > 90 << 20);
}

static void xml_split__counts_nodes_and_spaces_of_each_part_alone(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(256 << 20);
    struct buf text = buf_new(arena, 64 << 20), told = buf_new(arena, 128 << 20);
    struct err err = { 0 };
    (void)state;

    buf_add_z(&text, "<a>");
    for (size_t i = 0; i < 3 * (size_t)XML_SPACES_MAX; i++)
        buf_printf(&text, "<b xmlns='urn:%zu'/>", i);
    buf_add_z(&text, "<c>");
    for (size_t i = 0; i < XML_NODES_MAX; i++)
        buf_add_z(&text, "<b/>");
    buf_add_z(&text, "</c><d/></a>");
    assert_true(split_tell_parts(buf_str(&text), 1 << 16, &told, &err));
    assert_true(str_contains(buf_str(&told), STR("the number of XML elements< d 1></><d/>")));
}

static unsigned files;

static int try_file(const char *path, const struct stat *stat, int kind, struct FTW *place)
{
    struct str name = str_from_z(path);
    (void)stat;
    (void)place;

    if (kind == FTW_F && (str_ends(name, STR(".xml")) || str_ends(name, STR(".rdf")))) {
        CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 30);

        print_message("case: %s\n", path);
        assert_same(testing_read(arena, path), arena);
        files++;
    }
    return 0;
}

static void xml_split__reads_all_data_as_whole_documents_are_read(void **state)
{
    static const char *const sets[] = { "jvn", "hostile/xml" };
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 20);
    (void)state;

    for (size_t i = 0; i < COUNT(sets); i++) {
        const char *folder = testing_data(arena, sets[i]);

        if (!folder) {
            arena_free(TAKE(arena));
            skip();
        }
        assert_int_equal(nftw(folder, try_file, 16, FTW_PHYS), 0);
    }
    assert_true(files > 400);
    print_message("conformance: xml-split %u/%u\n", files, files);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(xml_split__says_what_the_whole_document_says),
        cmocka_unit_test(xml_split__passes_over_what_is_too_large),
        cmocka_unit_test(xml_split__refuses_a_mark_without_end),
        cmocka_unit_test(xml_split__counts_nodes_and_spaces_of_each_part_alone),
        cmocka_unit_test(xml_split__reads_all_data_as_whole_documents_are_read),
    };

    return cmocka_run_group_tests_name("xml_split", tests, NULL, NULL);
}
