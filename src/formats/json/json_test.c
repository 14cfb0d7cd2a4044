#include "formats/json/json.h"
#include "formats/testing.h"
#include <dirent.h>

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

static bool reads(struct arena *arena, struct str text, struct err *err)
{
    struct json json = { 0 };
    bool ok = json_read(text, arena, &json, err);

    assert_true(ok == (json.value != NULL));
    assert_true(ok || err->code == ERR_JSON_SYNTAX);
    return ok;
}

/* Legal by the grammar, but readers differ in what they mean: we refuse a name that stands twice. */
static bool is_double_key(const char *name)
{
    return strcmp(name, "y_object_duplicated_key.json") == 0 ||
           strcmp(name, "y_object_duplicated_key_and_value.json") == 0;
}

/* y_ parses, n_ is refused, i_ may do either. */
static void json_read__agrees_with_the_parsing_suite(void **state)
{
    const char *folder = testing_data(*state, "hostile/json/test_parsing");
    struct dirent *entry;
    unsigned count = 0;
    DIR *dir;

    if (!folder)
        skip();
    dir = opendir(folder);
    assert_non_null(dir);
    while ((entry = readdir(dir))) {
        char kind = entry->d_name[0];
        struct arena *arena = arena_new(TESTING_ARENA);
        struct err err = { 0 };
        bool ok;

        if (entry->d_name[1] == '_') {
            ok = reads(arena,
                       testing_read(arena, arena_z(arena, arena_printf(arena, "%s/%s", folder,
                                                                       entry->d_name))),
                       &err);
            if (is_double_key(entry->d_name))
                assert_false(ok);
            else if ((kind == 'y' && !ok) || (kind == 'n' && ok))
                fail_msg("%s: %s", entry->d_name, ok ? "was read" : err.subject);
            count++;
        }
        arena_free(arena);
    }
    closedir(dir);
    print_message("%u files\n", count);
    assert_true(count > 200);
}

static void json_read__refuses_and_names_the_line(void **state)
{
    static const struct {
        const char *text;
        unsigned line;
    } cases[] = {
        { "", 1 },
        { "{\"a\":1,\"a\":2}", 1 },
        { "{\"id\":\"A\",\n\"i\\u0064\":\"B\"}", 2 },
        { "[1,\n2,\n3,]", 3 },
        { "{\"a\":\"\xff\"}", 1 },
        { "{\"a\":1}\n x", 2 },
        { "[{\"b\":[{\"x\":1,\n\"y\":2,\"z\":3,\n\"x\":4}]}]", 3 },
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct err err = { 0 };

        print_message("case: %s\n", cases[i].text);
        assert_false(reads(*state, str_from_z(cases[i].text), &err));
        assert_int_equal(err.line, cases[i].line);
        assert_true(err.subject[0] != '\0');
    }
}

static void json_read__allows_depth_up_to_the_limit(void **state)
{
    char text[2 * (JSON_DEPTH_MAX + 1)];
    struct err err = { 0 };

    for (unsigned depth = JSON_DEPTH_MAX; depth <= JSON_DEPTH_MAX + 1; depth++) {
        memset(text, '[', depth);
        memset(text + depth, ']', depth);
        assert_true(reads(*state, (struct str){ text, 2 * depth }, &err) ==
                    (depth == JSON_DEPTH_MAX));
    }
    assert_true(
        reads(*state,
              STR("\"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\\\"[\""),
              &err));
}

