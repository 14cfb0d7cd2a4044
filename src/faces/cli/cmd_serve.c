#include "base/err.h"
#include "faces/cli/cmd.h"

bool cmd_serve(const struct app *app, int argc, char **argv, int *status, struct err *err)
{
    (void)status;
    if (argc > 1)
        return FAIL(err, USAGE, str_from_z(argv[1]));
    return app->serve(app->settings, app->settings_path, err) ? true : PASS(err);
}
