#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "base/fs.h"
#include "domain/casework/proof.h"
#include "faces/cli/cmd.h"
#include "faces/cli/jail.h"

enum { REPORT_MAX = 4 << 20, WORK_MAX = 64 << 20, SECONDS_MAX = 30, ANSWER_MAX = 4096, WRONG = 65 };

struct files {
    const char *receipt, *report, *checkpoint, *key;
};
struct check {
    const struct app *app;
    struct str receipt, report, checkpoint;
    const struct files *files;
    struct seal_key key;
    bool is_wrong;
};

/* ---- in the jail ---- */

static bool say(struct jail *jail, struct arena *arena, enum lang lang, const char *what,
                struct str value, struct err *err)
{
    return value.len == 0 || jail_answer(jail,
                                         arena_printf(arena, "g%.*s: %.*s", STR_ARG(tr(lang, what)),
                                                      STR_ARG(value)),
                                         err)
               ? true
               : PASS(err);
}

static bool tell(struct jail *jail, struct arena *arena, const struct check *check,
                 const struct proof *proof, enum proof_verdict verdict, struct err *err)
{
    enum lang lang = check->app->lang;
    struct str receipt = proof->receipt.statement, checkpoint = proof->checkpoint.statement;
    struct str words = tr(lang, proof_verdict_words[verdict]);

    if (verdict != PROOF_GOOD)
        return jail_answer(jail, arena_printf(arena, "b%.*s", STR_ARG(words)), err) ? true
                                                                                    : PASS(err);
    if (!jail_answer(jail, arena_printf(arena, "g%.*s", STR_ARG(words)), err) ||
        !say(jail, arena, lang, N_("Receipt"), proof_line(receipt, "number"), err) ||
        !say(jail, arena, lang, N_("Reported"), proof_line(receipt, "received"), err) ||
        !say(jail, arena, lang, N_("Checkpoint"), proof_line(checkpoint, "made"), err))
        return PASS(err);
    if (!check->files->key &&
        !say(jail, arena, lang, N_("Key, to be compared with the published one"),
             seal_hex(proof->key.bytes, sizeof proof->key.bytes, arena), err))
        return PASS(err);
    if (!check->files->report &&
        !jail_answer(
            jail,
            arena_printf(arena, "g%.*s",
                         STR_ARG(tr(lang, N_("The text of the report was not compared.")))),
            err))
        return PASS(err);
    return check->files->checkpoint ||
                   jail_answer(
                       jail,
                       arena_printf(
                           arena, "g%.*s",
                           STR_ARG(tr(lang, N_("The published checkpoint was not compared.")))),
                       err)
               ? true
               : PASS(err);
}

static bool work(struct jail *jail, void *task, struct err *err)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(WORK_MAX);
    const struct check *check = task;
    struct proof_signed checkpoint;
    struct proof_others others = {
        .key = check->files->key ? &check->key : NULL,
        .report = check->files->report ? &check->report : NULL,
        .checkpoint = check->files->checkpoint ? &checkpoint : NULL,
    };
    struct proof proof;

    if (!proof_read(check->receipt, arena, &proof, err) ||
        (check->files->checkpoint &&
         !proof_checkpoint_read(check->checkpoint, arena, &checkpoint, err)))
        return PASS(err);
    return tell(jail, arena, check, &proof, proof_check(&proof, &others), err) ? true : PASS(err);
}

/* ---- outside ---- */

static bool take(void *task, struct str line, struct err *err)
{
    struct check *check = task;

    if (line.len == 0 || !str_is_utf8(line) || !str_is_plain(line, false))
        return FAIL(err, WORKER, STR("receipt"));
    printf("%.*s\n", STR_ARG(str_drop(line, 1)));
    check->is_wrong = check->is_wrong || line.ptr[0] == 'b';
    return true;
}

static bool read_file(const struct app *app, const char *path, size_t max, struct str *out,
                      struct err *err)
{
    return !path || fs_read_whole(path, max, app->arena, out, err) ? true : PASS(err);
}

static bool verify(const struct app *app, const struct files *files, int *status, struct err *err)
{
    struct check check = { .app = app, .files = files };
    struct jail_job job = { .limits = { WORK_MAX + REPORT_MAX, SECONDS_MAX * 1000, SECONDS_MAX,
                                        ANSWER_MAX },
                            .work = work,
                            .take = take,
                            .task = &check };
    enum jail_end end;

    if (files->key && !seal_unhex(str_from_z(files->key), check.key.bytes, sizeof check.key.bytes))
        return FAIL(err, INPUT, STR("--key"));
    if (!read_file(app, files->receipt, PROOF_FILE_MAX, &check.receipt, err) ||
        !read_file(app, files->report, REPORT_MAX, &check.report, err) ||
        !read_file(app, files->checkpoint, PROOF_FILE_MAX, &check.checkpoint, err))
        return PASS(err);
    job.input = open("/dev/null", O_RDONLY | O_CLOEXEC);
    if (job.input < 0)
        return FAIL_IO(err, STR("/dev/null"));
    end = jail_run(app, &job, NULL, err);
    close(job.input);
    if (end != JAIL_DONE)
        return PASS(err);
    if (check.is_wrong)
        *status = WRONG;
    return true;
}

bool cmd_receipt(const struct app *app, int argc, char **argv, int *status, struct err *err)
{
    struct files files = { 0 };

    if (argc < 3 || strcmp(argv[1], "verify") != 0)
        return FAIL(err, USAGE, argc > 1 ? str_from_z(argv[1]) : STR("receipt"));
    files.receipt = argv[2];
    for (int i = 3; i < argc; i += 2) {
        const char **place = strcmp(argv[i], "--report") == 0       ? &files.report
                             : strcmp(argv[i], "--checkpoint") == 0 ? &files.checkpoint
                             : strcmp(argv[i], "--key") == 0        ? &files.key
                                                                    : NULL;

        if (!place || i + 1 == argc)
            return FAIL(err, USAGE, str_from_z(argv[i]));
        *place = argv[i + 1];
    }
    return verify(app, &files, status, err) ? true : PASS(err);
}
