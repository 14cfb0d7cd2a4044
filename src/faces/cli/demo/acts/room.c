/* faces/cli/demo/acts/room.c: developers of a case talk with each other, by agreement. */
#include "faces/cli/demo/scene.h"

#include "base/err.h"
#include "domain/casework/room.h"

enum { ASKED_MOST = 6 };

static bool propose(struct scene *s, struct err *err)
{
    struct str ids[ASKED_MOST];
    size_t count = 0;

    for (size_t i = 0; i < s->developers.len && count < COUNT(ids); i++) {
        if (s->developers.at[i].detail_at.ms)
            ids[count++] = s->developers.at[i].public_id;
    }
    return room_propose(
        s->tx, scene_cb(s), &s->c, &s->developers, ids, count, STR("修正版の公開日について"),
        STR("公表日を一つに決めるため、修正版の準備にかかる日数と、先に公開する必要がある事情を、製品開発者どうしで直接ご相談いただくための場です。"),
        s->at, s->arena, err);
}

bool act_share_room(struct scene *s, struct err *err)
{
    const struct subject *manager = scene_manager(s);
    struct rooms rooms;

    if (s->beat->act == SHARE_ROOM)
        return propose(s, err);
    if (!rooms_of_case(s->tx, manager, &s->c, &s->d, s->arena, &rooms, err))
        return PASS(err);
    if (rooms.len == 0)
        return FAIL(err, BUG, STR("nobody proposed a room"));
    if (s->beat->act == AGREE_TO_ROOM)
        return room_answer(s->tx, manager, &s->c, &s->d, &rooms.at[0], ON_ROOM_AGREE, true, s->at,
                           s->arena, err);
    return room_say(
        s->tx, manager, &s->c, &s->d, &rooms.at[0],
        STR("当社の修正版は検証に二週間ほどかかります。同じ部品をお使いの機器と公開日をそろえたいと考えておりますが、ご都合はいかがでしょうか。"),
        s->at, s->arena, err);
}
