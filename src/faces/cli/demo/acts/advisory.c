/* faces/cli/demo/acts/advisory.c: the advisory, from its draft to the rehearsal. */
#include "faces/cli/demo/scene.h"

#include "base/err.h"
#include "domain/advisory/editing.h"

static bool write_advisory(struct scene *s, struct err *err)
{
    struct advisory a;
    struct advisory_view view;

    if (!advisory_create(s->stage->casework, s->tx, scene_cb(s), &s->c, &s->stage->prefixes, s->at,
                         s->arena, &a, err) ||
        !advisory_draft(s->tx, &s->c, &a, s->arena, &view, err))
        return PASS(err);
    topic_write(&s->actor->topic, s->at, s->arena, &view);
    if (s->c.state == CASE_COMMITTEE)
        topic_advise_stop(&s->actor->topic, s->arena, &view);
    return advisory_save(s->tx, scene_cb(s), &s->c, &a, &view, a.draft_version, s->at, s->arena,
                         err);
}

bool act_edit(struct scene *s, struct err *err)
{
    static const struct subject the_clock = { .kind = SUBJECT_CLOCK, .roles = ROLE_CLOCK };
    const struct casework *w = s->stage->casework;
    struct advisory a;
    bool found;

    if (s->beat->act == DRAFT)
        return write_advisory(s, err);
    if (!advisory_load_of(s->tx, s->c.id, s->arena, &a, &found, err))
        return PASS(err);
    if (!found)
        return FAIL(err, ABSENT, STR("an advisory"));
    switch (s->beat->act) {
    case SUBMIT_TEXT:
        return advisory_move(w, s->tx, scene_cb(s), &s->c, &a, ON_ADVISORY_SUBMIT, STR(""), s->at,
                             s->arena, err);
    case APPROVE:
        return advisory_move(w, s->tx, scene_other_cb(s), &s->c, &a, ON_ADVISORY_APPROVE, STR(""),
                             s->at, s->arena, err);
    case CONFIRM:
        return advisory_move(w, s->tx, scene_rb(s), &s->c, &a, ON_ADVISORY_CONFIRM, STR(""), s->at,
                             s->arena, err);
    default:
        return advisory_rehearsed(s->tx, &the_clock, &s->c, &a, &(struct advisory_faults){ 0 },
                                  s->at, s->arena, err);
    }
}
