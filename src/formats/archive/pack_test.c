#include "base/arena.h"
#include "formats/archive/pack.h"
#include "formats/testing.h"

enum { MOST = 1 << 20 };

/* Packed by zstd alone, as this was done before it was told what records have in common. */
static const char earlier[] = "\x28\xb5\x2f\xfd\x20\x0d\x69\x00\x00{\"id\":\"CVE\"}\n";

static void pack__comes_back_as_it_was(void **state)
{
    static const char record[] =
        "{\"cve\":{\"id\":\"CVE-2026-1\",\"sourceIdentifier\":\"cve@mitre.org\","
        "\"published\":\"2026-01-01T00:00:00.000\",\"metrics\":{}}}";
    const struct str texts[] = { STR(""), STR("x"), STR("no record at all \x01\xff"), STR(record) };
    CLEANUP(arena_free_var) struct arena *arena = arena_new(16 << 20);
    CLEANUP(packer_free_var) struct packer *packer = packer_new();
    (void)state;

    for (size_t i = 0; i < COUNT(texts); i++) {
        struct str packed, again;
        struct err err = { 0 };

        print_message("case: %zu bytes\n", texts[i].len);
        assert_true(packer_pack(packer, texts[i], arena, &packed, &err));
        assert_true(was_packed(packed));
        assert_true(packer_unpack(packer, packed, MOST, arena, &again, &err));
        assert_true(str_eq(again, texts[i]));
        assert_true(pack(texts[i], arena, &again, &err));
        assert_true(str_eq(again, packed));
    }
}

static void pack__knows_what_records_have_in_common(void **state)
{
    static const char record[] =
        "{\"schema_version\":\"1.6.0\",\"id\":\"GHSA-aaaa-bbbb-cccc\",\"affected\":[{\"package\":"
        "{\"ecosystem\":\"npm\",\"name\":\"a\",\"purl\":\"pkg:npm/a\"},\"ranges\":[{\"type\":"
        "\"SEMVER\",\"events\":[{\"introduced\":\"0\"},{\"fixed\":\"1.2.3\"}]}]}]}";
    CLEANUP(arena_free_var) struct arena *arena = arena_new(16 << 20);
    struct str packed;
    struct err err = { 0 };
    (void)state;

    assert_true(pack(STR(record), arena, &packed, &err));
    print_message("%zu of %zu bytes\n", packed.len, sizeof record - 1);
    assert_true(packed.len < sizeof record / 2);
}

static void unpack__reads_what_was_packed_earlier(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(16 << 20);
    struct str out;
    struct err err = { 0 };
    (void)state;

    assert_true(was_packed(STR(earlier)));
    assert_true(unpack(STR(earlier), MOST, arena, &out, &err));
    assert_true(str_eq_z(out, "{\"id\":\"CVE\"}\n"));
}

static void unpack__refuses_what_is_damaged_or_too_large(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(16 << 20);
    struct str text = STR("{\"cve\":{\"id\":\"CVE-2026-1\"}}"), packed, out;
    struct err err = { 0 };
    (void)state;

    assert_true(pack(text, arena, &packed, &err));
    for (size_t len = 0; len < packed.len; len++) {
        err = (struct err){ 0 };
        assert_false(unpack(str_take(packed, len), MOST, arena, &out, &err));
        assert_int_equal(err.code, ERR_ARCHIVE);
    }
    err = (struct err){ 0 };
    assert_false(unpack(packed, text.len - 1, arena, &out, &err));
    assert_int_equal(err.code, ERR_TOO_LARGE);
}

/* What both hold takes no room; with other bytes, or none, nothing comes out, and the packer goes on. */
static void packer__packs_beside_what_is_at_hand(void **state)
{
    static const char record[] =
        "CVE-2026-0001 A flaw in the parser of the example server lets anybody who can reach it "
        "read what was meant for others. https://www.example.org/advisories/2026/0001";
    const struct str told =
        STR("{\"id\": \"CVE-2026-0001\", \"description\": \"A flaw in the parser of the example "
            "server lets anybody who can reach it read what was meant for others.\", \"url\": "
            "\"https://www.example.org/advisories/2026/0001\"}");
    const struct str wrong[] = { told, STR_NONE, STR("x") };
    CLEANUP(arena_free_var) struct arena *arena = arena_new(16 << 20);
    CLEANUP(packer_free_var) struct packer *packer = packer_new();
    struct str alone, beside, bytes = STR_NONE;
    struct err err = { 0 };
    (void)state;

    assert_true(packer_pack(packer, told, arena, &alone, &err));
    assert_true(packer_pack_beside(packer, told, STR(record), arena, &beside, &err));
    print_message("alone %zu, beside %zu bytes\n", alone.len, beside.len);
    assert_true(beside.len * 4 < alone.len * 3);
    for (size_t i = 0; i < COUNT(wrong); i++) {
        struct err why = { 0 };

        print_message("case: beside \"%.*s\"\n", STR_ARG(wrong[i]));
        assert_false(packer_unpack_beside(packer, beside, wrong[i], MOST, arena, &bytes, &why));
        assert_int_equal(why.code, ERR_ARCHIVE);
        assert_null(bytes.ptr);
    }
    assert_true(packer_unpack_beside(packer, beside, STR(record), MOST, arena, &bytes, &err));
    assert_true(str_eq(bytes, told));
    assert_true(packer_unpack(packer, alone, MOST, arena, &bytes, &err));
    assert_true(str_eq(bytes, told));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pack__comes_back_as_it_was),
        cmocka_unit_test(pack__knows_what_records_have_in_common),
        cmocka_unit_test(unpack__reads_what_was_packed_earlier),
        cmocka_unit_test(packer__packs_beside_what_is_at_hand),
        cmocka_unit_test(unpack__refuses_what_is_damaged_or_too_large),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
