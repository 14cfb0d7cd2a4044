/* faces/cli/demo/acts/intake.c: a report comes in, and what the receiving body does with it. */
#include "faces/cli/demo/scene.h"

#include "base/err.h"
#include "domain/casework/foreign.h"
#include "domain/casework/intake.h"
#include "domain/casework/own_product.h"
#include "domain/casework/talk.h"
#include "faces/cli/demo/demo.sql.h"

bool act_submit(struct scene *s, struct err *err)
{
    struct str form, draft = random_token(s->arena);
    struct receipt receipt;

    if (!topic_report(&s->actor->topic, s->arena, &form, err) ||
        !intake_submit(s->stage->casework, s->tx, form, draft, LANG_JA, STR("FORM"), s->at,
                       s->arena, &receipt, err) ||
        !scene_remember_report(s, &receipt, err))
        return PASS(err);
    return true;
}

bool act_report_own(struct scene *s, struct err *err)
{
    struct own_report report = {
        .fixed_versions = topic_fixed(&s->actor->topic, s->arena),
        .status = { .countermeasure = STR("FIX"),
                    .words = STR("社内の検査で見つけ、修正版の検証まで終えています。"),
                    .statement_ja = STR("修正版を提供しています。アップデートをお願いいたします。"),
                    .statement_en = STR("A fixed version is available. Please update."),
                    .url = topic_url(&s->actor->topic, s->arena) },
        .wished = utc_add_days(s->at, 18),
        .wish_reason = STR("利用者への案内の準備が整う日を希望します。"),
        .is_limited = true,
    };
    struct product_case c;

    return topic_report(&s->actor->topic, s->arena, &report.form, err) &&
                   own_product_report(s->stage->casework, s->tx, scene_manager(s), &report, s->at,
                                      s->arena, &c, err) &&
                   scene_remember(s, c.public_id, err)
               ? true
               : PASS(err);
}

bool act_notice(struct scene *s, struct err *err)
{
    struct foreign_notice notice = { .reference = STR("VU#100200") };
    struct product_case c;

    return topic_report(&s->actor->topic, s->arena, &notice.form, err) &&
                   foreign_take_up(s->stage->casework, s->tx, &s->stage->cast->coordinator, &notice,
                                   s->at, s->arena, &c, err) &&
                   scene_remember(s, c.public_id, err)
               ? true
               : PASS(err);
}

bool act_receive(struct scene *s, struct err *err)
{
    struct subject the_finder = scene_finder(s);

    switch (s->beat->act) {
    case OPEN:
        return case_assign(s->tx, scene_rb(s), &s->c, scene_rb(s)->account_id, s->at, s->arena,
                           err) &&
               intake_open(s->tx, scene_rb(s), &s->c, s->at, s->arena, err);
    case ASK_FINDER:
        return scene_say(
            s, scene_rb(s), THREAD_FINDER, TALK_QUESTION,
            "ご届出ありがとうございます。確認に使われた製品の設定と、ログインが必要かどうかを教えてください。",
            err);
    case FINDER_ANSWERS:
        return scene_say(
            s, &the_finder, THREAD_FINDER, TALK_ANSWER,
            "初期設定のまま確認しました。ログインは必要ありません。画面の写しが必要でしたらお送りします。",
            err);
    case FINDER_CONSULTS:
        return scene_say(
            s, &the_finder, THREAD_FINDER, TALK_CONSULTATION,
            "所属する研究室の指導教員に、検証の方法を相談したいと考えています。差し支えないでしょうか。",
            err);
    case TELL_FINDER:
        return scene_say(
            s, scene_rb(s), THREAD_FINDER, TALK_MESSAGE,
            "公表までの間、第三者への開示はお控えください。公表の予定日が決まりましたので、改めてお知らせします。",
            err);
    case NOTE_RB:
        return scene_say(s, scene_rb(s), THREAD_STAFF_RB, TALK_MESSAGE,
                         "類似の届出がないか、過去の案件を確認中です。", err);
    case REJECT:
        return intake_reject(
            s->tx, scene_rb(s), &s->c, STR("OUT_OF_SCOPE"),
            STR("ご届出の内容は、製品の仕様によるものと考えられ、本制度の対象となる脆弱性関連情報には該当しないと判断しました。ご協力に感謝いたします。"),
            s->at, s->arena, err);
    case ACCEPT:
        return intake_accept(s->tx, scene_rb(s), &s->c, true, true, s->at, s->arena, err);
    case ASSESS:
        return intake_assess(
            s->tx, scene_rb(s), &s->c, scene_index(s) % 3 == 0 ? STR("wide") : STR("medium"),
            40 + (int64_t)(scene_index(s) * 7 % 59),
            STR("利用者数と、想定される影響から評価しました。"), s->at, s->arena, err);
    case STOP:
        return intake_stop(
            s->tx, scene_rb(s), &s->c, STR("KNOWN_RB"),
            STR("すでに公表されている脆弱性であることを確認したため、取扱いを終了します。ご届出ありがとうございました。"),
            s->at, s->arena, err);
    default:
        return intake_forward(s->tx, scene_rb(s), &s->c, s->at, s->arena, err);
    }
}
