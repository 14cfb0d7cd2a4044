#include "outside/peer.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include "base/err.h"
#include "base/log.h"
#include "base/record.h"

enum {
    SEND_TIMEOUT_MS = 30000,
    FRAME_TIMEOUT_MS = 30000, /* from the first byte of a frame to its last */
    SERVE_ARENA_MAX = 128 << 20
};

struct peer {
    pthread_mutex_t calls, sends; /* one call at a time; frames are never mixed */
    int fd;
    int listen_fd; /* of a link, else -1 */
    uint64_t next_id;
    bool broken; /* out of step: nothing more is said or heard on this connection */
};

static int64_t now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* What is left of the time; -1 stands for ever. */
static int left_ms(int64_t until)
{
    if (until < 0)
        return -1;

    int64_t left = until - now_ms();

    return left < 0 ? 0 : (int)left;
}

static int64_t until_of(int timeout_ms) { return timeout_ms > 0 ? now_ms() + timeout_ms : -1; }

/* 1 ready, 0 time is up, -1 broken */
static int wait_for(int fd, short events, int64_t until)
{
    for (;;) {
        struct pollfd p = { .fd = fd, .events = events };
        int n = poll(&p, 1, left_ms(until));

        if (n > 0)
            return p.revents & (events | POLLHUP) ? 1 : -1;
        if (n == 0)
            return 0;
        if (errno != EINTR)
            return -1;
    }
}

static bool type_is_ours(unsigned type)
{
    unsigned question = type & ~(unsigned)PEER_REPLY;

    return type == PEER_ERROR || (question >= PEER_INTAKE_REPORT && question <= PEER_PING);
}

static void put_number(unsigned char *out, uint64_t n, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++)
        out[i] = (unsigned char)(n >> (8 * (bytes - 1 - i)));
}

static uint64_t get_number(const unsigned char *in, size_t bytes)
{
    uint64_t n = 0;

    for (size_t i = 0; i < bytes; i++)
        n = n << 8 | in[i];
    return n;
}

void peer_head_write(const struct peer_head *head, unsigned char out[PEER_HEAD_BYTES])
{
    put_number(out, head->type, 4);
    put_number(out + 4, head->length, 4);
    put_number(out + 8, head->id, 8);
}

bool peer_head_read(const unsigned char in[PEER_HEAD_BYTES], struct peer_head *out)
{
    struct peer_head head = { .type = (unsigned)get_number(in, 4),
                              .length = (size_t)get_number(in + 4, 4),
                              .id = get_number(in + 8, 8) };

    if (!type_is_ours(head.type) || head.length > PEER_BODY_MAX)
        return false;
    *out = head;
    return true;
}

static struct peer *new_peer(int fd, int listen_fd)
{
    struct peer *peer = calloc(1, sizeof *peer);

    if (!peer)
        abort(); /* our machine's trouble, as in the arena */
    pthread_mutex_init(&peer->calls, NULL);
    pthread_mutex_init(&peer->sends, NULL);
    peer->fd = fd;
    peer->listen_fd = listen_fd;
    return peer;
}

struct peer *peer_new(int fd) { return new_peer(fd, -1); }

struct peer *peer_new_link(int listen_fd) { return new_peer(-1, listen_fd); }

static void drop_connection(struct peer *peer)
{
    if (peer->fd >= 0)
        close(peer->fd);
    peer->fd = -1;
    peer->broken = false;
}

void peer_free(struct peer *peer)
{
    if (!peer)
        return;
    drop_connection(peer);
    if (peer->listen_fd >= 0)
        close(peer->listen_fd);
    pthread_mutex_destroy(&peer->calls);
    pthread_mutex_destroy(&peer->sends);
    free(peer);
}

int peer_fd(const struct peer *peer) { return peer->fd; }

/* ---- sending ---- */

