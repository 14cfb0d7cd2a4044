/* VDB-01: records of one vulnerability stand side by side in one entry, under the name that they agree on. */
#include "domain/catalog/entry.h"
#include "domain/catalog/product.h"
#include "domain/catalog/testing.h"

static struct catalog_record record_of(enum catalog_source source, const char *id)
{
    return (struct catalog_record){
        .source = source, .id = str_from_z(id), .modified = { UTC_DAY }, .published = { UTC_HOUR }
    };
}

static struct catalog_entry find(struct shelf *shelf, const char *name)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct catalog_entry entry = { 0 };
    struct err err = { 0 };

    assert_true(tx_begin(shelf->store, TX_READ, &tx, &err));
    if (!catalog_entry_find(tx, str_from_z(name), shelf->arena, &entry, &err))
        assert_int_equal(err.code, ERR_ABSENT);
    return entry;
}

static void put(struct shelf *shelf, int64_t now, const struct catalog_record *record)
{
    shelf_begin(shelf, now);
    (void)shelf_put(shelf, record, NULL);
    shelf_end(shelf);
}

/* VDB-09: by its CVE from every source's record, and by every other name. */
static void entry__is_found_by_all_its_names(void **state)
{
    struct shelf *shelf = *state;
    struct catalog_record nvd = record_of(SOURCE_NVD, "CVE-2024-0001"),
                          ghsa = record_of(SOURCE_OSV, "GHSA-aaaa-bbbb-cccc"),
                          jvn = record_of(SOURCE_JVN, "JVNDB-2024-000001"),
                          several = record_of(SOURCE_JVN, "JVNDB-2024-000002");

    VEC_PUSH(shelf->arena, &ghsa.aliases, STR("CVE-2024-0001"));
    VEC_PUSH(shelf->arena, &ghsa.aliases, STR("PYSEC-2024-1"));
    VEC_PUSH(shelf->arena, &jvn.aliases, STR("CVE-2024-0001"));
    VEC_PUSH(shelf->arena, &several.aliases, STR("CVE-2024-0001"));
    VEC_PUSH(shelf->arena, &several.aliases, STR("CVE-2024-0002"));
    put(shelf, 5, &nvd);
    put(shelf, 6, &ghsa);
    put(shelf, 7, &jvn);
    put(shelf, 8, &several);

    assert_str(find(shelf, "CVE-2024-0001").name, "CVE-2024-0001");
    assert_str(find(shelf, "cve-2024-0001").name, "CVE-2024-0001");
    assert_str(find(shelf, "ghsa-AAAA-bbbb-cccc").name, "CVE-2024-0001");
    assert_str(find(shelf, "PYSEC-2024-1").name, "CVE-2024-0001");
    assert_str(find(shelf, "JVNDB-2024-000001").name, "CVE-2024-0001");
    /* Two CVEs: it stands for itself, and the second CVE, which has no record, leads to it. */
    assert_str(find(shelf, "jvndb-2024-000002").name, "JVNDB-2024-000002");
    assert_str(find(shelf, "CVE-2024-0002").name, "JVNDB-2024-000002");
    assert_int_equal(find(shelf, "CVE-2024-0001").sources,
                     1u << SOURCE_NVD | 1u << SOURCE_OSV | 1u << SOURCE_JVN);
    assert_int_equal(find(shelf, "CVE-1999-0001").id, 0);
    assert_int_equal(find(shelf, "").id, 0);
}

