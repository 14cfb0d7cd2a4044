#include "outside/call.h"

#include <netinet/in.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/err.h"
#include "outside/address.h"
#include "outside/curl.h"

enum { MEMORY = 1 << 20, CONNECT_MS = 5000, ANSWER_MAX = 64 << 10, WORDS_MAX = 200, HTTPS = 443 };

struct call {
    pthread_mutex_t lock; /* of state */
    pthread_t thread;
    bool has_thread, is_forbidden; /* is_forbidden: its address is not one we call */
    atomic_bool is_ending;
    struct arena *arena; /* of ask and state: begins anew with each start */
    struct call_ask ask;
    struct call_state state;
    size_t answered; /* bytes that were thrown away */
};

struct call_slots {
    struct call slots[CALL_SLOTS];
};

/* ---- one call ---- */

static int port_of(const struct sockaddr *address)
{
    struct sockaddr_in v4;
    struct sockaddr_in6 v6;

    if (address->sa_family == AF_INET) {
        memcpy(&v4, address, sizeof v4);
        return ntohs(v4.sin_port);
    }
    memcpy(&v6, address, sizeof v6);
    return ntohs(v6.sin6_port);
}

/* The address that is connected to is the one that is judged: what the name says the next time does not count. Rule: C18 */
static curl_socket_t open_socket(void *argument, curlsocktype purpose,
                                 struct curl_sockaddr *address)
{
    struct call *call = argument;

    if (purpose != CURLSOCKTYPE_IPCXN ||
        (address->family != AF_INET && address->family != AF_INET6) ||
        (!call->ask.private_ok &&
         (!address_is_public(&address->addr) || port_of(&address->addr) != HTTPS))) {
        call->is_forbidden = true;
        return CURL_SOCKET_BAD;
    }
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

static size_t drop_answer(char *from, size_t size, size_t count, void *argument)
{
    struct call *call = argument;

    (void)from;
    call->answered += size * count;
    return call->answered <= ANSWER_MAX ? size * count : 0;
}

static int look_up(void *argument, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d)
{
    const struct call *call = argument;

    (void)a, (void)b, (void)c, (void)d;
    return atomic_load(&call->is_ending); /* not 0: give up */
}

static void set_up(struct call *call, const struct curl_calls *curl, CURL *easy,
                   struct curl_slist *lines)
{
    curl->easy_setopt(easy, CURLOPT_URL, arena_z(call->arena, call->ask.url));
    curl->easy_setopt(easy, CURLOPT_PROTOCOLS_STR, call->ask.private_ok ? "http,https" : "https");
    curl->easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    curl->easy_setopt(easy, CURLOPT_PROXY, "");
    curl->easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl->easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, (long)CONNECT_MS);
    curl->easy_setopt(easy, CURLOPT_TIMEOUT, (long)CALL_SECONDS);
    curl->easy_setopt(easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    curl->easy_setopt(easy, CURLOPT_USERAGENT, "noroshi/" NOROSHI_VERSION);
    curl->easy_setopt(easy, CURLOPT_POST, 1L);
    curl->easy_setopt(easy, CURLOPT_POSTFIELDS, call->ask.body.ptr);
    curl->easy_setopt(easy, CURLOPT_POSTFIELDSIZE, (long)call->ask.body.len);
    curl->easy_setopt(easy, CURLOPT_HTTPHEADER, lines);
    curl->easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, open_socket);
    curl->easy_setopt(easy, CURLOPT_OPENSOCKETDATA, call);
    curl->easy_setopt(easy, CURLOPT_WRITEFUNCTION, drop_answer);
    curl->easy_setopt(easy, CURLOPT_WRITEDATA, call);
    curl->easy_setopt(easy, CURLOPT_NOPROGRESS, 0L);
    curl->easy_setopt(easy, CURLOPT_XFERINFOFUNCTION, look_up);
    curl->easy_setopt(easy, CURLOPT_XFERINFODATA, call);
}

static struct curl_slist *add_line(struct call *call, const struct curl_calls *curl,
                                   struct curl_slist *lines, const char *name, struct str value)
{
    struct curl_slist *more = curl->slist_append(
        lines, arena_z(call->arena, arena_printf(call->arena, "%s: %.*s", name, STR_ARG(value))));

    return more ? more : lines;
}

static struct call_state judge(struct call *call, const struct curl_calls *curl, CURL *easy,
                               CURLcode code)
{
    struct call_state state = { .result = CALL_FAILED };
    long status = 0;

    curl->easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
    if (call->is_forbidden)
        state.words = STR("its name leads to an address that is not called");
    else if (code != CURLE_OK)
        state.words =
            arena_str(call->arena, str_take(str_from_z(curl->easy_strerror(code)), WORDS_MAX));
    else
        state = (struct call_state){ status >= 200 && status < 300 ? CALL_TAKEN : CALL_FAILED,
                                     arena_printf(call->arena, "HTTP %ld", status) };
    return state;
}

