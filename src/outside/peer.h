/* outside/peer.h: another of our processes at the other end of a socket. Frames: type, length, request id, then a record
 * (base/record.h). Both sides check everything again; a frame that breaks the rules ends the connection. */
#pragma once
#include "base/arena.h"
#include "base/str.h"

struct err;
struct peer;

/* The closed table of what our processes may say to each other. The reply to X is X with PEER_REPLY set; PEER_ERROR replies carry
 * "code" (ERR_ name) and "subject". */
enum peer_message {
    PEER_INTAKE_REPORT = 1, /* public to desk: a sealed report form; reply: receipt, passphrase */
    PEER_INTAKE_FILE, /* public to desk: a sealed piece of an attachment under a draft token */
    PEER_INTAKE_WEBSITE, /* public to desk: a sealed report on a website; reply: as PEER_INTAKE_REPORT */
    PEER_MAIL, /* desk to courier: from, to, message (finished); reply: result ("sent", "later", "refused"), text */
    PEER_PGP_IMPORT, /* desk to pgp: key; reply: fingerprint, uid*, expires (ms), algorithm, or why not; without key: own */
    PEER_PGP_ENCRYPT, /* desk to pgp: key, fingerprint, and the fields of a struct mime_message; reply: message, finished */
    PEER_PARSE,       /* desk to parse: what, bytes; reply: a record of findings */
    PEER_SPAWN_PARSE, /* desk to supervisor: a fresh parse worker, whose socket comes with the reply */
    PEER_COMMAND, /* a local command to desk over the 0600 socket: argv; reply: status, output */
    PEER_FETCH, /* desk to courier: begin to fetch a feed's file: the fields of struct fetch_ask, name (in incoming/); reply: nothing */
    PEER_FETCH_LOOK, /* desk to courier: how that stands; reply: the fields of struct fetch_state */
    PEER_SPAWN_IMPORT, /* desk to supervisor: a process that imports one file, whose socket comes with the reply */
    PEER_IMPORT, /* desk to it: name (in incoming/), format; reply: the counts, when it is through */
    PEER_INTAKE_ANSWER, /* public to desk: a sealed answer about a developer that cannot be reached; reply: nothing */
    PEER_CALL, /* desk to courier: begin to call a webhook: slot and the fields of struct call_ask; reply: nothing */
    PEER_CALL_LOOK, /* desk to courier: how that stands: slot; reply: the fields of struct call_state */
    PEER_FETCH_KEEP, /* desk to courier: the only files that stay in incoming/: name*; reply: nothing */
    PEER_PING,
    PEER_REPLY = 0x8000,
    PEER_ERROR = 0xffff
};
enum { PEER_BODY_MAX = 16 << 20, PEER_HEAD_BYTES = 16 };

struct message {
    unsigned type;
    uint64_t id;
    struct str body; /* a valid record, in the arena it was received into */
};

/* The head of a frame: type, length and id, big-endian. False when the type is not one of ours or the body would be too large. */
struct peer_head {
    unsigned type;
    size_t length;
    uint64_t id;
};
void peer_head_write(const struct peer_head *head, unsigned char out[PEER_HEAD_BYTES]);
MUST_CHECK bool peer_head_read(const unsigned char in[PEER_HEAD_BYTES], struct peer_head *out);

struct peer *peer_new(int fd); /* owns the descriptor, a connected SOCK_STREAM */
void peer_free(struct peer *peer);
DEFINE_CLEANUP(struct peer, peer_free)
int peer_fd(const struct peer *peer); /* -1 while a link has nobody at the other end */

/* A link: the other process may die and come back, and the supervisor connects each new life of it to this listening unix
 * socket (it alone: the connecting process must be our parent). peer_call takes the newest connection; the one before it is dropped. */
struct peer *peer_new_link(int listen_fd); /* owns the descriptor */

/* Asks and waits for the answer; one at a time for each peer, callers queue. timeout_ms 0 waits for ever. ERR_PEER, or the error the other side answered. */
MUST_CHECK bool peer_call(struct peer *peer, unsigned type, struct str body, int timeout_ms,
                          struct arena *arena, struct str *reply, struct err *err);

/* The same for an answer that brings a descriptor (-1: it brought none). */
MUST_CHECK bool peer_call_fd(struct peer *peer, unsigned type, struct str body, int timeout_ms,
                             struct arena *arena, struct str *reply, int *fd, struct err *err);

/* For the serving side. peer_receive: 1 a message, 0 the other side has closed, -1 an error. */
int peer_receive(struct peer *peer, int timeout_ms, struct arena *arena, struct message *out,
                 struct err *err);
MUST_CHECK bool peer_send(struct peer *peer, unsigned type, uint64_t id, struct str body,
                          struct err *err);
MUST_CHECK bool peer_reply(struct peer *peer, const struct message *to, struct str body,
                           struct err *err);
MUST_CHECK bool peer_reply_error(struct peer *peer, const struct message *to, const struct err *why,
                                 struct err *err);
/* With a descriptor beside it (supervisor and desk only). fd -1: none. */
MUST_CHECK bool peer_send_fd(struct peer *peer, unsigned type, uint64_t id, struct str body, int fd,
                             struct err *err);
int peer_receive_fd(struct peer *peer, int timeout_ms, struct arena *arena, struct message *out,
                    int *fd, struct err *err);

/* Serves one peer until it closes: handler fills reply or returns false with err (answered as PEER_ERROR). `allowed` lists the types this peer may send, ends with 0. */
typedef bool peer_handler(void *context, const struct message *message, struct arena *arena,
                          struct str *reply, struct err *err);
void peer_serve(struct peer *peer, const unsigned *allowed, peer_handler *handler, void *context);

/* The same for whoever connects to the link, one after another, each connection on a thread of its own, at most PEER_LINK_MAX at
 * once; returns when stop_fd can be read and all have ended. ERR_PEER when the link itself breaks. */
enum { PEER_LINK_MAX = 64 };
MUST_CHECK bool peer_serve_link(int listen_fd, int stop_fd, const unsigned *allowed,
                                peer_handler *handler, void *context, struct err *err);
/* The same for a socket to which programs of this user (or root) connect: commands on this machine. */
MUST_CHECK bool peer_serve_local(int listen_fd, int stop_fd, const unsigned *allowed,
                                 peer_handler *handler, void *context, struct err *err);
/* Connects to such a socket. *out is NULL when nobody listens there. ERR_PEER */
MUST_CHECK bool peer_connect(const char *path, struct peer **out, struct err *err);
