#include "faces/cli/demo/stage.h"

#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/record.h"
#include "domain/casework/analysis.h"
#include "domain/casework/committee.h"
#include "domain/casework/contact.h"
#include "domain/casework/coordination.h"
#include "domain/casework/cve.h"
#include "domain/casework/due.h"
#include "domain/casework/eol.h"
#include "domain/casework/exchange.h"
#include "domain/casework/foreign.h"
#include "domain/casework/intake.h"
#include "domain/casework/observation.h"
#include "domain/casework/own_product.h"
#include "domain/casework/priority.h"
#include "domain/casework/talk.h"
#include "domain/casework/unreachable.h"
#include "faces/cli/demo/demo.sql.h"
#include "faces/cli/demo/text.h"
#include "store/store.h"

enum {
    SCENE_MEMORY = 128 << 20,
    IN_CASE_MAX = 4,
    ANSWER_DAYS = 10,
    TIMERS_AT_ONCE = 500,
    OPENING_HOUR = 9,
    PUBLISHING_HOUR = 13,
    MINUTES_APART = 6
};

struct actor {
    const struct story *story;
    struct demo_topic topic;
    struct str public_id; /* of the case, once there is one */
    char public_id_bytes[PUBLIC_ID_LENGTH];
};

/* One thing that happens. */
struct cue {
    struct utc at;
    size_t story, beat;
};

struct scene {
    struct stage *stage;
    struct actor *actor;
    const struct beat *beat;
    struct utc at;
    struct arena *arena;
    struct tx *tx;
    struct product_case c;
    struct developers developers;
    struct developer d; /* the beat's developer, when it is in the case */
};

/* ---- when ---- */

static struct utc day_of(const struct stage *stage, const struct story *story, int day)
{
    struct civil c = utc_to_jst(utc_add_days(stage->now, day - story->age));

    c.hour = c.minute = c.second = 0;
    return utc_from_jst(c);
}

/* Nothing is published on a Saturday or a Sunday. */
static struct utc publication_of(const struct stage *stage, const struct story *story, int day)
{
    struct utc t = day_of(stage, story, day);
    int weekday = utc_to_jst(t).weekday;

    t = utc_add_days(t, weekday == 6 ? 2 : weekday == 0 ? 1 : 0);
    return (struct utc){ t.ms + PUBLISHING_HOUR * UTC_HOUR };
}

static int last_date(const struct plot *plot)
{
    int day = 0;

    for (size_t i = 0; i < plot->len; i++) {
        if (plot->beats[i].act == DATE || plot->beats[i].act == DATE_WITHOUT_REPLY ||
            plot->beats[i].act == MOVE_DATE || plot->beats[i].act == ORDER)
            day = plot->beats[i].n;
    }
    return day;
}

static struct utc time_of(const struct stage *stage, const struct story *story, size_t beat)
{
    const struct plot *plot = &demo_plots[story->plot];

    if (plot->beats[beat].act == PUBLISH)
        return (struct utc){ publication_of(stage, story, last_date(plot)).ms + UTC_SECOND };
    return (struct utc){ day_of(stage, story, plot->beats[beat].day).ms + OPENING_HOUR * UTC_HOUR +
                         (int64_t)(beat % 40) * MINUTES_APART * UTC_MINUTE };
}

static int by_time(const void *a, const void *b)
{
    const struct cue *x = a, *y = b;

    if (x->at.ms != y->at.ms)
        return x->at.ms < y->at.ms ? -1 : 1;
    if (x->story != y->story)
        return x->story < y->story ? -1 : 1;
    return x->beat < y->beat ? -1 : x->beat > y->beat;
}

/* ---- who ---- */

static size_t story_index(const struct scene *s)
{
    return (size_t)(s->actor->story - demo_stories);
}
static const struct subject *rb(const struct scene *s)
{
    return &s->stage->cast->rb[story_index(s) % 2];
}
static const struct subject *cb(const struct scene *s)
{
    return &s->stage->cast->cb[story_index(s) % 2];
}
static const struct subject *other_cb(const struct scene *s)
{
    return &s->stage->cast->cb[(story_index(s) + 1) % 2];
}

/* The n-th developer of the case: the product's own, then others that may have something like it. */
static int vendor_of(const struct actor *a, int n)
{
    return (a->topic.product->vendor + n * 5) % (int)demo_vendor_registered;
}
static const struct subject *manager(const struct scene *s)
{
    return &s->stage->cast->manager[vendor_of(s->actor, s->beat->n)];
}
static struct subject finder(const struct scene *s)
{
    return (struct subject){ .kind = SUBJECT_FINDER,
                             .roles = ROLE_FINDER,
                             .report_id = s->c.report_id };
}
static struct utc due(const struct scene *s) { return utc_add_days(s->at, ANSWER_DAYS); }

