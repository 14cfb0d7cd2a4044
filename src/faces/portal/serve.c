/* faces/portal/serve.c: the public process: mapped segments, sealed forms, and nothing else. */
#include <limits.h>
#include <poll.h>
#include <stdio.h>

#include "base/err.h"
#include "domain/myjvn/files.h"
#include "faces/html/assets.h"
#include "faces/http/rate.h"
#include "faces/portal/answering.h"
#include "faces/portal/pages/pages.h"
#include "faces/portal/portal.h"
#include "faces/public/catalog.h"
#include "faces/public/context.h"
#include "faces/public/form_token.h"
#include "faces/public/limits.h"
#include "store/generation.h"

enum { THREADS = 2, END_MS = 3000 };

static enum may everybody(const struct request *req, unsigned permission)
{
    (void)req;
    return permission == MAY_READ || permission == HTTP_MAY_ASSETS ? MAY_YES : MAY_NOT_SEE;
}

/* Nobody logs in here; a form's token says that its page came from this process. Rule: C15, C55 */
static bool identify(struct request *req, struct err *err)
{
    const struct public_face *face = public_of(req);

    /* asked again when a body has come: it counts once */
    if (face->limits && req->form_token.len == 0 &&
        !limits_take(face->limits, req, &req->wait_seconds))
        return FAIL(err, TOO_MANY, STR_NONE);
    req->form_token = form_token_make(&face->form_key, req->now, req->arena);
    return true;
}

static bool token_ok(const struct request *req, struct str token)
{
    return form_token_is(&public_of(req)->form_key, token, req->now, req->arena);
}

/* "http://localhost:8080" without its scheme. */
static struct str host_of(struct str url)
{
    return str_drop(url, str_index_str(url, STR("://")) + 3);
}

static size_t proxies_of(struct str text, struct str out[PORTAL_PROXIES_MAX])
{
    struct str one;
    size_t count = 0;

    while (count < PORTAL_PROXIES_MAX && text.ptr && str_split(&text, ' ', &one)) {
        if (one.len > 0)
            out[count++] = one;
    }
    return count;
}

static bool wait_until_told(const struct portal_options *options)
{
    struct pollfd stop = { .fd = options->stop_fd, .events = POLLIN };

    if (write(options->ready_fd, "R", 1) != 1)
        return false;
    while (poll(&stop, 1, -1) <= 0)
        ;
    return true;
}

void portal_answering_of(struct public_face *face, const struct route_list *interfaces,
                         size_t interface_count, struct portal_answering *out)
{
    const struct settings *settings = face->settings;

    *out = (struct portal_answering){ .host = host_of(settings->portal_url) };
    out->options = (struct server_options){
        .name = "public",
        .lists = out->lists,
        .list_count = portal_routes(out->lists),
        .hooks = { .identify = identify,
                   .may = everybody,
                   .token_ok = token_ok,
                   .render_error = portal_render_error },
        .app = face,
        .hosts = &out->host,
        .host_count = 1,
        .origins = &settings->portal_url,
        .origin_count = 1,
        .proxies = out->proxies,
        .proxy_count = proxies_of(settings->trusted_proxies, out->proxies),
        .assets = assets_files,
        .asset_count = assets_count,
    };
    /* Pages first, then the interfaces. */
    for (size_t i = 0; i < interface_count && out->options.list_count < PORTAL_ROUTE_LISTS_MAX; i++)
        out->lists[out->options.list_count++] = interfaces[i];
}

static bool serve(const struct portal_options *options, struct public_face *face, struct err *err)
{
    struct portal_answering answering;
    struct server *server;

    portal_answering_of(face, options->interfaces, options->interface_count, &answering);
    answering.options.listen_fd = options->listen_fd;
    answering.options.threads = THREADS;
    if (!server_start(&answering.options, &server, err))
        return PASS(err);
    face->server = server;
    (void)wait_until_told(options);
    face->server = NULL;
    server_stop(server, END_MS);
    return true;
}

bool portal_serve(const struct portal_options *options, struct err *err)
{
    CLEANUP(watch_free_var) struct watch *watch = NULL, *files = NULL;
    CLEANUP(public_catalog_free_var) struct public_catalog *catalog = NULL;
    CLEANUP(rate_free_var)
    struct rate *reports = rate_new(REPORT_RATE_PLACES, REPORT_RATE_BURST, REPORT_RATE_PER_HOUR);
    CLEANUP(limits_free_var) struct limits *limits = limits_new(options->settings);
    struct public_face face = {
        .settings = options->settings,
        .intake = { options->desk, options->intake },
        .form_key = seal_key_new(),
        .reports = reports,
        .limits = limits,
        .is_sandboxed = options->is_sandboxed,
    };
    char files_folder[PATH_MAX];
    bool served;

    if (snprintf(files_folder, sizeof files_folder, "%s/" MYJVN_FILES, options->public_folder) >=
        (int)sizeof files_folder)
        return FAIL(err, BUG, STR("a path of that length"));
    if (!watch_new(options->public_folder, &watch, err) || !watch_new(files_folder, &files, err) ||
        !public_catalog_new(str_from_z(options->public_folder), THREADS, &catalog, err))
        return PASS(err);
    face.watch = watch;
    face.files = files;
    face.catalog = catalog;
    served = serve(options, &face, err);
    seal_key_wipe(&face.form_key);
    return served ? true : PASS(err);
}
