/* VDB-04: what is searched is found, in Japanese and English, in a stable order, and nothing of a person's words is syntax. */
#include "base/fold.h"
#include "domain/catalog/search.h"
#include "domain/catalog/testing.h"

enum { ENTRIES = 3000 };

/* Texts of few characters, so that each pair of them stands in many. */
static const char *const characters[] = { "脆", "弱", "性", "認", "証", "ー", "サ", "バ", "の",
                                          "権", "、", "A",  "b",  "1",  " ",  "情", "報", "漏" };

struct random {
    uint64_t state;
};

static size_t next(struct random *random, size_t below)
{
    random->state = random->state * UINT64_C(6364136223846793005) + 1442695040888963407U;
    return (size_t)(random->state >> 33) % below;
}

static struct str text_of(struct shelf *shelf, struct random *random)
{
    struct buf buf = buf_new(shelf->arena, 4096);

    for (size_t i = 5 + next(random, 40); i > 0; i--)
        buf_add_z(&buf, characters[next(random, COUNT(characters))]);
    return buf_str(&buf);
}

static struct str *texts;

static void fill(struct shelf *shelf)
{
    struct random random = { 1 };

    texts = ARENA_NEW_N(shelf->arena, ENTRIES, struct str);
    for (int64_t i = 0; i < ENTRIES; i++) {
        struct catalog_record record = {
            .source = i % 3 ? SOURCE_NVD : SOURCE_JVN,
            .id = arena_printf(shelf->arena, "CVE-%04lld-%04lld", (long long)(2000 + i % 20),
                               (long long)(1000 + i)),
            .published = { (10957 + i) * UTC_DAY },
            .modified = { (20000 + (i * 7919) % 500) * UTC_DAY },
            .state = i % 100 == 99 ? CATALOG_REJECTED : CATALOG_PUBLISHED,
        };

        if (i % 500 == 0) { /* the beginning stands in the order of time, the end as it came */
            if (i > 0)
                shelf_end(shelf);
            shelf_begin(shelf, i + 1);
            if (i == 1500)
                catalog_batch_rebuild(shelf->batch);
        }
        texts[i] = text_of(shelf, &random);
        VEC_PUSH(shelf->arena, &record.texts,
                 (struct catalog_text){ .kind = i % 2 ? TEXT_TITLE : TEXT_DESCRIPTION,
                                        .lang = i % 3 ? STR("en") : STR("ja"),
                                        .text = texts[i] });
        VEC_PUSH(shelf->arena, &record.weaknesses,
                 arena_printf(shelf->arena, "CWE-%lld", (long long)(1 + i % 30)));
        VEC_PUSH(shelf->arena, &record.scores,
                 (struct catalog_score){ .version = STR("3.1"), .tenths = (int)(i % 101) });
        shelf_add_cpe(shelf, &record,
                      arena_z(shelf->arena,
                              arena_printf(shelf->arena, "cpe:2.3:a:v%lld:p%lld:*:*:*:*:*:*:*:*",
                                           (long long)(i % 5), (long long)(i % 10))));
        (void)shelf_put(shelf, &record, NULL);
    }
    shelf_end(shelf);
}

static struct search_found ask(struct shelf *shelf, struct search search, bool with_facets)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct search_found found;
    struct err err = { 0 };

    search.limit = search.limit ? search.limit : 20;
    assert_true(tx_begin(shelf->store, TX_READ, &tx, &err));
    if (!catalog_search(tx, &search, with_facets, shelf->arena, &found, &err))
        fail_msg("%s %s %s", err_name(err.code), err.subject, err.trail);
    return found;
}

