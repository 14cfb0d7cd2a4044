#include "faces/desk/connections/hooks.h"

#include "base/buf.h"
#include "base/err.h"
#include "domain/access/hook.h"
#include "faces/desk/connections/connections.html.h"
#include "faces/desk/context.h"
#include "faces/desk/door.h"
#include "faces/desk/frame.h"
#include <string.h>

enum { EVENTS_TEXT_MAX = 2000, DELIVERIES_SHOWN = 100 };

/* clang-format off */
static const struct {
    const char *subject, *field, *words;
} why_not[] = {
    { "url",    "url",    N_("Please enter an address that begins with https:// and names a machine of the internet, without a port.") },
    { "events", "events", N_("Please choose at least one kind of event.") },
    { "hooks",  "url",    N_("Your organisation has as many webhooks as anybody may have. Please remove one first.") },
};
static const struct done done_rows[] = {
    { "tested",  N_("A test is on its way. Reload this page in a moment to see what came back."), TONE_GOOD },
    { "again",   N_("It is sent again now."), TONE_GOOD },
    { "paused",  N_("Nothing is sent there until you set it going again."), TONE_GOOD },
    { "resumed", N_("It is set going again; what waited goes out now."), TONE_GOOD },
};
/* clang-format on */

static struct str href_of(struct request *req, struct str public_id, const char *rest)
{
    return arena_printf(req->arena, "/connections/hooks/%.*s%s", STR_ARG(public_id), rest);
}

/* clang-format off */
static const struct sheet_column columns[] = {
    SHEET_FIELD("address", struct hook_line, url, N_("Address")),
    SHEET_CODED("events", struct hook_line, events, events_code, N_("Events")),
    SHEET_CODED("since", struct hook_line, since, since_code, N_("Since")),
    SHEET_FIELD("to_be_sent", struct hook_line, waiting, N_("To be sent")),
    SHEET_CODED("state", struct hook_line, state, state_code, N_("State")),
};
static const struct sheet_column delivery_columns[] = {
    SHEET_CODED("at", struct delivery_line, at, at_code, N_("When")),
    SHEET_FIELD("event", struct delivery_line, kind, N_("Event")),
    SHEET_FIELD("case", struct delivery_line, number, N_("Case")),
    SHEET_CODED("state", struct delivery_line, state, state_code, N_("State")),
    SHEET_FIELD("attempts", struct delivery_line, attempts, N_("Attempts")),
    SHEET_CODED("last_attempt_at", struct delivery_line, tried, tried_code, N_("Last attempt")),
    SHEET_FIELD("came_back", struct delivery_line, words, N_("What came back")),
};
/* clang-format on */

static struct str state_code(const struct hook *hook)
{
    return hook->paused_at.ms ? STR("paused") : hook->failures > 0 ? STR("failing") : STR("in_use");
}

static struct tag_view state_of(const struct request *req, const struct hook *hook)
{
    if (hook->paused_at.ms)
        return (struct tag_view){ say(req, N_("Paused")), TONE_BAD };
    if (hook->failures > 0)
        return (struct tag_view){ say(req, N_("Not reached at the moment")), TONE_WARN };
    return (struct tag_view){ say(req, N_("In use")), TONE_GOOD };
}

/* The chosen groups in words, one a line. */
static struct str events_in_words(struct request *req, struct str events)
{
    struct buf buf = buf_new(req->arena, EVENTS_TEXT_MAX);
    struct str rest = events, name;

    while (rest.len > 0 && str_split(&rest, ' ', &name)) {
        for (const struct hook_event *e = hook_events; e->name; e++) {
            if (!str_eq_z(name, e->name))
                continue;
            if (buf.len > 0)
                buf_byte(&buf, '\n');
            buf_add(&buf, say(req, e->words));
        }
    }
    return buf_str(&buf);
}

bool hooks_fill(struct request *req, struct tx *tx, struct connections_view *v, struct err *err)
{
    struct hook_rows hooks;

    if (!has_role(req, ROLE_PM))
        return true;
    if (!hook_list(tx, desk_of(req)->vault, who_of(req), req->arena, &hooks, err))
        return PASS(err);
    v->has_hooks = true;
    for (size_t i = 0; i < hooks.len; i++) {
        const struct hook *hook = &hooks.at[i];

        VEC_PUSH(req->arena, &v->hooks,
                 (struct hook_line){ .url = hook->url,
                                     .href = href_of(req, hook->public_id, ""),
                                     .events = events_in_words(req, hook->events),
                                     .since = tr_date(req->arena, req->lang, hook->created_at),
                                     .waiting = hook->waiting,
                                     .state = state_of(req, hook),
                                     .events_code = hook->events,
                                     .since_code = utc_iso(req->arena, hook->created_at),
                                     .state_code = state_code(hook) });
    }
    v->hooks_file = (struct sheet_links){ STR("/connections/hooks?format=csv"),
                                          STR("/connections/hooks?format=json") };
    v->no_hooks = (struct empty_view){ .title = say(req, N_("There is no webhook yet")) };
    v->add = (struct act){ .label = say(req, N_("Add a webhook")),
                           .href = STR("/connections/hooks/new"),
                           .look = LOOK_GO };
    return true;
}

