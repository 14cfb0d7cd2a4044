#include "base/err.h"
#include "faces/cli/cmd.h"
#include "faces/cli/demo/demo.h"
#include "faces/cli/open.h"

bool cmd_serve(const struct app *app, int argc, char **argv, int *status, struct err *err)
{
    bool is_demo = option_take(&argc, argv, "--demo");

    (void)status;
    if (argc > 1)
        return FAIL(err, USAGE, str_from_z(argv[1]));
    if (is_demo && (!demo_prepare(app, err) || !demo_announce(app, err)))
        return PASS(err);
    return app->serve(app->settings, app->settings_path, err) ? true : PASS(err);
}