static void entry__says_what_its_records_say(void **state)
{
    struct shelf *shelf = *state;
    struct catalog_record nvd = record_of(SOURCE_NVD, "CVE-2024-0001"),
                          jvn = record_of(SOURCE_JVN, "JVNDB-2024-000001");
    struct catalog_entry entry;

    nvd.state = CATALOG_REJECTED;
    nvd.modified.ms = 3 * UTC_DAY;
    shelf_add_text(shelf, &nvd, TEXT_DESCRIPTION, "en", "A flaw.\nIt is bad. More of it.");
    VEC_PUSH(shelf->arena, &nvd.scores,
             (struct catalog_score){ .version = STR("2.0"), .tenths = 100 });
    VEC_PUSH(shelf->arena, &nvd.scores,
             (struct catalog_score){ .version = STR("3.1"), .tenths = 75 });
    put(shelf, 5, &nvd);
    entry = find(shelf, "CVE-2024-0001");
    assert_int_equal(entry.state, CATALOG_REJECTED);
    assert_false(entry.has_ja);
    assert_str(entry.title_en, "A flaw. It is bad.");

    VEC_PUSH(shelf->arena, &jvn.aliases, STR("CVE-2024-0001"));
    shelf_add_text(shelf, &jvn, TEXT_TITLE, "ja", "製品における脆弱性");
    put(shelf, 9, &jvn);
    entry = find(shelf, "CVE-2024-0001");
    assert_int_equal(entry.state, CATALOG_PUBLISHED);
    assert_true(entry.has_ja);
    assert_str(entry.title_ja, "製品における脆弱性");
    assert_int_equal(entry.tenths, 75); /* the newest version first */
    assert_str(entry.score_version, "3.1");
    assert_int_equal(entry.severity, SEVERITY_HIGH);
    assert_int_equal(entry.modified.ms, 3 * UTC_DAY);
    assert_int_equal(entry.published.ms, UTC_HOUR);
    assert_int_equal(entry.taken.ms, 9);
}

/* What is longer than a title ends between words and says so, in any script. */
static void entry__cuts_long_titles(void **state)
{
    static const struct {
        const char *word;
        size_t times, words; /* in the description; in the title */
    } rows[] = { { "abcde ", 20, 20 },
                 { "abcde ", 21, 20 },
                 { "abcde ", 5000, 20 },
                 { "脆弱性 ", 5000, 30 },
                 { "a    \n   ", 5000, 60 } };
    struct shelf *shelf = *state;

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct catalog_record nvd = record_of(SOURCE_NVD, "CVE-2024-0001");
        struct buf told = buf_new(shelf->arena, 1 << 20);
        struct str title, rest;
        size_t words = 0;

        print_message("case: \"%s\" %zu times\n", rows[i].word, rows[i].times);
        for (size_t j = 0; j < rows[i].times; j++)
            buf_add_z(&told, rows[i].word);
        nvd.modified.ms = (int64_t)(i + 1) * UTC_DAY;
        shelf_add_text(shelf, &nvd, TEXT_DESCRIPTION, "en", arena_z(shelf->arena, buf_str(&told)));
        put(shelf, 5, &nvd);
        title = rest = find(shelf, "CVE-2024-0001").title_en;
        assert_int_equal(str_ends(title, STR("…")), rows[i].times > rows[i].words);
        assert_in_range(str_code_points(title), 1, 121);
        for (struct str word; str_split(&rest, ' ', &word);)
            words++;
        assert_int_equal(words, rows[i].words);
    }
}

static void entry__moves_with_its_records(void **state)
{
    struct shelf *shelf = *state;
    struct catalog_record ghsa = record_of(SOURCE_OSV, "GHSA-aaaa-bbbb-cccc");

    put(shelf, 5, &ghsa);
    assert_str(find(shelf, "GHSA-aaaa-bbbb-cccc").name, "GHSA-aaaa-bbbb-cccc");
    /* It was given a CVE: the entry of its old name goes. */
    VEC_PUSH(shelf->arena, &ghsa.aliases, STR("CVE-2024-0001"));
    ghsa.modified.ms = 2 * UTC_DAY;
    put(shelf, 6, &ghsa);
    assert_str(find(shelf, "GHSA-aaaa-bbbb-cccc").name, "CVE-2024-0001");
    /* And the same while everything is made anew. */
    ghsa.aliases.at[0] = STR("CVE-2024-0002");
    ghsa.modified.ms = 3 * UTC_DAY;
    shelf_begin(shelf, 7);
    (void)shelf_put(shelf, &ghsa, NULL);
    catalog_batch_rebuild(shelf->batch);
    shelf_end(shelf);
    assert_str(find(shelf, "GHSA-aaaa-bbbb-cccc").name, "CVE-2024-0002");
    assert_int_equal(find(shelf, "CVE-2024-0001").id, 0);
}

