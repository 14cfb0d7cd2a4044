#include <poll.h>

#include "base/err.h"
#include "faces/http/respond.h"
#include "faces/desk/desk.h"

enum { MAY_READ = 1, THREADS = 2, END_MS = 3000 };

static bool health(struct request *req, struct response *res, struct err *err)
{
    const struct desk_options *options = req->app;

    (void)err;
    return respond_json(res, options->is_sandboxed ? STR("{\"status\":\"ok\",\"sandbox\":true}\n") : STR("{\"status\":\"ok\",\"sandbox\":false}\n"));
}

static enum may everybody(const struct request *req, unsigned permission)
{
    (void)req;
    return permission == MAY_READ ? MAY_YES : MAY_NOT_SEE;
}

static const struct route routes[] = { ROUTE_GET("/healthz", MAY_READ, health) };
static const struct route_list lists[] = { ROUTES(routes) };

/* "http://desk.localhost:8081" without its scheme. */
static struct str host_of(struct str url)
{
    return str_drop(url, str_index_str(url, STR("://")) + 3);
}

bool desk_serve(const struct desk_options *options, struct err *err)
{
    struct str host = host_of(options->settings->desk_url);
    struct server_options server_options = { .name = "desk", .listen_fd = options->listen_fd, .threads = THREADS, .lists = lists, .list_count = COUNT(lists),
                                             .hooks = { .may = everybody }, .app = (void *)(uintptr_t)options, .hosts = &host, .host_count = 1,
                                             .origins = &options->settings->desk_url, .origin_count = 1, .is_private = true };
    struct pollfd stop = { .fd = options->stop_fd, .events = POLLIN };
    struct server *server;

    if (!server_start(&server_options, &server, err))
        return PASS(err);
    if (write(options->ready_fd, "R", 1) == 1)
        while (poll(&stop, 1, -1) <= 0)
            ;
    server_stop(server, END_MS);
    return true;
}
