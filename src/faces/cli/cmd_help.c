#include "base/err.h"
#include "faces/cli/cmd.h"

bool cmd_help(const struct app *app, int argc, char **argv, int *status, struct err *err)
{
    const struct command *command;

    (void)status;
    if (argc > 2)
        return FAIL(err, USAGE, str_from_z(argv[2]));
    if (argc == 2) {
        command = cli_command(str_from_z(argv[1]));
        if (!command)
            return FAIL(err, USAGE, str_from_z(argv[1]));
        cli_print_usage(app, command);
        return true;
    }
    cli_print(STR("noroshi [--settings FILE] COMMAND\n\n"));
    for (size_t i = 0; i < command_count; i++)
        if (commands[i].summary)
            cli_print_usage(app, &commands[i]);
    return true;
}
