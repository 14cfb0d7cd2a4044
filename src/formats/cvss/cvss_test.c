#include "formats/cvss/cvss.h"
#include "formats/json/json.h"
#include "formats/testing.h"

static struct cvss parsed(struct str vector)
{
    struct cvss cvss = { 0 };
    struct err err = { 0 };

    if (!cvss_parse(vector, &cvss, &err))
        fail_msg("%.*s", STR_ARG(vector));
    return cvss;
}

/* "9.8" is 98; an empty cell says nothing. */
static int tenths(struct str cell)
{
    int n = 0;

    if (cell.len == 0)
        return -1;
    for (size_t i = 0; i < cell.len; i++)
        if (cell.ptr[i] != '.')
            n = n * 10 + cell.ptr[i] - '0';
    return str_index(cell, '.') == cell.len ? n * 10 : n;
}

/* What a row of a data file says of a vector; -1: nothing. */
struct want {
    int tenths[3]; /* base, temporal, environmental */
    struct str severity[3];
};
enum { COLUMNS_MAX = 10 };

/* The names of the columns are the files' own. Where programs differ, exact decimals (the first program) count. */
static void fill_want(struct want *want, struct str column, struct str cell)
{
    static const char *const numbers[][3] = {
        { "base", "temporal", "environmental" },
        { "score", "", "" },
        { "score_exact_half_up", "", "" },
        { "rh_base", "rh_temporal", "rh_environmental" },
    };
    static const char *const words[][3] = {
        { "base_severity", "temporal_severity", "environmental_severity" },
        { "severity", "", "" },
    };

    for (size_t i = 0; i < COUNT(numbers); i++)
        for (size_t n = 0; n < 3; n++)
            if (str_eq_z(column, numbers[i][n]))
                want->tenths[n] = tenths(cell);
    for (size_t i = 0; i < COUNT(words); i++)
        for (size_t n = 0; n < 3; n++)
            if (str_eq_z(column, words[i][n]))
                want->severity[n] = cell;
}

static bool is_as_wanted(struct str vector, const struct want *want, struct arena *arena)
{
    struct cvss cvss = parsed(vector), again = parsed(cvss_text(&cvss, arena));
    const int got[] = { cvss_base_tenths(&cvss), cvss_temporal_tenths(&cvss),
                        cvss_environmental_tenths(&cvss) };
    bool is_right = true;

    for (size_t n = 0; n < COUNT(got); n++) {
        if (want->tenths[n] >= 0 && want->tenths[n] != got[n]) {
            print_message("%.*s: score %zu is %d tenths, should be %d\n", STR_ARG(vector), n,
                          got[n], want->tenths[n]);
            is_right = false;
        }
        if (want->severity[n].len > 0)
            assert_true(
                str_eq(want->severity[n], cvss_severity_word(cvss_severity(got[n], cvss.version))));
    }
    assert_memory_equal(&again, &cvss, sizeof cvss); /* what is printed reads as the same */
    return is_right;
}

static void expect_all(const char *name, size_t right, size_t all)
{
    print_message("conformance: %s %zu/%zu\n", name, right, all);
    assert_true(all > 0);
    assert_int_equal(right, all);
}

static size_t split_row(struct str line, struct str cell[COLUMNS_MAX])
{
    size_t n = 0;

    while (n < COLUMNS_MAX && str_split(&line, '\t', &cell[n]))
        n++;
    for (size_t i = n; i < COLUMNS_MAX; i++)
        cell[i] = STR_NONE; /* empty cells at the end */
    return n;
}

static void check_table(const char *name)
{
    CLEANUP(arena_free_var)
    struct arena *arena = arena_new(TESTING_ARENA), *line_arena = arena_new(1 << 20);
    const char *path = testing_data(arena, name);
    struct str text, line, column[COLUMNS_MAX], cell[COLUMNS_MAX];
    size_t columns = 0, right = 0, all = 0;

    assert_non_null(path);
    text = str_ends(str_from_z(name), STR(".zst")) ? testing_read_zst(arena, path)
                                                   : testing_read(arena, path);
    while (str_split(&text, '\n', &line)) {
        struct want want = { { -1, -1, -1 }, { STR_NONE } };

        if (str_skip(&line, STR("#"))) {
            columns = split_row(line, column);
            continue;
        }
        assert_true(split_row(line, cell) <= columns);
        for (size_t i = 1; i < columns; i++)
            fill_want(&want, column[i], cell[i]);
        right += is_as_wanted(cell[0], &want, line_arena);
        all++;
        arena_reset(line_arena);
    }
    expect_all(name, right, all);
}

