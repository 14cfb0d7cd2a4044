#include "base/testing.h"

#include "formats/spdx/spdx.h"
#include "formats/testing.h"

/* The same document in four syntaxes: packages, references and relations agree. */
static void spdx_read__gives_the_same_for_every_syntax(void **state)
{
    /* clang-format off */
    static const struct {
        bool (*read)(struct str, struct arena *, struct spdx *, struct err *);
        const char *text;
    } cases[] = {
        { spdx_read_json,
          "{\"spdxVersion\":\"SPDX-2.3\",\"SPDXID\":\"SPDXRef-DOCUMENT\",\"name\":\"d\",\"creationInfo\":{\"created\":\"2024-01-02T03:04:05Z\"},\"documentDescribes\":[\"SPDXRef-a\"],\"packages\":["
          "{\"SPDXID\":\"SPDXRef-a\",\"name\":\"a\",\"versionInfo\":\"1\",\"supplier\":\"Organization: Acme (x@y)\",\"licenseConcluded\":\"NOASSERTION\",\"licenseDeclared\":\"MIT\",\"externalRefs\":["
          "{\"referenceType\":\"purl\",\"referenceLocator\":\"pkg:npm/a@1\"},{\"referenceType\":\"cpe23Type\",\"referenceLocator\":\"cpe:2.3:a:x:a:1:*:*:*:*:*:*:*\"}]},{\"SPDXID\":\"SPDXRef-b\",\"name\":\"b\"}],"
          "\"relationships\":[{\"spdxElementId\":\"SPDXRef-b\",\"relatedSpdxElement\":\"SPDXRef-a\",\"relationshipType\":\"DEPENDENCY_OF\"}]}" },
        { spdx_read_tag_value,
          "SPDXVersion: SPDX-2.3\nSPDXID: SPDXRef-DOCUMENT\nDocumentName: d\nCreated: 2024-01-02T03:04:05Z\nRelationship: SPDXRef-DOCUMENT DESCRIBES SPDXRef-a\n# remark\n"
          "PackageName: a\nSPDXID: SPDXRef-a\nPackageVersion: 1\nPackageSupplier: Organization: Acme (x@y)\nPackageComment: <text>many\nPackageName: no\n\nlines</text>\nPackageLicenseConcluded: NOASSERTION\n"
          "PackageLicenseDeclared: MIT\nExternalRef: PACKAGE-MANAGER purl pkg:npm/a@1\nExternalRef: SECURITY cpe23Type cpe:2.3:a:x:a:1:*:*:*:*:*:*:*\n"
          "FileName: f\nSPDXID: SPDXRef-f\nPackageName: b\nSPDXID: SPDXRef-b\nRelationship: SPDXRef-b DEPENDENCY_OF SPDXRef-a\n" },
        { spdx_read_rdf,
          "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns=\"http://spdx.org/rdf/terms#\"><SpdxDocument rdf:about=\"http://x#SPDXRef-DOCUMENT\"><specVersion>SPDX-2.3</specVersion><name>d</name>"
          "<creationInfo><CreationInfo><created>2024-01-02T03:04:05Z</created></CreationInfo></creationInfo><relationship><Relationship><relationshipType rdf:resource=\"http://spdx.org/rdf/terms#relationshipType_describes\"/>"
          "<relatedSpdxElement><Package rdf:about=\"http://x#SPDXRef-a\"><name>a</name><versionInfo>1</versionInfo><supplier>Organization: Acme (x@y)</supplier><licenseDeclared rdf:resource=\"http://spdx.org/licenses/MIT\"/>"
          "<externalRef><ExternalRef><referenceType rdf:resource=\"http://spdx.org/rdf/references/purl\"/><referenceLocator>pkg:npm/a@1</referenceLocator></ExternalRef></externalRef>"
          "<externalRef><ExternalRef><referenceType rdf:resource=\"http://spdx.org/rdf/references/cpe23Type\"/><referenceLocator>cpe:2.3:a:x:a:1:*:*:*:*:*:*:*</referenceLocator></ExternalRef></externalRef></Package></relatedSpdxElement>"
          "</Relationship></relationship></SpdxDocument><Package rdf:about=\"http://x#SPDXRef-b\"><name>b</name><relationship><Relationship><relationshipType rdf:resource=\"http://spdx.org/rdf/terms#relationshipType_dependencyOf\"/>"
          "<relatedSpdxElement rdf:resource=\"http://x#SPDXRef-a\"/></Relationship></relationship></Package></rdf:RDF>" },
        { spdx_read_json3,
          "{\"@context\":\"https://spdx.org/rdf/3.0.1/spdx-context.jsonld\",\"@graph\":[{\"@id\":\"_:c\",\"type\":\"CreationInfo\",\"specVersion\":\"3.0.1\",\"created\":\"2024-01-02T03:04:05Z\"},"
          "{\"spdxId\":\"SPDXRef-DOCUMENT\",\"type\":\"SpdxDocument\",\"name\":\"d\"},{\"type\":\"Relationship\",\"relationshipType\":\"describes\",\"from\":\"SPDXRef-DOCUMENT\",\"to\":[\"SPDXRef-a\"]},"
          "{\"spdxId\":\"SPDXRef-a\",\"type\":\"software_Package\",\"name\":\"a\",\"software_packageVersion\":\"1\",\"suppliedBy\":\"o\",\"software_packageUrl\":\"pkg:npm/a@1\",\"externalIdentifier\":["
          "{\"externalIdentifierType\":\"cpe23\",\"identifier\":\"cpe:2.3:a:x:a:1:*:*:*:*:*:*:*\"}]},{\"spdxId\":\"SPDXRef-b\",\"type\":\"software_Package\",\"name\":\"b\"},{\"spdxId\":\"o\",\"type\":\"Organization\",\"name\":\"Acme\"},"
          "{\"spdxId\":\"l\",\"type\":\"simplelicensing_LicenseExpression\",\"simplelicensing_licenseExpression\":\"MIT\"},{\"type\":\"Relationship\",\"relationshipType\":\"hasDeclaredLicense\",\"from\":\"SPDXRef-a\",\"to\":[\"l\"]},"
          "{\"type\":\"LifecycleScopedRelationship\",\"relationshipType\":\"dependsOn\",\"scope\":\"runtime\",\"from\":\"SPDXRef-a\",\"to\":\"SPDXRef-b\"}]}" },
    };
    /* clang-format on */
    CLEANUP(arena_free_var) struct arena *arena = arena_new(4 << 20);
    (void)state;

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct err err = { 0 };
        struct spdx got;

        print_message("case %zu\n", i);
        if (!cases[i].read(str_from_z(cases[i].text), arena, &got, &err))
            fail_msg("%u %s", err.line, err.subject);
        assert_true(str_starts(got.version, i == 3 ? STR("3.0") : STR("2.3")));
        assert_str(got.name, "d");
        assert_int_equal(got.made.ms, INT64_C(1704164645000));
        assert_int_equal(got.packages.len, 2);
        assert_str(got.packages.at[0].id, "SPDXRef-a");
        assert_str(got.packages.at[0].name, "a");
        assert_str(got.packages.at[0].version, "1");
        assert_str(got.packages.at[0].supplier, "Acme");
        assert_str(got.packages.at[0].license, "MIT");
        assert_int_equal(got.packages.at[0].purls.len, 1);
        assert_str(got.packages.at[0].purls.at[0], "pkg:npm/a@1");
        assert_str(got.packages.at[0].cpes.at[0], "cpe:2.3:a:x:a:1:*:*:*:*:*:*:*");
        assert_str(got.packages.at[1].id, "SPDXRef-b");
        assert_int_equal(got.relations.len, 2);
        for (size_t r = 0; r < 2; r++) {
            bool describes = got.relations.at[r].kind == SPDX_DESCRIBES;

            assert_str(got.relations.at[r].from, describes ? "SPDXRef-DOCUMENT" : "SPDXRef-a");
            assert_str(got.relations.at[r].to, describes ? "SPDXRef-a" : "SPDXRef-b");
        }
    }
}

