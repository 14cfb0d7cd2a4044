#include "domain/curation/rulings.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/life_testing.h"
#include "domain/catalog/entry.h"
#include "store/kinds.h"

#define NOW ((struct utc){ INT64_C(1795060800000) })

struct bench {
    struct arena *arena;
    struct store *desk, *catalog;
    struct tx *tx;
    struct deed deed;
    struct curation_place place;
    char folder[40], desk_path[64], catalog_path[64];
};

static const struct subject officer = { .kind = SUBJECT_ACCOUNT,
                                        .roles = ROLE_RB,
                                        .name = STR_INIT("受付 花子") };
static const struct subject developer = { .kind = SUBJECT_ACCOUNT, .roles = ROLE_PM };

static void open_store(char path[64], const char *folder, const struct store_kind *kind,
                       struct store **out)
{
    struct err err = { 0 };

    snprintf(path, 64, "%s/%s.db", folder, kind->name);
    assert_true(store_open(&(struct store_options){ .path = path, .kind = kind, .create = true },
                           out, &err));
}

/* An entry that only an English source speaks of. alias: may be NULL */
static void put_english(struct bench *bench, enum catalog_source source, const char *id,
                        const char *alias)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    CLEANUP(catalog_batch_free_var) struct catalog_batch *batch = NULL;
    struct catalog_record record = { .source = source,
                                     .id = str_from_z(id),
                                     .modified = { NOW.ms - 1000 } };
    struct buf bytes = buf_new(bench->arena, 1 << 16);
    enum catalog_change change;
    struct err err = { 0 };

    if (alias)
        VEC_PUSH(bench->arena, &record.aliases, str_from_z(alias));
    VEC_PUSH(bench->arena, &record.texts,
             ((struct catalog_text){ TEXT_DESCRIPTION, STR("en"), STR("A made-up weakness."),
                                     STR_NONE }));
    assert_true(catalog_record_encode(&record, &bytes, &err));
    assert_true(tx_begin(bench->catalog, TX_WRITE, &tx, &err));
    batch = catalog_batch_new(tx, 0, NOW);
    assert_true(catalog_put(batch, &record, buf_str(&bytes), NULL, bench->arena, &change, &err));
    assert_true(catalog_batch_end(batch, &err));
    assert_true(tx_commit(&tx, &err));
}

static int set_up(void **state)
{
    struct bench *bench = calloc(1, sizeof *bench);
    struct err err = { 0 };

    snprintf(bench->folder, sizeof bench->folder, "/tmp/noroshi-curation-XXXXXX");
    assert_non_null(mkdtemp(bench->folder));
    bench->arena = arena_new((size_t)1 << 30);
    open_store(bench->desk_path, bench->folder, &store_desk, &bench->desk);
    open_store(bench->catalog_path, bench->folder, &store_catalog, &bench->catalog);
    put_english(bench, SOURCE_NVD, "CVE-2026-0001", NULL);
    assert_true(tx_begin(bench->desk, TX_WRITE, &bench->tx, &err));
    bench->deed = (struct deed){ bench->tx, &officer, NOW, bench->arena };
    bench->place = (struct curation_place){ bench->catalog, STR("NRDB"), STR("noroshi") };
    *state = bench;
    return 0;
}

static void drop(const char *path)
{
    char whole[80];

    for (const char *const *end = (const char *const[]){ "", "-wal", "-shm", NULL }; *end; end++) {
        snprintf(whole, sizeof whole, "%s%s", path, *end);
        unlink(whole);
    }
}

static int tear_down(void **state)
{
    struct bench *bench = *state;

    tx_end(bench->tx);
    store_close(bench->desk);
    store_close(bench->catalog);
    drop(bench->desk_path);
    drop(bench->catalog_path);
    rmdir(bench->folder);
    arena_free(bench->arena);
    free(bench);
    return 0;
}

static struct curation texts(struct bench *bench)
{
    struct curation c;
    struct err err = { 0 };

    assert_true(curation_find(bench->tx, STR("CVE-2026-0001"), bench->arena, &c, &err));
    c.title = STR("架空ソフトウェアにおける脆弱性");
    c.overview = STR("架空ソフトウェアには脆弱性が存在します。");
    return c;
}

static void move(struct bench *bench, enum curation_event event, struct curation *c)
{
    struct err err = { 0 };

    if (!curation_move(&bench->deed, event, c, &bench->place, &err))
        fail_msg("%s %s %s", err_name(err.code), err.subject, err.trail);
}

static struct catalog_entry entry(struct bench *bench, const char *name)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct catalog_entry out;
    struct err err = { 0 };

    assert_true(tx_begin(bench->catalog, TX_READ, &tx, &err));
    assert_true(catalog_entry_find(tx, str_from_z(name), bench->arena, &out, &err));
    return out;
}

