#include "formats/openvex/openvex.h"
#include "formats/testing.h"

static bool read_text(struct arena *arena, struct str text, struct openvex_document *out,
                      struct err *err)
{
    struct json json;

    return json_read(text, arena, &json, err) && openvex_read(json, arena, out, err);
}

static struct str written(struct arena *arena, const struct openvex_document *document)
{
    struct buf buf = buf_new(arena, 1 << 20);
    struct err err = { 0 };
    struct str out = STR_NONE;

    openvex_write(document, &buf);
    assert_true(buf_done(&buf, &out, &err));
    return out;
}

/* STD-01: all that the specification knows comes in and goes out again. */
static void openvex__reads_and_writes_the_same(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(TESTING_ARENA);
    struct str path = arena_printf(arena, "%.*stestdata/full.json", STR_ARG(TESTING_HERE));
    struct openvex_document document;
    struct err err = { 0 };
    (void)state;

    assert_true(read_text(arena, testing_read(arena, path.ptr), &document, &err));
    assert_int_equal(document.statements.len, 3);
    assert_int_equal(document.statements.at[0].status, OPENVEX_NOT_AFFECTED);
    assert_int_equal(document.statements.at[0].products.at[0].subcomponents.len, 2);
    testing_golden(arena, TESTING_HERE, "full.json", written(arena, &document));
}

/* 0.0.1: names alone, subcomponents beside the products. */
static void openvex__reads_the_first_version(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(TESTING_ARENA);
    struct openvex_document document;
    struct err err = { 0 };
    (void)state;

    assert_true(read_text(
        arena,
        STR("{\"@context\":\"https://openvex.dev/ns\",\"version\":\"1\",\"statements\":[{"
            "\"vulnerability\":\"CVE-2023-12345\",\"products\":[\"pkg:oci/a\",\"pkg:oci/b\"],"
            "\"subcomponents\":[\"pkg:apk/wolfi/git@2.39.0-r1\"],\"status\":\"fixed\"}]}"),
        &document, &err));
    assert_int_equal(document.version, 1);
    assert_int_equal(document.statements.at[0].products.len, 2);
    for (size_t i = 0; i < 2; i++)
        assert_true(str_eq_z(document.statements.at[0].products.at[i].subcomponents.at[0].id,
                             "pkg:apk/wolfi/git@2.39.0-r1"));
}

#define DOCUMENT(statement) \
    "{\"@context\":\"https://openvex.dev/ns/v0.2.0\",\"statements\":[" statement "]}"

/* What would change a statement's meaning is refused, with its place. */
static void openvex__refuses_what_says_nothing(void **state)
{
    static const struct {
        const char *text;
        enum err_code code;
        const char *where;
    } wrong[] = {
        { "{\"statements\":[]}", ERR_VEX, "@context" },
        { DOCUMENT(""), ERR_VEX, "statements" },
        { DOCUMENT("{\"status\":\"fixed\"}"), ERR_VEX, "statements[0].vulnerability" },
        { DOCUMENT("{\"vulnerability\":{\"name\":\"CVE-1\"},\"status\":\"Fixed\"}"), ERR_VEX,
          "statements[0].status" },
        { DOCUMENT("{\"vulnerability\":{\"name\":\"CVE-1\"},\"status\":\"not_affected\"}"), ERR_VEX,
          "statements[0].justification" },
        { DOCUMENT("{\"vulnerability\":{\"name\":\"CVE-1\"},\"status\":\"not_affected\","
                   "\"justification\":\"we think so\"}"),
          ERR_VEX, "statements[0].justification" },
        { DOCUMENT(
              "{\"vulnerability\":{\"name\":\"CVE-1\"},\"status\":\"fixed\",\"products\":[{}]}"),
          ERR_VEX, "statements[0].products" },
        { DOCUMENT("{\"vulnerability\":{\"name\":\"CVE-1\"},\"status\":\"fixed\","
                   "\"timestamp\":\"yesterday\"}"),
          ERR_TIME_SYNTAX, "yesterday" },
    };
    (void)state;

    for (size_t i = 0; i < COUNT(wrong); i++) {
        CLEANUP(arena_free_var) struct arena *arena = arena_new(TESTING_ARENA);
        struct openvex_document document = { 0 };
        struct err err = { 0 };

        print_message("case: %s\n", wrong[i].text);
        assert_false(read_text(arena, str_from_z(wrong[i].text), &document, &err));
        assert_int_equal(err.code, wrong[i].code);
        assert_string_equal(err.subject, wrong[i].where);
        assert_null(document.statements.at);
    }
}

/* The documents of vexctl and go-vex are read, and print to what reads to the same again. */
static void openvex__reads_the_documents_of_its_authors(void **state)
{
    static const char *const samples[] = {
        "go-vex/pkg/vex/testdata/v020-1.vex.json",
        "go-vex/pkg/vex/testdata/v0.0.1-noversion.json",
        "go-vex/pkg/vex/testdata/v001-2.vex.json",
        "go-vex/pkg/vex/testdata/v020-2.vex.json",
        "vexctl/examples/csaf/openvex.json",
        "vexctl/examples/sarif/sample-history.openvex.json",
        "vexctl/examples/sarif/sample-1statement.openvex.json",
        "vexctl/examples/sarif/sample-2vulns.openvex.json",
        "vexctl/examples/openvex/document1.vex.json",
        "vexctl/examples/openvex/document2.vex.json",
        "vexctl/pkg/ctl/testdata/test.vex.json",
        "vexctl/pkg/ctl/testdata/v001-1.vex.json",
        "vexctl/pkg/ctl/testdata/images.vex.json",
        "vexctl/pkg/ctl/testdata/sarif/sample-history.json",
        "vexctl/pkg/ctl/testdata/templates/oci-vexctl.openvex.json",
    };
    CLEANUP(arena_free_var) struct arena *arena = arena_new(TESTING_ARENA);
    const char *folder = testing_data(arena, "vex/openvex");
    (void)state;

    if (!folder)
        skip();
    for (size_t i = 0; i < COUNT(samples); i++) {
        const char *path = arena_printf(arena, "%s/%s", folder, samples[i]).ptr;
        struct openvex_document document, again;
        struct str text;
        struct err err = { 0 };

        print_message("case: %s\n", samples[i]);
        if (!read_text(arena, testing_read(arena, path), &document, &err))
            fail_msg("%s: %s", samples[i], err.subject);
        text = written(arena, &document);
        assert_true(read_text(arena, text, &again, &err));
        assert_true(str_eq(text, written(arena, &again)));
    }
    print_message("conformance: openvex %zu/%zu\n", COUNT(samples), COUNT(samples));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(openvex__reads_and_writes_the_same),
        cmocka_unit_test(openvex__reads_the_first_version),
        cmocka_unit_test(openvex__refuses_what_says_nothing),
        cmocka_unit_test(openvex__reads_the_documents_of_its_authors),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
