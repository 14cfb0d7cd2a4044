/* VDB-01, VDB-14: what curators decide about which records are about the same holds whatever is imported, and can be taken back. */
#include "domain/catalog/byhand.h"
#include "domain/catalog/entry.h"
#include "domain/catalog/ruling.h"
#include "domain/catalog/testing.h"

static struct catalog_record record_of(struct shelf *shelf, enum catalog_source source,
                                       const char *id, const char *alias, int64_t day)
{
    struct catalog_record record = { .source = source,
                                     .id = str_from_z(id),
                                     .modified = { day * UTC_DAY } };

    if (alias)
        VEC_PUSH(shelf->arena, &record.aliases, str_from_z(alias));
    return record;
}

static enum catalog_change put(struct shelf *shelf, enum catalog_source source, const char *id,
                               const char *alias, int64_t day)
{
    struct catalog_record record = record_of(shelf, source, id, alias, day);
    enum catalog_change change;

    shelf_begin(shelf, 100 * UTC_DAY + day);
    change = shelf_put(shelf, &record, "what was sent");
    shelf_end(shelf);
    return change;
}

/* The name of the entry that a name leads to; "" for none. */
static const char *leads(struct shelf *shelf, const char *name)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct catalog_entry entry = { .name = STR("") };
    struct err err = { 0 };

    assert_true(tx_begin(shelf->store, TX_READ, &tx, &err));
    if (!catalog_entry_find(tx, str_from_z(name), shelf->arena, &entry, &err))
        assert_int_equal(err.code, ERR_ABSENT);
    return arena_z(shelf->arena, entry.name);
}

static struct catalog_tellings tellings(struct shelf *shelf, const char *name)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct catalog_entry entry;
    struct catalog_tellings out;
    struct err err = { 0 };

    assert_true(tx_begin(shelf->store, TX_READ, &tx, &err));
    assert_true(catalog_entry_find(tx, str_from_z(name), shelf->arena, &entry, &err));
    assert_true(catalog_entry_tellings(tx, entry.id, shelf->arena, &out, &err));
    return out;
}

static bool has_alias(const struct catalog_record *record, const char *alias)
{
    for (size_t i = 0; i < record->aliases.len; i++)
        if (str_eq_z(record->aliases.at[i], alias))
            return true;
    return false;
}

static enum err_code join(struct shelf *shelf, const char *name, const char *into)
{
    struct err err = { 0 };

    shelf_begin(shelf, 200 * UTC_DAY);
    (void)!catalog_join(shelf->batch, str_from_z(name), str_from_z(into), shelf->arena, &err);
    shelf_end(shelf);
    return err.code;
}

static enum err_code unjoin(struct shelf *shelf, const char *name)
{
    struct err err = { 0 };

    shelf_begin(shelf, 300 * UTC_DAY);
    (void)!catalog_unjoin(shelf->batch, str_from_z(name), shelf->arena, &err);
    shelf_end(shelf);
    return err.code;
}

static enum err_code part(struct shelf *shelf, bool is_back, enum catalog_source source,
                          const char *record, const char *alias)
{
    const struct catalog_naming naming = { source, str_from_z(record), str_from_z(alias) };
    struct err err = { 0 };

    shelf_begin(shelf, 200 * UTC_DAY);
    (void)!(is_back ? catalog_unpart : catalog_part)(shelf->batch, &naming, shelf->arena, &err);
    shelf_end(shelf);
    return err.code;
}

static void ruling__joins_two_entries_and_parts_them_again(void **state)
{
    struct shelf *shelf = *state;

    put(shelf, SOURCE_NVD, "CVE-2024-0001", NULL, 1);
    put(shelf, SOURCE_OSV, "GHSA-aaaa-bbbb-cccc", NULL, 1);
    assert_string_equal(leads(shelf, "GHSA-aaaa-bbbb-cccc"), "GHSA-aaaa-bbbb-cccc");

    assert_int_equal(join(shelf, "GHSA-aaaa-bbbb-cccc", "CVE-2024-0001"), ERR_NONE);
    assert_int_equal(join(shelf, "GHSA-aaaa-bbbb-cccc", "CVE-2024-0001"), ERR_NONE);
    assert_string_equal(leads(shelf, "GHSA-aaaa-bbbb-cccc"), "CVE-2024-0001");
    assert_int_equal(tellings(shelf, "CVE-2024-0001").len, 2);
    assert_true(tellings(shelf, "CVE-2024-0001").at[1].is_ruled);
    assert_true(has_alias(&tellings(shelf, "CVE-2024-0001").at[1].record, "CVE-2024-0001"));

    assert_int_equal(unjoin(shelf, "GHSA-aaaa-bbbb-cccc"), ERR_NONE);
    assert_string_equal(leads(shelf, "GHSA-aaaa-bbbb-cccc"), "GHSA-aaaa-bbbb-cccc");
    assert_int_equal(tellings(shelf, "CVE-2024-0001").len, 1);
    assert_false(tellings(shelf, "GHSA-aaaa-bbbb-cccc").at[0].is_ruled);
    assert_int_equal(tellings(shelf, "GHSA-aaaa-bbbb-cccc").at[0].record.aliases.len, 0);
    assert_int_equal(unjoin(shelf, "GHSA-aaaa-bbbb-cccc"), ERR_ABSENT);
}

