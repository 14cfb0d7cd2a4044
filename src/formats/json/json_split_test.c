#include "formats/drip_testing.h"
#include "formats/json/json.h"
#include "formats/json/json_split.h"
#include "formats/testing.h"

enum { RECORD_MAX = 1000 };

/* "1:{...} 2!why ": each piece with its line, a fault with '!'. */
static struct str pieces(struct arena *arena, struct str text, size_t step)
{
    struct drip stream = { text, step };
    CLEANUP(json_split_free_var)
    struct json_split *split = json_split_new(drip, &stream, STR("vulnerabilities"), RECORD_MAX);
    struct buf out = buf_new(arena, 1 << 20);
    struct json_piece piece;
    struct err err = { 0 };

    while (json_split_next(split, &piece, &err) == 1) {
        if (piece.fault)
            buf_printf(&out, "%d! ", (int)piece.line);
        else
            buf_printf(&out, "%d:%.*s ", (int)piece.line, (int)piece.len, piece.text);
    }
    if (json_split_head(split).len > 0)
        buf_printf(&out, "head:%.*s", STR_ARG(json_split_head(split)));
    assert_int_equal(err.code, ERR_NONE);
    return buf_str(&out);
}

static void json_split__finds_records_whatever_holds_them(void **state)
{
    static const struct {
        const char *text, *want;
    } cases[] = {
        { "", "" },
        { " \n ", "" },
        { "{\"a\":1}", "1:{\"a\":1} " },
        { "\xef\xbb\xbf{}", "1:{} " },
        { "{\"a\":1}\n{\"a\":[2]}\n\n{}", "1:{\"a\":1} 2:{\"a\":[2]} 4:{} " },
        { "[{\"a\":1},\n{}]", "1:{\"a\":1} 2:{} " },
        { "[]", "" },
        { "{\"count\":2,\n\"vulnerabilities\" : [{\"x\":\"]}\\\"\"}, {} ], \"z\":[{}]}",
          "2:{\"x\":\"]}\\\"\"} 2:{} head:{\"count\":2}" },
        { "{\"vulnerabilities\":[]}", "head:{}" },
        { "{\"vulnerabilities\":[{}]}\n{\"vulnerabilities\":[{}]}", "1:{} 2:{} head:{}" },
        /* The name counts at its place alone. */
        { "{\"a\":{\"vulnerabilities\":[1]}}", "1:{\"a\":{\"vulnerabilities\":[1]}} " },
        { "{\"a\":\"vulnerabilities\",\"b\":[1]}", "1:{\"a\":\"vulnerabilities\",\"b\":[1]} " },
        /* Faults are told once, and the next record is found. */
        { "{\"a\":1]\n{\"b\":2}", "1! 2:{\"b\":2} " },
        { "{\"a\":\"lost}\n{\"b\":2}\n", "1! 2:{\"b\":2} " },
        { "nonsense\n{}", "1! 2:{} " },
        { "{\"a\":1", "1! " },
        { "{\"vulnerabilities\":[\n  {\"a\":1},\n  {\"a\":\n    [1}\n  },\n  {\"b\":2}\n]}",
          "2:{\"a\":1} 3! 6:{\"b\":2} head:{}" },
        { "[{},{]},{}]", "1:{} 1! " },
        { "[{}", "1:{} 1! " },
        { "[{},,{}]", "1:{} 1! " },
        { "[{} {}]", "1:{} 1! " },
        { "[1]", "1! " },
        { "{\"vulnerabilities\":[{}]", "1:{} 1! head:{}" },
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        for (size_t step = 1; step < 100; step += 33) {
            struct str got = pieces(*state, str_from_z(cases[i].text), step);

            if (!str_eq_z(got, cases[i].want))
                fail_msg("%s (step %zu)\n  got  %.*s\n  want %s", cases[i].text, step, STR_ARG(got),
                         cases[i].want);
        }
    }
}

