/* faces/cli/cli.h: the subcommands. One row in commands.c, one file cmd_NAME.c each. */
#pragma once
#include "base/settings.h"
#include "base/tr.h"
#include "base/utc.h"

struct err;
struct jail_limits;

/* What main.c makes and hands down. */
struct app {
    const struct settings *settings;
    struct str settings_path; /* empty: none was read */
    struct arena *arena;      /* the process's */
    struct utc now;
    enum lang lang; /* of messages: LANG, else English */
    bool (*serve)(const struct settings *settings, struct str settings_path,
                  struct err *err); /* process/, which is above us */
    /* The same: takes everything from this process but descriptors 0, 1, 2 and those of the bits, for good. NULL: in tests. ERR_SANDBOX */
    bool (*confine)(const struct settings *settings, const struct jail_limits *limits,
                    unsigned descriptors, struct err *err);
};

struct command {
    const char *name;
    /* argv[0] is the command's name. *status: the exit status when nothing stopped the work, 0 unless set. */
    bool (*run)(const struct app *app, int argc, char **argv, int *status, struct err *err);
    const char *usage;   /* "case verify [NUMBER]"; several lines where there are several ways */
    const char *summary; /* msgid; NULL: `noroshi help` leaves it out */
};
extern const struct command commands[];
extern const size_t command_count;

/* Runs argv[1]; errors become words on standard error, once, here. Gives the exit status. */
int cli_main(int argc, char **argv, const struct app *app);

void cli_print(struct str text); /* to standard output */
/* What stopped the work, in words: "noroshi: ...". */
void cli_print_error(const struct app *app, const struct err *err);
void cli_print_usage(const struct app *app, const struct command *command);
/* The command of that name; NULL when there is none. */
const struct command *cli_command(struct str name);
