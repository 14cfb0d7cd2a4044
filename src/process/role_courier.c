#include "base/err.h"
#include "base/record.h"
#include "outside/call.h"
#include "outside/fetch.h"
#include "outside/incoming.h"
#include "outside/mail.h"
#include "outside/peer.h"
#include "process/roles.h"

enum { MAIL_TIMEOUT_MS = 60000, REPLY_MAX = 4096 };

struct courier {
    struct mail_host host;
    struct fetch *fetch;
    struct call_slots *calls;
    const char *incoming; /* the folder for what is fetched */
};

/* PEER_MAIL: from, to, message; reply: result ("sent", "later", "refused") and the host's words. */
static bool send_mail(const struct mail_host *host, const struct message *message,
                      struct arena *arena, struct str *reply, struct err *err)
{
    static const char *const results[] = {
        [MAIL_SENT] = "sent", [MAIL_LATER] = "later", [MAIL_REFUSED] = "refused"
    };
    struct buf answer = buf_new(arena, REPLY_MAX);
    struct str words;
    enum mail_result result;

    if (host->url.len == 0) {
        record_put(&answer, "result", STR("later"));
        record_put(&answer, "text", STR("mail_smarthost is not set"));
        return buf_done(&answer, reply, err) ? true : PASS(err);
    }
    result = mail_send(host, record_get(message->body, "from"), record_get(message->body, "to"),
                       record_get(message->body, "message"), arena, &words);
    record_put(&answer, "result", str_from_z(results[result]));
    record_put(&answer, "text", words);
    return buf_done(&answer, reply, err) ? true : PASS(err);
}

/* PEER_FETCH: the fields of struct fetch_ask; reply: nothing. */
static bool start_fetch(const struct courier *courier, const struct message *message,
                        struct arena *arena, struct str *reply, struct err *err)
{
    struct str name = record_get(message->body, "name");
    struct fetch_ask ask = { .url = record_get(message->body, "url"),
                             .plain_ok = record_get_int(message->body, "plain_ok", 0) != 0,
                             .etag = record_get(message->body, "etag"),
                             .modified = record_get(message->body, "modified"),
                             .part_etag = record_get(message->body, "part_etag"),
                             .sum_url = record_get(message->body, "sum_url"),
                             .sum_known = record_get(message->body, "sum_known"),
                             .header = record_get(message->body, "header"),
                             .max_bytes = record_get_int(message->body, "max_bytes", 0) };

    if (!incoming_is_name(name))
        return FAIL(err, INPUT, STR("name"));
    ask.path = arena_z(arena, arena_printf(arena, "%s/%.*s", courier->incoming, STR_ARG(name)));
    *reply = STR("");
    return fetch_start(courier->fetch, &ask, err) ? true : PASS(err);
}

/* PEER_FETCH_LOOK: nothing; reply: the fields of struct fetch_state. */
static bool look_at_fetch(const struct courier *courier, struct arena *arena, struct str *reply,
                          struct err *err)
{
    struct buf answer = buf_new(arena, REPLY_MAX);
    struct fetch_state state;

    fetch_look(courier->fetch, arena, &state);
    record_put_int(&answer, "result", state.result);
    record_put_int(&answer, "bytes", state.bytes);
    record_put_int(&answer, "expected", state.expected);
    record_put_int(&answer, "retry_seconds", state.retry_seconds);
    record_put(&answer, "etag", state.etag);
    record_put(&answer, "modified", state.modified);
    record_put(&answer, "sum", state.sum);
    record_put(&answer, "words", state.words);
    return buf_done(&answer, reply, err) ? true : PASS(err);
}

/* PEER_FETCH_KEEP: the names of files; reply: nothing. */
static bool keep_files(const struct courier *courier, const struct message *message,
                       struct arena *arena, struct str *reply, struct err *err)
{
    struct fetch_state state;

