/* `noroshi export DIR`: everything public as files for a plain web server. Each page is asked from the same handlers that answer strangers, so what is exported
 * is what is served; the state is copied first, so that all of it is of one moment. Rule: VDB-02, PUB-01 */
#include <string.h>
#include <sys/stat.h>

#include "base/err.h"
#include "base/fs.h"
#include "domain/myjvn/files.h"
#include "faces/api/myjvn/myjvn.h"
#include "faces/cli/catalog/open.h"
#include "faces/cli/cmd.h"
#include "faces/cli/export/export.sql.h"
#include "faces/cli/export/links.h"
#include "faces/cli/export/site.h"
#include "faces/cli/pages.h"
#include "faces/cli/state.h"
#include "faces/cli/tree.h"
#include "faces/http/inside.h"
#include "faces/portal/answering.h"
#include "faces/portal/catalog/lines.h"
#include "faces/public/catalog.h"
#include "faces/public/context.h"
#include "store/generation.h"
#include "store/kinds.h"

enum { NAMES_AT_ONCE = 500, REDIRECTS_MAX = 4, SEEN_START = 1 << 12, PAGE_WORK_MAX = 256 << 20 };
#define WORK_MAX ((size_t)4 << 30)

/* Addresses that were asked for, by a hash of which nobody finds a second one. */
struct seen {
    struct hash *at;
    size_t count, room; /* a power of two; a hash of zeros stands for nothing */
};

struct export
{
    const struct app *app;
    struct arena *arena; /* of the whole export */
    struct arena *page;  /* of one file */
    struct site *site;
    struct catalog_reading catalog; /* the copy; .tx NULL: nothing was imported yet */
    struct public_face face;
    struct watch *watch, *feeds;
    struct portal_answering answering;
    struct inside *inside;
    struct seen seen;
    struct {
        VEC_OF(struct export_link);
    } waiting;
    int64_t files, left_out;
};

static void export_end(struct export *export)
{
    inside_free(export->inside);
    public_catalog_free(export->face.catalog);
    watch_free(export->feeds);
    watch_free(export->watch);
    catalog_reading_end(&export->catalog);
    site_free(export->site);
    arena_free(export->page);
    arena_free(export->arena);
}

/* ---- one moment ---- */

static bool copy_catalog(struct export *export, const char *from, const char *to, struct err *err)
{
    CLEANUP(store_close_var) struct store *store = NULL;
    const struct store_options options = { .path = path_in(export->arena, from, STR("catalog.db")),
                                           .kind = &store_catalog,
                                           .connections = 1 };
    struct stat stat_of;

    if (stat(options.path, &stat_of) != 0)
        return true;
    return store_open(&options, &store, err) &&
                   store_backup(store, path_in(export->arena, to, STR("catalog.db")), err) &&
                   catalog_reading_begin(export->app, str_from_z(to), &export->catalog, err)
               ? true
               : PASS(err);
}

static bool copy_world(struct export *export, const char *to, struct err *err)
{
    struct arena *arena = export->arena;
    const char *from = state_path(export->app->settings, arena, "public"),
               *files = path_in(arena, to, STR(MYJVN_FILES));

    return pages_copy(from, to, arena, err) && fs_make_folder(files, 0700, err) &&
                   pages_copy(path_in(arena, from, STR(MYJVN_FILES)), files, arena, err) &&
                   copy_catalog(export, from, to, err) && watch_new(to, &export->watch, err) &&
                   watch_new(files, &export->feeds, err) &&
                   public_catalog_new(str_from_z(to), 1, &export->face.catalog, err)
               ? true
               : PASS(err);
}

static bool open_world(struct export *export, struct err *err)
{
    if (!copy_world(export, site_workroom(export->site), err))
        return PASS(err);
    export->face.settings = export->app->settings;
    export->face.watch = export->watch;
    export->face.files = export->feeds;
    portal_answering_of(&export->face, &api_myjvn_routes, 1, &export->answering);
    return inside_new(&export->answering.options, &export->inside, err) ? true : PASS(err);
}

