#include "formats/csv/csv.h"
#include "formats/kev/kev.h"
#include "formats/testing.h"

#define FILES "kev/known_exploited_vulnerabilities-%s.%s.zst"

static const char head[] = "\"catalogVersion\":\"1\",\"dateReleased\":\"2026-11-20T17:02:51Z\"";

static bool is_cwe_list(const struct kev_item *item)
{
    for (size_t i = 0; i < item->weaknesses.len; i++)
        if (!str_starts(item->weaknesses.at[i], STR("CWE-")))
            return false;
    return true;
}

/* VDB-01: every state of the catalogue in the data, every entry. */
static void kev_read__reads_every_state_of_the_data(void **state)
{
    static const struct {
        const char *file;
        size_t items, ransomware;
    } states[] = {
        { "kev/known_exploited_vulnerabilities-2025-01-29.json.zst", 1253, 245 },
        { "kev/known_exploited_vulnerabilities-2025-02-26.json.zst", 1280, 246 },
        { "kev/known_exploited_vulnerabilities-2025-04-29.json.zst", 1327, 261 },
        { "kev/known_exploited_vulnerabilities-2025-05-22.json.zst", 1352, 279 },
        { "kev/known_exploited_vulnerabilities-2025-06-25.json.zst", 1370, 287 },
        { "kev/known_exploited_vulnerabilities-2025-08-25.json.zst", 1404, 293 },
    };
    CLEANUP(arena_free_var) struct arena *arena = arena_new(TESTING_ARENA);
    size_t passed = 0;
    (void)state;

    for (size_t i = 0; i < COUNT(states); i++) {
        const char *path = testing_data(arena, states[i].file);
        struct kev_catalog catalog;
        size_t items = 0, ransomware = 0;
        struct err err = { 0 };
        struct json json;

        if (!path)
            skip();
        print_message("case: %s\n", states[i].file);
        assert_true(kev_read(testing_read_zst(arena, path), arena, &catalog, &err));
        for (struct json_iter k = json_iter(catalog.items); json_next(&k, NULL, &json); items++) {
            struct kev_item item;

            if (!kev_item_read(json, arena, &item, &err))
                fail_msg("%s", err.subject);
            assert_true(item.due.ms > 0 && item.added.ms <= catalog.released.ms);
            assert_true(item.added.ms % UTC_DAY == 0 && is_cwe_list(&item));
            ransomware += item.is_ransomware;
        }
        assert_int_equal(items, states[i].items);
        assert_int_equal(ransomware, states[i].ransomware);
        passed++;
    }
    print_message("conformance: kev %zu/%zu\n", passed, COUNT(states));
}

/* cveID,vendorProject,product,vulnerabilityName,dateAdded,shortDescription,requiredAction,dueDate,knownRansomwareCampaignUse,notes,cwes */
static void same_as_row(const struct kev_item *item, const struct csv_cells *row,
                        struct arena *arena)
{
    struct buf cwes = buf_new(arena, 1 << 10);
    const struct str want[] = { item->cve,
                                item->vendor,
                                item->product,
                                item->name,
                                str_take(utc_iso(arena, item->added), 10),
                                item->description,
                                item->action,
                                str_take(utc_iso(arena, item->due), 10),
                                item->is_ransomware ? STR("Known") : STR("Unknown"),
                                item->notes };

    assert_int_equal(row->len, COUNT(want) + 1);
    for (size_t i = 0; i < COUNT(want); i++)
        if (!str_eq(str_trim(row->at[i]), str_trim(want[i])))
            fail_msg("%.*s: \"%.*s\" is not \"%.*s\"", STR_ARG(item->cve), STR_ARG(want[i]),
                     STR_ARG(row->at[i]));
    for (size_t i = 0; i < item->weaknesses.len; i++)
        buf_printf(&cwes, "%s%.*s", i > 0 ? ", " : "", STR_ARG(item->weaknesses.at[i]));
    assert_true(str_eq(str_trim(row->at[COUNT(want)]), buf_str(&cwes)));
}

/* CISA publishes each state twice; both say the same, cell by cell. */
static void kev_item_read__agrees_with_the_csv_of_the_day(void **state)
{
    static const char *const days[] = { "2025-01-29", "2025-02-26", "2025-04-29",
                                        "2025-05-22", "2025-06-25", "2025-08-25" };
    CLEANUP(arena_free_var) struct arena *arena = arena_new(TESTING_ARENA);
    (void)state;

    for (size_t i = 0; i < COUNT(days); i++) {
        const char *json_path =
            testing_data(arena, arena_z(arena, arena_printf(arena, FILES, days[i], "json")));
        const char *csv_path =
            testing_data(arena, arena_z(arena, arena_printf(arena, FILES, days[i], "csv")));
        struct csv_cells row = { 0 };
        struct csv_reader csv;
        struct kev_catalog catalog;
        struct err err = { 0 };
        struct json json;

        if (!json_path || !csv_path)
            skip();
        print_message("case: %s\n", days[i]);
        csv = csv_reader_new(testing_read_zst(arena, csv_path));
        assert_true(csv_next(&csv, arena, &row, &err)); /* its header */
        assert_true(kev_read(testing_read_zst(arena, json_path), arena, &catalog, &err));
        for (struct json_iter k = json_iter(catalog.items); json_next(&k, NULL, &json);) {
            struct kev_item item;

            assert_true(kev_item_read(json, arena, &item, &err));
            assert_true(csv_next(&csv, arena, &row, &err));
            same_as_row(&item, &row, arena);
        }
        assert_false(csv_next(&csv, arena, &row, &err));
        assert_int_equal(err.code, ERR_NONE);
    }
}

