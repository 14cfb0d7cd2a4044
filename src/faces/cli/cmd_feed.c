#include "faces/cli/cmd.h"
#include "faces/cli/deskwork.h"

bool cmd_feed(const struct app *app, int argc, char **argv, int *status, struct err *err)
{
    (void)status;
    return deskwork_do(app, "feed", argc, argv, err);
}
