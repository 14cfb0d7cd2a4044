#include "faces/cli/cmd.h"
#include "faces/cli/deskwork.h"

bool cmd_case(const struct app *app, int argc, char **argv, int *status, struct err *err)
{
    (void)status;
    return deskwork_do(app, "case", argc, argv, err);
}
