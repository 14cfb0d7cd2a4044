#include "faces/cli/deskwork.h"

#include "base/err.h"
#include "faces/cli/account.h"
#include "faces/cli/case.h"
#include "faces/cli/cmd.h"
#include "faces/cli/feed.h"
#include "faces/cli/open.h"
#include "faces/cli/remote.h"
#include "faces/cli/report.h"

static const struct deskwork_command commands_of_the_desk[] = {
    { "account", false, NULL, account_command },
    { "case", true, case_check, case_command },
    { "feed", false, NULL, feed_command },
    { "report", true, report_check, report_command },
};

const struct deskwork_command *deskwork_command(struct str name)
{
    for (size_t i = 0; i < COUNT(commands_of_the_desk); i++)
        if (str_eq_z(name, commands_of_the_desk[i].name))
            return &commands_of_the_desk[i];
    return NULL;
}

static bool do_here(const struct app *app, const struct deskwork_command *command,
                    const struct words *words, struct str *out, struct err *err)
{
    CLEANUP(opened_close) struct opened opened = { .lock = -1 };
    struct deskwork desk = { .settings = app->settings, .now = app->now, .lang = app->lang };

    if (!opened_open(app, command->only_reads ? OPEN_TO_READ : OPEN_TO_WRITE, &opened, err))
        return PASS(err);
    desk.store = opened.desk;
    desk.vault = &opened.vault;
    return command->run(&desk, words, app->arena, out, err) ? true : PASS(err);
}

bool deskwork_do(const struct app *app, const char *name, int argc, char **argv, struct err *err)
{
    const struct deskwork_command *command = deskwork_command(str_from_z(name));
    struct words words = { 0 };
    struct str out = STR_NONE;
    bool was_asked;

    if (!command)
        return FAIL(err, BUG, str_from_z(name));
    for (int i = 1; i < argc; i++)
        VEC_PUSH(app->arena, &words, str_from_z(argv[i]));
    if (command->check && !command->check(&words, err))
        return PASS(err);
    if (!seal_start(err) || !remote_ask(app, name, &words, &was_asked, &out, err))
        return PASS(err);
    if (!was_asked && !do_here(app, command, &words, &out, err))
        return PASS(err);
    cli_print(out);
    return true;
}
