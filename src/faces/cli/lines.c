#include "faces/cli/lines.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"

enum { WRONG_LINE = 65, MEMORY_MAX = 8 << 20 };

struct walk {
    const struct line_tool *tool;
    const struct str *given;
    size_t given_count;
    enum lang lang;
    struct arena *arena; /* a line's */
    FILE *output;
    int *status;
};

static void put_error(struct walk *walk, const struct err *err)
{
    struct str words = tr_fill(walk->arena, walk->lang, err_words(err->code),
                               TR_ARGS({ "subject", str_from_z(err->subject) }));

    fprintf(walk->output, "error: %.*s\n", STR_ARG(words));
    *walk->status = WRONG_LINE;
}

/* What is given, then the parts of the line. */
static bool split(const struct walk *walk, struct str line, struct str *operand, struct err *err)
{
    struct str rest = line;
    size_t n;

    for (n = 0; n < walk->given_count; n++)
        operand[n] = walk->given[n];

    for (; n < walk->tool->operands - 1 && str_index(rest, '\t') < rest.len; n++) {
        operand[n] = str_take(rest, str_index(rest, '\t'));
        rest = str_drop(rest, operand[n].len + 1);
    }
    operand[n] = rest;
    if (n < walk->tool->operands - 1 || str_index(rest, '\t') < rest.len)
        return FAIL(err, LINE_SHAPE, line);
    return true;
}

static void answer_line(struct walk *walk, struct str line)
{
    struct str operand[LINES_OPERANDS_MAX], text;
    struct err err = { 0 };
    struct buf buf;

    arena_reset(walk->arena);
    buf = buf_new(walk->arena, LINES_ANSWER_MAX);
    if (split(walk, line, operand, &err) &&
        walk->tool->answer(walk->tool->context, operand, &buf, &err) && buf_done(&buf, &text, &err))
        fprintf(walk->output, "%.*s\n", STR_ARG(text));
    else
        put_error(walk, &err);
}

static void refuse_long_line(struct walk *walk)
{
    struct err err = { 0 };

    arena_reset(walk->arena);
    (void)FAIL(&err, TOO_LARGE, STR("a line"));
    put_error(walk, &err);
}

/* Answers the whole lines in bytes; says how many bytes they were. */
static size_t answer_lines(struct walk *walk, struct str bytes, bool *is_skipping)
{
    struct str rest = bytes;
    size_t end;

    while ((end = str_index(rest, '\n')) < rest.len) {
        if (*is_skipping)
            *is_skipping = false; /* the end of a line that was refused */
        else
            answer_line(walk, str_take(rest, end));
        rest = str_drop(rest, end + 1);
    }
    return bytes.len - rest.len;
}

static bool walk_lines(struct walk *walk, int input, struct err *err)
{
    char bytes[LINES_LINE_MAX];
    size_t len = 0;
    bool is_skipping = false;

    while (true) {
        ssize_t n = read(input, bytes + len, sizeof bytes - len);
        size_t used;

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return FAIL_IO(err, STR("standard input"));
        if (n == 0)
            break;
        len += (size_t)n;
        used = answer_lines(walk, (struct str){ bytes, len }, &is_skipping);
        memmove(bytes, bytes + used, len - used);
        len -= used;
        if (len == sizeof bytes) {
            if (!is_skipping)
                refuse_long_line(walk);
            is_skipping = true;
            len = 0;
        }
        if (fflush(walk->output) != 0)
            return FAIL_IO(err, STR("standard output"));
    }
    if (len > 0 && !is_skipping) /* the last line may lack its end */
        answer_line(walk, (struct str){ bytes, len });
    return fflush(walk->output) == 0 ? true : FAIL_IO(err, STR("standard output"));
}

bool lines_answer(const struct line_tool *tool, const struct str *given, size_t count,
                  enum lang lang, int input, FILE *output, int *status, struct err *err)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(MEMORY_MAX);
    struct walk walk = { .tool = tool,
                         .given = given,
                         .given_count = count,
                         .lang = lang,
                         .arena = arena,
                         .output = output,
                         .status = status };

    return walk_lines(&walk, input, err);
}

bool lines_run(const struct app *app, const struct line_tool *tool, int argc, char **argv,
               int *status, struct err *err)
{
    struct str operand[LINES_OPERANDS_MAX];
    size_t count = argc > 0 ? (size_t)argc : 0;
    struct buf buf = buf_new(app->arena, LINES_ANSWER_MAX);
    struct str text;

    if (count == 0 || count > tool->operands)
        return FAIL(err, USAGE, str_from_z(count > 0 ? argv[count - 1] : "-"));
    for (size_t i = 0; i < count; i++)
        operand[i] = str_from_z(argv[i]);
    if (str_eq_z(operand[count - 1], "-"))
        return lines_answer(tool, operand, count - 1, app->lang, STDIN_FILENO, stdout, status, err);
    if (count < tool->operands)
        return FAIL(err, USAGE, operand[count - 1]);
    if (!tool->answer(tool->context, operand, &buf, err) || !buf_done(&buf, &text, err))
        return PASS(err);
    printf("%.*s\n", STR_ARG(text));
    return true;
}
