/* `noroshi demo fill`, `noroshi demo code EMAIL`: a filled installation that nobody takes for a real one; scripts/demo calls them. */
#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "base/fs.h"
#include "domain/access/totp.h"
#include "domain/advisory/proofs.h"
#include "domain/statistics/snapshot.h"
#include "faces/cli/cmd.h"
#include "faces/cli/demo/demo.h"
#include "faces/cli/demo/demo.sql.h"
#include "faces/cli/demo/stage.h"
#include "faces/cli/demo/text.h"
#include "faces/cli/facts.sql.h"
#include "faces/cli/open.h"
#include "faces/cli/state.h"

enum {
    ADVISORIES = 200,
    FIRST_YEAR = 2019,
    PUBLICATION_FROM = 1000000,
    RECEIPTS_MAX = 64 << 10,
    PEOPLE_SINCE_DAYS = 1500,
    COUNTED_AFTER_DAYS = 10,
    VIEW_MEMORY = 16 << 20
};

#define LOGINS "demonstration.tsv" /* in the state folder: who can log in with what */

/* ---- pages: the desk makes them at its first start, because the version differs from its own ---- */

static bool no_page(void *context, const struct advisory_view *view, enum lang lang,
                    struct arena *arena, struct str *html, struct err *err)
{
    (void)context;
    (void)lang;
    (void)err;
    *html = arena_str(arena, view->number);
    return true;
}

static bool no_list(void *context, const struct advisory_rows *rows, enum lang lang,
                    struct arena *arena, struct str *html, struct err *err)
{
    (void)context;
    (void)lang;
    (void)err;
    *html = tr_number(arena, (int64_t)rows->len);
    return true;
}

static const struct advisory_renderer until_the_desk_starts = { NULL,    "none", no_page, no_list,
                                                                no_list, NULL,   NULL };

/* ---- advisories of earlier years ---- */

static struct utc day_in_history(int i, struct utc now)
{
    struct utc from =
        utc_from_jst((struct civil){ .year = FIRST_YEAR, .month = 2, .day = 1, .hour = 13 });
    struct utc t = utc_add_days(from, utc_days_between(from, now) * i / ADVISORIES);
    int weekday = utc_to_jst(t).weekday;

    return utc_add_days(t, weekday == 6 ? 2 : weekday == 0 ? 1 : 0);
}

static void add_vendors(const struct demo_topic *topic, struct utc at, struct arena *arena,
                        struct advisory_view *view)
{
    static const char *const others[] = { "notvulnerable", "vulnerable", "unknown", "no_report",
                                          "notvulnerable" };
    const struct demo_vendor *own = topic_vendor(topic);

    VEC_PUSH(arena, &view->vendors,
             (struct advisory_vendor){ .name_ja = str_from_z(own->ja),
                                       .name_en = str_from_z(own->en),
                                       .status = STR("vulnerable"),
                                       .at = at,
                                       .url = topic_url(topic, arena) });
    for (unsigned i = 0; i < topic->seed % 4; i++) {
        const struct demo_vendor *other =
            &demo_vendors[((size_t)topic->product->vendor + 4 + i * 5) % demo_vendor_registered];

        VEC_PUSH(arena, &view->vendors,
                 (struct advisory_vendor){
                     .name_ja = str_from_z(other->ja),
                     .name_en = str_from_z(other->en),
                     .status = str_from_z(others[(topic->seed + i) % COUNT(others)]),
                     .at = at });
    }
}

static void add_history(unsigned i, struct utc now, struct arena *arena, struct advisory_view *view)
{
    struct utc later = utc_add_days(view->published_at, 20 + (int)(i % 90));

    VEC_PUSH(
        arena, &view->history,
        (struct advisory_change){ view->published_at, STR("公開しました。"), STR("Published.") });
    if (i % 5 != 0 || later.ms >= now.ms)
        return;
    VEC_PUSH(arena, &view->history,
             (struct advisory_change){ later, STR("開発者の対応状況を更新しました。"),
                                       STR("The developers' statuses were updated.") });
    view->updated_at = later;
    view->revision = 2;
}

/* Products and weaknesses are walked with steps that meet each pair once. */
static struct advisory_view view_of(unsigned i, struct utc now, struct arena *arena)
{
    struct demo_topic topic = {
        &demo_products[i * 5 % demo_product_count],
        &demo_weaknesses[(i * 3 + i / demo_product_count) % demo_weakness_count], i
    };
    struct advisory_view view = {
        .number = arena_printf(arena, "NRS#%08u",
                               10000000 + (unsigned)((i * UINT64_C(48271371) + 7919) % 89999999)),
        .is_critical = i % 41 == 0
    };

    view.published_at = view.updated_at = day_in_history((int)i, now);
    view.revision = 1;
    topic_write(&topic, view.published_at, arena, &view);
    add_vendors(&topic, view.published_at, arena, &view);
    add_history(i, now, arena, &view);
    return view;
}

