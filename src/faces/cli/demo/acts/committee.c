/* faces/cli/demo/acts/committee.c: the publication judgement committee. */
#include "faces/cli/demo/scene.h"

#include "base/err.h"
#include "domain/casework/committee.h"

#define HERE_AND_NOW s->at, s->arena, err

static bool check_criteria(struct scene *s, struct err *err)
{
    const struct docket_judgement judged[DOCKET_CRITERIA] = {
        { true, STR("連絡と調整の経緯のとおり、合意が得られる見込みはありません。") },
        { true, STR("検証環境で再現しており、製品開発者から反証は示されていません。") },
        { true, STR("製品は販売され、現在も利用者がいますが、利用者が知る方法がありません。") },
        { true, STR("公表を不適当とする事情は見当たりません。") },
    };

    return docket_check(s->tx, scene_rb(s), &s->c, judged, STR("P"), HERE_AND_NOW);
}

static bool call_meeting(struct scene *s, struct err *err)
{
    struct docket_members members = { 0 };

    for (int i = 0; i < CAST_MEMBERS; i++)
        VEC_PUSH(s->arena, &members, s->stage->cast->member[i].account_id);
    return docket_convene(s->stage->casework, s->tx, scene_rb(s), &s->c, &members,
                          utc_add_days(s->at, 14), HERE_AND_NOW);
}

bool act_judge(struct scene *s, struct err *err)
{
    const struct docket_decision publish = {
        .event = ON_DOCKET_PUBLISH,
        .reason = STR("委員会の判定のとおり、四つの要件をすべて満たすため、公表します。"),
        .public_ja = STR(
            "製品は現在も利用されており、公表しなければ利用者が自らを守ることができないためです。"),
        .public_en = STR(
            "The product is in use, and its users cannot protect themselves unless it is published."),
    };
    const struct casework *w = s->stage->casework;

    switch (s->beat->act) {
    case REFER:
        return docket_propose(
            s->tx, scene_cb(s), &s->c, &s->d,
            STR("製品開発者との調整が整う見込みがなく、利用者への周知が必要と考えます。"),
            HERE_AND_NOW);
    case CHECK_CRITERIA:
        return check_criteria(s, err);
    case GIVE_NOTICE:
        return docket_notify(
            s->tx, scene_rb(s), &s->c,
            STR("届出のあった脆弱性について、公表判定委員会で公表の要否を判定します。脆弱性の内容、判断の根拠、これまでの経緯、公表する内容の案は、別紙のとおりです。"),
            utc_add_days(s->at, 30), HERE_AND_NOW);
    case GIVE_OPINION:
        return docket_speak(
            s->tx, scene_manager(s), &s->c,
            STR("当該事業は終了しており、修正の予定はありません。公表は利用者の不安を招くため、同意できません。"),
            HERE_AND_NOW);
    case END_HEARING:
        return docket_end_hearing(s->tx, scene_rb(s), &s->c, HERE_AND_NOW);
    case CALL_MEETING:
        return call_meeting(s, err);
    case VOTE:
        return docket_vote(
            s->tx, &s->stage->cast->member[s->beat->n], &s->c, STR("PUBLISH"),
            STR("利用者が知り得ないまま使い続けることの不利益が大きく、公表が適当と考えます。"),
            HERE_AND_NOW);
    case KEEP_MINUTES:
        return docket_deliberate(
            w, s->tx, scene_rb(s), &s->c,
            STR("委員三名が出席。資料と製品開発者の意見を確認し、全員一致で公表を適当と判定した。"),
            HERE_AND_NOW);
    case DECIDE:
        return docket_decide(s->tx, scene_rb(s), &s->c, &publish, HERE_AND_NOW);
    case GIVE_VIEW:
        return docket_give_view(
            s->tx, scene_manager(s), &s->c,
            STR("当該製品のサポートは終了しています。後継製品への移行をご検討ください。"),
            STR("Support of this product has ended. Please consider moving to its successor."),
            HERE_AND_NOW);
    default:
        return docket_order(w, s->tx, scene_rb(s), &s->c, &s->developers,
                            STR("手続きの確認を受けた（文書は書庫D-2に保管）。"),
                            scene_publication(s->stage, s->actor->story, s->beat->n), HERE_AND_NOW);
    }
}
