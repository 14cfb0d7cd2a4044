/* faces/public/testing.h: for tests of what strangers send: a desk at the other end of the socket that opens what it is given. */
#pragma once
#include "faces/http/testing.h"

#include "faces/public/context.h"
#include "outside/intake.h"
#include "outside/peer.h"
#include <pthread.h>

struct far_desk {
    struct arena *arena;
    struct seal_box_keys keys;
    struct peer *served;
    pthread_t thread;
    struct intake_form got; /* the last report */
    int64_t files;          /* pieces of files that came */
};

static inline bool far_desk_keep(void *context, const struct message *message, struct arena *arena,
                                 struct str *reply, struct err *err)
{
    struct far_desk *desk = context;
    struct intake_piece piece;

    if (message->type == PEER_INTAKE_REPORT || message->type == PEER_INTAKE_WEBSITE) {
        struct intake_receipt receipt = { .number = STR("R-2026-7K3M-92QF"),
                                          .passphrase = STR("AAAA-BBBB-CCCC-DDDD-EEEE-FFFF"),
                                          .files = desk->files };

        return intake_read_form(&desk->keys, message->body, desk->arena, &desk->got, err) &&
               (desk->got.is_website = message->type == PEER_INTAKE_WEBSITE, true) &&
               intake_receipt_to(&receipt, arena, reply, err);
    }
    desk->files++;
    return intake_read_piece(&desk->keys, message->body, arena, &piece, err) &&
           intake_file_to(STR("01234567890123456789012345"), arena, reply, err);
}

static inline void *far_desk_serve(void *argument)
{
    static const unsigned allowed[] = { PEER_INTAKE_REPORT, PEER_INTAKE_WEBSITE, PEER_INTAKE_FILE,
                                        0 };
    struct far_desk *desk = argument;

    peer_serve(desk->served, allowed, far_desk_keep, desk);
    return NULL;
}

/* way: where the face under test sends to. */
static inline bool far_desk_start(struct far_desk *desk, struct intake_way *way)
{
    struct seal_key seed;
    struct err err = { 0 };
    int fds[2];

    if (!seal_start(&err) || socketpair(AF_UNIX, SOCK_STREAM, 0, fds) != 0)
        return false;
    seed = seal_key_new();
    *desk = (struct far_desk){ .arena = arena_new(64 << 20),
                               .keys = seal_box_keys_from(&seed),
                               .served = peer_new(fds[0]) };
    *way = (struct intake_way){ .desk = peer_new(fds[1]), .key = desk->keys.public_key };
    return pthread_create(&desk->thread, NULL, far_desk_serve, desk) == 0;
}

static inline void far_desk_end(struct far_desk *desk, struct intake_way *way)
{
    peer_free(way->desk);
    pthread_join(desk->thread, NULL);
    peer_free(desk->served);
    arena_free(desk->arena);
}

/* Everybody may do everything: what is tested lies behind that question. */
static inline enum may far_desk_may(const struct request *req, unsigned permission)
{
    (void)req;
    (void)permission;
    return MAY_YES;
}

static const struct str far_desk_hosts[] = { STR_INIT("localhost") },
                        far_desk_origins[] = { STR_INIT("http://localhost") };
