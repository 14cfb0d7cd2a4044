#include "base/err.h"
#include "faces/cli/cmd.h"
#include "faces/cli/open.h"
#include "faces/cli/remote.h"

/* While the service runs the desk does it; else the command, alone. */
bool cmd_account(const struct app *app, int argc, char **argv, int *status, struct err *err)
{
    CLEANUP(opened_close) struct opened opened = { .lock = -1 };
    struct account_desk desk = {
        .vault = &opened.vault, .settings = app->settings, .now = app->now, .lang = app->lang
    };
    struct words words = { 0 };
    struct str out = STR_NONE;
    bool was_asked;

    (void)status;
    for (int i = 1; i < argc; i++)
        VEC_PUSH(app->arena, &words, str_from_z(argv[i]));
    if (!seal_start(err) || !remote_ask(app, "account", &words, &was_asked, &out, err))
        return PASS(err);
    if (!was_asked) {
        if (!opened_open(app, OPEN_TO_WRITE, &opened, err))
            return PASS(err);
        desk.store = opened.desk;
        if (!account_command(&desk, &words, app->arena, &out, err))
            return PASS(err);
    }
    cli_print(out);
    return true;
}
