/* faces/cli/lines.h: small tools, asked once or by the line. Where `-` stands for the operands that are left, standard input has them, one
 * case a line with tabs between, and each line gets one line of answer, in order; a wrong one "error: …". */
#pragma once
#include <stdio.h>

#include "base/buf.h"
#include "faces/cli/cli.h"

enum { LINES_OPERANDS_MAX = 4, LINES_LINE_MAX = 64 << 10, LINES_ANSWER_MAX = 256 << 10 };

struct line_tool {
    size_t operands; /* of one case, at most LINES_OPERANDS_MAX */
    /* Writes the answer, without a line end; out->arena is empty before each case, for what it needs on the way. */
    bool (*answer)(void *context, const struct str *operand, struct buf *out, struct err *err);
    void *context; /* may be NULL */
};

/**
 * Answers the one case in argv, or every line of standard input.
 *
 * argv     the operands alone; a last "-" stands for those that are left
 * status   65 when a line was wrong
 * err      ERR_USAGE when their number is wrong, ERR_IO, and, for a single case, what the tool finds wrong
 */
MUST_CHECK bool lines_run(const struct app *app, const struct line_tool *tool, int argc,
                          char **argv, int *status, struct err *err);

/* The second half of it, from any descriptor to any stream: given are the operands that are the same on each line. Output is flushed
 * whenever there is no more to read yet, so that another program may ask and wait for its answer. */
MUST_CHECK bool lines_answer(const struct line_tool *tool, const struct str *given, size_t count,
                             enum lang lang, int input, FILE *output, int *status, struct err *err);
