/* process/roles.h: the processes of design.md section 2: what each is handed and what it may do, as a table. */
#pragma once
#include "base/settings.h"
#include "process/sandbox.h"

struct err;
struct jail_limits;

enum role_id {
    PROCESS_PUBLIC,
    PROCESS_DESK,
    PROCESS_COURIER,
    PROCESS_PGP,
    PROCESS_PARSE,
    PROCESS_IMPORT,
    PROCESSES
};

/* A descriptor has the same number in every role that has it; FD_BIT of it stands in the row. */
enum role_fd {
    FD_READY = 3,   /* one byte: this role works now */
    FD_STOP,        /* can be read when it is time to end */
    FD_LISTEN,      /* the role's web listener */
    FD_DESK,        /* socket to the desk */
    FD_SUPERVISOR,  /* socket to the supervisor, the desk's alone */
    FD_COMMAND,     /* listening socket for commands on this machine */
    FD_PUBLIC_LINK, /* listening sockets to which the supervisor connects the others */
    FD_COURIER_LINK,
    FD_PGP_LINK,
    FD_END
};
#define FD_BIT(fd) (1u << (fd))

struct role_context {
    const struct role_row *row;
    const struct settings *settings;
    struct arena *arena; /* the process's */
    const char *state_folder;
    int landlock_abi_max;
    bool is_sandboxed;
};

struct role_row {
    const char *name;
    bool (*main)(struct role_context *context,
                 struct err *err); /* opens, confines itself, serves until it is to end */
    struct sandbox sandbox;
    int link;         /* the desk's end of its socket to the desk; 0: none */
    int stop_seconds; /* how long it may take to end */
};

/* In the order they stop; the last, from parse on, are started for one piece of work each. */
extern const struct role_row role_table[PROCESSES];

/* NULL when there is no such role. */
const struct role_row *role_by_name(struct str name);

/* The sandbox of the row, now. Without one the role ends, unless sandbox_required is false; then is_sandboxed stays false. ERR_SANDBOX
 * Rule: C57 */
MUST_CHECK bool role_confine(struct role_context *context, struct err *err);
/* The sandbox of parse with a command's own limits (faces/cli/jail.h), for a child that it made by fork. ERR_SANDBOX
 * Rule: C25, C57 */
MUST_CHECK bool role_confine_worker(const struct settings *settings,
                                    const struct jail_limits *limits, unsigned descriptors,
                                    struct err *err);
void role_say_ready(void);

/* What `noroshi --role NAME` does; gives the exit status. */
int role_run(struct str name, const struct settings *settings);

bool role_public_main(struct role_context *context, struct err *err);
bool role_desk_main(struct role_context *context, struct err *err);
bool role_courier_main(struct role_context *context, struct err *err);
bool role_pgp_main(struct role_context *context, struct err *err);
bool role_parse_main(struct role_context *context, struct err *err);
bool role_import_main(struct role_context *context, struct err *err);
