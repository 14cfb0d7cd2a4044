/* One developer: what is known of it, how far its registration is, and the buttons its life allows this reader now. */
#include "faces/desk/access/entry.h"

#include "base/err.h"
#include "domain/access/account.h"
#include "faces/desk/access/entry.html.h"
#include "faces/desk/access/events.h"
#include "faces/desk/access/pages.h"
#include "faces/desk/context.h"
#include "faces/desk/frame.h"
#include "faces/http/respond.h"

enum { EVENTS_SHOWN = 30 };

/* clang-format off */
static const struct done done_rows[] = {
    { "added", N_("The developer has been added to the list. Nobody there has been told."), TONE_GOOD },
    { "saved", N_("The entry has been saved."), TONE_GOOD },
    { "step", N_("The step has been recorded."), TONE_GOOD },
    { "handling", N_("It has been recorded. Nothing has been sent to the developer."), TONE_GOOD },
    { "prepared", N_("The preparations have been recorded."), TONE_GOOD },
    { "invited", N_("An invitation is on its way by mail. It holds for 72 hours and works once."), TONE_GOOD },
};
/* clang-format on */

bool place_find(struct request *req, struct tx *tx, bool is_own, struct place *out, struct err *err)
{
    const struct subject *who = who_of(req);

    *out = (struct place){ .is_own = is_own, .href = STR("/organisation") };
    if (is_own ? !organisation_by_id(tx, who->organisation_id, req->arena, &out->organisation, err)
               : !organisation_by_public_id(tx, request_path(req, "id"), req->arena,
                                            &out->organisation, err))
        return PASS(err);
    if (!out->organisation)
        return FAIL(err, ABSENT, STR("organisation"));
    if (!is_own)
        out->href =
            arena_printf(req->arena, "/developers/%.*s", STR_ARG(out->organisation->public_id));
    {
        bool is_developer = str_eq_z(out->organisation->values.kind, "PD");

        out->may_edit =
            is_own || (is_developer ? (who->roles & ROLE_CB) : (who->roles & ROLE_ADMIN)) != 0;
        out->may_invite =
            account_roles_to_give(who, out->organisation->values.kind, out->organisation->id) != 0;
    }
    return true;
}

/* ---- what is shown ---- */
static void add_fact(struct request *req, struct fact_list *list, const char *name,
                     struct str value)
{
    VEC_PUSH(req->arena, list,
             (struct fact){ .name = say(req, name), .value = value.len ? value : STR("–") });
}

static struct str date_or_none(struct request *req, struct utc t)
{
    return t.ms ? tr_date(req->arena, req->lang, t) : STR_NONE;
}

static void tell_contact(struct request *req, const struct organisation_values *values,
                         struct fact_list *out)
{
    static const struct {
        const char *value, *words;
    } languages[] = { { "ja", N_("Japanese") },
                      { "en", N_("English") },
                      { "ja en", N_("Japanese or English") },
                      { "en ja", N_("Japanese or English") } };

    add_fact(req, out, N_("Mail address of the window"), values->window_email);
    add_fact(req, out, N_("Telephone number of the window"), values->window_phone);
    add_fact(req, out, N_("Postal address"), values->postal_address);
    for (size_t i = 0; i < COUNT(languages); i++) {
        if (str_eq_z(values->languages, languages[i].value))
            add_fact(req, out, N_("Languages of correspondence"), say(req, languages[i].words));
    }
    add_fact(req, out, N_("Web site"), values->url);
    if (values->url.len > 0 && html_is_safe_url(values->url))
        out->at[out->len - 1].href = values->url;
}

/* Nothing that the bodies keep from it: what it does itself once it is told. */
static void tell_policy(struct request *req, const struct organisation_values *values, bool is_own,
                        struct fact_list *out)
{
    if (values->discloses_after_days > 0 || is_own)
        add_fact(req, out,
                 is_own ? N_("Days after which you publish by yourselves")
                        : N_("Days after which it publishes by itself"),
                 values->discloses_after_days > 0
                     ? tr_number(req->arena, values->discloses_after_days)
                     : STR_NONE);
    if (values->reports_to.len > 0 || is_own)
        add_fact(req, out, is_own ? N_("Whom you must report to") : N_("Must report to"),
                 values->reports_to);
}