static bool has_data(void)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 20);

    return testing_data(arena, "cvss") != NULL;
}

/* STD-04: every base vector of every version, random vectors with all metrics, and those where programs differ, have the
 * score that exact decimals give. */
static void cvss_scores__are_right_for_every_vector(void **state)
{
    static const char *const names[] = {
        "cvss/v2-base-all.tsv",     "cvss/v2-random.tsv",         "cvss/v2-random-disputed.tsv",
        "cvss/v3.0-base-all.tsv",   "cvss/v3.0-random.tsv.zst",   "cvss/v3.1-base-all.tsv",
        "cvss/v3.1-random.tsv.zst", "cvss/v4.0-base-all.tsv.zst", "cvss/v4.0-base-all-ties.tsv",
        "cvss/v4.0-random.tsv.zst", "cvss/v4.0-random-ties.tsv",
    };
    (void)state;

    if (!has_data())
        skip();
    for (size_t i = 0; i < COUNT(names); i++)
        check_table(names[i]);
}

/* "VECTOR - 9.3" or "VECTOR - (9.3, None, 4.0)" */
static bool check_listed(struct str line, struct arena *arena)
{
    size_t dash = str_index(line, ' ');
    struct str rest = str_drop(line, dash + sizeof " - " - 1), cell;
    struct want want = { { -1, -1, -1 }, { STR_NONE } };

    (void)str_skip(&rest, STR("("));
    for (size_t i = 0; i < 3 && str_split(&rest, ',', &cell); i++) {
        cell = str_trim(cell);
        (void)str_skip(&cell, STR("-")); /* it has a score of -0.0 */
        cell = str_take(cell, str_index(cell, ')'));
        if (!str_eq(cell, STR("None")))
            want.tenths[i] = tenths(cell);
    }
    return is_as_wanted(str_take(line, dash), &want, arena);
}

/* "{'vector': 'VECTOR', 'score': 9.3, 'severity': 'Critical'}" */
static bool check_macro(struct str line, struct arena *arena)
{
    struct str vector = str_drop(line, sizeof "{'vector': '" - 1), score;
    struct want want = { { -1, -1, -1 }, { STR_NONE } };

    vector = str_take(vector, str_index(vector, '\''));
    score = str_drop(line, str_index_str(line, STR("'score': ")) + sizeof "'score': " - 1);
    want.tenths[0] = tenths(str_take(score, str_index(score, ',')));
    return is_as_wanted(vector, &want, arena);
}

static void check_lines(const char *name, bool (*check)(struct str line, struct arena *arena))
{
    CLEANUP(arena_free_var)
    struct arena *arena = arena_new(TESTING_ARENA), *line_arena = arena_new(1 << 20);
    const char *path = testing_data(arena, name);
    struct str text, line;
    size_t right = 0, all = 0;

    assert_non_null(path);
    text = testing_read(arena, path);
    while (str_split(&text, '\n', &line)) {
        if (line.len == 0)
            continue;
        right += check(line, line_arena);
        all++;
        arena_reset(line_arena);
    }
    expect_all(name, right, all);
}

/* STD-04: the vectors of two other projects, one of them the author of CVSS. */
static void cvss_scores__are_those_of_other_projects(void **state)
{
    static const char *const names[] = {
        "cvss/redhat-cvss-tests/vectors_simple2",
        "cvss/redhat-cvss-tests/vectors_calculator2",
        "cvss/redhat-cvss-tests/vectors_simple3",
        "cvss/redhat-cvss-tests/vectors_cvsslib3",
        "cvss/redhat-cvss-tests/vectors_simple31",
        "cvss/redhat-cvss-tests/vectors_security4",
        "cvss/redhat-cvss-tests/vectors_supplemental4",
        "cvss/redhat-cvss-tests/vectors_threat4",
    };
    (void)state;

    if (!has_data())
        skip();
    for (size_t i = 0; i < COUNT(names); i++)
        check_lines(names[i], check_listed);
    check_lines("cvss/first-cvss-resources/macro-scores", check_macro);
}