    *reply = STR("");
    fetch_look(courier->fetch, arena, &state);
    if (state.result == FETCH_RUNNING)
        return FAIL(err, UNAVAILABLE, STR("the courier"));
    return incoming_keep(courier->incoming, message->body, err) ? true : PASS(err);
}

/* PEER_CALL: slot and the fields of struct call_ask; reply: nothing. */
static bool start_call(const struct courier *courier, const struct message *message,
                       struct str *reply, struct err *err)
{
    struct call_ask ask = { .url = record_get(message->body, "url"),
                            .id = record_get(message->body, "id"),
                            .timestamp = record_get(message->body, "timestamp"),
                            .signature = record_get(message->body, "signature"),
                            .body = record_get(message->body, "body"),
                            .private_ok = record_get_int(message->body, "private_ok", 0) != 0 };

    *reply = STR("");
    return call_start(courier->calls, (size_t)record_get_int(message->body, "slot", -1), &ask, err)
               ? true
               : PASS(err);
}

/* PEER_CALL_LOOK: slot; reply: the fields of struct call_state. */
static bool look_at_call(const struct courier *courier, const struct message *message,
                         struct arena *arena, struct str *reply, struct err *err)
{
    struct buf answer = buf_new(arena, REPLY_MAX);
    struct call_state state;

    call_look(courier->calls, (size_t)record_get_int(message->body, "slot", -1), arena, &state);
    record_put_int(&answer, "result", state.result);
    record_put(&answer, "words", state.words);
    return buf_done(&answer, reply, err) ? true : PASS(err);
}

static bool carry(void *context, const struct message *message, struct arena *arena,
                  struct str *reply, struct err *err)
{
    const struct courier *courier = context;

    switch (message->type) {
    case PEER_FETCH:
        return start_fetch(courier, message, arena, reply, err) ? true : PASS(err);
    case PEER_FETCH_LOOK:
        return look_at_fetch(courier, arena, reply, err) ? true : PASS(err);
    case PEER_FETCH_KEEP:
        return keep_files(courier, message, arena, reply, err) ? true : PASS(err);
    case PEER_CALL:
        return start_call(courier, message, reply, err) ? true : PASS(err);
    case PEER_CALL_LOOK:
        return look_at_call(courier, message, arena, reply, err) ? true : PASS(err);
    default:
        return send_mail(&courier->host, message, arena, reply, err) ? true : PASS(err);
    }
}

/* The setting says host:port; with a scheme (smtps://) it is taken as it is. */
static struct str smarthost_url(const struct settings *settings, struct arena *arena)
{
    struct str host = settings->mail_smarthost;

    return host.len == 0 || str_contains(host, STR("://"))
               ? host
               : arena_printf(arena, "smtp://%.*s", STR_ARG(host));
}

/* The only one that opens connections outwards; what it carries is finished and, where it matters, encrypted; what it brings it does not look into. */
bool role_courier_main(struct role_context *context, struct err *err)
{
    static const unsigned allowed[] = { PEER_MAIL, PEER_FETCH,     PEER_FETCH_LOOK, PEER_FETCH_KEEP,
                                        PEER_CALL, PEER_CALL_LOOK, PEER_PING,       0 };
    CLEANUP(peer_free_var) struct peer *desk = peer_new(FD_DESK);
    CLEANUP(fetch_free_var) struct fetch *fetch = fetch_new();
    CLEANUP(call_slots_free_var) struct call_slots *calls = call_slots_new();
    struct courier courier = { .host = { .url = smarthost_url(context->settings, context->arena),
                                         .helo = context->settings->mail_helo,
                                         .starttls = context->settings->smtp_starttls,
                                         .timeout_ms = MAIL_TIMEOUT_MS },
                               .fetch = fetch,
                               .calls = calls,
                               .incoming = arena_z(context->arena,
                                                   arena_printf(context->arena, "%s/incoming",
                                                                context->state_folder)) };

    if (!mail_start(err) || !role_confine(context, err))
        return PASS(err);
    role_say_ready();
    peer_serve(desk, allowed, carry, &courier); /* ends when the desk has */
    return true;
}