static void json_get__answers_nothing_for_a_wrong_type(void **state)
{
    struct json json, value;
    struct err err = { 0 };
    struct str key;

    assert_true(json_read(
        STR("{\"t\":\"x\\u0000y\",\"a\":[1,-2,3.5,9223372036854775808,[7,[8]],\"é\"],\"o\":{\"k\":true},\"n\":null}"),
        *state, &json, &err));
    assert_true(str_eq(json_text(json_get(json, "t")), ((struct str){ "x\0y", 3 })));
    assert_int_equal(json_count(json), 4);
    assert_int_equal(json_count(json_get(json, "a")), 6);
    assert_int_equal(json_int(json_at(json_get(json, "a"), 1), 0), -2);
    assert_int_equal(json_int(json_at(json_get(json, "a"), 2), 77), 77);
    assert_true(json_number(json_at(json_get(json, "a"), 2), 0) == 3.5);
    assert_int_equal(json_int(json_at(json_get(json, "a"), 3), 77), 77);
    assert_int_equal(json_int(json_at(json_at(json_at(json_get(json, "a"), 4), 1), 0), 0), 8);
    assert_int_equal(json_kind(json_at(json_get(json, "a"), 6)), JSON_NONE);
    assert_true(json_is_true(json_get(json_get(json, "o"), "k")));
    assert_int_equal(json_kind(json_get(json, "n")), JSON_NULL);
    assert_int_equal(json_kind(json_get(json_get(json, "x"), "y")), JSON_NONE);
    assert_int_equal(json_text(json_get(json, "a")).len, 0);
    assert_int_equal(json_count(json_get(json, "t")), 0);
    assert_true(json_member(json, 2, &key, &value) && str_eq(key, STR("o")) &&
                json_kind(value) == JSON_OBJECT);
    assert_false(json_member(json, 4, &key, &value));
    assert_false(json_member(json_get(json, "a"), 0, &key, &value));
    for (struct json_iter i = json_iter(json_get(json, "t")); json_next(&i, &key, &value);)
        fail();
}

static void copy(struct json_writer *w, struct json json)
{
    struct str key;
    struct json value;

    switch (json_kind(json)) {
    case JSON_OBJECT:
        json_object_begin(w);
        for (struct json_iter i = json_iter(json); json_next(&i, &key, &value);) {
            json_key(w, arena_z(w->buf->arena, key));
            copy(w, value);
        }
        json_object_end(w);
        break;
    case JSON_ARRAY:
        json_array_begin(w);
        for (struct json_iter i = json_iter(json); json_next(&i, &key, &value);)
            copy(w, value);
        json_array_end(w);
        break;
    case JSON_TEXT:
        json_put_text(w, json_text(json));
        break;
    case JSON_NUMBER:
        json_put_int(w, json_int(json, 0));
        break;
    case JSON_BOOL:
        json_put_bool(w, json_is_true(json));
        break;
    default:
        json_put_null(w);
    }
}

static void json_writer__writes_what_reads_back(void **state)
{
    static const char plain[] =
        "{\"a\":[],\"b\":{},\"c\":[1,[2],{\"d\":null}],\"e\":\"\\\"\\\\\\b\\f\\n\\r\\t\\u0001\\u0000/é狼\",\"f\":true}";
    static const char pretty[] =
        "{\n  \"a\": [],\n  \"b\": {},\n  \"c\": [\n    1,\n    [\n      2\n    ],\n    {\n      \"d\": null\n    }\n  ],\n"
        "  \"e\": \"\\\"\\\\\\b\\f\\n\\r\\t\\u0001\\u0000/é狼\",\n  \"f\": true\n}";

    for (int i = 0; i < 2; i++) {
        struct buf buf = buf_new(*state, 4096);
        struct json_writer w = json_writer_new(&buf, i == 1);
        struct err err = { 0 };
        struct json json;
        struct str text;

        assert_true(json_read(STR(plain), *state, &json, &err));
        copy(&w, json);
        assert_true(buf_done(&buf, &text, &err));
        if (!str_eq_z(text, i == 1 ? pretty : plain))
            fail_msg("%.*s", STR_ARG(text));
    }
}

static void json_writer__writes_scores_and_refuses_broken_text(void **state)
{
    struct buf buf = buf_new(*state, 4096);
    struct json_writer w = json_writer_new(&buf, false);
    struct err err = { 0 };
    struct str text;

    json_array_begin(&w);
    json_put_tenths(&w, 98);
    json_put_tenths(&w, 100);
    json_put_tenths(&w, 0);
    json_put_tenths(&w, -3);
    json_put_text(&w, STR_NONE);
    json_array_end(&w);
    assert_true(buf_done(&buf, &text, &err));
    assert_true(str_eq(text, STR("[9.8,10.0,0.0,-0.3,\"\"]")));

    buf = buf_new(*state, 4096);
    w = json_writer_new(&buf, false);
    json_object_begin(&w);
    json_pair(&w, "left out", STR_NONE);
    json_pair(&w, "k", STR("a\xc3"));
    json_object_end(&w);
    assert_false(buf_done(&buf, &text, &err));
    assert_int_equal(err.code, ERR_TOO_LARGE);
}

