/* process/sandbox.h: what a role may still do once it has what it needs (security.md 4.2). Fails closed. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <sys/resource.h>

#include "base/attr.h"

struct err;

/* Groups of system calls beyond memory, time, poll, read, write, close and exit. */
enum calls {
    CALLS_THREADS = 1 << 0,     /* threads, never processes */
    CALLS_READ_FILES = 1 << 1,  /* those Landlock grants */
    CALLS_WRITE_FILES = 1 << 2, /* the same */
    CALLS_ACCEPT = 1 << 3,      /* on listeners it was handed */
    CALLS_CONNECT = 1 << 4,     /* internet sockets: the courier alone */
    CALLS_LOAD_CODE =
        1 << 5, /* map files for execution, never writable ones: name service modules, exec */
    CALLS_RUN_GPG = 1 << 6,      /* processes, exec and unix sockets, for gpg and its agent */
    CALLS_WRITE_HELD = 1 << 7,   /* change the length of files they may open, and remove them */
    CALLS_CHANGE_MODES = 1 << 8, /* of any file of this user: Landlock does not look at it */
    CALLS_JAIL =
        1
        << 9 /* processes of our own that take more from themselves (faces/cli/jail.h); never exec */
};

/* Rights below a path. A path without '/' at its start is below the state folder. What is not there is passed over. */
enum path_rights { PATH_READ = 1 << 0, PATH_WRITE = 1 << 1, PATH_RUN = 1 << 2 };
struct path_rule {
    const char *path;
    unsigned rights;
};

struct limits {
    rlim_t memory, files, file_size, seconds; /* RLIM_INFINITY: as it is */
    bool no_processes;                        /* RLIMIT_NPROC 0: neither processes nor threads */
};

struct sandbox {
    unsigned calls; /* enum calls, or-ed */
    struct limits limits;
    const struct path_rule *paths; /* ends with path NULL */
    unsigned descriptors;          /* bit n: descriptor n stays open, beside 0, 1, 2 */
};

enum { LANDLOCK_ABI_ANY = 0 };

/**
 * Closes other descriptors; then limits, not dumpable, no_new_privs, Landlock, and seccomp last.
 *
 * state_folder      absolute
 * landlock_abi_max  for tests: take no more of Landlock than this version has; LANDLOCK_ABI_ANY: all there is
 * err               ERR_SANDBOX with the step that failed; what was done before stays done
 * Rule:             C25, C57
 */
MUST_CHECK bool sandbox_enter(const struct sandbox *sandbox, const char *state_folder,
                              int landlock_abi_max, struct err *err);

/* The two last steps, each in a file of its own. */
MUST_CHECK bool landlock_enter(const struct sandbox *sandbox, const char *state_folder, int abi_max,
                               struct err *err);
MUST_CHECK bool seccomp_enter(unsigned calls, struct err *err);
/* What the kernel has; 0: none. */
int landlock_abi(void);
