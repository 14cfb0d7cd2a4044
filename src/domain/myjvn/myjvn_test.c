#include "domain/myjvn/items.h"

#include <dirent.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/fold.h"
#include "base/testing.h"
#include "domain/myjvn/files.h"
#include "formats/archive/pack.h"
#include "formats/xml/tree.h"
#include "store/generation.h"
#include "store/scratch_testing.h"

static int set_up(void **state) { return scratch_set_up(state, &store_catalog); }

static struct utc at(const char *text)
{
    struct err err = { 0 };
    struct utc t;

    assert_true(utc_parse(str_from_z(text), &t, &err));
    return t;
}

/* ---- the dictionary ---- */

static enum catalog_change put_listed(struct scratch *b, int64_t vid, const char *vendor,
                                      const char *vendor_cpe, int64_t pid, const char *product,
                                      const char *cpe)
{
    struct myjvn_listed listed = { vid,
                                   pid,
                                   str_from_z(vendor),
                                   str_from_z(vendor_cpe),
                                   str_from_z(product),
                                   str_from_z(cpe),
                                   LANG_JA };
    enum catalog_change change;
    struct err err = { 0 };

    if (!myjvn_put_listed(b->tx, &listed, b->arena, &change, &err))
        fail_msg("%s", err.subject);
    return change;
}

static int64_t number_of(struct scratch *b, const struct query *query)
{
    struct err err = { 0 };
    int64_t n;

    assert_true(store_number(b->tx, query, NO_BINDS, -1, &n, &err));
    return n;
}

/* Statements are kept by their queries, so each has one of its own. */
#define EXPECT(b, n, sql)                                               \
    do {                                                                \
        static const struct query query = { .name = "n", .text = sql }; \
        assert_int_equal(number_of((b), &query), (n));                  \
    } while (0)

/* API-01, VDB-06: JVN's numbers and names come to the catalogue; vendors that share a CPE name stay apart. */
static void myjvn_put_listed__gives_numbers_and_names(void **state)
{
    struct scratch *b = *state;

    assert_int_equal(put_listed(b, 1, "サン・マイクロシステムズ", "cpe:/:sun", 16,
                                "Sun Cobalt RaQ2", "cpe:/h:sun:sun_cobalt_raq_2"),
                     CATALOG_NEW);
    assert_int_equal(put_listed(b, 1, "サン・マイクロシステムズ", "cpe:/:sun", 16,
                                "Sun Cobalt RaQ2", "cpe:/h:sun:sun_cobalt_raq_2"),
                     CATALOG_UNCHANGED);
    assert_int_equal(put_listed(b, 1, "サン", "cpe:/:sun", 16, "Sun Cobalt RaQ 2",
                                "cpe:/h:sun:sun_cobalt_raq_2"),
                     CATALOG_CHANGED);
    assert_int_equal(put_listed(b, 202, "日本コントロールシステム", "cpe:/:misc", 700, "製品",
                                "cpe:/a:misc:ncs_product"),
                     CATALOG_NEW);
    assert_int_equal(
        put_listed(b, 12606, "特許庁", "cpe:/:misc", 701, "製品", "cpe:/a:misc:jpo_product"),
        CATALOG_NEW);
    EXPECT(b, 1, "SELECT jvn FROM vendor WHERE key = 'sun' AND name_ja = 'サン'");
    EXPECT(b, 202,
           "SELECT jvn FROM vendor WHERE key = 'misc' AND name_ja = '日本コントロールシステム'");
    EXPECT(b, 2, "SELECT count(*) FROM jvn_vendor WHERE cpe = 'cpe:/:misc'");
    EXPECT(b, 701, "SELECT jvn FROM product WHERE key = 'jpo_product'");
    /* Signs that are not escaped, a blank behind the colon: what JVN's dictionary really has. */
    assert_int_equal(put_listed(b, 3, "Emerson", "cpe:/:emerson", 18, "roc800",
                                "cpe:/o:emerson: roc800_firmware"),
                     CATALOG_NEW);
    EXPECT(
        b, 1,
        "SELECT count(*) FROM jvn_product WHERE cpe = 'cpe:/o:emerson:roc800_firmware' AND product_id > 0");
    assert_int_equal(
        put_listed(b, 3, "Emerson", "cpe:/:emerson", 19, "x", "cpe:/a:emerson:a_(b)/c%2fd"),
        CATALOG_NEW);
    EXPECT(
        b, 1,
        "SELECT count(*) FROM jvn_product WHERE cpe = 'cpe:/a:emerson:a_%28b%29%2fc%2fd' AND product_id > 0");
}