static void json_line__finds_the_line_of_a_value(void **state)
{
    struct str text =
        STR("{\"a\":\n [\n{\"b\":1,\n\"c\\n\":[2]},\n\"d\"],\n\n\"e\":true, \"f\": {}}");
    struct json_lines lines;
    struct err err = { 0 };
    struct json json, list;

    assert_true(json_read(text, *state, &json, &err));
    list = json_get(json, "a");
    lines = json_lines(text, json);
    assert_int_equal(json_line(&lines, json), 1);
    assert_int_equal(json_line(&lines, json_at(list, 0)), 3);
    assert_int_equal(json_line(&lines, json_get(json_at(list, 0), "c\n")), 4);
    assert_int_equal(json_line(&lines, json_at(list, 1)), 5);
    assert_int_equal(json_line(&lines, json_get(json, "e")), 7);
    assert_int_equal(json_line(&lines, json_get(json, "f")), 7);
    assert_int_equal(json_line(&lines, json_at(list, 0)), 3);
    assert_int_equal(json_line(&lines, json_get(json, "none")), 0);
    assert_true(json_read(STR("[[[1]]]"), *state, &json, &err));
    lines = json_lines(STR("[[[1]]]"), json);
    assert_int_equal(json_line(&lines, json_at(json_at(json, 0), 0)), 0);
}

static void json_reader_open__reads_as_json_read_does(void **state)
{
    static const char *const cases[] = {
        "[[[1]]]", "{\"a\":\n[{},1]}", "7", "", "[1,\n}", "{\"a\":1,\n\"a\":2}", "{\"a\":\"\xff\"}"
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        CLEANUP(json_reader_free_var) struct json_reader *reader = json_reader_new();
        struct str text = str_from_z(cases[i]);
        struct err err = { 0 }, other = { 0 };
        struct json_lines lines, known;
        struct json json, again;
        bool ok = json_reader_open(reader, text, *state, &json, &lines, &err);

        print_message("case: %s\n", cases[i]);
        assert_int_equal(ok, json_read(text, *state, &again, &other));
        assert_int_equal(err.code, other.code);
        assert_int_equal(err.line, other.line);
        assert_string_equal(err.subject, other.subject);
        if (!ok)
            continue;
        known = json_lines(text, again);
        assert_int_equal(json_line(&lines, json), json_line(&known, again));
        assert_int_equal(json_line(&lines, json_at(json_get(json, "a"), 1)),
                         json_line(&known, json_at(json_get(again, "a"), 1)));
        assert_int_equal(json_line(&lines, json_at(json, 0)), json_line(&known, json_at(again, 0)));
    }
}

int main(void)
{
    /* clang-format off */
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(json_read__agrees_with_the_parsing_suite, setup, teardown),
        cmocka_unit_test_setup_teardown(json_read__refuses_and_names_the_line, setup, teardown),
        cmocka_unit_test_setup_teardown(json_read__allows_depth_up_to_the_limit, setup, teardown),
        cmocka_unit_test_setup_teardown(json_get__answers_nothing_for_a_wrong_type, setup, teardown),
        cmocka_unit_test_setup_teardown(json_writer__writes_what_reads_back, setup, teardown),
        cmocka_unit_test_setup_teardown(json_writer__writes_scores_and_refuses_broken_text, setup, teardown),
        cmocka_unit_test_setup_teardown(json_line__finds_the_line_of_a_value, setup, teardown),
        cmocka_unit_test_setup_teardown(json_reader_open__reads_as_json_read_does, setup, teardown),
    };
    /* clang-format on */

    return cmocka_run_group_tests_name("json", tests, NULL, NULL);
}
