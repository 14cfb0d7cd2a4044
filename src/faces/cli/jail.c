#include "faces/cli/jail.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/err.h"
#include "base/fs.h"
#include "base/pages.h"

enum {
    FD_ANSWERS = 3, /* the child's descriptors */
    FD_INPUT = 4,
    FD_FREE = 16,
    HEAD = 5, /* of what goes through the pipe: its kind and four bytes of length */
    ROOM = 256 << 10,
    PIPE = 1 << 20,
    LOOK_MS = 100,
    REASON_MAX = 512
};
enum { KIND_ANSWER = 'A', KIND_DONE = 'D', KIND_REFUSED = 'R' };

enum { FEEDING, FED_WHOLE, FED_IN_PART };

/* What the children say without a call: one page all have. To the parent its numbers are hints from a stranger. */
struct board {
    atomic_uint_least64_t beats, place;
    atomic_uint_least64_t step; /* the one it works at, from 1; 0: it works at none */
    atomic_int fed;
    struct err why; /* of FED_IN_PART */
};

struct aside {
    uint64_t step;
    enum jail_turn how;
};

struct jail {
    const struct jail_job *job;
    struct board *board;
    bool is_feeder;
    uint64_t step, answered; /* steps begun, from 0; answered by children before this one */
    size_t aside_count;
    struct aside aside[JAIL_ASIDE_MAX];
    size_t len; /* of room: answers on their way */
    char *room;
};

/* ---- the child ---- */

int jail_input(const struct jail *jail) { return jail->job->input < 0 ? -1 : FD_INPUT; }

static bool is_fed(const struct jail *jail) { return jail->job->feed && !jail->is_feeder; }

/* The end of what was fed is one only when its maker says so: else it died. */
static ssize_t end_of_feed(const struct board *board, struct err *err)
{
    switch (atomic_load(&board->fed)) {
    case FED_WHOLE:
        return 0;
    case FED_IN_PART:
        *err = board->why;
        return -1;
    default:
        (void)FAIL(err, WORKER, STR("its reader ended before its time"));
        return -1;
    }
}

ssize_t jail_read(struct jail *jail, char *at, size_t size, struct err *err)
{
    ssize_t n;

    do {
        n = read(FD_INPUT, at, size);
    } while (n < 0 && errno == EINTR);
    if (n < 0)
        (void)FAIL(err, IO, STR("the file"));
    return n == 0 && size > 0 && is_fed(jail) ? end_of_feed(jail->board, err) : n;
}

bool jail_feed(struct jail *jail, struct str bytes, struct err *err)
{
    (void)jail;
    return fs_write_all(FD_ANSWERS, bytes) ? true : FAIL(err, IO, STR("pipe"));
}

void jail_beat(struct jail *jail, uint64_t place)
{
    if (!is_fed(jail))
        atomic_store_explicit(&jail->board->place, place, memory_order_relaxed);
    atomic_fetch_add_explicit(&jail->board->beats, 1, memory_order_relaxed);
}

enum jail_turn jail_turn(struct jail *jail)
{
    uint64_t step = ++jail->step;

    atomic_fetch_add_explicit(&jail->board->beats, 1, memory_order_relaxed);
    if (step <= jail->answered)
        return JAIL_PASS;
    for (size_t i = 0; i < jail->aside_count; i++)
        if (jail->aside[i].step == step)
            return jail->aside[i].how;
    atomic_store_explicit(&jail->board->step, step, memory_order_release);
    return JAIL_DO;
}

static bool flush(struct jail *jail)
{
    size_t len = jail->len;

    jail->len = 0;
    return fs_write_all(FD_ANSWERS, (struct str){ jail->room, len });
}

static bool tell(struct jail *jail, char kind, struct str text, struct err *err)
{
    const uint32_t len = (uint32_t)text.len;

    if (jail->len + HEAD + text.len > ROOM && !flush(jail))
        return FAIL(err, IO, STR("pipe"));
    jail->room[jail->len] = kind;
    memcpy(jail->room + jail->len + 1, &len, sizeof len);
    jail->len += HEAD;
    if (text.len > ROOM - HEAD)
        return flush(jail) && fs_write_all(FD_ANSWERS, text) ? true : FAIL(err, IO, STR("pipe"));
    if (text.len > 0)
        memcpy(jail->room + jail->len, text.ptr, text.len);
    jail->len += text.len;
    return true;
}

bool jail_answer(struct jail *jail, struct str answer, struct err *err)
{
    atomic_store_explicit(&jail->board->step, 0, memory_order_release);
    if (answer.len > jail->job->limits.answer_max)
        return FAIL(err, TOO_LARGE, STR("an answer"));
    return tell(jail, KIND_ANSWER, answer, err) ? true : PASS(err);
}

