#include "process/roles.h"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include "base/err.h"
#include "base/log.h"
#include "faces/cli/jail.h"
#include "seal/seal.h"

#define GB ((rlim_t)1 << 30)
#define MB ((rlim_t)1 << 20)

/* SQLite asks the kernel for random bytes by this name; libc asks how many processors there are. */
#define COMMON_PATHS                                           \
    { "/dev/urandom", PATH_READ }, { "/dev/null", PATH_READ }, \
    {                                                          \
        "/sys/devices/system/cpu/online", PATH_READ            \
    }

/* clang-format off */
static const struct path_rule public_paths[] = {
    COMMON_PATHS, { "public", PATH_READ }, { NULL, 0 }
};
static const struct path_rule desk_paths[] = {
    COMMON_PATHS, { "desk", PATH_READ | PATH_WRITE }, { "public", PATH_READ | PATH_WRITE }, { "backup", PATH_READ | PATH_WRITE }, { NULL, 0 }
};
/* What the name service and TLS read. */
static const struct path_rule courier_paths[] = {
    COMMON_PATHS, { "/etc/resolv.conf", PATH_READ }, { "/run/systemd/resolve", PATH_READ }, { "/run/resolvconf", PATH_READ },
    { "/etc/hosts", PATH_READ }, { "/etc/host.conf", PATH_READ }, { "/etc/nsswitch.conf", PATH_READ }, { "/etc/gai.conf", PATH_READ },
    { "/etc/services", PATH_READ }, { "/etc/ssl", PATH_READ }, { "/usr/share/ca-certificates", PATH_READ },
    { "/usr/local/share/ca-certificates", PATH_READ }, { "/usr/lib/ssl", PATH_READ }, { "/usr/lib/x86_64-linux-gnu", PATH_READ },
    { "/usr/lib/aarch64-linux-gnu", PATH_READ }, { "/etc/ld.so.cache", PATH_READ }, { "incoming", PATH_READ | PATH_WRITE }, { NULL, 0 }
};
static const struct path_rule pgp_paths[] = {
    COMMON_PATHS, { "/dev/null", PATH_WRITE }, { "/dev/random", PATH_READ }, { "pgp", PATH_READ | PATH_WRITE },
    { "/usr/bin/gpg", PATH_READ | PATH_RUN }, { "/usr/bin/gpg-agent", PATH_READ | PATH_RUN },
    { "/lib64/ld-linux-x86-64.so.2", PATH_READ | PATH_RUN }, { "/lib/ld-linux-aarch64.so.1", PATH_READ | PATH_RUN },
    { "/usr/lib/x86_64-linux-gnu", PATH_READ }, { "/usr/lib/aarch64-linux-gnu", PATH_READ }, { "/etc/ld.so.cache", PATH_READ },
    { "/usr/share/gnupg", PATH_READ }, { "/etc/gnupg", PATH_READ }, { "/usr/share/locale", PATH_READ }, { "/usr/lib/locale", PATH_READ }, { NULL, 0 }
};
/* The jailed child that reads the file has none of this. */
static const struct path_rule import_paths[] = {
    COMMON_PATHS, { "/dev/null", PATH_WRITE }, { "/proc/self/statm", PATH_READ }, { "public", PATH_READ | PATH_WRITE }, { "incoming", PATH_READ }, { NULL, 0 }
};
static const struct path_rule no_paths[] = { { NULL, 0 } };