static bool fill_world(struct world *world, struct utc now, struct err *err)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(VIEW_MEMORY);

    for (unsigned i = 0; i < ADVISORIES; i++) {
        struct advisory_faults faults;
        struct advisory_view view;

        arena_reset(arena);
        view = view_of(i, now, arena);
        advisory_check(&view, arena, &faults);
        if (faults.len > 0)
            return FAIL(err, INPUT, faults.at[0].field);
        if (!world_put(world, PUBLICATION_FROM + i, &view, view.updated_at, err))
            return PASS(err);
    }
    return true;
}

/* ---- figures of earlier quarters ---- */

static bool count_quarter(struct store *desk, const struct cast *cast,
                          const struct statistics_rules *rules, struct snapshot *s, bool is_public,
                          struct utc now, struct arena *arena, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct utc counted = utc_add_days(quarter_end(s->quarter), COUNTED_AFTER_DAYS),
               looked = utc_add_days(counted, 2);

    if (looked.ms > now.ms)
        return true;
    return tx_begin(desk, TX_WRITE, &tx, err) &&
                   snapshot_propose(tx, &cast->rb[0], rules, s, counted, arena, err) &&
                   (!is_public || snapshot_approve(tx, &cast->cb[0], s, counted, looked, err)) &&
                   tx_commit(&tx, err)
               ? true
               : PASS(err);
}

static bool load_quarters(struct store *desk, struct utc now, struct arena *arena,
                          struct snapshots *out, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;

    return tx_begin(desk, TX_READ, &tx, err) && snapshot_list(tx, now, arena, out, err) ? true
                                                                                        : PASS(err);
}

/* All quarters are public but the last, which waits for its second look. Rule: PUB-13 */
static bool fill_figures(const struct app *app, struct store *desk, const struct cast *cast,
                         struct world *world, struct err *err)
{
    struct statistics_rules rules;
    struct snapshots all;

    if (!statistics_rules_from(app->settings, &rules, err) ||
        !load_quarters(desk, app->now, app->arena, &all, err))
        return PASS(err);
    for (size_t i = all.len; i-- > 0;) {
        if (!count_quarter(desk, cast, &rules, &all.at[i], i > 0, app->now, app->arena, err))
            return PASS(err);
    }
    return snapshot_publish_due(desk, world, app->now, NULL, err) ? true : PASS(err);
}

/* ---- filling ---- */

struct demo {
    const struct app *app;
    struct opened opened;
    struct world *world;
    struct cast cast;
    struct stage stage;
};

static void demo_close(struct demo *d)
{
    world_close(d->world);
    opened_close(&d->opened);
}

static bool is_empty(struct demo *d, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    int64_t cases;

    if (!tx_begin(d->opened.desk, TX_READ, &tx, err) ||
        !store_number(tx, &sql_demo_case_count, NO_BINDS, 0, &cases, err))
        return PASS(err);
    return cases == 0 ? true : FAIL(err, NOT_EMPTY, d->app->settings->state_dir);
}

static bool past_is_told(struct demo *d, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;

    return tx_begin(d->opened.desk, TX_WRITE, &tx, err) &&
                   store_exec(tx, &sql_demo_outbox_is_sent, NO_BINDS, NULL, err) &&
                   tx_commit(&tx, err)
               ? true
               : PASS(err);
}

static bool write_logins(struct demo *d, struct err *err)
{
    buf_add(&d->cast.logins, buf_str(&d->stage.receipts));
    return fs_write_whole(state_path(d->app->settings, d->app->arena, LOGINS),
                          buf_str(&d->cast.logins), 0600, err)
               ? true
               : PASS(err);
}

static bool open_world(struct demo *d, const struct advisory_site *site, struct err *err)
{
    struct world_options options = { d->app->settings->state_dir, site, &until_the_desk_starts };

    return world_open(&options, &d->world, err) ? true : PASS(err);
}

static bool fill(const struct app *app, struct err *err)
{
    CLEANUP(demo_close) struct demo d = { .app = app, .opened = { .lock = -1 } };
    struct advisory_site site = advisory_site_from(app->settings);
    bool is_new;

    if (!opened_open(app, OPEN_TO_WRITE, &d.opened, err) || !is_empty(&d, err) ||
        !open_world(&d, &site, err) ||
        !cast_make(d.opened.desk, &d.opened.vault, utc_add_days(app->now, -PEOPLE_SINCE_DAYS),
                   app->arena, &d.cast, err))
        return PASS(err);
    d.stage = (struct stage){ .casework = &d.opened.casework,
                              .cast = &d.cast,
                              .desk = d.opened.desk,
                              .world = d.world,
                              .prefixes = prefixes_from(app->settings),
                              .now = app->now,
                              .receipts = buf_new(app->arena, RECEIPTS_MAX) };
    return fill_world(d.world, app->now, err) && stage_play(&d.stage, err) &&
                   unreachable_publish_due(&d.opened.casework, d.opened.desk, d.world, app->now,
                                           &is_new, err) &&
                   fill_figures(app, d.opened.desk, &d.cast, d.world, err) &&
                   proofs_publish_due(&d.opened.casework, d.opened.desk, d.world, app->now, NULL,
                                      err) &&
                   demo_feeds(d.opened.desk, app->now, app->arena, err) && demo_records(app, err) &&
                   demo_watching(app, d.opened.desk, &d.cast, err) && past_is_told(&d, err) &&
                   write_logins(&d, err)
               ? true
               : PASS(err);
}

