#include "faces/api/myjvn/request.h"

#include "base/err.h"
#include "base/testing.h"
#include "faces/http/url.h"

/* 2025-04-07 07:36:21 in Japan */
static const struct utc now = { INT64_C(1743978981000) };

static bool asked(struct arena *arena, const char *query, struct myjvn_request *out)
{
    static const struct fields none;
    struct fields fields = { 0 };
    struct err err = { 0 };

    assert_true(url_fields(str_from_z(query), arena, &fields, &err));
    return myjvn_read_request(&fields, &none, STR("NRSDB"), now, arena, out);
}

static struct utc jst(int year, int month, int day)
{
    return utc_from_jst((struct civil){ .year = year, .month = month, .day = day });
}

/* API-01: what the interface says of a wrong request: its code, and the name of the parameter. */
static void myjvn_read_request__names_each_fault(void **state)
{
    static const struct {
        const char *query, *code, *name;
    } cases[] = {
        { "", "XX01010001", "method" },
        { "feed=hnd", "XX01010001", "method" },
        { "method=getVendorList&feed=x", "XX00000001", "feed" },
        { "method=getVendorList&feed=itm", "XX00000001", "feed" },
        { "method=getvendorlist&feed=hnd", "XX00000002", "method" },
        { "method=getOvalList&feed=hnd", "XX00000003", "method" },
        { "method=getCPEDictionary", "XX00000003", "method" },
        { "method=getVendorList&feed=hnd&startItem=0", "VN01020003", "startItem" },
        { "method=getVendorList&feed=hnd&startItem=-1", "VN01020003", "startItem" },
        { "method=getProductList&feed=hnd&startItem=1x", "PR01020003", "startItem" },
        { "method=getVulnOverviewList&feed=hnd&startItem=a", "VL01020003", "startItem" },
        { "method=getVulnDetailInfo&feed=hnd&vulnId=JVNDB-2025-000001&startItem=a", "VD01020003",
          "startItem" },
        { "method=getVendorList&feed=hnd&maxCountItem=10001", "VN01020004", "maxCountItem" },
        { "method=getVulnOverviewList&feed=hnd&maxCountItem=51", "VL01020004", "maxCountItem" },
        { "method=getVulnOverviewList&feed=hnd&maxCountItem=0", "VL01020004", "maxCountItem" },
        { "method=getVulnDetailInfo&feed=hnd&vulnId=JVNDB-2025-000001&maxCountItem=11",
          "VD01020004", "maxCountItem" },
        { "method=getAlertList&feed=hnd&maxCountItem=51", "AL01020004", "maxCountItem" },
        { "method=getVendorList&feed=hnd&lang=fr", "VN01020005", "lang" },
        { "method=getVendorList&feed=hnd&cpeName=cpe:/a:ibm:x", "VN02010001", "cpeName" },
        { "method=getVendorList&feed=hnd&cpeName=ibm", "VN02010001", "cpeName" },
        { "method=getProductList&feed=hnd&cpeName=cpe:/z:ibm:x", "PR02010001", "cpeName" },
        { "method=getProductList&feed=hnd&cpeName=cpe:/a:ibm:(x)", "PR02010001", "cpeName" },
        { "method=getProductList&feed=hnd&vendorId=1+b", "PR02010002", "vendorId" },
        { "method=getProductList&feed=hnd&productId=1.5", "PR02010002", "productId" },
        { "method=getProductList&feed=hnd&productId=99999999999999999999", "PR02010002",
          "productId" },
        { "method=getProductList&feed=hnd&productId=1&vendorId=2", "PR02020001", "productId" },
        { "method=getVulnOverviewList&feed=hnd&cpeName=cpe:/:ibm&vendorId=2", "VL02020001",
          "vendorId" },
        { "method=getProductList&feed=hnd&keyword=a%0Ab", "PR02030001", "keyword" },
        { "method=getVulnOverviewList&feed=hnd&severity=x", "VL03010001", "severity" },
        { "method=getVulnOverviewList&feed=hnd&severity=hh", "VL03010001", "severity" },
        { "method=getVulnOverviewList&feed=hnd&vector=AV:N/AC:L/Au:N/C:P/I:P/A:P", "VL03010002",
          "vector" },
        { "method=getVulnOverviewList&feed=hnd&rangeDatePublic=x", "VL06010001",
          "rangeDatePublic" },
        { "method=getVulnOverviewList&feed=hnd&rangeDatePublished=d", "VL06010001",
          "rangeDatePublished" },
        { "method=getVulnOverviewList&feed=hnd&rangeDateFirstPublished=W", "VL06010001",
          "rangeDateFirstPublished" },
        { "method=getVulnOverviewList&feed=hnd&datePublicStartY=25", "VL06020001",
          "datePublicStartY" },
        { "method=getVulnOverviewList&feed=hnd&datePublicStartY=2025&datePublicStartM=13",
          "VL06020001", "datePublicStartM" },
        { "method=getVulnOverviewList&feed=hnd&datePublicStartM=1", "VL06030970",
          "datePublicStart" },
        { "method=getVulnOverviewList&feed=hnd&datePublishedEndY=2025&datePublishedEndD=1",
          "VL06030970", "datePublishedEnd" },
        { "method=getVulnOverviewList&feed=hnd&datePublicStartY=2025&datePublicEndY=2024",
          "VL06030970", "datePublicEnd" },
        { "method=getVulnOverviewList&feed=hnd&dateFirstPublishedStartY=2025&dateFirstPublishedStartM=2&dateFirstPublishedStartD=30",
          "VL06030970", "dateFirstPublishedStart" },
        { "method=getVulnDetailInfo&feed=hnd", "VD01010001", "vulnId" },
        { "method=getVulnDetailInfo&feed=hnd&vulnId=", "VD01010001", "vulnId" },
        { "method=getVulnDetailInfo&feed=hnd&vulnId=CVE-2025-0001", "VD01030602", "vulnId" },
        { "method=getVulnDetailInfo&feed=hnd&vulnId=JVNDB-2025-000001+JVN%2312345678", "VD01030602",
          "vulnId" },
        { "method=getVulnDetailInfo&feed=hnd&vulnId=JVNDB-2025-1", "VD01030603", "vulnId" },
        { "method=getStatistics&feed=hnd", "VS01010001", "theme" },
        { "method=getStatistics&feed=hnd&theme=sumall", "VS05010001", "theme" },
        { "method=getStatistics&feed=hnd&theme=sumAll&type=d", "VS05010002", "type" },
        { "method=getStatistics&feed=hnd&theme=sumCwe", "VS01010001", "cweId" },
        { "method=getStatistics&feed=hnd&theme=sumCwe&cweId=79", "VS05010003", "cweId" },
        { "method=getStatistics&feed=hnd&theme=sumAll&pid=x", "VS02010002", "pid" },
        { "method=getStatistics&feed=hnd&theme=sumAll&datePublicStartY=2025&datePublicEndY=2024",
          "VS06030970", "datePublic" },
        { "method=getStatistics&feed=hnd&theme=sumAll&datePublicStartM=1", "VS06030970",
          "datePublicStartM" },
        { "method=getAlertList&feed=hnd&datePublished=0", "AL0703019", "datePublished" },
        { "method=getAlertList&feed=hnd&dateFirstPublished=2025a", "AL0703019",
          "dateFirstPublished" },
        { "method=getAlertList&feed=hnd&ft=csv", "AL0704001", "ft" },
    };
    CLEANUP(arena_free_var) struct arena *arena = arena_new(16 << 20);
    (void)state;

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct myjvn_request out;

        print_message("case: %s\n", cases[i].query);
        assert_false(asked(arena, cases[i].query, &out));
        assert_string_equal(arena_z(arena, out.status.error), cases[i].code);
        assert_true(str_contains(out.status.message, str_from_z(cases[i].name)));
        assert_int_equal(out.status.max, -1);
        assert_int_equal(out.status.total, -1);
    }
}

