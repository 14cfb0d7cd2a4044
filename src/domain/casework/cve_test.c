/* COO-39: CVE numbers from the pool to publication, and the alarm against the catalogue. */
#include "domain/casework/casework_testing.h"

#include "domain/casework/cve.h"
#include "domain/catalog/catalog.h"
#include "store/kinds.h"

struct play {
    struct desk_fixture *f;
    struct tx *tx;
    struct product_case c;
};

static struct play begun(void **state)
{
    struct play p = { .f = *state };
    struct desk_fixture *f = p.f;
    struct receipt receipt;
    int64_t added;

    MUST(f, tx_begin(f->store, TX_WRITE, &p.tx, &f->err));
    MUST(f, intake_submit(&f->w, p.tx, testing_form(f), STR("draft"), LANG_JA, STR("FORM"), f->now,
                          f->arena, &receipt, &f->err));
    MUST(f, cve_pool_add(p.tx, &f->cb, 2026, 20100, 20102, f->now, &added, &f->err));
    assert_int_equal(added, 3);
    MUST(f, cve_pool_add(p.tx, &f->cb, 2026, 20102, 20103, f->now, &added, &f->err));
    assert_int_equal(added, 1); /* one was there */
    MUST(f, case_load_by_id(&f->w, p.tx, 1, f->arena, &p.c, &f->err));
    return p;
}

static struct str reserve(struct play *p, struct str words)
{
    struct str cve;

    MUST(p->f,
         cve_reserve(p->tx, &p->f->cb, &p->c, words, p->f->now, p->f->arena, &cve, &p->f->err));
    return cve;
}

static enum cve_state state_of(struct play *p, struct str cve)
{
    struct cve_number n;

    MUST(p->f, cve_load(p->tx, cve, p->f->arena, &n, &p->f->err));
    return n.state;
}

/* Several vulnerabilities in one case: a number each, assigned by the advisory, public with it; one that is not used is given up. */
static void cve__goes_from_the_pool_to_the_public(void **state)
{
    static const struct subject the_clock = { .kind = SUBJECT_CLOCK, .roles = ROLE_CLOCK };
    struct play p = begun(state);
    struct desk_fixture *f = p.f;
    struct str one = reserve(&p, STR("the setting page")), two = reserve(&p, STR("the parser"));
    struct cve_list named = { 0 };
    struct cve_numbers own;
    struct cve_pool pool;
    struct hash head;
    int64_t entries;

    assert_str(one, "CVE-2026-20100");
    assert_str(two, "CVE-2026-20101");
    MUST(f, cve_of_case(p.tx, &p.c, f->arena, &own, &f->err));
    assert_int_equal(own.len, 2);
    VEC_PUSH(f->arena, &named, one);
    VEC_PUSH(f->arena, &named, STR("CVE-2025-1")); /* another authority's */
    MUST(f, cve_assign(p.tx, &f->cb, &p.c, &named, f->now, f->arena, &f->err));
    assert_int_equal(state_of(&p, one), CVE_ASSIGNED);
    assert_false(cve_reject(p.tx, &f->cb, &p.c, one, STR("a mistake"), f->now, f->arena, &f->err));
    named.len = 0;
    MUST(f, cve_assign(p.tx, &f->cb, &p.c, &named, f->now, f->arena, &f->err));
    assert_int_equal(state_of(&p, one), CVE_RESERVED); /* taken out again */
    VEC_PUSH(f->arena, &named, one);
    MUST(f, cve_assign(p.tx, &f->cb, &p.c, &named, f->now, f->arena, &f->err));
    MUST(f, cve_publish(p.tx, &the_clock, &p.c, f->now, f->arena, &f->err));
    assert_int_equal(state_of(&p, one), CVE_PUBLIC);
    assert_int_equal(state_of(&p, two), CVE_RESERVED);
    assert_false(cve_reject(p.tx, &f->cb, &p.c, two, STR(" "), f->now, f->arena, &f->err));
    assert_int_equal(f->err.code, ERR_NOT_READY);
    MUST(f, cve_reject(p.tx, &f->cb, &p.c, two, STR("the same as the first"), f->now, f->arena,
                       &f->err));
    MUST(f, cve_pool(p.tx, f->arena, &pool, &f->err));
    assert_int_equal(pool.len, 1);
    assert_int_equal(pool.at[0].of[CVE_FREE], 2);
    assert_int_equal(pool.at[0].of[CVE_REJECTED], 1);
    MUST(f, casework_verify(&f->w, p.tx, &entries, &head, &f->err));
    tx_end(p.tx);
}