static bool tell_reason(struct jail *jail, const struct err *why, struct err *err)
{
    char text[REASON_MAX];
    int len = snprintf(text, sizeof text, "%s %u %s", err_name(why->code), why->line, why->subject);

    return tell(jail, KIND_REFUSED, (struct str){ text, (size_t)len }, err) ? true : PASS(err);
}

/* The input and the pipe get their numbers; standard input and output lead nowhere, and neither do errors of the system's library. */
static bool arrange(int input, int answers)
{
    int nowhere = open("/dev/null", O_RDWR | O_CLOEXEC);
    bool has_input = input >= 0;

    answers = fcntl(answers, F_DUPFD_CLOEXEC, FD_FREE);
    if (has_input)
        input = fcntl(input, F_DUPFD_CLOEXEC, FD_FREE);
    if (nowhere < 0 || answers < 0 || (has_input && input < 0) || dup2(nowhere, 0) < 0 ||
        dup2(nowhere, 1) < 0 || dup2(answers, FD_ANSWERS) < 0)
        return false;
#ifndef NOROSHI_NO_SANDBOX /* a sanitizer's report is to be read */
    if (dup2(nowhere, 2) < 0)
        return false;
#endif
    if (input >= 0)
        return dup2(input, FD_INPUT) >= 0;
    close(FD_INPUT);
    return true;
}

static uint64_t memory_now(void)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(64 << 10);
    struct err err = { 0 };
    struct str text, pages;
    int64_t n = 0;

    if (!fs_read_whole("/proc/self/statm", 4096, arena, &text, &err) ||
        !str_split(&text, ' ', &pages) || !str_to_int(pages, 0, INT32_MAX, &n, &err))
        return 0;
    return (uint64_t)n * (uint64_t)sysconf(_SC_PAGESIZE);
}

static bool confine(const struct app *app, const struct jail_job *job, struct err *err)
{
    struct jail_limits limits = job->limits;

    limits.memory += memory_now();
    return !app->confine ||
                   app->confine(app->settings, &limits, 1u << FD_ANSWERS | 1u << FD_INPUT, err)
               ? true
               : PASS(err);
}

static void settle(const char *name, int input, int answers)
{
    signal(SIGPIPE, SIG_IGN);
    signal(SIGINT, SIG_IGN); /* the parent has its say */
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    prctl(PR_SET_NAME, name);
    if (!arrange(input, answers))
        _exit(EXIT_FAILURE);
}

NORETURN static void live_feeding(const struct app *app, struct jail *jail, int to)
{
    struct err why = { 0 };

    jail->is_feeder = true;
    settle("noroshi-unpack", jail->job->input, to);
    if (confine(app, jail->job, &why) && jail->job->feed(jail, jail->job->task, &why)) {
        atomic_store(&jail->board->fed, FED_WHOLE);
        _exit(EXIT_SUCCESS);
    }
    jail->board->why = why;
    atomic_store(&jail->board->fed, FED_IN_PART);
    _exit(EXIT_FAILURE);
}

NORETURN static void live(const struct app *app, struct jail *jail, int input, int answers)
{
    struct err why = { 0 }, err = { 0 };

    settle("noroshi-read", input, answers);
    jail->room = malloc(ROOM);
    if (!jail->room)
        _exit(EXIT_FAILURE);
    if (!confine(app, jail->job, &why) || !jail->job->work(jail, jail->job->task, &why))
        (void)!tell_reason(jail, &why, &err);
    else
        (void)!tell(jail, KIND_DONE, STR_NONE, &err);
    _exit(flush(jail) ? EXIT_SUCCESS : EXIT_FAILURE);
}

/* ---- the parent ---- */

struct watch {
    pid_t pid, feeder;             /* feeder: 0 for none */
    clockid_t clock, feeder_clock; /* their processor time */
    int64_t looked_ms, beat_ms;
    uint64_t beats;
    bool overran;
};

struct reading {
    struct jail *jail;
    struct watch watch;
    int pipe;
    size_t len, cap; /* of bytes: what has come and is not taken */
    char *bytes;     /* pages */
    char kind;       /* of the last word: KIND_DONE or KIND_REFUSED; 0 before it */
};

