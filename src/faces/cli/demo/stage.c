#include "faces/cli/demo/stage.h"

#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "domain/casework/due.h"
#include "faces/cli/demo/scene.h"
#include "store/store.h"

enum {
    SCENE_MEMORY = 128 << 20,
    IN_CASE_MAX = 4,
    TIMERS_AT_ONCE = 500,
    OPENING_HOUR = 9,
    MINUTES_APART = 6
};

/* One thing that happens. */
struct cue {
    struct utc at;
    size_t story, beat;
};

/* ---- when ---- */

struct utc stage_day(const struct stage *stage, const struct story *story, int day)
{
    struct civil c = utc_to_jst(utc_add_days(stage->now, day - story->age));

    c.hour = c.minute = c.second = 0;
    return utc_from_jst(c);
}

static int last_date(const struct plot *plot)
{
    int day = 0;

    for (size_t i = 0; i < plot->len; i++) {
        if (plot->beats[i].act == DATE || plot->beats[i].act == DATE_WITHOUT_REPLY ||
            plot->beats[i].act == MOVE_DATE || plot->beats[i].act == ORDER)
            day = plot->beats[i].n;
    }
    return day;
}

static struct utc time_of(const struct stage *stage, const struct story *story, size_t beat)
{
    const struct plot *plot = &demo_plots[story->plot];

    if (plot->beats[beat].act == PUBLISH)
        return (struct utc){ scene_publication(stage, story, last_date(plot)).ms + UTC_SECOND };
    return (struct utc){ stage_day(stage, story, plot->beats[beat].day).ms +
                         OPENING_HOUR * UTC_HOUR +
                         (int64_t)(beat % 40) * MINUTES_APART * UTC_MINUTE };
}

static int by_time(const void *a, const void *b)
{
    const struct cue *x = a, *y = b;

    if (x->at.ms != y->at.ms)
        return x->at.ms < y->at.ms ? -1 : 1;
    if (x->story != y->story)
        return x->story < y->story ? -1 : 1;
    return x->beat < y->beat ? -1 : x->beat > y->beat;
}

/* ---- playing ---- */

/* ---- who plays what ---- */

/* What a deed finds before it. */
enum ground { NO_CASE, A_PRODUCT, A_WEBSITE };

