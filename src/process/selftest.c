#include "process/selftest.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/wait.h>

#include "base/err.h"
#include "base/fs.h"
#include "process/roles.h"

enum {
    HELD_SOCKET = FD_DESK,
    HELD_SOCKET_DESK = FD_SUPERVISOR,
    NOT_TRIED = 120,
    WAS_REFUSED = 0,
    WAS_ALLOWED = 1
};

/* What an act knows of the world it tries to reach. */
struct scene {
    const char *state_folder;
    int socket;      /* a socket the role has */
    pid_t bystander; /* another process of the same user */
};

typedef bool act(const struct scene *scene); /* true: it could be done */

static const char *in_state(const struct scene *scene, const char *name)
{
    static char path[1024];

    snprintf(path, sizeof path, "%s/%s", scene->state_folder, name);
    return path;
}

/* ---- files ---- */

static bool can_open(const char *path, int flags)
{
    int fd = open(path, flags | O_CLOEXEC, 0600);

    if (fd >= 0)
        close(fd);
    return fd >= 0;
}

#define OPENS(name, path, flags)                \
    static bool name(const struct scene *scene) \
    {                                           \
        (void)scene;                            \
        return can_open(path, flags);           \
    }
OPENS(read_passwd, "/etc/passwd", O_RDONLY)
OPENS(read_shadow, "/etc/shadow", O_RDONLY)
OPENS(read_own_program, "/proc/self/exe", O_RDONLY)
OPENS(read_own_memory, "/proc/self/mem", O_RDWR)
OPENS(read_own_environment, "/proc/self/environ", O_RDONLY)
OPENS(list_processes, "/proc", O_RDONLY | O_DIRECTORY)
OPENS(list_root, "/", O_RDONLY | O_DIRECTORY)
OPENS(write_tmp, "/tmp/noroshi-was-here", O_RDWR | O_CREAT)
OPENS(write_shared_memory, "/dev/shm/noroshi-was-here", O_RDWR | O_CREAT)
OPENS(open_terminal, "/dev/tty", O_RDWR)
OPENS(read_kernel_log, "/dev/kmsg", O_RDONLY)
OPENS(read_mail_spool, "/var/mail", O_RDONLY | O_DIRECTORY)
OPENS(open_unnamed_file, "/tmp", O_RDWR | O_TMPFILE)
OPENS(read_master_key, in_state(scene, "keys/master"), O_RDONLY)
OPENS(read_desk_database, in_state(scene, "desk/desk.db"), O_RDONLY)
OPENS(write_desk_database, in_state(scene, "desk/desk.db"), O_RDWR)
OPENS(read_public_world, in_state(scene, "public/advisories.db"), O_RDONLY)
OPENS(write_public_world, in_state(scene, "public/advisories.db"), O_RDWR)
OPENS(create_in_public_world, in_state(scene, "public/new"), O_RDWR | O_CREAT)
OPENS(read_pgp_ring, in_state(scene, "pgp/gpg.conf"), O_RDONLY)
OPENS(list_state, in_state(scene, "."), O_RDONLY | O_DIRECTORY)
OPENS(create_in_state, in_state(scene, "new"), O_RDWR | O_CREAT)

static bool read_other_memory(const struct scene *scene)
{
    char path[64];

    snprintf(path, sizeof path, "/proc/%d/mem", (int)scene->bystander);
    return can_open(path, O_RDONLY);
}

static bool make_folder(const struct scene *scene)
{
    return mkdir(in_state(scene, "folder"), 0700) == 0;
}

static bool make_symlink(const struct scene *scene)
{
    return symlink("/etc/passwd", in_state(scene, "public/link")) == 0;
}

static bool make_device(const struct scene *scene)
{
    return mknod(in_state(scene, "public/pipe"), S_IFIFO | 0600, 0) == 0;
}

static bool remove_key(const struct scene *scene)
{
    const char *path = in_state(scene, "keys/master");

    return unlink(path) == 0 || unlinkat(AT_FDCWD, path, 0) == 0;
}

static bool change_mode_of_key(const struct scene *scene)
{
    /* No Landlock right covers it; below a sandbox the file's owner could, so seccomp has to say no where files are not written. */
    return chmod(in_state(scene, "keys/master"), 0644) == 0;
}

static bool rename_key_out(const struct scene *scene)
{
    return rename(in_state(scene, "keys/master"), "/tmp/noroshi-key") == 0;
}

/* ---- processes and code ---- */