static struct call_state perform(struct call *call)
{
    struct curl_slist *lines = NULL;
    struct call_state state;
    struct curl_calls curl;
    struct err err = { 0 };
    CURL *easy;

    if (!curl_load(&curl, &err))
        return (struct call_state){ CALL_FAILED, STR("libcurl is missing") };
    easy = curl.easy_init();
    if (!easy)
        return (struct call_state){ CALL_FAILED, STR("out of memory") };
    lines = add_line(call, &curl, lines, "Content-Type", STR("application/json"));
    lines = add_line(call, &curl, lines, "webhook-id", call->ask.id);
    lines = add_line(call, &curl, lines, "webhook-timestamp", call->ask.timestamp);
    lines = add_line(call, &curl, lines, "webhook-signature", call->ask.signature);
    set_up(call, &curl, easy, lines);
    state = judge(call, &curl, easy, curl.easy_perform(easy));
    curl.slist_free_all(lines);
    curl.easy_cleanup(easy);
    return state;
}

static void *run(void *argument)
{
    struct call *call = argument;
    struct call_state state = perform(call);

    pthread_mutex_lock(&call->lock);
    call->state = state;
    pthread_mutex_unlock(&call->lock);
    return NULL;
}

/* ---- from outside ---- */

struct call_slots *call_slots_new(void)
{
    struct call_slots *calls = calloc(1, sizeof *calls);

    if (!calls)
        abort(); /* our machine's trouble, as in the arena */
    for (size_t i = 0; i < CALL_SLOTS; i++) {
        pthread_mutex_init(&calls->slots[i].lock, NULL);
        calls->slots[i].arena = arena_new(MEMORY);
        calls->slots[i].state.result = CALL_FAILED;
    }
    return calls;
}

static void join(struct call *call)
{
    if (call->has_thread)
        pthread_join(call->thread, NULL);
    call->has_thread = false;
}

void call_slots_free(struct call_slots *calls)
{
    if (!calls)
        return;
    for (size_t i = 0; i < CALL_SLOTS; i++)
        atomic_store(&calls->slots[i].is_ending, true);
    for (size_t i = 0; i < CALL_SLOTS; i++) {
        join(&calls->slots[i]);
        pthread_mutex_destroy(&calls->slots[i].lock);
        arena_free(calls->slots[i].arena);
    }
    free(calls);
}

/* A line break in it would be a line of a stranger's. Rule: C47 */
static bool is_line(struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] <= ' ' || text.ptr[i] >= 0x7f)
            return false;
    }
    return text.len > 0 && text.len <= CALL_URL_MAX;
}

static bool is_ask(const struct call_ask *ask)
{
    return is_line(ask->url) && is_line(ask->id) && is_line(ask->timestamp) &&
           is_line(ask->signature) && ask->body.len <= CALL_BODY_MAX &&
           (str_starts(ask->url, STR("https://")) ||
            (ask->private_ok && str_starts(ask->url, STR("http://"))));
}

bool call_start(struct call_slots *calls, size_t slot, const struct call_ask *ask, struct err *err)
{
    struct call *call = slot < CALL_SLOTS ? &calls->slots[slot] : NULL;
    bool is_busy;

    if (!call || !is_ask(ask))
        return FAIL(err, INPUT, STR("call"));
    pthread_mutex_lock(&call->lock);
    is_busy = call->state.result == CALL_RUNNING;
    pthread_mutex_unlock(&call->lock);
    if (is_busy)
        return FAIL(err, UNAVAILABLE, STR("the courier"));
    join(call);
    arena_reset(call->arena);
    call->ask = (struct call_ask){ .url = arena_str(call->arena, ask->url),
                                   .id = arena_str(call->arena, ask->id),
                                   .timestamp = arena_str(call->arena, ask->timestamp),
                                   .signature = arena_str(call->arena, ask->signature),
                                   .body = arena_str(call->arena, ask->body),
                                   .private_ok = ask->private_ok };
    call->state = (struct call_state){ .result = CALL_RUNNING };
    call->is_forbidden = false;
    call->answered = 0;
    if (pthread_create(&call->thread, NULL, run, call) != 0) {
        call->state.result = CALL_FAILED;
        return FAIL(err, UNAVAILABLE, STR("a thread"));
    }
    call->has_thread = true;
    return true;
}

void call_look(struct call_slots *calls, size_t slot, struct arena *arena, struct call_state *out)
{
    struct call *call = slot < CALL_SLOTS ? &calls->slots[slot] : NULL;

    *out = (struct call_state){ .result = CALL_FAILED };
    if (!call)
        return;
    pthread_mutex_lock(&call->lock);
    *out = call->state;
    out->words = arena_str(arena, call->state.words);
    pthread_mutex_unlock(&call->lock);
}