/* The webhooks as a file; people see them among the connections. */
bool hooks_show(struct request *req, struct response *res, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct connections_view v = { 0 };
    enum sheet_format format;

    if (!sheet_asked(req, &format, err))
        return PASS(err);
    if (format == SHEET_PAGE)
        return frame_go(req, res, STR("/connections"));
    return tx_begin(desk_of(req)->store, TX_READ, &tx, err) && hooks_fill(req, tx, &v, err) &&
                   sheet_send(req, res, format, SHEET("webhooks", columns, v.hooks), false, err)
               ? true
               : PASS(err);
}

/* ---- a new one ---- */

static bool is_chosen(const struct request *req, const char *name)
{
    for (size_t i = 0; i < request_form_count(req, "events"); i++) {
        if (str_eq_z(request_form_nth(req, "events", i), name))
            return true;
    }
    return req->method == METHOD_GET;
}

static bool show_form(struct request *req, struct response *res, const struct err *fault,
                      struct err *err)
{
    struct form_view form = {
        .title = say(req, N_("Add a webhook")),
        .intro = say(
            req,
            N_("Each call is signed with a secret that is shown once, so that your program can tell ours from a stranger's. Redirects are not followed.")),
        .href = STR("/connections/hooks"),
        .verb = say(req, N_("Add it and show the secret once"))
    };
    struct form_group *group = form_group(req, &form, NULL, NULL);
    struct field_view *f = form_field(req, group, FIELD_URL, "url", N_("Address"),
                                      N_("Example: https://tracker.example.jp/hooks/noroshi"));

    f->required = true;
    f = form_field(req, group, FIELD_CHECKS, "events", N_("Events"), NULL);
    f->required = true;
    for (const struct hook_event *e = hook_events; e->name; e++)
        form_choice(req, f, str_from_z(e->name), say(req, e->words), is_chosen(req, e->name));
    form_link(req, &form, N_("Back to the connections"), STR("/connections"));
    for (size_t i = 0; fault && i < COUNT(why_not); i++) {
        if (strcmp(why_not[i].subject, fault->subject) == 0)
            form_tell(req, &form, why_not[i].field, why_not[i].words);
    }
    return form_send(req, res, &form, err);
}

bool hook_new_show(struct request *req, struct response *res, struct err *err)
{
    return !door_is_fresh(req, res, STR("/connections/hooks/new")) ||
           show_form(req, res, NULL, err);
}

static struct str chosen_events(const struct request *req)
{
    struct buf buf = buf_new(req->arena, EVENTS_TEXT_MAX);

    for (size_t i = 0; i < request_form_count(req, "events"); i++) {
        if (i > 0)
            buf_byte(&buf, ' ');
        buf_add(&buf, request_form_nth(req, "events", i));
    }
    return buf_str(&buf);
}

static bool make(struct request *req, struct str *secret, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    const struct desk *desk = desk_of(req);
    struct hook_new values = { .url = str_trim(request_form(req, "url")),
                               .events = chosen_events(req),
                               .private_ok = desk->settings->webhooks_private };

    return tx_begin(desk->store, TX_WRITE, &tx, err) &&
                   hook_make(&(struct deed){ tx, who_of(req), req->now, req->arena }, desk->vault,
                             &values, secret, err) &&
                   tx_commit(&tx, err)
               ? true
               : PASS(err);
}

bool hook_new_post(struct request *req, struct response *res, struct err *err)
{
    struct secret_view v = {
        .title = say(req, N_("The secret of your webhook")),
        .why = say(
            req,
            N_("This is the only time it is shown: give it to your program now. With it your program checks that a call comes from here.")),
        .example = STR("webhook-id: ID\nwebhook-timestamp: SECONDS\n"
                       "webhook-signature: v1,BASE64(HMAC-SHA256(SECRET, ID.SECONDS.BODY))"),
        .back = { say(req, N_("Back to the connections")), STR("/connections") }
    };
    struct frame frame = { .title = v.title, .is_narrow = true };
    struct page *body = frame_page(req);
    struct err why = { 0 };

    if (!door_is_fresh(req, res, STR("/connections/hooks/new")))
        return true;
    if (!make(req, &v.secret, &why)) {
        if (why.code == ERR_INPUT)
            return show_form(req, res, &why, err);
        *err = why;
        return PASS(err);
    }
    secret_page(body, &v);
    return frame_send(req, res, body, &frame, err);
}

