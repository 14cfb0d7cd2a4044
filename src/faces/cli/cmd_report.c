#include <string.h>

#include "base/err.h"
#include "faces/cli/catalog/counts.h"
#include "faces/cli/cmd.h"
#include "faces/cli/deskwork.h"

bool cmd_report(const struct app *app, int argc, char **argv, int *status, struct err *err)
{
    (void)status;
    if (argc > 1 && strcmp(argv[1], "catalog") == 0) /* it is public: the desk is not asked */
        return counts_command(app, argc - 1, argv + 1, err) ? true : PASS(err);
    return deskwork_do(app, "report", argc, argv, err);
}
