#include "faces/cli/cmd.h"

/* In the order `noroshi help` shows them. */
const struct command commands[] = {
    { "serve", cmd_serve, "serve", N_("Starts everything: the public pages, the desk, and what they need.") },
    { "settings", cmd_settings, "settings [--example]", N_("Prints the settings in effect, or an example file.") },
    { "version", cmd_version, "version", N_("Prints the version.") },
    { "help", cmd_help, "help [COMMAND]", N_("Prints what the commands do.") },
};
const size_t command_count = COUNT(commands);
