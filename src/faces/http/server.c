#include "faces/http/assets.h"
#include "faces/http/deadline.h"
#include "faces/http/exchange.h"
#include "faces/http/headers.h"
#include "faces/http/microhttpd.h"
#include "faces/http/peer_address.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/socket.h>

enum {
    CONNECTION_MEMORY = 40 << 10, /* of libmicrohttpd: the request's head, then the answer's */
    REQUEST_MEMORY = 64 << 20,
    BODIES_MEMORY = 256 << 20,
    SEND_SECONDS = 300,
    LISTS_MAX = 32
};

struct server {
    struct microhttpd_calls http;
    struct server_options options;
    struct route_list lists[LISTS_MAX];
    struct exchange_shared shared;
    struct arena *arena; /* of the router and the counters */
    struct MHD_Daemon *daemon;
    struct deadlines *deadlines;
    atomic_uint running;
};

/* What libmicrohttpd keeps for us from the first line of a request to its end. */
struct talk {
    struct server *server;
    struct arena *arena;
    struct str url;
    bool has_begun, is_answered;
    size_t head_bytes;
    struct exchange exchange;
};

static int socket_of(const struct server *server, struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *info =
        server->http.get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);

    return info ? info->connect_fd : -1;
}

static struct str peer_of(const struct talk *talk, struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *info =
        talk->server->http.get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);

    return address_text(info ? info->client_addr : NULL, talk->arena);
}

/* ---- from the library to the exchange ---- */

static void *on_first_line(void *context, const char *url, struct MHD_Connection *connection)
{
    struct server *server = context;
    struct arena *arena = arena_new(server->options.request_memory);
    struct talk *talk = ARENA_NEW(arena, struct talk);

    (void)connection;
    talk->server = server;
    talk->arena = arena;
    talk->url = arena_str(arena, str_from_z(url));
    talk->exchange.shared = &server->shared;
    talk->exchange.req.arena = arena;
    talk->exchange.res.arena = arena;
    return talk;
}

/* The library would decode in place and cut at a NUL; we read the URL ourselves. */
static size_t leave_encoded(void *context, struct MHD_Connection *connection, char *text)
{
    (void)context;
    (void)connection;
    return strlen(text);
}

static enum MHD_Result keep_header(void *context, enum MHD_ValueKind kind, const char *name,
                                   size_t name_len, const char *value, size_t value_len)
{
    struct talk *talk = context;
    struct fields *headers = &talk->exchange.req.headers;

    (void)kind;
    talk->head_bytes += name_len + value_len;
    if (headers->len > HTTP_HEADERS_MAX)
        return MHD_NO; /* one too many shows that there were more */
    VEC_PUSH(
        talk->arena, headers,
        (struct field){ arena_str(talk->arena, (struct str){ name, name_len }),
                        value ? str_trim(arena_str(talk->arena, (struct str){ value, value_len }))
                              : STR("") });
    return MHD_YES;
}

static void begin(struct talk *talk, struct MHD_Connection *connection, const char *method,
                  const char *version)
{
    struct exchange *exchange = &talk->exchange;
    struct exchange_head head = { str_from_z(method), talk->url, str_from_z(version),
                                  peer_of(talk, connection) };

    talk->has_begun = true;
    deadline_set(talk->server->deadlines, socket_of(talk->server, connection),
                 talk->server->options.body_seconds);
    talk->server->http.get_connection_values_n(connection, MHD_HEADER_KIND, keep_header, talk);
    if (exchange->req.headers.len > HTTP_HEADERS_MAX || talk->head_bytes > HTTP_HEAD_MAX) {
        exchange->must_close = true;
        err_set(&exchange->refused, ERR_HEADERS_TOO_LARGE, STR_NONE, HERE);
    }
    exchange_begin(exchange, &head);
}

/* ---- from the exchange to the library ---- */

struct outgoing {
    const struct microhttpd_calls *http;
    struct MHD_Response *response;
};

static void add_header(void *context, const char *name, const char *value)
{
    const struct outgoing *out = context;

    out->http->add_response_header(out->response, name, value);
}

