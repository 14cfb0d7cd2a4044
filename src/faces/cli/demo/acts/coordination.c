/* faces/cli/demo/acts/coordination.c: what the coordinating body does with a case. */
#include "faces/cli/demo/scene.h"

#include "base/err.h"
#include "base/record.h"
#include "domain/casework/contact.h"
#include "domain/casework/coordination.h"
#include "domain/casework/eol.h"
#include "domain/casework/talk.h"

static bool choose(struct scene *s, struct err *err)
{
    const struct cast *cast = s->stage->cast;
    int vendor = s->vendor;

    return coordination_add(s->stage->casework, s->tx, scene_cb(s), &s->c,
                            cast->organisation_id[vendor], s->at, s->arena, &s->d, err);
}

static bool decide_wish(struct scene *s, struct err *err)
{
    struct wishes wishes;

    if (!coordination_wishes(s->tx, &s->c, s->arena, &wishes, err))
        return PASS(err);
    return wishes.len > 0 &&
           coordination_decide_request(
               s->tx, scene_cb(s), &s->c, wishes.at[0].id, true,
               STR("ほかの開発者にも確認のうえ、ご希望に沿って公表日を変更します。"), s->at,
               s->arena, err);
}

static bool handle_hint(struct scene *s, struct err *err)
{
    struct other_hints hints;

    if (!coordination_hints(s->tx, &s->c, s->arena, &hints, err))
        return PASS(err);
    return hints.len > 0 && coordination_handle_hint(s->tx, scene_cb(s), &s->c, hints.at[0].id,
                                                     STR("該当する開発者を通知先に追加します。"),
                                                     s->at, s->arena, err);
}

static bool set_date(struct scene *s, const char *basis, struct err *err)
{
    struct buf why = buf_new(s->arena, 4096);
    struct str record;

    record_put(&why, "basis", str_from_z(basis));
    record_put(&why, "heard", STR("1"));
    record_put(&why, "time_needed", STR("修正版の作成と、利用者への案内に必要な期間を考慮した。"));
    record_put(&why, "foreign", STR("海外の調整機関との調整は不要。"));
    record_put(&why, "leak_risk", STR("情報が漏れている兆候はない。"));
    record_put(&why, "reason",
               STR("開発者の修正版の提供時期に合わせ、利用者が対策を適用できる日とした。"));
    return buf_done(&why, &record, err) &&
           coordination_set_date(s->stage->casework, s->tx, scene_cb(s), &s->c, &s->developers,
                                 scene_publication(s->stage, s->actor->story, s->beat->n), record,
                                 s->at, s->arena, err);
}

static bool end_support(struct scene *s, struct err *err)
{
    struct eol_facts facts = { .url = topic_url(&s->actor->topic, s->arena),
                               .declared_at = utc_add_days(s->at, -400),
                               .ends_at = utc_add_days(s->at, -35),
                               .advice = STR("STOP_USE") };
    struct eol_others nobody = { 0 };

    return eol_record(s->stage->casework, s->tx, scene_cb(s), &s->c, &facts, &nobody, s->at,
                      s->arena, err)
               ? true
               : PASS(err);
}

bool act_coordinate(struct scene *s, struct err *err)
{
    const struct casework *w = s->stage->casework;

    switch (s->beat->act) {
    case BODIES_TALK:
        return scene_say(
            s, scene_cb(s), THREAD_BODIES, TALK_MESSAGE,
            "開発者から、影響を受ける利用者が限られるとの説明がありました。今後の進め方についてご相談させてください。",
            err);
    case TAKE:
        return case_assign(s->tx, scene_cb(s), &s->c, scene_cb(s)->account_id, s->at, s->arena,
                           err) &&
               coordination_take(w, s->tx, scene_cb(s), &s->c, s->at, s->arena, err);
    case NOTE_CB:
        return scene_say(
            s, scene_cb(s), THREAD_STAFF_CB, TALK_MESSAGE,
            "同じ部品を使う製品がほかにもある可能性があります。開発者リストを確認してください。",
            err);
    case ADD:
        return choose(s, err);
    case SUMMARISE:
        return coordination_write_summary(s->tx, scene_cb(s), &s->c,
                                          topic_summary(&s->actor->topic, s->arena), s->at,
                                          s->arena, err);
    case CONTACT:
        return contact_record(
            w, s->tx, scene_cb(s), &s->c, &s->d,
            &(struct contact_attempt){
                .channel = STR("TELEPHONE"),
                .result = STR("NO_ANSWER"),
                .made_at = s->at,
                .words = STR("代表番号に架電しましたが、応答がありませんでした。") },
            s->at, s->arena, err);
    case SEND:
        return coordination_send_summary(w, s->tx, scene_cb(s), &s->c, &s->d, scene_due(s), s->at,
                                         s->arena, err);
    case DETAIL:
        return coordination_send_detail(s->tx, scene_cb(s), &s->c, &s->d, scene_due(s), s->at,
                                        s->arena, err);
    case REMIND:
        return coordination_remind(s->tx, scene_cb(s), &s->c, &s->d, scene_due(s), s->at, s->arena,
                                   err);
    case SILENT:
        return coordination_mark_silent(s->tx, scene_cb(s), &s->c, &s->d, s->at, s->arena, err);
    case ASK_DEVELOPER:
        return scene_say(s, scene_cb(s), THREAD_PARTICIPANT, TALK_QUESTION,
                         "修正版の提供時期の見込みと、影響を受ける版の範囲をお知らせください。",
                         err);
    case HANDLE_HINT:
        return handle_hint(s, err);
    case DECIDE_WISH:
        return decide_wish(s, err);
    case DATE:
        return set_date(s, "AGREED", err);
    case DATE_WITHOUT_REPLY:
        return set_date(s, "NO_REPLY", err);
    case MOVE_DATE:
        return coordination_change_date(
            w, s->tx, scene_cb(s), &s->c, &s->developers,
            scene_publication(s->stage, s->actor->story, s->beat->n), true,
            STR("修正版の検証に時間を要するため、公表日を変更します。"), s->at, s->arena, err);
    case END_SUPPORT:
        return end_support(s, err);
    case ASK_STATUS:
        return coordination_ask_status(s->tx, scene_cb(s), &s->c, &s->developers, scene_due(s),
                                       s->at, s->arena, err);
    case CANCEL_KNOWN:
        return coordination_close(
            s->tx, scene_cb(s), &s->c, &s->developers, ON_CANCEL_KNOWN,
            STR("開発者から、既知の脆弱性であり修正済みであるとの報告がありました。"), s->at,
            s->arena, err);
    case CANCEL_NOT_VULN:
        return coordination_close(s->tx, scene_cb(s), &s->c, &s->developers, ON_CANCEL_NOT_VULN,
                                  STR("すべての開発者から、該当しないとの報告がありました。"),
                                  s->at, s->arena, err);
    default:
        return coordination_close(
            s->tx, scene_cb(s), &s->c, &s->developers, ON_CLOSE_INDIVIDUAL,
            STR("影響を受ける利用者が特定できるため、開発者が個別に対応することで合意しました。"),
            s->at, s->arena, err);
    }
}