const struct role_row role_table[PROCESSES] = {
    [PROCESS_PUBLIC] = {
        "public", role_public_main,
        { CALLS_THREADS | CALLS_READ_FILES | CALLS_ACCEPT, { 8 * GB, 8192, GB, RLIM_INFINITY, false }, public_paths,
          FD_BIT(FD_READY) | FD_BIT(FD_STOP) | FD_BIT(FD_LISTEN) | FD_BIT(FD_DESK) },
        FD_PUBLIC_LINK, 5 },
    [PROCESS_DESK] = {
        "desk", role_desk_main,
        { CALLS_THREADS | CALLS_READ_FILES | CALLS_WRITE_FILES | CALLS_CHANGE_MODES | CALLS_ACCEPT, { 16 * GB, 8192, RLIM_INFINITY, RLIM_INFINITY, false }, desk_paths,
          FD_BIT(FD_READY) | FD_BIT(FD_STOP) | FD_BIT(FD_LISTEN) | FD_BIT(FD_SUPERVISOR) | FD_BIT(FD_COMMAND) | FD_BIT(FD_PUBLIC_LINK) |
              FD_BIT(FD_COURIER_LINK) | FD_BIT(FD_PGP_LINK) },
        0, 15 },
    [PROCESS_COURIER] = {
        "courier", role_courier_main,
        { CALLS_THREADS | CALLS_READ_FILES | CALLS_WRITE_HELD | CALLS_CONNECT | CALLS_LOAD_CODE, { 8 * GB, 256, 4 * GB, RLIM_INFINITY, false }, courier_paths,
          FD_BIT(FD_READY) | FD_BIT(FD_STOP) | FD_BIT(FD_DESK) },
        FD_COURIER_LINK, 5 },
    [PROCESS_PGP] = {
        "pgp", role_pgp_main,
        { CALLS_THREADS | CALLS_READ_FILES | CALLS_WRITE_FILES | CALLS_CHANGE_MODES | CALLS_LOAD_CODE | CALLS_RUN_GPG, { 4 * GB, 256, GB, RLIM_INFINITY, false }, pgp_paths,
          FD_BIT(FD_READY) | FD_BIT(FD_STOP) | FD_BIT(FD_DESK) },
        FD_PGP_LINK, 5 },
    [PROCESS_PARSE] = {
        "parse", role_parse_main,
        { 0, { 256 * MB, 16, GB, 5, true }, no_paths, FD_BIT(FD_DESK) },
        0, 1 },
    [PROCESS_IMPORT] = {
        "import", role_import_main,
        { CALLS_READ_FILES | CALLS_WRITE_FILES | CALLS_JAIL, { 16 * GB, 64, RLIM_INFINITY, RLIM_INFINITY, false }, import_paths, FD_BIT(FD_DESK) },
        0, 5 },
};
/* clang-format on */

const struct role_row *role_by_name(struct str name)
{
    for (size_t i = 0; i < PROCESSES; i++)
        if (str_eq_z(name, role_table[i].name))
            return &role_table[i];
    return NULL;
}

bool role_confine(struct role_context *context, struct err *err)
{
    struct err why = { 0 };

    context->is_sandboxed = sandbox_enter(&context->row->sandbox, context->state_folder,
                                          context->landlock_abi_max, &why);
    if (context->is_sandboxed)
        return true;
#ifdef NOROSHI_NO_SANDBOX
    (void)err;
    log_plain("sandbox-left-out-of-this-build");
    return true;
#else
    log_error("sandbox-missing", STR_NONE, &why);
    if (!context->settings->sandbox_required)
        return true;
    *err = why;
    return PASS(err);
#endif
}

bool role_confine_worker(const struct settings *settings, const struct jail_limits *limits,
                         unsigned descriptors, struct err *err)
{
    struct role_row row = role_table[PROCESS_PARSE];
    struct role_context context = { .row = &row, .settings = settings, .state_folder = "/" };

    row.sandbox.descriptors = descriptors;
    row.sandbox.limits.memory = limits->memory;
    row.sandbox.limits.seconds = limits->seconds ? limits->seconds : RLIM_INFINITY;
    row.sandbox.limits.file_size = 0; /* it has no file to write to */
#ifdef NOROSHI_NO_SANDBOX
    (void)context, (void)err; /* one line a child would drown the command's own words */
    return true;
#else
    return role_confine(&context, err) ? true : PASS(err);
#endif
}

void role_say_ready(void)
{
    if (write(FD_READY, "R", 1) != 1)
        log_plain("not-heard");
}

static bool run(struct role_context *context, struct err *err)
{
    /* A key in the terminal ends the supervisor, and the supervisor ends us in its order. */
    signal(SIGINT, SIG_IGN);
    signal(SIGTERM, SIG_IGN);
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN);
    if (geteuid() == 0 || getuid() == 0)
        return FAIL(err, RUN_USER, STR("root"));
    if (!seal_start(err))
        return PASS(err);
    return context->row->main(context, err) ? true : PASS(err);
}

int role_run(struct str name, const struct settings *settings)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(64 * MB);
    struct role_context context = { .row = role_by_name(name),
                                    .settings = settings,
                                    .arena = arena };
    struct err err = { 0 };

    if (!context.row)
        return err_exit_status(ERR_USAGE);
    context.state_folder = arena_z(arena, settings->state_dir);
    log_role(context.row->name);
    prctl(PR_SET_NAME, arena_z(arena, arena_printf(arena, "noroshi-%s", context.row->name)), 0, 0,
          0);
    if (run(&context, &err))
        return 0;
    log_error("role-ends", STR_NONE, &err);
    return err_exit_status(err.code);
}
