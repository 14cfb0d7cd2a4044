/* faces/cli/demo/acts/unreachable.c: a developer that cannot be reached. */
#include "faces/cli/demo/scene.h"

#include "base/err.h"
#include "domain/casework/contact.h"
#include "domain/casework/unreachable.h"

static bool attempt(struct scene *s, const char *channel, const char *result, const char *to,
                    const char *words, const char *evidence, struct err *err)
{
    struct contact_attempt a = { .channel = str_from_z(channel),
                                 .result = str_from_z(result),
                                 .made_at = s->at,
                                 .to = str_from_z(to),
                                 .words = str_from_z(words),
                                 .evidence = str_from_z(evidence) };

    return contact_record(s->stage->casework, s->tx, scene_cb(s), &s->c, &s->d, &a, s->at, s->arena,
                          err)
               ? true
               : PASS(err);
}

static bool try_all(struct scene *s, struct err *err)
{
    return attempt(s, "MAIL", "BOUNCED", "製品の説明書に記載のアドレス", "宛先不明で戻りました。",
                   "<20261010.0912@cb.example.jp>", err) &&
           attempt(s, "LETTER", "SENT", "登記上の所在地",
                   "書留で送付し、受領された記録がありません。", "書留 123-45-67890-1", err) &&
           attempt(s, "TELEPHONE", "NO_ANSWER", "製品の説明書に記載の番号",
                   "現在使われていないとの案内が流れました。", "", err) &&
           attempt(s, "FAX", "UNKNOWN", "", "番号が公表されていません。", "", err);
}

bool act_look_for(struct scene *s, struct err *err)
{
    const struct casework *w = s->stage->casework;
    const struct demo_vendor *vendor = scene_vendor(s);
    struct unreachable_notice notice = { .name_ja = str_from_z(vendor->ja),
                                         .name_en = str_from_z(vendor->en) };

    switch (s->beat->act) {
    case TRY_ALL:
        return try_all(s, err);
    case PROPOSE_UNREACHABLE:
        return unreachable_propose(
            w, s->tx, scene_cb(s), &s->c, &s->d,
            STR("6か月にわたり、公表されている連絡先のすべてを試みましたが、応答がありません。"),
            s->at, s->arena, err);
    case CONFIRM_UNREACHABLE:
        return unreachable_confirm(w, s->tx, scene_other_cb(s), &s->c, &s->d, s->at, s->arena, err);
    case LIST_NAME:
        return unreachable_list(w, s->tx, scene_cb(s), &s->c, &s->d, &notice, s->at, s->arena, err);
    case LIST_PRODUCT:
        return unreachable_list_product(w, s->tx, scene_cb(s), &s->c, &s->d,
                                        str_from_z(s->actor->topic.product->name),
                                        STR("すべての版"), s->at, s->arena, err);
    case SET_DEADLINE:
        return unreachable_set_deadline(w, s->tx, scene_cb(s), &s->c, &s->d,
                                        utc_add_days(s->at, 30), s->at, s->arena, err);
    default:
        return attempt(s, "THIRD_PARTY", "ACKNOWLEDGED", "販売店",
                       "販売店の紹介で、現在の担当者と連絡がとれました。", "", err);
    }
}
