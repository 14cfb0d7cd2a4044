/* faces/cli/scan/read.h: what a scan reads that strangers wrote, each in a jail of its own. */
#pragma once
#include "domain/inventory/read.h"
#include "domain/triage/vex.h"
#include "faces/cli/cli.h"

/**
 * Reads a list of components from a file ("-": standard input), or gathers what is installed below a folder.
 *
 * err   ERR_IO; ERR_WORKER when reading it was more than a jail allows; what inventory_read says
 * Rule: STD-14, USR-15, C25
 */
MUST_CHECK bool scan_read_list(const struct app *app, struct str path,
                               const struct inventory_options *options, struct arena *arena,
                               struct inventory *out, struct err *err);

/* ERR_IO, ERR_WORKER; what vex_read says. Rule: C25 */
MUST_CHECK bool scan_read_vex(const struct app *app, struct str path, struct arena *arena,
                              struct vex *out, struct err *err);
