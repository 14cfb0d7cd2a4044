/* The doctests of a program in Python, read where they stand. */
#include "formats/cpe/cpe_testing.h"

/* What the doctests want that we do not: docs/conformance.md. */
static const char *const apart[] = {
    "cpe:/a:foo~bar:big%7emoney_2010", /* refused there; an example of NISTIR 7695 itself */
};

static bool is_apart(struct str text)
{
    for (size_t i = 0; i < COUNT(apart); i++)
        if (str_eq_z(text, apart[i]))
            return true;
    return false;
}

/* A string as Python writes it, quotes and r included. */
static struct str python_text(struct str literal, struct arena *arena)
{
    struct buf buf = buf_new(arena, CPE_TEXT_MAX);
    bool is_raw = str_skip(&literal, STR("r"));
    char quote = literal.len > 0 ? literal.ptr[0] : 0;

    for (size_t i = 1; i < literal.len && literal.ptr[i] != quote; i++) {
        if (!is_raw && literal.ptr[i] == '\\' && i + 1 < literal.len && literal.ptr[i + 1] == '\\')
            i++;
        buf_byte(&buf, literal.ptr[i]);
    }
    return buf_str(&buf);
}

static bool is_literal(struct str text)
{
    str_skip(&text, STR("r"));
    return str_starts(text, STR("'")) || str_starts(text, STR("\""));
}

struct doctest {
    struct arena *arena;
    struct str text; /* what was assigned last */
    struct cpe cpe;
    size_t passed, total;
};

static void want_text(struct doctest *test, struct str got, struct str next)
{
    struct cpe want;

    if (next.len == 0 || next.ptr[0] != '\'')
        return;
    want = parsed(python_text(next, test->arena), test->arena);
    test->total++;
    assert_true(str_starts(got, STR("wfn:")) ? same(&want, &test->cpe)
                                             : str_eq(got, python_text(next, test->arena)));
    test->passed++;
}

/* ">>> x = 'text'", ">>> c = CPE2_3_FS(x)" with a Traceback below when it is wrong, ">>> c.as_wfn()" with the answer below. */
static void walk_line(struct doctest *test, struct str line, struct str next)
{
    size_t equals = str_index_str(line, STR(" = ")), call = str_index_str(line, STR(" = CPE2_3"));

    if (!str_starts(line, STR(">>> ")))
        return;
    if (call < line.len) {
        bool ok = reads(test->text, test->arena, &test->cpe);

        print_message("case: %.*s\n", STR_ARG(test->text));
        test->total++;
        if (ok != !str_starts(next, STR("Traceback")) || is_apart(test->text))
            assert_true(is_apart(test->text));
        else
            test->passed++;
    } else if (equals < line.len && is_literal(str_drop(line, equals + 3))) {
        test->text = python_text(str_drop(line, equals + 3), test->arena);
    } else if (str_contains(line, STR(".as_uri_2_3()"))) {
        want_text(test, cpe_uri(&test->cpe, test->arena), next);
    } else if (str_contains(line, STR(".as_wfn()"))) {
        want_text(test, cpe_wfn(&test->cpe, test->arena), next);
    } else if (str_contains(line, STR(".as_fs()"))) {
        want_text(test, cpe_text(&test->cpe, test->arena), next);
    }
}

static void cpe__passes_the_doctests(void **state)
{
    static const char *const files[] = { "testfile_cpe2_3_fs.txt", "testfile_cpe2_3_uri.txt",
                                         "testfile_cpe2_3_wfn.txt", "testfile_cpe2_3.txt" };
    CLEANUP(arena_free_var) struct arena *arena = arena_new(TESTING_ARENA);
    struct doctest test = { .arena = arena };
    (void)state;

    for (size_t i = 0; i < COUNT(files); i++) {
        const char *path = testing_data(
            arena, arena_z(arena, arena_printf(arena, "cpe/nilp0inter-cpe-doctests/%s", files[i])));
        struct str text, line = STR(""), next;

        if (!path)
            skip();
        for (text = testing_read(arena, path); str_split(&text, '\n', &next); line = next)
            walk_line(&test, line, next);
    }
    print_message("conformance: cpe-doctests %zu/%zu\n", test.passed, test.total);
    assert_true(test.total > 40);
    assert_int_equal(test.total - test.passed, COUNT(apart));
}

