/* `noroshi import [FORMAT] PATH...`: known vulnerabilities from files into the catalogue. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "base/fs.h"
#include "faces/cli/cmd.h"
#include "faces/cli/import/import.h"
#include "faces/cli/import/progress.h"
#include "faces/cli/jail.h"
#include "faces/cli/open.h"
#include "faces/cli/state.h"
#include "store/kinds.h"

enum {
    BUNDLE_BYTES = 16 << 20,
    BUNDLE_FILES = 4096,
    TOLD_MAX = 50, /* refusals shown one by one */
    STEP_MS = 10000,
    CONNECTIONS = 2,
    SOME_REFUSED = 65
};
#define CHILD_MEMORY  (UINT64_C(640) << 20)
#define ANSWER_MEMORY ((size_t)1 << 31)

struct run {
    const struct app *app;
    enum import_format format;
    struct import_files files;
    struct import_taking taking;
    struct progress progress;
    int64_t told;
};

/* ---- words ---- */

static void tell_refusal(void *context, struct str file, int64_t line, struct str reason)
{
    struct run *run = context;

    if (run->told++ >= TOLD_MAX)
        return;
    progress_clear(&run->progress);
    if (line > 0)
        fprintf(stderr, "%.*s:%lld: %.*s\n", STR_ARG(file), (long long)line, STR_ARG(reason));
    else
        fprintf(stderr, "%.*s: %.*s\n", STR_ARG(file), STR_ARG(reason));
}

static struct str number(struct arena *arena, int64_t n)
{
    return arena_printf(arena, "%lld", (long long)n);
}

static void tell_summary(const struct run *run)
{
    const struct catalog_counts *counts = &run->taking.counts;
    struct arena *arena = run->app->arena;
    struct str words = tr_fill(
        arena, run->app->lang,
        N_("{read} read: {new} new, {changed} changed, {unchanged} unchanged, {refused} refused."),
        TR_ARGS({ "read", number(arena, counts->read) }, { "new", number(arena, counts->added) },
                { "changed", number(arena, counts->changed) },
                { "unchanged", number(arena, counts->unchanged) },
                { "refused", number(arena, counts->refused) }));

    if (run->told > TOLD_MAX) {
        struct str more = tr_fill(
            arena, run->app->lang,
            N_("{count} more were refused; all of them are kept with their reasons in the catalogue."),
            TR_ARGS({ "count", number(arena, run->told - TOLD_MAX) }));

        fprintf(stderr, "%.*s\n", STR_ARG(more));
    }
    printf("%.*s\n", STR_ARG(words));
}

/* ---- one child ---- */

static void tick(void *task, uint64_t place)
{
    const struct import_taking *taking = task;
    const struct run *run = taking->context;

    progress_show(&run->progress, (int64_t)place);
}

static bool read_apart(struct run *run, int fd, struct err *err)
{
    struct err why = { 0 };
    struct jail_job job = {
        .input = fd,
        .limits = { .memory = CHILD_MEMORY, .step_ms = STEP_MS, .answer_max = IMPORT_ANSWER_MAX },
        .work = import_read,
        .take = import_take,
        .tick = tick,
        .task = &run->taking,
        .is_stepwise = true
    };

    switch (jail_run(run->app, &job, NULL, &why)) {
    case JAIL_DONE:
        return true;
    case JAIL_STOPPED:
        *err = why;
        return PASS(err);
    default:
        /* What came before stays; what stands behind it in this file was not reached. */
        return import_refuse(&run->taking, run->taking.file, why.line, str_from_z(why.subject),
                             STR_NONE, err)
                   ? true
                   : PASS(err);
    }
}

static bool read_file(struct run *run, const struct import_file *file, struct err *err)
{
    struct err why = { 0 };
    bool ok;
    int fd;

    run->taking.file = file->path;
    run->taking.members = NULL;
    if (!import_open(file, &fd, &why)) {
        struct str reason = tr_fill(run->taking.arena, LANG_EN, err_words(why.code),
                                    TR_ARGS({ "subject", str_from_z(strerror(errno)) }));

        return import_refuse(&run->taking, file->path, 0, reason, STR_NONE, err) ? true : PASS(err);
    }
    ok = read_apart(run, fd, err);
    close(fd);
    return ok ? true : PASS(err);
}

