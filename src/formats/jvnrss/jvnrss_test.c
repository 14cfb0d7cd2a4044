#include "formats/jvnrss/jvnrss.h"
#include "formats/testing.h"

static struct utc at(const char *text)
{
    struct err err = { 0 };
    struct utc t;

    assert_true(utc_parse(str_from_z(text), &t, &err));
    return t;
}

static struct jvnrss feed(struct arena *arena)
{
    struct jvnrss f = { LANG_JA,
                        STR("https://noroshi.example/rss/nrs.rdf"),
                        STR("NRS RSS Feed - Update Entry"),
                        STR("https://noroshi.example/"),
                        STR("新着/更新情報"),
                        STR_NONE,
                        at("2026-11-21T13:00:01+09:00"),
                        { 0 } };
    struct jvnrss_item item = {
        .url = STR("https://noroshi.example/advisories/NRS48213075"),
        .title = STR(" Example Router における<OS>コマンドインジェクションの脆弱性\n"),
        .description = STR("概要の一行目です。\n\n\"二\" & 三\r\n"),
        .identifier = STR("NRS#48213075"),
        .issued = at("2026-11-21T13:00:59+09:00"),
        .modified = at("2026-11-22T23:59:59+09:00"),
    };

    VEC_PUSH(arena, &item.references,
             (struct jvnrss_reference){ STR("CVE"), STR("CVE-2026-41234"), STR_NONE,
                                        STR("https://www.cve.org/CVERecord?id=CVE-2026-41234") });
    VEC_PUSH(arena, &item.references,
             (struct jvnrss_reference){
                 STR_NONE, STR("CWE-78"), STR("OSコマンドインジェクション(CWE-78)"),
                 STR("https://cwe.mitre.org/data/definitions/78.html?a=1&b=2") });
    VEC_PUSH(
        arena, &item.cpes,
        (struct jvnrss_cpe){ STR("Example"), STR("Router"), STR(" cpe:/o:example:router \n") });
    VEC_PUSH(arena, &item.vectors, STR("AV:N/AC:L/Au:N/C:C/I:C/A:C"));
    VEC_PUSH(arena, &item.vectors, STR("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/RL:O"));
    VEC_PUSH(arena, &item.vectors,
             STR("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N"));
    VEC_PUSH(arena, &f.items, item);
    item = (struct jvnrss_item){ .url = STR("https://noroshi.example/advisories/NRS00000001"),
                                 .title = STR("Other"),
                                 .identifier = STR("NRS#00000001"),
                                 .issued = at("2026-01-01T00:00:00+09:00"),
                                 .modified = at("2026-01-01T00:00:00+09:00") };
    VEC_PUSH(arena, &f.items, item);
    return f;
}

static struct str written(struct arena *arena, const struct jvnrss *f)
{
    struct buf buf = buf_new(arena, 1 << 20);
    struct err err = { 0 };
    struct str text;

    jvnrss_write(f, &buf);
    assert_true(buf_done(&buf, &text, &err));
    return text;
}

/* VDB-05: the layout that existing readers depend on, to the letter. */
static void jvnrss_write__has_the_real_layout(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(16 << 20);
    struct jvnrss f = feed(arena);
    struct str text = written(arena, &f);
    (void)state;

    testing_golden(arena, TESTING_HERE, "feed.rdf", text);
    assert_true(str_contains(
        text,
        STR("<dc:date>2026-11-22T23:59+09:00</dc:date>\n    <dcterms:issued>2026-11-21T13:00+09:00</dcterms:issued>")));
    assert_true(str_contains(
        text, STR("<description>概要の一行目です。&#13;\n&#13;\n\"二\" &amp; 三</description>")));
    assert_true(str_contains(text, STR(">cpe:/o:example:router</sec:cpe>")));
}

static void jvnrss_write__is_valid_by_the_schema(void **state)
{
    static const char *const imports[] = { "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
                                           "jvnrss_rdf_3.2.xsd", NULL };
    CLEANUP(arena_free_var) struct arena *arena = arena_new(16 << 20);
    struct jvnrss f = feed(arena);
    bool is_valid = true,
         could = testing_is_valid_xml(arena, imports,
                                      testing_new_mod_sec(arena, written(arena, &f)), &is_valid);
    (void)state;

    arena_free(TAKE(arena));
    if (!could)
        skip();
    assert_true(is_valid);
}

/* A real file of JVN iPedia, cut down, has the first lines and the item lines that ours have. */
static void jvnrss_write__begins_like_the_original(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(16 << 20);
    const char *path = testing_data(arena, "jvn/feeds-2023/rss/jvndb_2022.rdf");
    struct jvnrss f = feed(arena);
    struct str ours = written(arena, &f), theirs, head;
    (void)state;

    if (!path) {
        arena_free(TAKE(arena));
        skip();
    }
    theirs = testing_read(arena, path);
    head = str_take(theirs, str_index_str(theirs, STR("rdf:about")));
    assert_true(str_starts(ours, head));
    assert_true(str_ends(theirs, STR("  </item>\n</rdf:RDF>\n")) &&
                str_ends(ours, STR("  </item>\n</rdf:RDF>\n")));
}

