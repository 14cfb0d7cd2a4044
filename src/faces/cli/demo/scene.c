#include "faces/cli/demo/scene.h"

#include <string.h>

#include "base/err.h"
#include "faces/cli/demo/demo.sql.h"
#include "store/store.h"

enum { ANSWER_DAYS = 10, PUBLISHING_HOUR = 13 };

size_t scene_index(const struct scene *s) { return (size_t)(s->actor->story - demo_stories); }

const struct subject *scene_rb(const struct scene *s)
{
    return &s->stage->cast->rb[scene_index(s) % 2];
}

const struct subject *scene_cb(const struct scene *s)
{
    return &s->stage->cast->cb[scene_index(s) % 2];
}

const struct subject *scene_other_cb(const struct scene *s)
{
    return &s->stage->cast->cb[(scene_index(s) + 1) % 2];
}

const struct subject *scene_manager(const struct scene *s)
{
    return &s->stage->cast->manager[s->vendor];
}

struct subject scene_finder(const struct scene *s)
{
    return (struct subject){ .kind = SUBJECT_FINDER,
                             .roles = ROLE_FINDER,
                             .report_id = s->c.report_id };
}

const struct demo_vendor *scene_vendor(const struct scene *s)
{
    return s->stage->cast->vendor[s->vendor];
}

int scene_vendor_of(const struct actor *a, int n)
{
    return (a->topic.product->vendor + n * 5) % (int)demo_vendor_registered;
}

struct utc scene_due(const struct scene *s) { return utc_add_days(s->at, ANSWER_DAYS); }

struct utc scene_publication(const struct stage *stage, const struct story *story, int day)
{
    struct utc t = stage_day(stage, story, day);
    int weekday = utc_to_jst(t).weekday;

    t = utc_add_days(t, weekday == 6 ? 2 : weekday == 0 ? 1 : 0);
    return (struct utc){ t.ms + PUBLISHING_HOUR * UTC_HOUR };
}

bool scene_remember(struct scene *s, struct str public_id, struct err *err)
{
    struct actor *a = s->actor;

    if (public_id.len != sizeof a->public_id_bytes)
        return FAIL(err, BUG, STR("public id"));
    memcpy(a->public_id_bytes, public_id.ptr, public_id.len);
    a->public_id = (struct str){ a->public_id_bytes, public_id.len };
    return store_exec(s->tx, &sql_demo_situation,
                      BINDS(bind_text("situation", str_from_z(demo_plots[a->story->plot].name)),
                            bind_text("public_id", public_id)),
                      NULL, err)
               ? true
               : PASS(err);
}

/* Nothing more happens in it: it was published, or ended otherwise. */
static bool has_ended(const struct story *story)
{
    const struct plot *plot = &demo_plots[story->plot];

    switch (plot->beats[plot->len - 1].act) {
    case REJECT:
    case STOP:
    case PUBLISH:
    case CANCEL_KNOWN:
    case CANCEL_NOT_VULN:
    case CLOSE_INDIVIDUAL:
        return true;
    default:
        return false;
    }
}

/* The finders who still wait, and those who have lately stopped: a visitor can be one of them. */
static bool lend_mailbox(struct scene *s, const struct receipt *receipt, struct err *err)
{
    if (s->actor->story->age >= 70 && has_ended(s->actor->story))
        return true;
    buf_printf(&s->stage->receipts, "%.*s\t%.*s\t\t発見者\t%s\n", STR_ARG(receipt->number),
               STR_ARG(receipt->passphrase),
               s->actor->site ? s->actor->site->name : s->actor->topic.product->name);
    return store_exec(s->tx, &sql_demo_mailbox,
                      BINDS(bind_text("receipt", receipt->number),
                            bind_text("passphrase", receipt->passphrase),
                            bind_text("public_id", s->actor->public_id)),
                      NULL, err)
               ? true
               : PASS(err);
}

bool scene_remember_report(struct scene *s, const struct receipt *receipt, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;

    if (!store_select(s->tx, &sql_demo_case_of, BINDS(bind_text("receipt", receipt->number)),
                      s->arena, &rows, err))
        return PASS(err);
    if (rows_next(rows, err) != 1)
        return FAIL(err, ABSENT, receipt->number);
    return scene_remember(s, row_text(rows, "public_id"), err) && lend_mailbox(s, receipt, err)
               ? true
               : PASS(err);
}

bool scene_say(struct scene *s, const struct subject *who, enum thread thread, enum talk_kind kind,
               const char *words, struct err *err)
{
    struct entry entry;

    return talk_say(s->tx, who, &s->c, thread, thread == THREAD_PARTICIPANT ? &s->d : NULL, kind,
                    str_from_z(words), s->at, s->arena, &entry, err)
               ? true
               : PASS(err);
}
