#include "base/err.h"
#include "faces/cli/cmd.h"
bool cmd_demo(const struct app *app, int argc, char **argv, int *status, struct err *err)
{
    (void)app; (void)status;
    return FAIL(err, USAGE, str_from_z(argc > 1 ? argv[1] : "demo"));
}