/* The same from what needs no data set, with the examples of the specification and of FIRST's user guide. */
static void cvss_scores__are_right_for_known_vectors(void **state)
{
    /* clang-format off */
    static const struct {
        const char *vector;
        int base, temporal, environmental;
    } cases[] = {
        { "CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N", 61, 61, 61 },
        { "CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", 98, 98, 98 },
        { "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H", 100, 100, 100 },
        { "CVSS:3.1/AV:P/AC:H/PR:H/UI:R/S:U/C:N/I:N/A:N", 0, 0, 0 },
        { "CVSS:3.1/AV:A/AC:H/PR:H/UI:N/S:C/C:H/I:H/A:H/E:U/RC:R/AR:L/MAV:L/MAC:H/MPR:H/MUI:N/MS:C/MC:H/MI:L/MA:H", 76, 67, 60 },
        { "AV:N/AC:L/Au:N/C:N/I:N/A:C/E:F/RL:OF/RC:C/CDP:H/TD:H/CR:M/IR:M/AR:H", 78, 64, 92 },
        { "AV:L/AC:H/Au:N/C:C/I:C/A:C", 62, 62, 62 },
        { "AV:L/AC:L/Au:N/C:C/I:C/A:C", 72, 72, 72 },
        { "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N", 93, -1, -1 },
        { "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H/MSI:S", 100, -1, -1 },
        { "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:N/SC:N/SI:N/SA:N/E:A", 0, -1, -1 },
        { "CVSS:4.0/AV:A/AC:L/AT:N/PR:N/UI:N/VC:H/VI:L/VA:N/SC:H/SI:H/SA:H", 86, -1, -1 }, /* 8.55 */
        { "CVSS:4.0/AV:N/AC:L/AT:P/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N/E:U/S:P/U:Red", 72, -1, -1 },
    };
    /* clang-format on */
    (void)state;

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct cvss cvss = parsed(str_from_z(cases[i].vector));

        print_message("case: %s\n", cases[i].vector);
        assert_int_equal(cvss_base_tenths(&cvss), cases[i].base);
        assert_int_equal(cvss_temporal_tenths(&cvss), cases[i].temporal);
        assert_int_equal(cvss_environmental_tenths(&cvss), cases[i].environmental);
    }
}

static void cvss_text__is_canonical(void **state)
{
    static const char *const cases[][2] = {
        { "CVSS:3.1/A:H/I:H/C:H/S:U/UI:N/PR:N/AC:L/AV:N",
          "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H" },
        { "CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/E:X/MS:C/RL:O",
          "CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/RL:O/MS:C" },
        { "A:C/AV:L/AC:H/Au:N/C:C/I:C/TD:ND", "AV:L/AC:H/Au:N/C:C/I:C/A:C" },
        { "CVSS:4.0/AV:N/AC:L/AT:P/PR:N/UI:A/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N/E:P/MSI:S/U:Amber",
          "CVSS:4.0/AV:N/AC:L/AT:P/PR:N/UI:A/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N/E:P/MSI:S/U:Amber" },
    };
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 20);
    (void)state;

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct cvss cvss = parsed(str_from_z(cases[i][0]));

        assert_string_equal(arena_z(arena, cvss_text(&cvss, arena)), cases[i][1]);
    }
}

/* STD-04: whatever the grammar does not allow is refused, and out is left alone. */
static void cvss_parse__refuses_what_the_grammar_does_not_allow(void **state)
{
    static const char *const wrong[] = {
        "",
        "CVSS:3.1/",
        "CVSS:3.2/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
        "AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
        "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H",
        "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/",
        "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/A:H",
        "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:X",
        "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/E:X/E:X",
        "CVSS:3.1//AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
        "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H ",
        "CVSS:3.1/av:n/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
        "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A",
        "cvss:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
        "AV:N/AC:L/Au:N/C:C/I:C/A:H",
        "(AV:N/AC:L/Au:N/C:C/I:C/A:C)",
        "CVSS:4.0/AC:L/AV:N/AT:P/PR:N/UI:A/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N",
        "CVSS:4.0/AV:N/AC:L/AT:P/PR:N/UI:A/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N/MSC:S",
    };
    (void)state;

    for (size_t i = 0; i < COUNT(wrong); i++) {
        struct cvss out = { 0 };
        struct err err = { 0 };

        print_message("case: \"%s\"\n", wrong[i]);
        assert_false(cvss_parse(str_from_z(wrong[i]), &out, &err));
        assert_int_equal(err.code, ERR_CVSS_SYNTAX);
        assert_int_equal(out.version, 0);
    }
}