static void myjvn_put_listed__refuses_what_is_none(void **state)
{
    static const struct myjvn_listed wrong[] = {
        { 0, 1, STR_INIT("v"), STR_INIT("cpe:/:v"), STR_INIT("p"), STR_INIT("cpe:/a:v:p"),
          LANG_JA },
        { MYJVN_OURS_FROM, 1, STR_INIT("v"), STR_INIT("cpe:/:v"), STR_INIT("p"),
          STR_INIT("cpe:/a:v:p"), LANG_JA },
        { 1, -1, STR_INIT("v"), STR_INIT("cpe:/:v"), STR_INIT("p"), STR_INIT("cpe:/a:v:p"),
          LANG_JA },
        { 1, 1, STR_INIT(""), STR_INIT("cpe:/:v"), STR_INIT("p"), STR_INIT("cpe:/a:v:p"), LANG_JA },
        { 1, 1, STR_INIT("v"), STR_INIT("v"), STR_INIT("p"), STR_INIT("cpe:/a:v:p"), LANG_JA },
        { 1, 1, STR_INIT("v"), STR_INIT("cpe:/:v"), STR_INIT("p\nq"), STR_INIT("cpe:/a:v:p"),
          LANG_JA },
    };
    struct scratch *b = *state;

    for (size_t i = 0; i < COUNT(wrong); i++) {
        enum catalog_change change;
        struct err err = { 0 };

        print_message("case: %zu\n", i);
        assert_false(myjvn_put_listed(b->tx, &wrong[i], b->arena, &change, &err));
        assert_int_equal(err.code, ERR_CATALOG_RECORD);
    }
}

static void run(struct scratch *b, const struct query *query)
{
    struct err err = { 0 };

    if (!store_exec(b->tx, query, NO_BINDS, NULL, &err))
        fail_msg("%s", err.subject);
}

/* API-01: what JVN has no number for gets one of ours, which keeps its meaning when JVN gives one. */
static void myjvn_number_new__numbers_what_jvn_does_not(void **state)
{
    struct scratch *b = *state;
    struct myjvn_choice choice = { 0 };
    struct myjvn_vendors found;
    struct err err = { 0 };
    int64_t total;

    static const struct query
        vendor = { .name = "v",
                   .text =
                       "INSERT INTO vendor (id, key, name_ja, name_en, folded) VALUES (7, 'acme', '', 'Acme', 'acme')" },
        products = {
            .name = "p",
            .text =
                "INSERT INTO product (id, vendor_id, key, name_ja, name_en, folded, cpe, purl) VALUES "
                "(9, 7, 'anvil', '', 'Anvil', 'anvil', 'cpe:2.3:a:acme:anvil:*:*:*:*:*:*:*:*', ''), (10, 7, 'pkg', '', '', '', '', 'pkg:npm/pkg')"
        };

    run(b, &vendor);
    run(b, &products);
    assert_true(myjvn_number_new(b->tx, &err));
    assert_true(myjvn_number_new(b->tx, &err));
    assert_true(
        myjvn_list_products(b->tx, &choice, LANG_JA, 0, 10, b->arena, &found, &total, &err));
    assert_int_equal(total, 1);
    assert_int_equal(found.at[0].vid, MYJVN_OURS_FROM + 7);
    assert_int_equal(found.at[0].products.at[0].pid, MYJVN_OURS_FROM + 9);
    assert_true(str_eq(found.at[0].products.at[0].cpe, STR("cpe:/a:acme:anvil")));
    put_listed(b, 5, "アクメ", "cpe:/:acme", 6, "かなとこ", "cpe:/a:acme:anvil");
    assert_true(
        myjvn_list_products(b->tx, &choice, LANG_JA, 0, 10, b->arena, &found, &total, &err));
    assert_int_equal(total, 1);
    assert_int_equal(found.at[0].products.at[0].pid, 6);
    VEC_PUSH(b->arena, &choice.products, MYJVN_OURS_FROM + 9);
    assert_true(
        myjvn_list_products(b->tx, &choice, LANG_JA, 0, 10, b->arena, &found, &total, &err));
    assert_int_equal(total, 1);
}

