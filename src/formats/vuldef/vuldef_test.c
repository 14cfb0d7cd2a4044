#include "formats/testing.h"
#include "formats/vuldef/vuldef.h"

static struct utc at(const char *text)
{
    struct err err = { 0 };
    struct utc t;

    assert_true(utc_parse(str_from_z(text), &t, &err));
    return t;
}

static struct vuldef document(struct arena *arena, enum lang lang)
{
    struct vuldef d = { .lang = lang };
    struct vuldef_affected affected = { .status = STR("vulnerable"),
                                        .vendor = STR("Example"),
                                        .product = STR("Router & Co"),
                                        .cpe = STR("cpe:/o:example:router"),
                                        .note = STR("サポートは終了しました。") };
    struct vuldef_info info = {
        .id = STR("NRS#48213075"),
        .title = STR("Example Router におけるOSコマンドインジェクションの脆弱性"),
        .overview = STR("一行目です。\n\n二行目です。\n"),
        .impact = STR("任意のコマンドを実行される可能性があります。"),
        .details = STR("時刻の設定が検査されません。"),
        .credit = STR("報告者: <匿名希望> 氏"),
        .first_published = at("2026-11-21T13:00:00+09:00"),
        .last_updated = at("2026-11-22T10:30:15+09:00"),
        .public_since = at("2026-11-21T13:00:00+09:00"),
    };

    VEC_PUSH(arena, &affected.versions, STR("2.1.4 未満"));
    VEC_PUSH(arena, &affected.versions, STR("1.0 から 1.5 まで"));
    VEC_PUSH(arena, &info.affected, affected);
    VEC_PUSH(arena, &info.affected,
             (struct vuldef_affected){ .status = STR("notvulnerable_investigating"),
                                       .vendor = STR("Other"),
                                       .product = STR("Switch") });
    VEC_PUSH(arena, &info.vectors, STR("AV:N/AC:L/Au:N/C:C/I:C/A:C"));
    VEC_PUSH(arena, &info.solutions, STR("[アップデートする]\n2.1.4 に更新してください。"));
    VEC_PUSH(arena, &info.solutions, STR("管理画面を閉じてください。"));
    VEC_PUSH(arena, &info.vectors, STR("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/E:P"));
    VEC_PUSH(arena, &info.related,
             (struct vuldef_related){ STR("advisory"),
                                      STR("Common Vulnerabilities and Exposures (CVE)"),
                                      STR("CVE-2026-41234"), STR_NONE,
                                      STR("https://www.cve.org/CVERecord?id=CVE-2026-41234") });
    VEC_PUSH(arena, &info.related,
             (struct vuldef_related){ STR("cwe"), STR("JVNDB"), STR("CWE-78"),
                                      STR("OSコマンドインジェクション"),
                                      STR("https://cwe.mitre.org/data/definitions/78.html") });
    VEC_PUSH(arena, &info.history,
             (struct vuldef_change){ .at = at("2026-11-21T13:00:00+09:00"), .words = STR("掲載") });
    VEC_PUSH(arena, &info.history,
             (struct vuldef_change){ .at = at("2026-11-22T10:30:15+09:00"),
                                     .words = STR("ベンダ情報を更新") });
    VEC_PUSH(arena, &d.infos, info);
    VEC_PUSH(arena, &d.infos,
             (struct vuldef_info){ .id = STR("NRS#00000001"), .overview = STR("Only this.") });
    return d;
}

static struct str written(struct arena *arena, const struct vuldef *d)
{
    struct buf buf = buf_new(arena, 1 << 20);
    struct err err = { 0 };
    struct str text;

    vuldef_write(d, &buf);
    assert_true(buf_done(&buf, &text, &err));
    return text;
}

/* API-05 */
static void vuldef_write__has_the_order_of_the_schema(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(16 << 20);
    struct vuldef ja = document(arena, LANG_JA), en = document(arena, LANG_EN);
    (void)state;

    testing_golden(arena, TESTING_HERE, "document.xml", written(arena, &ja));
    assert_true(str_contains(written(arena, &en), STR("xml:lang=\"en\"")));
    assert_true(str_contains(written(arena, &en), STR("<Description>[2026/11/21]\\n  ")));
}

static void vuldef_write__is_valid_by_the_schema(void **state)
{
    static const char *const imports[] = {
        "http://jvn.jp/vuldef/",
        "vuldef_3.2.xsd",
        "http://jvn.jp/rss/mod_sec/3.0/",
        "mod_sec_3.0.xsd",
        "http://data-marking.mitre.org/extensions/MarkingStructure#TLP-1",
        "tlp_marking.xsd",
        NULL
    };
    CLEANUP(arena_free_var) struct arena *arena = arena_new(16 << 20);
    struct vuldef d = document(arena, LANG_JA);
    bool is_valid = true,
         could = testing_is_valid_xml(arena, imports, written(arena, &d), &is_valid);
    (void)state;

    arena_free(TAKE(arena));
    if (!could)
        skip();
    assert_true(is_valid);
}

