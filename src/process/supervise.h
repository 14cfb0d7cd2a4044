/* process/supervise.h: starts the roles, keeps them alive, ends them in order. Reads nothing of a stranger and holds no case. */
#pragma once
#include "base/settings.h"

struct err;

/**
 * `noroshi serve`: until SIGTERM or SIGINT. Needs no terminal, no network of its own and no right beyond making processes.
 *
 * err    ERR_RUN_USER, ERR_RUNNING, ERR_UNAVAILABLE (an address is taken), ERR_SANDBOX and others of a role that does not come up
 */
MUST_CHECK bool supervise(const struct settings *settings, struct str settings_path,
                          struct err *err);