/* Every question of one or two characters of Japanese finds exactly what a look at every text finds. */
static void search__finds_what_a_scan_finds(void **state)
{
    struct shelf *shelf = *state;

    fill(shelf);
    for (size_t i = 0; i < COUNT(characters) * (COUNT(characters) + 1); i++) {
        const char *a = characters[i % COUNT(characters)],
                   *b = i < COUNT(characters) ? "" : characters[i / COUNT(characters) - 1];
        struct str words = arena_printf(shelf->arena, "%s%s", a, b), folded;
        struct search_found found;
        int64_t want = 0;

        /* Those of signs and letters are words of another kind. */
        if ((unsigned char)a[0] < 0x80 || (unsigned char)b[0] < (b[0] ? 0x80 : 0) ||
            str_eq_z(str_from_z(a), "、") || str_eq_z(str_from_z(b), "、") ||
            str_eq_z(words, "ー") || str_eq_z(words, "ーー"))
            continue;
        folded = fold(shelf->arena, words);
        (void)str_skip(&folded, STR("ー")); /* after what kana it stood is not known */
        for (size_t j = 0; j < ENTRIES; j++)
            want += j % 100 != 99 && str_contains(fold(shelf->arena, texts[j]), folded);
        found = ask(shelf, (struct search){ .words = words }, false);
        if (found.count != (want > SEARCH_COUNT_MAX ? SEARCH_COUNT_MAX : want) ||
            found.count_is_capped != (want > SEARCH_COUNT_MAX))
            fail_msg("%.*s: %lld, not %lld", STR_ARG(words), (long long)found.count,
                     (long long)want);
    }
}

static int64_t key_of(const struct catalog_entry *entry, enum search_order order)
{
    return order == ORDER_PUBLISHED  ? entry->published.ms
           : order == ORDER_SEVERITY ? entry->tenths
           : order == ORDER_EPSS     ? entry->epss
                                     : entry->modified.ms;
}

/* All pages together hold each hit once, in its order; with few hits, with many, and without words. */
static void search__pages_are_whole_and_ordered(void **state)
{
    static const char *const words[] = { "脆弱", "の", "" };
    struct shelf *shelf = *state;

    fill(shelf);
    for (size_t w = 0; w < COUNT(words); w++)
        for (enum search_order order = 0; order < SEARCH_ORDERS; order++) {
            bool seen[ENTRIES + 1] = { 0 };
            int64_t last_key = INT64_MAX, last_id = INT64_MAX;
            size_t total = 0, len;

            print_message("case: \"%s\" %d\n", words[w], order);
            do {
                struct search_found found = ask(shelf,
                                                (struct search){ .words = str_from_z(words[w]),
                                                                 .order = order,
                                                                 .offset = total,
                                                                 .limit = 90 },
                                                false);

                len = found.entries.len;
                for (size_t i = 0; i < len; i++) {
                    const struct catalog_entry *entry = &found.entries.at[i];
                    int64_t key = key_of(entry, order);

                    assert_false(seen[entry->id]);
                    seen[entry->id] = true;
                    if (order != ORDER_RELEVANCE)
                        assert_true(key < last_key || (key == last_key && entry->id < last_id));
                    last_key = key;
                    last_id = entry->id;
                }
                total += len;
            } while (len == 90);
            if (words[w][0] == 0)
                assert_int_equal(total, ENTRIES - ENTRIES / 100);
        }
}

/* VDB-14: what is about most of some products comes first, whatever its score; of as many the order decides. Keys that are not there count nothing. */
static void search__brings_what_touches_most_products_first(void **state)
{
    static const struct {
        const char *id, *products[3];
        int tenths;
    } entries[] = {
        { "CVE-2026-0001", { "a:x", "a:y", "b:z" }, 10 }, { "CVE-2026-0002", { "a:x" }, 50 },
        { "CVE-2026-0003", { "a:y", "c:z" }, 20 },        { "CVE-2026-0004", { "c:z" }, 98 },
        { "CVE-2026-0005", { "b:z", "a:x", "c:z" }, 70 }, { "CVE-2026-0006", { NULL }, 99 },
    };
    static const char *const watched[] = { "a:x", "b:z", "nobody:nothing", "a:y", "wrong" },
                             *const want[] = { "CVE-2026-0001", "CVE-2026-0005", "CVE-2026-0002",
                                               "CVE-2026-0003", "CVE-2026-0006", "CVE-2026-0004" };
    static const int touched[] = { 3, 2, 1, 1, 0, 0 };
    struct shelf *shelf = *state;
    struct catalog_strings keys = { 0 };
    struct search_found found;

    shelf_begin(shelf, 1);
    for (size_t i = 0; i < COUNT(entries); i++) {
        struct catalog_record record = { .source = SOURCE_NVD, .id = str_from_z(entries[i].id) };

        VEC_PUSH(shelf->arena, &record.scores,
                 (struct catalog_score){ .version = STR("3.1"), .tenths = entries[i].tenths });
        for (size_t p = 0; p < 3 && entries[i].products[p]; p++)
            shelf_add_cpe(
                shelf, &record,
                arena_z(shelf->arena, arena_printf(shelf->arena, "cpe:2.3:a:%s:*:*:*:*:*:*:*:*",
                                                   entries[i].products[p])));
        (void)shelf_put(shelf, &record, NULL);
    }
    shelf_end(shelf);
    for (size_t i = 0; i < COUNT(watched); i++)
        VEC_PUSH(shelf->arena, &keys, str_from_z(watched[i]));
    for (size_t limit = 1; limit <= COUNT(want); limit++)
        for (size_t offset = 0; offset < COUNT(want); offset++) {
            found = ask(
                shelf,
                (struct search){
                    .order = ORDER_SEVERITY, .touching = &keys, .offset = offset, .limit = limit },
                false);
            assert_int_equal(found.entries.len,
                             COUNT(want) - offset < limit ? COUNT(want) - offset : limit);
            assert_int_equal(found.touched.len, found.entries.len);
            for (size_t i = 0; i < found.entries.len; i++) {
                assert_true(str_eq_z(found.entries.at[i].name, want[offset + i]));
                assert_int_equal(found.touched.at[i], touched[offset + i]);
            }
        }
    found = ask(shelf, (struct search){ .order = ORDER_SEVERITY }, false);
    assert_int_equal(found.touched.len, 0);
    assert_true(str_eq_z(found.entries.at[0].name, "CVE-2026-0006"));
}

