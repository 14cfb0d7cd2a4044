#include "domain/catalog/from_internal.h"

#include "formats/testing.h"

#include "base/testing.h"
#include "formats/cvss/cvss.h"

static int setup(void **state)
{
    *state = arena_new(256 << 20);
    return 0;
}

static int teardown(void **state)
{
    arena_free(*state);
    return 0;
}

static struct str span_text(struct arena *arena, const struct span *span)
{
    return arena_printf(arena, "%c%s%.*s,%.*s%s", "+-?"[span->status],
                        span -> from_is_excluded ? "(" : "[", STR_ARG(span->from),
                        STR_ARG(span->to), span->to_is_included ? "]" : ")");
}

/* Only what is wholly understood is claimed: else the words stay, as not known. */
static void phrase__says_what_people_mean(void **state)
{
    static const struct {
        const char *words, *want;
    } cases[] = {
        { "7.7", "+[7.7,7.7]" },
        { "バージョン 7.7", "+[7.7,7.7]" },
        { "5.16.3 未満", "+[,5.16.3)" },
        { "0.12.0 以上 0.12.15 未満", "+[0.12.0,0.12.15)" },
        { "2.1.0 以上 2.1.3 以下", "+[2.1.0,2.1.3]" },
        { "1.0 より大きい 2.0 以下", "+(1.0,2.0]" },
        { "v1.68 およびそれ以前のバージョン (CVE-2024-34021)", "+[,1.68]" },
        { "Ver.1.4.2より前のバージョン（CVE-2025-0354、CVE-2025-0355）", "+[,1.4.2)" },
        { "ファームウェアバージョン 1.05およびそれ以前", "+[,1.05]" },
        { "1.2 より前", "+[,1.2)" },
        { "3.0 以前", "+[,3.0]" },
        { "3.0 およびそれ以降", "+[3.0,)" },
        { "1.0 から 1.5 まで", "+[1.0,1.5]" },
        { "1.0 から 1.5", "+[1.0,1.5]" },
        { "2.13.0 から 2.15.0 より前のバージョン", "+[2.13.0,2.15.0)" },
        { "1.0 ～ 1.5", "+[1.0,1.5]" },
        { "1.0　〜　1.5 未満", "+[1.0,1.5)" },
        { "すべてのバージョン", "+[,)" },
        { "< V2.14.1", "+[,2.14.1)" },
        { "<=4.1", "+[,4.1]" },
        { ">=1.220|<=1.281", "+[1.220,1.281]" },
        { "All versions", "+[,)" },
        { "All versions >= V2.0 and < V2.5", "+[2.0,2.5)" },
        { "4.2 and later", "+[4.2,)" },
        { "4.1 and earlier", "+[,4.1]" },
        { "before 4.2", "+[,4.2)" },
        { "prior to version 4.2", "+[,4.2)" },
        { "from 1.0 before 1.5", "+[1.0,1.5)" },
        { "1.0 through 1.5", "+[1.0,1.5]" },
        /* not understood */
        { "core 2.0-beta9 から 2.12.1 より前のバージョン",
          "?[core 2.0-beta9 から 2.12.1 より前のバージョン,core 2.0-beta9 から 2.12.1 より前のバージョン]" },
        { "for Windows 5.8 (Build 1575) 未満",
          "?[for Windows 5.8 (Build 1575) 未満,for Windows 5.8 (Build 1575) 未満]" },
        { "v6 R4 およびそれ以前のバージョン",
          "?[v6 R4 およびそれ以前のバージョン,v6 R4 およびそれ以前のバージョン]" },
        { "3.X", "?[3.X,3.X]" },
        { "3.x 系", "?[3.x 系,3.x 系]" },
        { "2.0 以上 1.0 未満", "?[2.0 以上 1.0 未満,2.0 以上 1.0 未満]" },
        { "1.0 2.0", "?[1.0 2.0,1.0 2.0]" },
        { "1.0 未満 2.0 未満", "?[1.0 未満 2.0 未満,1.0 未満 2.0 未満]" },
        { "< 1.0 以上", "?[< 1.0 以上,< 1.0 以上]" },
        { "未満", "?[未満,未満]" },
        { "1.0 以上 <", "?[1.0 以上 <,1.0 以上 <]" },
        { "allegro 1.0", "?[allegro 1.0,allegro 1.0]" },
        { "以外", "?[以外,以外]" },
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct span span = from_phrase(str_from_z(cases[i].words), VERSION_GENERIC);

        print_message("case: %s\n", cases[i].words);
        assert_str(span_text(*state, &span), cases[i].want);
    }
}

