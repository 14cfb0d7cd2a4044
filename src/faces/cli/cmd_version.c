#include "base/err.h"
#include "faces/cli/cmd.h"

bool cmd_version(const struct app *app, int argc, char **argv, int *status, struct err *err)
{
    (void)app;
    (void)status;
    if (argc > 1)
        return FAIL(err, USAGE, str_from_z(argv[1]));
    cli_print(STR("noroshi " NOROSHI_VERSION "\n"));
    return true;
}