/* ---- the report and the receiving body ---- */

/* From here on the actor knows its case, and the guided tour what it shows. */
static bool remember(struct scene *s, struct str public_id, struct err *err)
{
    struct actor *a = s->actor;

    if (public_id.len != sizeof a->public_id_bytes)
        return FAIL(err, BUG, STR("public id"));
    memcpy(a->public_id_bytes, public_id.ptr, public_id.len);
    a->public_id = (struct str){ a->public_id_bytes, public_id.len };
    return store_exec(s->tx, &sql_demo_situation,
                      BINDS(bind_text("situation", str_from_z(demo_plots[a->story->plot].name)),
                            bind_text("public_id", public_id)),
                      NULL, err)
               ? true
               : PASS(err);
}

static bool remember_case(struct scene *s, struct str receipt, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;

    if (!store_select(s->tx, &sql_demo_case_of, BINDS(bind_text("receipt", receipt)), s->arena,
                      &rows, err))
        return PASS(err);
    if (rows_next(rows, err) != 1)
        return FAIL(err, ABSENT, receipt);
    return remember(s, row_text(rows, "public_id"), err) ? true : PASS(err);
}

/* The finders who still wait: a visitor can be one of them. */
static bool lend_mailbox(struct scene *s, const struct receipt *receipt, struct err *err)
{
    if (s->actor->story->age >= 70)
        return true;
    buf_printf(&s->stage->receipts, "%.*s\t%.*s\t\t発見者\t%s\n", STR_ARG(receipt->number),
               STR_ARG(receipt->passphrase), s->actor->topic.product->name);
    return store_exec(s->tx, &sql_demo_mailbox,
                      BINDS(bind_text("receipt", receipt->number),
                            bind_text("passphrase", receipt->passphrase),
                            bind_text("public_id", s->actor->public_id)),
                      NULL, err)
               ? true
               : PASS(err);
}

static bool submit(struct scene *s, struct err *err)
{
    struct str form, draft = random_token(s->arena);
    struct receipt receipt;

    if (!topic_report(&s->actor->topic, s->arena, &form, err) ||
        !intake_submit(s->stage->casework, s->tx, form, draft, LANG_JA, STR("FORM"), s->at,
                       s->arena, &receipt, err) ||
        !remember_case(s, receipt.number, err) || !lend_mailbox(s, &receipt, err))
        return PASS(err);
    return true;
}

static bool report_own(struct scene *s, struct err *err)
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
                   own_product_report(s->stage->casework, s->tx, manager(s), &report, s->at,
                                      s->arena, &c, err) &&
                   remember(s, c.public_id, err)
               ? true
               : PASS(err);
}

static bool give_notice(struct scene *s, struct err *err)
{
    struct foreign_notice notice = { .reference = STR("VU#100200") };
    struct product_case c;

    return topic_report(&s->actor->topic, s->arena, &notice.form, err) &&
                   foreign_take_up(s->stage->casework, s->tx, &s->stage->cast->coordinator, &notice,
                                   s->at, s->arena, &c, err) &&
                   remember(s, c.public_id, err)
               ? true
               : PASS(err);
}

static bool say_as(struct scene *s, const struct subject *who, enum thread thread,
                   enum talk_kind kind, const char *words, struct err *err)
{
    struct entry entry;

    return talk_say(s->tx, who, &s->c, thread, thread == THREAD_PARTICIPANT ? &s->d : NULL, kind,
                    str_from_z(words), s->at, s->arena, &entry, err)
               ? true
               : PASS(err);
}

