#include "base/err.h"
#include "faces/cli/cmd.h"

enum { TEXT_MAX = 256 << 10 };

bool cmd_settings(const struct app *app, int argc, char **argv, int *status, struct err *err)
{
    struct buf out = buf_new(app->arena, TEXT_MAX);
    bool example = argc == 2 && str_eq_z(str_from_z(argv[1]), "--example");
    struct str text;

    (void)status;
    if (argc > 1 && !example)
        return FAIL(err, USAGE, str_from_z(argv[1]));
    if (example)
        settings_print_example(&out);
    else
        settings_print(app->settings, &out);
    if (!buf_done(&out, &text, err))
        return PASS(err);
    cli_print(text);
    return true;
}
