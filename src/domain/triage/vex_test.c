#include "domain/triage/vex.h"

#include "base/buf.h"
#include "base/testing.h"

enum { ARENA = 64 << 20 };

#define SERIAL "3e671687-395b-41f5-a30f-a58921a69b79"

/* A list about "shop 4.2" with one component, and one finding about it. */
struct scene {
    struct component component;
    struct str ids[2];
    struct finding finding;
    struct inventory inventory;
    struct findings findings;
};

static void set_scene(struct scene *s, struct arena *arena, bool has_subject)
{
    *s = (struct scene){ .component = { .ref = STR("ref-1"),
                                        .name = STR("leftpad"),
                                        .version = STR("1.3.0"),
                                        .purl = STR("pkg:npm/leftpad@1.3.0?arch=any") },
                         .ids = { STR("CVE-2026-1"), STR("GHSA-1") },
                         .inventory = { .serial = STR("urn:uuid:" SERIAL) } };
    VEC_PUSH(arena, &s->component.cpes, STR("cpe:2.3:a:left:pad:1.3.0:*:*:*:*:node.js:*:*"));
    s->finding = (struct finding){ .id = s->ids[0] };
    VEC_PUSH(arena, &s->finding.ids, s->ids[0]);
    VEC_PUSH(arena, &s->finding.ids, s->ids[1]);
    VEC_PUSH(arena, &s->inventory.components, s->component);
    VEC_PUSH(arena, &s->findings, s->finding);
    if (has_subject)
        s->inventory.subject = (struct component){ .ref = STR("shop"),
                                                   .name = STR("shop"),
                                                   .version = STR("4.2"),
                                                   .purl = STR("pkg:generic/shop@4.2") };
}

static enum finding_verdict verdict_of(struct arena *arena, const char *document, bool has_subject)
{
    struct scene scene;
    struct vex vex;
    struct err err = { 0 };

    set_scene(&scene, arena, has_subject);
    if (!vex_read(str_from_z(document), arena, &vex, &err))
        fail_msg("%s: %s", document, err.subject);
    vex_apply(&vex, STR("file"), &scene.inventory, &scene.findings, arena);
    return scene.findings.at[0].statement.verdict;
}

#define OPENVEX(products)                                                                  \
    "{\"@context\":\"https://openvex.dev/ns/v0.2.0\",\"statements\":[{\"vulnerability\":{" \
    "\"name\":\"GHSA-1\"},\"status\":\"fixed\",\"products\":[" products "]}]}"
#define WHOLE(id)      "{\"@id\":\"" id "\"}"
#define PART(id, part) "{\"@id\":\"" id "\",\"subcomponents\":[{\"@id\":\"" part "\"}]}"

/* PSR-21: a statement holds for what it names, and for nothing else. */
static void vex_apply__knows_what_a_statement_is_about(void **state)
{
    static const struct {
        const char *document;
        bool with_subject,
            without; /* does it hold when the list says what it is about, when not? */
    } cases[] = {
        { OPENVEX(WHOLE("pkg:npm/leftpad@1.3.0")), true, true },
        { OPENVEX(WHOLE("pkg:npm/leftpad")), true, true },
        { OPENVEX(WHOLE("pkg:npm/leftpad@1.3.0?arch=any")), true, true },
        { OPENVEX(WHOLE("pkg:npm/leftpad@1.3.0?arch=arm")), false, false },
        { OPENVEX(WHOLE("pkg:npm/leftpad@1.3.1")), false, false },
        { OPENVEX(WHOLE("pkg:npm/rightpad@1.3.0")), false, false },
        { OPENVEX(WHOLE("cpe:2.3:a:left:pad:*:*:*:*:*:*:*:*")), true, true },
        { OPENVEX(WHOLE("cpe:2.3:a:left:pad:1.4.0:*:*:*:*:*:*:*")), false, false },
        { OPENVEX(WHOLE("ref-1")), true, true },
        /* the product as a whole */
        { OPENVEX(WHOLE("pkg:generic/shop@4.2")), true, false },
        { OPENVEX(WHOLE("pkg:generic/shop@4.3")), false, false },
        { OPENVEX(""), true, true },
        /* a part of a product */
        { OPENVEX(PART("pkg:generic/shop@4.2", "pkg:npm/leftpad@1.3.0")), true, true },
        { OPENVEX(PART("pkg:generic/other@1", "pkg:npm/leftpad@1.3.0")), false, true },
        { OPENVEX(PART("pkg:generic/shop@4.2", "pkg:npm/rightpad")), false, false },
    };
    (void)state;

    for (size_t i = 0; i < COUNT(cases); i++) {
        CLEANUP(arena_free_var) struct arena *arena = arena_new(ARENA);

        print_message("case: %s\n", cases[i].document);
        assert_int_equal(verdict_of(arena, cases[i].document, true) == VERDICT_FIXED,
                         cases[i].with_subject);
        assert_int_equal(verdict_of(arena, cases[i].document, false) == VERDICT_FIXED,
                         cases[i].without);
    }
}