static int64_t ms_of(clockid_t clock)
{
    struct timespec t = { 0 };

    return clock_gettime(clock, &t) == 0 ? (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000 : -1;
}

/* Whoever stays at one place for too long of its own time is ended; waiting for us does not count. */
static void look(struct watch *watch, const struct jail_job *job, const struct board *board)
{
    int64_t now = ms_of(CLOCK_MONOTONIC), spent;
    uint64_t beats;

    if (now - watch->looked_ms < LOOK_MS)
        return;
    watch->looked_ms = now;
    beats = atomic_load(&board->beats);
    spent = ms_of(watch->clock) + (watch->feeder > 0 ? ms_of(watch->feeder_clock) : 0);
    if (beats != watch->beats || watch->beat_ms < 0) {
        watch->beats = beats;
        watch->beat_ms = spent;
    } else if (spent - watch->beat_ms > (int64_t)job->limits.step_ms) {
        watch->overran = kill(watch->pid, SIGKILL) == 0;
    }
    if (job->tick)
        job->tick(job->task, atomic_load(&board->place));
}

/* The reason of a child: a code we know and text that may be shown. */
static bool take_reason(struct str text, struct err *err)
{
    struct str name, line;
    struct err ignored = { 0 };
    int64_t n = 0;

    if (!str_is_utf8(text) || !str_is_plain(text, false) || !str_split(&text, ' ', &name) ||
        !str_split(&text, ' ', &line) || !str_to_int(line, 0, UINT32_MAX, &n, &ignored))
        return FAIL(err, WORKER, STR("its reason cannot be read"));
    for (enum err_code code = ERR_NONE + 1; code < ERR_COUNT; code++) {
        if (!str_eq_z(name, err_name(code)))
            continue;
        (void)err_set(err, code, text, HERE);
        err->line = (unsigned)n;
        return false;
    }
    return FAIL(err, WORKER, STR("its reason is not known"));
}

static bool take_one(struct reading *reading, char kind, struct str text, struct err *err)
{
    struct jail *jail = reading->jail;

    if (reading->kind)
        return FAIL(err, WORKER, STR("it speaks after its last word"));
    if (kind == KIND_ANSWER) {
        if (!jail->job->take(jail->job->task, text, err))
            return PASS(err);
        jail->answered++;
        return true;
    }
    reading->kind = kind;
    if (kind == KIND_DONE && text.len == 0)
        return true;
    if (kind != KIND_REFUSED || text.len > REASON_MAX) {
        reading->kind = 0;
        return FAIL(err, WORKER, STR("it answers what is no answer"));
    }
    return take_reason(text, err) ? true : PASS(err);
}

/* Room for an answer of that size; what has come of it moves to its front. */
static bool make_room(struct reading *reading, size_t at, size_t size, struct err *err)
{
    char *bytes;

    reading->len -= at;
    if (size <= reading->cap) {
        memmove(reading->bytes, reading->bytes + at, reading->len);
        return true;
    }
    bytes = pages_new(&size);
    if (!bytes)
        return FAIL(err, IO, STR("memory"));
    memcpy(bytes, reading->bytes + at, reading->len);
    pages_free(reading->bytes, reading->cap);
    reading->bytes = bytes;
    reading->cap = size;
    return true;
}

/* All that has come whole; the rest moves to the front. */
static bool take_all(struct reading *reading, struct err *err)
{
    const size_t most = reading->jail->job->limits.answer_max;
    size_t at = 0, wanted = HEAD;

    while (reading->len - at >= HEAD) {
        uint32_t len;

        memcpy(&len, reading->bytes + at + 1, sizeof len);
        if (len > most && len > REASON_MAX)
            return FAIL(err, WORKER, STR("its answer is too large"));
        if (reading->len - at < HEAD + (size_t)len) {
            wanted = HEAD + (size_t)len;
            break;
        }
        if (!take_one(reading, reading->bytes[at], (struct str){ reading->bytes + at + HEAD, len },
                      err))
            return PASS(err);
        at += HEAD + len;
    }
    return make_room(reading, at, wanted, err) ? true : PASS(err);
}

static bool listen_to(struct reading *reading, struct err *err)
{
    for (;;) {
        struct pollfd wait = { .fd = reading->pipe, .events = POLLIN };
        ssize_t n;

        if (poll(&wait, 1, LOOK_MS) > 0) {
            n = read(reading->pipe, reading->bytes + reading->len, reading->cap - reading->len);
            if (n == 0)
                return true;
            if (n < 0 && errno != EINTR)
                return FAIL(err, IO, STR("pipe"));
            reading->len += n > 0 ? (size_t)n : 0;
            if (!take_all(reading, err))
                return PASS(err);
        }
        look(&reading->watch, reading->jail->job, reading->jail->board);
    }
}

/* Its status; of one that never was as if it had ended well. */
static int status_of(pid_t pid, bool at_once)
{
    int status = 0;

    if (pid <= 0)
        return 0;
    if (at_once)
        kill(pid, SIGKILL);
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
        continue;
    return status;
}

/* How the child ended, once its pipe is closed or we want no more of it. */
static enum jail_end end_of(const struct reading *reading, bool heard, struct err *err)
{
    int status = status_of(reading->watch.pid, !heard);

    (void)status_of(reading->watch.feeder, true); /* what it still makes nobody wants */
    if (!heard)
        return reading->kind == KIND_REFUSED ? JAIL_REFUSED
               : err->code == ERR_WORKER     ? JAIL_DIED
                                             : JAIL_STOPPED;
    if (reading->kind == KIND_DONE && WIFEXITED(status) && WEXITSTATUS(status) == EXIT_SUCCESS)
        return JAIL_DONE;
    if (reading->watch.overran || (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU)) {
        (void)FAIL(err, WORKER, STR("it takes too long"));
        return JAIL_OVERRAN;
    }
    (void)FAIL(err, WORKER, STR("its reader ended before its time"));
    return JAIL_DIED;
}

/* *input: what the work is to read; when it is fed, from a pipe that the feeder, already there, fills. */
static bool start_feeder(const struct app *app, struct jail *jail, struct watch *watch, int *input,
                         struct err *err)
{
    int ends[2];

    *input = jail->job->input;
    if (!jail->job->feed)
        return true;
    atomic_store(&jail->board->fed, FEEDING);
    if (pipe2(ends, O_CLOEXEC) != 0)
        return FAIL(err, IO, STR("pipe"));
    (void)fcntl(ends[0], F_SETPIPE_SZ, PIPE);
    watch->feeder = fork();
    if (watch->feeder == 0) {
        close(ends[0]);
        live_feeding(app, jail, ends[1]);
    }
    close(ends[1]);
    *input = ends[0];
    return watch->feeder > 0 && clock_getcpuclockid(watch->feeder, &watch->feeder_clock) == 0
               ? true
               : FAIL(err, IO, STR("process"));
}

static bool start_reader(const struct app *app, struct jail *jail, struct reading *reading,
                         int input, struct err *err)
{
    int ends[2];

    if (pipe2(ends, O_CLOEXEC) != 0)
        return FAIL(err, IO, STR("pipe"));
    (void)fcntl(ends[0], F_SETPIPE_SZ, PIPE); /* less is only slower */
    reading->watch.pid = fork();
    if (reading->watch.pid == 0)
        live(app, jail, input, ends[1]);
    close(ends[1]);
    reading->pipe = ends[0];
    reading->bytes = pages_new(&reading->cap);
    return reading->watch.pid > 0 && reading->bytes &&
                   clock_getcpuclockid(reading->watch.pid, &reading->watch.clock) == 0
               ? true
               : FAIL(err, IO, STR("process"));
}

/* One child, and what feeds it, from its start to its end. */
static enum jail_end run_child(const struct app *app, struct jail *jail, struct err *err)
{
    struct reading reading = { .jail = jail, .cap = PIPE, .pipe = -1 };
    bool ok;
    enum jail_end end;
    int input;

    fflush(NULL); /* else the children have our unsaid words too */
    reading.watch.beat_ms = -1;
    ok = start_feeder(app, jail, &reading.watch, &input, err) &&
         start_reader(app, jail, &reading, input, err);
    if (input != jail->job->input)
        close(input);
    end = end_of(&reading, ok && listen_to(&reading, err), err);
    pages_free(reading.bytes, reading.cap);
    if (reading.pipe >= 0)
        close(reading.pipe);
    return end;
}

/* Notes the step at which the child ended, if it was at one that a fresh child can be told to leave. */
static bool set_aside(struct jail *jail, enum jail_end end)
{
    uint64_t step = atomic_load(&jail->board->step);

    if (!jail->job->is_stepwise || (end != JAIL_DIED && end != JAIL_OVERRAN) ||
        step <= jail->answered || jail->aside_count == JAIL_ASIDE_MAX)
        return false;
    for (size_t i = 0; i < jail->aside_count; i++)
        if (jail->aside[i].step == step)
            return false;
    jail->aside[jail->aside_count++] =
        (struct aside){ step, end == JAIL_DIED ? JAIL_ASIDE_DIED : JAIL_ASIDE_OVERRAN };
    atomic_store(&jail->board->step, 0);
    return jail->job->input < 0 || lseek(jail->job->input, 0, SEEK_SET) == 0;
}

enum jail_end jail_run(const struct app *app, const struct jail_job *job, uint64_t *answered,
                       struct err *err)
{
    struct jail jail = { .job = job };
    enum jail_end end;

    jail.board =
        mmap(NULL, sizeof *jail.board, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (jail.board == MAP_FAILED) {
        (void)FAIL(err, IO, STR("memory"));
        return JAIL_STOPPED;
    }
    while ((end = run_child(app, &jail, err)) != JAIL_DONE && set_aside(&jail, end))
        *err = (struct err){ 0 };
    munmap(jail.board, sizeof *jail.board);
    if (answered)
        *answered = jail.answered;
    return end;
}
