/* `noroshi watch FILE`: the collection tool on the terminal, with its list in a file of one's own. Rule: API-02, API-03 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "base/fs.h"
#include "faces/cli/catalog/open.h"
#include "faces/cli/cmd.h"
#include "faces/cli/open.h"
#include "faces/cli/scan/read.h"
#include "faces/cli/watch/watch.h"

enum { FILE_MAX = 32 << 20, OUTPUT_MAX = 64 << 20, LINES_MAX = 4 << 20 };
#define WORK_MAX ((size_t)1 << 30)

struct work {
    const struct app *app;
    struct arena *arena;
    enum lang lang;
    struct str folder; /* of the catalogue */
    const char *path;
    struct watch watch;
    int argc; /* the verb and what stands behind it */
    char **argv;
    struct buf out;
    struct paper paper;
};

/* ---- the file ---- */

static bool load(struct work *work, bool may_be_new, struct err *err)
{
    struct str text;

    if (may_be_new && !fs_exists(work->path))
        return true;
    return fs_read_whole(work->path, FILE_MAX, work->arena, &text, err) &&
                   watch_read(text, work->arena, &work->watch, err)
               ? true
               : PASS(err);
}

static bool save(struct work *work, struct err *err)
{
    struct buf buf = buf_new(work->arena, FILE_MAX);
    struct str text;

    watch_write(&work->watch, &buf);
    return buf_done(&buf, &text, err) && fs_write_whole(work->path, text, 0600, err) ? true
                                                                                     : PASS(err);
}

static void say(struct work *work, enum tint tint, const char *words, struct str about)
{
    paper_flow(&work->paper, tint,
               tr_fill(work->arena, work->lang, words,
                       TR_ARGS({ "about", paper_clean(work->arena, about) })),
               0, 0);
}

static void say_count(struct work *work, const char *words, size_t count)
{
    paper_flow(&work->paper, TINT_BOLD,
               tr_fill(work->arena, work->lang, words,
                       TR_ARGS({ "count", tr_number(work->arena, (int64_t)count) })),
               0, 0);
}

/* ---- products ---- */

static bool add_key(struct work *work, struct str key, struct err *err)
{
    bool is_new;

    if (!watch_add(&work->watch, key, work->arena, &is_new, err))
        return PASS(err);
    if (is_new)
        say(work, TINT_NONE, N_("added: {about}"), key);
    return true;
}

static bool add_text(struct work *work, struct str text, struct err *err)
{
    struct str key;

    if (!watch_key_of(text, work->arena, &key))
        return FAIL(err, USAGE, text);
    return add_key(work, key, err) ? true : PASS(err);
}

static bool add_lines(struct work *work, struct err *err)
{
    struct buf buf = buf_new(work->arena, LINES_MAX);
    struct watch_keys keys = { 0 };
    struct str text, wrong;
    char room[4096];
    ssize_t n;

    while ((n = fs_read_up_to(STDIN_FILENO, room, sizeof room)) > 0)
        buf_add(&buf, (struct str){ room, (size_t)n });
    if (n < 0)
        return FAIL_IO(err, STR("-"));
    if (!buf_done(&buf, &text, err))
        return PASS(err);
    if (!str_is_utf8(text))
        return FAIL(err, NOT_UTF8, STR("-"));
    if (!watch_keys_of_lines(text, work->arena, &keys, &wrong))
        return FAIL(err, USAGE, wrong);
    for (size_t i = 0; i < keys.len; i++)
        if (!add_key(work, keys.at[i], err))
            return PASS(err);
    return true;
}

/* Each component by the names it has; those that have none are told. */
static bool add_component(struct work *work, const struct component *component, struct err *err)
{
    size_t before = work->watch.products.len;
    bool is_named;

    if (!watch_add_component(&work->watch, component, work->arena, &is_named, err))
        return PASS(err);
    for (size_t i = before; i < work->watch.products.len; i++)
        say(work, TINT_NONE, N_("added: {about}"), work->watch.products.at[i]);
    if (!is_named)
        say(work, TINT_YELLOW,
            N_("cannot be watched, it has no name that the catalogue knows: {about}"),
            component->name);
    return true;
}

