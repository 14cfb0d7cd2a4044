#include "process/supervise.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>

#include "base/err.h"
#include "base/log.h"
#include "faces/cli/state.h"
#include "faces/http/http.h"
#include "outside/peer.h"
#include "process/roles.h"

extern char **environ;

enum {
    LASTING = PROCESS_PARSE, /* the roles before it live as long as we do */
    WORKERS_MAX = 8,
    RESTART_FIRST_MS = 50,
    RESTART_LAST_MS = 5000,
    STEADY_MS = 10000, /* who lived this long starts anew without a wait */
    HANDED_FROM =
        64 /* descriptors are gathered above the fixed numbers before they are put there */
};

struct child {
    pid_t pid;    /* 0: not running */
    int ready_fd; /* we read; -1 once it has spoken */
    int stop_fd;  /* closing it is the sign to end */
    bool is_ready, was_ready;
    int64_t started, restart_at; /* monotonic ms; 0: not waiting */
    unsigned failures;
};

struct supervisor {
    const struct settings *settings;
    struct str settings_path;
    struct arena *arena;
    int program; /* our own file, whatever happens to its name */
    int lock, signals;
    int listeners[FD_END]; /* by the number they have in a role; -1: none */
    const char *link_paths[FD_END];
    struct child children[LASTING];
    struct worker {
        pid_t pid; /* 0: none */
        enum role_id id;
    } workers[WORKERS_MAX];
    struct peer *desk; /* the desk asks for workers here */
    bool announced;
};

static int64_t now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void log_number(const char *event, const char *role, const char *key, int64_t n,
                       struct arena *arena)
{
    LOG(event, { "name", str_from_z(role) }, { key, arena_printf(arena, "%lld", (long long)n) });
}

static void close_fd(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

/* ---- what the roles are handed ---- */

static bool fill_address(struct sockaddr_un *at, const char *path)
{
    *at = (struct sockaddr_un){ .sun_family = AF_UNIX };
    if (strlen(path) >= sizeof at->sun_path)
        return false;
    memcpy(at->sun_path, path, strlen(path) + 1);
    return true;
}

static bool listen_local(const char *path, int *out, struct err *err)
{
    struct sockaddr_un at;
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

    if (fd < 0 || !fill_address(&at, path)) {
        close_fd(&fd);
        return FAIL(err, UNAVAILABLE, str_from_z(path));
    }
    (void)unlink(path); /* of an earlier run: the lock is ours */
    if (bind(fd, (struct sockaddr *)&at, sizeof at) != 0 || chmod(path, 0600) != 0 ||
        listen(fd, 64) != 0) {
        close_fd(&fd);
        return FAIL(err, UNAVAILABLE, str_from_z(path));
    }
    *out = fd;
    return true;
}

static bool open_local_listeners(struct supervisor *s, struct err *err)
{
    static const struct {
        int fd;
        const char *name;
    } places[] = {
        { FD_COMMAND, "desk.sock" },
        { FD_PUBLIC_LINK, "run/public.link" },
        { FD_COURIER_LINK, "run/courier.link" },
        { FD_PGP_LINK, "run/pgp.link" },
    };

    for (size_t i = 0; i < COUNT(places); i++) {
        s->link_paths[places[i].fd] = state_path(s->settings, s->arena, places[i].name);
        if (!listen_local(s->link_paths[places[i].fd], &s->listeners[places[i].fd], err))
            return PASS(err);
    }
    return true;
}

/* The role's socket to the desk: we connect on its behalf, it may not. */
static int connect_link(struct supervisor *s, int link)
{
    struct sockaddr_un at;
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

    if (fd < 0 || !fill_address(&at, s->link_paths[link]) ||
        connect(fd, (struct sockaddr *)&at, sizeof at) != 0)
        close_fd(&fd);
    return fd;
}

/* ---- starting ---- */

/* In the child, between fork and exec: only calls that are safe there. */
static void become(struct supervisor *s, const struct role_row *row, const int *handed,
                   pid_t parent)
{
    const char *argv[] = {
        "noroshi", "--role", row->name, "--settings", arena_z(s->arena, s->settings_path), NULL
    };
    int moved[FD_END], null, program;
    sigset_t none;

    if (s->settings_path.len == 0)
        argv[3] = NULL;
    prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
    if (getppid() != parent)
        _exit(0);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    program = fcntl(s->program, F_DUPFD_CLOEXEC, HANDED_FROM);
    for (int fd = 0; fd < FD_END; fd++)
        moved[fd] = handed[fd] >= 0 ? fcntl(handed[fd], F_DUPFD_CLOEXEC, HANDED_FROM) : -1;
    null = open("/dev/null", O_RDWR | O_CLOEXEC);
    if (program < 0 || null < 0 || dup2(null, 0) < 0 || dup2(null, 1) < 0)
        _exit(71);
    for (int fd = 3; fd < FD_END; fd++)
        if (moved[fd] >= 0 && dup2(moved[fd], fd) < 0)
            _exit(71);
    syscall(SYS_execveat, program, "", argv, environ, AT_EMPTY_PATH);
    _exit(71);
}

static pid_t start_process(struct supervisor *s, const struct role_row *row, const int *handed)
{
    pid_t parent = getpid(), pid = fork();

    if (pid == 0)
        become(s, row, handed, parent);
    return pid;
}

static bool start_child(struct supervisor *s, enum role_id id)
{
    const struct role_row *row = &role_table[id];
    struct child *child = &s->children[id];
    int handed[FD_END], ready[2] = { -1, -1 }, stop[2] = { -1, -1 }, pair[2] = { -1, -1 },
                        link = -1;
    bool made = pipe2(ready, O_CLOEXEC) == 0 && pipe2(stop, O_CLOEXEC) == 0;

    for (int fd = 0; fd < FD_END; fd++)
        handed[fd] = row->sandbox.descriptors & FD_BIT(fd) ? s->listeners[fd] : -1;
    handed[FD_READY] = ready[1];
    handed[FD_STOP] = stop[0];
    if (id == PROCESS_PUBLIC || id == PROCESS_DESK)
        handed[FD_LISTEN] = s->listeners[id == PROCESS_PUBLIC ? FD_LISTEN : FD_DESK];
    if (id == PROCESS_DESK) {
        made = made && socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) == 0;
        handed[FD_SUPERVISOR] = pair[1];
    } else {
        link = connect_link(s, row->link);
        made = made && link >= 0;
        handed[FD_DESK] = link;
    }

    child->pid = made ? start_process(s, row, handed) : -1;
    close_fd(&ready[1]);
    close_fd(&stop[0]);
    close_fd(&pair[1]);
    close_fd(&link);
    child->started = now_ms();
    child->restart_at = 0;
    child->is_ready = false;
    if (child->pid < 0) {
        child->pid = 0;
        close_fd(&ready[0]);
        close_fd(&stop[1]);
        close_fd(&pair[0]);
        return false;
    }
    child->ready_fd = ready[0];
    child->stop_fd = stop[1];
    if (id == PROCESS_DESK) {
        peer_free(s->desk);
        s->desk = peer_new(pair[0]);
    }
    log_number("started", row->name, "pid", child->pid, s->arena);
    return true;
}

