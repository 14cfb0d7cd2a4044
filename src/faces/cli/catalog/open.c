#include "faces/cli/catalog/open.h"

#include <unistd.h>

#include "base/err.h"
#include "faces/cli/state.h"
#include "store/kinds.h"

struct str catalog_folder(const struct app *app, struct str folder)
{
    return folder.len > 0 ? folder : str_from_z(state_path(app->settings, app->arena, "public"));
}

bool catalog_reading_begin(const struct app *app, struct str folder, struct catalog_reading *out,
                           struct err *err)
{
    struct store_options options = { .kind = &store_catalog, .connections = 1 };

    if (folder.len == 0 && !state_become_user(app->settings, app->arena, err))
        return PASS(err);
    folder = catalog_folder(app, folder);
    options.path =
        arena_z(app->arena, arena_printf(app->arena, "%.*s/catalog.db", STR_ARG(folder)));
    if (access(options.path, F_OK) != 0)
        return FAIL(err, CATALOG_MISSING, folder);
    return store_open(&options, &out->store, err) && tx_begin(out->store, TX_READ, &out->tx, err)
               ? true
               : PASS(err);
}

void catalog_reading_end(struct catalog_reading *reading)
{
    tx_end(reading->tx);
    store_close(reading->store);
}
