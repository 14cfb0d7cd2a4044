/* Makes the app and hands argv to the roles or to the subcommands. */
#include <string.h>

#include "base/err.h"
#include "base/fs.h"
#include "faces/cli/cli.h"
#include "process/roles.h"
#include "process/selftest.h"
#include "process/supervise.h"

#define USUAL_SETTINGS "/etc/noroshi/noroshi.conf"

extern char **environ;

/* Messages of the commands speak the language of the terminal. */
static enum lang terminal_language(void)
{
    static const char *const names[] = { "LC_ALL", "LC_MESSAGES", "LANG" };

    for (size_t i = 0; i < COUNT(names); i++) {
        const char *value = getenv(names[i]);

        if (value && *value)
            return strncmp(value, "ja", 2) == 0 ? LANG_JA : LANG_EN;
    }
    return LANG_EN;
}

/* Takes `--settings FILE` out of argv, wherever it stands before the command; else the environment, else the usual place. */
static struct str settings_path(int *argc, char **argv)
{
    const char *path = getenv("NOROSHI_SETTINGS");

    for (int i = 1; i + 1 < *argc && strncmp(argv[i], "--", 2) == 0; i += 2) {
        if (strcmp(argv[i], "--settings") != 0)
            continue;
        path = argv[i + 1];
        memmove(argv + i, argv + i + 2, sizeof *argv * (size_t)(*argc - i - 1));
        *argc -= 2;
        break;
    }
    if (path)
        return str_from_z(path);
    return fs_exists(USUAL_SETTINGS) ? STR(USUAL_SETTINGS) : STR("");
}

int main(int argc, char **argv)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(256 << 20);
    struct str path = settings_path(&argc, argv);
    struct settings settings;
    struct app app = { .settings = &settings,
                       .settings_path = path,
                       .arena = arena,
                       .now = utc_now(),
                       .lang = terminal_language(),
                       .serve = supervise,
                       .confine = role_confine_worker };
    struct err err = { 0 };

    if (!settings_load(path, (const char *const *)environ, arena, &settings, &err)) {
        cli_print_error(&app, &err);
        return err_exit_status(err.code);
    }
    if (argc == 3 && strcmp(argv[1], "--role") == 0)
        return role_run(str_from_z(argv[2]), &settings);
    if (argc >= 3 && strcmp(argv[1], "--self-test") == 0)
        return self_test(argc - 2, argv + 2, &settings);
    return cli_main(argc, argv, &app);
}
