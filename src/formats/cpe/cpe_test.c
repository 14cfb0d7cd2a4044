#include "formats/cpe/cpe.h"
#include "formats/json/json.h"
#include "formats/testing.h"

static const char *const attributes[CPE_FIELDS] = {
    "part",     "vendor",     "product",   "version",   "update", "edition",
    "language", "sw_edition", "target_sw", "target_hw", "other",
};

static bool reads(struct str text, struct arena *arena, struct cpe *out)
{
    struct err err = { 0 };

    if (cpe_parse(text, arena, out, &err))
        return true;
    assert_int_equal(err.code, ERR_CPE_SYNTAX);
    return false;
}

static struct cpe parsed(struct str text, struct arena *arena)
{
    struct cpe cpe = { 0 };

    if (!reads(text, arena, &cpe))
        fail_msg("%.*s", STR_ARG(text));
    return cpe;
}

static bool same(const struct cpe *a, const struct cpe *b)
{
    for (size_t i = 0; i < CPE_FIELDS; i++)
        if (!str_eq(a->field[i], b->field[i]))
            return false;
    return true;
}

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

static void cpe_parse__refuses_what_the_grammar_does_not_allow(void **state)
{
    static const char *const wrong[] = {
        "",
        "cpe",
        "cpe:2.3:",
        "cpe:2.3:a:v:p",
        "cpe:2.3:a:v:p:1:*:*:*:*:*:*",
        "cpe:2.3:a:v:p:1:*:*:*:*:*:*:*:",
        "cpe:2.3:a:v:p:1:*:*:*:*:*:*:*:*",
        "cpe:2.3:x:v:p:1:*:*:*:*:*:*:*",
        "cpe:2.3:?:v:p:1:*:*:*:*:*:*:*",
        "cpe:2.3:a::p:1:*:*:*:*:*:*:*",
        "cpe:2.3:a:v**:p:1:*:*:*:*:*:*:*",
        "cpe:2.3:a:?*v:p:1:*:*:*:*:*:*:*",
        "cpe:2.3:a:v?w:p:1:*:*:*:*:*:*:*",
        "cpe:2.3:a:v*w:p:1:*:*:*:*:*:*:*",
        "cpe:2.3:a:v!:p:1:*:*:*:*:*:*:*",
        "cpe:2.3:a:v w:p:1:*:*:*:*:*:*:*",
        "cpe:2.3:a:\\v:p:1:*:*:*:*:*:*:*",
        "cpe:2.3:a:v\\.w:p:1:*:*:*:*:*:*:*",
        "cpe:2.3:a:v\\-w:p:1:*:*:*:*:*:*:*",
        "cpe:2.3:a:v:p:1:*:*:*:*:*:*:\\",
        "cpe:2.3:a:caf\xc3\xa9:p:1:*:*:*:*:*:*:*",
        "cpe:/b::::",
        "cpe:/a:1:2:3:4:5:6:7",
        "cpe:/a:1:2:3:4:5:6:",
        "cpe:/a:v:p:1::~~online~win2003",
        "cpe:/a:v:p:1::~~online~win2003~x64~a~b",
        "cpe:/a:%99",
        "cpe:/a:%2",
        "cpe:/a:%2e",
        "cpe:/a:%02",
        "cpe:/a:mi%02cro",
        "cpe:/a:v+w",
        "cpe:/a:v\\+",
        " cpe:/:microsoft",
        "wfn:[",
        "wfn:[]]",
        "wfn:[part=a]",
        "wfn:[part=\"a\",part=\"a\"]",
        "wfn:[part=\"a\",maker=\"b\"]",
        "wfn:[part=\"a\",vendor=\"b.c\"]",
        "wfn:[part=\"a\",vendor=\"*\"]",
        "wfn:[part=\"a\",vendor=\"\"]",
        "wfn:[part=\"a\",vendor=\"b\\",
    };
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 20);
    (void)state;

    for (size_t i = 0; i < COUNT(wrong); i++) {
        struct cpe out = { 0 };

        print_message("case: \"%s\"\n", wrong[i]);
        assert_false(reads(str_from_z(wrong[i]), arena, &out));
        assert_null(out.field[0].ptr);
    }
}

static void cpe_parse__makes_capitals_small_and_keeps_what_is_small(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 20);
    struct str text = STR("cpe:2.3:a:apache:causeway:4.0.0-M1:*:*:*:*:Maven:*:*");
    struct str small = STR("CPE:2.3:a:apache:causeway:4.0.0-m1:*:*:*:*:maven:*:*");
    struct cpe cpe = parsed(text, arena), again = parsed(small, NULL);
    (void)state;

    assert_true(str_eq_z(cpe.field[CPE_VERSION], "4.0.0-m1"));
    assert_true(str_eq_z(cpe.field[CPE_TARGET_SW], "maven"));
    assert_true(same(&cpe, &again));
    /* Without an arena: it points into the text. */
    assert_ptr_equal(again.field[CPE_VENDOR].ptr, small.ptr + 10);
}

