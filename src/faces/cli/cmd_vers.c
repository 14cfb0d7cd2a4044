#include "base/err.h"
#include "faces/cli/cmd.h"
#include "faces/cli/lines.h"
#include "formats/vers/vers.h"

static bool contains(void *context, const struct str *operand, struct buf *out, struct err *err)
{
    struct vers vers;

    (void)context;
    if (!vers_parse_loose(operand[0], out->arena, &vers, err))
        return PASS(err);
    buf_add_z(out, vers_contains(&vers, operand[1]) ? "true" : "false");
    return true;
}

bool cmd_vers(const struct app *app, int argc, char **argv, int *status, struct err *err)
{
    static const struct line_tool tool = { .operands = 2, .answer = contains };

    if (argc < 2 || !str_eq_z(str_from_z(argv[1]), "contains"))
        return FAIL(err, USAGE, str_from_z(argc > 1 ? argv[1] : argv[0]));
    return lines_run(app, &tool, argc - 2, argv + 2, status, err) ? true : PASS(err);
}
