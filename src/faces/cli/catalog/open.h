/* faces/cli/catalog/open.h: the catalogue as a command reads it, beside whoever serves or imports. */
#pragma once
#include "faces/cli/cli.h"
#include "store/store.h"

/* One moment of a catalogue. CLEANUP(catalog_reading_end) struct catalog_reading reading = { 0 }; */
struct catalog_reading {
    struct store *store;
    struct tx *tx;
};

/* That folder, or the public world's when it is empty. */
struct str catalog_folder(const struct app *app, struct str folder);
/* folder: of the catalogue, as `import --catalog` made it; empty: the public world's. ERR_CATALOG_MISSING, ERR_STORE, ERR_STORE_VERSION, ERR_RUN_USER */
MUST_CHECK bool catalog_reading_begin(const struct app *app, struct str folder,
                                      struct catalog_reading *out, struct err *err);
void catalog_reading_end(struct catalog_reading *reading);