/* clang-format off */
static const struct part {
    act_play *play;
    enum ground ground;
} parts[ACTS] = {
    [SUBMIT] = { act_submit, NO_CASE },              [REPORT_OWN] = { act_report_own, NO_CASE },      [NOTICE] = { act_notice, NO_CASE },
    [OPEN] = { act_receive, A_PRODUCT },             [ASK_FINDER] = { act_receive, A_PRODUCT },       [FINDER_ANSWERS] = { act_receive, A_PRODUCT },
    [FINDER_INQUIRES] = { act_inquire, A_PRODUCT },  [CONSULT_ON_INQUIRY] = { act_inquire, A_PRODUCT }, [ADVISE_ON_INQUIRY] = { act_inquire, A_PRODUCT },
    [ANSWER_INQUIRY] = { act_inquire, A_PRODUCT },   [FINDER_CONSULTS] = { act_receive, A_PRODUCT },  [TELL_FINDER] = { act_receive, A_PRODUCT },
    [REJECT] = { act_receive, A_PRODUCT },           [ACCEPT] = { act_receive, A_PRODUCT },           [ASSESS] = { act_receive, A_PRODUCT },
    [STOP] = { act_receive, A_PRODUCT },             [FORWARD] = { act_receive, A_PRODUCT },          [NOTE_RB] = { act_receive, A_PRODUCT },

    [BODIES_TALK] = { act_coordinate, A_PRODUCT },   [TAKE] = { act_coordinate, A_PRODUCT },          [NOTE_CB] = { act_coordinate, A_PRODUCT },
    [ADD] = { act_coordinate, A_PRODUCT },           [SUMMARISE] = { act_coordinate, A_PRODUCT },     [CONTACT] = { act_coordinate, A_PRODUCT },
    [SEND] = { act_coordinate, A_PRODUCT },          [DETAIL] = { act_coordinate, A_PRODUCT },        [HANDLE_HINT] = { act_coordinate, A_PRODUCT },
    [DECIDE_WISH] = { act_coordinate, A_PRODUCT },   [REMIND] = { act_coordinate, A_PRODUCT },        [SILENT] = { act_coordinate, A_PRODUCT },
    [ASK_DEVELOPER] = { act_coordinate, A_PRODUCT }, [DATE] = { act_coordinate, A_PRODUCT },          [DATE_WITHOUT_REPLY] = { act_coordinate, A_PRODUCT },
    [MOVE_DATE] = { act_coordinate, A_PRODUCT },     [END_SUPPORT] = { act_coordinate, A_PRODUCT },   [ASK_STATUS] = { act_coordinate, A_PRODUCT },
    [CANCEL_KNOWN] = { act_coordinate, A_PRODUCT },  [CANCEL_NOT_VULN] = { act_coordinate, A_PRODUCT }, [CLOSE_INDIVIDUAL] = { act_coordinate, A_PRODUCT },

    [SEEN] = { act_answer, A_PRODUCT },              [NO_PRODUCT] = { act_answer, A_PRODUCT },        [REQUEST] = { act_answer, A_PRODUCT },
    [AFFECTED] = { act_answer, A_PRODUCT },          [NOT_AFFECTED] = { act_answer, A_PRODUCT },      [KNOWN] = { act_answer, A_PRODUCT },
    [LOOKING] = { act_answer, A_PRODUCT },           [PLAN] = { act_answer, A_PRODUCT },              [AVOID] = { act_answer, A_PRODUCT },
    [STOP_USING] = { act_answer, A_PRODUCT },        [FIX] = { act_answer, A_PRODUCT },               [HINT] = { act_answer, A_PRODUCT },
    [WISH] = { act_answer, A_PRODUCT },              [REFUSE] = { act_answer, A_PRODUCT },            [DEVELOPER_SAYS] = { act_answer, A_PRODUCT },

    [INVITE_MANY] = { act_of_many, A_PRODUCT },      [SEND_MANY] = { act_of_many, A_PRODUCT },        [DETAIL_MANY] = { act_of_many, A_PRODUCT },
    [REMIND_MANY] = { act_of_many, A_PRODUCT },      [ANSWER_MANY] = { act_of_many, A_PRODUCT },

    [DRAFT] = { act_edit, A_PRODUCT },               [SUBMIT_TEXT] = { act_edit, A_PRODUCT },         [APPROVE] = { act_edit, A_PRODUCT },
    [CONFIRM] = { act_edit, A_PRODUCT },             [REHEARSE] = { act_edit, A_PRODUCT },

    [PLAN_PRIORITY] = { act_protect, A_PRODUCT },    [BODY_AGREES] = { act_protect, A_PRODUCT },      [DEVELOPER_AGREES] = { act_protect, A_PRODUCT },
    [WARN_FINDER] = { act_protect, A_PRODUCT },      [PROVIDE] = { act_protect, A_PRODUCT },          [RECEIVE] = { act_protect, A_PRODUCT },
    [ASK_ANALYSIS] = { act_analyse, A_PRODUCT },     [ANALYSED] = { act_analyse, A_PRODUCT },         [RESERVE] = { act_reserve_number, A_PRODUCT },
    [GIVE_ABROAD] = { act_exchange, A_PRODUCT },     [ABROAD_SAYS] = { act_exchange, A_PRODUCT },
    [SHARE_ROOM] = { act_share_room, A_PRODUCT },    [AGREE_TO_ROOM] = { act_share_room, A_PRODUCT }, [ROOM_SAYS] = { act_share_room, A_PRODUCT },

    [TRY_ALL] = { act_look_for, A_PRODUCT },         [PROPOSE_UNREACHABLE] = { act_look_for, A_PRODUCT }, [CONFIRM_UNREACHABLE] = { act_look_for, A_PRODUCT },
    [LIST_NAME] = { act_look_for, A_PRODUCT },       [LIST_PRODUCT] = { act_look_for, A_PRODUCT },    [SET_DEADLINE] = { act_look_for, A_PRODUCT },
    [REACHED] = { act_look_for, A_PRODUCT },         [OBSERVE] = { act_observe, A_PRODUCT },          [ADOPT_OBSERVED] = { act_observe, A_PRODUCT },
    [MERGE] = { act_belongs, A_PRODUCT },            [SPLIT] = { act_belongs, A_PRODUCT },
    [ASK_RELEASE] = { act_ask_release, A_PRODUCT },

    [REFER] = { act_judge, A_PRODUCT },              [CHECK_CRITERIA] = { act_judge, A_PRODUCT },     [GIVE_NOTICE] = { act_judge, A_PRODUCT },
    [GIVE_OPINION] = { act_judge, A_PRODUCT },       [END_HEARING] = { act_judge, A_PRODUCT },        [CALL_MEETING] = { act_judge, A_PRODUCT },
    [VOTE] = { act_judge, A_PRODUCT },               [KEEP_MINUTES] = { act_judge, A_PRODUCT },       [DECIDE] = { act_judge, A_PRODUCT },
    [GIVE_VIEW] = { act_judge, A_PRODUCT },          [ORDER] = { act_judge, A_PRODUCT },

    [SITE_SUBMIT] = { act_submit_website, NO_CASE }, [SITE_ACCEPT] = { act_of_website, A_WEBSITE },   [SITE_FIRST_MAIL] = { act_of_website, A_WEBSITE },
    [SITE_NAMES_CONTACT] = { act_of_website, A_WEBSITE }, [SITE_SECOND_MAIL] = { act_of_website, A_WEBSITE }, [SITE_PROTECTS] = { act_of_website, A_WEBSITE },
    [SITE_DETAILS] = { act_of_website, A_WEBSITE },  [SITE_RECEIVES] = { act_of_website, A_WEBSITE }, [SITE_AFFECTED] = { act_of_website, A_WEBSITE },
    [SITE_ASKS] = { act_of_website, A_WEBSITE },     [SITE_FIXES] = { act_of_website, A_WEBSITE },
};
/* clang-format on */

