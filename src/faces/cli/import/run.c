/* One run: files through children, what they answer into the catalogue, then the match index; or into an index alone. */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "domain/matching/alone.h"
#include "domain/myjvn/files.h"
#include "domain/myjvn/items.h"
#include "domain/myjvn/own.h"
#include "faces/cli/cli.h"
#include "faces/cli/import/import.h"
#include "faces/cli/import/progress.h"
#include "faces/cli/jail.h"
#include "formats/archive/archive.h"
#include "formats/archive/pack.h"
#include "store/fulltext.h"

enum { UTF8_MAX = 4 };
enum { BUNDLE_BYTES = 64 << 20, BUNDLE_FILES = 4096, STEP_MS = 10000 };
#define CHILD_MEMORY  (UINT64_C(640) << 20)
#define ANSWER_MEMORY ((size_t)1 << 31)
#define ANSWER_KEPT   ((size_t)4 << 20)

struct run {
    const struct app *app;
    const struct import_options *options;
    struct import_taking taking;
};

/* ---- one child ---- */

static void tick(void *task, uint64_t place)
{
    const struct import_taking *taking = task;

    if (taking->progress)
        progress_show(taking->progress, (int64_t)place);
}

static bool is_packed(int fd)
{
    char head[6];
    ssize_t n = pread(fd, head, sizeof head, 0);

    return n > 0 && archive_is_packed((struct str){ head, (size_t)n });
}

static bool read_apart(struct run *run, int fd, struct err *err)
{
    struct err why = { 0 };
    struct jail_job job = {
        .input = fd,
        .limits = { .memory = CHILD_MEMORY, .step_ms = STEP_MS, .answer_max = IMPORT_ANSWER_MAX },
        .work = import_read,
        .feed = is_packed(fd) ? import_feed : NULL,
        .take = run->taking.alone ? import_take_alone : import_take,
        .tick = tick,
        .task = &run->taking,
        .is_stepwise = true
    };

    switch (jail_run(run->app, &job, NULL, &why)) {
    case JAIL_DONE:
        return true;
    case JAIL_STOPPED:
        if (run->taking.is_stopped)
            return true;
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

    while (to < run->options->files->len && run->options->files->at[to].is_small &&
           to - from < BUNDLE_FILES && bytes < BUNDLE_BYTES)
        bytes += run->options->files->at[to++].size;
    *next = to;
    if (!import_bundle(run->options->files, from, to, &fd, err))
        return PASS(err);
    run->taking.file =
        arena_printf(run->app->arena, "%.*s - %.*s", STR_ARG(run->options->files->at[from].path),
                     STR_ARG(run->options->files->at[to - 1].path));
    run->taking.members = run->options->files;
    ok = read_apart(run, fd, err);
    close(fd);
    return ok ? true : PASS(err);
}

static bool read_all(struct run *run, struct err *err)
{
    for (size_t i = 0, next; i < run->options->files->len && !run->taking.is_stopped; i = next) {
        next = i + 1;
        if (run->options->files->at[i].is_small && next < run->options->files->len &&
            run->options->files->at[next].is_small) {
            if (!read_bundle(run, i, &next, err))
                return PASS(err);
        } else if (!read_file(run, &run->options->files->at[i], err)) {
            return PASS(err);
        }
        for (size_t done = i; run->options->progress && done < next; done++)
            run->options->progress->before += run->options->files->at[done].size;
    }
    return true;
}

/* ---- what was refused before ---- */

/* Whole, as far as it was kept: a beginning alone is no record. */
static bool is_whole(const struct catalog_refused *refused)
{
    return refused->bytes.len > 0 && refused->bytes.len + UTF8_MAX < IMPORT_SHOWN_MAX;
}

static bool retry_one(struct run *run, const struct catalog_refused *refused, struct err *err)
{
    const struct catalog_counts *counts = &run->taking.counts;
    int64_t read = counts->read, wrong = counts->refused;
    bool ok;
    int fd;

    if (!import_hold(refused->bytes, &fd, err))
        return PASS(err);
    run->taking.file = refused->file;
    run->taking.members = NULL;
    ok = read_apart(run, fd, err);
    close(fd);
    if (!ok)
        return PASS(err);
    return counts->read == read || counts->refused > wrong ||
                   catalog_refused_drop(run->taking.tx, refused->id, err)
               ? true
               : PASS(err);
}

static bool retry_all(struct run *run, struct err *err)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(ANSWER_MEMORY);
    struct catalog_refused refused = { 0 };

    run->taking.is_retry = true;
    for (;;) {
        int64_t after = refused.id;

        arena_reset(arena);
        if (!catalog_refused_next(run->taking.tx, after, arena, &refused, err))
            return PASS(err);
        if (refused.id == 0 || run->taking.is_stopped)
            return true;
        if (is_whole(&refused) && !retry_one(run, &refused, err))
            return PASS(err);
    }
}

