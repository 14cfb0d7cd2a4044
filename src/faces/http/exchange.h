/* faces/http/exchange.h: the life of one request: its head is judged, its body collected, its handler run. Knows nothing of the
 * library below; server.c carries bytes to and from it. */
#pragma once
#include "base/err.h"
#include "faces/http/http.h"
#include "faces/http/metrics.h"
#include "faces/http/router.h"
#include <stdatomic.h>

/* What all exchanges of a server share. */
struct exchange_shared {
    const struct server_options *options; /* with all defaults filled in */
    struct router *router;
    struct metrics *metrics;
    atomic_size_t bodies; /* bytes of all bodies held now */
};

struct exchange {
    struct exchange_shared *shared;
    struct request req;
    struct response res;
    size_t route_index; /* of the router; router_count: none */
    uint64_t length;    /* of the body, as told */
    char *body;
    size_t body_len, body_cap;
    struct err refused; /* code ERR_NONE: not refused */
    bool must_close;    /* where the request ends is not certain: nothing after it may be read */
    bool discards;      /* refused, but the body is read away so that the answer arrives */
    bool has_expectation;
    int64_t began_us; /* monotonic */
};

/* What came before the body; all borrowed until the exchange ends. */
struct exchange_head {
    struct str method, url, version;
    struct str peer; /* the address at the other end */
};

/* headers: as they came, already in req.headers. Judges all that can be judged without the body. */
void exchange_begin(struct exchange *exchange, const struct exchange_head *head);
/* A piece of the body. False: end the connection. */
bool exchange_take(struct exchange *exchange, struct str piece);
/* The whole body is there, or the request was refused: fills exchange->res. */
void exchange_finish(struct exchange *exchange);
/* Gives back what the answer and the body hold. */
void exchange_end(struct exchange *exchange);

/* ---- the last choices about the answer, by the request's headers ---- */
struct reply {
    int status;
    struct str body, etag;
    bool is_gzip;
};
struct reply exchange_reply(const struct exchange *exchange);

int64_t monotonic_us(void);