static void tell_registration(struct request *req, const struct organisation *organisation,
                              struct fact_list *out)
{
    add_fact(req, out, N_("Added to the list"), date_or_none(req, organisation->created_at));
    add_fact(req, out, N_("Identity checked"),
             organisation->identity_checked_at.ms
                 ? arena_printf(
                       req->arena, "%.*s\n%.*s",
                       STR_ARG(tr_date(req->arena, req->lang, organisation->identity_checked_at)),
                       STR_ARG(organisation->identity_checked_how))
                 : STR_NONE);
    add_fact(req, out, N_("Agreed to the terms"),
             organisation->terms_agreed_at.ms
                 ? tr_fill(req->arena, req->lang, N_("{date}, version {version}"),
                           TR_ARGS({ "date", tr_date(req->arena, req->lang,
                                                     organisation->terms_agreed_at) },
                                   { "version", organisation->terms_version }))
                 : STR_NONE);
    add_fact(req, out, N_("Rule and guideline read"),
             date_or_none(req, organisation->guideline_read_at));
    add_fact(req, out, N_("Rules for handling information set"),
             date_or_none(req, organisation->handling_rules_at));
    add_fact(req, out, N_("Protected communication"),
             str_eq_z(organisation->protection, "PGP") ? say(req, N_("encrypted mail (PGP)"))
             : str_eq_z(organisation->protection, "DESK")
                 ? say(req, N_("reading at the desk alone; mails carry no content"))
                 : STR_NONE);
}

static void tell_steps(struct request *req, enum registration_state state, struct steps_view *out)
{
    for (int i = REGISTRATION_LISTED; i <= REGISTRATION_REGISTERED; i++)
        VEC_PUSH(req->arena, &out->steps,
                 say(req, registration_state_words((enum registration_state)i)));
    out->now =
        state >= REGISTRATION_REGISTERED ? out->steps.len : (size_t)(state - REGISTRATION_LISTED);
}

/* The fields a step asks for. */
static void ask(struct request *req, const struct place *place, enum registration_event event,
                struct form_view *form)
{
    struct form_group *group = form_group(req, form, NULL, NULL);
    struct field_view *field;

    form_field(req, group, FIELD_HIDDEN, "event", NULL, NULL)->value =
        str_from_z(registration_life.events[event]);
    if (event == STEP_IDENTIFY) {
        field = form_field(
            req, group, FIELD_TEXTAREA, "note", N_("How the identity was checked"),
            N_("For example: called back at the switchboard's number of the official web site."));
        field->rows = 3;
        field->required = true;
    } else if (event == STEP_SUSPEND) {
        field = form_field(req, group, FIELD_TEXTAREA, "note", N_("Reason"),
                           N_("It is kept; nothing is sent to the developer."));
        field->rows = 3;
        field->required = true;
    } else if (event == STEP_AGREE) {
        field = form_field(req, group, FIELD_TEXT, "terms_version",
                           N_("Version of the registration terms"), NULL);
        field->value = desk_of(req)->settings->terms_version;
        field->is_bare = true;
        field->is_read_only =
            place
                ->is_own; /* a developer agrees to the terms in force; CB may record an older paper */
    }
    /* Two forms of one page may ask for the same name. */
    for (size_t i = 0; i < group->fields.len; i++)
        group->fields.at[i].id =
            arena_printf(req->arena, "%s-%.*s", registration_life.events[event],
                         STR_ARG(group->fields.at[i].name));
}

/* A form for each step that the life's table has for this state and these roles; what keeps it from being pressed is said. */
static bool tell_step_forms(struct request *req, struct tx *tx, const struct place *place,
                            struct entry_view *view, struct err *err)
{
    const struct organisation *organisation = place->organisation;
    struct registration_facts facts;

    if (!organisation_facts(tx, organisation, NULL, req->now, &facts, err))
        return PASS(err);
    for (int event = 0; event < REGISTRATION_EVENTS; event++) {
        struct step_form one = { 0 };
        struct err why = { 0 };
        int to;
        bool can = life_next(&registration_life, organisation->state, who_of(req)->roles, event,
                             &facts, &to, &why);

        /* Inviting is done by naming a person. */
        if (event == STEP_INVITE || (!can && why.code != ERR_NOT_READY))
            continue;
        one.form.title = say(req, registration_event_words((enum registration_event)event));
        one.form.verb = one.form.title;
        one.form.href = arena_printf(req->arena, "%.*s/steps", STR_ARG(place->href));
        one.form.is_dangerous = event == STEP_SUSPEND;
        if (!can)
            one.hint = say(req, registration_guard_words(str_from_z(why.subject)));
        if (place->is_own && event == STEP_AGREE)
            one.form.title = one.form.verb = say(req, N_("Agree to the registration terms"));
        one.is_open = can && !one.form.is_dangerous;
        ask(req, place, (enum registration_event)event, &one.form);
        VEC_PUSH(req->arena, &view->step_forms, one);
    }
    return true;
}