/* ---- each address once ---- */

static struct hash *place_of(const struct seen *seen, const struct hash *hash)
{
    static const struct hash nothing = { 0 };
    size_t at;

    memcpy(&at, hash->bytes, sizeof at);
    for (at &= seen->room - 1; !hash_eq(seen->at[at], nothing) && !hash_eq(seen->at[at], *hash);)
        at = (at + 1) & (seen->room - 1);
    return &seen->at[at];
}

static void grow(struct seen *seen, struct arena *arena)
{
    static const struct hash nothing = { 0 };
    struct seen larger = { .count = seen->count, .room = seen->room ? seen->room * 2 : SEEN_START };

    larger.at = ARENA_NEW_N(arena, larger.room, struct hash);
    for (size_t i = 0; i < seen->room; i++)
        if (!hash_eq(seen->at[i], nothing))
            *place_of(&larger, &seen->at[i]) = seen->at[i];
    *seen = larger;
}

/* True the first time. */
static bool is_new(struct export *export, struct str ask)
{
    struct hash hash = hash_of(ask), *place;

    if (export->seen.count * 2 >= export->seen.room)
        grow(&export->seen, export->arena);
    place = place_of(&export->seen, &hash);
    if (hash_eq(*place, hash))
        return false;
    *place = hash;
    export->seen.count++;
    return true;
}

static bool follow(void *context, const struct export_link *link, struct err *err)
{
    struct export *export = context;
    struct export_link kept = { arena_str(export->arena, link->ask),
                                arena_str(export->arena, link->href) };

    (void)err;
    if (is_new(export, link->ask))
        VEC_PUSH(export->arena, &export->waiting, kept);
    return true;
}

/* ---- files ---- */

static struct str header_of(const struct response *res, const char *name)
{
    for (size_t i = 0; i < res->headers.len; i++)
        if (str_eq_nocase(res->headers.at[i].name, str_from_z(name)))
            return res->headers.at[i].value;
    return STR_NONE;
}

/* A plain server leads nobody elsewhere: what it leads to stands there itself. */
static const struct response *ask(struct export *export, struct str url)
{
    const struct response *res = inside_get(export->inside, url);

    for (int i = 0; res->status >= 300 && res->status < 400 && i < REDIRECTS_MAX; i++)
        res = inside_get(export->inside, arena_str(export->page, header_of(res, "Location")));
    return res;
}

static bool put(struct export *export, const struct export_link *link, const struct response *res,
                struct err *err)
{
    const struct export_reader reader = { export, follow };
    bool is_page = str_starts(res->type, STR("text/html")), is_kept;
    struct str file, bytes = res->body;

    if (!export_file_of(link, is_page, export->page, &file, err) ||
        (is_page && !export_page(bytes, export->app->settings->portal_url, &reader, export->page,
                                 &bytes, err)) ||
        !site_put(export->site, file, bytes, &is_kept, err))
        return PASS(err);
    export->files += is_kept;
    export->left_out += !is_kept;
    return true;
}

static bool take(struct export *export, const struct export_link *link, struct err *err)
{
    const struct response *res;

    arena_reset(export->page);
    res = ask(export, link->ask);
    if (res->status == 200 || res->status == 0)
        return put(export, link, res, err) ? true : PASS(err);
    if (res->status >= 500)
        return FAIL(err, EXPORT, link->ask);
    export->left_out++;
    return true;
}

/* What it leads to as well. */
static bool take_all(struct export *export, struct str url, struct err *err)
{
    struct export_link link;

    if (!export_link_of(url, export->arena, &link) || !is_new(export, link.ask))
        return true;
    if (!take(export, &link, err))
        return PASS(err);
    while (export->waiting.len > 0) {
        struct export_link next = export->waiting.at[--export->waiting.len];

        if (!take(export, &next, err))
            return PASS(err);
    }
    return true;
}

