#include "faces/cli/cmd.h"
#include "faces/cli/deskwork.h"

bool cmd_report(const struct app *app, int argc, char **argv, int *status, struct err *err)
{
    (void)status;
    return deskwork_do(app, "report", argc, argv, err);
}