static void spdx_read__refuses_with_line_and_reason(void **state)
{
    /* clang-format off */
    static const struct {
        bool (*read)(struct str, struct arena *, struct spdx *, struct err *);
        const char *text;
        unsigned line;
        const char *reason;
    } cases[] = {
        { spdx_read_json, "{\"spdxVersion\":\"SPDX-9\"}", 1, "a version of SPDX that is not known: SPDX-9" },
        { spdx_read_json, "{\"spdxVersion\":\"SPDX-2.3\",\"SPDXID\":\"x\"}", 1, "the document's SPDXID is not SPDXRef-DOCUMENT: x" },
        { spdx_read_json, "{\"spdxVersion\":\"SPDX-2.3\",\"SPDXID\":\"SPDXRef-DOCUMENT\",\"name\":\"\"}", 1, "the document does not say when it was created" },
        { spdx_read_json, "{\"spdxVersion\":\"SPDX-2.3\",\"SPDXID\":\"SPDXRef-DOCUMENT\",\"name\":\"\",\"creationInfo\":{\"created\":\"2024-01-02T03:04:05Z\"},\n\"packages\":[\n{\"name\":\"a\"}]}", 3,
          "a package without an SPDXID: a" },
        { spdx_read_tag_value, "SPDXVersion: SPDX-2.3\nwhat\n", 2, "a line without a tag: what" },
        { spdx_read_tag_value, "SPDXVersion: SPDX-2.3\nPackageComment: <text>no end\n", 2, "a text without its end" },
        { spdx_read_tag_value, "SPDXVersion: SPDX-2.3\nPackageName: a\nPackageName: b\n", 2, "a package without an SPDXID: a" },
        { spdx_read_rdf, "<a/>", 1, "it holds no SPDX document" },
        { spdx_read_json3, "{}", 1, "it is no graph of SPDX 3" },
        { spdx_read_json3, "{\"@context\":\"https://spdx.org/rdf/3.0.1/spdx-context.jsonld\",\"@graph\":[\n{\"type\":\"software_Package\",\"spdxId\":\"a\"}]}", 2, "a package without a name: a" },
    };
    /* clang-format on */
    CLEANUP(arena_free_var) struct arena *arena = arena_new(4 << 20);
    (void)state;

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct err err = { 0 };
        struct spdx got;

        print_message("case %zu\n", i);
        assert_false(cases[i].read(str_from_z(cases[i].text), arena, &got, &err));
        assert_int_equal(err.code, ERR_INVENTORY);
        assert_string_equal(err.subject, cases[i].reason);
        assert_int_equal(err.line, cases[i].line);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spdx_read__gives_the_same_for_every_syntax),
        cmocka_unit_test(spdx_read__refuses_with_line_and_reason),
    };

    return cmocka_run_group_tests_name("spdx", tests, NULL, NULL);
}