/* ---- one of them ---- */

/* clang-format off */
static const struct {
    const char *code, *words;
    enum tone tone;
} delivery_states[] = {
    [HOOK_QUEUED] = { "queued",   N_("To be sent"), TONE_NEUTRAL },
    [HOOK_SENT] =   { "taken",    N_("Taken"),      TONE_GOOD },
    [HOOK_FAILED] = { "given_up", N_("Given up"),   TONE_BAD },
};
/* clang-format on */

static void fill_deliveries(struct request *req, const struct hook *hook,
                            const struct hook_deliveries *told, struct hook_view *v)
{
    for (size_t i = 0; i < told->len; i++) {
        const struct hook_delivery *d = &told->at[i];
        struct delivery_line line = {
            .kind = d->kind,
            .number = d->case_number,
            .at = tr_short_instant(req->arena, req->lang, d->at),
            .tried =
                d->tried_at.ms ? tr_short_instant(req->arena, req->lang, d->tried_at) : STR("—"),
            .attempts = d->attempts,
            .words = d->words.len > 0 ? d->words : STR("—"),
            .state = { say(req, delivery_states[d->state].words), delivery_states[d->state].tone },
            .at_code = utc_iso(req->arena, d->at),
            .tried_code = d->tried_at.ms ? utc_iso(req->arena, d->tried_at) : STR_NONE,
            .state_code = str_from_z(delivery_states[d->state].code),
        };

        if (d->case_public_id.len > 0)
            line.href = arena_printf(req->arena, "/cases/%.*s", STR_ARG(d->case_public_id));
        if (d->state != HOOK_QUEUED)
            line.again_href =
                arena_printf(req->arena, "/connections/hooks/%.*s/deliveries/%.*s/again",
                             STR_ARG(hook->public_id), STR_ARG(d->public_id));
        VEC_PUSH(req->arena, &v->deliveries, line);
    }
    v->file = sheet_links(req);
    v->nothing = (struct empty_view){ .title = say(req, N_("Nothing has happened yet")) };
}

static void fill_hook(struct request *req, const struct hook *hook, struct hook_view *v)
{
    VEC_PUSH(req->arena, &v->facts,
             (struct fact){ .name = say(req, N_("Address")), .value = hook->url, .is_code = true });
    VEC_PUSH(req->arena, &v->facts,
             (struct fact){ .name = say(req, N_("State")), .tag = state_of(req, hook) });
    VEC_PUSH(req->arena, &v->facts,
             (struct fact){ .name = say(req, N_("Events")),
                            .value = events_in_words(req, hook->events) });
    if (hook->paused_at.ms && hook->failures > 0)
        v->note = (struct note_view){
            TONE_BAD, say(req, N_("Paused after repeated failures.")),
            say(req,
                N_("Please see below what came back, mend it, and set the webhook going again. What was given up can be sent again."))
        };
    VEC_PUSH(req->arena, &v->acts,
             hook->paused_at.ms ? (struct act){ .label = say(req, N_("Set it going again")),
                                                .href = href_of(req, hook->public_id, "/resume"),
                                                .look = LOOK_GO,
                                                .posts = true }
                                : (struct act){ .label = say(req, N_("Pause it")),
                                                .href = href_of(req, hook->public_id, "/pause"),
                                                .posts = true });
    VEC_PUSH(req->arena, &v->acts,
             (struct act){ .label = say(req, N_("Send a test")),
                           .href = href_of(req, hook->public_id, "/test"),
                           .posts = true });
    VEC_PUSH(req->arena, &v->acts,
             (struct act){ .label = say(req, N_("Remove it")),
                           .href = href_of(req, hook->public_id, "/end"),
                           .look = LOOK_BAD });
}

static bool load(struct request *req, struct tx *tx, struct hook *out, struct err *err)
{
    return hook_load(tx, desk_of(req)->vault, who_of(req), request_path(req, "hook"), req->arena,
                     out, err)
               ? true
               : PASS(err);
}

