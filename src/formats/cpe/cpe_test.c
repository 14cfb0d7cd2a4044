#include "formats/cpe/cpe_testing.h"
#include "formats/json/json.h"

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

static void cpe_parse__refuses_the_hostile_set(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(16 << 20);
    const char *path = testing_data(arena, "hostile/own/vuln-identifiers.jsonl");
    struct str lines, line;
    size_t seen = 0;
    (void)state;

    if (!path)
        skip();
    for (lines = testing_read(arena, path); str_split(&lines, '\n', &line);) {
        struct err err = { 0 };
        struct json json;
        struct cpe cpe;

        assert_true(json_read(line, arena, &json, &err));
        assert_false(cpe_parse(json_text(json_get(json, "in")), arena, &cpe, &err));
        seen += str_eq_z(json_text(json_get(json, "why")), "broken CPE");
    }
    assert_true(seen > 4);
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
        cmocka_unit_test(cpe_parse__refuses_what_the_grammar_does_not_allow),
        cmocka_unit_test(cpe_parse__refuses_the_hostile_set),
        cmocka_unit_test(cpe_parse__makes_capitals_small_and_keeps_what_is_small),
        cmocka_unit_test(cpe_parse__has_a_limit),
        cmocka_unit_test(cpe_plain__takes_the_escapes_out),
        cmocka_unit_test(cpe_field_relation__is_table_6_2),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
