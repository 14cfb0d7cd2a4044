/* faces/cli/open.h: the desk's world as a command opens it: keys, database, what casework needs. While the service runs, a command that
 * only reads does so beside it, as a reader of the same database; one that changes things holds the lock instead (design 11.4). */
#pragma once
#include "domain/casework/case.h"
#include "faces/cli/cli.h"
#include "store/kinds.h"

struct opened {
    struct vault vault;
    struct store *desk;
    struct casework casework; /* points at vault: keep the struct where it is */
    int lock;                 /* -1: none is held */
};
void opened_close(
    struct opened *opened); /* CLEANUP(opened_close) struct opened opened = { .lock = -1 }; */

enum open_how {
    OPEN_TO_READ,  /* beside a running service; ERR_STORE_VERSION for another schema */
    OPEN_TO_WRITE, /* alone; ERR_RUNNING */
    OPEN_TO_MAKE   /* alone; what is missing is made, an older schema brought up to date */
};

/* Becomes run_user when started by root. ERR_RUN_USER, ERR_RUNNING, ERR_KEY_MISSING, ERR_STORE, ERR_STORE_VERSION */
MUST_CHECK bool opened_open(const struct app *app, enum open_how how, struct opened *out,
                            struct err *err);

const char *desk_path(const struct settings *settings,
                      struct arena *arena); /* STATE/desk/desk.db */
const char *advisories_path(const struct settings *settings,
                            struct arena *arena); /* STATE/public/advisories.db */

/* True for the word, and takes it off argv; for options without a value. */
bool option_take(int *argc, char **argv, const char *name);
/* The value of `name VALUE`, both taken off argv; STR_NONE when it is not there. ERR_USAGE when the value is missing. */
MUST_CHECK bool option_value(int *argc, char **argv, const char *name, struct str *out,
                             struct err *err);
