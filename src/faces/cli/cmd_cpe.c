#include "base/err.h"
#include "faces/cli/cmd.h"
#include "faces/cli/lines.h"
#include "formats/cpe/cpe.h"

static bool match(void *context, const struct str *operand, struct buf *out, struct err *err)
{
    struct cpe source, target;

    (void)context;
    if (!cpe_parse(operand[0], out->arena, &source, err) ||
        !cpe_parse(operand[1], out->arena, &target, err))
        return PASS(err);
    buf_add(out, cpe_relation_name(cpe_relation(&source, &target)));
    return true;
}

bool cmd_cpe(const struct app *app, int argc, char **argv, int *status, struct err *err)
{
    static const struct line_tool tool = { .operands = 2, .answer = match };

    if (argc < 2 || !str_eq_z(str_from_z(argv[1]), "match"))
        return FAIL(err, USAGE, str_from_z(argc > 1 ? argv[1] : argv[0]));
    return lines_run(app, &tool, argc - 2, argv + 2, status, err) ? true : PASS(err);
}