/* ---- keeping alive ---- */

static void plan_restart(struct supervisor *s, enum role_id id)
{
    struct child *child = &s->children[id];
    int64_t now = now_ms(), wait = RESTART_FIRST_MS;

    if (now - child->started >= STEADY_MS)
        child->failures = 0;
    for (unsigned i = 0; i < child->failures && wait < RESTART_LAST_MS; i++)
        wait *= 2;
    child->failures++;
    child->restart_at = now + (wait < RESTART_LAST_MS ? wait : RESTART_LAST_MS);
}

/* A role that never came up does so for a reason that a restart will not mend: say it and end. */
static bool never_came_up(const struct child *child, int status)
{
    return !child->was_ready && WIFEXITED(status) && WEXITSTATUS(status) != 0;
}

static bool child_ended(struct supervisor *s, enum role_id id, int status, struct err *err)
{
    struct child *child = &s->children[id];

    LOG("ended", { "name", str_from_z(role_table[id].name) },
        { WIFSIGNALED(status) ? "signal" : "status",
          arena_printf(s->arena, "%d",
                       WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status)) });
    child->pid = 0;
    child->is_ready = false;
    close_fd(&child->ready_fd);
    close_fd(&child->stop_fd);
    if (never_came_up(child, status))
        return FAIL(err, UNAVAILABLE, str_from_z(role_table[id].name));
    plan_restart(s, id);
    s->announced = false;
    if (id != PROCESS_DESK)
        return true;
    /* Who was connected with the desk has nobody at the other end: they start anew with it. */
    peer_free(TAKE(s->desk));
    for (size_t i = 0; i < LASTING; i++)
        if (s->children[i].pid > 0)
            kill(s->children[i].pid, SIGKILL);
    return true;
}

static bool reap(struct supervisor *s, struct err *err)
{
    int status;
    pid_t pid;

    while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
        for (size_t i = 0; i < WORKERS_MAX; i++) {
            if (s->workers[i].pid != pid)
                continue;
            s->workers[i].pid = 0;
            if (WIFSIGNALED(status))
                log_number("worker-died", role_table[s->workers[i].id].name, "signal",
                           WTERMSIG(status), s->arena);
        }
        for (int id = 0; id < LASTING; id++)
            if (s->children[id].pid == pid && !child_ended(s, (enum role_id)id, status, err))
                return PASS(err);
    }
    return true;
}

