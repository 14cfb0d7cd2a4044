#include "formats/epss/epss.h"
#include "formats/testing.h"

/* All rows, given in pieces of the size; the first into *first. */
static size_t count_rows(struct epss_reader *reader, struct str text, size_t piece,
                         struct epss_row *first)
{
    struct str rest = { text.ptr, 0 };
    const char *end = text.ptr + text.len;
    size_t count = 0;
    bool has_row;

    do {
        size_t left = (size_t)(end - rest.ptr) - rest.len;
        struct err err = { 0 };
        struct epss_row row;

        rest.len += left < piece ? left : piece;
        while (epss_next(reader, &rest, rest.ptr + rest.len == end, &row, &has_row, &err) &&
               has_row)
            if (count++ == 0)
                *first = row;
        assert_int_equal(err.code, ERR_NONE);
    } while (rest.ptr + rest.len < end);
    return count;
}

static void epss_next__reads_every_form_there_was(void **state)
{
    static const struct {
        const char *text;
        int score, percentile;
        const char *date, *model;
        size_t rows;
    } cases[] = {
        { "cve,epss\nCVE-2020-5902,0.65117\nCVE-2018-19571,0.04773\n", 65117, -1, "", "", 2 },
        { "cve,epss,percentile\nCVE-2020-5902,0.65117,0.9981063485700858\n", 65117, 99811, "", "",
          1 },
        { "#model_version:v2022.01.01,score_date:2022-02-04T00:00:00+0000\r\ncve,epss,percentile\r\n"
          "CVE-2020-5902,0.96817,0.99999\r\n\r\nCVE-2018-19571,1,1.0",
          96817, 99999, "2022-02-04T00:00:00Z", "v2022.01.01", 2 },
        { "#model_version:v2023.03.01\ncve,epss,percentile\nCVE-1999-0001,0.000004999,0.999995\n",
          0, 100000, "", "v2023.03.01", 1 },
    };
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 20);
    (void)state;

    for (size_t i = 0; i < COUNT(cases); i++)
        for (size_t piece = 1; piece < 200; piece += 7) {
            struct epss_reader reader = { 0 };
            struct epss_row row = { 0 };

            print_message("case: %zu in pieces of %zu\n", i, piece);
            assert_int_equal(count_rows(&reader, str_from_z(cases[i].text), piece, &row),
                             cases[i].rows);
            assert_int_equal(row.score, cases[i].score);
            assert_int_equal(row.percentile, cases[i].percentile);
            assert_string_equal(reader.model, cases[i].model);
            if (cases[i].date[0])
                assert_true(str_eq_z(utc_iso(arena, reader.date), cases[i].date));
            else
                assert_int_equal(reader.date.ms, 0);
        }
}

static void epss_next__refuses_and_goes_on_behind(void **state)
{
    static const char *const wrong[] = {
        "CVE-2020-5902",
        "CVE-2020-5902,0.1",
        "CVE-2020-5902,0.1,0.2,0.3",
        "CVE-2020-5902,1.1,0.2",
        "CVE-2020-5902,-0.1,0.2",
        "CVE-2020-5902,.1,0.2",
        "CVE-2020-5902,0.,0.2",
        "CVE-2020-5902,0.1,",
        "CVE-2020-5902,1e-5,0.2",
        "CVE-20-5902,0.1,0.2",
        "cve-2020-5902,0.1,0.2",
        "CVE-2020-5902 ,0.1,0.2",
        "CVE-2020-,0.1,0.2",
        "#,0.1,0.2",
    };
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 20);
    (void)state;

    for (size_t i = 0; i < COUNT(wrong); i++) {
        struct str text =
            arena_printf(arena, "cve,epss,percentile\n%s\nCVE-2018-19571,0.5,0.5\n", wrong[i]);
        struct epss_reader reader = { 0 };
        struct epss_row row = { 0 };
        struct err err = { 0 };
        bool has_row;

        print_message("case: %s\n", wrong[i]);
        assert_false(epss_next(&reader, &text, true, &row, &has_row, &err));
        assert_int_equal(err.code, ERR_CATALOG_RECORD);
        assert_int_equal(err.line, 2);
        assert_null(row.cve.ptr);
        err = (struct err){ 0 };
        assert_true(epss_next(&reader, &text, true, &row, &has_row, &err) && has_row);
        assert_int_equal(row.score, 50000);
    }
}

static void epss_next__knows_another_header_and_a_line_without_end(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 20);
    struct str text =
        STR("#model_version:v1\ninvalid,header,format\nCVE-2024-6775,0.00043,0.09291\n");
    struct epss_reader reader = { 0 };
    struct epss_row row = { 0 };
    struct err err = { 0 };
    bool has_row;
    (void)state;

    assert_false(epss_next(&reader, &text, true, &row, &has_row, &err));
    assert_int_equal(err.code, ERR_UNKNOWN_FORMAT);
    assert_int_equal(err.line, 2);

    reader = (struct epss_reader){ 0 };
    err = (struct err){ 0 };
    text = (struct str){ arena_alloc(arena, EPSS_LINE_MAX + 1), EPSS_LINE_MAX + 1 };
    assert_false(epss_next(&reader, &text, false, &row, &has_row, &err));
    assert_int_equal(err.code, ERR_TOO_LARGE);
}

/* VDB-01: real days, whole. */
static void epss_next__reads_the_days_of_the_data(void **state)
{
    static const struct {
        const char *file;
        size_t rows;
    } days[] = {
        { "epss/epss_scores-2021-04-14.csv.zst", 64712 },
        { "epss/epss_scores-2021-06-26.csv.zst", 68629 },
        { "epss/epss_scores-2021-08-30.csv.zst", 72183 },
        { "epss/epss_scores-2021-08-31.csv.zst", 72272 },
    };
    CLEANUP(arena_free_var) struct arena *arena = arena_new(TESTING_ARENA);
    size_t passed = 0;
    (void)state;

    for (size_t i = 0; i < COUNT(days); i++) {
        const char *path = testing_data(arena, days[i].file);
        struct epss_reader reader = { 0 };
        struct epss_row row = { 0 };
        struct str want = str_take(str_drop(str_from_z(days[i].file), 17), 10);

        if (!path)
            skip();
        assert_int_equal(count_rows(&reader, testing_read_zst(arena, path), 64 << 10, &row),
                         days[i].rows);
        assert_true(str_starts(utc_iso(arena, reader.date), want));
        assert_true(row.score == 4847 && row.percentile > 87000);
        passed++;
    }
    print_message("conformance: epss %zu/%zu\n", passed, COUNT(days));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(epss_next__reads_every_form_there_was),
        cmocka_unit_test(epss_next__refuses_and_goes_on_behind),
        cmocka_unit_test(epss_next__knows_another_header_and_a_line_without_end),
        cmocka_unit_test(epss_next__reads_the_days_of_the_data),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
