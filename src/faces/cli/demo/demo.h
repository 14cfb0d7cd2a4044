/* faces/cli/demo/demo.h: the demonstration's own state folder: made once, announced at each start. */
#pragma once
#include "faces/cli/cli.h"

/* Fills the state folder unless it is a filled demonstration already; one that holds anything else is refused. ERR_NOT_EMPTY and others */
MUST_CHECK bool demo_prepare(const struct app *app, struct err *err);
/* Addresses and logins on standard output. */
MUST_CHECK bool demo_announce(const struct app *app, struct err *err);
struct store;
/* Feeds that rest. desk: desk.db */
MUST_CHECK bool demo_feeds(struct store *desk, struct utc now, struct arena *arena,
                           struct err *err);
/* The made-up catalogue of vulnerabilities. ERR_STORE, ERR_IO */
MUST_CHECK bool demo_records(const struct app *app, struct err *err);
struct cast;
/* A list of products that somebody watches, half worked off. Behind demo_records. */
MUST_CHECK bool demo_watching(const struct app *app, struct store *desk, const struct cast *cast,
                              struct err *err);