static bool receive(struct scene *s, struct err *err)
{
    struct subject the_finder = finder(s);

    switch (s->beat->act) {
    case OPEN:
        return case_assign(s->tx, rb(s), &s->c, rb(s)->account_id, s->at, s->arena, err) &&
               intake_open(s->tx, rb(s), &s->c, s->at, s->arena, err);
    case ASK_FINDER:
        return say_as(
            s, rb(s), THREAD_FINDER, TALK_QUESTION,
            "ご届出ありがとうございます。確認に使われた製品の設定と、ログインが必要かどうかを教えてください。",
            err);
    case FINDER_ANSWERS:
        return say_as(
            s, &the_finder, THREAD_FINDER, TALK_ANSWER,
            "初期設定のまま確認しました。ログインは必要ありません。画面の写しが必要でしたらお送りします。",
            err);
    case FINDER_INQUIRES:
        return say_as(s, &the_finder, THREAD_FINDER, TALK_INQUIRY,
                      "現在の取扱いの状況を教えていただけますでしょうか。", err);
    case FINDER_CONSULTS:
        return say_as(
            s, &the_finder, THREAD_FINDER, TALK_CONSULTATION,
            "所属する研究室の指導教員に、検証の方法を相談したいと考えています。差し支えないでしょうか。",
            err);
    case TELL_FINDER:
        return say_as(
            s, rb(s), THREAD_FINDER, TALK_MESSAGE,
            "公表までの間、第三者への開示はお控えください。公表の予定日が決まりましたので、改めてお知らせします。",
            err);
    case NOTE_RB:
        return say_as(s, rb(s), THREAD_STAFF_RB, TALK_MESSAGE,
                      "類似の届出がないか、過去の案件を確認中です。", err);
    case REJECT:
        return intake_reject(
            s->tx, rb(s), &s->c, STR("OUT_OF_SCOPE"),
            STR("ご届出の内容は、製品の仕様によるものと考えられ、本制度の対象となる脆弱性関連情報には該当しないと判断しました。ご協力に感謝いたします。"),
            s->at, s->arena, err);
    case ACCEPT:
        return intake_accept(s->tx, rb(s), &s->c, true, true, s->at, s->arena, err);
    case ASSESS:
        return intake_assess(
            s->tx, rb(s), &s->c, story_index(s) % 3 == 0 ? STR("wide") : STR("medium"),
            40 + (int64_t)(story_index(s) * 7 % 59),
            STR("利用者数と、想定される影響から評価しました。"), s->at, s->arena, err);
    case STOP:
        return intake_stop(
            s->tx, rb(s), &s->c, STR("KNOWN_RB"),
            STR("すでに公表されている脆弱性であることを確認したため、取扱いを終了します。ご届出ありがとうございました。"),
            s->at, s->arena, err);
    default:
        return intake_forward(s->tx, rb(s), &s->c, s->at, s->arena, err);
    }
}

/* ---- the coordinating body ---- */

static bool choose(struct scene *s, struct err *err)
{
    const struct cast *cast = s->stage->cast;
    int vendor = vendor_of(s->actor, s->beat->n);

    return coordination_add(s->stage->casework, s->tx, cb(s), &s->c, cast->organisation_id[vendor],
                            s->at, s->arena, &s->d, err);
}

static bool decide_wish(struct scene *s, struct err *err)
{
    struct wishes wishes;

    if (!coordination_wishes(s->tx, &s->c, s->arena, &wishes, err))
        return PASS(err);
    return wishes.len > 0 &&
           coordination_decide_request(
               s->tx, cb(s), &s->c, wishes.at[0].id, true,
               STR("ほかの開発者にも確認のうえ、ご希望に沿って公表日を変更します。"), s->at,
               s->arena, err);
}

