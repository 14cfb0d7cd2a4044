/* faces/cli/state.h: the state folder as a command or the supervisor finds it: whose it is, what is in it, its keys, its lock. */
#pragma once
#include "base/settings.h"
#include "seal/seal.h"

struct err;

/* Started by root: the folder becomes run_user's and so do we, for good. Else nothing. ERR_RUN_USER, ERR_IO */
MUST_CHECK bool state_become_user(const struct settings *settings, struct arena *arena,
                                  struct err *err);

/* Gives something of root's to run_user, while we are still root; else nothing. ERR_RUN_USER, ERR_IO */
MUST_CHECK bool state_give(const struct settings *settings, const char *path, struct arena *arena,
                           struct err *err);

/* Makes what is missing: keys/ desk/ public/ pgp/ backup/ run/, the master key (unless its file is set, or a database is there that was
 * sealed under another), and the intake's public key for the public process. ERR_IO, ERR_KEY_MISSING */
MUST_CHECK bool state_prepare(const struct settings *settings, struct arena *arena,
                              struct err *err);

/* One at a time: the supervisor, or a command that takes the desk's role itself. *fd holds the lock until it is closed. ERR_RUNNING, ERR_IO */
MUST_CHECK bool state_lock(const struct settings *settings, struct arena *arena, int *fd,
                           struct err *err);

const char *state_path(const struct settings *settings, struct arena *arena,
                       const char *name); /* a path in the folder */
MUST_CHECK bool state_master_key(const struct settings *settings, struct arena *arena,
                                 struct seal_key *out, struct err *err);
/* What a command shows to the desk's socket: whoever has it can read the master key. */
struct str state_command_token(const struct seal_key *master, struct arena *arena);