/* All of it is one transaction: who reads sees the catalogue before it or behind it. */
static bool take_all(struct run *run, struct err *err)
{
    CLEANUP(catalog_batch_free_var) struct catalog_batch *batch = NULL;
    CLEANUP(fulltext_free_var) struct fulltext *jvn_words = NULL;
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct import_taking *taking = &run->taking;
    const struct utc now = utc_now();
    bool ok;

    if (!tx_begin(taking->store, TX_WRITE, &tx, err) ||
        !catalog_import_begin(tx, import_format_name(run->options->format), run->options->from, now,
                              &taking->import, err) ||
        !myjvn_words_begin(tx, &jvn_words, err))
        return PASS(err);
    taking->tx = tx;
    taking->jvn_words = jvn_words;
    taking->batch = batch = catalog_batch_new(tx, taking->import, now);
    if (run->options->is_rebuild)
        catalog_batch_rebuild(batch);
    ok = run->options->is_retry ? retry_all(run, err) : read_all(run, err);
    if (run->options->progress)
        progress_clear(run->options->progress);
    return ok && myjvn_words_end(tx, jvn_words, err) && catalog_batch_end(batch, err) &&
                   myjvn_number_new(tx, err) && myjvn_take_own(tx, err) &&
                   catalog_import_note(tx, taking->import, &taking->counts,
                                       taking->is_stopped ? (struct utc){ 0 } : utc_now(), err) &&
                   tx_commit(&tx, err)
               ? true
               : PASS(err);
}

/* JVN's feed files of what is in it now. */
static bool make_files(const struct app *app, struct store *store, struct str folder,
                       struct err *err)
{
    const struct myjvn_site site = myjvn_site_from(app->settings);
    const struct myjvn_filing filing = { &site, utc_now(), MYJVN_LARGE_YEAR };

    return myjvn_make_files(store, folder, &filing, err) ? true : PASS(err);
}

/* ---- an index alone ---- */

/* Twice where something came in an older state first: the first time says which state is the newest. */
static bool tell_all(struct run *run, struct catalog_counts *counts, struct err *err)
{
    struct import_taking *taking = &run->taking;
    bool again = false;

    do {
        bool is_first = !again;

        taking->counts = (struct catalog_counts){ 0 };
        if (run->options->progress)
            run->options->progress->before = 0;
        if (!alone_begin(taking->alone, err) || !read_all(run, err))
            return PASS(err);
        if (is_first)
            *counts = taking->counts;
        taking->told = NULL; /* what was refused is known */
        if (!taking->is_stopped && !alone_end(taking->alone, utc_now(), &again, err))
            return PASS(err);
    } while (again && !taking->is_stopped);
    return true;
}

bool import_run_alone(const struct app *app, const struct import_options *options,
                      struct catalog_counts *counts, struct err *err)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(ANSWER_MEMORY);
    CLEANUP(alone_free_var) struct alone *alone = NULL;
    struct run run = { .app = app,
                       .options = options,
                       .taking = { .arena = arena,
                                   .format = options->format,
                                   .progress = options->progress,
                                   .told = options->told,
                                   .stopped = options->stopped,
                                   .context = options->context } };
    const char *path =
        arena_z(app->arena, arena_printf(app->arena, "%.*s/match.idx", STR_ARG(options->folder)));
    bool ok;

    arena_keep(arena, ANSWER_KEPT);
    for (size_t i = 0; i < options->files->len; i++)
        if (str_eq(options->files->at[i].path, STR("-")) && !import_keep_input(err))
            return PASS(err);
    if (!alone_new(path, &alone, err))
        return PASS(err);
    run.taking.alone = alone;
    if (options->progress)
        options->progress->counts = &run.taking.counts;
    ok = tell_all(&run, counts, err);
    if (options->progress) {
        progress_clear(options->progress);
        options->progress->counts = counts;
    }
    return ok ? true : PASS(err);
}

/* ---- the catalogue, then its index ---- */

bool import_run(const struct app *app, struct store *store, const struct import_options *options,
                struct catalog_counts *counts, struct err *err)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(ANSWER_MEMORY);
    CLEANUP(packer_free_var) struct packer *packer = packer_new();
    struct run run = { .app = app,
                       .options = options,
                       .taking = { .store = store,
                                   .arena = arena,
                                   .packer = packer,
                                   .format = options->format,
                                   .progress = options->progress,
                                   .told = options->told,
                                   .stopped = options->stopped,
                                   .context = options->context } };
    bool ok;

    arena_keep(arena, ANSWER_KEPT);
    if (options->progress)
        options->progress->counts = &run.taking.counts;
    ok = take_all(&run, err);
    *counts = run.taking.counts;
    if (options->progress)
        options->progress->counts = counts;
    if (!ok || !make_files(app, store, options->folder, err))
        return PASS(err);
    /* Also when nothing changed: it may be missing, or another version's. */
    return options->no_index || run.taking.is_stopped ||
                   import_build_index(app, store,
                                      arena_z(app->arena, arena_printf(app->arena, "%.*s/match.idx",
                                                                       STR_ARG(options->folder))),
                                      err)
               ? true
               : PASS(err);
}