static void entry__keeps_what_was_said_and_sent(void **state)
{
    struct shelf *shelf = *state;
    struct catalog_record nvd = record_of(SOURCE_NVD, "CVE-2024-0001");
    struct catalog_tellings tellings;
    struct catalog_pasts pasts;
    struct str format, bytes;
    struct err err = { 0 };

    nvd.origin = STR("first");
    shelf_begin(shelf, 5);
    assert_int_equal(shelf_put(shelf, &nvd, "{\"said\":1}"), CATALOG_NEW);
    shelf_end(shelf);
    nvd.origin = STR("second");
    nvd.modified.ms = 2 * UTC_DAY;
    shelf_begin(shelf, 8);
    assert_int_equal(shelf_put(shelf, &nvd, "{\"said\":2}"), CATALOG_CHANGED);
    shelf_end(shelf);

    assert_true(tx_begin(shelf->store, TX_READ, &shelf->tx, &err));
    assert_true(catalog_entry_tellings(shelf->tx, 1, shelf->arena, &tellings, &err));
    assert_int_equal(tellings.len, 1);
    assert_str(tellings.at[0].record.origin, "second");
    assert_str(tellings.at[0].format, "nvd");
    assert_int_equal(tellings.at[0].first.ms, 5);
    assert_int_equal(tellings.at[0].last.ms, 8);
    assert_true(
        catalog_source_text(shelf->tx, tellings.at[0].id, shelf->arena, &format, &bytes, &err));
    assert_str(bytes, "{\"said\":2}");
    assert_true(catalog_entry_past(shelf->tx, 1, 10, shelf->arena, &pasts, &err));
    assert_int_equal(pasts.len, 1);
    assert_str(pasts.at[0].was.origin, "first");
    assert_int_equal(pasts.at[0].from.ms, 5);
    assert_int_equal(pasts.at[0].until.ms, 8);
    assert_false(catalog_source_text(shelf->tx, 99, shelf->arena, &format, &bytes, &err));
    assert_int_equal(err.code, ERR_ABSENT);
}

static void put_epss(struct shelf *shelf, int score, int64_t day)
{
    const struct epss_row row = { STR("CVE-2024-0001"), score, score / 2 };
    enum catalog_change change;
    struct err err = { 0 };

    shelf_begin(shelf, 5);
    assert_true(catalog_put_epss(shelf->batch, &row, (struct utc){ day * UTC_DAY }, shelf->arena,
                                 &change, &err));
    shelf_end(shelf);
}

static void entry__has_a_short_history_of_its_chance(void **state)
{
    struct shelf *shelf = *state;
    struct catalog_record nvd = record_of(SOURCE_NVD, "CVE-2024-0001");
    struct catalog_chances chances;
    struct err err = { 0 };

    put(shelf, 5, &nvd);
    for (int day = 1; day <= 50; day++)
        put_epss(shelf, day * 1000, 20000 + day);
    put_epss(shelf, 50000, 20051); /* the same score again is no change */
    assert_int_equal(find(shelf, "CVE-2024-0001").epss, 50000);
    assert_int_equal(find(shelf, "CVE-2024-0001").taken.ms, 5);
    assert_true(tx_begin(shelf->store, TX_READ, &shelf->tx, &err));
    assert_true(catalog_entry_epss(shelf->tx, STR("CVE-2024-0001"), shelf->arena, &chances, &err));
    assert_int_equal(chances.len, 31);
    assert_int_equal(chances.at[0].score, 50000);
    assert_int_equal(chances.at[0].date.ms, 20051 * UTC_DAY);
    for (int i = 1; i <= 30; i++) {
        assert_int_equal(chances.at[i].score, (50 - i) * 1000);
        assert_int_equal(chances.at[i].percentile, (50 - i) * 500);
        assert_int_equal(chances.at[i].date.ms, (20050 - i) * UTC_DAY);
    }
}

