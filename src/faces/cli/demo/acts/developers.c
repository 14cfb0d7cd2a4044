/* faces/cli/demo/acts/developers.c: what developers answer. */
#include "faces/cli/demo/scene.h"

#include "base/err.h"
#include "domain/casework/answer.h"
#include "domain/casework/talk.h"

static bool report_result(struct scene *s, const char *affected, const char *novelty,
                          const char *words, struct err *err)
{
    struct product_results products =
        topic_results(&s->actor->topic, str_eq_z(STR("YES"), affected), s->arena);

    if (s->vendor != s->actor->topic.product->vendor && products.len > 0)
        products.at[0].name = arena_printf(s->arena, "%s シリーズ", scene_vendor(s)->ja);
    return answer_result(s->tx, scene_manager(s), &s->c, &s->d, str_from_z(affected),
                         str_from_z(novelty), str_from_z(words), &products, s->at, s->arena, err);
}

static bool report_status(struct scene *s, const char *measure, const char *words, const char *ja,
                          const char *en, struct err *err)
{
    struct status_report report = { .countermeasure = str_from_z(measure),
                                    .words = str_from_z(words),
                                    .statement_ja = str_from_z(ja),
                                    .statement_en = str_from_z(en) };

    if (ja[0])
        report.url =
            arena_printf(s->arena, "https://www.%s.example.jp/security/", scene_vendor(s)->slug);
    return answer_status(s->tx, scene_manager(s), &s->c, &s->d, &report, s->at, s->arena, err);
}

bool act_answer(struct scene *s, struct err *err)
{
    switch (s->beat->act) {
    case SEEN:
        return answer_seen(s->tx, scene_manager(s), &s->c, &s->d, s->at, s->arena, err);
    case NO_PRODUCT:
        return answer_no_product(s->tx, scene_manager(s), &s->c, &s->d, true,
                                 STR("該当する機能を持つ製品はありません。"), s->at, s->arena, err);
    case REQUEST:
        return answer_request_detail(s->tx, scene_manager(s), &s->c, &s->d, true, s->at, s->arena,
                                     err);
    case AFFECTED:
        return report_result(
            s, "YES", "NEW",
            "検証の結果、現行の版で再現することを確認しました。原因となる処理も特定しています。",
            err);
    case NOT_AFFECTED:
        return report_result(s, "NO", "NEW",
                             "該当する処理を使用していないため、影響を受けないことを確認しました。",
                             err);
    case KNOWN:
        return report_result(
            s, "YES", "KNOWN",
            "昨年のアップデートで修正し、当社ウェブサイトで公表済みの問題と同じものです。", err);
    case LOOKING:
        return report_result(
            s, "INVESTIGATING", "NEW",
            "再現の有無を確認しています。検証環境の準備に一週間ほどかかる見込みです。", err);
    case PLAN:
        return report_status(s, "PLANNED",
                             "修正版の作成に着手しました。三週間後に社内の検証を始める予定です。",
                             "", "", err);
    case AVOID:
        return report_status(s, "WORKAROUND",
                             "修正版の提供に先立ち、設定による回避策を案内します。",
                             "回避策をご案内しています。詳しくは当社ウェブサイトをご覧ください。",
                             "A workaround is available. See our website for details.", err);
    case STOP_USING:
        return report_status(
            s, "STOP_USE",
            "サポートを終了した製品のため、修正版は提供できません。使用の停止をお願いする旨の公表に同意します。",
            "当該製品のサポートは終了しています。使用を停止してください。",
            "Support for the product has ended. Please stop using it.", err);
    case FIX:
        return report_status(s, "FIX", "修正版の準備が整いました。公表日に合わせて提供を始めます。",
                             "修正版を提供しています。アップデートをお願いいたします。",
                             "A fixed version is available. Please update.", err);
    case HINT:
        return answer_hint(
            s->tx, scene_manager(s), &s->c, &s->d,
            str_from_z(demo_vendors[scene_vendor_of(s->actor, 3)].ja), STR(""),
            STR("同じ部品を採用していると公表しているため、影響を受ける可能性があります。"), s->at,
            s->arena, err);
    case WISH:
        return answer_wish_date(
            s->tx, scene_manager(s), &s->c, &s->d, utc_add_days(s->c.publication_date, 8),
            STR("修正版の審査に時間がかかるため、一週間ほど後の公表を希望します。"), s->at,
            s->arena, err);
    case REFUSE:
        return answer_refuse(s->tx, scene_manager(s), &s->c, &s->d,
                             STR("当該製品の事業を終了しており、対応できません。"), s->at, s->arena,
                             err);
    default:
        return scene_say(
            s, scene_manager(s), THREAD_PARTICIPANT, TALK_MESSAGE,
            "検証に使う環境について確認させてください。ファームウェアの版は最新のものでよろしいでしょうか。",
            err);
    }
}