static void curation__life_is_whole(void **state)
{
    struct err err = { 0 };

    (void)state;
    if (!life_check(&curation_life, &err))
        fail_msg("%s", err.subject);
    assert_diagram_is_current(&curation_life);
    if (!life_check(&ruling_life, &err))
        fail_msg("%s", err.subject);
    assert_diagram_is_current(&ruling_life);
}

/* Draft, translated, published: only then does a reader see it, beside the English, with a number of our own. Rule: VDB-14, VDB-11 */
static void curation__reaches_readers_when_it_is_published(void **state)
{
    struct bench *bench = *state;
    struct curation c = texts(bench);

    move(bench, CURATION_SAVE, &c);
    assert_int_equal(c.state, CURATION_DRAFT);
    move(bench, CURATION_FINISH, &c);
    assert_str(entry(bench, "CVE-2026-0001").title_ja, "");
    c.is_embedded = true; /* what is published is what was kept */
    move(bench, CURATION_PUBLISH, &c);
    assert_int_equal(c.state, CURATION_PUBLISHED);
    assert_str(c.number, "NRDB-2026-000001");
    assert_false(c.is_embedded);
    assert_str(entry(bench, "CVE-2026-0001").title_ja, "架空ソフトウェアにおける脆弱性");
    assert_str(entry(bench, "NRDB-2026-000001").name, "CVE-2026-0001");
    assert_true(entry(bench, "CVE-2026-0001").has_ja);

    /* a better text keeps the number */
    c.title = STR("改めた題名");
    c.is_embedded = true;
    bench->deed.now.ms += 60000;
    move(bench, CURATION_SAVE, &c);
    assert_str(entry(bench, "CVE-2026-0001").title_ja, "架空ソフトウェアにおける脆弱性");
    move(bench, CURATION_FINISH, &c);
    move(bench, CURATION_PUBLISH, &c);
    assert_str(c.number, "NRDB-2026-000001");
    assert_str(entry(bench, "CVE-2026-0001").title_ja, "改めた題名");
    assert_true(entry(bench, "CVE-2026-0001").is_embedded);
}

static void refuse(struct bench *bench, enum curation_event event, struct curation c,
                   enum err_code code)
{
    struct err err = { 0 };

    assert_false(curation_move(&bench->deed, event, &c, &bench->place, &err));
    assert_int_equal(err.code, code);
}

static void curation__refuses_what_its_life_does_not_have(void **state)
{
    struct bench *bench = *state;
    struct curation c = texts(bench), empty;
    struct form_faults faults = { 0 };

    refuse(bench, CURATION_PUBLISH, c, ERR_NO_SUCH_MOVE);
    bench->deed.who = &developer;
    refuse(bench, CURATION_SAVE, c, ERR_NOT_YOUR_MOVE);
    bench->deed.who = &officer;
    move(bench, CURATION_SAVE, &c);
    empty = c;
    empty.overview = STR("");
    refuse(bench, CURATION_FINISH, empty, ERR_NOT_READY);
    c.version = 0; /* two officers opened the same form */
    refuse(bench, CURATION_SAVE, c, ERR_CHANGED_MEANWHILE);
    curation_check(&empty, true, bench->arena, &faults);
    assert_int_equal(faults.len, 1);
    assert_string_equal(faults.at[0].field, "overview");
}

static void curation_list__shows_what_waits(void **state)
{
    struct bench *bench = *state;
    struct curation c = texts(bench);
    struct curations list = { 0 };
    struct err err = { 0 };
    int64_t count;

    move(bench, CURATION_SAVE, &c);
    assert_true(curation_list(bench->tx, CURATION_NONE, 0, 10, bench->arena, &list, &count, &err));
    assert_int_equal(count, 1);
    assert_str(list.at[0].who, "受付 花子");
    assert_true(
        curation_list(bench->tx, CURATION_PUBLISHED, 0, 10, bench->arena, &list, &count, &err));
    assert_int_equal(count, 0);
}

static struct ruling join(struct bench *bench, const char *one, const char *other,
                          const char *reason, struct form_faults *faults)
{
    struct ruling ruling = { .entry = str_from_z(one),
                             .other = str_from_z(other),
                             .reason = str_from_z(reason) };
    struct err err = { 0 };

    if (!ruling_join(&bench->deed, &bench->place, &ruling, faults, &err))
        fail_msg("%s %s %s", err_name(err.code), err.subject, err.trail);
    return ruling;
}

static void undo(struct bench *bench, int64_t id)
{
    struct form_faults faults = { 0 };
    struct err err = { 0 };

    if (!ruling_undo(&bench->deed, &bench->place, id, STR("誤りでした。"), &faults, &err))
        fail_msg("%s %s %s", err_name(err.code), err.subject, err.trail);
    assert_int_equal(faults.len, 0);
}