static bool handle_hint(struct scene *s, struct err *err)
{
    struct other_hints hints;

    if (!coordination_hints(s->tx, &s->c, s->arena, &hints, err))
        return PASS(err);
    return hints.len > 0 && coordination_handle_hint(s->tx, cb(s), &s->c, hints.at[0].id,
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
           coordination_set_date(s->stage->casework, s->tx, cb(s), &s->c, &s->developers,
                                 publication_of(s->stage, s->actor->story, s->beat->n), record,
                                 s->at, s->arena, err);
}

static bool end_support(struct scene *s, struct err *err)
{
    struct eol_facts facts = { .url = topic_url(&s->actor->topic, s->arena),
                               .declared_at = utc_add_days(s->at, -400),
                               .ends_at = utc_add_days(s->at, -35),
                               .advice = STR("STOP_USE") };
    struct eol_others nobody = { 0 };

    return eol_record(s->stage->casework, s->tx, cb(s), &s->c, &facts, &nobody, s->at, s->arena,
                      err)
               ? true
               : PASS(err);
}

static bool coordinate(struct scene *s, struct err *err)
{
    const struct casework *w = s->stage->casework;

    switch (s->beat->act) {
    case BODIES_TALK:
        return say_as(
            s, cb(s), THREAD_BODIES, TALK_MESSAGE,
            "開発者から、影響を受ける利用者が限られるとの説明がありました。今後の進め方についてご相談させてください。",
            err);
    case TAKE:
        return case_assign(s->tx, cb(s), &s->c, cb(s)->account_id, s->at, s->arena, err) &&
               coordination_take(w, s->tx, cb(s), &s->c, s->at, s->arena, err);
    case NOTE_CB:
        return say_as(
            s, cb(s), THREAD_STAFF_CB, TALK_MESSAGE,
            "同じ部品を使う製品がほかにもある可能性があります。開発者リストを確認してください。",
            err);
    case ADD:
        return choose(s, err);
    case SUMMARISE:
        return coordination_write_summary(
            s->tx, cb(s), &s->c, topic_summary(&s->actor->topic, s->arena), s->at, s->arena, err);
    case CONTACT:
        return contact_record(
            w, s->tx, cb(s), &s->c, &s->d,
            &(struct contact_attempt){
                .channel = STR("TELEPHONE"),
                .result = STR("NO_ANSWER"),
                .made_at = s->at,
                .words = STR("代表番号に架電しましたが、応答がありませんでした。") },
            s->at, s->arena, err);
    case SEND:
        return coordination_send_summary(w, s->tx, cb(s), &s->c, &s->d, due(s), s->at, s->arena,
                                         err);
    case DETAIL:
        return coordination_send_detail(s->tx, cb(s), &s->c, &s->d, due(s), s->at, s->arena, err);
    case REMIND:
        return coordination_remind(s->tx, cb(s), &s->c, &s->d, due(s), s->at, s->arena, err);
    case SILENT:
        return coordination_mark_silent(s->tx, cb(s), &s->c, &s->d, s->at, s->arena, err);
    case ASK_DEVELOPER:
        return say_as(s, cb(s), THREAD_PARTICIPANT, TALK_QUESTION,
                      "修正版の提供時期の見込みと、影響を受ける版の範囲をお知らせください。", err);
    case HANDLE_HINT:
        return handle_hint(s, err);
    case DECIDE_WISH:
        return decide_wish(s, err);
    case DATE:
        return set_date(s, "AGREED", err);
    case DATE_WITHOUT_REPLY:
        return set_date(s, "NO_REPLY", err);
    case MOVE_DATE:
        return coordination_change_date(w, s->tx, cb(s), &s->c, &s->developers,
                                        publication_of(s->stage, s->actor->story, s->beat->n), true,
                                        STR("修正版の検証に時間を要するため、公表日を変更します。"),
                                        s->at, s->arena, err);
    case END_SUPPORT:
        return end_support(s, err);
    case ASK_STATUS:
        return coordination_ask_status(s->tx, cb(s), &s->c, &s->developers, due(s), s->at, s->arena,
                                       err);
    case CANCEL_KNOWN:
        return coordination_close(
            s->tx, cb(s), &s->c, &s->developers, ON_CANCEL_KNOWN,
            STR("開発者から、既知の脆弱性であり修正済みであるとの報告がありました。"), s->at,
            s->arena, err);
    case CANCEL_NOT_VULN:
        return coordination_close(s->tx, cb(s), &s->c, &s->developers, ON_CANCEL_NOT_VULN,
                                  STR("すべての開発者から、該当しないとの報告がありました。"),
                                  s->at, s->arena, err);
    default:
        return coordination_close(
            s->tx, cb(s), &s->c, &s->developers, ON_CLOSE_INDIVIDUAL,
            STR("影響を受ける利用者が特定できるため、開発者が個別に対応することで合意しました。"),
            s->at, s->arena, err);
    }
}

/* ---- developers ---- */

static bool report_result(struct scene *s, const char *affected, const char *novelty,
                          const char *words, struct err *err)
{
    struct product_results products =
        topic_results(&s->actor->topic, str_eq_z(STR("YES"), affected), s->arena);

    if (s->beat->n > 0 && products.len > 0)
        products.at[0].name =
            arena_printf(s->arena, "%s シリーズ", demo_vendors[vendor_of(s->actor, s->beat->n)].ja);
    return answer_result(s->tx, manager(s), &s->c, &s->d, str_from_z(affected), str_from_z(novelty),
                         str_from_z(words), &products, s->at, s->arena, err);
}

static bool report_status(struct scene *s, const char *measure, const char *words, const char *ja,
                          const char *en, struct err *err)
{
    struct status_report report = { .countermeasure = str_from_z(measure),
                                    .words = str_from_z(words),
                                    .statement_ja = str_from_z(ja),
                                    .statement_en = str_from_z(en) };

    if (ja[0])
        report.url = arena_printf(s->arena, "https://www.%s.example.jp/security/",
                                  demo_vendors[vendor_of(s->actor, s->beat->n)].slug);
    return answer_status(s->tx, manager(s), &s->c, &s->d, &report, s->at, s->arena, err);
}

static bool answer(struct scene *s, struct err *err)
{
    switch (s->beat->act) {
    case SEEN:
        return answer_seen(s->tx, manager(s), &s->c, &s->d, s->at, s->arena, err);
    case NO_PRODUCT:
        return answer_no_product(s->tx, manager(s), &s->c, &s->d, true,
                                 STR("該当する機能を持つ製品はありません。"), s->at, s->arena, err);
    case REQUEST:
        return answer_request_detail(s->tx, manager(s), &s->c, &s->d, true, s->at, s->arena, err);
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
            s->tx, manager(s), &s->c, &s->d, str_from_z(demo_vendors[vendor_of(s->actor, 3)].ja),
            STR(""),
            STR("同じ部品を採用していると公表しているため、影響を受ける可能性があります。"), s->at,
            s->arena, err);
    case WISH:
        return answer_wish_date(
            s->tx, manager(s), &s->c, &s->d, utc_add_days(s->c.publication_date, 8),
            STR("修正版の審査に時間がかかるため、一週間ほど後の公表を希望します。"), s->at,
            s->arena, err);
    case REFUSE:
        return answer_refuse(s->tx, manager(s), &s->c, &s->d,
                             STR("当該製品の事業を終了しており、対応できません。"), s->at, s->arena,
                             err);
    default:
        return say_as(
            s, manager(s), THREAD_PARTICIPANT, TALK_MESSAGE,
            "検証に使う環境について確認させてください。ファームウェアの版は最新のものでよろしいでしょうか。",
            err);
    }
}