#define VULDEF(lang, inner)                                                       \
    STR("<VULDEF-Document xmlns=\"http://jvn.jp/vuldef/\" xml:lang=\"" lang       \
        "\"><Vulinfo><VulinfoID>JVNDB-2026-000001</VulinfoID><VulinfoData>" inner \
        "</VulinfoData></Vulinfo></VULDEF-Document>")

static struct catalog_record vuldef(struct arena *arena, struct str text)
{
    struct catalog_record record;
    struct vuldef document;
    struct err err = { 0 };

    if (!vuldef_read(text, arena, &document, &err) ||
        !catalog_from_vuldef(&document.infos.at[0], document.lang, arena, &record, &err))
        fail_msg("%s", err.subject);
    return record;
}

static void vuldef__fills_the_record(void **state)
{
    struct catalog_record record = vuldef(
        *state,
        VULDEF(
            "ja",
            "<Title>題</Title><VulinfoDescription><Overview>概要</Overview></VulinfoDescription>"
            "<Affected><AffectedItem><Name>SUSE</Name><ProductName>Rancher Fleet</ProductName>"
            "<Cpe version=\"2.2\">cpe:/a:suse:rancher_fleet</Cpe>"
            "<VersionNumber>0.12.0 以上 0.12.15 未満</VersionNumber></AffectedItem>"
            "<AffectedItem><Name>日本電気</Name><ProductName>ACOS</ProductName>"
            "<Cpe version=\"2.2\">cpe:/a:nec:acos</Cpe><VersionNumber/></AffectedItem></Affected>"
            "<Impact><Cvss version=\"2.0\"><Base>10</Base><Vector>AV:N/AC:L/Au:N/C:C/I:C/A:C</Vector></Cvss>"
            "<Cvss version=\"3.0\"><Vector>CVSS:3.0/AV:N/AC:L/PR:L/UI:N/S:C/C:H/I:H/A:H</Vector></Cvss>"
            "<ImpactItem><Description>影響</Description></ImpactItem></Impact>"
            "<Solution><SolutionItem><Description>対策</Description></SolutionItem></Solution>"
            "<Related><RelatedItem type=\"vendor\"><Name>V</Name><VulinfoID>CVE-2020-0001</VulinfoID>"
            "<URL>https://v.example</URL></RelatedItem>"
            "<RelatedItem type=\"advisory\"><Name>JVN</Name><VulinfoID>JVN#12345678</VulinfoID></RelatedItem>"
            "<RelatedItem type=\"advisory\"><Name>CVE</Name><VulinfoID>CVE-2026-44935</VulinfoID></RelatedItem>"
            "<RelatedItem type=\"advisory\"><Name>NVD</Name><VulinfoID>CVE-2026-44935</VulinfoID></RelatedItem>"
            "<RelatedItem type=\"cwe\"><VulinfoID>CWE-1287</VulinfoID></RelatedItem>"
            "<RelatedItem type=\"cwe\"><VulinfoID>CWE-noinfo</VulinfoID></RelatedItem></Related>"
            "<DateFirstPublished>2026-07-07T10:44:46+09:00</DateFirstPublished>"
            "<DateLastUpdated>2026-07-08T09:00:00+09:00</DateLastUpdated>"));
    const struct configuration *node = &record.configurations.at[0].nodes.at[0];

    assert_int_equal(record.source, SOURCE_JVN);
    assert_str(record.id, "JVNDB-2026-000001");
    assert_false(record.is_overlay);
    assert_int_equal(record.texts.len, 4);
    assert_str(record.texts.at[2].text, "影響");
    assert_int_equal(record.texts.at[3].kind, TEXT_COUNTERMEASURE);
    assert_str(record.texts.at[3].lang, "ja");
    assert_int_equal(record.aliases.len, 1);
    assert_str(record.aliases.at[0], "CVE-2026-44935");
    assert_str(record.related.at[0], "JVN#12345678");
    assert_int_equal(record.weaknesses.len, 1);
    assert_int_equal(record.scores.at[0].tenths, 100);
    assert_str(record.scores.at[1].version, "3.0");
    assert_int_equal(record.scores.at[1].tenths, 99);
    assert_str(record.references.at[0].url, "https://v.example");
    assert_int_equal(record.affected.len, 2);
    assert_int_equal(record.affected.at[0].default_status, SPAN_UNAFFECTED);
    assert_int_equal(record.affected.at[1].default_status, SPAN_UNKNOWN);
    assert_str(node->criteria.at[0].cpe, "cpe:2.3:a:suse:rancher_fleet:*:*:*:*:*:*:*:*");
    assert_true(node->criteria.at[0].is_vulnerable);
    assert_str(node->criteria.at[0].to, "0.12.15");
    assert_false(node->criteria.at[1].is_vulnerable); /* named, but no version is known */
}

