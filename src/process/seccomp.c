/* The system calls of each group. What is not listed answers EPERM; what only an attacker asks for ends the process. */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>

#include <seccomp.h>

#include "base/err.h"
#include "process/sandbox.h"

/* clang-format off */
static const char *const always[] = {
    "read", "write", "readv", "writev", "close", "poll", "ppoll", "select", "pselect6", "epoll_create1", "epoll_ctl", "epoll_wait",
    "epoll_pwait", "eventfd2", "pipe2", "futex", "clock_gettime", "clock_getres", "clock_nanosleep", "nanosleep", "gettimeofday", "time", "times",
    "getpid", "gettid", "getppid", "getuid", "geteuid", "getgid", "getegid", "munmap", "mremap", "madvise", "brk",
    "rt_sigaction", "rt_sigprocmask", "rt_sigreturn", "sigaltstack", "exit", "exit_group", "restart_syscall", "getrandom",
    "fstat", "lseek", "sched_yield", "sched_getaffinity", "getrusage", "rseq", "set_robust_list", "membarrier", "sysinfo", "uname",
    "getrlimit", "close_range", "getsockopt", "setsockopt", "getsockname", "getpeername", "shutdown", "recvfrom", "sendto", NULL
};
static const char *const read_files[] = {
    "open", "openat", "stat", "lstat", "newfstatat", "statx", "access", "faccessat", "faccessat2", "readlink", "readlinkat", "getcwd",
    "getdents64", "pread64", "preadv", "statfs", "fstatfs", "fadvise64", "readahead", "sendfile", "flock", NULL
};
static const char *const write_files[] = {
    "pwrite64", "pwritev", "ftruncate", "truncate", "fsync", "fdatasync", "msync", "fallocate", "unlink", "unlinkat", "rename", "renameat", "renameat2",
    "mkdir", "mkdirat", "rmdir", "umask", "copy_file_range", "link", "linkat", NULL
};
static const char *const write_held[] = { "ftruncate", "fsync", "fdatasync", "unlinkat", NULL };
static const char *const change_modes[] = { "fchmod", "chmod", "fchmodat", "utimensat", NULL };
static const char *const accepting[] = { "accept4", "accept", "sendmsg", "recvmsg", NULL };
static const char *const connecting[] = { "connect", "sendmsg", "recvmsg", "sendmmsg", "recvmmsg", NULL };
static const char *const running_gpg[] = {
    "execve", "vfork", "fork", "wait4", "waitid", "dup", "dup2", "dup3", "pipe", "connect", "bind", "listen", "accept", "accept4", "recvmsg", "sendmsg",
    "arch_prctl", "set_tid_address", "setsid", "getpgrp", "setpgid", "getpgid", "getsid", "chdir", "mlock", "mlock2", "munlock", "getresuid", "getresgid",
    "getgroups", "inotify_init", "inotify_init1", "inotify_add_watch", "inotify_rm_watch", "alarm", "setitimer", "rt_sigsuspend", "rt_sigtimedwait", "utime",
    "symlink", NULL
};
static const char *const jailing[] = {
    "wait4", "waitid", "kill", "dup2", "dup3", "seccomp", "landlock_create_ruleset", "landlock_add_rule", "landlock_restrict_self",
    "set_tid_address", NULL
};
/* Nobody here has an honest use for these: the process ends, which the supervisor logs. */
static const char *const hostile[] = {
    "ptrace", "process_vm_readv", "process_vm_writev", "process_madvise", "io_uring_setup", "io_uring_enter", "io_uring_register", "bpf", "userfaultfd",
    "perf_event_open", "mount", "umount2", "pivot_root", "chroot", "unshare", "setns", "move_mount", "open_tree", "fsopen", "fsmount", "fsconfig",
    "fspick", "mount_setattr", "init_module", "finit_module", "delete_module", "kexec_load", "kexec_file_load", "reboot", "swapon", "swapoff", "keyctl", "add_key",
    "request_key", "personality", "open_by_handle_at", "name_to_handle_at", "fanotify_init", "fanotify_mark", "settimeofday", "clock_settime",
    "adjtimex", "clock_adjtime", "acct", "quotactl", "iopl", "ioperm", "modify_ldt", "memfd_create", "memfd_secret", "pidfd_getfd", "kcmp",
    "sethostname", "setdomainname", "syslog", "vhangup", "mknod", "mknodat", "execveat", NULL
};
static const char *const processes[] = { "execve", "fork", "vfork", NULL };
/* clang-format on */