/* API-01: wildcards in every part, words as parts of names, '*' in a word for itself, pages that count products. */
static void myjvn_list__finds_by_names_and_patterns(void **state)
{
    static const struct {
        const char *cpe, *keyword;
        int64_t vendors, products;
    } cases[] = {
        { "", "", 3, 4 },
        { "cpe:/*:ibm:*", "", 1, 2 },
        { "cpe:/a:ibm:*", "", 1, 1 },
        { "cpe:/*:*:db*", "", 0, 2 },
        { "CPE:/A:IBM:DB2", "", 0, 1 },
        { "cpe:/?:ibm:db2", "", 0, 0 },
        { "", "ｉｂｍ", 1, 0 },
        { "", "まいくろ", 1, 0 },
        { "", "DB2", 0, 1 },
        { "", "*", 0, 1 },
        { "", "ない", 0, 0 },
    };
    struct scratch *b = *state;
    struct err err = { 0 };

    put_listed(b, 18, "IBM", "cpe:/:ibm", 100, "DB2", "cpe:/a:ibm:db2");
    put_listed(b, 18, "IBM", "cpe:/:ibm", 101, "AIX", "cpe:/o:ibm:aix");
    put_listed(b, 2, "マイクロソフト", "cpe:/:microsoft", 102, "A*B", "cpe:/a:microsoft:a%2ab");
    put_listed(b, 4, "日立", "cpe:/:hitachi", 103, "dbproxy", "cpe:/a:hitachi:dbproxy");
    assert_true(myjvn_number_new(b->tx, &err));
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct myjvn_choice choice = { .keyword = str_from_z(cases[i].keyword) };
        struct myjvn_vendors vendors, products;
        int64_t vendor_total, product_total;

        print_message("case: %s %s\n", cases[i].cpe, cases[i].keyword);
        if (cases[i].cpe[0])
            VEC_PUSH(b->arena, &choice.cpes, str_from_z(cases[i].cpe));
        assert_true(myjvn_list_products(b->tx, &choice, LANG_JA, 0, 10, b->arena, &products,
                                        &product_total, &err));
        assert_int_equal(product_total, cases[i].products);
        if (cases[i].cpe[0] && cases[i].vendors == 0)
            continue;
        if (cases[i].cpe[0]) {
            choice.cpes.len = 0;
            VEC_PUSH(b->arena, &choice.cpes, STR("cpe:/:ibm"));
        }
        assert_true(myjvn_list_vendors(b->tx, &choice, LANG_JA, 0, 10, b->arena, &vendors,
                                       &vendor_total, &err));
        assert_int_equal(vendor_total, cases[i].vendors);
    }
}