static bool add_list(struct work *work, struct str path, struct err *err)
{
    struct inventory_options options = { 0 };
    struct inventory inventory;

    if (!scan_read_list(work->app, path, &options, work->arena, &inventory, err))
        return PASS(err);
    for (size_t i = 0; i < inventory.components.len; i++)
        if (!add_component(work, &inventory.components.at[i], err))
            return PASS(err);
    return true;
}

static bool do_add(struct work *work, struct err *err)
{
    struct str from;

    if (!load(work, true, err) || !option_value(&work->argc, work->argv, "--from", &from, err) ||
        (from.len > 0 && !add_list(work, from, err)))
        return PASS(err);
    if (from.len == 0 && work->argc == 1)
        return FAIL(err, USAGE, STR("add"));
    for (int i = 1; i < work->argc; i++)
        if (!(strcmp(work->argv[i], "-") == 0 ? add_lines(work, err)
                                              : add_text(work, str_from_z(work->argv[i]), err)))
            return PASS(err);
    if (!save(work, err))
        return PASS(err);
    say_count(work, N_("{count} products are watched."), work->watch.products.len);
    return true;
}

static bool do_remove(struct work *work, struct err *err)
{
    struct str key;

    if (!load(work, false, err))
        return PASS(err);
    for (int i = 1; i < work->argc; i++)
        if (!watch_key_of(str_from_z(work->argv[i]), work->arena, &key) ||
            !watch_remove(&work->watch, key))
            return FAIL(err, ABSENT, str_from_z(work->argv[i]));
    if (!save(work, err))
        return PASS(err);
    say_count(work, N_("{count} products are watched."), work->watch.products.len);
    return true;
}

/* ---- conditions: those of a search ---- */

/* All of them anew: what is not given is no condition any more. */
static bool do_only(struct work *work, struct err *err)
{
    struct search ignored;
    struct str value;

    if (!load(work, true, err))
        return PASS(err);
    work->watch.conditions.len = 0;
    for (int i = 0; i < SEARCH_PARAMS; i++) {
        const char *name = search_param_name((enum search_param)i);

        if (i == PARAM_WORDS || !watch_may_be_condition((enum search_param)i))
            continue;
        if (!option_value(&work->argc, work->argv, arena_printf(work->arena, "--%s", name).ptr,
                          &value, err))
            return PASS(err);
        if (value.len > 0)
            VEC_PUSH(work->arena, &work->watch.conditions,
                     (struct watch_condition){ str_from_z(name), value });
    }
    if (work->argc > 2 || (work->argc == 2 && work->argv[1][0] == '-'))
        return FAIL(err, USAGE, str_from_z(work->argv[work->argc - 1]));
    if (work->argc == 2)
        VEC_PUSH(work->arena, &work->watch.conditions,
                 (struct watch_condition){ str_from_z(search_param_name(PARAM_WORDS)),
                                           str_from_z(work->argv[1]) });
    if (!watch_asks(&work->watch, &ignored, err) || !save(work, err))
        return PASS(err);
    for (size_t i = 0; i < work->watch.conditions.len; i++)
        say(work, TINT_NONE, "{about}",
            arena_printf(work->arena, "%.*s: %.*s", STR_ARG(work->watch.conditions.at[i].name),
                         STR_ARG(work->watch.conditions.at[i].value)));
    if (work->watch.conditions.len == 0)
        say(work, TINT_NONE, N_("There are no conditions: everything counts."), STR_NONE);
    return true;
}

/* ---- searching ---- */

static bool do_search(struct work *work, struct err *err)
{
    CLEANUP(catalog_reading_end) struct catalog_reading reading = { 0 };
    const struct watch_sheet sheet = { &work->watch, work->lang, work->arena };
    struct watch_news news;

    if (work->argc > 1)
        return FAIL(err, USAGE, str_from_z(work->argv[1]));
    if (!load(work, false, err) || !catalog_reading_begin(work->app, work->folder, &reading, err) ||
        !watch_search(reading.tx, &work->watch, work->app->now, work->arena, &news, err) ||
        !save(work, err))
        return PASS(err);
    say_count(work, N_("{count} new on the list"), news.fresh.len);
    watch_sheet_items(&sheet, &news.fresh, &work->paper);
    say_count(work, N_("{count} changed since the last search"), news.changed.len);
    watch_sheet_items(&sheet, &news.changed, &work->paper);
    for (size_t i = 0; i < news.capped.len; i++)
        say(work, TINT_YELLOW,
            N_("{about} has more than one search shows: conditions make it less."),
            news.capped.at[i]);
    watch_sheet_counts(&sheet, &work->paper);
    return true;
}

