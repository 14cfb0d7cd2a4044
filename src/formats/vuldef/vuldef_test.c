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
    struct vuldef_affected affected = { STR("vulnerable"),
                                        STR("Example"),
                                        STR("Router & Co"),
                                        STR("cpe:/o:example:router"),
                                        { 0 },
                                        STR("サポートは終了しました。") };
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
             (struct vuldef_affected){ STR("notvulnerable_investigating"),
                                       STR("Other"),
                                       STR("Switch"),
                                       STR_NONE,
                                       { 0 },
                                       STR_NONE });
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
             (struct vuldef_change){ at("2026-11-21T13:00:00+09:00"), STR("掲載") });
    VEC_PUSH(arena, &info.history,
             (struct vuldef_change){ at("2026-11-22T10:30:15+09:00"), STR("ベンダ情報を更新") });
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(vuldef_write__has_the_order_of_the_schema),
        cmocka_unit_test(vuldef_write__is_valid_by_the_schema),
    };

    return cmocka_run_group_tests_name("vuldef", tests, NULL, NULL);
}
