#include "formats/json/json.h"
#include "formats/myjvn/myjvn.h"
#include "formats/testing.h"
#include "formats/xml/tree.h"
#include "formats/xml/wellformed.h"

static struct utc at(const char *text)
{
    struct err err = { 0 };
    struct utc t;

    assert_true(utc_parse(str_from_z(text), &t, &err));
    return t;
}

static struct str done(struct buf *buf)
{
    struct err err = { 0 };
    struct str text;

    assert_true(buf_done(buf, &text, &err));
    return text;
}

static struct myjvn_status status_of(struct arena *arena, const char *method)
{
    struct myjvn_status status = { .method = str_from_z(method),
                                   .lang = STR("ja"),
                                   .max = 50,
                                   .largest = -1,
                                   .total = 6,
                                   .returned = 2,
                                   .first = 1,
                                   .feed = STR("hnd") };

    VEC_PUSH(arena, &status.echoes, (struct myjvn_echo){ STR("maxCountItem"), STR("2") });
    return status;
}

static struct myjvn_status failed(const char *method)
{
    return (struct myjvn_status){ .method = str_from_z(method),
                                  .lang = STR("ja"),
                                  .error = STR("VL01020003"),
                                  .message = STR("startItemは正の整数値のみ指定可能です。"),
                                  .max = -1,
                                  .largest = -1,
                                  .total = -1,
                                  .returned = -1,
                                  .first = -1,
                                  .feed = STR("hnd") };
}

static void myjvn_write_vendors__has_the_real_layout(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(16 << 20);
    struct buf buf = buf_new(arena, 1 << 20);
    struct myjvn_status status = status_of(arena, "getProductList");
    struct myjvn_vendors vendors = { 0 };
    struct myjvn_vendor vendor = { .vid = 1,
                                   .name = STR("サン・マイクロ<システムズ>"),
                                   .cpe = STR("cpe:/:sun") };
    (void)state;

    VEC_PUSH(
        arena, &vendor.products,
        (struct myjvn_product){ 16, STR("Sun Cobalt RaQ2"), STR("cpe:/h:sun:sun_cobalt_raq_2") });
    VEC_PUSH(arena, &vendors, vendor);
    myjvn_write_vendors(&vendors, LANG_JA, &status, &buf);
    testing_golden(arena, TESTING_HERE, "products.xml", done(&buf));
}

static void myjvn_write_overview__has_the_real_layout(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(16 << 20);
    struct buf buf = buf_new(arena, 1 << 20);
    struct myjvn_status status = status_of(arena, "getVulnOverviewList");
    struct jvnrss feed = { .lang = LANG_JA,
                           .url = STR("https://noroshi.example/apis/myjvn"),
                           .title = STR("JVNDB　脆弱性対策情報"),
                           .link = STR("https://noroshi.example/apis/myjvn"),
                           .description = STR("JVNDB　脆弱性対策情報"),
                           .date = at("2025-04-07T07:36:21+09:00") };
    struct jvnrss_item item = {
        .url = STR("https://noroshi.example/ja/contents/2025/JVNDB-2025-002953.html"),
        .title = STR("題名"),
        .description = STR("概要"),
        .creator = STR("Information-technology Promotion Agency, Japan"),
        .identifier = STR("JVNDB-2025-002953"),
        .issued = at("2025-04-04T14:45:58+09:00"),
        .modified = at("2025-04-04T14:45:58+09:00")
    };
    (void)state;

    VEC_PUSH(arena, &item.references,
             (struct jvnrss_reference){ STR_NONE, STR("CWE-502"),
                                        STR("信頼できないデータのデシリアライゼーション(CWE-502)"),
                                        STR("https://cwe.mitre.org/data/definitions/502.html") });
    VEC_PUSH(arena, &item.references,
             (struct jvnrss_reference){ STR("NVD"), STR("CVE-2025-31084"), STR_NONE,
                                        STR("https://nvd.nist.gov/vuln/detail/CVE-2025-31084") });
    VEC_PUSH(arena, &item.references,
             (struct jvnrss_reference){ STR("JVN"), STR("JVNVU#99709964"), STR_NONE,
                                        STR("https://jvn.jp/vu/JVNVU99709964/index.html") });
    VEC_PUSH(arena, &item.references,
             (struct jvnrss_reference){ STR("CVE"), STR("CVE-2025-31084"), STR_NONE,
                                        STR("https://www.cve.org/CVERecord?id=CVE-2025-31084") });
    VEC_PUSH(arena, &item.references,
             (struct jvnrss_reference){ STR("関連文書"), STR("example.com (x)"), STR_NONE,
                                        STR("https://example.com/x") });
    VEC_PUSH(arena, &item.cpes,
             (struct jvnrss_cpe){ STR("Sunshine"), STR("Cart"), STR("cpe:/a:sunshine:cart") });
    VEC_PUSH(arena, &item.vectors, STR("AV:N/AC:L/Au:N/C:P/I:P/A:P"));
    VEC_PUSH(arena, &item.vectors, STR("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"));
    jvnrss_sort_references(&item, JVNRSS_ANSWER);
    VEC_PUSH(arena, &feed.items, item);
    myjvn_write_overview(&feed, &status, &buf);
    testing_golden(arena, TESTING_HERE, "overview.xml", done(&buf));
    jvnrss_sort_references(&item, JVNRSS_FILE);
    assert_true(str_eq(item.references.at[0].source, STR("JVN")));
    assert_true(str_eq(item.references.at[1].source, STR("CVE")));
    assert_true(str_eq(item.references.at[3].source, STR("関連文書")));
    assert_true(str_eq(item.references.at[4].id, STR("CWE-502")));
}