static void kev_item_read__gives_what_the_entry_says(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 20);
    struct kev_catalog catalog;
    struct kev_item item;
    struct err err = { 0 };
    (void)state;

    assert_true(
        kev_read(testing_read(arena, arena_z(arena, arena_printf(arena, "%.*stestdata/one.json",
                                                                 STR_ARG(TESTING_HERE)))),
                 arena, &catalog, &err));
    assert_true(kev_item_read(json_at(catalog.items, 0), arena, &item, &err));
    assert_true(str_eq_z(catalog.version, "2026.11.20"));
    assert_true(str_eq_z(utc_iso(arena, catalog.released), "2026-11-20T17:02:51.976Z"));
    assert_true(str_eq_z(item.cve, "CVE-2026-0001") && str_eq_z(item.vendor, "Example"));
    assert_true(str_eq_z(item.product, "Box") && str_eq_z(item.notes, "https://example.com/"));
    assert_true(str_eq_z(utc_iso(arena, item.added), "2026-11-20T00:00:00Z"));
    assert_true(str_eq_z(utc_iso(arena, item.due), "2026-12-11T00:00:00Z"));
    assert_true(item.is_ransomware && item.weaknesses.len == 1);
}

static void kev_read__refuses_what_is_none_or_cut_off(void **state)
{
    const struct {
        const char *format;
        enum err_code code;
    } cases[] = {
        { "", ERR_JSON_SYNTAX },
        { "{", ERR_JSON_SYNTAX },
        { "[]", ERR_UNKNOWN_FORMAT },
        { "{%s}", ERR_UNKNOWN_FORMAT },
        { "{%s,\"count\":0,\"vulnerabilities\":{}}", ERR_UNKNOWN_FORMAT },
        { "{%s,\"count\":2,\"vulnerabilities\":[{}]}", ERR_CATALOG_RECORD },
        { "{%s,\"vulnerabilities\":[]}", ERR_CATALOG_RECORD },
        { "{\"catalogVersion\":\"1\",\"count\":0,\"vulnerabilities\":[]}", ERR_TIME_SYNTAX },
    };
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 20);
    (void)state;

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct buf text = buf_new(arena, 1 << 10);
        struct str before = str_take(str_from_z(cases[i].format),
                                     str_index_str(str_from_z(cases[i].format), STR("%s")));
        struct kev_catalog catalog;
        struct err err = { 0 };

        buf_add(&text, before);
        if (before.len < strlen(cases[i].format))
            buf_printf(&text, "%s%s", head, cases[i].format + before.len + 2);
        print_message("case: %.*s\n", STR_ARG(buf_str(&text)));
        assert_false(kev_read(buf_str(&text), arena, &catalog, &err));
        assert_int_equal(err.code, cases[i].code);
    }
}

static void kev_item_read__refuses_what_cannot_be_used(void **state)
{
    static const char *const wrong[] = {
        "{}",
        "[]",
        "{\"cveID\":\"CVE-2026-0001\"}",
        "{\"cveID\":\"X\",\"vendorProject\":\"a\",\"product\":\"b\",\"vulnerabilityName\":\"c\",\"shortDescription\":\"d\","
        "\"requiredAction\":\"e\",\"dateAdded\":\"2026-11-20\",\"dueDate\":\"2026-12-11\"}",
        "{\"cveID\":\"CVE-2026-0001\",\"vendorProject\":\"a\",\"product\":\"b\",\"vulnerabilityName\":\"c\",\"shortDescription\":\"d\","
        "\"requiredAction\":\"e\",\"dateAdded\":\"2026-11-31\",\"dueDate\":\"2026-12-11\"}",
    };
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 20);
    (void)state;

    for (size_t i = 0; i < COUNT(wrong); i++) {
        struct kev_item item = { 0 };
        struct err err = { 0 };
        struct json json;

        print_message("case: %s\n", wrong[i]);
        assert_true(json_read(str_from_z(wrong[i]), arena, &json, &err));
        assert_false(kev_item_read(json, arena, &item, &err));
        assert_int_equal(err.code, ERR_CATALOG_RECORD);
        assert_null(item.cve.ptr);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kev_read__reads_every_state_of_the_data),
        cmocka_unit_test(kev_item_read__agrees_with_the_csv_of_the_day),
        cmocka_unit_test(kev_item_read__gives_what_the_entry_says),
        cmocka_unit_test(kev_read__refuses_what_is_none_or_cut_off),
        cmocka_unit_test(kev_item_read__refuses_what_cannot_be_used),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