/* ---- a third party analyses ---- */

static bool analyse(struct scene *s, struct err *err)
{
    struct analysis_wish wish = {
        .partner = s->stage->cast->analyst_id,
        .scope = STR("この脆弱性がほかの機能にも及ぶか、影響の範囲を調べてください。"),
        .condition = STR("担当者二名に限って閲覧し、終了後は写しを残さず破棄すること。"),
        .due = due(s),
        .with_verification = true
    };
    const struct subject *analyst = &s->stage->cast->analyst;
    struct grant grant;
    struct analyses asked;

    if (s->beat->act == ASK_ANALYSIS)
        return visibility_grant(rb(s), &s->c, &s->developers, NULL, &grant, err) &&
               analysis_ask(s->tx, rb(s), &s->c, &grant, &wish, s->at, s->arena, err);
    return analyses_of_case(s->tx, s->c.id, s->arena, &asked, err) && asked.len > 0 &&
           analysis_see(s->tx, analyst, &s->c, &asked.at[0], s->at, s->arena, err) &&
           analysis_answer(
               s->tx, analyst, &s->c, &asked.at[0],
               STR("影響は報告された画面に限られ、ほかの機能では入力が検査されていることを確認しました。"),
               s->at, s->arena, err);
}

/* ---- CVE numbers ---- */

static bool reserve_number(struct scene *s, struct err *err)
{
    static const char *const which[] = { "届け出られた入力の検査の不備",
                                         "同じ画面のセッション管理の不備" };
    struct str cve;

    return cve_reserve(s->tx, cb(s), &s->c, str_from_z(which[s->beat->n % 2]), s->at, s->arena,
                       &cve, err)
               ? true
               : PASS(err);
}

/* ---- a coordinator abroad ---- */

static bool exchange(struct scene *s, struct err *err)
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
        return visibility_grant(cb(s), &s->c, &s->developers, NULL, &grant, err) &&
               exchange_give(s->tx, cb(s), &s->c, &grant, &wish, s->at, s->arena, err);
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

    return priority_plan(s->stage->casework, s->tx, cb(s), &s->c, &s->developers, &wish, s->at,
                         s->arena, err);
}