static bool run_shell(const struct scene *scene)
{
    (void)scene;
    execl("/bin/sh", "sh", "-c", "exit 1", (char *)NULL);
    return false;
}

static bool run_ourselves(const struct scene *scene)
{
    (void)scene;
    execl("/proc/self/exe", "noroshi", "version", (char *)NULL);
    return false;
}

static bool run_by_descriptor(const struct scene *scene)
{
    const char *const argv[] = { "x", NULL };

    (void)scene;
    syscall(SYS_execveat, 0, "", argv, argv + 1, AT_EMPTY_PATH);
    return errno != ENOSYS && errno != EPERM && errno != EACCES;
}

static bool make_process(const struct scene *scene)
{
    pid_t pid = (pid_t)syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0);

    (void)scene;
    if (pid == 0)
        _exit(0);
    return pid > 0;
}

static bool make_process_clone3(const struct scene *scene)
{
    uint64_t args[8] = { 0 };
    pid_t pid;

    (void)scene;
    args[4] = SIGCHLD;
    pid = (pid_t)syscall(SYS_clone3, args, sizeof args);
    if (pid == 0)
        _exit(0);
    return pid > 0;
}

static bool kill_bystander(const struct scene *scene)
{
    return kill(scene->bystander, SIGTERM) == 0;
}

static bool signal_thread_of_bystander(const struct scene *scene)
{
    return syscall(SYS_tgkill, scene->bystander, scene->bystander, SIGTERM) == 0;
}

static bool trace_bystander(const struct scene *scene)
{
    return ptrace(PTRACE_ATTACH, scene->bystander, NULL, NULL) == 0;
}

static bool read_bystander(const struct scene *scene)
{
    char byte;
    struct iovec here = { &byte, 1 }, there = { (void *)(uintptr_t)scene, 1 };

    return process_vm_readv(scene->bystander, &here, 1, &there, 1, 0) == 1;
}

static bool write_bystander(const struct scene *scene)
{
    char byte = 0;
    struct iovec here = { &byte, 1 }, there = { (void *)(uintptr_t)scene, 1 };

    return process_vm_writev(scene->bystander, &here, 1, &there, 1, 0) == 1;
}

static bool open_bystander(const struct scene *scene)
{
    return syscall(SYS_pidfd_open, scene->bystander, 0) >= 0;
}

static bool take_descriptor_of_bystander(const struct scene *scene)
{
    return syscall(SYS_pidfd_getfd, scene->socket, 0, 0) >= 0;
}

static bool map_writable_code(const struct scene *scene)
{
    (void)scene;
    return mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1,
                0) != MAP_FAILED;
}

static bool make_data_executable_and_writable(const struct scene *scene)
{
    void *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    (void)scene;
    return page != MAP_FAILED && mprotect(page, 4096, PROT_READ | PROT_WRITE | PROT_EXEC) == 0;
}

static bool make_data_executable(const struct scene *scene)
{
    void *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    (void)scene;
    return page != MAP_FAILED && mprotect(page, 4096, PROT_READ | PROT_EXEC) == 0;
}

#define CALLS(name, number, ...)                  \
    static bool name(const struct scene *scene)   \
    {                                             \
        (void)scene;                              \
        return syscall(number, __VA_ARGS__) >= 0; \
    }
