/* faces/cli/cmd.h: what stands in the cmd_*.c files, for the table in commands.c alone. */
#pragma once
#include "faces/cli/cli.h"

bool cmd_help(const struct app *app, int argc, char **argv, int *status, struct err *err);
bool cmd_serve(const struct app *app, int argc, char **argv, int *status, struct err *err);
bool cmd_settings(const struct app *app, int argc, char **argv, int *status, struct err *err);
bool cmd_version(const struct app *app, int argc, char **argv, int *status, struct err *err);