static bool provide(struct scene *s, struct err *err)
{
    struct priority_text text;
    struct priority_plan plan;
    struct recipients to = { 0 };
    struct grant grant;
    bool found;

    VEC_PUSH(s->arena, &to, s->stage->cast->recipient_id);
    return visibility_grant(cb(s), &s->c, &s->developers, NULL, &grant, err) &&
           priority_load(s->tx, &s->c, s->arena, &plan, &found, err) &&
           priority_draft(s->tx, &s->c, &s->developers, &grant, &plan, s->arena, &text, err) &&
           priority_provide(
               s->stage->casework, s->tx, cb(s), &s->c, &s->developers, &text, &to,
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

static bool protect(struct scene *s, struct err *err)
{
    const struct casework *w = s->stage->casework;

    switch (s->beat->act) {
    case PLAN_PRIORITY:
        return plan_priority(s, err);
    case BODY_AGREES:
        return priority_answer(w, s->tx, rb(s), &s->c, NULL, true, STR(""), s->at, s->arena, err);
    case DEVELOPER_AGREES:
        return priority_answer(w, s->tx, manager(s), &s->c, &s->d, true,
                               STR("修正版とあわせて案内いただいて差し支えありません。"), s->at,
                               s->arena, err);
    case WARN_FINDER:
        return priority_tell_finder(s->tx, rb(s), &s->c, s->at, s->arena, err);
    case PROVIDE:
        return provide(s, err);
    default:
        return receive_provision(s, err);
    }
}

/* ---- a developer that cannot be reached ---- */

static bool attempt(struct scene *s, const char *channel, const char *result, const char *to,
                    const char *words, const char *evidence, struct err *err)
{
    struct contact_attempt a = { .channel = str_from_z(channel),
                                 .result = str_from_z(result),
                                 .made_at = s->at,
                                 .to = str_from_z(to),
                                 .words = str_from_z(words),
                                 .evidence = str_from_z(evidence) };

    return contact_record(s->stage->casework, s->tx, cb(s), &s->c, &s->d, &a, s->at, s->arena, err)
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

static bool look_for(struct scene *s, struct err *err)
{
    const struct casework *w = s->stage->casework;
    const struct demo_vendor *vendor = &demo_vendors[vendor_of(s->actor, s->beat->n)];
    struct unreachable_notice notice = { .name_ja = str_from_z(vendor->ja),
                                         .name_en = str_from_z(vendor->en) };

    switch (s->beat->act) {
    case TRY_ALL:
        return try_all(s, err);
    case PROPOSE_UNREACHABLE:
        return unreachable_propose(
            w, s->tx, cb(s), &s->c, &s->d,
            STR("6か月にわたり、公表されている連絡先のすべてを試みましたが、応答がありません。"),
            s->at, s->arena, err);
    case CONFIRM_UNREACHABLE:
        return unreachable_confirm(w, s->tx, other_cb(s), &s->c, &s->d, s->at, s->arena, err);
    case LIST_NAME:
        return unreachable_list(w, s->tx, cb(s), &s->c, &s->d, &notice, s->at, s->arena, err);
    case LIST_PRODUCT:
        return unreachable_list_product(w, s->tx, cb(s), &s->c, &s->d,
                                        str_from_z(s->actor->topic.product->name),
                                        STR("すべての版"), s->at, s->arena, err);
    case SET_DEADLINE:
        return unreachable_set_deadline(w, s->tx, cb(s), &s->c, &s->d, utc_add_days(s->at, 30),
                                        s->at, s->arena, err);
    default:
        return attempt(s, "THIRD_PARTY", "ACKNOWLEDGED", "販売店",
                       "販売店の紹介で、現在の担当者と連絡がとれました。", "", err);
    }
}

/* ---- the advisory ---- */

static bool write_advisory(struct scene *s, struct err *err)
{
    struct advisory a;
    struct advisory_view view;

    if (!advisory_create(s->stage->casework, s->tx, cb(s), &s->c, &s->stage->prefixes, s->at,
                         s->arena, &a, err) ||
        !advisory_draft(s->tx, &s->c, &a, s->arena, &view, err))
        return PASS(err);
    topic_write(&s->actor->topic, s->at, s->arena, &view);
    if (s->c.state == CASE_COMMITTEE)
        topic_advise_stop(&s->actor->topic, s->arena, &view);
    return advisory_save(s->tx, cb(s), &s->c, &a, &view, a.draft_version, s->at, s->arena, err);
}

static bool edit(struct scene *s, struct err *err)
{
    static const struct subject the_clock = { .kind = SUBJECT_CLOCK, .roles = ROLE_CLOCK };
    const struct casework *w = s->stage->casework;
    struct advisory a;
    bool found;

    if (s->beat->act == DRAFT)
        return write_advisory(s, err);
    if (!advisory_load_of(s->tx, s->c.id, s->arena, &a, &found, err))
        return PASS(err);
    if (!found)
        return FAIL(err, ABSENT, STR("an advisory"));
    switch (s->beat->act) {
    case SUBMIT_TEXT:
        return advisory_move(w, s->tx, cb(s), &s->c, &a, ON_ADVISORY_SUBMIT, STR(""), s->at,
                             s->arena, err);
    case APPROVE:
        return advisory_move(w, s->tx, other_cb(s), &s->c, &a, ON_ADVISORY_APPROVE, STR(""), s->at,
                             s->arena, err);
    case CONFIRM:
        return advisory_move(w, s->tx, rb(s), &s->c, &a, ON_ADVISORY_CONFIRM, STR(""), s->at,
                             s->arena, err);
    default:
        return advisory_rehearsed(s->tx, &the_clock, &s->c, &a, &(struct advisory_faults){ 0 },
                                  s->at, s->arena, err);
    }
}

/* ---- a leak ---- */

static bool observe(struct scene *s, struct err *err)
{
    struct subject the_finder = finder(s);
    struct observed seen = {
        STR("LEAK"), STR("海外の掲示板に、届け出た内容とほぼ同じ説明が書き込まれています。"), s->at
    };
    struct observations all;

    if (s->beat->act == OBSERVE)
        return observation_claim(s->tx, &the_finder, &s->c, NULL, &seen, s->at, s->arena, err);
    return observations_of(s->tx, &s->c, s->arena, &all, err) && all.len > 0 &&
           observation_adopt(
               s->tx, rb(s), &s->c, &s->developers, all.at[0].id,
               STR("この案件の情報が外部に知られました。緊急時の体制で対応し、提供できる対策があれば直ちにお知らせください。調整機関が判断するまで、公表日は変わりません。"),
               s->at, s->arena, err);
}

/* ---- the committee ---- */

#define HERE_AND_NOW s->at, s->arena, err

static bool check_criteria(struct scene *s, struct err *err)
{
    const struct docket_judgement judged[DOCKET_CRITERIA] = {
        { true, STR("連絡と調整の経緯のとおり、合意が得られる見込みはありません。") },
        { true, STR("検証環境で再現しており、製品開発者から反証は示されていません。") },
        { true, STR("製品は販売され、現在も利用者がいますが、利用者が知る方法がありません。") },
        { true, STR("公表を不適当とする事情は見当たりません。") },
    };

    return docket_check(s->tx, rb(s), &s->c, judged, STR("P"), HERE_AND_NOW);
}

static bool call_meeting(struct scene *s, struct err *err)
{
    struct docket_members members = { 0 };

    for (int i = 0; i < CAST_MEMBERS; i++)
        VEC_PUSH(s->arena, &members, s->stage->cast->member[i].account_id);
    return docket_convene(s->stage->casework, s->tx, rb(s), &s->c, &members,
                          utc_add_days(s->at, 14), HERE_AND_NOW);
}

static bool judge(struct scene *s, struct err *err)
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
            s->tx, cb(s), &s->c, &s->d,
            STR("製品開発者との調整が整う見込みがなく、利用者への周知が必要と考えます。"),
            HERE_AND_NOW);
    case CHECK_CRITERIA:
        return check_criteria(s, err);
    case GIVE_NOTICE:
        return docket_notify(
            s->tx, rb(s), &s->c,
            STR("届出のあった脆弱性について、公表判定委員会で公表の要否を判定します。脆弱性の内容、判断の根拠、これまでの経緯、公表する内容の案は、別紙のとおりです。"),
            utc_add_days(s->at, 30), HERE_AND_NOW);
    case GIVE_OPINION:
        return docket_speak(
            s->tx, manager(s), &s->c,
            STR("当該事業は終了しており、修正の予定はありません。公表は利用者の不安を招くため、同意できません。"),
            HERE_AND_NOW);
    case END_HEARING:
        return docket_end_hearing(s->tx, rb(s), &s->c, HERE_AND_NOW);
    case CALL_MEETING:
        return call_meeting(s, err);
    case VOTE:
        return docket_vote(
            s->tx, &s->stage->cast->member[s->beat->n], &s->c, STR("PUBLISH"),
            STR("利用者が知り得ないまま使い続けることの不利益が大きく、公表が適当と考えます。"),
            HERE_AND_NOW);
    case KEEP_MINUTES:
        return docket_deliberate(
            w, s->tx, rb(s), &s->c,
            STR("委員三名が出席。資料と製品開発者の意見を確認し、全員一致で公表を適当と判定した。"),
            HERE_AND_NOW);
    case DECIDE:
        return docket_decide(s->tx, rb(s), &s->c, &publish, HERE_AND_NOW);
    case GIVE_VIEW:
        return docket_give_view(
            s->tx, manager(s), &s->c,
            STR("当該製品のサポートは終了しています。後継製品への移行をご検討ください。"),
            STR("Support of this product has ended. Please consider moving to its successor."),
            HERE_AND_NOW);
    default:
        return docket_order(w, s->tx, rb(s), &s->c, &s->developers,
                            STR("手続きの確認を受けた（文書は書庫D-2に保管）。"),
                            publication_of(s->stage, s->actor->story, s->beat->n), HERE_AND_NOW);
    }
}