CALLS(make_memory_file, SYS_memfd_create, "x", 0)
CALLS(use_bpf, SYS_bpf, 0, NULL, 0)
CALLS(use_io_uring, SYS_io_uring_setup, 4, (char[256]){ 0 })
CALLS(use_userfaultfd, SYS_userfaultfd, 0x801)
CALLS(use_perf_events, SYS_perf_event_open, (char[128]){ 0 }, 0, -1, -1, 0)
CALLS(use_key_ring, SYS_keyctl, 0, -3, 0, 0, 0)
CALLS(add_key, SYS_add_key, "user", "x", "y", 1, -3)
CALLS(leave_namespaces, SYS_unshare, CLONE_NEWUSER)
CALLS(enter_namespace, SYS_setns, 0, CLONE_NEWNET)
CALLS(mount_something, SYS_mount, "none", "/tmp", "tmpfs", 0, NULL)
CALLS(unmount_something, SYS_umount2, "/tmp", MNT_DETACH)
CALLS(change_root, SYS_chroot, "/")
CALLS(set_clock, SYS_clock_settime, 0, (&(struct timespec){ 0, 0 }))
CALLS(change_personality, SYS_personality, (unsigned long)READ_IMPLIES_EXEC)
CALLS(open_by_handle, SYS_open_by_handle_at, -1, NULL, 0)
CALLS(name_to_handle, SYS_name_to_handle_at, AT_FDCWD, "/", (unsigned[64]){ 128 }, (int[1]){ 0 }, 0)
CALLS(load_module, SYS_finit_module, 0, "", 0)
CALLS(load_kernel, SYS_kexec_file_load, 0, 0, 0, "", 0)
CALLS(restart_machine, SYS_reboot, 0, 0, 0, NULL)
CALLS(read_kernel_ring, SYS_syslog, 10, NULL, 0)
CALLS(set_host_name, SYS_sethostname, "x", 1)
CALLS(become_root, SYS_setuid, 0)
CALLS(become_other_group, SYS_setgid, 0)
CALLS(set_groups, SYS_setgroups, 0, NULL)
CALLS(watch_files, SYS_fanotify_init, 0, 0)
CALLS(compare_processes, SYS_kcmp, getpid(), getpid(), 0, 0, 0)
CALLS(share_memory_sysv, SYS_shmget, 0, 4096, 01600)
CALLS(queue_messages_sysv, SYS_msgget, 0, 01600)
CALLS(make_timer_signal, SYS_timer_create, 0, NULL, (int[1]){ 0 })
CALLS(move_pages, SYS_move_pages, 0, 0, NULL, NULL, NULL, 0)
CALLS(set_priority, SYS_setpriority, 0, 0, 5)
CALLS(pin_to_processor, SYS_sched_setaffinity, 0, 8, (&(uint64_t){ ~UINT64_C(0) }))

static bool raise_limits(const struct scene *scene)
{
    struct rlimit few = { 16, 16 };

    (void)scene;
    return setrlimit(RLIMIT_NOFILE, &few) == 0;
}

static bool limit_bystander(const struct scene *scene)
{
    struct rlimit small = { 1, 1 };

    return prlimit(scene->bystander, RLIMIT_CPU, &small, NULL) == 0;
}

static bool become_dumpable(const struct scene *scene)
{
    (void)scene;
    return prctl(PR_SET_DUMPABLE, 1, 0, 0, 0) == 0;
}

static bool outlive_supervisor(const struct scene *scene)
{
    (void)scene;
    return prctl(PR_SET_PDEATHSIG, 0, 0, 0, 0) == 0;
}

static bool filter_again(const struct scene *scene)
{
    (void)scene;
    return prctl(PR_SET_SECCOMP, 1, 0, 0, 0) == 0;
}

/* ---- sockets ---- */

static bool can_make_socket(int family, int type, int protocol)
{
    int fd = socket(family, type, protocol);

    return fd >= 0;
}

#define SOCKET(name, family, type, protocol)            \
    static bool name(const struct scene *scene)         \
    {                                                   \
        (void)scene;                                    \
        return can_make_socket(family, type, protocol); \
    }
SOCKET(socket_v4, AF_INET, SOCK_STREAM, 0)
SOCKET(socket_v6, AF_INET6, SOCK_STREAM, 0)
SOCKET(socket_udp, AF_INET, SOCK_DGRAM, 0)
SOCKET(socket_raw, AF_INET, SOCK_RAW, IPPROTO_ICMP)
SOCKET(socket_unix, AF_UNIX, SOCK_STREAM, 0)
SOCKET(socket_packet, AF_PACKET, SOCK_RAW, 0)
SOCKET(socket_netlink, AF_NETLINK, SOCK_RAW, 0)
SOCKET(socket_crypto, AF_ALG, SOCK_SEQPACKET, 0)
SOCKET(socket_vsock, AF_VSOCK, SOCK_STREAM, 0)
SOCKET(socket_bluetooth, AF_BLUETOOTH, SOCK_RAW, 0)

static bool connect_held_socket(const struct scene *scene)
{
    struct sockaddr_in at = { .sin_family = AF_INET,
                              .sin_port = htons(25),
                              .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };

    return connect(scene->socket, (struct sockaddr *)&at, sizeof at) == 0 ||
           (errno != EPERM && errno != ENOSYS && errno != EACCES);
}

static bool bind_held_socket(const struct scene *scene)
{
    struct sockaddr_in at = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };

    return bind(scene->socket, (struct sockaddr *)&at, sizeof at) == 0 ||
           (errno != EPERM && errno != ENOSYS && errno != EACCES);
}