/* API-01: any part of any length of any name finds what a look at every name finds, also after names have changed. */
static void myjvn_list__finds_what_a_scan_finds(void **state)
{
    enum { PRODUCTS = 60, TIMES = 2, QUESTIONS = 300 };
    static const char *const parts[] = { "ア", "イ", "漢", "字", "A", "b", "*", " ", "1", "\"" };
    struct scratch *b = *state;
    struct str names[PRODUCTS], folded[PRODUCTS];
    struct err err = { 0 };
    uint64_t random = 3;

    for (size_t time = 0; time < TIMES; time++) {
        for (size_t i = 0; i < PRODUCTS; i++) {
            struct buf buf = buf_new(b->arena, 100);

            if (time > 0 && i % 3 > 0)
                continue; /* the others are called otherwise now */
            buf_byte(&buf, 'P');
            for (size_t n = 0; n < 8; n++) {
                random = random * UINT64_C(6364136223846793005) + 1442695040888963407U;
                buf_add_z(&buf, parts[(random >> 33) % COUNT(parts)]);
            }
            buf_byte(&buf, 'z');
            names[i] = buf_str(&buf);
            folded[i] = fold(b->arena, names[i]);
            put_listed(b, 18, "IBM", "cpe:/:ibm", 100 + (int64_t)i, arena_z(b->arena, names[i]),
                       arena_z(b->arena, arena_printf(b->arena, "cpe:/a:ibm:p%zu", i)));
        }
        assert_true(myjvn_number_new(b->tx, &err));
        for (size_t q = 0; q < QUESTIONS; q++) {
            struct myjvn_choice choice = { .keyword = names[q % PRODUCTS] };
            struct myjvn_vendors found;
            int64_t total, want = 0;
            size_t all = str_code_points(choice.keyword), from = 1 + q % 5;

            choice.keyword =
                str_drop(choice.keyword, str_take_code_points(choice.keyword, from).len);
            choice.keyword = str_trim(str_take_code_points(choice.keyword, 1 + q % (all - from)));
            if (choice.keyword.len == 0)
                continue;
            for (size_t i = 0; i < PRODUCTS; i++)
                want += str_contains(folded[i], fold(b->arena, choice.keyword));
            assert_true(myjvn_list_products(b->tx, &choice, LANG_JA, 0, 100, b->arena, &found,
                                            &total, &err));
            if (total != want)
                fail_msg("%.*s: %lld, not %lld", STR_ARG(choice.keyword), (long long)total,
                         (long long)want);
        }
    }
}

/* ---- items ---- */

static struct myjvn_told told_by_feed(struct scratch *b, const char *id, const char *modified)
{
    struct myjvn_told told = { .kind = TOLD_BY_FEED };

    told.item = (struct jvnrss_item){ .title = STR("WordPress 用プラグインにおける脆弱性"),
                                      .description = STR("一行目\n二行目"),
                                      .identifier = str_from_z(id),
                                      .issued = at("2024-05-01T10:00+09:00"),
                                      .modified = at(modified) };
    VEC_PUSH(b->arena, &told.item.references,
             (struct jvnrss_reference){ STR("CVE"), STR("CVE-2024-1234"), STR_NONE,
                                        STR("https://www.cve.org/CVERecord?id=CVE-2024-1234") });
    VEC_PUSH(b->arena, &told.item.references,
             (struct jvnrss_reference){ STR("NVD"), STR("CCVE-2024-1234"), STR_NONE,
                                        STR("https://nvd.nist.gov/") });
    VEC_PUSH(b->arena, &told.item.references,
             (struct jvnrss_reference){ STR("JVN"), STR("JVNVU#97000000"), STR_NONE,
                                        STR("https://jvn.jp/vu/JVNVU97000000/index.html") });
    VEC_PUSH(b->arena, &told.item.references,
             (struct jvnrss_reference){ STR_NONE, STR("CWE-79"),
                                        STR("クロスサイトスクリプティング(CWE-79)"),
                                        STR("https://jvndb.jvn.jp/ja/cwe/CWE-79.html") });
    VEC_PUSH(b->arena, &told.item.cpes,
             (struct jvnrss_cpe){ STR("Acme"), STR("Anvil_x"), STR(" cpe:/a:acme:anvil_x ") });
    VEC_PUSH(b->arena, &told.item.cpes,
             (struct jvnrss_cpe){ STR("Acme"), STR("AnvilZ"), STR("cpe:/a:acme:anvilz") });
    VEC_PUSH(b->arena, &told.item.cpes,
             (struct jvnrss_cpe){ STR("Acme"), STR("broken"), STR("cpe:/a:acme:(x") });
    VEC_PUSH(b->arena, &told.item.vectors, STR("AV:N/AC:L/Au:N/C:P/I:P/A:P"));
    VEC_PUSH(b->arena, &told.item.vectors, STR("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"));
    return told;
}