static bool enter(struct scene *s, struct err *err)
{
    const struct casework *w = s->stage->casework;
    const struct actor *a = s->actor;

    s->vendor = scene_vendor_of(a, s->beat->n % IN_CASE_MAX);
    switch (parts[s->beat->act].ground) {
    case NO_CASE:
        return true;
    case A_WEBSITE:
        return website_load(w, s->tx, a->public_id, s->arena, &s->site, err) ? true : PASS(err);
    default:
        break;
    }
    if (!case_load(w, s->tx, a->public_id, s->arena, &s->c, err) ||
        !developers_load(s->tx, s->c.id, s->arena, &s->developers, err))
        return PASS(err);
    for (size_t i = 0; i < s->developers.len; i++) {
        if (s->developers.at[i].organisation_id == s->stage->cast->organisation[s->vendor])
            s->d = s->developers.at[i];
    }
    return true;
}

static bool publish(struct stage *stage, struct actor *a, struct utc at, struct arena *arena,
                    struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct publishing p = { .casework = stage->casework,
                            .desk = stage->desk,
                            .world = stage->world };
    struct product_case c;

    if (!tx_begin(stage->desk, TX_READ, &tx, err) ||
        !case_load(stage->casework, tx, a->public_id, arena, &c, err))
        return PASS(err);
    tx_end(TAKE(tx));
    return publishing_run(&p, c.id, at, err) ? true : PASS(err);
}