static void add_headers(struct outgoing *out, const struct exchange *exchange,
                        const struct reply *reply)
{
    const struct response *res = &exchange->res;
    const struct server_options *options = exchange->shared->options;
    struct headers_of of = { .content = res->content,
                             .is_private = options->is_private,
                             .is_https = exchange->req.is_https,
                             .is_error = reply->status >= 400,
                             .secret_link = res->secret_link,
                             .clear_site = res->clear_site,
                             .has_gzip = res->gzip.len > 0,
                             .cache = res->cache };

    headers_each(&of, add_header, out);
    if (res->type.len > 0 && reply->status != 304)
        add_header(out, "Content-Type", arena_z(res->arena, res->type));
    if (reply->etag.len > 0 && reply->status < 400)
        add_header(out, "ETag", arena_z(res->arena, reply->etag));
    if (reply->is_gzip && reply->status != 304)
        add_header(out, "Content-Encoding", "gzip");
    for (size_t i = 0; i < res->headers.len; i++)
        add_header(out, arena_z(res->arena, res->headers.at[i].name),
                   arena_z(res->arena, res->headers.at[i].value));
    if (exchange->must_close)
        add_header(out, "Connection", "close");
}

static enum MHD_Result answer(struct talk *talk, struct MHD_Connection *connection)
{
    const struct microhttpd_calls *http = &talk->server->http;
    struct exchange *exchange = &talk->exchange;
    struct outgoing out = { .http = http };
    struct reply reply;
    enum MHD_Result result;
    union {
        const char *from;
        void *to;
    } body;

    atomic_fetch_add(&talk->server->running, 1);
    talk->is_answered = true;
    exchange_finish(exchange);
    reply = exchange_reply(exchange);
    deadline_set(talk->server->deadlines, socket_of(talk->server, connection), SEND_SECONDS);
    /* The bytes live until on_end: in the arena, in the program, or until release. */
    body.from = reply.body.len > 0 ? reply.body.ptr : "";
    out.response =
        http->create_response_from_buffer(reply.body.len, body.to, MHD_RESPMEM_PERSISTENT);
    if (!out.response)
        return MHD_NO;
    add_headers(&out, exchange, &reply);
    result = http->queue_response(connection, (unsigned)reply.status, out.response);
    http->destroy_response(out.response);
    exchange->res.status = reply.status;
    return result;
}

static enum MHD_Result on_request(void *context, struct MHD_Connection *connection, const char *url,
                                  const char *method, const char *version, const char *piece,
                                  size_t *piece_len, void **kept)
{
    struct talk *talk = *kept;
    struct str bytes = { piece, *piece_len };

    (void)context;
    (void)url;
    if (!talk)
        return MHD_NO;
    if (!talk->has_begun) {
        begin(talk, connection, method, version);
        return talk->exchange.must_close ? answer(talk, connection) : MHD_YES;
    }
    if (talk->is_answered)
        return MHD_NO;
    if (bytes.len == 0)
        return answer(talk, connection);
    *piece_len = 0;
    return exchange_take(&talk->exchange, bytes) ? MHD_YES : MHD_NO;
}

static void on_end(void *context, struct MHD_Connection *connection, void **kept,
                   enum MHD_RequestTerminationCode why)
{
    struct server *server = context;
    struct talk *talk = *kept;
    struct exchange *exchange;

    (void)why;
    *kept = NULL;
    if (!talk)
        return;
    exchange = &talk->exchange;
    deadline_set(server->deadlines, socket_of(server, connection),
                 server->options.idle_seconds + server->options.head_seconds);
    if (talk->is_answered) {
        metrics_count(server->shared.metrics, exchange->route_index, exchange->res.status,
                      monotonic_us() - exchange->began_us);
        atomic_fetch_sub(&server->running, 1);
    }
    exchange_end(exchange);
    arena_free(talk->arena);
}

static void on_connection(void *context, struct MHD_Connection *connection, void **kept,
                          enum MHD_ConnectionNotificationCode what)
{
    struct server *server = context;

    (void)kept;
    deadline_set(server->deadlines, socket_of(server, connection),
                 what == MHD_CONNECTION_NOTIFY_STARTED ? server->options.head_seconds : 0);
}

/* ---- start and stop ---- */

static bool check_options(const struct server_options *options, struct err *err)
{
    if (options->list_count + 1 > LISTS_MAX || !options->hooks.may || options->threads < 1 ||
        options->threads > 64)
        return FAIL(err, BUG, STR("server options"));
    if (options->host_count == 0)
        return FAIL(err, SETTING, STR("hosts"));
    for (size_t i = 0; i < options->proxy_count; i++)
        if (!net_is_valid(options->proxies[i]))
            return FAIL(err, SETTING, options->proxies[i]);
    return true;
}

