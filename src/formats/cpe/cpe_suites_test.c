/* The vectors of others: docs/conformance.md. */
#include "formats/cpe/cpe_testing.h"
#include "formats/json/json.h"

/* The JSON vectors write values as a WFN does: 8\.* is 8.* in a formatted string. */
static struct cpe from_json(struct json wfn, struct arena *arena)
{
    struct buf buf = buf_new(arena, CPE_TEXT_MAX);

    buf_add(&buf, STR("cpe:2.3"));
    for (size_t i = 0; i < CPE_FIELDS; i++) {
        struct str value = json_text(json_get(wfn, attributes[i]));

        buf_byte(&buf, ':');
        if (value.len == 0 || str_eq_z(value, "ANY"))
            buf_byte(&buf, '*');
        else if (str_eq_z(value, "NA"))
            buf_byte(&buf, '-');
        else
            for (size_t k = 0; k < value.len; k++)
                if (value.ptr[k] != '\\' ||
                    (k + 1 < value.len && value.ptr[k + 1] != '.' && value.ptr[k + 1] != '-')) {
                    buf_byte(&buf, value.ptr[k]);
                    if (value.ptr[k] == '\\')
                        buf_byte(&buf, value.ptr[++k]);
                }
    }
    return parsed(buf_str(&buf), arena);
}

static bool read_vectors(struct arena *arena, const char *name, struct json *out)
{
    const char *path = testing_data(arena, name);
    struct err err = { 0 };

    if (!path)
        return false;
    assert_true(json_read(testing_read(arena, path), arena, out, &err));
    return true;
}

/* STD-03: the vectors made after NIST's own program: what is read, and what is refused. */
static void cpe_parse__agrees_with_the_vectors(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(TESTING_ARENA);
    struct json vectors, vector;
    size_t passed = 0;
    (void)state;

    if (!read_vectors(arena, "cpe/nist-style-unbinder.json", &vectors))
        skip();
    for (struct json_iter i = json_iter(vectors); json_next(&i, NULL, &vector);) {
        struct str input = json_text(json_get(vector, "input"));
        bool is_uri = str_eq_z(json_text(json_get(vector, "binding")), "uri"), ok;
        struct cpe cpe, want;

        /* cpe_parse takes either binding; one of the vectors asks a URI reader for a formatted string. */
        ok = is_uri == str_starts(input, STR("cpe:/")) && reads(input, arena, &cpe);
        print_message("case: %.*s\n", STR_ARG(input));
        assert_int_equal(ok, !json_is_true(json_get(vector, "error")));
        if (ok) {
            want = from_json(json_get(vector, "wfn"), arena);
            assert_true(same(&cpe, &want));
        }
        passed++;
    }
    print_message("conformance: cpe-unbind %zu/%zu\n", passed, json_count(vectors));
}

static void cpe_relation__agrees_with_the_vectors(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(TESTING_ARENA);
    struct json vectors, vector;
    size_t passed = 0;
    (void)state;

    if (!read_vectors(arena, "cpe/nist-style-matcher.json", &vectors))
        skip();
    for (struct json_iter i = json_iter(vectors); json_next(&i, NULL, &vector); passed++) {
        struct cpe source = from_json(json_get(vector, "source"), arena);
        struct cpe target = from_json(json_get(vector, "target"), arena);
        enum cpe_relation relation = cpe_relation(&source, &target);
        bool is_equal = json_is_true(json_get(vector, "equal"));

        print_message("case: %zu\n", passed);
        assert_int_equal(relation == CPE_DISJOINT, json_is_true(json_get(vector, "disjoint")));
        assert_int_equal(relation == CPE_EQUAL, is_equal);
        /* There an equal name is a superset and a subset as well. */
        assert_int_equal(relation == CPE_SUPERSET,
                         json_is_true(json_get(vector, "superset")) && !is_equal);
        assert_int_equal(relation == CPE_SUBSET,
                         json_is_true(json_get(vector, "subset")) && !is_equal);
    }
    print_message("conformance: cpe-relation-nist %zu/%zu\n", passed, json_count(vectors));
}

/* STD-03: thousands of names of NVD, bound as a URI and back. */
static void cpe_uri__agrees_with_the_oracle(void **state)
{
    CLEANUP(arena_free_var)
    struct arena *arena = arena_new(TESTING_ARENA);
    CLEANUP(arena_free_var) struct arena *line_arena = arena_new(1 << 20);
    const char *path = testing_data(arena, "cpe/oracle-bind-fs-uri.tsv");
    struct str text, line;
    size_t count = 0;
    (void)state;

    if (!path)
        skip();
    text = testing_read(arena, path);
    while (str_split(&text, '\n', &line)) {
        size_t tab = str_index(line, '\t');
        struct cpe name, back;

        if (line.len == 0 || line.ptr[0] == '#')
            continue;
        name = parsed(str_take(line, tab), line_arena);
        back = parsed(str_drop(line, tab + 1), line_arena);
        if (!str_eq(cpe_uri(&name, line_arena), str_drop(line, tab + 1)) ||
            !str_eq(cpe_text(&back, line_arena), str_take(line, tab)))
            fail_msg("%.*s", STR_ARG(line));
        arena_reset(line_arena);
        count++;
    }
    assert_true(count > 3000);
    print_message("conformance: cpe-bind %zu/%zu\n", count, count);
}

/* Lines of source, target and the answer of one program or two; how many agree with the first. Where we do not, the
 * second says what we say. */