/* The same again changes nothing; a newer one, and another source under the joined name, go where it was decided. */
static void ruling__holds_whatever_is_imported(void **state)
{
    struct shelf *shelf = *state;

    put(shelf, SOURCE_OSV, "GHSA-aaaa-bbbb-cccc", NULL, 1);
    put(shelf, SOURCE_JVN, "JVNDB-2024-000001", NULL, 1);
    assert_int_equal(join(shelf, "JVNDB-2024-000001", "GHSA-aaaa-bbbb-cccc"), ERR_NONE);
    assert_int_equal(put(shelf, SOURCE_JVN, "JVNDB-2024-000001", NULL, 1), CATALOG_UNCHANGED);
    assert_string_equal(leads(shelf, "JVNDB-2024-000001"), "GHSA-aaaa-bbbb-cccc");
    assert_int_equal(put(shelf, SOURCE_JVN, "JVNDB-2024-000001", NULL, 2), CATALOG_CHANGED);
    assert_string_equal(leads(shelf, "JVNDB-2024-000001"), "GHSA-aaaa-bbbb-cccc");
    put(shelf, SOURCE_CSAF, "RHSA-2024:1", "JVNDB-2024-000001", 2);
    put(shelf, SOURCE_CSAF, "JVNDB-2024-000001", NULL, 2);
    assert_int_equal(tellings(shelf, "GHSA-aaaa-bbbb-cccc").len, 3);
    assert_int_equal(unjoin(shelf, "JVNDB-2024-000001"), ERR_NONE);
    assert_int_equal(tellings(shelf, "GHSA-aaaa-bbbb-cccc").len, 1);
    assert_int_equal(tellings(shelf, "JVNDB-2024-000001").len, 2);
}

static void ruling__takes_a_wrong_alias_apart(void **state)
{
    struct shelf *shelf = *state;

    put(shelf, SOURCE_NVD, "CVE-2024-0001", NULL, 1);
    put(shelf, SOURCE_OSV, "GHSA-aaaa-bbbb-cccc", "CVE-2024-0001", 1);
    put(shelf, SOURCE_OSV, "GHSA-dddd-eeee-ffff", "CVE-2024-0001", 1);
    assert_int_equal(tellings(shelf, "CVE-2024-0001").len, 3);

    assert_int_equal(part(shelf, false, SOURCE_OSV, "GHSA-aaaa-bbbb-cccc", "CVE-2024-0001"),
                     ERR_NONE);
    assert_int_equal(tellings(shelf, "CVE-2024-0001").len, 2);
    assert_string_equal(leads(shelf, "GHSA-aaaa-bbbb-cccc"), "GHSA-aaaa-bbbb-cccc");
    assert_string_equal(leads(shelf, "GHSA-dddd-eeee-ffff"), "CVE-2024-0001");
    assert_false(has_alias(&tellings(shelf, "GHSA-aaaa-bbbb-cccc").at[0].record, "CVE-2024-0001"));

    assert_int_equal(put(shelf, SOURCE_OSV, "GHSA-aaaa-bbbb-cccc", "CVE-2024-0001", 1),
                     CATALOG_UNCHANGED);
    assert_int_equal(put(shelf, SOURCE_OSV, "GHSA-aaaa-bbbb-cccc", "CVE-2024-0001", 2),
                     CATALOG_CHANGED);
    assert_string_equal(leads(shelf, "GHSA-aaaa-bbbb-cccc"), "GHSA-aaaa-bbbb-cccc");

    assert_int_equal(part(shelf, true, SOURCE_OSV, "GHSA-aaaa-bbbb-cccc", "CVE-2024-0001"),
                     ERR_NONE);
    assert_string_equal(leads(shelf, "GHSA-aaaa-bbbb-cccc"), "CVE-2024-0001");
    assert_int_equal(tellings(shelf, "CVE-2024-0001").len, 3);
    assert_int_equal(part(shelf, true, SOURCE_OSV, "GHSA-aaaa-bbbb-cccc", "CVE-2024-0001"),
                     ERR_ABSENT);
}

static void number(struct shelf *shelf, const char *name, const char *number)
{
    struct catalog_mark mark = { .number = str_from_z(number) };
    struct err err = { 0 };

    shelf_begin(shelf, 150 * UTC_DAY);
    assert_true(
        catalog_set_mark(shelf->batch, shelf->tx, str_from_z(name), &mark, shelf->arena, &err));
    shelf_end(shelf);
}

