#include "base/err.h"
#include "base/fs.h"
#include "faces/cli/cmd.h"
#include "faces/cli/open.h"
#include "faces/cli/state.h"
#include "faces/cli/tree.h"
#include <unistd.h>

struct migrated {
    const char *path;
    const struct store_kind *kind;
};

static void say(const struct app *app, const struct store_kind *kind, bool is_rehearsal)
{
    struct str version = arena_printf(app->arena, "%zu", kind->migration_count);
    struct str words = tr_fill(
        app->arena, app->lang,
        is_rehearsal
            ? N_("{name}: a copy was brought to version {version}; the database itself is as it was.")
            : N_("{name}: version {version}."),
        TR_ARGS({ "name", str_from_z(kind->name) }, { "version", version }));

    cli_print(words);
    cli_print(STR("\n"));
}

static bool bring_up(const char *path, const struct store_kind *kind, struct err *err)
{
    CLEANUP(store_close_var) struct store *store = NULL;

    if (!store_open(
            &(struct store_options){
                .path = path, .kind = kind, .migrate = true, .connections = 2 },
            &store, err))
        return PASS(err);
    return store_check(store, err) ? true : PASS(err);
}

static const char *beside(const struct app *app, const char *path, const char *end)
{
    return arena_z(app->arena, arena_printf(app->arena, "%s%s", path, end));
}

/* On a copy of the file and of the log a kill may have left beside it: nobody writes, for we hold the lock. */
static bool rehearse(const struct app *app, const struct migrated *m, struct err *err)
{
    static const char *const ends[] = { "", "-wal" };
    const char *copy = beside(app, m->path, ".rehearsal");
    bool found, ok = true;

    for (size_t i = 0; ok && i < COUNT(ends); i++)
        ok = file_copy(beside(app, m->path, ends[i]), beside(app, copy, ends[i]), app->arena,
                       &found, err);
    ok = ok && bring_up(copy, m->kind, err);
    (void)unlink(copy);
    (void)unlink(beside(app, copy, "-wal"));
    (void)unlink(beside(app, copy, "-shm"));
    return ok ? true : PASS(err);
}

bool cmd_migrate(const struct app *app, int argc, char **argv, int *status, struct err *err)
{
    const struct migrated all[] = {
        { desk_path(app->settings, app->arena), &store_desk },
        { advisories_path(app->settings, app->arena), &store_advisories },
        { state_path(app->settings, app->arena, "public/catalog.db"), &store_catalog }
    };
    bool is_rehearsal = option_take(&argc, argv, "--dry-run");
    int lock = -1;
    bool ok = true;

    (void)status;
    if (argc > 1)
        return FAIL(err, USAGE, str_from_z(argv[1]));
    if (!state_become_user(app->settings, app->arena, err) ||
        !state_lock(app->settings, app->arena, &lock, err))
        return PASS(err);
    for (size_t i = 0; ok && i < COUNT(all); i++) {
        if (!fs_exists(all[i].path))
            continue;
        ok = is_rehearsal ? rehearse(app, &all[i], err) : bring_up(all[i].path, all[i].kind, err);
        if (ok)
            say(app, all[i].kind, is_rehearsal);
    }
    close(lock);
    return ok ? true : PASS(err);
}
