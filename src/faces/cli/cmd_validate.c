#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/err.h"
#include "base/fs.h"
#include "faces/cli/cmd.h"
#include "formats/csaf/csaf_check.h"

enum {
    FILE_MAX = 32 << 20,
    WORK_MAX = 1 << 30,
    SECONDS_MAX = 30,
    VALID = 0,
    INVALID = 65,
    UNREADABLE = 66
};

static void print_result(const struct app *app, const char *path, const struct csaf_result *result)
{
    for (size_t i = 0; i < result->findings.len; i++) {
        const struct csaf_finding *f = &result->findings.at[i];

        printf("%s: %.*s: %.*s (%.*s)\n", path, STR_ARG(f->test),
               STR_ARG(tr(app->lang, f->message)), STR_ARG(f->pointer.len ? f->pointer : STR("/")));
    }
    if (result->has_more)
        printf("%s: %.*s\n", path,
               STR_ARG(tr(app->lang, N_("There are more findings than are listed."))));
    for (size_t i = 0; i < result->not_checked.len; i++)
        fprintf(stderr, "%s: %.*s: %.*s\n", path, STR_ARG(result->not_checked.at[i]),
                STR_ARG(tr(app->lang, N_("not checked"))));
}

/* A stranger's document: the child has its bytes, a limit on memory and time, and nothing else to lose. */
static int look(const struct app *app, const char *path, struct str text)
{
    const struct rlimit memory = { (rlim_t)3 << 30, (rlim_t)3 << 30 },
                        seconds = { SECONDS_MAX, SECONDS_MAX }, none = { 0, 0 };
    CLEANUP(arena_free_var) struct arena *arena = arena_new(WORK_MAX);
    struct csaf_result result;
    struct json document;
    struct err err = { 0 };

#ifndef NOROSHI_NO_SANDBOX
    (void)setrlimit(RLIMIT_AS, &memory); /* sanitizers reserve more than any machine has */
#else
    (void)memory;
#endif
    (void)setrlimit(RLIMIT_CPU, &seconds);
    (void)setrlimit(RLIMIT_CORE, &none);
    if (!json_read(text, arena, &document, &err)) {
        printf("%s: json: %.*s\n", path,
               STR_ARG(tr_fill(arena, app->lang, err_words(err.code),
                               TR_ARGS({ "subject", str_from_z(err.subject) }))));
        return INVALID;
    }
    csaf_check(document, arena, &result);
    print_result(app, path, &result);
    return result.findings.len > 0 ? INVALID : VALID;
}

/* A child of ours whose death is the document's fault; the answer is what it prints. */
static bool look_apart(const struct app *app, const char *path, struct str text, int *status,
                       struct err *err)
{
    int out[2], how = 0;
    char bytes[4096];
    ssize_t n;
    pid_t pid;

    if (pipe(out) != 0)
        return FAIL(err, IO, str_from_z(path));
    fflush(stdout);
    pid = fork();
    if (pid < 0) {
        close(out[0]);
        close(out[1]);
        return FAIL(err, IO, str_from_z(path));
    }
    if (pid == 0) {
        int said;

        if (dup2(out[1], STDOUT_FILENO) < 0)
            _exit(UNREADABLE);
        close(out[0]);
        close(out[1]);
        said = look(app, path, text);
        fflush(stdout);
        fflush(stderr);
        _exit(said);
    }
    close(out[1]);
    while ((n = read(out[0], bytes, sizeof bytes)) > 0)
        fwrite(bytes, 1, (size_t)n, stdout);
    close(out[0]);
    if (waitpid(pid, &how, 0) != pid || !WIFEXITED(how))
        return FAIL(err, WORKER, str_from_z(path));
    *status = WEXITSTATUS(how);
    return true;
}

bool cmd_validate(const struct app *app, int argc, char **argv, int *status, struct err *err)
{
    if (argc < 3 || strcmp(argv[1], "csaf") != 0)
        return FAIL(err, USAGE, argc > 1 ? str_from_z(argv[1]) : STR("validate"));
    for (int i = 2; i < argc; i++) {
        CLEANUP(arena_free_var) struct arena *arena = arena_new(FILE_MAX * 2);
        struct str text;
        int said = 0;

        if (!fs_read_whole(argv[i], FILE_MAX, arena, &text, err) ||
            !look_apart(app, argv[i], text, &said, err))
            return PASS(err);
        if (said != VALID)
            *status = INVALID;
    }
    return true;
}