static void entry__tells_of_exploitation(void **state)
{
    struct shelf *shelf = *state;
    struct catalog_record nvd = record_of(SOURCE_NVD, "CVE-2024-0001");
    struct kev_item item = { .cve = STR("CVE-2024-0001"),
                             .vendor = STR("Vendor"),
                             .name = STR("Name"),
                             .is_ransomware = true };
    struct catalog_exploited kev;
    enum catalog_change change;
    struct err err = { 0 };

    put(shelf, 5, &nvd);
    shelf_begin(shelf, 6);
    assert_true(
        catalog_put_kev(shelf->batch, &item, (struct utc){ 1 }, shelf->arena, &change, &err));
    shelf_end(shelf);
    assert_true(find(shelf, "CVE-2024-0001").is_kev);
    assert_int_equal(find(shelf, "CVE-2024-0001").taken.ms, 6);
    assert_true(tx_begin(shelf->store, TX_READ, &shelf->tx, &err));
    assert_true(catalog_entry_kev(shelf->tx, STR("CVE-2024-0001"), shelf->arena, &kev, &err));
    assert_true(kev.is_there && kev.is_ransomware);
    assert_str(kev.vendor, "Vendor");
    tx_end(TAKE(shelf->tx));
    shelf_begin(shelf, 7);
    assert_true(catalog_kev_end(shelf->batch, (struct utc){ 2 }, &err));
    shelf_end(shelf);
    assert_false(find(shelf, "CVE-2024-0001").is_kev);
}

/* VDB-06: the same product, once under its CPE name and once in words, is one. */
static void entry__touches_the_product_that_is_called_so(void **state)
{
    struct shelf *shelf = *state;
    struct catalog_record nvd = record_of(SOURCE_NVD, "CVE-2024-0001"),
                          ours = record_of(SOURCE_OURS, "NRS-1"),
                          other = record_of(SOURCE_OURS, "NRS-2");
    struct catalog_products products;
    struct err err = { 0 };

    shelf_add_cpe(shelf, &nvd, "cpe:2.3:a:a_company:some_product:1.0:*:*:*:*:*:*:*");
    VEC_PUSH(shelf->arena, &ours.affected,
             (struct affected){ .vendor = STR("A Company"), .product = STR("ある製品") });
    VEC_PUSH(shelf->arena, &other.affected,
             (struct affected){ .vendor = STR("A Company"), .product = STR("別の製品") });
    put(shelf, 5, &nvd);
    assert_true(tx_begin(shelf->store, TX_WRITE, &shelf->tx, &err));
    assert_true(store_exec(
        shelf->tx,
        &(const struct query){ .name = "name", .text = "UPDATE product SET name_ja = 'ある製品'" },
        NO_BINDS, NULL, &err));
    assert_true(tx_commit(&shelf->tx, &err));
    put(shelf, 6, &ours);
    put(shelf, 7, &other);

    assert_true(tx_begin(shelf->store, TX_READ, &shelf->tx, &err));
    assert_true(
        catalog_entry_products(shelf->tx, find(shelf, "NRS-1").id, shelf->arena, &products, &err));
    assert_int_equal(products.len, 1);
    assert_str(products.at[0].key, "some_product");
    assert_true(
        catalog_entry_products(shelf->tx, find(shelf, "NRS-2").id, shelf->arena, &products, &err));
    assert_int_equal(products.len, 1);
    assert_str(products.at[0].name_en, "別の製品");
    tx_end(TAKE(shelf->tx));
}

