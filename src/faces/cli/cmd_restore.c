#include <string.h>

#include "base/err.h"
#include "base/fs.h"
#include "faces/cli/backup.h"
#include "faces/cli/cmd.h"
#include "faces/cli/facts.sql.h"
#include "faces/cli/open.h"
#include "faces/cli/state.h"

struct restore {
    const struct app *app;
    const char *from, *into, *part; /* part: everything is made here, then renamed */
    struct tree tree;
};

/* ---- the backup is what it was ---- */

static bool check_line(struct restore *r, struct str line, struct err *err)
{
    struct arena *arena = r->app->arena;
    struct str hex = str_take(line, 64), name = str_drop(line, 66), is;
    bool found;

    if (line.len < 67 || !str_eq(str_drop(str_take(line, 66), 64), STR("  ")) ||
        str_contains(name, STR("..")) || name.ptr[0] == '/')
        return FAIL(err, BACKUP, line);
    if (!file_sha256(path_in(arena, r->from, name), arena, &is, &found, err))
        return PASS(err);
    if (!found || !str_eq(is, hex))
        return FAIL(err, BACKUP, name);
    VEC_PUSH(arena, &r->tree, name);
    return true;
}

static bool check_hashes(struct restore *r, struct err *err)
{
    struct str text, line;

    if (!fs_exists(path_in(r->app->arena, r->from, STR(BACKUP_MANIFEST))))
        return FAIL(err, BACKUP, STR(BACKUP_MANIFEST));
    if (!fs_read_whole(path_in(r->app->arena, r->from, STR(BACKUP_MANIFEST)), TREE_LIST_MAX,
                       r->app->arena, &text, err))
        return PASS(err);
    while (str_split(&text, '\n', &line)) {
        if (!check_line(r, line, err))
            return PASS(err);
    }
    return true;
}

/* ---- its copy ---- */

static bool copy_all(struct restore *r, struct err *err)
{
    struct arena *arena = r->app->arena;
    bool found;

    for (size_t i = 0; i < r->tree.len; i++) {
        if (!file_copy(path_in(arena, r->from, r->tree.at[i]),
                       path_in(arena, r->part, r->tree.at[i]), arena, &found, err))
            return PASS(err);
        if (!found)
            return FAIL(err, BACKUP, r->tree.at[i]);
    }
    return true;
}

static bool check_store(const char *path, const struct store_kind *kind, struct store **out,
                        struct err *err)
{
    if (!fs_exists(path))
        return FAIL(err, BACKUP, str_from_z(path));
    return store_open(
               &(struct store_options){
                   .path = path, .kind = kind, .migrate = true, .connections = 2 },
               out, err) &&
                   store_check(*out, err)
               ? true
               : PASS(err);
}

/* No mail is sent twice and nothing is published by a system that may be a second one. */
static bool hold(struct restore *r, struct err *err)
{
    CLEANUP(store_close_var) struct store *desk = NULL;
    CLEANUP(store_close_var) struct store *advisories = NULL;
    CLEANUP(tx_end_var) struct tx *tx = NULL;

    if (!check_store(path_in(r->app->arena, r->part, STR("desk/desk.db")), &store_desk, &desk,
                     err) ||
        !check_store(path_in(r->app->arena, r->part, STR("public/advisories.db")),
                     &store_advisories, &advisories, err) ||
        !tx_begin(desk, TX_WRITE, &tx, err) ||
        !store_exec(tx, &sql_cli_fact_set,
                    BINDS(bind_text("name", STR(FACT_HELD)), bind_utc("n", r->app->now)), NULL,
                    err))
        return PASS(err);
    return tx_commit(&tx, err) ? true : PASS(err);
}