/* Small files that stand together go through one child. *next: behind them */
static bool read_bundle(struct run *run, size_t from, size_t *next, struct err *err)
{
    int64_t bytes = 0;
    size_t to = from;
    bool ok;
    int fd;

    while (to < run->files.len && run->files.at[to].is_small && to - from < BUNDLE_FILES &&
           bytes < BUNDLE_BYTES)
        bytes += run->files.at[to++].size;
    *next = to;
    if (!import_bundle(&run->files, from, to, &fd, err))
        return PASS(err);
    run->taking.file =
        arena_printf(run->app->arena, "%.*s - %.*s", STR_ARG(run->files.at[from].path),
                     STR_ARG(run->files.at[to - 1].path));
    run->taking.members = &run->files;
    ok = read_apart(run, fd, err);
    close(fd);
    return ok ? true : PASS(err);
}

static bool read_all(struct run *run, struct err *err)
{
    for (size_t i = 0, next; i < run->files.len; i = next) {
        next = i + 1;
        if (run->files.at[i].is_small && next < run->files.len && run->files.at[next].is_small) {
            if (!read_bundle(run, i, &next, err))
                return PASS(err);
        } else if (!read_file(run, &run->files.at[i], err)) {
            return PASS(err);
        }
        for (size_t done = i; done < next; done++)
            run->progress.before += run->files.at[done].size;
    }
    return true;
}

/* ---- the command ---- */

/* The folder of the catalogue and its index: the public world's, or one of the caller's own. */
static bool open_catalog(const struct app *app, struct str *folder, struct store **out,
                         struct err *err)
{
    struct store_options options = {
        .kind = &store_catalog, .create = true, .migrate = true, .connections = CONNECTIONS
    };

    if (folder->len == 0) {
        if (!state_become_user(app->settings, app->arena, err))
            return PASS(err);
        *folder = str_from_z(state_path(app->settings, app->arena, "public"));
    }
    if (!fs_make_folder(arena_z(app->arena, *folder), 0700, err))
        return PASS(err);
    options.path =
        arena_z(app->arena, arena_printf(app->arena, "%.*s/catalog.db", STR_ARG(*folder)));
    return store_open(&options, out, err) ? true : PASS(err);
}

/* Also when nothing changed: an index that is missing or was made by another version is made again. */
static bool build_index(const struct app *app, struct str folder, struct store *store,
                        struct err *err)
{
    const char *path =
        arena_z(app->arena, arena_printf(app->arena, "%.*s/match.idx", STR_ARG(folder)));

    return import_build_index(store, path, utc_now(), err) ? true : PASS(err);
}

static bool import_all(struct run *run, struct str path, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    bool ok;

    if (!tx_begin(run->taking.store, TX_WRITE, &run->taking.tx, err))
        return PASS(err);
    ok = catalog_import_begin(run->taking.tx, import_format_name(run->format), path, run->app->now,
                              &run->taking.import, err) &&
         read_all(run, err);
    progress_clear(&run->progress);
    if (ok)
        ok = import_commit(&run->taking, true, utc_now(), err);
    tx = run->taking.tx; /* what was not committed goes */
    return ok ? true : PASS(err);
}

bool cmd_import(const struct app *app, int argc, char **argv, int *status, struct err *err)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(ANSWER_MEMORY);
    CLEANUP(store_close_var) struct store *store = NULL;
    struct run run = { .app = app };
    bool no_index = option_take(&argc, argv, "--no-index");
    struct str folder;
    int64_t whole = 0;
    int at = 1;

    if (!option_value(&argc, argv, "--catalog", &folder, err))
        return PASS(err);
    if (argc > 1 && import_format_from_name(str_from_z(argv[1]), &run.format))
        at++;
    if (at == argc)
        return FAIL(err, USAGE, STR("import"));
    for (int i = at; i < argc; i++) {
        if (argv[i][0] == '-' && argv[i][1])
            return FAIL(err, USAGE, str_from_z(argv[i]));
        if (!import_list(argv[i], app->arena, &run.files, err))
            return PASS(err);
    }
    for (size_t i = 0; i < run.files.len; i++)
        whole += run.files.at[i].size;
    if (!open_catalog(app, &folder, &store, err))
        return PASS(err);
    run.taking = (struct import_taking){
        .store = store, .arena = arena, .format = run.format, .told = tell_refusal, .context = &run
    };
    run.progress = progress_new(whole, &run.taking.counts);
    if (!import_all(&run, str_from_z(argv[at]), err))
        return PASS(err);
    tell_summary(&run);
    if (!no_index && !build_index(app, folder, store, err))
        return PASS(err);
    if (run.taking.counts.refused > 0)
        *status = SOME_REFUSED;
    return true;
}
