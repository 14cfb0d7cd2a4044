/* faces/cli/machine.h: the files that tell what is installed under a root folder. Only gathers them; domain/inventory reads them. Rule: USR-15 */
#pragma once
#include "domain/inventory/read.h"

enum { MACHINE_FILES_MAX = 1 << 17, MACHINE_BYTES_MAX = 192 << 20, MACHINE_DEPTH_MAX = 64 };

/**
 * Gathers os-release, the databases of dpkg and apk, the answer of `rpm -qa` (only where root is "/" and there is an rpm), and what npm
 * and pip installed, as files for inventory_read_files. What a distribution's packages brought along themselves (Debian's dist-packages)
 * is not gathered twice. Names stay inside root even where symbolic links do not; folders are walked on one file system alone, without
 * images of containers. A folder without such a database is a project: there lock files and bills of materials are gathered as well.
 *
 * root   a folder, "/" for this machine
 * out    what is there and could not be read is among them, with the reason
 * err    ERR_IO when root is no folder that can be read
 * Rule:  USR-15
 */
MUST_CHECK bool machine_gather(const char *root, struct arena *arena, struct inventory_files *out,
                               struct err *err);