static void throw_away(struct restore *r)
{
    struct err ignored = { 0 };
    struct tree tree;

    if (!tree_list(r->part, r->app->arena, &tree, &ignored))
        return;
    for (size_t i = 0; i < tree.len; i++) {
        (void)unlink(path_in(r->app->arena, r->part, tree.at[i]));
        /* the folders above it, as far as they are empty now */
        for (struct str at = tree.at[i]; at.len > 0;) {
            while (at.len > 0 && at.ptr[at.len - 1] != '/')
                at.len--;
            at.len -= at.len > 0;
            if (at.len > 0)
                (void)rmdir(path_in(r->app->arena, r->part, at));
        }
    }
    (void)rmdir(r->part);
}

/* What root restores, the service must be able to open. */
static bool give_all(struct restore *r, struct err *err)
{
    struct arena *arena = r->app->arena;
    struct tree tree;

    if (!tree_list(r->part, arena, &tree, err) ||
        !state_give(r->app->settings, r->part, arena, err))
        return PASS(err);
    for (size_t i = 0; i < tree.len; i++) {
        for (size_t n = 1; n <= tree.at[i].len; n++) {
            bool is_step = n == tree.at[i].len || tree.at[i].ptr[n] == '/';

            if (is_step &&
                !state_give(r->app->settings, path_in(arena, r->part, str_take(tree.at[i], n)),
                            arena, err))
                return PASS(err);
        }
    }
    return true;
}

static bool is_free(const char *folder, struct arena *arena, struct err *err)
{
    struct tree tree;

    if (!tree_list(folder, arena, &tree, err))
        return PASS(err);
    return tree.len == 0 ? true : FAIL(err, NOT_EMPTY, str_from_z(folder));
}

static bool restore(struct restore *r, struct err *err)
{
    if (!is_free(r->into, r->app->arena, err) || !is_free(r->part, r->app->arena, err) ||
        !check_hashes(r, err) || !fs_make_folder(r->part, 0700, err))
        return PASS(err);
    if (copy_all(r, err) && hold(r, err) && give_all(r, err)) {
        (void)rmdir(r->into); /* an empty one may stand there */
        if (rename(r->part, r->into) == 0)
            return true;
        (void)FAIL_IO(err, str_from_z(r->into));
    }
    throw_away(r);
    return PASS(err);
}

static bool release(const struct app *app, struct err *err)
{
    CLEANUP(opened_close) struct opened opened = { .lock = -1 };
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    int64_t changed;

    if (!opened_open(app, OPEN_TO_WRITE, &opened, err) ||
        !tx_begin(opened.desk, TX_WRITE, &tx, err) ||
        !store_exec(tx, &sql_cli_fact_clear, BINDS(bind_text("name", STR(FACT_HELD))), &changed,
                    err) ||
        !tx_commit(&tx, err))
        return PASS(err);
    cli_print(tr(app->lang, changed
                                ? N_("Released: mail and publication go on with the next start.")
                                : N_("Nothing was held back.")));
    cli_print(STR("\n"));
    return true;
}

bool cmd_restore(const struct app *app, int argc, char **argv, int *status, struct err *err)
{
    struct restore r = { .app = app };
    struct str into, text;

    (void)status;
    if (argc == 2 && strcmp(argv[1], "--release") == 0)
        return release(app, err) ? true : PASS(err);
    if (!option_value(&argc, argv, "--into", &into, err))
        return PASS(err);
    if (argc != 2 || argv[1][0] == '-' || into.len == 0)
        return FAIL(err, USAGE, argc > 1 ? str_from_z(argv[argc - 1]) : STR("restore"));
    while (into.len > 1 && into.ptr[into.len - 1] == '/')
        into.len--;
    r.from = argv[1];
    r.into = arena_z(app->arena, into);
    r.part = arena_z(app->arena, arena_printf(app->arena, "%s.part", r.into));
    if (!seal_start(err) || !restore(&r, err))
        return PASS(err);
    text = tr_fill(
        app->arena, app->lang,
        N_("Restored into {folder}. Put the master key at {folder}/keys/master, run \"noroshi case verify\", and release mail and "
           "publication with \"noroshi restore --release\" once the old system is surely off."),
        TR_ARGS({ "folder", into }));
    cli_print(text);
    cli_print(STR("\n"));
    return true;
}