/* Of several CVEs none is the same as the record, and nothing may make them one. */
static void vuldef__several_cves_do_not_collapse(void **state)
{
    struct catalog_record record = vuldef(
        *state,
        VULDEF(
            "en",
            "<VulinfoDescription><Overview>** REJECT ** d</Overview></VulinfoDescription>"
            "<Related><RelatedItem type=\"advisory\"><VulinfoID>CVE-2026-0001</VulinfoID></RelatedItem>"
            "<RelatedItem type=\"advisory\"><VulinfoID>CVE-2026-0002</VulinfoID></RelatedItem></Related>"));

    assert_int_equal(record.aliases.len, 0);
    assert_int_equal(record.upstream.len, 2);
    assert_true(record.is_overlay);
    assert_int_equal(record.state, CATALOG_REJECTED);
}

static void jvnrss__fills_the_record(void **state)
{
    struct jvnrss_item item = { .identifier = STR("JVNDB-2021-000001"),
                                .title = STR("題"),
                                .description = STR("** 未確定 ** 概要"),
                                .url = STR("https://jvndb.jvn.jp/x"),
                                .issued = { 1000 },
                                .modified = { 2000 } };
    struct catalog_record record;
    struct err err = { 0 };

    VEC_PUSH((struct arena *)*state, &item.references,
             (struct jvnrss_reference){ STR("CVE"), STR("CVE-2021-0001"), STR_NONE, STR("u") });
    VEC_PUSH((struct arena *)*state, &item.references,
             (struct jvnrss_reference){ STR_NONE, STR("CWE-79"), STR("t"), STR("u") });
    VEC_PUSH((struct arena *)*state, &item.cpes,
             (struct jvnrss_cpe){ STR("V"), STR("P"), STR("cpe:/a:v:p") });
    assert_true(catalog_from_jvnrss(&item, LANG_JA, *state, &record, &err));
    assert_true(record.is_disputed);
    assert_str(record.aliases.at[0], "CVE-2021-0001");
    assert_str(record.weaknesses.at[0], "CWE-79");
    assert_int_equal(record.references.len, 2);
    assert_str(record.affected.at[0].product, "P");
    assert_false(record.configurations.at[0].nodes.at[0].criteria.at[0].is_vulnerable);

    item.identifier = STR("JVN 1");
    assert_false(catalog_from_jvnrss(&item, LANG_JA, *state, &record, &err));
    assert_int_equal(err.code, ERR_CATALOG_RECORD);
}

/* What of the real phrases is understood; each of them is an answer of JVN iPedia. */
static void vuldef__understands_most_phrases(void **state)
{
    static const char *const files[] = {
        "feeds-2023/detail/jvndb_detail_2021.rdf",
        "feeds-2023/detail/jvndb_detail_2022.rdf",
        "feeds-2023/detail/jvndb_detail_2023.rdf",
        "myjvn-np/examples-hnd/dataFeed_jvndb_detail_hnd.xml",
        "myjvn-np/examples-hnd/getVulnDetailInfo_hnd_JVNDB-2018-009328.xml",
        "myjvn-np/examples-hnd/getVulnDetailInfo_hnd_JVNDB-2021-002774.xml",
        "myjvn-np/examples-hnd/getVulnDetailInfo_hnd_JVNDB-2022-000097.xml",
        "vuldef-2026/jvn-detail-with-range.xml",
    };
    size_t total = 0, known = 0;

    if (!testing_data(*state, "jvn"))
        skip();
    for (size_t i = 0; i < COUNT(files); i++) {
        struct vuldef document;
        struct err err = { 0 };
        const char *path =
            testing_data(*state, arena_z(*state, arena_printf(*state, "jvn/%s", files[i])));

        assert_true(vuldef_read(testing_read(*state, path), *state, &document, &err));
        for (size_t n = 0; n < document.infos.len; n++) {
            struct catalog_record record;

            assert_true(
                catalog_from_vuldef(&document.infos.at[n], document.lang, *state, &record, &err));
            for (size_t a = 0; a < record.affected.len; a++)
                for (size_t s = 0; s < record.affected.at[a].spans.len; s++, total++)
                    known += record.affected.at[a].spans.at[s].status == SPAN_AFFECTED;
        }
    }
    print_message("conformance: jvn-version-phrases %zu/%zu\n", known, total);
    assert_int_equal(total, 44);
    assert_int_equal(known, 33);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(phrase__says_what_people_mean, setup, teardown),
        cmocka_unit_test_setup_teardown(vuldef__fills_the_record, setup, teardown),
        cmocka_unit_test_setup_teardown(vuldef__several_cves_do_not_collapse, setup, teardown),
        cmocka_unit_test_setup_teardown(jvnrss__fills_the_record, setup, teardown),
        cmocka_unit_test_setup_teardown(vuldef__understands_most_phrases, setup, teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