static bool send_some(int fd, struct str bytes, int pass_fd, int64_t until, struct err *err)
{
    while (bytes.len > 0) {
        struct iovec piece = { .iov_base = (void *)(uintptr_t)bytes.ptr, .iov_len = bytes.len };
        union {
            struct cmsghdr head;
            char room[CMSG_SPACE(sizeof(int))];
        } control = { 0 };
        struct msghdr msg = { .msg_iov = &piece, .msg_iovlen = 1 };
        ssize_t n;

        if (pass_fd >= 0) {
            msg.msg_control = control.room;
            msg.msg_controllen = sizeof control.room;
            control.head.cmsg_level = SOL_SOCKET;
            control.head.cmsg_type = SCM_RIGHTS;
            control.head.cmsg_len = CMSG_LEN(sizeof(int));
            memcpy(CMSG_DATA(&control.head), &pass_fd, sizeof(int));
            n = sendmsg(fd, &msg, MSG_NOSIGNAL | MSG_DONTWAIT);
        } else {
            n = send(fd, bytes.ptr, bytes.len, MSG_NOSIGNAL | MSG_DONTWAIT);
        }
        if (n > 0) {
            pass_fd = -1; /* it went with the first byte */
            bytes = str_drop(bytes, (size_t)n);
        } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
            if (wait_for(fd, POLLOUT, until) != 1)
                return FAIL(err, PEER, STR("it does not read"));
        } else if (errno != EINTR) {
            return FAIL(err, PEER, STR("it is gone"));
        }
    }
    return true;
}

bool peer_send_fd(struct peer *peer, unsigned type, uint64_t id, struct str body, int fd,
                  struct err *err)
{
    unsigned char head[PEER_HEAD_BYTES];
    int64_t until = until_of(SEND_TIMEOUT_MS);
    bool sent;

    if (body.len > PEER_BODY_MAX)
        return FAIL(err, TOO_LARGE, STR("a message between processes"));
    if (!type_is_ours(type) || !record_is_valid(body))
        return FAIL(err, BUG, STR("a message between processes"));
    peer_head_write(&(struct peer_head){ .type = type, .length = body.len, .id = id }, head);

    pthread_mutex_lock(&peer->sends);
    sent = peer->fd >= 0 && !peer->broken
               ? send_some(peer->fd, (struct str){ (char *)head, sizeof head }, fd, until, err) &&
                     send_some(peer->fd, body, -1, until, err)
               : FAIL(err, PEER, STR("it is gone"));
    if (!sent)
        peer->broken = true; /* perhaps half a frame has left */
    pthread_mutex_unlock(&peer->sends);
    return sent ? true : PASS(err);
}

bool peer_send(struct peer *peer, unsigned type, uint64_t id, struct str body, struct err *err)
{
    return peer_send_fd(peer, type, id, body, -1, err) ? true : PASS(err);
}

bool peer_reply(struct peer *peer, const struct message *to, struct str body, struct err *err)
{
    return peer_send(peer, to->type | PEER_REPLY, to->id, body, err) ? true : PASS(err);
}

bool peer_reply_error(struct peer *peer, const struct message *to, const struct err *why,
                      struct err *err)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(4096);
    struct buf body = buf_new(arena, 1024);

    record_put(&body, "code", str_from_z(err_name(why->code)));
    record_put(&body, "subject", str_from_z(why->subject));
    return peer_send(peer, PEER_ERROR, to->id, buf_str(&body), err) ? true : PASS(err);
}

/* ---- receiving ---- */

enum got { GOT_ALL, GOT_END, GOT_LATE, GOT_BROKEN };

/* *passed: a descriptor that came beside the bytes; NULL where none may come (the kernel then drops it). */
static ssize_t receive_some(int fd, char *at, size_t room, int *passed)
{
    struct iovec piece = { .iov_base = at, .iov_len = room };
    union {
        struct cmsghdr head;
        char room[CMSG_SPACE(sizeof(int))];
    } control;
    struct msghdr msg = { .msg_iov = &piece,
                          .msg_iovlen = 1,
                          .msg_control = control.room,
                          .msg_controllen = sizeof control.room };
    ssize_t n;

    if (!passed)
        return recv(fd, at, room, MSG_DONTWAIT);
    n = recvmsg(fd, &msg, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
    if (n > 0) {
        struct cmsghdr *c = CMSG_FIRSTHDR(&msg);

        if (c && c->cmsg_level == SOL_SOCKET && c->cmsg_type == SCM_RIGHTS &&
            c->cmsg_len == CMSG_LEN(sizeof(int))) {
            if (*passed >= 0)
                close(*passed);
            memcpy(passed, CMSG_DATA(c), sizeof(int));
        }
    }
    return n;
}

static enum got receive_all(int fd, char *at, size_t count, int64_t until, int *passed)
{
    size_t have = 0;

    while (have < count) {
        ssize_t n = receive_some(fd, at + have, count - have, passed);

        if (n > 0) {
            if (have == 0 && until < 0)
                until = until_of(FRAME_TIMEOUT_MS); /* a frame that has begun must end */
            have += (size_t)n;
        } else if (n == 0 || errno == ECONNRESET) {
            return have == 0 ? GOT_END : GOT_BROKEN;
        } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
            int ready = wait_for(fd, POLLIN, until);

            if (ready == 0)
                return have == 0 ? GOT_LATE : GOT_BROKEN;
            if (ready < 0)
                return GOT_BROKEN;
        } else if (errno != EINTR) {
            return GOT_BROKEN;
        }
    }
    return GOT_ALL;
}