static enum catalog_change put(struct scratch *b, const struct myjvn_told *told)
{
    CLEANUP(packer_free_var) struct packer *packer = packer_new();
    struct buf buf = buf_new(b->arena, 1 << 20);
    struct myjvn_told again;
    enum catalog_change change;
    struct err err = { 0 };

    assert_true(myjvn_told_write(told, &buf, &err));
    assert_true(myjvn_told_read(buf_str(&buf), b->arena, &again, &err));
    assert_true(myjvn_put(b->tx, &again, buf_str(&buf), NULL, packer, b->arena, &change, &err));
    return change;
}

static int64_t found(struct scratch *b, const struct myjvn_search *search)
{
    struct myjvn_rows rows;
    struct err err = { 0 };
    int64_t total;

    assert_true(myjvn_find(b->tx, search, b->arena, &rows, &total, &err));
    assert_int_equal(rows.len, total);
    return total;
}

#define SEARCH(...) \
    &(struct myjvn_search) { .severity = MYJVN_SEVERITY_ANY, .limit = 50, __VA_ARGS__ }

#define SEARCH_BY(word) \
    &(struct myjvn_search) { .severity = (word), .limit = 50 }

/* API-01: each way to ask, alone. */
static void myjvn_find__asks_by_everything(void **state)
{
    struct scratch *b = *state;
    struct myjvn_told told = told_by_feed(b, "JVNDB-2024-000001", "2024-05-02T10:00+09:00");
    struct myjvn_choice choice = { 0 };

    put_listed(b, 18, "Acme", "cpe:/:acme", 100, "AnvilZ", "cpe:/a:acme:anvilz");
    assert_int_equal(put(b, &told), CATALOG_NEW);
    assert_int_equal(put(b, &told), CATALOG_UNCHANGED);
    told.item.identifier = STR("JVN#12345678"); /* notes of JVN have no place there */
    assert_int_equal(put(b, &told), CATALOG_UNCHANGED);
    told.lang = LANG_EN;
    told.item.identifier = STR("JVNDB-2024-000002");
    assert_int_equal(put(b, &told), CATALOG_NEW);

    assert_int_equal(found(b, SEARCH(.lang = LANG_JA)), 1);
    assert_int_equal(found(b, SEARCH(.lang = LANG_EN)), 1);
    assert_int_equal(found(b, SEARCH_BY(4)), 1);
    assert_int_equal(found(b, SEARCH_BY(3)), 0);
    assert_int_equal(
        found(b, SEARCH(.vector = STR("CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"))), 1);
    assert_int_equal(
        found(b, SEARCH(.vector = STR("CVSS:3.0/AV:L/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"))), 0);
    assert_int_equal(found(b, SEARCH(.made_public = { at("2024-05-01T00:00:00+09:00"),
                                                      at("2024-05-02T00:00:00+09:00") })),
                     1);
    assert_int_equal(found(b, SEARCH(.made_public = { { 0 }, at("2024-05-01T00:00:00+09:00") })),
                     0);
    assert_int_equal(found(b, SEARCH(.issued = { at("2024-05-01T10:00:00+09:00"), { 0 } })), 1);
    assert_int_equal(found(b, SEARCH(.modified = { { 0 }, at("2024-05-02T10:00:00+09:00") })), 0);
    for (const char *const *word =
             (const char *const[]){ "JVNVU", "脆弱", "二行目", "WordPress 脆弱性", "word",
                                    "cve-2024-1234", "ｗｏｒｄｐｒｅｓｓ", NULL };
         *word; word++) {
        print_message("word: %s\n", *word);
        choice.keyword = str_from_z(*word);
        assert_int_equal(found(b, SEARCH(.choice = choice)), 1);
    }
    for (const char *const *word = (const char *const[]){ "JVNTA", "弱脆", "WordPress 製品群", "\"",
                                                          "#", "a OR b", NULL };
         *word; word++) {
        print_message("no word: %s\n", *word);
        choice.keyword = str_from_z(*word);
        assert_int_equal(found(b, SEARCH(.choice = choice)), 0);
    }
    choice = (struct myjvn_choice){ 0 };
    VEC_PUSH(b->arena, &choice.cpes, STR("cpe:/*:acme"));
    assert_int_equal(found(b, SEARCH(.choice = choice)), 1);
    choice.cpes.at[0] = STR("cpe:/a:acme:hammer");
    assert_int_equal(found(b, SEARCH(.choice = choice)), 0);
    choice = (struct myjvn_choice){ 0 };
    VEC_PUSH(b->arena, &choice.vendors, 18);
    assert_int_equal(found(b, SEARCH(.choice = choice)), 1);
    choice.vendors.at[0] = 19;
    assert_int_equal(found(b, SEARCH(.choice = choice)), 0);
    choice = (struct myjvn_choice){ 0 };
    VEC_PUSH(b->arena, &choice.products, 100);
    assert_int_equal(found(b, SEARCH(.choice = choice)), 1);
}

