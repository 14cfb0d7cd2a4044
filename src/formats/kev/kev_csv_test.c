#include "formats/kev/kev_csv.h"
#include "formats/testing.h"

#define HEAD \
    "cveID,vendorProject,product,vulnerabilityName,dateAdded,shortDescription,requiredAction,dueDate,knownRansomwareCampaignUse,notes,cwes\n"

static void kev_csv__reads_quotes_and_passes_over_wrong_rows(void **state)
{
    struct kev_rows rows;
    struct err err = { 0 };

    assert_true(kev_csv_read(
        STR(HEAD
            "CVE-2024-0001,v,\"p, \"\"q\"\"\nr\",n,2024-01-02,d,a,2024-02-03,Known,,\"CWE-1, CWE-2\"\r\n"
            "nothing\n"
            "CVE-2024-0002,v,p,n,2024-01-01,d,a,2024-02-03,Unknown,x"),
        *state, &rows, &err));
    assert_int_equal(rows.items.len, 2);
    assert_true(str_eq_z(rows.items.at[0].product, "p, \"q\"\nr"));
    assert_true(rows.items.at[0].is_ransomware);
    assert_int_equal(rows.items.at[0].weaknesses.len, 2);
    assert_true(str_eq_z(rows.items.at[0].weaknesses.at[1], "CWE-2"));
    assert_true(rows.released.ms == rows.items.at[0].added.ms);
    assert_int_equal(rows.wrong.len, 1);
    assert_int_equal(rows.wrong.at[0], 4);
}

static void kev_csv__refuses_what_is_no_catalogue(void **state)
{
    struct kev_rows rows;
    struct err err = { 0 };

    assert_false(kev_csv_read(STR("cve,epss\n"), *state, &rows, &err));
    assert_int_equal(err.code, ERR_UNKNOWN_FORMAT);
    err = (struct err){ 0 };
    assert_false(kev_csv_read(STR(HEAD "CVE-2024-0001,\"v\n"), *state, &rows, &err));
    assert_int_equal(err.code, ERR_CATALOG_RECORD);
    assert_int_equal(err.line, 2);
}

static int setup(void **state)
{
    *state = arena_new(TESTING_ARENA);
    return 0;
}

static int teardown(void **state)
{
    arena_free(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kev_csv__reads_quotes_and_passes_over_wrong_rows),
        cmocka_unit_test(kev_csv__refuses_what_is_no_catalogue),
    };

    return cmocka_run_group_tests(tests, setup, teardown);
}
