/* faces/cli/deskwork.h: commands that work on what the desk keeps. While the service runs the desk process does them, asked over its 0600
 * socket; else the command does them itself (design 11.4). The list of them is closed: deskwork_commands. */
#pragma once
#include "base/settings.h"
#include "base/tr.h"
#include "base/utc.h"
#include "base/vec.h"

struct app;
struct err;
struct store;
struct vault;

/* What such a command is given, wherever it runs. */
struct deskwork {
    struct store *store; /* desk.db */
    const struct vault *vault;
    const struct settings *settings;
    struct utc now;
    enum lang lang; /* of what is printed */
};
struct words {
    VEC_OF(struct str); /* what was typed, without the command's own name */
};
struct deskwork_command {
    const char *name;
    bool only_reads; /* needs no lock when no service runs */
    /* What was typed, before anything is opened; NULL: run looks itself. ERR_USAGE */
    bool (*check)(const struct words *words, struct err *err);
    /* out: what is to be printed */
    bool (*run)(const struct deskwork *desk, const struct words *words, struct arena *arena,
                struct str *out, struct err *err);
};
enum { DESKWORK_OUTPUT_MAX = 15 << 20 }; /* bytes of one command's answer */

/* NULL: none of that name may be asked of the desk. */
const struct deskwork_command *deskwork_command(struct str name);

/* Runs the command of that name and prints its answer. ERR_RUNNING, and what the command says */
MUST_CHECK bool deskwork_do(const struct app *app, const char *name, int argc, char **argv,
                            struct err *err);