/* STD-01: what is written is read again, and says the same when it is written again. */
static void vuldef_read__undoes_vuldef_write(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(16 << 20);
    struct vuldef d = document(arena, LANG_JA), again;
    struct str text = written(arena, &d);
    struct err err = { 0 };
    (void)state;

    assert_true(vuldef_read(text, arena, &again, &err));
    assert_int_equal(again.infos.len, d.infos.len);
    assert_true(str_eq(again.infos.at[0].affected.at[0].versions.at[1], STR("1.0 から 1.5 まで")));
    assert_true(str_eq(again.infos.at[0].history.at[1].words, STR("ベンダ情報を更新")));
    assert_true(str_eq(written(arena, &again), text));
}

/* The schema's own way to tell a range, which JVN iPedia never uses. */
static void vuldef_read__puts_ranges_into_words(void **state)
{
    static const struct {
        const char *xml, *want;
    } cases[] = {
        { "<VersionNumber>1.0 以上</VersionNumber>", "1.0 以上" },
        { "<VersionNumber operator=\"lt\">1.0</VersionNumber>", "1.0 未満" },
        { "<VersionNumber operator=\"eq\">1.0</VersionNumber>", "1.0" },
        { "<VersionNumber><RangeBegin>1</RangeBegin><RangeEnd>2</RangeEnd></VersionNumber>",
          "1 以上 2 以下" },
        { "<VersionNumber><RangeBegin operator=\"gt\">1</RangeBegin></VersionNumber>", "1 より後" },
    };
    CLEANUP(arena_free_var) struct arena *arena = arena_new(16 << 20);
    (void)state;

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct err err = { 0 };
        struct vuldef out;
        struct str text = arena_printf(
            arena,
            "<VULDEF-Document xmlns=\"http://jvn.jp/vuldef/\"><Vulinfo><VulinfoData><Affected><AffectedItem>%s"
            "</AffectedItem></Affected></VulinfoData></Vulinfo></VULDEF-Document>",
            cases[i].xml);

        print_message("case: %s\n", cases[i].xml);
        assert_true(vuldef_read(text, arena, &out, &err));
        assert_true(str_eq_z(out.infos.at[0].affected.at[0].versions.at[0], cases[i].want));
    }
}

static void vuldef_read__refuses_what_is_none(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(16 << 20);
    struct err err = { 0 };
    struct vuldef out;
    (void)state;

    assert_false(vuldef_read(STR("<Vulinfo/>"), arena, &out, &err));
    assert_int_equal(err.code, ERR_XML_SYNTAX);
}

/* Every document and answer of the data set; what stands in each was counted with xmlstarlet. */
static void vuldef_read__takes_what_others_write(void **state)
{
    static const struct {
        const char *name;
        size_t infos, affected, versions, related;
    } files[] = {
        { "feeds-2023/detail/jvndb_detail_2021.rdf", 1, 2, 2, 5 },
        { "feeds-2023/detail/jvndb_detail_2022.rdf", 2, 2, 1, 12 },
        { "feeds-2023/detail/jvndb_detail_2023.rdf", 2, 2, 2, 13 },
        { "jvnchecker/VulnDetailInfo.xml", 1, 1, 1, 7 },
        { "jvnchecker/VulnDetailInfo2.xml", 1, 1, 1, 7 },
        { "myjvn-np/examples-hnd/dataFeed_jvndb_detail_hnd.xml", 7, 18, 24, 44 },
        { "myjvn-np/examples-hnd/getVulnDetailInfo_hnd_JVNDB-2017-009608.xml", 1, 1, 0, 4 },
        { "myjvn-np/examples-hnd/getVulnDetailInfo_hnd_JVNDB-2018-009328.xml", 1, 2, 6, 5 },
        { "myjvn-np/examples-hnd/getVulnDetailInfo_hnd_JVNDB-2021-002774.xml", 1, 1, 4, 8 },
        { "myjvn-np/examples-hnd/getVulnDetailInfo_hnd_JVNDB-2022-000097.xml", 1, 1, 1, 10 },
        { "vuldef-2026/jvn-detail-with-range.xml", 1, 1, 4, 4 },
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
        size_t affected = 0, versions = 0, related = 0;
        struct err err = { 0 };
        struct vuldef out;

        print_message("case: %s\n", files[i].name);
        if (!vuldef_read(testing_read(arena, path), arena, &out, &err))
            fail_msg("%s", err.subject);
        for (size_t n = 0; n < out.infos.len; n++) {
            const struct vuldef_info *info = &out.infos.at[n];

            assert_true(info->id.len > 0 && info->title.len > 0 && info->overview.len > 0 &&
                        info->last_updated.ms > 0);
            affected += info->affected.len;
            related += info->related.len;
            for (size_t a = 0; a < info->affected.len; a++)
                versions += info->affected.at[a].versions.len;
        }
        assert_int_equal(out.infos.len, files[i].infos);
        assert_int_equal(affected, files[i].affected);
        assert_int_equal(versions, files[i].versions);
        assert_int_equal(related, files[i].related);
    }
    print_message("conformance: vuldef %zu/%zu\n", COUNT(files), COUNT(files));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(vuldef_write__has_the_order_of_the_schema),
        cmocka_unit_test(vuldef_write__is_valid_by_the_schema),
        cmocka_unit_test(vuldef_read__undoes_vuldef_write),
        cmocka_unit_test(vuldef_read__puts_ranges_into_words),
        cmocka_unit_test(vuldef_read__refuses_what_is_none),
        cmocka_unit_test(vuldef_read__takes_what_others_write),
    };

    return cmocka_run_group_tests_name("vuldef", tests, NULL, NULL);
}
