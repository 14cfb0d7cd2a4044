/* faces/cli/demo/acts/leak.c: somebody sees that information has leaked. */
#include "faces/cli/demo/scene.h"

#include "base/err.h"
#include "domain/casework/observation.h"

bool act_observe(struct scene *s, struct err *err)
{
    struct subject the_finder = scene_finder(s);
    struct observed seen = {
        STR("LEAK"), STR("海外の掲示板に、届け出た内容とほぼ同じ説明が書き込まれています。"), s->at
    };
    struct observations all;

    if (s->beat->act == OBSERVE)
        return observation_claim(s->tx, &the_finder, &s->c, NULL, &seen, s->at, s->arena, err);
    return observations_of(s->tx, &s->c, s->arena, &all, err) && all.len > 0 &&
           observation_adopt(
               s->tx, scene_rb(s), &s->c, &s->developers, all.at[0].id,
               STR("この案件の情報が外部に知られました。緊急時の体制で対応し、提供できる対策があれば直ちにお知らせください。調整機関が判断するまで、公表日は変わりません。"),
               s->at, s->arena, err);
}
