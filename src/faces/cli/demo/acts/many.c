/* faces/cli/demo/acts/many.c: a weakness in a part that everybody uses: all developers of the list at once, from a pasted list of their names. */
#include "faces/cli/demo/scene.h"

#include "base/err.h"
#include "domain/casework/invite.h"

enum { LIST_MAX = 64 << 10, KINDS = 12 };

/* What the developers of each kind do in the three rounds of answers; ACTS: nothing. */
/* clang-format off */
static const enum act rounds[][KINDS] = {
    { NO_PRODUCT, NO_PRODUCT, NO_PRODUCT, REQUEST,      REQUEST,  REQUEST,  REQUEST, REQUEST, SEEN,   SEEN, ACTS, ACTS },
    { ACTS,       ACTS,       ACTS,       NOT_AFFECTED, AFFECTED, AFFECTED, LOOKING, ACTS,    ACTS,   ACTS, ACTS, ACTS },
    { ACTS,       ACTS,       ACTS,       ACTS,         FIX,      PLAN,     ACTS,    KNOWN,   REFUSE, ACTS, NO_PRODUCT, ACTS },
};
/* clang-format on */

/* As an officer pastes it. */
static bool invite(struct scene *s, struct err *err)
{
    const struct cast *cast = s->stage->cast;
    struct buf names = buf_new(s->arena, LIST_MAX);
    struct organisation_ids chosen = { 0 };
    struct invite_lines lines;
    int64_t added;

    for (int i = 0; i < cast->vendors; i++)
        buf_printf(&names, "%s\n", cast->vendor[i]->ja);
    if (!invite_look(s->tx, scene_cb(s), &s->c, buf_str(&names), s->arena, &lines, err))
        return PASS(err);
    for (size_t i = 0; i < lines.len; i++) {
        if (lines.at[i].outcome != INVITE_JOINS)
            return FAIL(err, BUG, lines.at[i].text);
        VEC_PUSH(s->arena, &chosen, lines.at[i].candidates.at[0].hit.public_id);
    }
    return invite_all(s->stage->casework, s->tx, scene_cb(s), &s->c, &chosen, s->at, s->arena,
                      &added, err)
               ? true
               : PASS(err);
}

/* The whole list but a few, who wait. */
static bool send_details(struct scene *s, struct err *err)
{
    int64_t asked = 0;

    for (size_t i = 0; i < s->developers.len; i++) {
        struct developer *d = &s->developers.at[i];

        if (d->state == DEVELOPER_DETAIL_REQUESTED && ++asked % 9 != 0 &&
            !coordination_send_detail(s->tx, scene_cb(s), &s->c, d, scene_due(s), s->at, s->arena,
                                      err))
            return PASS(err);
    }
    return true;
}

static bool set_turn(struct scene *s, const struct developer *d)
{
    const struct cast *cast = s->stage->cast;

    for (s->vendor = 0; s->vendor < cast->vendors; s->vendor++) {
        if (cast->organisation[s->vendor] == d->organisation_id) {
            s->d = *d;
            return true;
        }
    }
    return false;
}

/* What somebody of that kind does now, where it stands now. */
static enum act act_of(const struct developer *d, enum act wanted)
{
    bool was_told = d->state == DEVELOPER_SUMMARY_SENT;

    switch (wanted) {
    case SEEN:
    case NO_PRODUCT:
    case REQUEST:
    case REFUSE:
        return was_told ? wanted : ACTS;
    case FIX:
    case PLAN:
        return d->state == DEVELOPER_VERIFIED ? wanted : ACTS;
    default:
        return d->state == DEVELOPER_DETAIL_SENT ? wanted : ACTS;
    }
}

static bool answer(struct scene *s, struct err *err)
{
    const struct beat *whole = s->beat;

    for (size_t i = 0; i < s->developers.len; i++) {
        const struct developer *d = &s->developers.at[i];
        struct beat one = { whole->day, act_of(d, rounds[whole->n][i * 7 % KINDS]), 0 };

        if (one.act == ACTS || !set_turn(s, d))
            continue;
        s->beat = &one;
        if (!act_answer(s, err))
            return PASS(err);
    }
    s->beat = whole;
    return true;
}

bool act_of_many(struct scene *s, struct err *err)
{
    int64_t count;

    switch (s->beat->act) {
    case INVITE_MANY:
        return invite(s, err);
    case SEND_MANY:
        return coordination_send_summaries(s->stage->casework, s->tx, scene_cb(s), &s->c,
                                           &s->developers, scene_due(s), s->at, s->arena, &count,
                                           err);
    case DETAIL_MANY:
        return send_details(s, err);
    case REMIND_MANY:
        return coordination_remind_all(s->tx, scene_cb(s), &s->c, &s->developers, true,
                                       scene_due(s), s->at, s->arena, &count, err);
    default:
        return answer(s, err);
    }
}
