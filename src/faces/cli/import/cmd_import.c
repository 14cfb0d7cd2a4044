/* `noroshi import [FORMAT] PATH...`: known vulnerabilities from files into the catalogue. */
#include <signal.h>
#include <stdio.h>
#include <time.h>

#include "base/err.h"
#include "base/fs.h"
#include "faces/cli/cmd.h"
#include "faces/cli/import/import.h"
#include "faces/cli/import/progress.h"
#include "faces/cli/open.h"
#include "faces/cli/state.h"
#include "store/kinds.h"

enum {
    TOLD_MAX = 50, /* refusals shown one by one */
    CONNECTIONS = 2,
    SOME_REFUSED = 65,
    INTERRUPTED = 130
};

struct talk {
    const struct app *app;
    struct progress progress;
    int64_t told;
    sigset_t ends, before; /* what ends a command; the mask it came with */
    bool is_stopped;
};

/* From here on an interrupt waits until somebody looks. */
static void hold_interrupts(struct talk *talk)
{
    sigemptyset(&talk->ends);
    sigaddset(&talk->ends, SIGINT);
    sigaddset(&talk->ends, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &talk->ends, &talk->before);
}

/* The first one stops the reading; a second one ends the command at once, and nothing is kept. */
static bool is_stopped(void *context)
{
    static const struct timespec now = { 0 };
    struct talk *talk = context;

    if (!talk->is_stopped && sigtimedwait(&talk->ends, NULL, &now) > 0) {
        talk->is_stopped = true;
        pthread_sigmask(SIG_SETMASK, &talk->before, NULL);
    }
    return talk->is_stopped;
}

static void tell_refusal(void *context, struct str file, int64_t line, struct str reason)
{
    struct talk *talk = context;

    if (talk->told++ >= TOLD_MAX)
        return;
    progress_clear(&talk->progress);
    if (line > 0)
        fprintf(stderr, "%.*s:%lld: %.*s\n", STR_ARG(file), (long long)line, STR_ARG(reason));
    else
        fprintf(stderr, "%.*s: %.*s\n", STR_ARG(file), STR_ARG(reason));
}

static struct str number(struct arena *arena, int64_t n)
{
    return arena_printf(arena, "%lld", (long long)n);
}

static void tell_summary(const struct talk *talk, const struct catalog_counts *counts,
                         bool is_alone)
{
    struct arena *arena = talk->app->arena;
    struct str words = tr_fill(
        arena, talk->app->lang,
        N_("{read} read: {new} new, {changed} changed, {unchanged} unchanged, {refused} refused."),
        TR_ARGS({ "read", number(arena, counts->read) }, { "new", number(arena, counts->added) },
                { "changed", number(arena, counts->changed) },
                { "unchanged", number(arena, counts->unchanged) },
                { "refused", number(arena, counts->refused) }));

    if (talk->told > TOLD_MAX) {
        struct str more = tr_fill(
            arena, talk->app->lang,
            is_alone
                ? N_("{count} more were refused.")
                : N_("{count} more were refused; all of them are kept with their reasons in the catalogue."),
            TR_ARGS({ "count", number(arena, talk->told - TOLD_MAX) }));

        fprintf(stderr, "%.*s\n", STR_ARG(more));
    }
    printf("%.*s\n", STR_ARG(words));
    if (talk->is_stopped) {
        struct str stopped =
            tr(talk->app->lang,
               is_alone ? N_("Stopped: no index was written; the one before stays.")
                        : N_("Stopped: what came so far is kept. Import again for the rest."));

        fprintf(stderr, "%.*s\n", STR_ARG(stopped));
    }
}

/* Of the catalogue and its index: the public world's, or one of the caller's own. */
static bool find_folder(const struct app *app, struct str *folder, struct err *err)
{
    if (folder->len == 0) {
        if (!state_become_user(app->settings, app->arena, err))
            return PASS(err);
        *folder = str_from_z(state_path(app->settings, app->arena, "public"));
    }
    return fs_make_folder(arena_z(app->arena, *folder), 0700, err) ? true : PASS(err);
}

static bool run(const struct app *app, const struct import_options *options, bool is_alone,
                struct catalog_counts *counts, struct err *err)
{
    CLEANUP(store_close_var) struct store *store = NULL;
    const struct store_options stored = {
        .path = arena_z(app->arena,
                        arena_printf(app->arena, "%.*s/catalog.db", STR_ARG(options->folder))),
        .kind = &store_catalog,
        .create = true,
        .migrate = true,
        .is_fresh = true,
        .connections = CONNECTIONS
    };

    if (is_alone)
        return import_run_alone(app, options, counts, err) ? true : PASS(err);
    return store_open(&stored, &store, err) && import_run(app, store, options, counts, err)
               ? true
               : PASS(err);
}

bool cmd_import(const struct app *app, int argc, char **argv, int *status, struct err *err)
{
    struct import_files files = { 0 };
    struct catalog_counts counts = { 0 };
    struct talk talk = { .app = app };
    struct import_options options = {
        .files = &files, .progress = &talk.progress, .told = tell_refusal, .context = &talk
    };
    bool is_piped = false; /* who types may end it: that reading does not look up */
    bool is_alone;         /* an index without a catalogue */
    int64_t whole = 0;
    int at = 1;

    options.no_index = option_take(&argc, argv, "--no-index");
    options.is_retry = option_take(&argc, argv, "--retry");
    options.is_rebuild = option_take(&argc, argv, "--rebuild-search");
    is_alone = option_take(&argc, argv, "--index-only");
    if (is_alone && (options.no_index || options.is_retry || options.is_rebuild))
        return FAIL(err, USAGE, STR("--index-only"));
    if (!option_value(&argc, argv, "--catalog", &options.folder, err))
        return PASS(err);
    if (argc > 1 && import_format_from_name(str_from_z(argv[1]), &options.format))
        at++;
    if (options.is_retry ? at < argc : at == argc && !options.is_rebuild)
        return FAIL(err, USAGE, STR("import"));
    for (int i = at; i < argc; i++) {
        if (argv[i][0] == '-' && argv[i][1])
            return FAIL(err, USAGE, str_from_z(argv[i]));
        is_piped |= argv[i][1] == '\0' && argv[i][0] == '-';
        if (!import_list(argv[i], app->arena, &files, err))
            return PASS(err);
    }
    for (size_t i = 0; i < files.len; i++)
        whole += files.at[i].size;
    if (!find_folder(app, &options.folder, err))
        return PASS(err);
    options.from = at < argc ? str_from_z(argv[at]) : STR("");
    options.no_index |= at == argc && !options.is_retry; /* nothing came */
    if (!is_piped) {
        options.stopped = is_stopped;
        hold_interrupts(&talk);
    }
    talk.progress = progress_new(whole, &counts);
    if (!run(app, &options, is_alone, &counts, err))
        return PASS(err);
    tell_summary(&talk, &counts, is_alone);
    if (talk.is_stopped)
        *status = INTERRUPTED;
    else if (counts.refused > 0)
        *status = SOME_REFUSED;
    return true;
}