static struct jvnrss_item served(struct scratch *b, const char *name)
{
    CLEANUP(packer_free_var) struct packer *packer = packer_new();
    const struct myjvn_site site = { .url = STR("https://noroshi.example") };
    struct jvnrss_item item;
    struct myjvn_row row;
    struct err err = { 0 };
    bool is_there;

    assert_true(myjvn_named(b->tx, str_from_z(name), LANG_JA, b->arena, &row, &is_there, &err));
    assert_true(is_there);
    assert_true(myjvn_to_jvnrss(b->tx, &row, &site, JVNRSS_FILE, packer, b->arena, &item, &err));
    return item;
}

/* API-01: what breaks readers is left out; the rest stands in the order they know. */
static void myjvn_to_jvnrss__gives_what_readers_can_take(void **state)
{
    struct scratch *b = *state;
    struct myjvn_told told = told_by_feed(b, "JVNDB-2024-000001", "2024-05-02T10:00+09:00");
    struct jvnrss_item item;

    put(b, &told);
    item = served(b, "JVNDB-2024-000001");
    assert_true(
        str_eq(item.url, STR("https://noroshi.example/ja/contents/2024/JVNDB-2024-000001.html")));
    assert_int_equal(item.references.len, 3);
    assert_true(str_eq(item.references.at[0].source, STR("JVN")));
    assert_true(str_eq(item.references.at[2].id, STR("CWE-79")));
    assert_int_equal(item.cpes.len, 2);
    assert_true(str_eq(item.cpes.at[0].cpe, STR("cpe:/a:acme:anvilz")));
    assert_true(str_eq(item.cpes.at[1].cpe, STR("cpe:/a:acme:anvil_x")));
}

/* API-01: the feed's and the detail's word stand side by side; of the same minute both are given as they came. */
static void myjvn_put__keeps_both_kinds(void **state)
{
    CLEANUP(packer_free_var) struct packer *packer = packer_new();
    struct scratch *b = *state;
    struct myjvn_told feed = told_by_feed(b, "JVNDB-2024-000001", "2024-05-02T10:00+09:00"),
                      detail = { .kind = TOLD_IN_DETAIL };
    struct vuldef_info info;
    struct jvnrss_item item;
    struct myjvn_row row;
    struct err err = { 0 };
    bool is_there;

    put(b, &feed);
    assert_true(
        myjvn_named(b->tx, STR("JVNDB-2024-000001"), LANG_JA, b->arena, &row, &is_there, &err));
    assert_true(myjvn_to_vuldef(b->tx, &row, packer, b->arena, &info, &err));
    assert_true(str_eq(info.related.at[0].name, STR("Common Vulnerabilities and Exposures (CVE)")));
    assert_true(str_eq(info.related.at[3].title, STR("クロスサイトスクリプティング")));

    detail.info = info;
    detail.info.overview = STR("一行目 二行目");
    detail.info.impact = STR("影響");
    detail.info.first_published = at("2024-05-01T10:00:31+09:00");
    detail.info.last_updated = at("2024-05-02T10:00:59+09:00");
    detail.info.public_since = at("2024-04-01T00:00:00+09:00");
    assert_int_equal(put(b, &detail), CATALOG_CHANGED);
    item = served(b, "JVNDB-2024-000001");
    assert_true(str_eq(item.description, STR("一行目\n二行目")));
    assert_int_equal(item.modified.ms, detail.info.last_updated.ms);
    assert_true(
        myjvn_named(b->tx, STR("JVNDB-2024-000001"), LANG_JA, b->arena, &row, &is_there, &err));
    assert_int_equal(row.made_public.ms, detail.info.public_since.ms);
    assert_true(myjvn_to_vuldef(b->tx, &row, packer, b->arena, &info, &err));
    assert_true(str_eq(info.impact, STR("影響")));

    detail.info.last_updated = at("2024-06-02T10:00:59+09:00");
    detail.info.overview = STR("新しい概要");
    put(b, &detail);
    assert_true(str_eq(served(b, "JVNDB-2024-000001").description, STR("新しい概要")));
    assert_int_equal(put(b, &feed), CATALOG_UNCHANGED);
    feed.item.modified = at("2024-01-02T10:00+09:00");
    feed.item.title = STR("古い");
    assert_int_equal(put(b, &feed), CATALOG_UNCHANGED);
}