static bool listen_on_held_socket(const struct scene *scene)
{
    return listen(scene->socket, 1) == 0 || (errno != EPERM && errno != ENOSYS);
}

static bool make_socket_pair(const struct scene *scene)
{
    int pair[2];

    (void)scene;
    return socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0;
}

static bool pass_descriptor(const struct scene *scene)
{
    union {
        struct cmsghdr head;
        char room[CMSG_SPACE(sizeof(int))];
    } control = { .head = { .cmsg_len = CMSG_LEN(sizeof(int)),
                            .cmsg_level = SOL_SOCKET,
                            .cmsg_type = SCM_RIGHTS } };
    char byte = 0;
    struct iovec piece = { &byte, 1 };
    struct msghdr msg = { .msg_iov = &piece,
                          .msg_iovlen = 1,
                          .msg_control = control.room,
                          .msg_controllen = sizeof control.room };

    return sendmsg(scene->socket, &msg, MSG_NOSIGNAL) == 1;
}

static bool reach_command_socket(const struct scene *scene)
{
    struct sockaddr_un at = { .sun_family = AF_UNIX };
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);

    snprintf(at.sun_path, sizeof at.sun_path, "%s/desk.sock", scene->state_folder);
    return fd >= 0 && connect(fd, (struct sockaddr *)&at, sizeof at) == 0;
}

/* ---- the table ---- */

#define OF(id) (1u << (id))
enum {
    NOBODY = 0,
    DESK = OF(PROCESS_DESK),
    PUBLIC = OF(PROCESS_PUBLIC),
    COURIER = OF(PROCESS_COURIER),
    PGP = OF(PROCESS_PGP),
    IMPORT = OF(PROCESS_IMPORT)
};

