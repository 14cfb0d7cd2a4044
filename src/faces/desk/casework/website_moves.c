/* faces/desk/casework/website_moves.c: what the buttons of a website's case do. The case of a product has none of them. */
#include "base/err.h"
#include "domain/casework/website.h"
#include "faces/desk/casework/moves.h"
#include "faces/desk/casework/scene.h"

static struct str form(const struct request *req, const char *name)
{
    return str_trim(request_form(req, name));
}

static bool open_website(struct request *req, enum tx_kind kind, struct scene *s, struct err *err)
{
    if (!scene_open_report(req, kind, s, err))
        return PASS(err);
    return s->c.is_website ? true : FAIL(err, ABSENT, STR("a website"));
}

#define WHO      who_of(req)
#define CASEWORK &desk_of(req)->casework
#define WEBSITE(name, words)                                                             \
    bool name(struct request *req, struct response *res, struct err *err)                \
    {                                                                                    \
        return scene_carry_out_in(req, res, open_website, name##_deed, report_page_show, \
                                  report_path(req), words, err);                         \
    }

static bool website_stage1_deed(struct request *req, struct scene *s, struct err *err)
{
    struct website_contact contact = { .email = form(req, "email"),
                                       .kind = form(req, "operator_kind"),
                                       .lang = LANG_JA };

    if (!lang_from_code(form(req, "lang"), &contact.lang))
        return FAIL(err, INPUT, STR("lang"));
    return website_send_stage1(CASEWORK, s->tx, WHO, &s->site, &contact, req->now, req->arena, err);
}
WEBSITE(website_stage1, "stage1_sent")

static bool website_stage2_deed(struct request *req, struct scene *s, struct err *err)
{
    return website_send_stage2(CASEWORK, s->tx, WHO, &s->site, req->now, req->arena, err);
}
WEBSITE(website_stage2, "stage2_sent")

static bool website_stage3_deed(struct request *req, struct scene *s, struct err *err)
{
    return website_send_stage3(CASEWORK, s->tx, WHO, &s->site, form(req, "words"), req->now,
                               req->arena, err);
}
WEBSITE(website_stage3, "stage3_sent")

static bool website_reminder_deed(struct request *req, struct scene *s, struct err *err)
{
    return website_remind(CASEWORK, s->tx, WHO, &s->site, req->now, req->arena, err);
}
WEBSITE(website_reminder, "reminded")

static bool website_attempt_deed(struct request *req, struct scene *s, struct err *err)
{
    return website_record_attempt(s->tx, WHO, &s->site, form(req, "channel"), form(req, "result"),
                                  form(req, "words"), req->now, req->arena, err);
}
WEBSITE(website_attempt, "contact_recorded")

static bool website_direct_deed(struct request *req, struct scene *s, struct err *err)
{
    return website_open_direct(CASEWORK, s->tx, WHO, &s->site, req->now, req->arena, err);
}
WEBSITE(website_direct, "direct_opened")

static bool website_not_vulnerable_deed(struct request *req, struct scene *s, struct err *err)
{
    return website_agree_not_vulnerable(s->tx, WHO, &s->site, form(req, "words"), req->now,
                                        req->arena, err);
}
WEBSITE(website_not_vulnerable, "site_ended")

static bool website_end_deed(struct request *req, struct scene *s, struct err *err)
{
    return website_close(s->tx, WHO, &s->site, req->now, req->arena, err);
}
WEBSITE(website_end, "site_closed")

static bool website_unhandleable_deed(struct request *req, struct scene *s, struct err *err)
{
    return website_give_up(s->tx, WHO, &s->site, form(req, "code"), form(req, "words"), req->now,
                           req->arena, err);
}
WEBSITE(website_unhandleable, "site_ended")

static bool website_alert_deed(struct request *req, struct scene *s, struct err *err)
{
    return website_close_by_alert(s->tx, WHO, &s->site, form(req, "alert"), form(req, "words"),
                                  req->now, req->arena, err);
}
WEBSITE(website_alert, "site_ended")

static bool website_say_operator_deed(struct request *req, struct scene *s, struct err *err)
{
    return website_say(CASEWORK, s->tx, WHO, &s->site, THREAD_OPERATOR, form(req, "text"), req->now,
                       req->arena, err);
}
WEBSITE(website_say_operator, "said")