/* The room is bounded by the largest record, however large the stream's is. */
static void json_split__tells_a_record_that_is_too_large(void **state)
{
    struct buf text = buf_new(*state, 1 << 24);

    buf_add_z(&text, "{\"a\":\"");
    while (text.len < 3 << 20)
        buf_add_z(&text, "aaaaaaaaaaaaaaaa");
    buf_add_z(&text, "\"}\n{\"b\":2}\n");
    assert_true(str_eq_z(pieces(*state, buf_str(&text), 4096), "1! 2:{\"b\":2} "));
}

/* Deep nesting costs neither stack nor memory. */
static void json_split__tells_what_is_nested_too_deeply(void **state)
{
    struct buf text = buf_new(*state, 1 << 24);

    buf_add_z(&text, "{\"a\":");
    for (int i = 0; i < 2000000; i++)
        buf_byte(&text, '[');
    buf_add_z(&text, "\n{}");
    assert_true(str_eq_z(pieces(*state, buf_str(&text), 65536), "1! 2:{} "));
}

/* What a stream of many uses says the same as the reader of one document. */
static void json_reader__agrees_with_json_read(void **state)
{
    static const char *const texts[] = { "{}",
                                         "{\"a\":1,\"a\":2}",
                                         "{\"a\":{\"b\":1,\"b\":1}}",
                                         "{\"a\":[{\"b\":1},{\"b\":1}]}",
                                         "[1,]",
                                         "\"\\ud800\"",
                                         "\"\xff\"",
                                         "1e999",
                                         "[[[[{}]]]]",
                                         "{\"a\":\"\\u0041\"}" };
    CLEANUP(json_reader_free_var) struct json_reader *reader = json_reader_new();

    for (size_t i = 0; i < COUNT(texts); i++) {
        struct str text = str_from_z(texts[i]);
        char *copy = arena_alloc(*state, text.len + JSON_PADDING);
        struct json one = { 0 }, many = { 0 };
        struct err err = { 0 }, why = { 0 };
        bool ok = json_read(text, *state, &one, &err);

        memcpy(copy, text.ptr, text.len);
        memset(copy + text.len, 'x', JSON_PADDING);
        print_message("case: %s\n", texts[i]);
        assert_int_equal(json_reader_read(reader, copy, text.len, &many, &why), ok);
        assert_int_equal(why.code, err.code);
        assert_memory_equal(copy + text.len, "xxxx", JSON_PADDING);
        assert_int_equal(json_kind(many), json_kind(one));
    }
}

static void json_reader__refuses_deep_nesting_and_many_equal_names(void **state)
{
    CLEANUP(json_reader_free_var) struct json_reader *reader = json_reader_new();
    struct buf text = buf_new(*state, 1 << 20);
    struct json json;

    for (int depth = JSON_DEPTH_MAX; depth <= JSON_DEPTH_MAX + 1; depth++) {
        struct err err = { 0 };

        text.len = 0;
        for (int i = 0; i < depth; i++)
            buf_byte(&text, '[');
        for (int i = 0; i < depth; i++)
            buf_byte(&text, ']');
        buf_add_z(&text, "    ");
        assert_int_equal(json_reader_read(reader, text.ptr, text.len - 4, &json, &err),
                         depth <= JSON_DEPTH_MAX);
    }
    for (int is_double = 0; is_double < 2; is_double++) {
        struct err err = { 0 };

        text.len = 0;
        buf_add_z(&text, "{\"7\":0");
        for (int i = 100; i < 200; i++)
            buf_printf(&text, ",\"%d\":1", i);
        buf_add_z(&text, is_double ? ",\"7\":2}    " : "}    ");
        assert_int_equal(json_reader_read(reader, text.ptr, text.len - 4, &json, &err), !is_double);
    }
}

static int setup(void **state)
{
    *state = arena_new(TESTING_ARENA);
    return 0;
}

static int teardown(void **state)
{
    arena_free(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(json_split__finds_records_whatever_holds_them),
        cmocka_unit_test(json_split__tells_a_record_that_is_too_large),
        cmocka_unit_test(json_split__tells_what_is_nested_too_deeply),
        cmocka_unit_test(json_reader__agrees_with_json_read),
        cmocka_unit_test(json_reader__refuses_deep_nesting_and_many_equal_names),
    };

    return cmocka_run_group_tests(tests, setup, teardown);
}