/* One value in a name of the binding that the doctest's class stands for; empty: its attribute is none of ours. */
static struct str name_with(struct arena *arena, struct str binding, struct str attribute_word,
                            struct str value)
{
    struct buf buf = buf_new(arena, CPE_TEXT_MAX);
    bool is_fs = str_eq_z(binding, "FS");
    size_t at = 0;

    while (at < CPE_FIELDS && !str_eq_nocase(attribute_word, str_from_z(attributes[at])))
        at++;
    if (at == CPE_FIELDS)
        return STR_NONE;
    if (str_eq_z(binding, "WFN"))
        return arena_printf(arena, "wfn:[%s=%.*s]", attributes[at], STR_ARG(value));
    buf_add_z(&buf, is_fs ? "cpe:2.3" : "cpe:");
    for (size_t i = 0; i < (is_fs ? CPE_FIELDS : CPE_LANGUAGE + 1); i++) {
        buf_byte(&buf, i > 0 || is_fs ? ':' : '/');
        if (i == at)
            buf_add(&buf, value);
        else if (is_fs)
            buf_byte(&buf, '*');
    }
    return buf_str(&buf);
}

/* "ATT_VENDOR" or "'version'" on the line gives the word. */
static struct str attribute_on(struct str line)
{
    size_t at = str_index_str(line, STR("ATT_")), end = 0;
    struct str word = at < line.len ? str_drop(line, at + 4) : STR_NONE;

    if (at == line.len && str_contains(line, STR("'version'")))
        return STR("version");
    while (end < word.len && word.ptr[end] >= 'A' && word.ptr[end] <= 'Z')
        end++;
    return str_take(word, end);
}

/* What is apart of single values: docs/conformance.md. A language is not held against RFC 5646, a part is no wildcard. */
static bool is_apart_value(struct str value)
{
    static const char *const values[] = { "es-noesES", "esES", "\"esES\"", "?", "\"?\"", "%01" };

    for (size_t i = 0; i < COUNT(values); i++)
        if (str_eq_z(value, values[i]))
            return true;
    return false;
}

/* ">>> comp = CPEComponent2_3_FS(value, attribute)" with a Traceback below when it is wrong. */
static void walk_component(struct doctest *test, struct str *att, struct str line, struct str next)
{
    struct str call = STR("= CPEComponent2_3_"), rest, name, value;
    size_t at = str_index_str(line, call), equals = str_index_str(line, STR("= "));
    bool wants;

    if (!str_starts(line, STR(">>> ")) || equals == line.len)
        return;
    rest = str_drop(line, equals + 2);
    if (at == line.len) {
        if (is_literal(rest))
            test->text = python_text(rest, test->arena);
        else if (str_contains(line, STR("ATT_")))
            *att = attribute_on(line);
        return;
    }
    rest = str_drop(line, at + call.len);
    value = str_drop(rest, str_index(rest, '(') + 1);
    value = is_literal(value) ? python_text(value, test->arena) : test->text;
    name = name_with(test->arena, str_take(rest, str_index(rest, '(')),
                     str_contains(rest, STR(", att)")) ? *att : attribute_on(rest), value);
    if (name.len == 0)
        return;
    print_message("case: %.*s\n", STR_ARG(name));
    wants = !str_starts(next, STR("Traceback"));
    test->total++;
    if (reads(name, test->arena, &test->cpe) == wants)
        test->passed++;
    else
        assert_true(is_apart_value(value));
}

static void cpe__passes_the_doctests_of_single_values(void **state)
{
    static const char *const files[] = { "testfile_cpecomp2_3_fs.txt",
                                         "testfile_cpecomp2_3_uri.txt",
                                         "testfile_cpecomp2_3_wfn.txt" };
    CLEANUP(arena_free_var) struct arena *arena = arena_new(TESTING_ARENA);
    struct doctest test = { .arena = arena };
    (void)state;

    for (size_t i = 0; i < COUNT(files); i++) {
        const char *path = testing_data(
            arena, arena_z(arena, arena_printf(arena, "cpe/nilp0inter-cpe-doctests/%s", files[i])));
        struct str text, line = STR(""), att = STR_NONE, next;

        if (!path)
            skip();
        for (text = testing_read(arena, path); str_split(&text, '\n', &next); line = next)
            walk_component(&test, &att, line, next);
    }
    print_message("conformance: cpe-doctests-values %zu/%zu\n", test.passed, test.total);
    assert_true(test.total > 60);
    assert_int_equal(test.total - test.passed, 8);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cpe__passes_the_doctests),
        cmocka_unit_test(cpe__passes_the_doctests_of_single_values),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
