#include "base/err.h"
#include "base/record.h"
#include "domain/casework/package.h"
#include "domain/watch/upload.h"
#include "outside/peer.h"
#include "outside/worker.h"
#include "process/roles.h"

enum { QUESTION_MS = 10000, DOCUMENT_MEMORY = 128 << 20 };

static bool answer(struct str question, struct arena *arena, struct str *reply, struct err *err)
{
    struct str what = record_get(question, "what");

    if (str_eq(what, STR(PACKAGE_QUESTION)))
        return package_answer(question, arena, reply, err);
    if (str_eq(what, STR(WATCH_QUESTION)))
        return watch_answer(question, arena, reply, err);
    return worker_answer(question, arena, reply, err);
}

/* One document, then the end: what it may have done to this process ends with it (T46). */
bool role_parse_main(struct role_context *context, struct err *err)
{
    CLEANUP(peer_free_var) struct peer *desk = peer_new(FD_DESK);
    struct message message;
    struct err why = { 0 };
    struct str reply;
    CLEANUP(arena_free_var) struct arena *arena = arena_new(DOCUMENT_MEMORY);

    if (!role_confine(context, err))
        return PASS(err);
    switch (peer_receive(desk, QUESTION_MS, arena, &message, err)) {
    case 0:
        return true;
    case 1:
        break;
    default:
        return PASS(err);
    }
    if (message.type != PEER_PARSE)
        return FAIL(err, PEER, STR("a worker is asked to parse"));
    if (answer(message.body, arena, &reply, &why))
        return peer_reply(desk, &message, reply, err) ? true : PASS(err);
    return peer_reply_error(desk, &message, &why, err) ? true : PASS(err);
}