/* ---- playing ---- */

static bool act(struct scene *s, struct err *err)
{
    enum act what = s->beat->act;

    if (what == SUBMIT)
        return submit(s, err);
    if (what == REPORT_OWN)
        return report_own(s, err);
    if (what < BODIES_TALK)
        return receive(s, err);
    if (what == NOTICE)
        return give_notice(s, err);
    if (what == RESERVE)
        return reserve_number(s, err);
    if (what == GIVE_ABROAD || what == ABROAD_SAYS)
        return exchange(s, err);
    if (what == ASK_ANALYSIS || what == ANALYSED)
        return analyse(s, err);
    if (what >= TRY_ALL && what <= REACHED)
        return look_for(s, err);
    if (what >= REFER && what <= ORDER)
        return judge(s, err);
    if (what == OBSERVE || what == ADOPT_OBSERVED)
        return observe(s, err);
    if (what >= PLAN_PRIORITY)
        return protect(s, err);
    if (what >= DRAFT && what <= REHEARSE)
        return edit(s, err);
    if (what == SEEN || what == NO_PRODUCT || what == REQUEST ||
        (what >= AFFECTED && what <= HINT) || what == WISH || what == REFUSE ||
        what == DEVELOPER_SAYS)
        return answer(s, err);
    return coordinate(s, err);
}