static int receive(struct peer *peer, int64_t until, struct arena *arena, struct message *out,
                   int *passed, struct err *err)
{
    unsigned char bytes[PEER_HEAD_BYTES];
    struct peer_head head;
    char *body;

    if (peer->fd < 0 || peer->broken)
        return FAIL(err, PEER, STR("it is gone")), -1;
    switch (receive_all(peer->fd, (char *)bytes, sizeof bytes, until, passed)) {
    case GOT_END:
        return 0;
    case GOT_LATE:
        return FAIL(err, PEER, STR("no answer in time")), -1;
    case GOT_BROKEN:
        peer->broken = true;
        return FAIL(err, PEER, STR("it is gone")), -1;
    case GOT_ALL:
        break;
    }
    if (!peer_head_read(bytes, &head)) {
        peer->broken = true;
        return FAIL(err, PEER, STR("it breaks the rules of our messages")), -1;
    }
    body = arena_alloc(arena, head.length + 1);
    if (head.length > 0 &&
        receive_all(peer->fd, body, head.length, until_of(FRAME_TIMEOUT_MS), passed) != GOT_ALL) {
        peer->broken = true;
        return FAIL(err, PEER, STR("it is gone")), -1;
    }
    out->type = head.type;
    out->id = head.id;
    out->body = (struct str){ body, head.length };
    if (!record_is_valid(out->body)) {
        peer->broken = true;
        return FAIL(err, PEER, STR("it breaks the rules of our messages")), -1;
    }
    return 1;
}

int peer_receive(struct peer *peer, int timeout_ms, struct arena *arena, struct message *out,
                 struct err *err)
{
    return receive(peer, until_of(timeout_ms), arena, out, NULL, err);
}

int peer_receive_fd(struct peer *peer, int timeout_ms, struct arena *arena, struct message *out,
                    int *fd, struct err *err)
{
    *fd = -1;
    int got = receive(peer, until_of(timeout_ms), arena, out, fd, err);

    if (got != 1 && *fd >= 0) {
        close(*fd);
        *fd = -1;
    }
    return got;
}

/* ---- links ---- */

/* Only the supervisor, our parent, makes connections to a link; a stranger of the same user does not get in. */
static bool is_from_parent(int fd)
{
    struct ucred who;
    socklen_t size = sizeof who;

    return getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &who, &size) == 0 && who.pid == getppid();
}

/* A command of this user, or of root, who can read everything anyway. */
static bool is_from_user(int fd)
{
    struct ucred who;
    socklen_t size = sizeof who;

    return getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &who, &size) == 0 &&
           (who.uid == geteuid() || who.uid == 0);
}

static int accept_one(int listen_fd, bool (*may)(int fd))
{
    int fd = accept4(listen_fd, NULL, NULL, SOCK_CLOEXEC);

    if (fd >= 0 && !may(fd)) {
        log_plain("connection-refused");
        close(fd);
        errno = EAGAIN;
        return -1;
    }
    return fd;
}

static bool has_ended(int fd)
{
    char c;
    ssize_t n = recv(fd, &c, 1, MSG_PEEK | MSG_DONTWAIT);

    return n == 0 || (n < 0 && errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR);
}

/* The newest connection that still lives; waits for one until the time is up. */
static bool take_newest(struct peer *peer, int64_t until, struct err *err)
{
    for (;;) {
        while (wait_for(peer->listen_fd, POLLIN, now_ms()) == 1) {
            int fd = accept_one(peer->listen_fd, is_from_parent);

            if (fd < 0)
                break;
            drop_connection(peer);
            peer->fd = fd;
        }
        if (peer->fd >= 0 && (peer->broken || has_ended(peer->fd)))
            drop_connection(peer);
        if (peer->fd >= 0)
            return true;
        if (wait_for(peer->listen_fd, POLLIN, until) != 1)
            return FAIL(err, PEER, STR("nobody is there"));
    }
}