/* What stands at that path, in the generation as it is now. */
static struct str file_of(struct scratch *b, const char *path)
{
    struct generation *generation;
    struct segment_entry entry = { 0 };
    struct err err = { 0 };
    struct str body;

    assert_true(
        generation_open(arena_z(b->arena, arena_printf(b->arena, "%s/" MYJVN_FILES, b->folder)),
                        NULL, &generation, &err));
    assert_true(generation_find(generation, str_from_z(path), &entry));
    body = arena_str(b->arena, entry.body);
    generation_close(generation);
    return body;
}

/* Committed, filed at that time, and written on. */
static void file_all(struct scratch *b, const char *now, int64_t large)
{
    static const struct myjvn_site site = { .url = STR_INIT("https://x.example") };
    const struct myjvn_filing filing = { &site, at(now), large };
    struct err err = { 0 };

    assert_true(tx_commit(&b->tx, &err));
    if (!myjvn_make_files(b->store, str_from_z(b->folder), &filing, &err))
        fail_msg("%s", err.subject);
    assert_true(tx_begin(b->store, TX_WRITE, &b->tx, &err));
}

static void forget_files(struct scratch *b)
{
    struct arena *arena = b->arena;
    const char *folder = arena_z(arena, arena_printf(arena, "%s/" MYJVN_FILES, b->folder));
    DIR *entries = opendir(folder);

    for (const struct dirent *entry; (entry = readdir(entries));)
        (void)unlinkat(dirfd(entries), entry->d_name, 0);
    closedir(entries);
    assert_int_equal(rmdir(folder), 0);
}

/* VDB-05: what changes is told at once among what changed; the files of a large year rest for a day, those of a small one do not. */
static void myjvn_make_files__lets_large_years_rest(void **state)
{
    static const char year[] = "/ja/rss/years/jvndb_2024.rdf", updated[] = "/ja/rss/jvndb.rdf";
    struct scratch *b = *state;
    struct myjvn_told told = told_by_feed(b, "JVNDB-2024-000001", "2024-05-02T10:00+09:00");
    struct str first;

    put(b, &told);
    file_all(b, "2026-11-20T10:00+09:00", 0);
    first = file_of(b, year);
    assert_true(str_contains(first, STR("2024-05-02T10:00+09:00")));

    told = told_by_feed(b, "JVNDB-2024-000001", "2024-06-03T10:00+09:00");
    put(b, &told);
    file_all(b, "2026-11-20T20:00+09:00", 0);
    assert_true(str_eq(file_of(b, year), first));
    assert_true(str_contains(file_of(b, updated), STR("2024-06-03T10:00+09:00")));
    file_all(b, "2026-11-21T10:00+09:00", 0); /* nothing came, but they are due */
    assert_true(str_contains(file_of(b, year), STR("2024-06-03T10:00+09:00")));

    told = told_by_feed(b, "JVNDB-2024-000001", "2024-07-04T10:00+09:00");
    put(b, &told);
    file_all(b, "2026-11-21T10:01+09:00", MYJVN_LARGE_YEAR);
    assert_true(str_contains(file_of(b, year), STR("2024-07-04T10:00+09:00")));
    forget_files(b);
}

