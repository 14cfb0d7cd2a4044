/* faces/cli/machine.h: the files that tell what is installed under a root folder. Only gathers them; domain/inventory reads them. Rule: USR-15 */
#pragma once
#include "domain/inventory/read.h"

enum { MACHINE_FILES_MAX = 1 << 17, MACHINE_BYTES_MAX = 192 << 20, MACHINE_DEPTH_MAX = 24 };

/**
 * Gathers os-release, the databases of dpkg and apk, the answer of `rpm -qa` (only where root is "/" and there is an rpm), and what npm
 * and pip installed, as files for inventory_read_files. Follows no symbolic link out of the tree, crosses into no other file system.
 *
 * root   a folder, "/" for this machine
 * out    what could not be read is among them, with the reason
 * err    ERR_IO when root is no folder that can be read, ERR_TOO_LARGE
 * Rule:  USR-15
 */
MUST_CHECK bool machine_gather(const char *root, struct arena *arena, struct inventory_files *out,
                               struct err *err);