/* ---- the checklist ---- */

static bool do_mark(struct work *work, struct err *err)
{
    enum watch_state state;
    struct str note;

    if (!option_value(&work->argc, work->argv, "--note", &note, err))
        return PASS(err);
    if (work->argc != 3 || !watch_state_from_name(str_from_z(work->argv[2]), &state))
        return FAIL(err, USAGE, str_from_z(work->argv[work->argc - 1]));
    return load(work, false, err) &&
                   watch_decide(&work->watch, str_from_z(work->argv[1]), state, note,
                                work->app->now, err) &&
                   save(work, err)
               ? true
               : PASS(err);
}

static bool do_list(struct work *work, struct err *err)
{
    const struct watch_sheet sheet = { &work->watch, work->lang, work->arena };
    struct watch_places places = { 0 };
    struct str format, name;
    enum watch_state state = WATCH_STATES;

    if (!option_value(&work->argc, work->argv, "--format", &format, err) ||
        !option_value(&work->argc, work->argv, "--state", &name, err))
        return PASS(err);
    if (work->argc > 1 || (name.len > 0 && !watch_state_from_name(name, &state)))
        return FAIL(err, USAGE, name.len > 0 ? name : STR("list"));
    if (!load(work, false, err))
        return PASS(err);
    for (size_t i = 0; i < work->watch.items.len; i++)
        if (state == WATCH_STATES || work->watch.items.at[i].state == state)
            VEC_PUSH(work->arena, &places, i);
    if (str_eq(format, STR("csv"))) {
        watch_write_csv(&work->watch, &places, work->lang, &work->out);
    } else if (str_eq(format, STR("json"))) {
        watch_write(&work->watch, &work->out);
    } else if (format.len == 0 || str_eq(format, STR("table"))) {
        watch_sheet_items(&sheet, &places, &work->paper);
        watch_sheet_counts(&sheet, &work->paper);
    } else {
        return FAIL(err, USAGE, format);
    }
    return true;
}

static const struct {
    const char *verb;
    bool (*run)(struct work *work, struct err *err);
} verbs[] = {
    { "add", do_add },       { "remove", do_remove }, { "only", do_only },
    { "search", do_search }, { "mark", do_mark },     { "list", do_list },
};

static bool run(struct work *work, const char *verb, struct err *err)
{
    struct str out;

    for (size_t i = 0; i < COUNT(verbs); i++) {
        if (strcmp(verb, verbs[i].verb) != 0)
            continue;
        if (!verbs[i].run(work, err) || !buf_done(&work->out, &out, err))
            return PASS(err);
        cli_print(out);
        return true;
    }
    return FAIL(err, USAGE, str_from_z(verb));
}

bool cmd_watch(const struct app *app, int argc, char **argv, int *status, struct err *err)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(WORK_MAX);
    struct work work = { .app = app, .arena = arena, .lang = app->lang };
    struct str lang;
    (void)status;

    if (!option_value(&argc, argv, "--catalog", &work.folder, err) ||
        !option_value(&argc, argv, "--lang", &lang, err))
        return PASS(err);
    if (lang.len > 0 && !lang_from_code(lang, &work.lang))
        return FAIL(err, USAGE, lang);
    if (argc < 3)
        return FAIL(err, USAGE, str_from_z(argv[argc - 1]));
    work.path = argv[1];
    work.argc = argc - 2;
    work.argv = argv + 2;
    work.out = buf_new(arena, OUTPUT_MAX);
    work.paper = paper_for_output(&work.out, isatty(STDOUT_FILENO));
    return run(&work, argv[2], err) ? true : PASS(err);
}