static size_t check_relations(struct str text, struct arena *arena, size_t *total)
{
    struct str line;
    size_t passed = 0;

    while (str_split(&text, '\n', &line)) {
        struct str cell[4] = { 0 }, rest = line, name;
        struct cpe source, target;
        bool ok;

        if (line.len == 0 || line.ptr[0] == '#')
            continue;
        for (size_t i = 0; i < COUNT(cell) && str_split(&rest, '\t', &cell[i]); i++)
            continue;
        source = parsed(cell[0], arena);
        target = parsed(cell[1], arena);
        name = cpe_relation_name(cpe_relation(&source, &target));
        ok = str_eq_nocase(name, cell[2]);
        if (!ok && !str_eq_nocase(name, cell[3]))
            fail_msg("%.*s: %.*s", STR_ARG(line), STR_ARG(name));
        passed += ok;
        ++*total;
        arena_reset(arena);
    }
    return passed;
}

static void cpe_relation__agrees_with_the_oracles(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(TESTING_ARENA);
    CLEANUP(arena_free_var) struct arena *line_arena = arena_new(1 << 20);
    const char *agreed = testing_data(arena, "cpe/oracle-name-relation.tsv.zst");
    const char *disputed = testing_data(arena, "cpe/oracle-name-relation-disputed.tsv");
    size_t total = 0, passed;
    (void)state;

    if (!agreed || !disputed)
        skip();
    passed = check_relations(testing_read_zst(arena, agreed), line_arena, &total);
    print_message("conformance: cpe-relation %zu/%zu\n", passed, total);
    assert_true(total > 8000);
    assert_int_equal(passed, total);

    /* docs/conformance.md says which of the two is right, and why. */
    total = 0;
    passed = check_relations(testing_read(arena, disputed), line_arena, &total);
    print_message("conformance: cpe-relation-disputed %zu/%zu\n", passed, total);
    assert_true(total - passed < 20);
}

/* The value of an attribute on the line, as XML has it; these names need no more than &amp;. */
static struct str attribute(struct str line, struct str before, struct arena *arena)
{
    struct str text = str_drop(line, str_index_str(line, before) + before.len);
    struct buf buf = buf_new(arena, CPE_TEXT_MAX);

    text = str_take(text, str_index(text, '"'));
    while (text.len > 0) {
        size_t amp = str_index_str(text, STR("&amp;"));

        buf_add(&buf, str_take(text, amp));
        if (amp < text.len)
            buf_byte(&buf, '&');
        text = str_drop(text, amp + 5);
    }
    return buf_str(&buf);
}

/* STD-03: the official dictionary gives each name in both bindings. */
static void cpe_uri__is_what_the_dictionary_says(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(TESTING_ARENA);
    CLEANUP(arena_free_var) struct arena *line_arena = arena_new(1 << 20);
    const char *path = testing_data(arena, "cpe/official-cpe-dictionary_v2.3-excerpt.xml.zst");
    struct str text, line, uri = STR_NONE;
    size_t passed = 0, total = 0;
    (void)state;

    if (!path)
        skip();
    text = testing_read_zst(arena, path);
    while (str_split(&text, '\n', &line)) {
        struct cpe name, old;

        if (str_contains(line, STR("<cpe-item name=\"")))
            uri = attribute(line, STR("<cpe-item name=\""), arena);
        if (!str_contains(line, STR("<cpe-23:cpe23-item name=\"")))
            continue;
        name = parsed(attribute(line, STR("<cpe-23:cpe23-item name=\""), line_arena), line_arena);
        old = parsed(uri, line_arena);
        total++;
        if (same(&name, &old) && str_eq_nocase(cpe_uri(&name, line_arena), uri))
            passed++;
        else
            print_message("not the same: %.*s\n", STR_ARG(uri));
        arena_reset(line_arena);
    }
    print_message("conformance: cpe-dictionary %zu/%zu\n", passed, total);
    assert_true(total > 500);
    assert_int_equal(passed, total);
}

/* STD-03: every criterion of a year of NVD is read, and each binding gives the same name again. */
static void cpe__every_binding_reads_as_it_was_written(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(TESTING_ARENA);
    CLEANUP(arena_free_var) struct arena *line_arena = arena_new(1 << 20);
    const char *path = testing_data(arena, "match-oracle/bench-cpe-20000.txt.zst");
    struct str text, line;
    size_t count = 0;
    (void)state;

    if (!path)
        skip();
    text = testing_read_zst(arena, path);
    while (str_split(&text, '\n', &line)) {
        struct cpe name, uri, wfn;

        if (!str_starts(line, STR("cpe:2.3:")))
            continue;
        name = parsed(line, line_arena);
        uri = parsed(cpe_uri(&name, line_arena), line_arena);
        wfn = parsed(cpe_wfn(&name, line_arena), line_arena);
        if (!same(&name, &uri) || !same(&name, &wfn) || !str_eq(cpe_text(&name, line_arena), line))
            fail_msg("%.*s", STR_ARG(line));
        arena_reset(line_arena);
        count++;
    }
    assert_true(count > 10000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cpe_parse__agrees_with_the_vectors),
        cmocka_unit_test(cpe_relation__agrees_with_the_vectors),
        cmocka_unit_test(cpe_uri__agrees_with_the_oracle),
        cmocka_unit_test(cpe_relation__agrees_with_the_oracles),
        cmocka_unit_test(cpe_uri__is_what_the_dictionary_says),
        cmocka_unit_test(cpe__every_binding_reads_as_it_was_written),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