#define CYCLONEDX(components, ref, more)                                                         \
    "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.5\",\"components\":[" components           \
    "],\"vulnerabilities\":[{\"id\":\"CVE-2026-1\",\"analysis\":{\"state\":\"false_positive\"}," \
    "\"affects\":[{\"ref\":\"" ref "\"" more "}]}]}"

/* Refs mean components of the document itself, or of the list by its serial number; versions narrow them. */
static void vex_apply__follows_references_of_cyclonedx(void **state)
{
    static const struct {
        const char *document;
        bool holds;
    } cases[] = {
        { CYCLONEDX("{\"bom-ref\":\"a\",\"name\":\"x\",\"purl\":\"pkg:npm/leftpad@1.3.0\"}", "a",
                    ""),
          true },
        { CYCLONEDX(
              "{\"bom-ref\":\"b\",\"name\":\"x\",\"components\":[{\"bom-ref\":\"a\",\"name\":\"x\","
              "\"purl\":\"pkg:npm/leftpad\"}]}",
              "a", ""),
          true },
        { CYCLONEDX("{\"bom-ref\":\"a\",\"name\":\"x\",\"purl\":\"pkg:npm/other@1\"}", "a", ""),
          false },
        { CYCLONEDX("", "urn:cdx:" SERIAL "/1#ref-1", ""), true },
        { CYCLONEDX("", "urn:cdx:" SERIAL "/1#ref-2", ""), false },
        { CYCLONEDX("", "urn:cdx:00000000-0000-0000-0000-000000000000/1#ref-1", ""), false },
        { CYCLONEDX("", "ref-1", ",\"versions\":[{\"version\":\"1.3.0\"}]"), true },
        { CYCLONEDX("", "ref-1", ",\"versions\":[{\"version\":\"1.2.0\"}]"), false },
        { CYCLONEDX("", "ref-1", ",\"versions\":[{\"range\":\"vers:npm/>=1.0.0|<1.4.0\"}]"), true },
        { CYCLONEDX("", "ref-1", ",\"versions\":[{\"range\":\"vers:npm/>=2.0.0\"}]"), false },
        { CYCLONEDX("", "ref-1", ",\"versions\":[{\"range\":\"not a range\"}]"), false },
    };
    (void)state;

    for (size_t i = 0; i < COUNT(cases); i++) {
        CLEANUP(arena_free_var) struct arena *arena = arena_new(ARENA);

        print_message("case: %s\n", cases[i].document);
        assert_int_equal(verdict_of(arena, cases[i].document, true) == VERDICT_NOT_AFFECTED,
                         cases[i].holds);
    }
}

#define CSAF(tree, status)                                                                       \
    "{\"document\":{\"csaf_version\":\"2.0\",\"publisher\":{\"name\":\"Maker\"},\"tracking\":{"  \
    "\"id\":\"X-1\",\"current_release_date\":\"2026-01-01T00:00:00Z\"}},\"product_tree\":{" tree \
    "},\"vulnerabilities\":[{\"cve\":\"CVE-2026-1\",\"product_status\":{" status "},"            \
    "\"flags\":[{\"label\":\"component_not_present\",\"group_ids\":[\"G\"]}]}]}"
#define LEAF(id, purl)                     \
    "{\"name\":\"x\",\"product_id\":\"" id \
    "\",\"product_identification_helper\":{\"purl\":\"" purl "\"}}"