bool hook_show(struct request *req, struct response *res, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct frame frame = { .title = say(req, N_("Webhook")) };
    struct page *body = frame_page(req);
    struct hook_view v = { 0 };
    struct hook_deliveries told;
    enum sheet_format format;
    struct hook hook;
    bool has_more;

    if (!sheet_asked(req, &format, err) || !tx_begin(desk_of(req)->store, TX_READ, &tx, err) ||
        !load(req, tx, &hook, err) ||
        !hook_told(tx, &hook, sheet_rows(format, DELIVERIES_SHOWN) + 1, req->arena, &told, err))
        return PASS(err);
    has_more = (int64_t)told.len > sheet_rows(format, DELIVERIES_SHOWN);
    told.len -= has_more;
    fill_deliveries(req, &hook, &told, &v);
    if (format != SHEET_PAGE)
        return sheet_send(req, res, format, SHEET("deliveries", delivery_columns, v.deliveries),
                          has_more, err)
                   ? true
                   : PASS(err);
    if (has_more)
        v.newest = tr_fill(req->arena, req->lang,
                           N_("The newest {count} are shown here; the file has them all."),
                           TR_ARGS({ "count", tr_number(req->arena, DELIVERIES_SHOWN) }));
    fill_hook(req, &hook, &v);
    frame_crumb(req, &frame, N_("Connections"), STR("/connections"));
    frame_crumb(req, &frame, N_("Webhook"), STR_NONE);
    frame_done(req, &frame, done_rows, COUNT(done_rows));
    hook_page(body, &v);
    return frame_send(req, res, body, &frame, err);
}

/* ---- what is pressed ---- */

typedef bool hook_act(const struct deed *deed, const struct hook *hook, struct err *err);

static bool carry_out(struct request *req, struct response *res, hook_act *deed_of,
                      const char *done, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct hook hook;

    if (!tx_begin(desk_of(req)->store, TX_WRITE, &tx, err) || !load(req, tx, &hook, err) ||
        !deed_of(&(struct deed){ tx, who_of(req), req->now, req->arena }, &hook, err) ||
        !tx_commit(&tx, err))
        return PASS(err);
    return frame_go(
        req, res,
        arena_printf(req->arena, "%.*s?done=%s", STR_ARG(href_of(req, hook.public_id, "")), done));
}

bool hook_test_post(struct request *req, struct response *res, struct err *err)
{
    return carry_out(req, res, hook_test, "tested", err);
}

bool hook_pause_post(struct request *req, struct response *res, struct err *err)
{
    return carry_out(req, res, hook_pause, "paused", err);
}

bool hook_resume_post(struct request *req, struct response *res, struct err *err)
{
    return carry_out(req, res, hook_resume, "resumed", err);
}

bool hook_again_post(struct request *req, struct response *res, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct hook hook;

    if (!tx_begin(desk_of(req)->store, TX_WRITE, &tx, err) || !load(req, tx, &hook, err) ||
        !hook_again(&(struct deed){ tx, who_of(req), req->now, req->arena }, &hook,
                    request_path(req, "delivery"), err) ||
        !tx_commit(&tx, err))
        return PASS(err);
    return frame_go(req, res, href_of(req, hook.public_id, "?done=again"));
}

bool hook_end_show(struct request *req, struct response *res, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct confirm_view v = { .title = say(req, N_("Remove this webhook?")),
                              .verb = say(req, N_("Remove the webhook")),
                              .is_dangerous = true };
    struct frame frame = { .title = v.title, .is_narrow = true };
    struct page *body = frame_page(req);
    struct hook hook;

    if (!tx_begin(desk_of(req)->store, TX_READ, &tx, err) || !load(req, tx, &hook, err))
        return PASS(err);
    v.href = href_of(req, hook.public_id, "/end");
    v.back_href = href_of(req, hook.public_id, "");
    VEC_PUSH(req->arena, &v.consequences,
             tr_fill(req->arena, req->lang, N_("{url} is called no more."),
                     TR_ARGS({ "url", hook.url })));
    VEC_PUSH(req->arena, &v.consequences,
             say(req, N_("What still waits for it is not sent, and its secret is deleted.")));
    question_page(body, &v);
    return frame_send(req, res, body, &frame, err);
}

bool hook_end_post(struct request *req, struct response *res, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct hook hook;

    if (!tx_begin(desk_of(req)->store, TX_WRITE, &tx, err) || !load(req, tx, &hook, err) ||
        !hook_end(&(struct deed){ tx, who_of(req), req->now, req->arena }, &hook, err) ||
        !tx_commit(&tx, err))
        return PASS(err);
    return frame_go(req, res, STR("/connections?done=hook_ended"));
}
