/* faces/cli/demo/acts/website.c: a weakness in a website: its operator is told in three stages and answers through the links of the mails. */
#include "faces/cli/demo/scene.h"

#include "base/err.h"
#include "domain/access/outbox.h"
#include "domain/casework/website_operator.h"
#include "faces/cli/demo/demo.sql.h"
#include "seal/vault.h"
#include "store/store.h"

bool act_submit_website(struct scene *s, struct err *err)
{
    struct str form, draft = random_token(s->arena);
    struct receipt receipt;

    return topic_site_report(&s->actor->topic, s->actor->site, s->arena, &form, err) &&
                   intake_submit_website(s->stage->casework, s->tx, form, draft, LANG_JA,
                                         STR("FORM"), s->at, s->arena, &receipt, err) &&
                   scene_remember_report(s, &receipt, err)
               ? true
               : PASS(err);
}

/* ---- the operator ---- */

/* The link that the latest mail brings, as whoever opens it comes in. */
static bool latest_link(struct scene *s, struct str *token, struct subject *operator,
                        struct err * err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    struct operator_link link;
    bool found;

    if (!store_select(s->tx, &sql_demo_operator_mail, BINDS(bind_int("case_id", s->site.c.id)),
                      s->arena, &rows, err) ||
        !rows_one(rows, STR("a mail to the operator"), err) ||
        !seal_open(&s->stage->casework->vault->secrets, OUTBOX_TOKEN_ABOUT,
                   row_text(rows, "token_sealed"), s->arena, token, err) ||
        !operator_link_find(s->tx, *token, s->arena, &link, &found, err))
        return PASS(err);
    if (!found)
        return FAIL(err, ABSENT, STR("an operator's link"));
    *operator=(struct subject){ .kind = SUBJECT_OPERATOR,
                                .roles = ROLE_OPERATOR,
                                .link_id = link.id,
                                .case_id = link.case_id,
                                .stage = link.stage };
    return true;
}

/* Somebody who tries the demonstration can be the operator. */
static bool lend_link(struct scene *s, struct str passphrase, struct err *err)
{
    struct subject operator;
    struct str token;

    return latest_link(s, &token, &operator, err) &&
                   store_exec(s->tx, &sql_demo_link,
                              BINDS(bind_text("link", token), bind_text("passphrase", passphrase),
                                    bind_int("case_id", s->site.c.id)),
                              NULL, err)
               ? true
               : PASS(err);
}

static bool operator_does(struct scene *s, struct err *err)
{
    const struct casework *w = s->stage->casework;
    const struct demo_site *site = s->actor->site;
    struct str token, passphrase;
    struct subject operator;

    if (!latest_link(s, &token, &operator, err))
        return PASS(err);
    switch (s->beat->act) {
    case SITE_NAMES_CONTACT:
        return operator_name_contact(s->tx, &operator, & s->site, str_from_z(site->security),
                                     STR("情報システム係"), s->at, s->arena, err);
    case SITE_PROTECTS:
        return operator_agree_encryption(w, s->tx, &operator, & s->site, STR(ENCRYPTION_PASSPHRASE),
                                         STR_NONE, STR_NONE, s->at, s->arena, &passphrase, err) &&
               lend_link(s, passphrase, err);
    case SITE_RECEIVES:
        return operator_confirm_receipt(s->tx, &operator, & s->site, s->at, s->arena, err);
    case SITE_AFFECTED:
        return operator_report_result(
            s->tx, &operator, & s->site, STR("AFFECTED"),
            STR("ご指摘のとおりであることを確認しました。委託先とともに修正します。"), s->at,
            s->arena, err);
    case SITE_ASKS:
        return website_say(
            w, s->tx, &operator, & s->site, THREAD_OPERATOR,
            STR("修正が終わるまでの間、該当する検索機能を止めておくべきでしょうか。"), s->at,
            s->arena, err);
    default:
        return operator_report_fix(
            s->tx, &operator, & s->site,
            &(struct operator_fix){ .number = s->site.handling_number,
                                    .url = str_from_z(site->url),
                                    .words = STR("入力された文字列を検査するようにしました。"),
                                    .kind = STR("PLAIN") },
            s->at, s->arena, err);
    }
}

/* ---- the receiving body ---- */

bool act_of_website(struct scene *s, struct err *err)
{
    const struct casework *w = s->stage->casework;
    const struct demo_site *site = s->actor->site;
    const struct website_contact contact = { str_from_z(site->contact), str_from_z(site->kind),
                                             LANG_JA };

    switch (s->beat->act) {
    case SITE_ACCEPT:
        return case_assign(s->tx, scene_rb(s), &s->site.c, scene_rb(s)->account_id, s->at, s->arena,
                           err) &&
               website_accept(s->tx, scene_rb(s), &s->site, true, true, s->at, s->arena, err);
    case SITE_FIRST_MAIL:
        return website_send_stage1(w, s->tx, scene_rb(s), &s->site, &contact, s->at, s->arena,
                                   err) &&
               lend_link(s, STR_NONE, err);
    case SITE_SECOND_MAIL:
        return website_send_stage2(w, s->tx, scene_rb(s), &s->site, s->at, s->arena, err) &&
               lend_link(s, STR_NONE, err);
    case SITE_DETAILS:
        return website_send_stage3(w, s->tx, scene_rb(s), &s->site,
                                   arena_printf(s->arena, "%s。%s", s->actor->topic.weakness->ja,
                                                s->actor->topic.weakness->impact_ja),
                                   s->at, s->arena, err) &&
               lend_link(s, STR_NONE, err);
    default:
        return operator_does(s, err);
    }
}
