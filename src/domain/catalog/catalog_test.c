#include "domain/catalog/catalog.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/testing.h"
#include "formats/archive/pack.h"
#include "store/kinds.h"

static const struct query record_count = { .name = "r", .text = "SELECT count(*) FROM record" };
static const struct query alias_count = { .name = "a", .text = "SELECT count(*) FROM alias" };
static const struct query alias_two = {
    .name = "t", .text = "SELECT count(*) FROM alias WHERE alias = 'CVE-2024-0002'"
};
static const struct query kev_count = { .name = "k", .text = "SELECT count(*) FROM kev" };
static const struct query refused_all = { .name = "x",
                                          .text = "SELECT file, line, bytes FROM refused" };

struct bench {
    struct arena *arena;
    struct store *store;
    struct tx *tx;
    struct catalog_batch *batch;
    char folder[32], path[64];
};

static int setup(void **state)
{
    struct bench *bench = calloc(1, sizeof *bench);
    struct err err = { 0 };

    snprintf(bench->folder, sizeof bench->folder, "/tmp/noroshi-catalog-XXXXXX");
    assert_non_null(mkdtemp(bench->folder));
    snprintf(bench->path, sizeof bench->path, "%s/catalog.db", bench->folder);
    bench->arena = arena_new(1 << 30);
    assert_true(store_open(
        &(struct store_options){ .path = bench->path, .kind = &store_catalog, .create = true },
        &bench->store, &err));
    assert_true(tx_begin(bench->store, TX_WRITE, &bench->tx, &err));
    bench->batch = catalog_batch_new(bench->tx, 1, (struct utc){ 1000 });
    *state = bench;
    return 0;
}

static int teardown(void **state)
{
    struct bench *bench = *state;
    char path[80];

    catalog_batch_free(bench->batch);
    tx_end(bench->tx);
    store_close(bench->store);
    arena_free(bench->arena);
    for (const char *const *end = (const char *const[]){ "", "-wal", "-shm", NULL }; *end; end++) {
        snprintf(path, sizeof path, "%s%s", bench->path, *end);
        unlink(path);
    }
    rmdir(bench->folder);
    free(bench);
    return 0;
}

static enum catalog_change put(struct bench *bench, const struct catalog_record *record)
{
    struct buf buf = buf_new(bench->arena, CATALOG_RECORD_MAX);
    enum catalog_change change;
    struct err err = { 0 };

    if (!catalog_record_encode(record, &buf, &err) ||
        !catalog_put(bench->batch, record, buf_str(&buf), NULL, bench->arena, &change, &err))
        fail_msg("%s %s", err_name(err.code), err.subject);
    return change;
}

static int64_t number(struct bench *bench, const struct query *query)
{
    struct err err = { 0 };
    int64_t n;

    assert_true(store_number(bench->tx, query, NO_BINDS, -1, &n, &err));
    return n;
}

/* VDB-01: what is there stays when it says the same or its own date is newer. */
static void catalog__takes_in_what_is_newer(void **state)
{
    struct bench *bench = *state;
    struct catalog_record record = { .source = SOURCE_OSV,
                                     .id = STR("GHSA-1"),
                                     .modified = { 2000 } };

    VEC_PUSH(bench->arena, &record.aliases, STR("CVE-2024-0001"));
    assert_int_equal(put(bench, &record), CATALOG_NEW);
    assert_int_equal(put(bench, &record), CATALOG_UNCHANGED);
    record.origin = STR("changed without a new date");
    assert_int_equal(put(bench, &record), CATALOG_UNCHANGED);
    record.modified.ms = 1000;
    assert_int_equal(put(bench, &record), CATALOG_UNCHANGED);
    record.modified.ms = 0;
    assert_int_equal(put(bench, &record), CATALOG_UNCHANGED);
    record.modified.ms = 3000;
    record.aliases.at[0] = STR("CVE-2024-0002");
    assert_int_equal(put(bench, &record), CATALOG_CHANGED);
    assert_int_equal(put(bench, &record), CATALOG_UNCHANGED);
    assert_int_equal(number(bench, &record_count), 1);
    assert_int_equal(number(bench, &alias_count), 1);
    assert_int_equal(number(bench, &alias_two), 1);
    /* Another source and an overlay are other records. */
    record.source = SOURCE_NVD;
    assert_int_equal(put(bench, &record), CATALOG_NEW);
    record.is_overlay = true;
    assert_int_equal(put(bench, &record), CATALOG_NEW);
}

/* Without dates there is only the order in which they come. */
static void catalog__replaces_a_record_without_a_date_by_another(void **state)
{
    struct bench *bench = *state;
    struct catalog_record record = { .source = SOURCE_OSV, .id = STR("GO-1") };

    assert_int_equal(put(bench, &record), CATALOG_NEW);
    record.origin = STR("other");
    assert_int_equal(put(bench, &record), CATALOG_CHANGED);
}

