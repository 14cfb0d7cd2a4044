/* faces/cli/demo/acts/inquiry.c: the finder asks how far it is; it is consulted on, then answered. */
#include "faces/cli/demo/scene.h"

#include "base/err.h"
#include "domain/casework/inquiry.h"

static bool inquire(struct scene *s, struct err *err)
{
    struct subject the_finder = scene_finder(s);

    return inquiry_ask(s->tx, &the_finder, &s->c,
                       STR("現在の取扱いの状況を教えていただけますでしょうか。"), s->at, s->arena,
                       err);
}

bool act_inquire(struct scene *s, struct err *err)
{
    struct inquiries all;
    int64_t id;

    if (s->beat->act == FINDER_INQUIRES)
        return inquire(s, err);
    if (!inquiries_waiting(s->tx, scene_rb(s), &s->c, s->arena, &all, err))
        return PASS(err);
    if (all.len == 0)
        return FAIL(err, ABSENT, STR("an inquiry"));
    id = all.at[0].id;
    if (s->beat->act == CONSULT_ON_INQUIRY)
        return inquiry_consult(
            s->tx, scene_rb(s), &s->c, id,
            STR("発見者から取扱いの状況について問合せがありました。どこまで伝えてよいでしょうか。"),
            s->at, s->arena, err);
    if (s->beat->act == ADVISE_ON_INQUIRY)
        return inquiry_advise(
            s->tx, scene_cb(s), &s->c, id,
            STR("製品開発者が対策を準備していることは伝えて差し支えありません。公表日と製品開発者の名前は控えてください。"),
            s->at, s->arena, err);
    return inquiry_answer(
        s->tx, scene_rb(s), &s->c, NULL, id,
        STR("製品開発者が対策を準備しています。引き続き、第三者への開示はお控えください。"), s->at,
        s->arena, err);
}