/* VDB-14: a number that readers know keeps leading where its entry stands. */
static void ruling__takes_a_number_along(void **state)
{
    struct shelf *shelf = *state;

    put(shelf, SOURCE_NVD, "CVE-2024-0001", NULL, 1);
    put(shelf, SOURCE_OSV, "GHSA-aaaa-bbbb-cccc", NULL, 1);
    number(shelf, "GHSA-aaaa-bbbb-cccc", "NRDB-2024-000001");
    assert_int_equal(join(shelf, "GHSA-aaaa-bbbb-cccc", "CVE-2024-0001"), ERR_NONE);
    assert_string_equal(leads(shelf, "NRDB-2024-000001"), "CVE-2024-0001");
    assert_int_equal(unjoin(shelf, "GHSA-aaaa-bbbb-cccc"), ERR_NONE);
    assert_string_equal(leads(shelf, "NRDB-2024-000001"), "GHSA-aaaa-bbbb-cccc");
    number(shelf, "CVE-2024-0001", "NRDB-2024-000002");
    assert_int_equal(join(shelf, "GHSA-aaaa-bbbb-cccc", "CVE-2024-0001"), ERR_INPUT);
}

static void ruling__refuses_what_cannot_be(void **state)
{
    struct shelf *shelf = *state;

    put(shelf, SOURCE_NVD, "CVE-2024-0001", NULL, 1);
    put(shelf, SOURCE_NVD, "CVE-2024-0002", NULL, 1);
    put(shelf, SOURCE_OSV, "GHSA-aaaa-bbbb-cccc", NULL, 1);
    put(shelf, SOURCE_JVN, "JVNDB-2024-000001", NULL, 1);
    assert_int_equal(join(shelf, "CVE-2024-0002", "CVE-2024-0001"), ERR_INPUT);
    assert_int_equal(join(shelf, "GHSA-aaaa-bbbb-cccc", "GHSA-aaaa-bbbb-cccc"), ERR_INPUT);
    assert_int_equal(join(shelf, "GHSA-none-none-none", "CVE-2024-0001"), ERR_ABSENT);
    assert_int_equal(join(shelf, "GHSA-aaaa-bbbb-cccc", "CVE-1999-0001"), ERR_ABSENT);
    assert_int_equal(join(shelf, "GHSA-aaaa-bbbb-cccc", "JVNDB-2024-000001"), ERR_NONE);
    assert_int_equal(join(shelf, "JVNDB-2024-000001", "GHSA-aaaa-bbbb-cccc"), ERR_INPUT);
    assert_int_equal(part(shelf, false, SOURCE_NVD, "CVE-2024-0001", "CVE-2024-0002"), ERR_ABSENT);
    assert_int_equal(part(shelf, false, SOURCE_NVD, "CVE-2024-0001", "CVE-2024-0001"), ERR_ABSENT);
    assert_int_equal(part(shelf, false, SOURCE_NVD, "CVE-1999-0001", "X"), ERR_ABSENT);
    /* One into the other, and the first taken back again. */
    assert_int_equal(join(shelf, "JVNDB-2024-000001", "CVE-2024-0001"), ERR_NONE);
    assert_string_equal(leads(shelf, "GHSA-aaaa-bbbb-cccc"), "CVE-2024-0001");
    assert_int_equal(tellings(shelf, "CVE-2024-0001").len, 3);
    assert_int_equal(unjoin(shelf, "JVNDB-2024-000001"), ERR_NONE);
    assert_string_equal(leads(shelf, "GHSA-aaaa-bbbb-cccc"), "JVNDB-2024-000001");
}

struct walked {
    size_t count;
    bool has_wrong;
};

static bool see(void *context, int64_t number, const struct catalog_record *record, struct err *err)
{
    struct walked *walked = context;

    (void)number;
    (void)err;
    walked->count++;
    walked->has_wrong = walked->has_wrong || has_alias(record, "CVE-2024-0001");
    return true;
}

/* What the match index is made of follows; what the source sent stays as it came. */
static void ruling__reaches_those_who_walk_through_all(void **state)
{
    struct shelf *shelf = *state;
    struct walked walked = { 0 };
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct str format, bytes;
    struct err err = { 0 };

    put(shelf, SOURCE_OSV, "GHSA-aaaa-bbbb-cccc", "CVE-2024-0001", 1);
    assert_int_equal(part(shelf, false, SOURCE_OSV, "GHSA-aaaa-bbbb-cccc", "CVE-2024-0001"),
                     ERR_NONE);
    assert_true(tx_begin(shelf->store, TX_READ, &tx, &err));
    assert_true(
        catalog_walk(tx, &(struct catalog_visitor){ .context = &walked, .record = see }, &err));
    assert_int_equal(walked.count, 1);
    assert_false(walked.has_wrong);
    assert_true(catalog_source_text(tx, tellings(shelf, "GHSA-aaaa-bbbb-cccc").at[0].id,
                                    shelf->arena, &format, &bytes, &err));
    assert_str(bytes, "what was sent");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, shelf_set_up, shelf_tear_down)
        TEST(ruling__joins_two_entries_and_parts_them_again),
        TEST(ruling__holds_whatever_is_imported),
        TEST(ruling__takes_a_wrong_alias_apart),
        TEST(ruling__takes_a_number_along),
        TEST(ruling__refuses_what_cannot_be),
        TEST(ruling__reaches_those_who_walk_through_all),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
