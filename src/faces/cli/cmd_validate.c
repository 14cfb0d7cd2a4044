#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "base/fs.h"
#include "faces/cli/cmd.h"
#include "faces/cli/jail.h"
#include "formats/csaf/csaf_check.h"

enum { FILE_MAX = 32 << 20, WORK_MAX = 1 << 30, SECONDS_MAX = 30, ANSWER_MAX = 4096, INVALID = 65 };
/* The first byte of an answer. */
enum { FINDING = 'f', ADVICE = 'a', NOT_CHECKED = 'n' };

struct look {
    const struct app *app;
    const char *path;
    bool with_advice, has_findings;
};

/* ---- in the jail ---- */

static bool answer(struct jail *jail, struct arena *arena, char kind, struct str test,
                   struct str message, struct str pointer, struct err *err)
{
    struct str line =
        arena_printf(arena, "%c%.*s: %.*s%s%.*s%s", kind, STR_ARG(test), STR_ARG(message),
                     pointer.len > 0 ? " (" : "", STR_ARG(pointer), pointer.len > 0 ? ")" : "");

    return jail_answer(jail, line, err) ? true : PASS(err);
}

static bool answer_all(struct jail *jail, const struct app *app, struct arena *arena, char kind,
                       const struct csaf_result *result, struct err *err)
{
    for (size_t i = 0; i < result->findings.len; i++) {
        const struct csaf_finding *f = &result->findings.at[i];

        if (!answer(jail, arena, kind, f->test, tr(app->lang, f->message),
                    f->pointer.len > 0 ? f->pointer : STR("/"), err))
            return PASS(err);
    }
    if (result->has_more &&
        !answer(jail, arena, kind, STR("6"),
                tr(app->lang, N_("There are more findings than are listed.")), STR_NONE, err))
        return PASS(err);
    for (size_t i = 0; i < result->not_checked.len; i++)
        if (!answer(jail, arena, NOT_CHECKED, result->not_checked.at[i],
                    tr(app->lang, N_("not checked")), STR_NONE, err))
            return PASS(err);
    return true;
}

static bool work(struct jail *jail, void *task, struct err *err)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(WORK_MAX);
    const struct look *look = task;
    char *bytes = ARENA_NEW_N(arena, FILE_MAX + 1, char);
    ssize_t len = fs_read_up_to(jail_input(jail), bytes, FILE_MAX + 1);
    struct csaf_result result;
    struct json document;

    if (len < 0)
        return FAIL(err, IO, str_from_z(look->path));
    if (len > FILE_MAX)
        return FAIL(err, TOO_LARGE, str_from_z(look->path));
    if (!json_read((struct str){ bytes, (size_t)len }, arena, &document, err))
        return PASS(err);
    csaf_check(document, arena, &result);
    if (!answer_all(jail, look->app, arena, FINDING, &result, err))
        return PASS(err);
    if (!look->with_advice)
        return true;
    csaf_advise(document, arena, &result);
    return answer_all(jail, look->app, arena, ADVICE, &result, err) ? true : PASS(err);
}

/* ---- outside ---- */

static bool take(void *task, struct str line, struct err *err)
{
    struct look *look = task;
    char kind = line.len > 0 ? line.ptr[0] : 0;

    if (!str_is_plain(line, false)) /* who sends this is no longer what we wrote */
        return FAIL(err, WORKER, str_from_z(look->path));
    fprintf(kind == NOT_CHECKED ? stderr : stdout, "%s: %.*s\n", look->path,
            STR_ARG(str_drop(line, 1)));
    look->has_findings = look->has_findings || kind == FINDING;
    return true;
}

/* What is not even JSON is said like a finding; the other files still have their turn. */
static void print_refused(struct look *look, const struct err *err)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(64 << 10);

    printf("%s: json: %.*s\n", look->path,
           STR_ARG(tr_fill(arena, look->app->lang, err_words(err->code),
                           TR_ARGS({ "subject", str_from_z(err->subject) }))));
    look->has_findings = true;
}

static bool look_at(const struct app *app, const char *path, bool with_advice, int *status,
                    struct err *err)
{
    struct look look = { app, path, with_advice, false };
    struct jail_job job = { .limits = { WORK_MAX + FILE_MAX, SECONDS_MAX * 1000, SECONDS_MAX,
                                        ANSWER_MAX },
                            .work = work,
                            .take = take,
                            .task = &look };
    enum jail_end end;

    job.input = open(path, O_RDONLY | O_CLOEXEC);
    if (job.input < 0)
        return FAIL(err, IO, str_from_z(path));
    end = jail_run(app, &job, NULL, err);
    close(job.input);
    if (end == JAIL_REFUSED && (err->code == ERR_JSON_SYNTAX || err->code == ERR_TOO_LARGE)) {
        print_refused(&look, err);
        *err = (struct err){ 0 };
    } else if (end != JAIL_DONE) {
        return PASS(err);
    }
    if (look.has_findings)
        *status = INVALID;
    return true;
}

bool cmd_validate(const struct app *app, int argc, char **argv, int *status, struct err *err)
{
    bool with_advice = argc > 2 && strcmp(argv[2], "--advice") == 0;
    int first = with_advice ? 3 : 2;

    if (argc <= first || strcmp(argv[1], "csaf") != 0)
        return FAIL(err, USAGE, argc > 1 ? str_from_z(argv[1]) : STR("validate"));
    for (int i = first; i < argc; i++)
        if (!look_at(app, argv[i], with_advice, status, err))
            return PASS(err);
    return true;
}
