#include "base/testing.h"

#include "formats/cyclonedx/cyclonedx.h"
#include "formats/testing.h"
#include <ftw.h>

static bool read_any(struct str name, struct str text, struct arena *arena, struct cyclonedx *out,
                     struct err *err)
{
    return str_ends(name, STR(".xml")) ? cyclonedx_read_xml(text, arena, out, err)
                                       : cyclonedx_read_json(text, arena, out, err);
}

static unsigned valid_read, valid_count, invalid_refused, invalid_count;

/* What is wrong with these lies in parts that are not read (docs/conformance.md). */
static bool is_beyond(struct str name)
{
    static const char *const kinds[] = { "license-id-1",         "metadata-license", "patch-type",
                                         "issue-type",           "service-data",     "citations",
                                         "metadata-distribution" };

    for (size_t i = 0; i < COUNT(kinds); i++)
        if (str_contains(name, str_from_z(kinds[i])))
            return true;
    return false;
}

static int try_file(const char *path, const struct stat *stat, int kind, struct FTW *place)
{
    struct str name = str_from_z(path);
    struct str base = str_drop(name, (size_t)place->base);
    (void)stat;

    if (kind == FTW_F && (str_ends(name, STR(".xml")) || str_ends(name, STR(".json")))) {
        CLEANUP(arena_free_var) struct arena *arena = arena_new(64 << 20);
        struct cyclonedx document;
        struct err err = { 0 };
        bool ok = read_any(name, testing_read(arena, path), arena, &document, &err);
        bool is_valid = str_starts(base, STR("valid")) || str_starts(base, STR("skip_"));

        valid_count += is_valid;
        invalid_count += !is_valid;
        valid_read += is_valid && ok;
        invalid_refused += !is_valid && !ok;
        if (is_valid != ok && !is_beyond(base))
            fail_msg("%s: %s %u %s", path, err_name(err.code), err.line, err.subject);
        if (!is_valid && ok != is_beyond(base))
            fail_msg("%s was not to be %s", path, ok ? "read" : "refused");
        if (!ok && (err.subject[0] == '\0' || err.code == ERR_NONE))
            fail_msg("%s: no reason", path);
    }
    return 0;
}

static void cyclonedx_read__agrees_with_the_specifications_suite(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 20);
    const char *folder = testing_data(arena, "cyclonedx/specification");
    (void)state;

    if (!folder) {
        arena_free(TAKE(arena));
        skip();
    }
    assert_int_equal(nftw(folder, try_file, 16, FTW_PHYS), 0);
    assert_true(valid_count >= 345 && invalid_count >= 233);
    print_message("conformance: cyclonedx-valid %u/%u\n", valid_read, valid_count);
    print_message("conformance: cyclonedx-invalid %u/%u\n", invalid_refused, invalid_count);
}

/* The first fault is named with its line, in both syntaxes. */
static void cyclonedx_read__names_line_and_reason(void **state)
{
    /* clang-format off */
    static const struct {
        const char *text;
        unsigned line;
        const char *reason;
    } cases[] = {
#define HEAD "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.5\",\n"
#define XML_HEAD "<bom xmlns=\"http://cyclonedx.org/schema/bom/1.5\">\n"
        { "{}", 1, "the document does not call itself CycloneDX" },
        { "{\"bomFormat\":\"CycloneDX\",\n\"specVersion\":\"1.9\"}", 2, "a version that is not known: 1.9" },
        { HEAD "\"components\":{}}", 2, "it must be a list: components" },
        { HEAD "\"components\":[\n{\"type\":\"library\"}]}", 3, "a component without a name" },
        { HEAD "\"components\":[{\"type\":\"library\",\"name\":\n7}]}", 2, "it must be a text: name" },
        { HEAD "\"components\":[{\"type\":\"x\",\"name\":\"a\"}]}", 2, "a component of an unknown type: x" },
        { HEAD "\"components\":[{\"type\":\"library\",\"name\":\"a\",\"hashes\":[\n{\"alg\":\"MD5\",\"content\":\"0\"}]}]}", 3, "a hash that is none: 0" },
        { HEAD "\"components\":[{\"type\":\"file\",\"name\":\"a\",\"bom-ref\":\"r\"},\n{\"type\":\"file\",\"name\":\"b\",\"bom-ref\":\"r\"}]}", 3, "a bom-ref that stands twice: r" },
        { HEAD "\"dependencies\":[\n{\"dependsOn\":[]}]}", 3, "a dependency without a ref" },
        { HEAD "\"metadata\":{\n\"timestamp\":\"2020-04-13\"}}", 3, "the timestamp is no date and time: 2020-04-13" },
        { "<bom/>", 1, "the document does not call itself CycloneDX: bom" },
        { XML_HEAD "<components>\n<component type='library'/></components></bom>", 3, "a component without a name" },
        { XML_HEAD "<components><component type='library'><name>a</name>\n<scope>x</scope></component></components></bom>", 2, "an unknown scope: x" },
        { XML_HEAD "<components><component type='library'><name>a</name><licenses><license>\n<id>x</id><name>y</name></license></licenses></component></components></bom>", 2,
          "a licence must have one of: an id, a name, an expression" },
        { XML_HEAD "<dependencies><dependency ref='a'>\n<dependency/></dependency></dependencies></bom>", 3, "a dependency without a ref" },
    };
    /* clang-format on */
    (void)state;

    for (size_t i = 0; i < COUNT(cases); i++) {
        CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 20);
        struct cyclonedx document;
        struct err err = { 0 };

        print_message("case: %s\n", cases[i].text);
        assert_false(read_any(cases[i].text[0] == '<' ? STR(".xml") : STR(".json"),
                              str_from_z(cases[i].text), arena, &document, &err));
        assert_int_equal(err.code, ERR_INVENTORY);
        assert_string_equal(err.subject, cases[i].reason);
        assert_int_equal(err.line, cases[i].line);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cyclonedx_read__agrees_with_the_specifications_suite),
        cmocka_unit_test(cyclonedx_read__names_line_and_reason),
    };

    return cmocka_run_group_tests_name("cyclonedx", tests, NULL, NULL);
}