static bool add_all(scmp_filter_ctx filter, uint32_t action, const char *const *names,
                    struct err *err)
{
    for (; *names; names++) {
        int number = seccomp_syscall_resolve_name(*names);

        /* A name that this library or machine does not know cannot be called by it either. */
        if (number == __NR_SCMP_ERROR)
            continue;
        if (seccomp_rule_add(filter, action, number, 0) != 0)
            return FAIL(err, SANDBOX, str_from_z(*names));
    }
    return true;
}

static struct scmp_arg_cmp is(unsigned argument, uint64_t value)
{
    return (struct scmp_arg_cmp){ .arg = argument, .op = SCMP_CMP_EQ, .datum_a = value };
}

static struct scmp_arg_cmp masked(unsigned argument, uint64_t mask, uint64_t value)
{
    return (struct scmp_arg_cmp){
        .arg = argument, .op = SCMP_CMP_MASKED_EQ, .datum_a = mask, .datum_b = value
    };
}

/* One call with one argument that must have (or, with masks, must not have) some value. */
static bool add_if(scmp_filter_ctx filter, int number, struct scmp_arg_cmp a, struct err *err)
{
    return seccomp_rule_add(filter, SCMP_ACT_ALLOW, number, 1, a) == 0
               ? true
               : FAIL(err, SANDBOX, STR("a rule of seccomp"));
}

static bool add_each(scmp_filter_ctx filter, int number, unsigned argument, const uint64_t *values,
                     size_t count, struct err *err)
{
    for (size_t i = 0; i < count; i++)
        if (!add_if(filter, number, is(argument, values[i]), err))
            return PASS(err);
    return true;
}

/* Memory is never writable and executable; without CALLS_LOAD_CODE nothing new is executable at all. */
static bool add_memory(scmp_filter_ctx filter, unsigned calls, struct err *err)
{
    const int mapping[] = { SCMP_SYS(mmap), SCMP_SYS(mprotect) };

    for (size_t i = 0; i < COUNT(mapping); i++) {
        if (!add_if(filter, mapping[i], masked(2, PROT_EXEC, 0), err))
            return PASS(err);
        if (calls & CALLS_LOAD_CODE && !add_if(filter, mapping[i], masked(2, PROT_WRITE, 0), err))
            return PASS(err);
    }
    return true;
}

#define NEW_SPACES                                                                                \
    (CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWUSER | CLONE_NEWPID | \
     CLONE_NEWNET)

static bool add_tasks(scmp_filter_ctx filter, unsigned calls, struct err *err)
{
    /* clone3 hides its flags from us: libc then takes clone. */
    if (seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0) != 0)
        return FAIL(err, SANDBOX, STR("clone3"));
    if (calls & (CALLS_RUN_GPG | CALLS_JAIL))
        return add_if(filter, SCMP_SYS(clone), masked(0, NEW_SPACES, 0), err) ? true : PASS(err);
    if (calls & CALLS_THREADS)
        return add_if(filter, SCMP_SYS(clone), masked(0, CLONE_THREAD | NEW_SPACES, CLONE_THREAD),
                      err)
                   ? true
                   : PASS(err);
    return true;
}

static bool add_sockets(scmp_filter_ctx filter, unsigned calls, struct err *err)
{
    static const uint64_t internet[] = { AF_INET, AF_INET6 }, local[] = { AF_UNIX };

    if (calls & CALLS_CONNECT &&
        !add_each(filter, SCMP_SYS(socket), 0, internet, COUNT(internet), err))
        return PASS(err);
    if (calls & CALLS_RUN_GPG &&
        (!add_each(filter, SCMP_SYS(socket), 0, local, COUNT(local), err) ||
         !add_each(filter, SCMP_SYS(socketpair), 0, local, COUNT(local), err)))
        return PASS(err);
    return true;
}

