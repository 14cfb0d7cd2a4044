#include "faces/cli/lines.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/testing.h"

enum { TEXT_MAX = 512 << 10 };

/* Answers "b a" to a case of a and b; "no" is wrong. */
static bool swap(void *context, const struct str *operand, struct buf *out, struct err *err)
{
    (void)context;
    if (str_eq(operand[0], STR("no")))
        return FAIL(err, USAGE, operand[0]);
    buf_add(out, operand[1]);
    buf_byte(out, ' ');
    buf_add(out, operand[0]);
    return true;
}

static const struct line_tool tool = { .operands = 2, .answer = swap };

/* What the tool answers to the input, with the first operand given or not. */
static struct str answers(struct arena *arena, struct str given, struct str input, int *status)
{
    FILE *in = tmpfile(), *out = tmpfile();
    char *text = arena_alloc(arena, TEXT_MAX);
    struct err err = { 0 };
    size_t len;

    assert_non_null(in);
    assert_non_null(out);
    assert_int_equal(fwrite(input.ptr, 1, input.len, in), input.len);
    rewind(in);
    *status = 0;
    assert_true(lines_answer(&tool, &given, given.len > 0, LANG_EN, fileno(in), out, status, &err));
    rewind(out);
    len = fread(text, 1, TEXT_MAX, out);
    fclose(in);
    fclose(out);
    return (struct str){ text, len };
}

static void lines_answer__answers_each_line_in_order(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(16 << 20);
    int status;

    (void)state;
    assert_str(answers(arena, STR_NONE, STR("a\tb\n1\t2\nx\t"), &status), "b a\n2 1\n x\n");
    assert_int_equal(status, 0);
    assert_str(answers(arena, STR("a"), STR("b\nc\n"), &status), "b a\nc a\n");
    assert_str(answers(arena, STR_NONE, STR(""), &status), "");
}

static void lines_answer__goes_on_after_a_wrong_line(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(16 << 20);
    int status;

    (void)state;
    assert_str(answers(arena, STR_NONE, STR("no\tb\n\na\tb\tc\nonly\na\tb\n"), &status),
               "error: This is not how it is called: no\n"
               "error: The line does not have the parts that it needs, with tabs between: \n"
               "error: The line does not have the parts that it needs, with tabs between: a\tb\tc\n"
               "error: The line does not have the parts that it needs, with tabs between: only\n"
               "b a\n");
    assert_int_equal(status, 65);
}

static void lines_answer__refuses_a_line_that_is_too_long_and_no_other(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(16 << 20);
    struct buf input = buf_new(arena, TEXT_MAX);
    int status;
    struct str got;

    (void)state;
    buf_add_z(&input, "a\tb\n");
    for (int i = 0; i < 3 * LINES_LINE_MAX; i++)
        buf_byte(&input, 'x');
    buf_add_z(&input, "\tb\nc\td\n");
    got = answers(arena, STR_NONE, buf_str(&input), &status);
    assert_true(str_starts(got, STR("b a\nerror: ")));
    assert_true(str_ends(got, STR("\nd c\n")));
    assert_int_equal(status, 65);
    assert_int_equal(str_index(str_drop(got, 4), '\n') + 5 + 4, got.len);
}

/* Two lines in one read, one line in two. */
static void lines_answer__does_not_mind_how_lines_arrive(void **state)
{
    static const char *const pieces[] = { "a\t", "b\nc\td", "\n", "e", "\tf" };
    struct err err = { 0 };
    char text[64] = { 0 };
    FILE *out = tmpfile();
    int pipes[2], status = 0;
    size_t len;
    pid_t pid;

    (void)state;
    assert_int_equal(pipe(pipes), 0);
    pid = fork();
    if (pid == 0) {
        for (size_t i = 0; i < COUNT(pieces); i++)
            if (write(pipes[1], pieces[i], strlen(pieces[i])) < 0 || usleep(2000) != 0)
                _exit(1);
        _exit(0);
    }
    close(pipes[1]);
    assert_true(lines_answer(&tool, NULL, 0, LANG_EN, pipes[0], out, &status, &err));
    rewind(out);
    len = fread(text, 1, sizeof text, out);
    assert_str(((struct str){ text, len }), "b a\nd c\nf e\n");
    fclose(out);
    close(pipes[0]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_answer__answers_each_line_in_order),
        cmocka_unit_test(lines_answer__goes_on_after_a_wrong_line),
        cmocka_unit_test(lines_answer__refuses_a_line_that_is_too_long_and_no_other),
        cmocka_unit_test(lines_answer__does_not_mind_how_lines_arrive),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
