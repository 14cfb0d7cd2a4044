/* faces/desk/statistics/pages.c: the quarters, and the figures of one with what may be done about them. */
#include "faces/desk/statistics/pages.h"

#include "base/err.h"
#include "domain/access/account.h"
#include "domain/statistics/snapshot.h"
#include "faces/desk/context.h"
#include "faces/desk/frame.h"
#include "faces/desk/statistics/index.html.h"
#include "faces/http/respond.h"
#include "store/store.h"

static struct tag_view tag_of(const struct request *req, enum snapshot_state state)
{
    static const struct {
        const char *words;
        enum tone tone;
    } tags[SNAPSHOT_STATES] = {
        [SNAPSHOT_START] = { N_("Not counted yet"), TONE_NEUTRAL },
        [SNAPSHOT_PROPOSED] = { N_("Waits for a second look"), TONE_EMBER },
        [SNAPSHOT_PUBLISHING] = { N_("Being published"), TONE_EMBER },
        [SNAPSHOT_PUBLISHED] = { N_("Public"), TONE_GOOD },
    };

    return (struct tag_view){ say(req, tags[state].words), tags[state].tone };
}

static const char *sentence_of(enum snapshot_state state)
{
    switch (state) {
    case SNAPSHOT_START:
        return N_("Nobody has put these figures forward yet. Below is what counting gives now.");
    case SNAPSHOT_PROPOSED:
        return N_(
            "The receiving body has counted. Somebody else, of the coordinating body, looks at the figures and publishes them.");
    case SNAPSHOT_PUBLISHING:
        return N_("The figures appear on the portal within seconds.");
    default:
        return N_("These figures stand on the portal and do not change any more.");
    }
}

static struct str href_of(struct request *req, struct quarter q, const char *rest)
{
    return arena_printf(req->arena, "/statistics/%.*s%s", STR_ARG(quarter_name(q, req->arena)),
                        rest);
}

static struct utc changed_at(const struct snapshot *s)
{
    return s->published_at.ms  ? s->published_at
           : s->approved_at.ms ? s->approved_at
                               : s->proposed_at;
}

bool statistics_index(struct request *req, struct response *res, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct statistics_index_view v = {
        .empty = { .title = say(req, N_("No quarter has ended since the first report.")) }
    };
    struct frame frame = { .title = say(req, N_("Statistics")) };
    struct page *body = frame_page(req);
    struct snapshots all;

    if (!tx_begin(desk_of(req)->store, TX_READ, &tx, err) ||
        !snapshot_list(tx, req->now, req->arena, &all, err))
        return PASS(err);
    for (size_t i = 0; i < all.len; i++) {
        struct utc changed = changed_at(&all.at[i]);
        struct quarter_row row = { .quarter =
                                       quarter_words(all.at[i].quarter, req->lang, req->arena),
                                   .href = href_of(req, all.at[i].quarter, ""),
                                   .state = tag_of(req, all.at[i].state) };

        if (changed.ms)
            row.changed = (struct when_view){ .words = tr_date(req->arena, req->lang, changed),
                                              .iso = utc_iso_jst(req->arena, changed) };
        VEC_PUSH(req->arena, &v.rows, row);
    }
    statistics_index_page(body, &v);
    return frame_send(req, res, body, &frame, err) ? true : PASS(err);
}

/* ---- one quarter ---- */

static bool quarter_asked(const struct request *req, struct quarter *out, struct err *err)
{
    return quarter_parse(request_path(req, "quarter"), out) && quarter_end(*out).ms <= req->now.ms
               ? true
               : FAIL(err, NOT_FOUND, request_path(req, "quarter"));
}

static void offer(struct request *req, const struct snapshot *s, enum snapshot_event event,
                  const char *label, const char *help, const char *rest, struct act_list *acts)
{
    struct act act = { .label = say(req, label),
                       .href = href_of(req, s->quarter, rest),
                       .look = LOOK_GO,
                       .posts = true,
                       .name = STR("seen"),
                       .value = arena_printf(req->arena, "%lld", (long long)s->proposed_at.ms),
                       .help = say(req, help) };

    if (snapshot_can(who_of(req), s, event, req->now))
        VEC_PUSH(req->arena, acts, act);
}