/* Branches, full product names, groups and relationships of CSAF. */
static void vex_apply__walks_the_product_tree_of_csaf(void **state)
{
    static const struct {
        const char *document;
        enum finding_verdict verdict;
    } cases[] = {
        { CSAF("\"full_product_names\":[" LEAF("P", "pkg:npm/leftpad@1.3.0") "]",
               "\"known_not_affected\":[\"P\"]"),
          VERDICT_NOT_AFFECTED },
        { CSAF("\"branches\":[{\"branches\":[{\"product\":" LEAF("P", "pkg:npm/leftpad") "}]}]",
               "\"fixed\":[\"P\"]"),
          VERDICT_FIXED },
        { CSAF(
              "\"full_product_names\":[" LEAF("A", "pkg:generic/shop@4.2") "," LEAF(
                  "B",
                  "pkg:npm/leftpad@1.3.0") "],\"relationships\":[{\"full_product_name\":{"
                                           "\"name\":\"x\",\"product_id\":\"A:B\"},\"product_reference\":\"B\","
                                           "\"relates_to_product_reference\":\"A\"}]",
              "\"under_investigation\":[\"A:B\"]"),
          VERDICT_UNDER_INVESTIGATION },
        { CSAF("\"full_product_names\":[" LEAF("P", "pkg:npm/other@1") "]",
               "\"known_affected\":[\"P\"]"),
          VERDICT_NONE },
    };
    (void)state;

    for (size_t i = 0; i < COUNT(cases); i++) {
        CLEANUP(arena_free_var) struct arena *arena = arena_new(ARENA);

        print_message("case: %s\n", cases[i].document);
        assert_int_equal(verdict_of(arena, cases[i].document, true), cases[i].verdict);
    }
}

static void vex_apply__takes_a_flag_from_a_group(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(ARENA);
    struct scene scene;
    struct vex vex;
    struct err err = { 0 };
    (void)state;

    set_scene(&scene, arena, true);
    assert_true(vex_read(
        STR(CSAF(
            "\"full_product_names\":[" LEAF(
                "P",
                "pkg:npm/leftpad@1.3.0") "],"
                                         "\"product_groups\":[{\"group_id\":\"G\",\"product_ids\":[\"Q\",\"P\"]}]",
            "\"known_not_affected\":[\"P\"]")),
        arena, &vex, &err));
    vex_apply(&vex, STR("file"), &scene.inventory, &scene.findings, arena);
    assert_str(scene.findings.at[0].statement.justification, "component_not_present");
    assert_str(scene.findings.at[0].statement.from, "file (Maker)");
}

/* The latest statement holds, whatever its place. */
static void vex_apply__believes_the_latest(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(ARENA);
    (void)state;

#define SAID(status, day)                                                                                  \
    "{\"vulnerability\":{\"name\":\"CVE-2026-1\"},\"products\":[{\"@id\":\"ref-1\"}],\"status\":\"" status \
    "\",\"timestamp\":\"2026-01-" day "T00:00:00Z\"}"
    assert_int_equal(
        verdict_of(arena,
                   "{\"@context\":\"https://openvex.dev/ns/v0.2.0\",\"statements\":[" SAID(
                       "fixed", "03") "," SAID("affected", "01") "]}",
                   true),
        VERDICT_FIXED);
    assert_int_equal(
        verdict_of(arena,
                   "{\"@context\":\"https://openvex.dev/ns/v0.2.0\",\"statements\":[" SAID(
                       "fixed", "03") "," SAID("affected", "03") "]}",
                   true),
        VERDICT_AFFECTED);
}

/* What a worker answers is a stranger's word. */
static void vex_decode__refuses_what_is_not_whole(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(ARENA);
    struct buf buf = buf_new(arena, 1 << 16);
    struct vex vex;
    struct err err = { 0 };
    (void)state;

    assert_true(vex_read(STR(OPENVEX(WHOLE("ref-1"))), arena, &vex, &err));
    assert_true(vex_encode(&vex, &buf, &err));
    for (size_t len = 1; len < buf.len; len++) {
        struct vex out;

        if (vex_decode(str_take(buf_str(&buf), len), arena, &out, &err))
            assert_true(out.statements.len <= 1);
    }
    assert_false(vex_decode(STR("\xff\xff\xff"), arena, &vex, &err));
    assert_int_equal(err.code, ERR_VEX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(vex_apply__knows_what_a_statement_is_about),
        cmocka_unit_test(vex_apply__follows_references_of_cyclonedx),
        cmocka_unit_test(vex_apply__walks_the_product_tree_of_csaf),
        cmocka_unit_test(vex_apply__takes_a_flag_from_a_group),
        cmocka_unit_test(vex_apply__believes_the_latest),
        cmocka_unit_test(vex_decode__refuses_what_is_not_whole),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