/* VDB-14: whoever's page it is decided on, the CVE keeps its name; who, when and why stay on record, also of what was taken back. */
static void ruling__joins_and_is_taken_back_with_reasons(void **state)
{
    struct bench *bench = *state;
    struct form_faults faults = { 0 };
    struct rulings_list list = { 0 };
    struct ruling ruling;
    struct err err = { 0 };

    put_english(bench, SOURCE_OSV, "GHSA-aaaa-bbbb-cccc", NULL);
    ruling = join(bench, "CVE-2026-0001", "ghsa-AAAA-bbbb-cccc", "同じ修正です。", &faults);
    assert_int_equal(faults.len, 0);
    assert_str(ruling.name, "GHSA-aaaa-bbbb-cccc");
    assert_str(ruling.other, "CVE-2026-0001");
    assert_str(entry(bench, "GHSA-aaaa-bbbb-cccc").name, "CVE-2026-0001");

    undo(bench, ruling.id);
    assert_str(entry(bench, "GHSA-aaaa-bbbb-cccc").name, "GHSA-aaaa-bbbb-cccc");
    assert_true(ruling_list(bench->tx, STR("GHSA-aaaa-bbbb-cccc"), bench->arena, &list, &err));
    assert_int_equal(list.len, 1);
    assert_int_equal(list.at[0].state, RULING_UNDONE);
    assert_str(list.at[0].who, "受付 花子");
    assert_str(list.at[0].reason, "同じ修正です。");
    assert_str(list.at[0].undone_reason, "誤りでした。");
    assert_false(ruling_undo(&bench->deed, &bench->place, ruling.id, STR("x"), &faults, &err));
    assert_int_equal(err.code, ERR_NO_SUCH_MOVE);
}

static void ruling__takes_a_wrong_name_apart(void **state)
{
    struct bench *bench = *state;
    struct ruling ruling = { .source = STR("osv"),
                             .name = STR("GHSA-aaaa-bbbb-cccc"),
                             .other = STR("CVE-2026-0001"),
                             .entry = STR("CVE-2026-0001"),
                             .reason = STR("別の不具合です。") };
    struct form_faults faults = { 0 };
    struct err err = { 0 };

    put_english(bench, SOURCE_OSV, "GHSA-aaaa-bbbb-cccc", "CVE-2026-0001");
    assert_str(entry(bench, "GHSA-aaaa-bbbb-cccc").name, "CVE-2026-0001");
    assert_true(ruling_part(&bench->deed, &bench->place, &ruling, &faults, &err));
    assert_int_equal(faults.len, 0);
    assert_str(entry(bench, "GHSA-aaaa-bbbb-cccc").name, "GHSA-aaaa-bbbb-cccc");
    undo(bench, ruling.id);
    assert_str(entry(bench, "GHSA-aaaa-bbbb-cccc").name, "CVE-2026-0001");
}

static void ruling__says_what_cannot_be(void **state)
{
    static const struct {
        const char *one, *other, *reason, *field;
    } cases[] = {
        { "CVE-2026-0001", "CVE-2026-0002", "x", "other" },
        { "CVE-2026-0001", "CVE-2026-0001", "x", "other" },
        { "CVE-2026-0001", "GHSA-none-none-none", "x", "other" },
        { "CVE-2026-0001", "", "x", "other" },
        { "CVE-2026-0001", "CVE-2026-0002", "", "reason" },
    };
    struct bench *bench = *state;
    struct ruling ruling = { .entry = STR("CVE-2026-0001"),
                             .other = STR("CVE-2026-0002"),
                             .reason = STR("x") };
    struct rulings_list list = { 0 };
    struct form_faults none = { 0 };
    struct err err = { 0 };

    put_english(bench, SOURCE_NVD, "CVE-2026-0002", NULL);
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct form_faults faults = { 0 };

        print_message("case: %s %s\n", cases[i].one, cases[i].other);
        (void)join(bench, cases[i].one, cases[i].other, cases[i].reason, &faults);
        assert_int_equal(faults.len, 1);
        assert_string_equal(faults.at[0].field, cases[i].field);
    }
    assert_true(ruling_list(bench->tx, STR("CVE-2026-0001"), bench->arena, &list, &err));
    assert_int_equal(list.len, 0);
    bench->deed.who = &developer;
    assert_false(ruling_join(&bench->deed, &bench->place, &ruling, &none, &err));
    assert_int_equal(err.code, ERR_NOT_YOUR_MOVE);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(curation__life_is_whole),
        TEST(curation__reaches_readers_when_it_is_published),
        TEST(curation__refuses_what_its_life_does_not_have),
        TEST(curation_list__shows_what_waits),
        TEST(ruling__joins_and_is_taken_back_with_reasons),
        TEST(ruling__takes_a_wrong_name_apart),
        TEST(ruling__says_what_cannot_be),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