static bool add_fact(struct request *req, struct tx *tx, const char *name, int64_t account_id,
                     struct utc at, struct fact_list *facts, struct err *err)
{
    struct account *account;

    if (at.ms == 0)
        return true;
    if (!account_by_id(tx, account_id, req->arena, &account, err))
        return PASS(err);
    VEC_PUSH(req->arena, facts,
             (struct fact){ .name = say(req, name),
                            .value = arena_printf(req->arena, "%.*s %.*s",
                                                  STR_ARG(tr_date(req->arena, req->lang, at)),
                                                  STR_ARG(account ? account->name : STR_NONE)) });
    return true;
}

/* What was put forward; before that, what counting gives now. */
static bool load_figures(struct request *req, struct tx *tx, const struct snapshot *s,
                         struct statistics *out, struct err *err)
{
    struct statistics_rules rules;

    if (s->state != SNAPSHOT_START)
        return statistics_from_record(s->record, req->arena, out, err) ? true : PASS(err);
    return statistics_rules_from(desk_of(req)->settings, &rules, err) &&
                   statistics_count(tx, &rules, quarter_end(s->quarter), req->arena, out, err)
               ? true
               : PASS(err);
}

bool statistics_show(struct request *req, struct response *res, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct statistics_show_view v = { 0 };
    struct page *body = frame_page(req);
    struct statistics figures;
    struct quarter quarter;
    struct frame frame;
    struct snapshot s;

    if (!quarter_asked(req, &quarter, err) || !tx_begin(desk_of(req)->store, TX_READ, &tx, err) ||
        !snapshot_load(tx, quarter, req->arena, &s, err) ||
        !load_figures(req, tx, &s, &figures, err) ||
        !add_fact(req, tx, N_("Counted"), s.proposed_by, s.proposed_at, &v.facts, err) ||
        !add_fact(req, tx, N_("Second look"), s.approved_by, s.approved_at, &v.facts, err))
        return PASS(err);
    v.quarter = quarter_words(quarter, req->lang, req->arena);
    v.state = tag_of(req, s.state);
    v.sentence = say(req, sentence_of(s.state));
    v.figures = figures_of(&figures, req->lang, req->arena);
    offer(req, &s, ON_SNAPSHOT_APPROVE, N_("Publish these figures"),
          N_("They appear on the portal in both languages and do not change any more."), "/approve",
          &v.acts);
    offer(req, &s, ON_SNAPSHOT_PROPOSE,
          s.state == SNAPSHOT_START ? N_("Put these figures forward") : N_("Count anew"),
          N_("The coordinating body looks at them next."), "/propose", &v.acts);
    frame = (struct frame){ .title = v.quarter };
    frame_crumb(req, &frame, N_("Statistics"), STR("/statistics"));
    VEC_PUSH(req->arena, &frame.crumbs, (struct crumb){ v.quarter, STR_NONE });
    statistics_show_page(body, &v);
    return frame_send(req, res, body, &frame, err) ? true : PASS(err);
}

/* ---- what the buttons do ---- */

bool statistics_propose(struct request *req, struct response *res, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct statistics_rules rules;
    struct quarter quarter;
    struct snapshot s;

    if (!quarter_asked(req, &quarter, err) ||
        !statistics_rules_from(desk_of(req)->settings, &rules, err) ||
        !tx_begin(desk_of(req)->store, TX_WRITE, &tx, err) ||
        !snapshot_load(tx, quarter, req->arena, &s, err) ||
        !snapshot_propose(tx, who_of(req), &rules, &s, req->now, req->arena, err) ||
        !tx_commit(&tx, err))
        return PASS(err);
    return frame_go(req, res, href_of(req, quarter, ""));
}

bool statistics_approve(struct request *req, struct response *res, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct quarter quarter;
    struct snapshot s;
    struct utc seen;

    if (!quarter_asked(req, &quarter, err) ||
        !str_to_int(request_form(req, "seen"), 0, INT64_MAX, &seen.ms, err) ||
        !tx_begin(desk_of(req)->store, TX_WRITE, &tx, err) ||
        !snapshot_load(tx, quarter, req->arena, &s, err) ||
        !snapshot_approve(tx, who_of(req), &s, seen, req->now, err) || !tx_commit(&tx, err))
        return PASS(err);
    return frame_go(req, res, href_of(req, quarter, ""));
}
