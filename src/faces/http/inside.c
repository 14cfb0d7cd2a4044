#include "faces/http/inside.h"

#include <stdlib.h>

#include "faces/http/assets.h"
#include "faces/http/exchange.h"

enum { LISTS_MAX = 32, REQUEST_MEMORY = 64 << 20, ROUTES_MEMORY = 64 << 20 };

struct inside {
    struct server_options options;
    struct route_list lists[LISTS_MAX];
    struct exchange_shared shared;
    struct arena *arena, *request;
    struct exchange exchange;
};

bool inside_new(const struct server_options *options, struct inside **out, struct err *err)
{
    CLEANUP(inside_free_var) struct inside *inside = calloc(1, sizeof *inside);

    if (!inside || options->list_count >= LISTS_MAX || options->host_count == 0)
        return FAIL(err, BUG, STR("options"));
    inside->options = *options;
    for (size_t i = 0; i < options->list_count; i++)
        inside->lists[i] = options->lists[i];
    inside->lists[options->list_count] = assets_routes;
    inside->arena = arena_new(ROUTES_MEMORY);
    inside->request = arena_new(options->request_memory ? options->request_memory : REQUEST_MEMORY);
    inside->shared.options = &inside->options;
    if (!router_new(inside->lists, options->list_count + (options->assets ? 1 : 0), inside->arena,
                    &inside->shared.router, err))
        return PASS(err);
    inside->shared.metrics = metrics_new(inside->shared.router, inside->arena);
    *out = TAKE(inside);
    return true;
}

void inside_free(struct inside *inside)
{
    if (!inside)
        return;
    exchange_end(&inside->exchange);
    arena_free(inside->request);
    arena_free(inside->arena);
    free(inside);
}

const struct response *inside_get(struct inside *inside, struct str url)
{
    struct exchange *exchange = &inside->exchange;
    struct request *req = &exchange->req;
    struct exchange_head head = { .method = STR("GET"), .version = STR("HTTP/1.1") };

    exchange_end(exchange);
    arena_reset(inside->request);
    *exchange = (struct exchange){ .shared = &inside->shared };
    exchange->res.arena = req->arena = inside->request;
    VEC_PUSH(req->arena, &req->headers, (struct field){ STR("Host"), inside->options.hosts[0] });
    head.url = arena_str(req->arena, url);
    exchange_begin(exchange, &head);
    exchange_finish(exchange);
    return &exchange->res;
}