static void start_what_is_due(struct supervisor *s)
{
    int64_t now = now_ms();

    for (int id = 0; id < LASTING; id++)
        if (s->children[id].pid == 0 && s->children[id].restart_at <= now &&
            !start_child(s, (enum role_id)id))
            plan_restart(s, (enum role_id)id);
}

static int next_wait(const struct supervisor *s)
{
    int64_t now = now_ms(), wait = 1000;

    for (int id = 0; id < LASTING; id++)
        if (s->children[id].pid == 0 && s->children[id].restart_at - now < wait)
            wait = s->children[id].restart_at - now;
    return wait < 1 ? 1 : (int)wait;
}

static void hear_ready(struct supervisor *s, enum role_id id)
{
    struct child *child = &s->children[id];
    char byte;
    ssize_t n = read(child->ready_fd, &byte, 1);

    if (n == 1) {
        child->is_ready = child->was_ready = true;
        log_number("ready", role_table[id].name, "ms", now_ms() - child->started, s->arena);
    }
    close_fd(&child->ready_fd);
    for (int i = 0; i < LASTING; i++)
        if (!s->children[i].is_ready)
            return;
    if (!s->announced)
        LOG("serving", { "portal", s->settings->portal_url }, { "desk", s->settings->desk_url });
    s->announced = true;
}

/* ---- workers for the desk ---- */

/* A free place; imports wait for each other. */
static struct worker *place_for(struct supervisor *s, enum role_id id)
{
    struct worker *place = NULL;

    for (size_t i = 0; i < WORKERS_MAX; i++) {
        if (s->workers[i].pid == 0)
            place = &s->workers[i];
        else if (id == PROCESS_IMPORT && s->workers[i].id == id)
            return NULL;
    }
    return place;
}

static bool give_worker(struct supervisor *s, const struct message *message, enum role_id id,
                        struct err *err)
{
    struct worker *place = place_for(s, id);
    int handed[FD_END], pair[2];
    bool sent;

    if (!place || socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
        return FAIL(err, UNAVAILABLE, STR("a worker"));
    for (int fd = 0; fd < FD_END; fd++)
        handed[fd] = -1;
    handed[FD_DESK] = pair[1];
    *place = (struct worker){ start_process(s, &role_table[id], handed), id };
    close(pair[1]);
    if (place->pid < 0)
        place->pid = 0;
    sent = place->pid > 0 ? peer_send_fd(s->desk, message->type | PEER_REPLY, message->id, STR(""),
                                         pair[0], err)
                          : FAIL(err, UNAVAILABLE, STR("a worker"));
    close(pair[0]);
    return sent ? true : PASS(err);
}

static void hear_desk(struct supervisor *s)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(PEER_BODY_MAX + 65536);
    struct err err = { 0 }, ignored = { 0 };
    struct message message;
    int got = peer_receive(s->desk, 1000, arena, &message, &err);

    if (got == 1 && (message.type == PEER_SPAWN_PARSE || message.type == PEER_SPAWN_IMPORT)) {
        if (!give_worker(s, &message,
                         message.type == PEER_SPAWN_PARSE ? PROCESS_PARSE : PROCESS_IMPORT, &err)) {
            log_error("no-worker", STR_NONE, &err);
            (void)!peer_reply_error(s->desk, &message, &err, &ignored);
        }
        return;
    }
    /* Its end, or words it may not say: the desk itself ends, and starts anew. */
    peer_free(TAKE(s->desk));
    if (got != 0 && s->children[PROCESS_DESK].pid > 0)
        kill(s->children[PROCESS_DESK].pid, SIGKILL);
}

/* ---- the life of the supervisor ---- */

/* True when it is time to end. */
static bool hear_signals(struct supervisor *s)
{
    struct signalfd_siginfo info;
    bool is_end = false;

    while (read(s->signals, &info, sizeof info) == (ssize_t)sizeof info)
        is_end = is_end || info.ssi_signo == SIGTERM || info.ssi_signo == SIGINT;
    return is_end;
}

static bool watch(struct supervisor *s, struct err *err)
{
    for (;;) {
        struct pollfd p[2 + LASTING] = { { .fd = s->signals, .events = POLLIN },
                                         { .fd = s->desk ? peer_fd(s->desk) : -1,
                                           .events = POLLIN } };

        for (int id = 0; id < LASTING; id++)
            p[2 + id] = (struct pollfd){ .fd = s->children[id].ready_fd, .events = POLLIN };
        (void)poll(p, COUNT(p), next_wait(s));
        if (p[0].revents && hear_signals(s))
            return true;
        for (int id = 0; id < LASTING; id++)
            if (p[2 + id].revents)
                hear_ready(s, (enum role_id)id);
        if (p[1].revents)
            hear_desk(s);
        if (!reap(s, err))
            return PASS(err);
        start_what_is_due(s);
    }
}