/* API-01: the three ways in which clients join a list; empty and unknown parameters; months without zeros. */
static void myjvn_read_request__takes_what_clients_send(void **state)
{
    static const char *const lists[] = {
        "method=getVulnDetailInfo&feed=hnd&vulnId=JVNDB-2025-000001+JVNDB-2025-000002",
        "method=getVulnDetailInfo&feed=hnd&vulnId=JVNDB-2025-000001%2BJVNDB-2025-000002",
        "method=getVulnDetailInfo&feed=hnd&vulnId=JVNDB-2025-000001%20NRSDB-2025-000002",
    };
    CLEANUP(arena_free_var) struct arena *arena = arena_new(16 << 20);
    struct myjvn_request out;
    (void)state;

    for (size_t i = 0; i < COUNT(lists); i++) {
        print_message("case: %s\n", lists[i]);
        assert_true(asked(arena, lists[i], &out));
        assert_int_equal(out.ids.len, 2);
        assert_int_equal(out.count, 10);
    }
    assert_true(asked(
        arena,
        "method=getVulnOverviewList&feed=hnd&startItem=&lang=&cpeName=&severity=&language=xx&"
        "dateFirstPublicStartY=x&rangeDatePublic=n&rangeDatePublished=n&"
        "rangeDateFirstPublished=n&datePublicStartY=2024&datePublicStartM=2&datePublicEndY=2024&datePublicEndM=2&keyword=%E8%84%86",
        &out));
    assert_int_equal(out.start, 1);
    assert_int_equal(out.count, 50);
    assert_int_equal(out.lang, LANG_JA);
    assert_int_equal(out.search.severity, MYJVN_SEVERITY_ANY);
    assert_int_equal(out.search.made_public.from.ms, jst(2024, 2, 1).ms);
    assert_int_equal(out.search.made_public.to.ms, jst(2024, 3, 1).ms);
    assert_int_equal(out.search.issued.from.ms, 0);
    /* In the order they came, what was empty or is unknown left out. */
    assert_true(str_eq(out.status.echoes.at[0].name, STR("rangeDatePublic")));
    assert_int_equal(out.status.echoes.len, 8);
    /* A literal plus comes escaped twice. */
    assert_true(
        asked(arena, "method=getProductList&feed=hnd&cpeName=cpe:/a:x:notepad%252B%252B+cpe:/*:y:*",
              &out));
    assert_int_equal(out.search.choice.cpes.len, 2);
    assert_true(str_eq(out.search.choice.cpes.at[0], STR("cpe:/a:x:notepad%2B%2B")));
    /* The first version knew no feed. */
    assert_true(asked(arena, "method=getVendorList", &out));
    assert_int_equal(out.status.feed.len, 0);
    assert_true(asked(arena, "method=getAlertList&feed=hnd&ft=json&datePublished=2025", &out));
    assert_true(out.is_json);
    assert_int_equal(out.status.lang.len, 0);
}

