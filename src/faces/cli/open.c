#include "faces/cli/open.h"

#include <string.h>

#include "base/err.h"
#include "base/fs.h"
#include "faces/cli/state.h"

enum { CONNECTIONS = 2 };

const char *desk_path(const struct settings *settings, struct arena *arena)
{
    return state_path(settings, arena, "desk/desk.db");
}

const char *advisories_path(const struct settings *settings, struct arena *arena)
{
    return state_path(settings, arena, "public/advisories.db");
}

void opened_close(struct opened *opened)
{
    store_close(opened->desk);
    opened->desk = NULL;
    vault_wipe(&opened->vault);
    if (opened->lock >= 0)
        close(opened->lock);
    opened->lock = -1;
}

bool opened_open(const struct app *app, enum open_how how, struct opened *out, struct err *err)
{
    const struct settings *settings = app->settings;
    struct store_options options = { .kind = &store_desk,
                                     .create = how == OPEN_TO_MAKE,
                                     .migrate = how == OPEN_TO_MAKE,
                                     .connections = CONNECTIONS };
    struct seal_key master;

    if (!seal_start(err) || !state_become_user(settings, app->arena, err))
        return PASS(err);
    if (how != OPEN_TO_READ && !state_lock(settings, app->arena, &out->lock, err))
        return PASS(err);
    if (how == OPEN_TO_MAKE && !state_prepare(settings, app->arena, err))
        return PASS(err);
    if (!state_master_key(settings, app->arena, &master, err))
        return PASS(err);
    out->vault = vault_from(&master);
    seal_key_wipe(&master);
    out->casework = casework_from(settings, &out->vault);
    options.path = desk_path(settings, app->arena);
    return store_open(&options, &out->desk, err) ? true : PASS(err);
}

/* ---- options ---- */

static void drop(int *argc, char **argv, int at, int count)
{
    memmove(argv + at, argv + at + count, sizeof *argv * (size_t)(*argc - at - count));
    *argc -= count;
}

bool option_take(int *argc, char **argv, const char *name)
{
    for (int i = 1; i < *argc; i++) {
        if (strcmp(argv[i], name) == 0) {
            drop(argc, argv, i, 1);
            return true;
        }
    }
    return false;
}

bool option_value(int *argc, char **argv, const char *name, struct str *out, struct err *err)
{
    *out = STR_NONE;
    for (int i = 1; i < *argc; i++) {
        if (strcmp(argv[i], name) != 0)
            continue;
        if (i + 1 == *argc)
            return FAIL(err, USAGE, str_from_z(name));
        *out = str_from_z(argv[i + 1]);
        drop(argc, argv, i, 2);
        return true;
    }
    return true;
}