/* clang-format off */
static const struct {
    const char *name;
    act *run;
    unsigned granted; /* roles whose work it is */
} acts[] = {
    { "read-passwd", read_passwd, NOBODY }, { "read-shadow", read_shadow, NOBODY }, { "read-own-program", read_own_program, NOBODY },
    { "open-own-memory", read_own_memory, NOBODY }, { "read-own-environment", read_own_environment, NOBODY },
    { "read-other-memory", read_other_memory, NOBODY }, { "list-processes", list_processes, NOBODY }, { "list-root", list_root, NOBODY },
    { "write-tmp", write_tmp, NOBODY }, { "write-shared-memory", write_shared_memory, NOBODY }, { "open-unnamed-file", open_unnamed_file, NOBODY },
    { "open-terminal", open_terminal, NOBODY }, { "read-kernel-log", read_kernel_log, NOBODY }, { "read-mail-spool", read_mail_spool, NOBODY },
    { "read-master-key", read_master_key, NOBODY }, { "remove-master-key", remove_key, NOBODY }, { "move-master-key", rename_key_out, NOBODY },
    { "change-mode-of-master-key", change_mode_of_key, DESK | PGP },
    { "read-desk-database", read_desk_database, DESK }, { "write-desk-database", write_desk_database, DESK },
    { "read-public-world", read_public_world, DESK | PUBLIC | IMPORT }, { "write-public-world", write_public_world, DESK | IMPORT },
    { "create-in-public-world", create_in_public_world, DESK | IMPORT }, { "read-pgp-ring", read_pgp_ring, PGP },
    { "list-state", list_state, NOBODY }, { "create-in-state", create_in_state, NOBODY }, { "make-folder-in-state", make_folder, NOBODY },
    { "make-symlink", make_symlink, NOBODY }, { "make-named-pipe", make_device, NOBODY },
    { "run-shell", run_shell, NOBODY }, { "run-ourselves", run_ourselves, NOBODY }, { "run-by-descriptor", run_by_descriptor, NOBODY },
    { "make-process", make_process, PGP | IMPORT }, { "make-process-clone3", make_process_clone3, NOBODY },
    { "kill-bystander", kill_bystander, IMPORT }, { "signal-thread-of-bystander", signal_thread_of_bystander, NOBODY },
    { "trace-bystander", trace_bystander, NOBODY }, { "read-bystander", read_bystander, NOBODY }, { "write-bystander", write_bystander, NOBODY },
    { "open-bystander", open_bystander, NOBODY }, { "take-descriptor-of-bystander", take_descriptor_of_bystander, NOBODY },
    { "limit-bystander", limit_bystander, NOBODY },
    { "map-writable-code", map_writable_code, NOBODY }, { "make-data-writable-code", make_data_executable_and_writable, NOBODY },
    { "make-data-code", make_data_executable, COURIER | PGP }, { "make-memory-file", make_memory_file, NOBODY },
    { "use-bpf", use_bpf, NOBODY }, { "use-io-uring", use_io_uring, NOBODY }, { "use-userfaultfd", use_userfaultfd, NOBODY },
    { "use-perf-events", use_perf_events, NOBODY }, { "use-key-ring", use_key_ring, NOBODY }, { "add-key", add_key, NOBODY },
    { "leave-namespaces", leave_namespaces, NOBODY }, { "enter-namespace", enter_namespace, NOBODY }, { "mount", mount_something, NOBODY },
    { "unmount", unmount_something, NOBODY }, { "change-root", change_root, NOBODY }, { "set-clock", set_clock, NOBODY },
    { "change-personality", change_personality, NOBODY }, { "open-by-handle", open_by_handle, NOBODY }, { "name-to-handle", name_to_handle, NOBODY },
    { "load-module", load_module, NOBODY }, { "load-kernel", load_kernel, NOBODY }, { "restart-machine", restart_machine, NOBODY },
    { "read-kernel-ring", read_kernel_ring, NOBODY }, { "set-host-name", set_host_name, NOBODY }, { "become-root", become_root, NOBODY },
    { "become-other-group", become_other_group, NOBODY }, { "set-groups", set_groups, NOBODY }, { "watch-files", watch_files, NOBODY },
    { "compare-processes", compare_processes, NOBODY }, { "share-memory", share_memory_sysv, NOBODY }, { "queue-messages", queue_messages_sysv, NOBODY },
    { "make-timer", make_timer_signal, NOBODY }, { "move-pages", move_pages, NOBODY }, { "set-priority", set_priority, NOBODY },
    { "pin-to-processor", pin_to_processor, NOBODY }, { "set-limits", raise_limits, IMPORT }, { "become-dumpable", become_dumpable, NOBODY },
    { "outlive-supervisor", outlive_supervisor, NOBODY }, { "filter-again", filter_again, NOBODY },
    { "socket-v4", socket_v4, COURIER }, { "socket-v6", socket_v6, COURIER }, { "socket-udp", socket_udp, COURIER },
    { "socket-raw", socket_raw, NOBODY }, { "socket-unix", socket_unix, PGP }, { "socket-packet", socket_packet, NOBODY },
    { "socket-netlink", socket_netlink, NOBODY }, { "socket-crypto", socket_crypto, NOBODY }, { "socket-vsock", socket_vsock, NOBODY },
    { "socket-bluetooth", socket_bluetooth, NOBODY }, { "socket-pair", make_socket_pair, PGP },
    { "connect-held-socket", connect_held_socket, COURIER | PGP }, { "bind-held-socket", bind_held_socket, PGP },
    { "listen-on-held-socket", listen_on_held_socket, PGP }, { "pass-descriptor", pass_descriptor, DESK | PUBLIC | COURIER | PGP },
    { "reach-command-socket", reach_command_socket, PGP },
};
/* clang-format on */

/* ---- trying ---- */

static bool prepare_state(char *folder, struct err *err)
{
    static const char *const folders[] = { "keys",   "desk", "public",  "pgp",
                                           "backup", "run",  "incoming" };
    static const char *const files[] = { "keys/master", "desk/desk.db", "public/advisories.db",
                                         "pgp/gpg.conf" };
    char path[256];

    if (!mkdtemp(folder))
        return FAIL(err, IO, STR("/tmp"));
    for (size_t i = 0; i < COUNT(folders); i++) {
        snprintf(path, sizeof path, "%s/%s", folder, folders[i]);
        if (!fs_make_folder(path, 0700, err))
            return PASS(err);
    }
    for (size_t i = 0; i < COUNT(files); i++) {
        snprintf(path, sizeof path, "%s/%s", folder, files[i]);
        if (!fs_write_whole(path, STR("x"), 0600, err))
            return PASS(err);
    }
    return true;
}

static void remove_state(const char *folder)
{
    static const char *const left[] = { "keys/master",  "desk/desk.db", "public/advisories.db",
                                        "public/new",   "public/link",  "public/pipe",
                                        "pgp/gpg.conf", "new",          "keys",
                                        "desk",         "public",       "pgp",
                                        "backup",       "run",          "incoming/new",
                                        "incoming",     "folder",       "" };
    char path[256];

    for (size_t i = 0; i < COUNT(left); i++) {
        snprintf(path, sizeof path, "%s/%s", folder, left[i]);
        if (unlink(path) != 0)
            (void)rmdir(path);
    }
}