/* VDB-06: from CPE names, from packages, and from words where there is nothing better. */
static void entry__touches_products(void **state)
{
    struct shelf *shelf = *state;
    struct catalog_record nvd = record_of(SOURCE_NVD, "CVE-2024-0001"),
                          osv = record_of(SOURCE_OSV, "GHSA-aaaa-bbbb-cccc"),
                          cve = record_of(SOURCE_CVE, "CVE-2024-0002");
    struct catalog_products products;
    struct catalog_vendors vendors;
    struct err err = { 0 };
    int64_t count;

    shelf_add_cpe(shelf, &nvd, "cpe:2.3:a:apache:http_server:2.4.1:*:*:*:*:*:*:*");
    shelf_add_cpe(shelf, &nvd, "cpe:2.3:a:apache:http_server:2.4.2:*:*:*:*:*:*:*");
    VEC_PUSH(shelf->arena, &nvd.affected,
             (struct affected){ .vendor = STR("ASF"), .product = STR("Server") });
    VEC_PUSH(shelf->arena, &osv.aliases, STR("CVE-2024-0001"));
    VEC_PUSH(shelf->arena, &osv.affected,
             (struct affected){
                 .ecosystem = STR("npm"), .name = STR("http"), .purl = STR("pkg:npm/http") });
    VEC_PUSH(shelf->arena, &cve.affected,
             (struct affected){ .vendor = STR("A Company"), .product = STR("Some Product") });
    VEC_PUSH(shelf->arena, &cve.affected,
             (struct affected){ .vendor = STR("n/a"), .product = STR("n/a") });
    put(shelf, 5, &nvd);
    put(shelf, 5, &osv);
    put(shelf, 5, &cve);

    assert_true(tx_begin(shelf->store, TX_READ, &shelf->tx, &err));
    assert_true(catalog_entry_products(shelf->tx, find(shelf, "CVE-2024-0001").id, shelf->arena,
                                       &products, &err));
    assert_int_equal(products.len, 2);
    assert_str(products.at[0].vendor_key, "apache");
    assert_str(products.at[0].key, "http_server");
    assert_str(products.at[0].cpe, "cpe:2.3:a:apache:http_server:*:*:*:*:*:*:*:*");
    assert_str(products.at[1].purl, "pkg:npm/http");
    assert_true(catalog_entry_products(shelf->tx, find(shelf, "CVE-2024-0002").id, shelf->arena,
                                       &products, &err));
    assert_int_equal(products.len, 1);
    assert_str(products.at[0].vendor_key, "a_company");
    assert_str(products.at[0].name_en, "Some Product");
    assert_true(catalog_vendors_list(shelf->tx, STR("ＡＰＡ"), 0, 10, shelf->arena, &vendors,
                                     &count, &err));
    assert_int_equal(count, 1);
    assert_str(vendors.at[0].key, "apache");
    assert_int_equal(vendors.at[0].entries, 1);
    assert_int_equal(vendors.at[0].products, 1);
    assert_true(
        catalog_products_list(shelf->tx, 0, STR_NONE, 0, 2, shelf->arena, &products, &count, &err));
    assert_int_equal(count, 3);
    assert_int_equal(products.len, 2);
}

/* VDB-04: any part of a name finds it, also one that begins with a long vowel mark; short or long. */
static void entry__products_are_found_by_any_part(void **state)
{
    static const struct str name = STR_INIT("ホームゲートウェイ");
    struct shelf *shelf = *state;
    struct catalog_record cve = record_of(SOURCE_CVE, "CVE-2024-0002");
    struct catalog_products products;
    struct err err = { 0 };
    int64_t count;

    VEC_PUSH(shelf->arena, &cve.affected,
             (struct affected){ .vendor = STR("A Company"), .product = name });
    VEC_PUSH(shelf->arena, &cve.affected,
             (struct affected){ .vendor = STR("A Company"), .product = STR("B") });
    put(shelf, 5, &cve);
    assert_true(tx_begin(shelf->store, TX_READ, &shelf->tx, &err));
    for (size_t from = 0; from < str_code_points(name); from++)
        for (size_t n = 1; n <= 6; n++) {
            struct str rest = str_drop(name, str_take_code_points(name, from).len),
                       part = str_take_code_points(rest, n);

            if (str_eq_z(part, "ー"))
                continue;
            assert_true(catalog_products_list(shelf->tx, 0, part, 0, 10, shelf->arena, &products,
                                              &count, &err));
            if (count != 1 || !str_eq(products.at[0].name_en, name))
                fail_msg("\"%.*s\": %lld", STR_ARG(part), (long long)count);
        }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, shelf_set_up, shelf_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(entry__is_found_by_all_its_names),
        TEST(entry__says_what_its_records_say),
        TEST(entry__cuts_long_titles),
        TEST(entry__moves_with_its_records),
        TEST(entry__keeps_what_was_said_and_sent),
        TEST(entry__has_a_short_history_of_its_chance),
        TEST(entry__tells_of_exploitation),
        TEST(entry__touches_products),
        TEST(entry__products_are_found_by_any_part),
        TEST(entry__touches_the_product_that_is_called_so),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