static void cvss_pairs__name_what_is_shown(void **state)
{
    struct cvss cvss = parsed(STR("CVSS:3.1/AV:A/AC:L/PR:N/UI:R/S:U/C:H/I:L/A:N/E:P"));
    struct cvss_pair pair[CVSS_METRICS_MAX];
    (void)state;

    assert_int_equal(cvss_pairs(&cvss, false, pair), 9);
    assert_string_equal(pair[0].metric_name, "Attack Vector");
    assert_string_equal(pair[0].value_name, "Adjacent (A)");
    assert_string_equal(pair[0].word, "ADJACENT_NETWORK");
    assert_string_equal(pair[2].property, "privilegesRequired");
    assert_string_equal(pair[8].metric, "E");
    assert_int_equal(cvss_pairs(&cvss, true, pair), 22);
    assert_string_equal(pair[21].word, "NOT_DEFINED");
    assert_true(cvss_has(&cvss, CVSS_TEMPORAL));
    assert_false(cvss_has(&cvss, CVSS_ENVIRONMENTAL));
}

/* STD-04: 4.0, section 1.3. */
static void cvss_nomenclature__names_what_the_score_is_made_from(void **state)
{
    static const char *const cases[][2] = {
        { "", "CVSS-B" },      { "/S:P/AU:Y", "CVSS-B" },    { "/E:X/MAV:X", "CVSS-B" },
        { "/E:P", "CVSS-BT" }, { "/CR:M/U:Red", "CVSS-BE" }, { "/E:A/MSI:S", "CVSS-BTE" }
    };
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 20);
    struct str base = STR("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:L/VA:N/SC:N/SI:N/SA:N");
    struct cvss v3 = parsed(STR("CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N"));
    (void)state;

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct cvss cvss = parsed(arena_printf(arena, "%.*s%s", STR_ARG(base), cases[i][0])), part;

        print_message("case: %s\n", cases[i][0]);
        assert_true(str_eq_z(cvss_nomenclature(&cvss), cases[i][1]));
        part = cvss_base_part(&cvss);
        assert_true(str_eq(cvss_text(&part, arena), base));
    }
    assert_true(str_is_empty(cvss_nomenclature(&v3)));
}

/* The words of FIRST's schema for 4.0; every metric and value has one. */
static void cvss_pairs__have_a_word_for_everything(void **state)
{
    struct cvss cvss = parsed(
        STR("CVSS:4.0/AV:A/AC:L/AT:P/PR:N/UI:A/VC:H/VI:L/VA:N/SC:N/SI:N/SA:H/MSI:S/R:I/U:Amber"));
    struct cvss_pair pair[CVSS_METRICS_MAX];
    (void)state;

    assert_int_equal(cvss_pairs(&cvss, true, pair), CVSS_METRICS_MAX);
    for (size_t i = 0; i < COUNT(pair); i++)
        assert_true(pair[i].property && pair[i].word);
    assert_string_equal(pair[0].word, "ADJACENT");
    assert_string_equal(pair[5].property, "vulnConfidentialityImpact");
    assert_string_equal(pair[24].property, "modifiedSubIntegrityImpact");
    assert_string_equal(pair[24].word, "SAFETY");
    assert_string_equal(pair[31].word, "AMBER");
}

static void cvss_take_word__compares_and_adds(void **state)
{
    static const struct {
        const char *property, *word;
        enum cvss_word want;
    } cases[] = {
        { "attackVector", "ADJACENT_NETWORK", CVSS_WORD_CONTRADICTS },
        { "attackVector", "NETWORK", CVSS_WORD_AGREES },
        { "attackVector", "ADJACENT", CVSS_WORD_UNKNOWN },
        { "attackVector", "NOT_DEFINED", CVSS_WORD_UNKNOWN },
        { "attackRequirements", "NONE", CVSS_WORD_UNKNOWN },
        { "exploitCodeMaturity", "PROOF_OF_CONCEPT", CVSS_WORD_AGREES },
        { "exploitCodeMaturity", "NOT_DEFINED", CVSS_WORD_CONTRADICTS },
        { "modifiedScope", "NOT_DEFINED", CVSS_WORD_AGREES },
        { "modifiedConfidentialityImpact", "NONE", CVSS_WORD_ADDS },
        { "modifiedConfidentialityImpact", "NONE", CVSS_WORD_AGREES },
        { "modifiedIntegrityImpact", "NONE", CVSS_WORD_ADDS },
    };
    struct cvss cvss = parsed(STR("CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N/E:P"));
    (void)state;

    for (size_t i = 0; i < COUNT(cases); i++) {
        print_message("case: %s %s\n", cases[i].property, cases[i].word);
        assert_int_equal(cvss_take_word(&cvss, cases[i].property, str_from_z(cases[i].word)),
                         cases[i].want);
    }
    assert_int_equal(cvss_environmental_tenths(&cvss), 0);
}