static void search__filters_and_counts(void **state)
{
    struct shelf *shelf = *state;
    struct search_found found;

    fill(shelf);
    assert_int_equal(
        ask(shelf, (struct search){ .vendor = STR("v1"), .with_rejected = true }, false).count,
        ENTRIES / 5);
    assert_int_equal(
        ask(shelf, (struct search){ .product = STR("v1:p6"), .with_rejected = true }, false).count,
        ENTRIES / 10);
    assert_int_equal(ask(shelf, (struct search){ .product = STR("v1:p7") }, false).count, 0);
    assert_int_equal(ask(shelf, (struct search){ .cwe = 7, .with_rejected = true }, false).count,
                     ENTRIES / 30);
    assert_int_equal(
        ask(shelf,
            (struct search){ .source = STR("jvn"), .vendor = STR("v0"), .with_rejected = true },
            false)
            .count,
        ENTRIES / 15);
    assert_int_equal(
        ask(shelf, (struct search){ .year = 2000, .with_rejected = true }, false).count, 366);
    assert_int_equal(
        ask(shelf,
            (struct search){ .has_ja = TICK_YES, .with_rejected = true, .vendor = STR("v0") },
            false)
            .count,
        ENTRIES / 15);
    assert_int_equal(ask(shelf, (struct search){ .kev = TICK_YES }, false).count, 0);
    assert_int_equal(ask(shelf,
                         (struct search){ .modified_from = { 20100 * UTC_DAY },
                                          .modified_to = { 20101 * UTC_DAY },
                                          .with_rejected = true },
                         false)
                         .count,
                     ENTRIES / 500);

    found = ask(shelf, (struct search){ .vendor = STR("v1"), .with_rejected = true }, true);
    assert_int_equal(found.facets[FACET_VENDOR].len, 1);
    assert_str(found.facets[FACET_VENDOR].at[0].key, "v1");
    assert_int_equal(found.facets[FACET_VENDOR].at[0].count, ENTRIES / 5);
    assert_int_equal(found.facets[FACET_PRODUCT].len, 2);
    assert_int_equal(found.facets[FACET_PRODUCT].at[0].count, ENTRIES / 10);
    assert_int_equal(found.facets[FACET_SOURCE].len, 2);
    assert_str(found.facets[FACET_SOURCE].at[0].key, "nvd");
    assert_int_equal(found.facets[FACET_SOURCE].at[0].count, 400);
    assert_int_equal(found.facets[FACET_CWE].len, 6);
}

static void search__begins_with_what_is_named(void **state)
{
    struct shelf *shelf = *state;
    struct search_found found;

    fill(shelf);
    found = ask(shelf, (struct search){ .words = STR("cve-2001-1001") }, false);
    assert_int_equal(found.count, 1);
    assert_str(found.entries.at[0].name, "CVE-2001-1001");
}