/* ---- starting ---- */

bool demo_prepare(const struct app *app, struct err *err)
{
    char *init[] = { (char *)(uintptr_t) "init", NULL };
    int status = 0;

    if (!state_become_user(app->settings, app->arena, err))
        return PASS(err);
    if (fs_exists(state_path(app->settings, app->arena, LOGINS)))
        return true;
    cli_print(
        tr(app->lang, N_("Making the demonstration's cases and advisories; this is done once.")));
    cli_print(STR("\n"));
    fflush(stdout);
    return cmd_init(app, 1, init, &status, err) && fill(app, err) ? true : PASS(err);
}

/* People first, then receipts of reports whose finders can look into their mailboxes. */
static void print_login(const struct app *app, struct str line)
{
    struct str field[5] = { 0 };

    for (size_t i = 0; i < COUNT(field); i++) {
        if (!str_split(&line, '\t', &field[i]))
            field[i] = STR_NONE;
    }
    cli_print(arena_printf(app->arena, "  %-36.*s %-32.*s %.*s  %.*s\n", STR_ARG(field[0]),
                           STR_ARG(field[1]), STR_ARG(field[3]), STR_ARG(field[4])));
}

bool demo_announce(const struct app *app, struct err *err)
{
    const struct settings *s = app->settings;
    struct str text, line;

    if (!fs_read_whole(state_path(s, app->arena, LOGINS), RECEIPTS_MAX * 2, app->arena, &text, err))
        return PASS(err);
    cli_print(tr_fill(
        app->arena, app->lang,
        N_("\nPublic pages:  {portal}\nDesk (login):  {desk}\nMailbox:       {desk}/mailbox\nGuided tour:   {desk}/tour\n\n"
           "Everybody below is made up. A login asks for a code: \"scripts/demo code ADDRESS\" prints it.\n"
           "No mail leaves this machine: it stays in the outbox.\n\n"),
        TR_ARGS({ "portal", s->portal_url }, { "desk", s->desk_url })));
    while (str_split(&text, '\n', &line))
        print_login(app, line);
    cli_print(STR("\n"));
    fflush(stdout);
    return true;
}

/* ---- codes ---- */

static int base32_value(char c)
{
    return c >= 'A' && c <= 'Z' ? c - 'A' : c >= '2' && c <= '7' ? c - '2' + 26 : -1;
}

static struct str base32_bytes(struct str text, struct arena *arena)
{
    char *out = arena_alloc(arena, text.len + 1);
    size_t len = 0;
    unsigned bits = 0, kept = 0;

    for (size_t i = 0; i < text.len && base32_value(text.ptr[i]) >= 0; i++) {
        bits = (bits << 5 | (unsigned)base32_value(text.ptr[i])) & 0xfff;
        kept += 5;
        if (kept >= 8) {
            kept -= 8;
            out[len++] = (char)(bits >> kept & 0xff);
        }
    }
    return (struct str){ out, len };
}

static bool print_code(const struct app *app, struct str email, struct err *err)
{
    struct str text, line, field[3];
    char code[TOTP_DIGITS + 1];

    if (!state_become_user(app->settings, app->arena, err) ||
        !fs_read_whole(state_path(app->settings, app->arena, LOGINS), RECEIPTS_MAX * 2, app->arena,
                       &text, err))
        return PASS(err);
    while (str_split(&text, '\n', &line)) {
        for (size_t i = 0; i < COUNT(field); i++) {
            if (!str_split(&line, '\t', &field[i]))
                field[i] = STR_NONE;
        }
        if (!str_eq(field[0], email) || field[2].len == 0)
            continue;
        if (!totp_code(base32_bytes(field[2], app->arena),
                       app->now.ms / UTC_SECOND / TOTP_STEP_SECONDS, code, err))
            return PASS(err);
        cli_print(str_from_z(code));
        cli_print(STR("\n"));
        return true;
    }
    return FAIL(err, INPUT, email);
}

bool cmd_demo(const struct app *app, int argc, char **argv, int *status, struct err *err)
{
    (void)status;
    if (argc == 2 && strcmp(argv[1], "fill") == 0)
        return fill(app, err) ? true : PASS(err);
    if (argc == 3 && strcmp(argv[1], "code") == 0)
        return print_code(app, str_from_z(argv[2]), err) ? true : PASS(err);
    return FAIL(err, USAGE, argc > 1 ? str_from_z(argv[argc - 1]) : STR("demo"));
}
