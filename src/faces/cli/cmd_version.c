#include "base/err.h"
#include "faces/cli/cmd.h"
#include "faces/cli/lines.h"
#include "formats/version/version.h"

static bool compare(void *context, const struct str *operand, struct buf *out, struct err *err)
{
    enum version_scheme scheme;
    int order;

    (void)context;
    if (!version_scheme_from_name(operand[0], &scheme))
        return FAIL(err, VERSION_SCHEME, operand[0]);
    for (size_t i = 1; i <= 2; i++)
        if (operand[i].len > VERSION_TEXT_MAX)
            return FAIL(err, TOO_LARGE, STR("a version"));
    order = version_compare(scheme, operand[1], operand[2]);
    buf_int(out, (order > 0) - (order < 0));
    return true;
}

bool cmd_version(const struct app *app, int argc, char **argv, int *status, struct err *err)
{
    static const struct line_tool tool = { .operands = 3, .answer = compare };

    if (argc > 1) {
        if (!str_eq_z(str_from_z(argv[1]), "compare"))
            return FAIL(err, USAGE, str_from_z(argv[1]));
        return lines_run(app, &tool, argc - 2, argv + 2, status, err) ? true : PASS(err);
    }
    cli_print(STR("noroshi " NOROSHI_VERSION "\n"));
    return true;
}