static bool take_both(struct export *export, struct str path, struct err *err)
{
    struct str english =
        str_eq(path, STR("/")) ? STR("/en") : arena_printf(export->arena, "/en%.*s", STR_ARG(path));

    return take_all(export, path, err) && take_all(export, english, err) ? true : PASS(err);
}

/* ---- what there is ---- */

static bool take_document(void *context, const struct segment_entry *entry, struct err *err)
{
    return take_all(context, entry->path, err) ? true : PASS(err);
}

static bool take_documents(struct export *export, struct watch *watch, struct err *err)
{
    CLEANUP(generation_close_var) struct generation *generation = watch_now(watch);

    return generation_walk(generation, take_document, export, err) ? true : PASS(err);
}

static bool take_assets(struct export *export, struct err *err)
{
    const struct server_options *options = &export->answering.options;

    for (size_t i = 0; i < options->asset_count; i++)
        if (!take_all(export, arena_printf(export->arena, "/assets/%s", options->assets[i].path),
                      err))
            return PASS(err);
    return true;
}

static bool take_some(struct export *export, int64_t *after, bool *is_end, struct err *err)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(64 << 20);
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int got;

    *is_end = true;
    if (!store_select(export->catalog.tx, &sql_export_names,
                      BINDS(bind_int("after", *after), bind_int("count", NAMES_AT_ONCE)), arena,
                      &rows, err))
        return PASS(err);
    while ((got = rows_next(rows, err)) > 0) {
        *is_end = false;
        *after = row_int(rows, "id");
        if (!take_both(export, entry_href(row_text(rows, "name"), arena), err))
            return PASS(err);
    }
    return got == 0 ? true : PASS(err);
}

static bool take_entries(struct export *export, struct err *err)
{
    int64_t after = 0;
    bool is_end = export->catalog.tx == NULL;

    while (!is_end)
        if (!take_some(export, &after, &is_end, err))
            return PASS(err);
    return true;
}

static bool take_everything(struct export *export, struct err *err)
{
    static const char *const pages[] = { "/",        "/advisories",     "/statistics",
                                         "/about",   "/for-developers", "/feeds",
                                         "/search",  "/vendors",        "/new",
                                         "/updated", "/calendar" };

    if (!take_documents(export, export->watch, err) ||
        !take_documents(export, export->feeds, err) || !take_assets(export, err) ||
        !take_all(export, STR("/robots.txt"), err) ||
        !take_all(export, STR("/.well-known/security.txt"), err))
        return PASS(err);
    for (size_t i = 0; i < COUNT(pages); i++)
        if (!take_both(export, str_from_z(pages[i]), err))
            return PASS(err);
    return take_entries(export, err) ? true : PASS(err);
}

static void tell(const struct export *export, const char *folder)
{
    const struct app *app = export->app;

    cli_print(tr_fill(app->arena, app->lang, N_("{count} files are in {folder}."),
                      TR_ARGS({ "count", tr_number(app->arena, export->files) },
                              { "folder", str_from_z(folder) })));
    cli_print(STR("\n"));
    if (export->left_out == 0)
        return;
    cli_print(tr_fill(app->arena, app->lang,
                      N_("{count} addresses have nothing to show and were left out."),
                      TR_ARGS({ "count", tr_number(app->arena, export->left_out) })));
    cli_print(STR("\n"));
}

bool cmd_export(const struct app *app, int argc, char **argv, int *status, struct err *err)
{
    CLEANUP(export_end)
    struct export export = { .app = app,
                             .arena = arena_new(WORK_MAX),
                             .page = arena_new(PAGE_WORK_MAX) };

    (void)status;
    if (argc != 2 || argv[1][0] == '-')
        return FAIL(err, USAGE, argc > 1 ? str_from_z(argv[argc - 1]) : STR("export"));
    if (!state_become_user(app->settings, app->arena, err) ||
        !site_begin(argv[1], app->now, &export.site, err) || !open_world(&export, err) ||
        !take_everything(&export, err) || !site_end(export.site, err))
        return PASS(err);
    tell(&export, argv[1]);
    return true;
}