static bool enter(struct scene *s, struct err *err)
{
    if (s->beat->act == SUBMIT || s->beat->act == REPORT_OWN || s->beat->act == NOTICE)
        return true;
    if (!case_load(s->stage->casework, s->tx, s->actor->public_id, s->arena, &s->c, err) ||
        !developers_load(s->tx, s->c.id, s->arena, &s->developers, err))
        return PASS(err);
    for (size_t i = 0; i < s->developers.len; i++) {
        if (s->developers.at[i].organisation_id ==
            s->stage->cast->organisation[vendor_of(s->actor, s->beat->n % IN_CASE_MAX)])
            s->d = s->developers.at[i];
    }
    return true;
}

static bool publish(struct stage *stage, struct actor *a, struct utc at, struct arena *arena,
                    struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct publishing p = { .casework = stage->casework,
                            .desk = stage->desk,
                            .world = stage->world };
    struct product_case c;

    if (!tx_begin(stage->desk, TX_READ, &tx, err) ||
        !case_load(stage->casework, tx, a->public_id, arena, &c, err))
        return PASS(err);
    tx_end(TAKE(tx));
    return publishing_run(&p, c.id, at, err) ? true : PASS(err);
}

/* What fell due until then, as the desk's clock would have done it; publication has its own beat. */
static bool run_clock(struct stage *stage, struct utc at, struct arena *arena, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct timers timers;

    if (!tx_begin(stage->desk, TX_WRITE, &tx, err) ||
        !timer_due(tx, at, TIMERS_AT_ONCE, arena, &timers, err))
        return PASS(err);
    for (size_t i = 0; i < timers.len; i++) {
        const struct timer *t = &timers.at[i];

        if (!str_eq_z(t->kind, TIMER_PUBLISH) && !due_fire(stage->casework, tx, t, at, arena, err))
            return PASS(err);
    }
    return tx_commit(&tx, err) ? true : PASS(err);
}

static bool play_beat(struct stage *stage, struct actor *a, const struct cue *cue,
                      struct arena *arena, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct scene s = { .stage = stage,
                       .actor = a,
                       .beat = &demo_plots[a->story->plot].beats[cue->beat],
                       .at = cue->at,
                       .arena = arena };

    if (s.beat->act == PUBLISH)
        return publish(stage, a, cue->at, arena, err) ? true : PASS(err);
    if (!tx_begin(stage->desk, TX_WRITE, &tx, err))
        return PASS(err);
    s.tx = tx;
    if (!enter(&s, err) || !act(&s, err)) {
        if (err->code == ERR_NONE)
            (void)FAIL(err, BUG, STR("nothing to decide on"));
        return PASS(err);
    }
    return tx_commit(&tx, err) ? true : PASS(err);
}

/* Which story and beat it was, for whoever changes a plot. */
static bool stumble(const struct cue *cue, struct err *err)
{
    char words[sizeof err->subject];

    snprintf(words, sizeof words, "story %zu, beat %zu: %.100s", cue->story, cue->beat,
             err->subject);
    memcpy(err->subject, words, sizeof words);
    return PASS(err);
}

static struct cue *all_cues(const struct stage *stage, struct arena *arena, size_t *count)
{
    struct {
        VEC_OF(struct cue);
    } cues = { 0 };

    for (size_t i = 0; i < demo_story_count; i++) {
        for (size_t j = 0; j < demo_plots[demo_stories[i].plot].len; j++) {
            struct utc at = time_of(stage, &demo_stories[i], j);

            if (at.ms < stage->now.ms)
                VEC_PUSH(arena, &cues, (struct cue){ at, i, j });
        }
    }
    qsort(cues.at, cues.len, sizeof *cues.at, by_time);
    *count = cues.len;
    return cues.at;
}

bool stage_play(struct stage *stage, struct err *err)
{
    CLEANUP(arena_free_var) struct arena *lasting = arena_new(SCENE_MEMORY);
    CLEANUP(arena_free_var) struct arena *arena = arena_new(SCENE_MEMORY);
    struct actor *actors = ARENA_NEW_N(lasting, demo_story_count, struct actor);
    size_t count;
    struct cue *cues = all_cues(stage, lasting, &count);

    for (size_t i = 0; i < demo_story_count; i++) {
        const struct story *story = &demo_stories[i];

        actors[i].story = story;
        actors[i].topic =
            (struct demo_topic){ &demo_products[story->product], &demo_weaknesses[story->weakness],
                                 500 + (unsigned)i };
    }
    for (size_t i = 0; i < count; i++) {
        arena_reset(arena);
        if (!run_clock(stage, cues[i].at, arena, err) ||
            !play_beat(stage, &actors[cues[i].story], &cues[i], arena, err))
            return stumble(&cues[i], err);
    }
    arena_reset(arena);
    return run_clock(stage, stage->now, arena, err) ? true : PASS(err);
}