/* ---- calling ---- */

/* The error the other side answered, as ours. */
static bool fail_as_told(struct str reply, struct err *err)
{
    struct str code = record_get(reply, "code"), subject = record_get(reply, "subject");

    for (int i = 1; i < ERR_COUNT; i++)
        if (str_eq_z(code, err_name((enum err_code)i)))
            return err_set(err, (enum err_code)i, subject, HERE);
    return FAIL(err, PEER, subject);
}

static bool call(struct peer *peer, unsigned type, struct str body, int64_t until,
                 struct arena *arena, struct str *reply, int *passed, struct err *err)
{
    uint64_t id;

    if (peer->listen_fd >= 0 && !take_newest(peer, until, err))
        return PASS(err);
    id = ++peer->next_id;
    if (!peer_send(peer, type, id, body, err))
        return PASS(err);
    for (;;) {
        struct message message;
        int got = receive(peer, until, arena, &message, passed, err);

        if (got < 0)
            return PASS(err);
        if (got == 0) {
            peer->broken = true;
            return FAIL(err, PEER, STR("it is gone"));
        }
        if (message.id < id)
            continue; /* the answer to a question whose time was up */
        if (message.id == id && message.type == PEER_ERROR)
            return fail_as_told(message.body, err);
        if (message.id != id || message.type != (type | PEER_REPLY)) {
            peer->broken = true;
            return FAIL(err, PEER, STR("it breaks the rules of our messages"));
        }
        *reply = message.body;
        return true;
    }
}

bool peer_call(struct peer *peer, unsigned type, struct str body, int timeout_ms,
               struct arena *arena, struct str *reply, struct err *err)
{
    bool done;

    pthread_mutex_lock(&peer->calls);
    done = call(peer, type, body, until_of(timeout_ms), arena, reply, NULL, err);
    pthread_mutex_unlock(&peer->calls);
    return done ? true : PASS(err);
}

bool peer_call_fd(struct peer *peer, unsigned type, struct str body, int timeout_ms,
                  struct arena *arena, struct str *reply, int *fd, struct err *err)
{
    bool done;

    *fd = -1;
    pthread_mutex_lock(&peer->calls);
    done = call(peer, type, body, until_of(timeout_ms), arena, reply, fd, err);
    pthread_mutex_unlock(&peer->calls);
    if (!done && *fd >= 0) {
        close(*fd);
        *fd = -1;
    }
    return done ? true : PASS(err);
}

/* ---- serving ---- */

static bool is_allowed(const unsigned *allowed, unsigned type)
{
    while (*allowed && *allowed != type)
        allowed++;
    return *allowed != 0;
}

static bool answer(struct peer *peer, const struct message *message, peer_handler *handler,
                   void *context, struct arena *arena, struct err *err)
{
    struct err why = { 0 };
    struct str reply = STR_NONE;

    if (handler(context, message, arena, &reply, &why))
        return peer_reply(peer, message, reply, err) ? true : PASS(err);
    log_error("peer-answer", STR_NONE, &why);
    return peer_reply_error(peer, message, &why, err) ? true : PASS(err);
}

void peer_serve(struct peer *peer, const unsigned *allowed, peer_handler *handler, void *context)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(SERVE_ARENA_MAX);

    for (;;) {
        struct message message;
        struct err err = { 0 };
        int got;

        arena_reset(arena);
        got = peer_receive(peer, 0, arena, &message, &err);
        if (got == 0)
            return;
        if (got < 0 || !is_allowed(allowed, message.type) ||
            !answer(peer, &message, handler, context, arena, &err)) {
            if (err.code == ERR_NONE)
                (void)FAIL(&err, PEER, STR("it may not ask this"));
            log_error("peer-dropped", STR_NONE, &err);
            return;
        }
    }
}

struct link_service {
    const unsigned *allowed;
    peer_handler *handler;
    void *context;
    pthread_mutex_t lock;
    pthread_cond_t ended;
    int fds[PEER_LINK_MAX]; /* of the connections now, -1 where free */
};

struct link_thread {
    struct link_service *service;
    size_t slot;
};

