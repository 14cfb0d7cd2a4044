/* faces/cli/demo/acts/partners.c: those that the bodies work with: who analyses, who gives numbers, who coordinates abroad, who is told before publication. */
#include "faces/cli/demo/scene.h"

#include "base/err.h"
#include "domain/casework/analysis.h"
#include "domain/casework/cve.h"
#include "domain/casework/exchange.h"
#include "domain/casework/priority.h"

/* ---- a third party analyses ---- */

bool act_analyse(struct scene *s, struct err *err)
{
    struct analysis_wish wish = {
        .partner = s->stage->cast->analyst_id,
        .scope = STR("この脆弱性がほかの機能にも及ぶか、影響の範囲を調べてください。"),
        .condition = STR("担当者二名に限って閲覧し、終了後は写しを残さず破棄すること。"),
        .due = scene_due(s),
        .with_verification = true
    };
    const struct subject *analyst = &s->stage->cast->analyst;
    struct grant grant;
    struct analyses asked;

    if (s->beat->act == ASK_ANALYSIS)
        return visibility_grant(scene_rb(s), &s->c, &s->developers, NULL, &grant, err) &&
               analysis_ask(s->tx, scene_rb(s), &s->c, &grant, &wish, s->at, s->arena, err);
    return analyses_of_case(s->tx, s->c.id, s->arena, &asked, err) && asked.len > 0 &&
           analysis_see(s->tx, analyst, &s->c, &asked.at[0], s->at, s->arena, err) &&
           analysis_answer(
               s->tx, analyst, &s->c, &asked.at[0],
               STR("影響は報告された画面に限られ、ほかの機能では入力が検査されていることを確認しました。"),
               s->at, s->arena, err);
}

/* ---- CVE numbers ---- */

bool act_reserve_number(struct scene *s, struct err *err)
{
    static const char *const which[] = { "届け出られた入力の検査の不備",
                                         "同じ画面のセッション管理の不備" };
    struct str cve;

    return cve_reserve(s->tx, scene_cb(s), &s->c, str_from_z(which[s->beat->n % 2]), s->at,
                       s->arena, &cve, err)
               ? true
               : PASS(err);
}

/* ---- a coordinator abroad ---- */

bool act_exchange(struct scene *s, struct err *err)
{
    struct exchange_wish wish = {
        .partner = s->stage->cast->coordinator_id,
        .words = STR(
            "国内の製品開発者に詳細を提供し、検証が始まりました。貴国の利用者への案内の準備と、公表日についてのご意見をお願いいたします。"),
        .with_verification = true
    };
    const struct subject *abroad = &s->stage->cast->coordinator;
    struct exchanges all;
    struct grant grant;

    if (s->beat->act == GIVE_ABROAD)
        return visibility_grant(scene_cb(s), &s->c, &s->developers, NULL, &grant, err) &&
               exchange_give(s->tx, scene_cb(s), &s->c, &grant, &wish, s->at, s->arena, err);
    return exchanges_of_case(s->tx, s->c.id, s->arena, &all, err) && all.len > 0 &&
           exchange_see(s->tx, abroad, &s->c, &all.at[0], s->at, s->arena, err) &&
           exchange_say(
               s->tx, abroad, &s->c, &all.at[0],
               STR("Thank you. Any date from the middle of next month suits us; we will publish our note at the same time."),
               s->at, s->arena, err);
}

/* ---- priority provision ---- */

static bool plan_priority(struct scene *s, struct err *err)
{
    struct priority_wish wish = {
        .sectors = STR("POWER WATER"),
        .reason =
            STR("監視設備の遠隔操作に広く使われており、供給の停止につながるおそれがあります。")
    };

    return priority_plan(s->stage->casework, s->tx, scene_cb(s), &s->c, &s->developers, &wish,
                         s->at, s->arena, err);
}

static bool provide(struct scene *s, struct err *err)
{
    struct priority_text text;
    struct priority_plan plan;
    struct recipients to = { 0 };
    struct grant grant;
    bool found;

    VEC_PUSH(s->arena, &to, s->stage->cast->recipient_id);
    return visibility_grant(scene_cb(s), &s->c, &s->developers, NULL, &grant, err) &&
           priority_load(s->tx, &s->c, s->arena, &plan, &found, err) &&
           priority_draft(s->tx, &s->c, &s->developers, &grant, &plan, s->arena, &text, err) &&
           priority_provide(
               s->stage->casework, s->tx, scene_cb(s), &s->c, &s->developers, &text, &to,
               STR("提供先が限られ、秘密の保持が確認されているため、漏れるおそれはないと判断しました。"),
               s->at, s->arena, err);
}

static bool receive_provision(struct scene *s, struct err *err)
{
    const struct subject *reader = &s->stage->cast->recipient;
    struct provisions given;

    return provisions_of_case(s->tx, s->c.id, s->arena, &given, err) && given.len > 0 &&
           provision_see(s->tx, reader, &s->c, &given.at[0], s->at, s->arena, err) &&
           provision_receive(s->tx, reader, &s->c, &given.at[0], s->at, s->arena, err);
}

bool act_protect(struct scene *s, struct err *err)
{
    const struct casework *w = s->stage->casework;

    switch (s->beat->act) {
    case PLAN_PRIORITY:
        return plan_priority(s, err);
    case BODY_AGREES:
        return priority_answer(w, s->tx, scene_rb(s), &s->c, NULL, true, STR(""), s->at, s->arena,
                               err);
    case DEVELOPER_AGREES:
        return priority_answer(w, s->tx, scene_manager(s), &s->c, &s->d, true,
                               STR("修正版とあわせて案内いただいて差し支えありません。"), s->at,
                               s->arena, err);
    case WARN_FINDER:
        return priority_tell_finder(s->tx, scene_rb(s), &s->c, s->at, s->arena, err);
    case PROVIDE:
        return provide(s, err);
    default:
        return receive_provision(s, err);
    }
}