static void wait_for_end(struct supervisor *s, enum role_id id)
{
    struct child *child = &s->children[id];
    int64_t until = now_ms() + role_table[id].stop_seconds * 1000;
    int status;

    while (child->pid > 0 && waitpid(child->pid, &status, WNOHANG) == 0) {
        if (now_ms() > until) {
            log_number("killed", role_table[id].name, "pid", child->pid, s->arena);
            kill(child->pid, SIGKILL);
            (void)waitpid(child->pid, &status, 0);
            break;
        }
        (void)poll(NULL, 0, 10);
    }
    child->pid = 0;
}

/* Public first, so that nothing new comes in; then the desk, whose end the others see. */
static void stop_all(struct supervisor *s)
{
    int status;

    log_plain("stopping");
    for (int id = 0; id < LASTING; id++) {
        close_fd(&s->children[id].stop_fd);
        if (id == PROCESS_DESK) {
            for (int fd = 0; fd < FD_END; fd++)
                close_fd(&s->listeners[fd]);
        }
        wait_for_end(s, (enum role_id)id);
        close_fd(&s->children[id].ready_fd);
    }
    for (size_t i = 0; i < WORKERS_MAX; i++)
        if (s->workers[i].pid > 0)
            kill(s->workers[i].pid, SIGKILL);
    while (waitpid(-1, &status, WNOHANG) > 0)
        ;
    for (int fd = 0; fd < FD_END; fd++)
        if (s->link_paths[fd])
            (void)unlink(s->link_paths[fd]);
    log_plain("stopped");
}

static bool open_signals(struct supervisor *s, struct err *err)
{
    sigset_t ours;

    sigemptyset(&ours);
    sigaddset(&ours, SIGTERM);
    sigaddset(&ours, SIGINT);
    sigaddset(&ours, SIGCHLD);
    signal(SIGPIPE, SIG_IGN);
    signal(SIGHUP, SIG_IGN);
    if (sigprocmask(SIG_BLOCK, &ours, NULL) != 0)
        return FAIL(err, BUG, STR("signals"));
    s->signals = signalfd(-1, &ours, SFD_NONBLOCK | SFD_CLOEXEC);
    return s->signals >= 0 ? true : FAIL(err, BUG, STR("signals"));
}

/* Addresses may need root and the rest must not have it, so: listen, become the user, then everything else. */
static bool open_all(struct supervisor *s, struct err *err)
{
    s->program = open("/proc/self/exe", O_PATH | O_CLOEXEC);
    if (s->program < 0)
        return FAIL_IO(err, STR("/proc/self/exe"));
    /* The desk's web listener waits under FD_DESK until start_child gives it its number. */
    if (!http_listen(s->settings->portal_listen, &s->listeners[FD_LISTEN], err) ||
        !http_listen(s->settings->desk_listen, &s->listeners[FD_DESK], err))
        return PASS(err);
    if (!state_become_user(s->settings, s->arena, err) ||
        !state_lock(s->settings, s->arena, &s->lock, err) ||
        !state_prepare(s->settings, s->arena, err))
        return PASS(err);
    /* The roles read it too, as the user we are now. */
    if (s->settings_path.len > 0 && access(arena_z(s->arena, s->settings_path), R_OK) != 0)
        return FAIL_IO(err, s->settings_path);
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
    prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0); /* gpg's agent, when pgp is killed */
    setrlimit(RLIMIT_CORE, &(struct rlimit){ 0, 0 });
    return open_local_listeners(s, err) && open_signals(s, err) ? true : PASS(err);
}

bool supervise(const struct settings *settings, struct str settings_path, struct err *err)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(64 << 20);
    struct supervisor s = { .settings = settings,
                            .settings_path = settings_path,
                            .arena = arena,
                            .program = -1,
                            .lock = -1,
                            .signals = -1 };
    bool served;

    log_role("supervisor");
    for (int fd = 0; fd < FD_END; fd++)
        s.listeners[fd] = -1;
    for (int id = 0; id < LASTING; id++)
        s.children[id].ready_fd = s.children[id].stop_fd = -1;
    served = open_all(&s, err);
    if (served) {
        start_what_is_due(&s);
        served = watch(&s, err);
        stop_all(&s);
    }
    peer_free(s.desk);
    for (int fd = 0; fd < FD_END; fd++)
        close_fd(&s.listeners[fd]);
    close_fd(&s.program);
    close_fd(&s.signals);
    close_fd(&s.lock);
    return served ? true : PASS(err);
}