static void *serve_connection(void *argument)
{
    struct link_thread thread = *(struct link_thread *)argument;
    struct link_service *service = thread.service;
    struct peer *peer = peer_new(service->fds[thread.slot]);

    free(argument);
    peer_serve(peer, service->allowed, service->handler, service->context);
    pthread_mutex_lock(&service->lock);
    service->fds[thread.slot] = -1;
    peer_free(peer);
    pthread_cond_signal(&service->ended);
    pthread_mutex_unlock(&service->lock);
    return NULL;
}

static void start_connection(struct link_service *service, int fd)
{
    struct link_thread *thread = malloc(sizeof *thread);
    pthread_t id;
    size_t slot = 0;

    if (!thread)
        abort();
    pthread_mutex_lock(&service->lock);
    while (slot < PEER_LINK_MAX && service->fds[slot] >= 0)
        slot++;
    if (slot < PEER_LINK_MAX)
        service->fds[slot] = fd;
    pthread_mutex_unlock(&service->lock);

    *thread = (struct link_thread){ service, slot };
    if (slot < PEER_LINK_MAX && pthread_create(&id, NULL, serve_connection, thread) == 0) {
        pthread_detach(id);
        return;
    }
    if (slot < PEER_LINK_MAX)
        service->fds[slot] = -1;
    log_plain("link-full");
    close(fd);
    free(thread);
}

/* Readers see the end of their connection, finish what they answer, and go. */
static void end_connections(struct link_service *service)
{
    pthread_mutex_lock(&service->lock);
    for (size_t i = 0; i < PEER_LINK_MAX; i++)
        if (service->fds[i] >= 0)
            shutdown(service->fds[i], SHUT_RD);
    for (size_t i = 0; i < PEER_LINK_MAX; i++)
        while (service->fds[i] >= 0)
            pthread_cond_wait(&service->ended, &service->lock);
    pthread_mutex_unlock(&service->lock);
}

static bool serve_listener(int listen_fd, int stop_fd, bool (*may)(int fd), const unsigned *allowed,
                           peer_handler *handler, void *context, struct err *err)
{
    struct link_service service = { .allowed = allowed, .handler = handler, .context = context };
    bool works = true;

    pthread_mutex_init(&service.lock, NULL);
    pthread_cond_init(&service.ended, NULL);
    for (size_t i = 0; i < PEER_LINK_MAX; i++)
        service.fds[i] = -1;
    for (;;) {
        struct pollfd p[2] = { { .fd = listen_fd, .events = POLLIN },
                               { .fd = stop_fd, .events = POLLIN } };
        int fd;

        if (poll(p, 2, -1) < 0 && errno != EINTR) {
            works = FAIL(err, PEER, STR("a link"));
            break;
        }
        if (p[1].revents)
            break;
        if (!(p[0].revents & POLLIN))
            continue;
        fd = accept_one(listen_fd, may);
        if (fd >= 0)
            start_connection(&service, fd);
    }
    end_connections(&service);
    pthread_mutex_destroy(&service.lock);
    pthread_cond_destroy(&service.ended);
    return works ? true : PASS(err);
}

bool peer_serve_link(int listen_fd, int stop_fd, const unsigned *allowed, peer_handler *handler,
                     void *context, struct err *err)
{
    return serve_listener(listen_fd, stop_fd, is_from_parent, allowed, handler, context, err)
               ? true
               : PASS(err);
}

bool peer_serve_local(int listen_fd, int stop_fd, const unsigned *allowed, peer_handler *handler,
                      void *context, struct err *err)
{
    return serve_listener(listen_fd, stop_fd, is_from_user, allowed, handler, context, err)
               ? true
               : PASS(err);
}

bool peer_connect(const char *path, struct peer **out, struct err *err)
{
    struct sockaddr_un at = { .sun_family = AF_UNIX };
    int fd;

    *out = NULL;
    if (strlen(path) >= sizeof at.sun_path)
        return FAIL(err, PEER, str_from_z(path));
    memcpy(at.sun_path, path, strlen(path) + 1);
    fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd >= 0 && connect(fd, (struct sockaddr *)&at, sizeof at) == 0) {
        *out = peer_new(fd);
        return true;
    }
    if (fd >= 0)
        close(fd);
    return errno == ENOENT || errno == ECONNREFUSED ? true : FAIL(err, PEER, str_from_z(path));
}