static void search__takes_no_syntax(void **state)
{
    static const char *const words[] = {
        "\"",         "\"\"",      "a\"b",    "AND",
        "OR NOT",     "NEAR(a b)", "tags:x",  "{names}: a",
        "^a",         "a*",        "*",       "(",
        ")",          "-",         "a AND (", "'; DROP TABLE entry",
        "\xc7\x82v1", "+ + +",     "。",      "  ",
        "\"脆",
    };
    struct shelf *shelf = *state;

    fill(shelf);
    for (size_t i = 0; i < COUNT(words); i++) {
        print_message("case: %s\n", words[i]);
        (void)ask(shelf, (struct search){ .words = str_from_z(words[i]) }, true);
    }
}

static void search__refuses_what_cannot_be(void **state)
{
    struct shelf *shelf = *state;
    const struct search wrong[] = {
        { .source = STR("nowhere"), .limit = 20 },
        { .offset = SEARCH_OFFSET_MAX + 1, .limit = 20 },
        { .limit = SEARCH_PAGE_MAX + 1 },
        { .words = STR("\xff"), .limit = 20 },
    };
    struct err err = { 0 };

    assert_true(tx_begin(shelf->store, TX_READ, &shelf->tx, &err));
    for (size_t i = 0; i < COUNT(wrong); i++) {
        struct search_found found;

        assert_false(catalog_search(shelf->tx, &wrong[i], false, shelf->arena, &found, &err));
        assert_int_equal(err.code, ERR_SEARCH);
    }
}

static void search__says_what_would_be_found(void **state)
{
    struct shelf *shelf = *state;
    struct catalog_record record = { .source = SOURCE_NVD, .id = STR("CVE-2024-0001") };
    struct search_found found;

    shelf_begin(shelf, 5);
    shelf_add_text(shelf, &record, TEXT_DESCRIPTION, "ja", "認証の不備");
    shelf_add_cpe(shelf, &record, "cpe:2.3:a:apache:http_server:*:*:*:*:*:*:*:*");
    (void)shelf_put(shelf, &record, NULL);
    shelf_end(shelf);
    found = ask(shelf, (struct search){ .words = STR("認証 存在しない") }, false);
    assert_int_equal(found.count, 0);
    assert_str(found.meant.at[0].key, "認証");
    found = ask(shelf, (struct search){ .words = STR("apachee") }, false);
    assert_str(found.meant.at[0].key, "apache");
}

/* An entry whose only record joins another is found no more, and that one once. */
static void search__forgets_what_is_gone(void **state)
{
    struct shelf *shelf = *state;
    struct catalog_record one = { .source = SOURCE_NVD,
                                  .id = STR("CVE-2024-0001"),
                                  .modified = { 1 } },
                          other = { .source = SOURCE_OSV,
                                    .id = STR("GHSA-aaaa-bbbb-cccc"),
                                    .modified = { 1 } };

    shelf_begin(shelf, 5);
    shelf_add_text(shelf, &one, TEXT_DESCRIPTION, "ja", "認証の不備");
    shelf_add_text(shelf, &other, TEXT_DESCRIPTION, "ja", "認証の不備");
    (void)shelf_put(shelf, &one, NULL);
    (void)shelf_put(shelf, &other, NULL);
    shelf_end(shelf);
    assert_int_equal(ask(shelf, (struct search){ .words = STR("認証") }, false).count, 2);
    VEC_PUSH(shelf->arena, &other.aliases, STR("CVE-2024-0001"));
    other.modified.ms++;
    shelf_begin(shelf, 6);
    assert_int_equal(shelf_put(shelf, &other, NULL), CATALOG_CHANGED);
    shelf_end(shelf);
    assert_int_equal(ask(shelf, (struct search){ .words = STR("認証") }, true).count, 1);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, shelf_set_up, shelf_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(search__finds_what_a_scan_finds),
        TEST(search__pages_are_whole_and_ordered),
        TEST(search__brings_what_touches_most_products_first),
        TEST(search__filters_and_counts),
        TEST(search__begins_with_what_is_named),
        TEST(search__takes_no_syntax),
        TEST(search__refuses_what_cannot_be),
        TEST(search__says_what_would_be_found),
        TEST(search__forgets_what_is_gone),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
