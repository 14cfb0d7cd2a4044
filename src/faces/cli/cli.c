#include "faces/cli/cli.h"

#include <stdio.h>
#include <string.h>

#include "base/err.h"

enum { WORDS_MAX = 64 << 10 };

void cli_print(struct str text) { fwrite(text.ptr, 1, text.len, stdout); }

void cli_print_error(const struct app *app, const struct err *err)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(WORDS_MAX);
    struct str words = tr_fill(arena, app->lang, err_words(err->code),
                               TR_ARGS({ "subject", str_from_z(err->subject) }));
    const char *reason = err_reason(err);

    if (reason)
        words = arena_printf(arena, "%.*s: %.*s", STR_ARG(words), STR_ARG(tr(app->lang, reason)));
    if (err->line > 0)
        fprintf(stderr, "noroshi: %u: %.*s\n", err->line, STR_ARG(words));
    else
        fprintf(stderr, "noroshi: %.*s\n", STR_ARG(words));
}

/* Each way to call it on a line of its own. */
void cli_print_usage(const struct app *app, const struct command *command)
{
    struct str rest = str_from_z(command->usage), line,
               summary = command->summary ? tr(app->lang, command->summary) : STR_NONE;

    while (str_split(&rest, '\n', &line))
        printf("noroshi %.*s\n", STR_ARG(line));
    if (summary.len > 0)
        printf("    %.*s\n", STR_ARG(summary));
}

const struct command *cli_command(struct str name)
{
    for (size_t i = 0; i < command_count; i++)
        if (str_eq_z(name, commands[i].name))
            return &commands[i];
    return NULL;
}

static bool asks_for_help(int argc, char **argv)
{
    return argc > 1 && (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0);
}

int cli_main(int argc, char **argv, const struct app *app)
{
    struct str name = str_from_z(argc > 1 ? argv[1] : "help");
    const struct command *command;
    struct err err = { 0 };
    int status = 0;

    if (str_eq_z(name, "--help") || str_eq_z(name, "-h"))
        name = STR("help");
    if (str_eq_z(name, "--version"))
        name = STR("version");
    command = cli_command(name);
    if (!command)
        (void)FAIL(&err, USAGE, name);
    else if (asks_for_help(argc - 1, argv + 1))
        cli_print_usage(app, command);
    else if (!command->run(app, argc > 1 ? argc - 1 : 0, argv + 1, &status, &err))
        status = 0;
    if (fflush(stdout) != 0 && err.code == ERR_NONE)
        (void)FAIL(&err, IO, STR("standard output"));
    if (err.code == ERR_NONE)
        return status;
    cli_print_error(app, &err);
    if (err.code == ERR_USAGE && command)
        fprintf(stderr, "noroshi %s --help\n", command->name);
    return err_exit_status(err.code);
}
