#include "process/sandbox.h"

#include <errno.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>

#include "base/err.h"

enum { DESCRIPTORS_MAX = 32 };

static bool close_range_of(unsigned from, unsigned to)
{
    if (syscall(SYS_close_range, from, to, 0) == 0)
        return true;
    if (errno != ENOSYS)
        return false;
    for (unsigned fd = from; fd <= to && fd < 65536; fd++)
        close((int)fd);
    return true;
}

static bool close_others(unsigned keep)
{
    unsigned from = 3;

    for (unsigned fd = 3; fd < DESCRIPTORS_MAX; fd++) {
        if (!(keep & (1u << fd)))
            continue;
        if (fd > from && !close_range_of(from, fd - 1))
            return false;
        from = fd + 1;
    }
    return close_range_of(from, ~0u);
}

static bool limit(int resource, rlim_t to)
{
    struct rlimit now, then = { to, to };

    if (to == RLIM_INFINITY)
        return true;
    if (getrlimit((__rlimit_resource_t)resource, &now) != 0)
        return false;
    if (now.rlim_max < to)
        then = (struct rlimit){ now.rlim_max, now.rlim_max };
    return setrlimit((__rlimit_resource_t)resource, &then) == 0;
}

static bool set_limits(const struct limits *limits)
{
    return limit(RLIMIT_CORE, 0) && limit(RLIMIT_AS, limits->memory) &&
           limit(RLIMIT_NOFILE, limits->files) && limit(RLIMIT_FSIZE, limits->file_size) &&
           limit(RLIMIT_CPU, limits->seconds) && (!limits->no_processes || limit(RLIMIT_NPROC, 0));
}

bool sandbox_enter(const struct sandbox *sandbox, const char *state_folder, int landlock_abi_max,
                   struct err *err)
{
#ifdef NOROSHI_NO_SANDBOX
    (void)sandbox;
    (void)state_folder;
    (void)landlock_abi_max;
    (void)close_others;
    (void)set_limits;
    return FAIL(err, SANDBOX, STR("this build has none"));
#else
    if (!close_others(sandbox->descriptors))
        return FAIL(err, SANDBOX, STR("descriptors"));
    if (!set_limits(&sandbox->limits))
        return FAIL(err, SANDBOX, STR("limits"));
    if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)
        return FAIL(err, SANDBOX, STR("dumpable"));
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return FAIL(err, SANDBOX, STR("no_new_privs"));
    if (!landlock_enter(sandbox, state_folder, landlock_abi_max, err) ||
        !seccomp_enter(sandbox->calls, err))
        return PASS(err);
    return true;
#endif
}