static void myjvn_write_statistics__has_the_real_layout(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(16 << 20);
    struct buf buf = buf_new(arena, 1 << 20);
    struct myjvn_status status = status_of(arena, "getStatistics");
    struct myjvn_statistics statistics = { .has_all = true,
                                           .has_cvss = true,
                                           .has_cwe = true,
                                           .cwe = STR("CWE-79"),
                                           .vulnerabilities = 234395,
                                           .vendors = 30055,
                                           .products = 77881 };
    struct myjvn_count count = { STR("2024"), 21085, { 2816, 7578, 10322, 369, 0 } };
    (void)state;

    VEC_PUSH(arena, &statistics.all, count);
    VEC_PUSH(arena, &statistics.cvss, count);
    VEC_PUSH(arena, &statistics.by_cwe, (struct myjvn_count){ .date = STR("2024"), .all = 4026 });
    status.largest = 21085;
    status.first = -1;
    myjvn_write_statistics(&statistics, &status, &buf);
    testing_golden(arena, TESTING_HERE, "statistics.xml", done(&buf));

    buf = buf_new(arena, 1 << 20);
    status.version = MYJVN_ITM;
    status.feed = STR("itm");
    myjvn_write_statistics(&statistics, &status, &buf);
    testing_golden(arena, TESTING_HERE, "statistics_itm.xml", done(&buf));
}

static struct myjvn_alerts alerts_of(struct arena *arena)
{
    struct myjvn_alerts alerts = { .title = STR("IPA注意警戒サービスAPI"),
                                   .id = STR("swid:ipa.go.jp+myjvn_alert+1.0.0"),
                                   .url = STR("https://noroshi.example/apis/myjvn/"),
                                   .author = STR("IPA"),
                                   .author_url = STR("https://www.ipa.go.jp/"),
                                   .updated = at("2025-03-23T05:16:39+09:00"),
                                   .has_entries = true };
    struct myjvn_alert alert = { .title = STR("WordPress に関するソフトウェア更新情報"),
                                 .id = STR("MYJVN-ALT-2025-0011"),
                                 .grade = MYJVN_CRITICAL,
                                 .published = at("2025-02-12T10:58:02+09:00"),
                                 .updated = at("2025-02-12T10:58:02+09:00") };
    struct myjvn_notice notice = { .title = STR("Download WordPress (6.7.2)"),
                                   .id = STR("MYJVN-ALT-2025-0011-0001"),
                                   .url = STR("https://wordpress.org/download/"),
                                   .author = STR("WordPress.org"),
                                   .published = at("2025-02-12T00:00:00+09:00"),
                                   .updated = at("2025-02-12T10:58:02+09:00") };

