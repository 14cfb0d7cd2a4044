#include "faces/cli/feed.h"

#include "base/buf.h"
#include "base/err.h"
#include "domain/feed/feed.h"
#include "faces/cli/import/import.h"
#include "store/store.h"

enum { OUTPUT_MAX = 1 << 20 };

struct work {
    const struct deskwork *desk;
    const struct words *words;
    struct tx *tx;
    struct arena *arena;
    struct buf out;
};

static void say(struct work *w, const char *msgid)
{
    buf_add(&w->out, tr_fill(w->arena, w->desk->lang, msgid, TR_ARGS({ "feed", w->words->at[1] })));
    buf_byte(&w->out, '\n');
}

static bool number_of(struct str text, struct str option, int64_t most, int64_t *out,
                      struct err *err)
{
    struct err why = { 0 };

    return str_to_int(text, 0, most, out, &why) ? true : FAIL(err, USAGE, option);
}

static bool add(struct work *w, struct err *err)
{
    struct feed values = { .name = w->words->at[1] };
    enum import_format format;

    if (w->words->len < 3)
        return FAIL(err, USAGE, STR("feed add"));
    values.url = w->words->at[2];
    for (size_t i = 3; i < w->words->len; i += 2) {
        struct str option = w->words->at[i], value;

        if (i + 1 == w->words->len)
            return FAIL(err, USAGE, option);
        value = w->words->at[i + 1];
        if (str_eq_z(option, "--format")) {
            if (!import_format_from_name(value, &format))
                return FAIL(err, UNKNOWN_FORMAT, value);
            values.format = value;
        } else if (str_eq_z(option, "--checksums")) {
            values.sum_url = value;
        } else if (str_eq_z(option, "--every")) {
            if (!number_of(value, option, FEED_EVERY_MOST, &values.every_minutes, err))
                return PASS(err);
        } else if (str_eq_z(option, "--max-bytes")) {
            if (!number_of(value, option, FEED_BYTES_MOST, &values.max_bytes, err))
                return PASS(err);
        } else {
            return FAIL(err, USAGE, option);
        }
    }
    if (!feed_add(w->tx, &values, w->desk->settings->feeds_plain_http, w->desk->now, err))
        return PASS(err);
    say(w, N_("{feed} is fetched as soon as the service runs."));
    return true;
}

static bool run_now(struct work *w, struct err *err)
{
    if (!feed_run_now(w->tx, w->words->at[1], err))
        return PASS(err);
    say(w, N_("{feed} is the next to be fetched."));
    return true;
}

static bool pause_one(struct work *w, struct err *err)
{
    if (!feed_pause(w->tx, w->words->at[1], true, w->desk->now, err))
        return PASS(err);
    say(w, N_("{feed} is not fetched any more until it is resumed."));
    return true;
}

static bool resume(struct work *w, struct err *err)
{
    if (!feed_pause(w->tx, w->words->at[1], false, w->desk->now, err))
        return PASS(err);
    say(w, N_("{feed} is fetched again."));
    return true;
}

static bool remove_one(struct work *w, struct err *err)
{
    if (!feed_remove(w->tx, w->words->at[1], err))
        return PASS(err);
    say(w, N_("{feed} is removed; what came from it stays in the catalogue."));
    return true;
}

static struct str instant(struct work *w, struct utc t)
{
    return t.ms ? utc_iso(w->arena, t) : STR("-");
}

static struct str state_of(struct work *w, const struct feed *feed)
{
    const char *words = str_eq_z(feed->step, "fetch")    ? N_("is fetched")
                        : str_eq_z(feed->step, "import") ? N_("is imported")
                        : feed->is_paused                ? N_("paused")
                        : feed->failures > 0             ? N_("failed")
                                                         : N_("waits");

    return tr(w->desk->lang, words);
}

static bool list(struct work *w, struct err *err)
{
    struct feeds feeds = { 0 };

    if (w->words->len > 1)
        return FAIL(err, USAGE, w->words->at[1]);
    if (!feed_list(w->tx, w->arena, &feeds, err))
        return PASS(err);
    for (size_t i = 0; i < feeds.len; i++) {
        const struct feed *f = &feeds.at[i];

        buf_printf(&w->out, "%.*s\t%.*s\t%.*s\t%lld\t%.*s\t%.*s\t%lld\t%.*s\t%.*s\n",
                   STR_ARG(f->name), STR_ARG(state_of(w, f)),
                   STR_ARG(f->format.len ? f->format : STR("-")), (long long)f->every_minutes,
                   STR_ARG(instant(w, f->taken)), STR_ARG(instant(w, f->next)),
                   (long long)f->failures, STR_ARG(f->words.len ? f->words : STR("-")),
                   STR_ARG(f->url));
    }
    return true;
}

static const struct {
    const char *name;
    bool (*run)(struct work *w, struct err *err);
    bool needs_name, may_have_more;
} deeds[] = {
    { "add", add, true, true },        { "list", list, false, true },
    { "run", run_now, true, false },   { "pause", pause_one, true, false },
    { "resume", resume, true, false }, { "remove", remove_one, true, false },
};

bool feed_command(const struct deskwork *desk, const struct words *words, struct arena *arena,
                  struct str *out, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct work w = {
        .desk = desk, .words = words, .arena = arena, .out = buf_new(arena, OUTPUT_MAX)
    };
    struct str name = words->len > 0 ? words->at[0] : STR("list");
    size_t i = 0;

    while (i < COUNT(deeds) && !str_eq_z(name, deeds[i].name))
        i++;
    if (i == COUNT(deeds) || (deeds[i].needs_name && words->len < 2) ||
        (!deeds[i].may_have_more && words->len > 2))
        return FAIL(err, USAGE, STR("feed"));
    if (!tx_begin(desk->store, TX_WRITE, &tx, err))
        return PASS(err);
    w.tx = tx;
    return deeds[i].run(&w, err) && tx_commit(&tx, err) && buf_done(&w.out, out, err) ? true
                                                                                      : PASS(err);
}