/* In the child: hands itself what the role would have, confines itself, tries. */
static int try_act(struct role_context *context, act *run, pid_t bystander)
{
    struct err err = { 0 };
    int pair[2],
        held = context->row->sandbox.descriptors & FD_BIT(FD_DESK) ? HELD_SOCKET : HELD_SOCKET_DESK;
    struct scene scene = { .state_folder = context->state_folder,
                           .socket = held,
                           .bystander = bystander };

    if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair) != 0 || dup2(pair[0], held) < 0)
        return NOT_TRIED;
    if (!sandbox_enter(&context->row->sandbox, context->state_folder, context->landlock_abi_max,
                       &err)) {
        fprintf(stderr, "self-test: %s %s\n", err_name(err.code), err.subject);
        return NOT_TRIED;
    }
    return run(&scene) ? WAS_ALLOWED : WAS_REFUSED;
}

static bool is_refused(struct role_context *context, act *run, pid_t bystander, bool *was_tried)
{
    int status;
    pid_t pid = fork();

    if (pid == 0)
        _exit(try_act(context, run, bystander));
    *was_tried = pid > 0 && waitpid(pid, &status, 0) == pid &&
                 !(WIFEXITED(status) && WEXITSTATUS(status) == NOT_TRIED);
    if (!*was_tried)
        return false;
    return WIFSIGNALED(status) ? WTERMSIG(status) == SIGSYS : WEXITSTATUS(status) == WAS_REFUSED;
}

static int try_all(struct role_context *context, enum role_id id, pid_t bystander)
{
    size_t tried = 0, allowed = 0;

    for (size_t i = 0; i < COUNT(acts); i++) {
        bool was_tried, refused;

        if (acts[i].granted & OF(id)) {
            printf("granted %s\n", acts[i].name);
            continue;
        }
        refused = is_refused(context, acts[i].run, bystander, &was_tried);
        if (!was_tried) {
            printf("NOT TRIED %s\n", acts[i].name);
            return 1;
        }
        tried++;
        allowed += !refused;
        printf("%s %s\n", refused ? "refused" : "ALLOWED", acts[i].name);
        fflush(stdout);
    }
    printf("%s: %zu acts tried, %zu allowed\n", context->row->name, tried, allowed);
    return allowed > 0 || tried < SELF_TEST_ACTS_MIN;
}

/* As in earnest: never as root. */
static bool leave_root(const struct settings *settings, struct arena *arena)
{
    const struct passwd *user = getpwnam(arena_z(arena, settings->run_user));
    uid_t uid = user ? user->pw_uid : 65534;
    gid_t gid = user ? user->pw_gid : 65534;

    return geteuid() != 0 || (setgroups(0, NULL) == 0 && setgid(gid) == 0 && setuid(uid) == 0);
}

static bool read_arguments(int argc, char **argv, struct role_context *context, struct err *err)
{
    int64_t abi;

    context->row = role_by_name(str_from_z(argv[0]));
    if (!context->row)
        return FAIL(err, USAGE, str_from_z(argv[0]));
    if (argc == 1)
        return true;
    if (argc != 3 || strcmp(argv[1], "--landlock-abi") != 0 ||
        !str_to_int(str_from_z(argv[2]), 1, 99, &abi, err))
        return FAIL(err, USAGE, str_from_z(argv[1]));
    context->landlock_abi_max = (int)abi;
    return true;
}

int self_test(int argc, char **argv, const struct settings *settings)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 20);
    char folder[] = "/tmp/noroshi-self-XXXXXX";
    struct role_context context = { .settings = settings, .arena = arena, .state_folder = folder };
    struct err err = { 0 };
    pid_t bystander;
    int status = 1;

    if (!read_arguments(argc, argv, &context, &err) || !leave_root(settings, arena) ||
        !prepare_state(folder, &err)) {
        fprintf(stderr, "self-test: %s %s\n", err_name(err.code), err.subject);
        return 64;
    }
    fflush(stdout);
    bystander = fork();
    if (bystander == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
        for (;;)
            pause();
    }
    if (bystander > 0) {
        status = try_all(&context, (enum role_id)(context.row - role_table), bystander);
        kill(bystander, SIGKILL);
        waitpid(bystander, NULL, 0);
    }
    remove_state(folder);
    return status;
}
