/* faces/cli/catalog/counts.h: `noroshi report catalog`: how many entries came in each quarter or year. */
#pragma once
#include "faces/cli/cli.h"

MUST_CHECK bool counts_command(const struct app *app, int argc, char **argv, struct err *err);