static void put_kev(struct bench *bench, int64_t released, const char *names,
                    enum catalog_change want)
{
    struct str rest = str_from_z(names), cve;
    enum catalog_change change = CATALOG_UNCHANGED;
    struct err err = { 0 };
    bool is_old;

    assert_true(catalog_kev_begin(bench->batch, (struct utc){ released }, &is_old, &err));
    while (!is_old && str_split(&rest, ' ', &cve))
        assert_true(catalog_put_kev(bench->batch, &(struct kev_item){ .cve = cve, .added = { 5 } },
                                    (struct utc){ released }, bench->arena, &change, &err));
    if (!is_old)
        assert_true(catalog_kev_end(bench->batch, (struct utc){ released }, &err));
    assert_int_equal(change, want);
}

static void catalog__kev_is_the_newest_catalogue(void **state)
{
    struct bench *bench = *state;

    put_kev(bench, 100, "CVE-2024-0001 CVE-2024-0002", CATALOG_NEW);
    put_kev(bench, 200, "CVE-2024-0001", CATALOG_UNCHANGED);
    assert_int_equal(number(bench, &kev_count), 1);
    put_kev(bench, 100, "CVE-2024-0001 CVE-2024-0002", CATALOG_UNCHANGED);
    assert_int_equal(number(bench, &kev_count), 1);
}

static enum catalog_change put_epss(struct bench *bench, int score, int64_t date)
{
    const struct epss_row row = { STR("CVE-2024-0001"), score, -1 };
    enum catalog_change change;
    struct err err = { 0 };

    assert_true(
        catalog_put_epss(bench->batch, &row, (struct utc){ date }, bench->arena, &change, &err));
    return change;
}

static void catalog__epss_is_that_of_the_newest_day(void **state)
{
    struct bench *bench = *state;

    assert_int_equal(put_epss(bench, 10, 200), CATALOG_NEW);
    assert_int_equal(put_epss(bench, 10, 200), CATALOG_UNCHANGED);
    assert_int_equal(put_epss(bench, 20, 100), CATALOG_UNCHANGED);
    assert_int_equal(put_epss(bench, 20, 300), CATALOG_CHANGED);
}

struct seen {
    int records, kev, scores;
    int64_t last;
};

static bool see_record(void *context, int64_t number, const struct catalog_record *record,
                       struct err *err)
{
    struct seen *seen = context;
    char want[32];

    (void)err;
    snprintf(want, sizeof want, "CVE-2024-%04d", seen->records++);
    assert_str(record->id, want);
    assert_true(number > seen->last);
    seen->last = number;
    return true;
}

static bool see_kev(void *context, const struct kev_item *item, struct err *err)
{
    (void)err;
    assert_int_equal(item->added.ms, 5);
    ((struct seen *)context)->kev++;
    return true;
}

static bool see_epss(void *context, const struct epss_row *row, struct utc date, struct err *err)
{
    (void)err;
    assert_int_equal(row->score, 10);
    assert_int_equal(date.ms, 200);
    ((struct seen *)context)->scores++;
    return true;
}

static void catalog_walk__comes_by_everything_once(void **state)
{
    struct bench *bench = *state;
    struct seen seen = { 0 };
    struct err err = { 0 };

    for (int i = 0; i < 1000; i++) {
        struct catalog_record record = { .id = arena_printf(bench->arena, "CVE-2024-%04d", i) };

        assert_int_equal(put(bench, &record), CATALOG_NEW);
    }
    put_kev(bench, 100, "CVE-2024-0001 CVE-2024-0002", CATALOG_NEW);
    put_epss(bench, 10, 200);
    assert_true(
        catalog_walk(bench->tx,
                     &(struct catalog_visitor){
                         .record = see_record, .kev = see_kev, .epss = see_epss, .context = &seen },
                     &err));
    assert_int_equal(seen.records, 1000);
    assert_int_equal(seen.kev, 2);
    assert_int_equal(seen.scores, 1);
}

static void catalog__keeps_what_was_refused(void **state)
{
    struct bench *bench = *state;
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    struct err err = { 0 };
    struct str bytes;

    assert_true(catalog_refuse(bench->tx, 7, STR("a.json"), 3, STR("why"), STR("{\"broken\""),
                               bench->arena, &err));
    assert_true(store_select(bench->tx, &refused_all, NO_BINDS, bench->arena, &rows, &err));
    assert_int_equal(rows_next(rows, &err), 1);
    assert_str(row_text(rows, "file"), "a.json");
    assert_int_equal(row_int(rows, "line"), 3);
    assert_true(unpack(row_text(rows, "bytes"), 100, bench->arena, &bytes, &err));
    assert_str(bytes, "{\"broken\"");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(catalog__takes_in_what_is_newer),
        TEST(catalog__replaces_a_record_without_a_date_by_another),
        TEST(catalog__kev_is_the_newest_catalogue),
        TEST(catalog__epss_is_that_of_the_newest_day),
        TEST(catalog_walk__comes_by_everything_once),
        TEST(catalog__keeps_what_was_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