/* API-01: every period has its row, and each severity its column. */
static void myjvn_count__counts_by_period(void **state)
{
    struct scratch *b = *state;
    struct myjvn_told told = told_by_feed(b, "JVNDB-2024-000001", "2024-05-02T10:00+09:00");
    struct myjvn_counting counting = { .period = PERIOD_QUARTER };
    struct myjvn_counts counts;
    struct err err = { 0 };
    int64_t items, vendors, products;

    put(b, &told);
    told.item.identifier = STR("JVNDB-2024-000002");
    told.item.issued = at("2024-12-31T23:59+09:00");
    told.item.vectors.len = 1; /* no score of version 3 */
    put(b, &told);
    assert_true(
        myjvn_count(b->tx, &counting, at("2025-02-01T00:00:00+09:00"), b->arena, &counts, &err));
    assert_int_equal(counts.len, 5); /* 2024-1Q to 2025-1Q: the first year of all, to now */
    assert_true(str_eq(counts.at[1].date, STR("2024-2Q")));
    assert_int_equal(counts.at[1].all, 1);
    assert_int_equal(counts.at[1].by_severity[0], 1);
    assert_int_equal(counts.at[3].all, 1);
    counting = (struct myjvn_counting){ .period = PERIOD_YEAR,
                                        .only_with_score = true,
                                        .weakness = STR("CWE-79"),
                                        .cpe = STR("cpe:/a:acme:*") };
    assert_true(
        myjvn_count(b->tx, &counting, at("2025-02-01T00:00:00+09:00"), b->arena, &counts, &err));
    assert_int_equal(counts.at[0].all, 1);
    counting = (struct myjvn_counting){ .period = PERIOD_MONTH,
                                        .from = 12 * 2024 + 4,
                                        .to = 12 * 2024 + 5,
                                        .by_severity_2 = true,
                                        .only_with_score = true };
    assert_true(
        myjvn_count(b->tx, &counting, at("2025-02-01T00:00:00+09:00"), b->arena, &counts, &err));
    assert_int_equal(counts.len, 2);
    assert_true(str_eq(counts.at[0].date, STR("2024-05")));
    assert_int_equal(counts.at[0].by_severity[0], 1); /* 7.5: high */
    assert_true(myjvn_totals(b->tx, b->arena, &items, &vendors, &products, &err));
    assert_int_equal(items, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(myjvn_put_listed__gives_numbers_and_names, set_up,
                                        scratch_tear_down),
        cmocka_unit_test_setup_teardown(myjvn_put_listed__refuses_what_is_none, set_up,
                                        scratch_tear_down),
        cmocka_unit_test_setup_teardown(myjvn_number_new__numbers_what_jvn_does_not, set_up,
                                        scratch_tear_down),
        cmocka_unit_test_setup_teardown(myjvn_list__finds_by_names_and_patterns, set_up,
                                        scratch_tear_down),
        cmocka_unit_test_setup_teardown(myjvn_list__finds_what_a_scan_finds, set_up,
                                        scratch_tear_down),
        cmocka_unit_test_setup_teardown(myjvn_find__asks_by_everything, set_up, scratch_tear_down),
        cmocka_unit_test_setup_teardown(myjvn_to_jvnrss__gives_what_readers_can_take, set_up,
                                        scratch_tear_down),
        cmocka_unit_test_setup_teardown(myjvn_put__keeps_both_kinds, set_up, scratch_tear_down),
        cmocka_unit_test_setup_teardown(myjvn_make_files__lets_large_years_rest, set_up,
                                        scratch_tear_down),
        cmocka_unit_test_setup_teardown(myjvn_count__counts_by_period, set_up, scratch_tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