static void tell_preparation(struct request *req, const struct place *place, struct form_view *form)
{
    const struct organisation *organisation = place->organisation;
    struct form_group *group;
    struct field_view *field;

    form->title = say(req, N_("Preparations for the registration"));
    form->intro = say(
        req,
        N_("A developer reads the rule and the guideline, names a manager, sets rules for handling information, and prepares protected communication."));
    form->href = arena_printf(req->arena, "%.*s/preparation", STR_ARG(place->href));
    form->verb = say(req, N_("Record the preparations"));
    group = form_group(req, form, NULL, NULL);
    field = form_field(req, group, FIELD_CHECK, "guideline_read",
                       N_("The rule and the guideline have been read"), NULL);
    field->is_bare = true;
    field->value = organisation->guideline_read_at.ms ? STR("1") : STR_NONE;
    field = form_field(req, group, FIELD_CHECK, "handling_rules",
                       N_("A manager is named, and rules for handling information are set"), NULL);
    field->is_bare = true;
    field->value = organisation->handling_rules_at.ms ? STR("1") : STR_NONE;
    field = form_field(req, group, FIELD_RADIO, "protection", N_("Protected communication"), NULL);
    field->is_bare = true;
    form_choice(req, field, STR("PGP"),
                say(req, N_("Encrypted mail: the manager uploads a PGP key in the settings")),
                str_eq_z(organisation->protection, "PGP"));
    form_choice(
        req, field, STR("DESK"),
        say(req, N_("Reading at the desk alone: mails say only that there is something to read")),
        str_eq_z(organisation->protection, "DESK"));
}

static void tell_contact_changes(struct request *req, const struct contact_changes *changes,
                                 struct entry_view *view)
{
    for (size_t i = 0; i < changes->len; i++) {
        const struct contact_change *change = &changes->at[i];

        VEC_PUSH(req->arena, &view->contact_changes,
                 (struct contact_row){
                     tr_short_instant(req->arena, req->lang, change->at), change->actor_name,
                     say(req, contact_field_words(change->field)), change->before, change->after });
    }
}

static void tell_acts(struct request *req, const struct place *place, struct entry_view *view)
{
    bool is_next =
        place->organisation->state == REGISTRATION_LISTED; /* else another step is expected first */

    if (place->may_invite)
        VEC_PUSH(
            req->arena, &view->acts,
            (struct act){ .label = say(req, N_("Invite a person")),
                          .href = arena_printf(req->arena, "%.*s/people/new", STR_ARG(place->href)),
                          .look = is_next ? LOOK_GO : LOOK_PLAIN });
    if (place->may_edit)
        VEC_PUSH(req->arena, &view->acts,
                 (struct act){
                     .label = say(req, place->is_own
                                           ? N_("Change the window, the products and the policy")
                                           : N_("Edit the entry")),
                     .href = arena_printf(req->arena, "%.*s/edit", STR_ARG(place->href)) });
}