/* What fell due until then, as the desk's clock would have done it; publication has its own beat. */
static bool run_clock(struct stage *stage, struct utc at, struct arena *arena, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct timers timers;

    if (!tx_begin(stage->desk, TX_WRITE, &tx, err) ||
        !timer_due(tx, at, TIMERS_AT_ONCE, arena, &timers, err))
        return PASS(err);
    for (size_t i = 0; i < timers.len; i++) {
        const struct timer *t = &timers.at[i];

        if (!str_eq_z(t->kind, TIMER_PUBLISH) && !due_fire(stage->casework, tx, t, at, arena, err))
            return PASS(err);
    }
    return tx_commit(&tx, err) ? true : PASS(err);
}

static bool play_beat(struct stage *stage, struct actor *a, const struct cue *cue,
                      struct arena *arena, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct scene s = { .stage = stage,
                       .actor = a,
                       .beat = &demo_plots[a->story->plot].beats[cue->beat],
                       .at = cue->at,
                       .arena = arena };

    if (s.beat->act == PUBLISH)
        return publish(stage, a, cue->at, arena, err) ? true : PASS(err);
    if (!tx_begin(stage->desk, TX_WRITE, &tx, err))
        return PASS(err);
    s.tx = tx;
    if (!enter(&s, err) || !parts[s.beat->act].play(&s, err)) {
        if (err->code == ERR_NONE)
            (void)FAIL(err, BUG, STR("nothing to decide on"));
        return PASS(err);
    }
    return tx_commit(&tx, err) ? true : PASS(err);
}

/* Which story and beat it was, for whoever changes a plot. */
static bool stumble(const struct cue *cue, struct err *err)
{
    char words[sizeof err->subject];

    snprintf(words, sizeof words, "story %zu, beat %zu: %.100s", cue->story, cue->beat,
             err->subject);
    memcpy(err->subject, words, sizeof words);
    return PASS(err);
}

static struct cue *all_cues(const struct stage *stage, struct arena *arena, size_t *count)
{
    struct {
        VEC_OF(struct cue);
    } cues = { 0 };

    for (size_t i = 0; i < demo_story_count; i++) {
        for (size_t j = 0; j < demo_plots[demo_stories[i].plot].len; j++) {
            struct utc at = time_of(stage, &demo_stories[i], j);

            if (at.ms < stage->now.ms)
                VEC_PUSH(arena, &cues, (struct cue){ at, i, j });
        }
    }
    qsort(cues.at, cues.len, sizeof *cues.at, by_time);
    *count = cues.len;
    return cues.at;
}

bool stage_play(struct stage *stage, struct err *err)
{
    CLEANUP(arena_free_var) struct arena *lasting = arena_new(SCENE_MEMORY);
    CLEANUP(arena_free_var) struct arena *arena = arena_new(SCENE_MEMORY);
    struct actor *actors = ARENA_NEW_N(lasting, demo_story_count, struct actor);
    size_t count;
    struct cue *cues = all_cues(stage, lasting, &count);

    stage->actors = actors;
    for (size_t i = 0; i < demo_story_count; i++) {
        const struct story *story = &demo_stories[i];

        actors[i].story = story;
        if (demo_plots[story->plot].beats[0].act == SITE_SUBMIT)
            actors[i].site = &demo_sites[(size_t)story->product % demo_site_count];
        actors[i].topic =
            (struct demo_topic){ &demo_products[story->product], &demo_weaknesses[story->weakness],
                                 500 + (unsigned)i };
    }
    for (size_t i = 0; i < count; i++) {
        arena_reset(arena);
        if (!run_clock(stage, cues[i].at, arena, err) ||
            !play_beat(stage, &actors[cues[i].story], &cues[i], arena, err))
            return stumble(&cues[i], err);
    }
    arena_reset(arena);
    return run_clock(stage, stage->now, arena, err) ? true : PASS(err);
}