static bool add_small_ones(scmp_filter_ctx filter, unsigned calls, struct err *err)
{
    static const uint64_t fcntls[] = { F_GETFD,     F_SETFD,      F_GETFL,  F_SETFL,
                                       F_GETLK,     F_SETLK,      F_SETLKW, F_OFD_GETLK,
                                       F_OFD_SETLK, F_OFD_SETLKW, F_DUPFD,  F_DUPFD_CLOEXEC };
    static const uint64_t ioctls[] = { FIONREAD, FIONBIO };
    static const uint64_t prctls[] = { PR_SET_NAME, PR_GET_NAME,
                                       0x53564d41 /* PR_SET_VMA: names of memory, from libc */ };

    if (!add_each(filter, SCMP_SYS(fcntl), 1, fcntls, COUNT(fcntls), err) ||
        !add_each(filter, SCMP_SYS(ioctl), 1, ioctls, COUNT(ioctls), err) ||
        !add_each(filter, SCMP_SYS(prctl), 0, prctls, COUNT(prctls), err))
        return PASS(err);
    /* Limits may be read, not set; signals go to oneself. */
    if (!add_if(filter, SCMP_SYS(prlimit64), is(2, 0), err) ||
        !add_if(filter, SCMP_SYS(tgkill), is(0, (scmp_datum_t)getpid()), err))
        return PASS(err);
    /* libc's fstat() is a newfstatat() of an empty name. */
    if (!(calls & CALLS_READ_FILES) &&
        !add_if(filter, SCMP_SYS(newfstatat), masked(3, AT_EMPTY_PATH, AT_EMPTY_PATH), err))
        return PASS(err);
    /* gpg sets the limit of core files to nothing, where it is already, and ends when it may not. */
    if (calls & CALLS_RUN_GPG && !add_if(filter, SCMP_SYS(prlimit64), is(1, RLIMIT_CORE), err))
        return PASS(err);
    /* A jailed child gives up more of the same, and ends with its parent. */
    if (calls & CALLS_JAIL) {
        static const uint64_t own[] = { PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, PR_GET_SECCOMP };

        if (!add_each(filter, SCMP_SYS(prctl), 0, own, COUNT(own), err) ||
            !add_if(filter, SCMP_SYS(prlimit64), is(0, 0), err))
            return PASS(err);
        if (seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(prctl), 2, is(0, PR_SET_PDEATHSIG),
                             is(1, SIGKILL)) != 0)
            return FAIL(err, SANDBOX, STR("prctl"));
    }
    /* gpg's agent and a jailed child make themselves undumpable, which is always welcome. */
    if (calls & (CALLS_RUN_GPG | CALLS_JAIL) &&
        seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(prctl), 2, is(0, PR_SET_DUMPABLE),
                         is(1, 0)) != 0)
        return FAIL(err, SANDBOX, STR("prctl"));
    /* gpg asks whether the owner of a lock still lives. */
    if (calls & CALLS_RUN_GPG && !add_if(filter, SCMP_SYS(kill), is(1, 0), err))
        return PASS(err);
    return true;
}

static bool add_groups(scmp_filter_ctx filter, unsigned calls, struct err *err)
{
    static const struct {
        unsigned group;
        const char *const *names;
    } groups[] = {
        { CALLS_READ_FILES, read_files }, { CALLS_WRITE_FILES, write_files },
        { CALLS_WRITE_HELD, write_held }, { CALLS_CHANGE_MODES, change_modes },
        { CALLS_ACCEPT, accepting },      { CALLS_CONNECT, connecting },
        { CALLS_RUN_GPG, running_gpg },   { CALLS_JAIL, jailing },
    };

    if (!add_all(filter, SCMP_ACT_ALLOW, always, err))
        return PASS(err);
    for (size_t i = 0; i < COUNT(groups); i++)
        if (calls & groups[i].group && !add_all(filter, SCMP_ACT_ALLOW, groups[i].names, err))
            return PASS(err);
    if (!add_all(filter, SCMP_ACT_KILL_PROCESS, hostile, err))
        return PASS(err);
    if (!(calls & CALLS_RUN_GPG) && !add_all(filter, SCMP_ACT_KILL_PROCESS, processes, err))
        return PASS(err);
    return add_memory(filter, calls, err) && add_tasks(filter, calls, err) &&
                   add_sockets(filter, calls, err) && add_small_ones(filter, calls, err)
               ? true
               : PASS(err);
}

bool seccomp_enter(unsigned calls, struct err *err)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
    bool entered;

    if (!filter)
        return FAIL(err, SANDBOX, STR("seccomp"));
    entered = seccomp_attr_set(filter, SCMP_FLTATR_CTL_OPTIMIZE, 2) == 0 &&
              add_groups(filter, calls, err);
    if (entered && seccomp_load(filter) != 0)
        entered = FAIL(err, SANDBOX, STR("seccomp"));
    seccomp_release(filter);
    if (!entered && err->code == ERR_NONE)
        (void)FAIL(err, SANDBOX, STR("seccomp"));
    return entered ? true : PASS(err);
}