/* A number of ours stands for one vulnerability alone; the coordinating body is the authority. */
static void cve__is_used_once_and_by_its_authority(void **state)
{
    struct play p = begun(state);
    struct desk_fixture *f = p.f;
    struct cve_list named = { 0 };
    struct str cve = reserve(&p, STR("the setting page")), more;
    struct receipt receipt;
    int64_t added;

    MUST(f, intake_submit(&f->w, p.tx, testing_form(f), STR("other"), LANG_JA, STR("FORM"), f->now,
                          f->arena, &receipt, &f->err));
    MUST(f, case_load_by_id(&f->w, p.tx, 2, f->arena, &p.c, &f->err));
    VEC_PUSH(f->arena, &named, cve);
    assert_false(cve_assign(p.tx, &f->cb, &p.c, &named, f->now, f->arena, &f->err));
    assert_str(str_from_z(f->err.subject), "cve");
    named.at[0] = STR("CVE-2026-20103"); /* free */
    assert_false(cve_assign(p.tx, &f->cb, &p.c, &named, f->now, f->arena, &f->err));
    assert_false(cve_reject(p.tx, &f->cb, &p.c, cve, STR("not ours"), f->now, f->arena, &f->err));
    assert_int_equal(f->err.code, ERR_ABSENT);
    assert_false(cve_reserve(p.tx, &f->rb, &p.c, STR("x"), f->now, f->arena, &more, &f->err));
    assert_int_equal(f->err.code, ERR_NOT_YOUR_MOVE);
    assert_false(cve_pool_add(p.tx, &f->rb, 2026, 1, 2, f->now, &added, &f->err));
    assert_false(cve_pool_add(p.tx, &f->cb, 2026, 9, 8, f->now, &added, &f->err));
    assert_str(str_from_z(f->err.subject), "to");
    for (int i = 0; i < 3; i++)
        (void)reserve(&p, STR("more"));
    assert_false(cve_reserve(p.tx, &f->cb, &p.c, STR("x"), f->now, f->arena, &more, &f->err));
    assert_int_equal(f->err.code, ERR_NOT_READY); /* the pool is empty */
    tx_end(p.tx);
}

static void put(struct desk_fixture *f, struct catalog_batch *batch, struct str id,
                enum catalog_source source, enum catalog_state catalog_state)
{
    struct catalog_record record = { .source = source, .id = id, .state = catalog_state };
    struct buf buf = buf_new(f->arena, CATALOG_RECORD_MAX);
    enum catalog_change change;

    MUST(f, catalog_record_encode(&record, &buf, &f->err));
    MUST(f, catalog_put(batch, &record, buf_str(&buf), NULL, f->arena, &change, &f->err));
}

/* What others have published under a number we hold back: told once. A rejected record and our own say nothing. */
static void cve__alarms_when_it_is_public_elsewhere(void **state)
{
    struct play p = begun(state);
    struct desk_fixture *f = p.f;
    struct str public = reserve(&p, STR("one")), rejected = reserve(&p, STR("two"));
    struct catalog_batch *batch;
    struct store *catalog;
    struct cve_number n;
    const char *path = arena_z(f->arena, arena_printf(f->arena, "%s/catalog.db", f->folder));
    struct tx *tx = NULL;
    int64_t count;

    MUST(f,
         store_open(&(struct store_options){ .path = path, .kind = &store_catalog, .create = true },
                    &catalog, &f->err));
    MUST(f, tx_begin(catalog, TX_WRITE, &tx, &f->err));
    MUST(f, cve_alarm(&f->w, p.tx, tx, f->now, f->arena, &count, &f->err));
    assert_int_equal(count, 0);
    batch = catalog_batch_new(tx, 1, f->now);
    put(f, batch, public, SOURCE_NVD, CATALOG_PUBLISHED);
    put(f, batch, rejected, SOURCE_CVE, CATALOG_REJECTED);
    MUST(f, catalog_batch_end(batch, &f->err));
    catalog_batch_free(batch);
    MUST(f, cve_alarm(&f->w, p.tx, tx, f->now, f->arena, &count, &f->err));
    assert_int_equal(count, 1);
    MUST(f, cve_load(p.tx, public, f->arena, &n, &f->err));
    assert_int_not_equal(n.alarmed_at.ms, 0);
    MUST(f, cve_alarm(&f->w, p.tx, tx, f->now, f->arena, &count, &f->err));
    assert_int_equal(count, 0);
    tx_end(tx);
    store_close(catalog);
    for (const char *const *end = (const char *const[]){ "", "-wal", "-shm", NULL }; *end; end++)
        (void)unlink(arena_z(f->arena, arena_printf(f->arena, "%s%s", path, *end)));
    tx_end(p.tx);
}

#define RULE(name) cmocka_unit_test_setup_teardown(name, desk_fixture_up, desk_fixture_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        RULE(cve__goes_from_the_pool_to_the_public),
        RULE(cve__is_used_once_and_by_its_authority),
        RULE(cve__alarms_when_it_is_public_elsewhere),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