/* API-01: who says nothing of dates gets those of the last week in all three. */
static void myjvn_read_request__means_the_last_week_by_default(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(16 << 20);
    struct myjvn_request out;
    (void)state;

    assert_true(asked(arena, "method=getVulnOverviewList&feed=hnd", &out));
    assert_int_equal(out.search.made_public.from.ms, jst(2025, 3, 31).ms);
    assert_int_equal(out.search.issued.from.ms, jst(2025, 3, 31).ms);
    assert_int_equal(out.search.modified.from.ms, jst(2025, 3, 31).ms);
    assert_int_equal(out.search.modified.to.ms, 0);
    assert_true(
        asked(arena, "method=getVulnOverviewList&feed=hnd&rangeDatePublic=m&datePublishedEndY=2024",
              &out));
    assert_int_equal(out.search.made_public.from.ms, jst(2025, 3, 7).ms);
    assert_int_equal(out.search.modified.from.ms, 0);
    assert_int_equal(out.search.modified.to.ms, jst(2025, 1, 1).ms);
    /* A range beside dates holds as well. */
    assert_true(asked(arena,
                      "method=getVulnOverviewList&feed=hnd&rangeDatePublic=w&datePublicStartY=2000",
                      &out));
    assert_int_equal(out.search.made_public.from.ms, jst(2025, 3, 31).ms);
    assert_true(asked(arena, "method=getVulnOverviewList&feed=hnd&datePublicEndY=1960", &out));
    assert_int_equal(out.search.made_public.to.ms, 1);
}

static void myjvn_read_request__counts_periods(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(16 << 20);
    struct myjvn_request out;
    (void)state;

    assert_true(asked(
        arena,
        "method=getStatistics&feed=hnd&theme=sumAll&cweId=CWE-79&type=m&datePublicStartY=2024&datePublicStartM=5&datePublicEndY=2999",
        &out));
    assert_true(out.has_all && out.has_cvss && out.has_cwe);
    assert_int_equal(out.counting.period, PERIOD_MONTH);
    assert_int_equal(out.counting.from, 12 * 2024 + 4);
    assert_int_equal(out.counting.to, 12 * 2025 + 3);
    /* Months mean something by the month alone; without a weakness there is no block of it. */
    assert_true(
        asked(arena,
              "method=getStatistics&feed=itm&theme=sumAll&datePublicStartY=2024&datePublicStartM=5",
              &out));
    assert_false(out.has_cwe);
    assert_int_equal(out.counting.from, 12 * 2024);
    assert_int_equal(out.status.version, MYJVN_ITM);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(myjvn_read_request__names_each_fault),
        cmocka_unit_test(myjvn_read_request__takes_what_clients_send),
        cmocka_unit_test(myjvn_read_request__means_the_last_week_by_default),
        cmocka_unit_test(myjvn_read_request__counts_periods),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