/* STD-01: what is written is read again, and says the same when it is written again. */
static void jvnrss_read__undoes_jvnrss_write(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(16 << 20);
    struct jvnrss f = feed(arena), again;
    struct str text = written(arena, &f);
    struct err err = { 0 };
    (void)state;

    assert_true(jvnrss_read(text, arena, &again, &err));
    assert_int_equal(again.items.len, f.items.len);
    assert_true(str_eq(again.items.at[0].description, STR("概要の一行目です。\n\n\"二\" & 三")));
    assert_true(
        str_eq(again.items.at[0].references.at[1].title, f.items.at[0].references.at[1].title));
    assert_int_equal(again.date.ms, f.date.ms);
    assert_true(str_eq(written(arena, &again), text));
}

static void jvnrss_read__refuses_what_is_none(void **state)
{
    static const char *const wrong[] = { "", "<item/>", "<RDF/>", "<rdf:RDF/>" };
    CLEANUP(arena_free_var) struct arena *arena = arena_new(16 << 20);
    (void)state;

    for (size_t i = 0; i < COUNT(wrong); i++) {
        struct err err = { 0 };
        struct jvnrss out;

        print_message("case: %s\n", wrong[i]);
        assert_false(jvnrss_read(str_from_z(wrong[i]), arena, &out, &err));
        assert_int_equal(err.code, ERR_XML_SYNTAX);
    }
}

/* Every feed and answer of the data set; what stands in each was counted with xmlstarlet. One of them is not well-formed. */
static void jvnrss_read__takes_what_others_write(void **state)
{
    static const struct {
        const char *name;
        size_t items, references, cpes, vectors;
    } files[] = {
        { "feeds-2023/rss/jvndb.rdf", 1, 4, 1, 2 },
        { "feeds-2023/rss/jvndb_2007.rdf", 1, 5, 1, 1 },
        { "feeds-2023/rss/jvndb_2011.rdf", 1, 11, 1, 1 },
        { "feeds-2023/rss/jvndb_2021.rdf", 1, 5, 1, 2 },
        { "feeds-2023/rss/jvndb_2022.rdf", 3, 11, 2, 5 },
        { "feeds-2023/rss/jvndb_2023.rdf", 2, 7, 2, 3 },
        { "feeds-2023/rss/jvndb_new.rdf", 2, 7, 2, 2 },
        { "jvnchecker/VulnOverviewList.xml", 2, 13, 1, 3 },
        { "myjvn-np/examples-hnd/getVulnOverviewList_hnd.xml", 2, 8, 3, 1 },
    };
    CLEANUP(arena_free_var) struct arena *arena = arena_new(64 << 20);
    (void)state;

    if (!testing_data(arena, "jvn")) {
        arena_free(TAKE(arena));
        skip();
    }
    for (size_t i = 0; i < COUNT(files); i++) {
        const char *path =
            testing_data(arena, arena_z(arena, arena_printf(arena, "jvn/%s", files[i].name)));
        size_t references = 0, cpes = 0, vectors = 0;
        struct err err = { 0 };
        struct jvnrss out;

        print_message("case: %s\n", files[i].name);
        if (!jvnrss_read(testing_read(arena, path), arena, &out, &err))
            fail_msg("%s", err.subject);
        for (size_t n = 0; n < out.items.len; n++) {
            const struct jvnrss_item *item = &out.items.at[n];

            assert_true(item->identifier.len > 0 && item->title.len > 0 && item->modified.ms > 0);
            references += item->references.len;
            cpes += item->cpes.len;
            vectors += item->vectors.len;
        }
        assert_int_equal(out.items.len, files[i].items);
        assert_int_equal(references, files[i].references);
        assert_int_equal(cpes, files[i].cpes);
        assert_int_equal(vectors, files[i].vectors);
    }
    print_message("conformance: jvnrss %zu/%zu\n", COUNT(files), COUNT(files) + 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(jvnrss_write__has_the_real_layout),
        cmocka_unit_test(jvnrss_write__is_valid_by_the_schema),
        cmocka_unit_test(jvnrss_write__begins_like_the_original),
        cmocka_unit_test(jvnrss_read__undoes_jvnrss_write),
        cmocka_unit_test(jvnrss_read__refuses_what_is_none),
        cmocka_unit_test(jvnrss_read__takes_what_others_write),
    };

    return cmocka_run_group_tests_name("jvnrss", tests, NULL, NULL);
}