    VEC_PUSH(arena, &notice.cpes, STR("cpe:/a:wordpress:wordpress"));
    VEC_PUSH(arena, &alert.notices, notice);
    VEC_PUSH(arena, &alerts.entries, alert);
    return alerts;
}

static void myjvn_write_alerts__has_the_real_layout(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(16 << 20);
    struct buf xml = buf_new(arena, 1 << 20), json = buf_new(arena, 1 << 20);
    struct myjvn_status status = status_of(arena, "getAlertList");
    struct myjvn_alerts alerts = alerts_of(arena);
    struct err err = { 0 };
    struct json root;
    (void)state;

    status.lang = STR_NONE;
    myjvn_write_alerts(&alerts, &status, &xml);
    testing_golden(arena, TESTING_HERE, "alerts.xml", done(&xml));
    myjvn_write_alerts_json(&alerts, &status, &json);
    testing_golden(arena, TESTING_HERE, "alerts.json", done(&json));
    assert_true(json_read(buf_str(&json), arena, &root, &err));
    root = json_get(json_get(root, "feed"), "status:Status");
    assert_int_equal(json_kind(json_get(root, "retCd")), JSON_NUMBER);
    assert_int_equal(json_kind(json_get(root, "totalRes")), JSON_TEXT);
    alerts.entries.len = 0;
    xml = buf_new(arena, 1 << 20);
    myjvn_write_alerts(&alerts, &status, &xml);
    assert_true(
        str_contains(done(&xml), STR("<entry>該当する脆弱性対策情報はありません。</entry>")));
}

/* API-01: an error has the root of its method and nothing but its status; clients look for that root. */
static void myjvn_write__tells_an_error_in_the_root_of_its_method(void **state)
{
    static const struct {
        const char *method, *root;
    } cases[] = { { "getVendorList", "Result" },
                  { "getVulnOverviewList", "RDF" },
                  { "getVulnDetailInfo", "VULDEF-Document" },
                  { "getStatistics", "Result" },
                  { "getAlertList", "feed" } };
    CLEANUP(arena_free_var) struct arena *arena = arena_new(16 << 20);
    (void)state;

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct myjvn_status status = failed(cases[i].method);
        struct myjvn_alerts alerts = alerts_of(arena);
        struct buf buf = buf_new(arena, 1 << 20);
        const struct xml_node *root, *told;
        struct err err = { 0 };

        print_message("case: %s\n", cases[i].method);
        alerts.has_entries = false;
        switch (i) {
        case 0:
            myjvn_write_vendors(NULL, LANG_JA, &status, &buf);
            break;
        case 1:
            myjvn_write_overview(NULL, &status, &buf);
            break;
        case 2:
            myjvn_write_details(NULL, LANG_JA, &status, &buf);
            break;
        case 3:
            myjvn_write_statistics(NULL, &status, &buf);
            break;
        default:
            myjvn_write_alerts(&alerts, &status, &buf);
        }
        assert_true(xml_read(done(&buf), arena, &root, &err));
        assert_true(str_eq_z(root->name, cases[i].root));
        told = xml_child_in(root, "http://jvndb.jvn.jp/myjvn/Status", "Status");
        assert_non_null(told);
        assert_true(str_eq(xml_attribute_of(told, "retCd"), STR("1")));
        assert_true(str_eq(xml_attribute_of(told, "errCd"), STR("VL01020003")));
        assert_true(str_eq(xml_attribute_of(told, "totalRes"), STR("")));
        assert_true(i == COUNT(cases) - 1 || root->first == told);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(myjvn_write_vendors__has_the_real_layout),
        cmocka_unit_test(myjvn_write_overview__has_the_real_layout),
        cmocka_unit_test(myjvn_write_statistics__has_the_real_layout),
        cmocka_unit_test(myjvn_write_alerts__has_the_real_layout),
        cmocka_unit_test(myjvn_write__tells_an_error_in_the_root_of_its_method),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
