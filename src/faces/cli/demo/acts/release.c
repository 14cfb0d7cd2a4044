/* faces/cli/demo/acts/release.c: a year has passed, and the finder asks to be released. */
#include "faces/cli/demo/scene.h"

#include "domain/casework/withdrawal.h"

bool act_ask_release(struct scene *s, struct err *err)
{
    struct subject the_finder = scene_finder(s);

    return withdrawal_request(
        s->stage->casework, s->tx, &the_finder, &s->c, &s->developers, true,
        STR("来年度の研究会で、対策の考え方とあわせて発表したいと考えています。"), s->at, s->arena,
        err);
}