static bool show(struct request *req, struct response *res, bool is_own, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct entry_view view = { 0 };
    struct contact_changes changes = { 0 };
    struct access_events events = { 0 };
    struct organisation_products products = { 0 };
    struct page *body = frame_page(req);
    struct frame frame = { 0 };
    struct place place;
    const struct organisation *o;
    bool is_developer;

    if (!tx_begin(desk_of(req)->store, TX_READ, &tx, err) ||
        !place_find(req, tx, is_own, &place, err))
        return PASS(err);
    o = place.organisation;
    is_developer = str_eq_z(o->values.kind, "PD");
    if (!organisation_contact_changes(tx, o->id, req->arena, &changes, err) ||
        !organisation_products(tx, o->id, req->arena, &products, err) ||
        !access_events(tx, 0, o->id, EVENTS_SHOWN, req->arena, &events, err) ||
        (is_developer && (!tell_step_forms(req, tx, &place, &view, err) ||
                          !handling_tell(req, tx, &place, &view, err))))
        return PASS(err);
    view.title = organisation_title(req, o->values.name_ja, o->values.name_en);
    view.other_name = str_eq(view.title, o->values.name_ja) ? o->values.name_en : o->values.name_ja;
    view.state = registration_tag(req, o->state);
    if (!is_own)
        view.left_out = left_out_tag(req, o->handling_suspended);
    if (is_developer) {
        tell_steps(req, o->state, &view.steps);
        tell_registration(req, o, &view.registration);
        if (place.may_edit)
            tell_preparation(req, &place, &view.preparation);
        view.preparation_is_open = is_own && o->state < REGISTRATION_REGISTERED &&
                                   (!o->guideline_read_at.ms || !o->protection.len);
    }
    tell_contact(req, &o->values, &view.contact);
    if (is_developer)
        tell_policy(req, &o->values, is_own, &view.contact);
    tell_acts(req, &place, &view);
    for (size_t i = 0; i < products.len; i++)
        VEC_PUSH(req->arena, &view.products, products.at[i]);
    people_tell(req, tx, o->id, has_role(req, ROLE_ADMIN), &view.people);
    tell_contact_changes(req, &changes, &view);
    events_tell(req, &events, &view.events);
    if (!is_own)
        view.note = o->values.note; /* the bodies' own */
    frame.title = view.title;
    if (!is_own && is_developer)
        frame_crumb(req, &frame, N_("Developer list"), STR("/developers"));
    else if (!is_own)
        frame_crumb(req, &frame, N_("People"), STR("/people"));
    if (!is_own)
        VEC_PUSH(req->arena, &frame.crumbs, (struct crumb){ view.title, STR_NONE });
    frame_done(req, &frame, done_rows, COUNT(done_rows));
    entry_page(body, &view);
    return frame_send(req, res, body, &frame, err);
}

bool entry_show(struct request *req, struct response *res, struct err *err)
{
    return show(req, res, false, err);
}

bool own_show(struct request *req, struct response *res, struct err *err)
{
    return show(req, res, true, err);
}

/* ---- steps and preparations ---- */
static struct str typed(const struct request *req, const char *name)
{
    struct str sent = request_form(req, name);

    return sent.ptr ? str_trim(sent) : STR("");
}

static bool step(struct request *req, struct response *res, bool is_own, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct place place;
    int event = life_event(&registration_life, request_form(req, "event"));
    struct registration_step asked = { (enum registration_event)event, typed(req, "note"),
                                       typed(req, "terms_version") };
    struct err why = { 0 };

    if (event < 0 || event == STEP_LIST || event == STEP_INVITE)
        return FAIL(err, INPUT, STR("event"));
    if (is_own)
        asked.terms_version = desk_of(req)->settings->terms_version;
    if (str_code_points(asked.note) > ORGANISATION_TEXT_MAX ||
        str_code_points(asked.terms_version) > 40)
        return FAIL(err, TOO_LARGE, STR("note"));
    if (!tx_begin(desk_of(req)->store, TX_WRITE, &tx, err) ||
        !place_find(req, tx, is_own, &place, err))
        return PASS(err);
    if (!organisation_step(&(struct deed){ tx, who_of(req), req->now, req->arena },
                           place.organisation->id, &asked, &why)) {
        /* The guard's own name is said in the reader's words. */
        if (why.code == ERR_NOT_READY)
            return FAIL(err, NOT_READY,
                        say(req, registration_guard_words(str_from_z(why.subject))));
        *err = why;
        return PASS(err);
    }
    if (!tx_commit(&tx, err))
        return PASS(err);
    return frame_go(req, res, arena_printf(req->arena, "%.*s?done=step", STR_ARG(place.href)));
}

bool entry_step(struct request *req, struct response *res, struct err *err)
{
    return step(req, res, false, err);
}

bool own_step(struct request *req, struct response *res, struct err *err)
{
    return step(req, res, true, err);
}

static bool prepare(struct request *req, struct response *res, bool is_own, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct place place;
    struct registration_preparation preparation = { request_form(req, "guideline_read").len > 0,
                                                    request_form(req, "handling_rules").len > 0,
                                                    typed(req, "protection") };

    if (!tx_begin(desk_of(req)->store, TX_WRITE, &tx, err) ||
        !place_find(req, tx, is_own, &place, err) ||
        !organisation_prepare(&(struct deed){ tx, who_of(req), req->now, req->arena },
                              place.organisation->id, &preparation, err) ||
        !tx_commit(&tx, err))
        return PASS(err);
    return frame_go(req, res, arena_printf(req->arena, "%.*s?done=prepared", STR_ARG(place.href)));
}

bool entry_prepare(struct request *req, struct response *res, struct err *err)
{
    return prepare(req, res, false, err);
}

bool own_prepare(struct request *req, struct response *res, struct err *err)
{
    return prepare(req, res, true, err);
}
