#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

#include "base/err.h"
#include "base/fs.h"
#include "faces/cli/backup.h"
#include "faces/cli/cmd.h"
#include "faces/cli/facts.sql.h"
#include "faces/cli/open.h"
#include "faces/cli/pages.h"
#include "faces/cli/state.h"

enum { TRIES = 5 };

struct backup {
    const struct app *app;
    const char *to;
    struct opened opened;
    struct store *advisories;
};

static void backup_close(struct backup *b)
{
    store_close(b->advisories);
    opened_close(&b->opened);
}

/* A new folder, or an empty one: two backups in one would be neither. */
static bool make_target(struct backup *b, struct err *err)
{
    struct tree tree;

    if (!tree_list(b->to, b->app->arena, &tree, err))
        return PASS(err);
    return tree.len == 0 ? true : FAIL(err, NOT_EMPTY, str_from_z(b->to));
}

static bool newest_publication(struct backup *b, int64_t *out, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;

    if (!tx_begin(b->advisories, TX_READ, &tx, err))
        return PASS(err);
    return store_number(tx, &sql_cli_newest_publication, NO_BINDS, 0, out, err) ? true : PASS(err);
}

/* The public world first: what the desk then says is public must be in it. Both again when something was published between. */
static bool copy_databases(struct backup *b, struct err *err)
{
    const char *desk = path_in(b->app->arena, b->to, STR("desk/desk.db"));
    const char *advisories = path_in(b->app->arena, b->to, STR("public/advisories.db"));
    int64_t before, after;

    for (int i = 0; i < TRIES; i++) {
        if (!newest_publication(b, &before, err) || !store_backup(b->advisories, advisories, err) ||
            !store_backup(b->opened.desk, desk, err) || !newest_publication(b, &after, err))
            return PASS(err);
        if (before == after)
            return true;
    }
    return FAIL(err, UNAVAILABLE, STR("a quiet moment"));
}

static bool copy_some(struct backup *b, struct str name, bool *found, struct err *err)
{
    return file_copy(state_path(b->app->settings, b->app->arena, arena_z(b->app->arena, name)),
                     path_in(b->app->arena, b->to, name), b->app->arena, found, err)
               ? true
               : PASS(err);
}

/* Sealed files are written once; one whose draft is given up may go meanwhile. */
static bool copy_files(struct backup *b, struct err *err)
{
    const char *folder = state_path(b->app->settings, b->app->arena, BACKUP_FILES);
    struct tree tree;
    bool found;

    if (!tree_list(folder, b->app->arena, &tree, err))
        return PASS(err);
    for (size_t i = 0; i < tree.len; i++) {
        if (!copy_some(b, arena_printf(b->app->arena, BACKUP_FILES "/%.*s", STR_ARG(tree.at[i])),
                       &found, err))
            return PASS(err);
    }
    return true;
}

static bool copy_pages(struct backup *b, struct err *err)
{
    struct arena *arena = b->app->arena;

    return pages_copy(state_path(b->app->settings, arena, "public"),
                      path_in(arena, b->to, STR("public")), arena, err)
               ? true
               : PASS(err);
}

static bool write_manifest(struct backup *b, struct err *err)
{
    struct arena *arena = b->app->arena;
    struct buf out = buf_new(arena, TREE_LIST_MAX);
    struct tree tree;
    struct str text;

    if (!tree_list(b->to, arena, &tree, err))
        return PASS(err);
    for (size_t i = 0; i < tree.len; i++) {
        struct str hex;
        bool found;

        if (!file_sha256(path_in(arena, b->to, tree.at[i]), arena, &hex, &found, err))
            return PASS(err);
        buf_printf(&out, "%.*s  %.*s\n", STR_ARG(hex), STR_ARG(tree.at[i]));
    }
    return buf_done(&out, &text, err) &&
                   fs_write_whole(path_in(arena, b->to, STR(BACKUP_MANIFEST)), text, 0600, err)
               ? true
               : PASS(err);
}

static bool note_time(struct backup *b, struct err *err)
{
    struct arena *arena = b->app->arena;

    return fs_write_whole(state_path(b->app->settings, arena, BACKUP_NOTE),
                          utc_iso(arena, b->app->now), 0600, err)
               ? true
               : PASS(err);
}

bool cmd_backup(const struct app *app, int argc, char **argv, int *status, struct err *err)
{
    CLEANUP(backup_close) struct backup b = { .app = app, .opened = { .lock = -1 } };
    struct store_options advisories = { .path = advisories_path(app->settings, app->arena),
                                        .kind = &store_advisories,
                                        .connections = 2 };

    (void)status;
    if (argc != 2 || argv[1][0] == '-')
        return FAIL(err, USAGE, argc > 1 ? str_from_z(argv[argc - 1]) : STR("backup"));
    b.to = argv[1];
    if (!fs_make_folder(b.to, 0700, err) || !state_give(app->settings, b.to, app->arena, err) ||
        !opened_open(app, OPEN_TO_READ, &b.opened, err) || !make_target(&b, err) ||
        !store_open(&advisories, &b.advisories, err) ||
        !fs_make_folder(path_in(app->arena, b.to, STR("desk")), 0700, err) ||
        !fs_make_folder(path_in(app->arena, b.to, STR("public")), 0700, err))
        return PASS(err);
    if (!copy_databases(&b, err) || !copy_files(&b, err) || !copy_pages(&b, err) ||
        !write_manifest(&b, err) || !note_time(&b, err))
        return PASS(err);
    cli_print(tr_fill(
        app->arena, app->lang,
        N_("The backup is in {folder}. The master key is not in it: without the key's own copy nothing in it can be opened."),
        TR_ARGS({ "folder", str_from_z(b.to) })));
    cli_print(STR("\n"));
    return true;
}