static void cpe_parse__has_a_limit(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 20);
    char text[CPE_TEXT_MAX + 1];
    struct cpe out = { 0 };
    struct err err = { 0 };
    (void)state;

    memset(text, 'a', sizeof text);
    memcpy(text, "cpe:/a:", 7);
    assert_true(cpe_parse((struct str){ text, CPE_TEXT_MAX }, arena, &out, &err));
    assert_false(cpe_parse((struct str){ text, sizeof text }, arena, &out, &err));
    assert_int_equal(err.code, ERR_TOO_LARGE);
}

/* A lone '-' or '*' that is quoted is what it looks like, not NA or ANY. */
static void cpe_plain__takes_the_escapes_out(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 20);
    struct cpe cpe = parsed(STR("cpe:2.3:a:c\\+\\+:\\*:\\-:-:*:*:a\\:b\\\\:*:*:*"), arena);
    struct cpe uri = parsed(cpe_uri(&cpe, arena), arena), wfn = parsed(cpe_wfn(&cpe, arena), arena);
    (void)state;

    assert_true(str_eq_z(cpe_plain(cpe.field[CPE_VENDOR], arena), "c++"));
    assert_true(str_eq_z(cpe_plain(cpe.field[CPE_PRODUCT], arena), "*"));
    assert_false(cpe_is_any(cpe.field[CPE_PRODUCT]));
    assert_true(str_eq_z(cpe_plain(cpe.field[CPE_VERSION], arena), "-"));
    assert_false(cpe_is_na(cpe.field[CPE_VERSION]));
    assert_true(cpe_is_na(cpe.field[CPE_UPDATE]));
    assert_true(cpe_is_any(cpe.field[CPE_EDITION]));
    assert_true(str_eq_z(cpe_plain(cpe.field[CPE_SW_EDITION], arena), "a:b\\"));
    assert_true(same(&cpe, &uri));
    assert_true(same(&cpe, &wfn));
}

static void cpe_field_relation__is_table_6_2(void **state)
{
    static const struct {
        const char *source, *target;
        enum cpe_relation want;
    } rows[] = {
        { "*", "*", CPE_EQUAL },
        { "*", "-", CPE_SUPERSET },
        { "*", "a", CPE_SUPERSET },
        { "*", "a*", CPE_UNDEFINED },
        { "-", "*", CPE_SUBSET },
        { "-", "-", CPE_EQUAL },
        { "-", "a", CPE_DISJOINT },
        { "-", "a*", CPE_UNDEFINED },
        { "a", "a", CPE_EQUAL },
        { "a", "b", CPE_DISJOINT },
        { "a", "a*", CPE_UNDEFINED },
        { "a", "-", CPE_DISJOINT },
        { "a", "*", CPE_SUBSET },
        { "a*", "abc", CPE_SUPERSET },
        { "a*", "bc", CPE_DISJOINT },
        { "a*", "*", CPE_SUBSET },
        { "a*", "-", CPE_DISJOINT },
        { "a*", "a*", CPE_UNDEFINED },
        /* How many characters a wildcard stands for; a quoted one is one. */
        { "1.0?", "1.0", CPE_SUPERSET },
        { "1.0?", "1.0a", CPE_SUPERSET },
        { "1.0?", "1.0ab", CPE_DISJOINT },
        { "??1", "\\!\\#1", CPE_SUPERSET },
        { "?1", "\\!\\#1", CPE_DISJOINT },
        { "*a*", "bcade", CPE_SUPERSET },
        { "*aa?", "aaaa", CPE_SUPERSET },
        { "*aa?", "aabb", CPE_DISJOINT },
        { "?ab*", "abab", CPE_SUPERSET },
        /* A quoted wildcard is a character like others. */
        { "a\\*", "a\\*", CPE_EQUAL },
        { "a\\*", "abc", CPE_DISJOINT },
        { "a\\\\*", "a\\\\c", CPE_SUPERSET },
        { "*\\*", "a\\*", CPE_SUPERSET },
        { "\\*", "\\*a", CPE_DISJOINT },
    };
    (void)state;

    for (size_t i = 0; i < COUNT(rows); i++) {
        print_message("case: %s %s\n", rows[i].source, rows[i].target);
        assert_int_equal(cpe_field_relation(str_from_z(rows[i].source), str_from_z(rows[i].target)),
                         rows[i].want);
    }
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
        cmocka_unit_test(cpe__passes_the_doctests),
        cmocka_unit_test(cpe__passes_the_doctests_of_single_values),
        cmocka_unit_test(cpe_parse__refuses_what_the_grammar_does_not_allow),
        cmocka_unit_test(cpe_parse__makes_capitals_small_and_keeps_what_is_small),
        cmocka_unit_test(cpe_parse__has_a_limit),
        cmocka_unit_test(cpe_plain__takes_the_escapes_out),
        cmocka_unit_test(cpe_field_relation__is_table_6_2),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
