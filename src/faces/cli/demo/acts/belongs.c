/* faces/cli/demo/acts/belongs.c: two reports of one vulnerability, and two vulnerabilities in one report. */
#include "faces/cli/demo/scene.h"

#include "base/err.h"
#include "domain/casework/belongs.h"

/* The case that goes on: the first story of that plot. */
static bool number_of(struct scene *s, enum plot_name plot, struct str *out, struct err *err)
{
    struct product_case other;

    for (size_t i = 0; i < demo_story_count; i++) {
        const struct actor *a = &s->stage->actors[i];

        if (a->story->plot != plot || a->public_id.len == 0)
            continue;
        if (!case_load(s->stage->casework, s->tx, a->public_id, s->arena, &other, err))
            return PASS(err);
        *out = other.number;
        return true;
    }
    return FAIL(err, ABSENT, STR("a case to merge into"));
}

static bool merge(struct scene *s, struct err *err)
{
    struct str into;

    return number_of(s, VERIFYING, &into, err) &&
           belongs_merge(
               s->stage->casework, s->tx, scene_cb(s), &s->c, into,
               STR("同じ部品の同じ処理についての届出であることを確認したため、統合します。"), s->at,
               s->arena, err);
}

static bool split(struct scene *s, struct err *err)
{
    struct demo_topic part = s->actor->topic;
    struct organisation_ids whose = { 0 };
    struct product_case begun;
    struct str form;

    part.weakness =
        &demo_weaknesses[(size_t)(part.weakness - demo_weaknesses + 1) % demo_weakness_count];
    VEC_PUSH(s->arena, &whose, s->d.organisation_public_id);
    return topic_report(&part, s->arena, &form, err) &&
           belongs_split(s->stage->casework, s->tx, scene_cb(s), &s->c, form, &whose, s->at,
                         s->arena, &begun, err);
}

bool act_belongs(struct scene *s, struct err *err)
{
    return s->beat->act == MERGE ? merge(s, err) : split(s, err);
}