/* By FIRST's schema of each version; 2.0 has no severities, and a score that was not asked for does not stand there. */
static void cvss_write__is_the_object_of_the_schema(void **state)
{
    static const char *const cases[][2] = {
        { "AV:N/AC:L/Au:N/C:N/I:N/A:C/E:F",
          "{\"version\":\"2.0\",\"vectorString\":\"AV:N/AC:L/Au:N/C:N/I:N/A:C/E:F\",\"baseScore\":7.8,\"temporalScore\":7.4,"
          "\"accessVector\":\"NETWORK\",\"accessComplexity\":\"LOW\",\"authentication\":\"NONE\",\"confidentialityImpact\":\"NONE\","
          "\"integrityImpact\":\"NONE\",\"availabilityImpact\":\"COMPLETE\",\"exploitability\":\"FUNCTIONAL\"}" },
        { "CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N/MAV:L",
          "{\"version\":\"3.1\",\"vectorString\":\"CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N/MAV:L\",\"baseScore\":6.1,"
          "\"baseSeverity\":\"MEDIUM\",\"environmentalScore\":5.0,\"environmentalSeverity\":\"MEDIUM\",\"attackVector\":\"NETWORK\","
          "\"attackComplexity\":\"LOW\",\"privilegesRequired\":\"NONE\",\"userInteraction\":\"REQUIRED\",\"scope\":\"CHANGED\","
          "\"confidentialityImpact\":\"LOW\",\"integrityImpact\":\"LOW\",\"availabilityImpact\":\"NONE\",\"modifiedAttackVector\":\"LOCAL\"}" },
        { "CVSS:4.0/AV:A/AC:L/AT:N/PR:N/UI:N/VC:H/VI:L/VA:N/SC:H/SI:H/SA:H/E:A",
          "{\"version\":\"4.0\",\"vectorString\":\"CVSS:4.0/AV:A/AC:L/AT:N/PR:N/UI:N/VC:H/VI:L/VA:N/SC:H/SI:H/SA:H/E:A\","
          "\"baseScore\":8.6,\"baseSeverity\":\"HIGH\",\"attackVector\":\"ADJACENT\",\"attackComplexity\":\"LOW\","
          "\"attackRequirements\":\"NONE\",\"privilegesRequired\":\"NONE\",\"userInteraction\":\"NONE\","
          "\"vulnConfidentialityImpact\":\"HIGH\",\"vulnIntegrityImpact\":\"LOW\",\"vulnAvailabilityImpact\":\"NONE\","
          "\"subConfidentialityImpact\":\"HIGH\",\"subIntegrityImpact\":\"HIGH\",\"subAvailabilityImpact\":\"HIGH\","
          "\"exploitMaturity\":\"ATTACKED\"}" },
    };
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 20);
    (void)state;

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct cvss cvss = parsed(str_from_z(cases[i][0]));
        struct buf buf = buf_new(arena, 4096);
        struct json_writer w = json_writer_new(&buf, false);

        cvss_write(&cvss, &w);
        assert_string_equal(arena_z(arena, buf_str(&buf)), cases[i][1]);
    }
}

static void cvss_severity__changes_at_the_boundaries(void **state)
{
    static const int edge[] = { 0, 1, 39, 40, 69, 70, 89, 90, 100 };
    static const char v3[] = "NLLMMHHCC", v2[] = "LLLMMHHHH";
    (void)state;

    for (size_t i = 0; i < COUNT(edge); i++) {
        assert_int_equal(cvss_severity_word(cvss_severity(edge[i], CVSS_3_1)).ptr[0], v3[i]);
        assert_int_equal(cvss_severity_word(cvss_severity(edge[i], CVSS_2_0)).ptr[0], v2[i]);
        assert_non_null(cvss_severity_name(cvss_severity(edge[i], CVSS_2_0), CVSS_2_0));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cvss_scores__are_right_for_every_vector),
        cmocka_unit_test(cvss_scores__are_those_of_other_projects),
        cmocka_unit_test(cvss_scores__are_right_for_known_vectors),
        cmocka_unit_test(cvss_text__is_canonical),
        cmocka_unit_test(cvss_parse__refuses_what_the_grammar_does_not_allow),
        cmocka_unit_test(cvss_pairs__name_what_is_shown),
        cmocka_unit_test(cvss_pairs__have_a_word_for_everything),
        cmocka_unit_test(cvss_nomenclature__names_what_the_score_is_made_from),
        cmocka_unit_test(cvss_take_word__compares_and_adds),
        cmocka_unit_test(cvss_write__is_the_object_of_the_schema),
        cmocka_unit_test(cvss_severity__changes_at_the_boundaries),
    };

    return cmocka_run_group_tests_name("cvss", tests, NULL, NULL);
}