static void fill_defaults(struct server_options *o)
{
    o->request_memory = o->request_memory > 0 ? o->request_memory : REQUEST_MEMORY;
    o->bodies_memory = o->bodies_memory > 0 ? o->bodies_memory : BODIES_MEMORY;
    o->head_seconds = o->head_seconds > 0 ? o->head_seconds : 10;
    o->body_seconds = o->body_seconds > 0 ? o->body_seconds : 300;
    o->idle_seconds = o->idle_seconds > 0 ? o->idle_seconds : 60;
    o->connections = o->connections > 0 ? o->connections : 4096;
    o->per_address = o->per_address > 0 ? o->per_address : 64;
}

static struct MHD_Daemon *start_daemon(struct server *server)
{
    const struct server_options *o = &server->options;
    struct MHD_OptionItem options[] = {
        { MHD_OPTION_LISTEN_SOCKET, o->listen_fd, NULL },
        { MHD_OPTION_CONNECTION_LIMIT, (intptr_t)o->connections, NULL },
        { MHD_OPTION_CONNECTION_TIMEOUT, (intptr_t)o->idle_seconds, NULL },
        { MHD_OPTION_CONNECTION_MEMORY_LIMIT, CONNECTION_MEMORY, NULL },
        /* Behind a proxy all connections have its address, and the limit is the proxy's to keep. */
        { MHD_OPTION_PER_IP_CONNECTION_LIMIT, o->proxy_count > 0 ? 0 : (intptr_t)o->per_address,
          NULL },
        { MHD_OPTION_STRICT_FOR_CLIENT, 1, NULL },
        { o->threads > 1 ? MHD_OPTION_THREAD_POOL_SIZE : MHD_OPTION_END, (intptr_t)o->threads,
          NULL },
        { MHD_OPTION_END, 0, NULL },
    };

    return server->http.start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_ITC, 0, NULL, NULL,
                                     on_request, server, MHD_OPTION_URI_LOG_CALLBACK, on_first_line,
                                     server, MHD_OPTION_UNESCAPE_CALLBACK, leave_encoded, server,
                                     MHD_OPTION_NOTIFY_COMPLETED, on_end, server,
                                     MHD_OPTION_NOTIFY_CONNECTION, on_connection, server,
                                     MHD_OPTION_ARRAY, options, MHD_OPTION_END);
}

static void server_free(struct server *server)
{
    if (!server)
        return;
    deadlines_free(server->deadlines);
    arena_free(server->arena);
    free(server);
}
DEFINE_CLEANUP(struct server, server_free)

bool server_prepare(struct err *err)
{
    return microhttpd_load(&(struct microhttpd_calls){ 0 }, err) ? true : PASS(err);
}

bool server_start(const struct server_options *options, struct server **out, struct err *err)
{
    CLEANUP(server_free_var) struct server *server = NULL;
    int flags = fcntl(options->listen_fd, F_GETFL);

    if (!check_options(options, err))
        return PASS(err);
    server = calloc(1, sizeof(*server));
    if (!server || flags < 0 || fcntl(options->listen_fd, F_SETFL, flags | O_NONBLOCK) != 0)
        return FAIL(err, UNAVAILABLE, STR("socket"));
    if (!microhttpd_load(&server->http, err))
        return PASS(err);
    server->options = *options;
    fill_defaults(&server->options);
    for (size_t i = 0; i < options->list_count; i++)
        server->lists[i] = options->lists[i];
    server->lists[options->list_count] = assets_routes;
    server->arena = arena_new(64 << 20);
    server->shared.options = &server->options;
    if (!router_new(server->lists, options->list_count + (options->assets ? 1 : 0), server->arena,
                    &server->shared.router, err) ||
        !deadlines_new(&server->deadlines, err))
        return PASS(err);
    server->shared.metrics = metrics_new(server->shared.router, server->arena);
    server->daemon = start_daemon(server);
    if (!server->daemon)
        return FAIL(err, UNAVAILABLE, str_from_z(options->name));
    *out = TAKE(server);
    return true;
}

unsigned server_running(const struct server *server) { return atomic_load(&server->running); }

void server_stop(struct server *server, unsigned wait_ms)
{
    MHD_socket fd;

    if (!server)
        return;
    fd = server->http.quiesce_daemon(server->daemon);
    for (unsigned waited = 0; waited < wait_ms && server_running(server) > 0; waited += 10)
        nanosleep(&(struct timespec){ .tv_nsec = 10 * 1000 * 1000 }, NULL);
    server->http.stop_daemon(server->daemon);
    if (fd >= 0)
        close(fd);
    server_free(server);
}

bool server_metrics(const struct server *server, struct arena *arena, struct str *out,
                    struct err *err)
{
    return metrics_print(server->shared.metrics, arena, out, err) || PASS(err);
}
