/* Editing an entry, and inviting somebody there. */
#include "base/err.h"
#include "domain/access/address.h"
#include "domain/access/invitation.h"
#include "faces/desk/access/edit.h"
#include "faces/desk/access/entry.h"
#include "faces/desk/access/pages.h"
#include "faces/desk/context.h"
#include "faces/desk/frame.h"
#include "faces/http/respond.h"

static bool show_edit(struct request *req, struct response *res, const struct place *place,
                      const struct organisation_values *values, const struct form_faults *faults,
                      struct err *err)
{
    struct form_view form = {
        .title = say(req, place->is_own ? N_("Change the window, the products and the policy")
                                        : N_("Edit the entry")),
        .intro = organisation_title(req, place->organisation->values.name_ja,
                                    place->organisation->values.name_en),
        .href = arena_printf(req->arena, "%.*s/edit", STR_ARG(place->href)),
        .verb = say(req, N_("Save")),
    };
    struct form_group *group;

    edit_form(req, &form, values, place->is_own);
    group = &form.groups.at[form.groups.len - 1];
    form_field(req, group, FIELD_HIDDEN, "version", NULL, NULL)->value =
        arena_printf(req->arena, "%lld", (long long)place->organisation->version);
    form_link(req, &form, N_("Back without saving"), place->href);
    if (faults)
        form_tell_faults(req, &form, faults);
    return form_send(req, res, &form, err);
}

static bool edit(struct request *req, struct response *res, bool is_own, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct place place;

    if (!tx_begin(desk_of(req)->store, TX_READ, &tx, err) ||
        !place_find(req, tx, is_own, &place, err))
        return PASS(err);
    if (!place.may_edit)
        return FAIL(err, FORBIDDEN, STR("organisation"));
    return show_edit(req, res, &place, &place.organisation->values, NULL, err);
}

bool entry_edit_show(struct request *req, struct response *res, struct err *err)
{
    return edit(req, res, false, err);
}

bool own_edit_show(struct request *req, struct response *res, struct err *err)
{
    return edit(req, res, true, err);
}

static bool save(struct request *req, struct response *res, bool is_own, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct organisation_values values;
    struct form_faults faults = { 0 };
    struct err why = { 0 };
    struct place place;
    int64_t version;

    if (!str_to_int(request_form(req, "version"), 1, INT64_MAX, &version, err) ||
        !tx_begin(desk_of(req)->store, TX_WRITE, &tx, err) ||
        !place_find(req, tx, is_own, &place, err))
        return PASS(err);
    if (!place.may_edit)
        return FAIL(err, FORBIDDEN, STR("organisation"));
    values = place.organisation->values;
    edit_read(req, &values, is_own);
    organisation_check(&values, req->arena, &faults);
    if (faults.len > 0)
        return show_edit(req, res, &place, &values, &faults, err);
    if (!organisation_edit(&(struct deed){ tx, who_of(req), req->now, req->arena },
                           place.organisation->id, version, &values, &why)) {
        if (why.code != ERR_CHANGED_MEANWHILE) {
            *err = why;
            return PASS(err);
        }
        VEC_PUSH(
            req->arena, &faults,
            (struct form_fault){
                "",
                N_("Somebody else has changed this entry meanwhile. What you typed stands below; saving it again replaces their change.") });
        res->status = 409;
        return show_edit(req, res, &place, &values, &faults, err);
    }
    if (!tx_commit(&tx, err))
        return PASS(err);
    return frame_go(req, res, arena_printf(req->arena, "%.*s?done=saved", STR_ARG(place.href)));
}

bool entry_edit_save(struct request *req, struct response *res, struct err *err)
{
    return save(req, res, false, err);
}

bool own_edit_save(struct request *req, struct response *res, struct err *err)
{
    return save(req, res, true, err);
}

/* ---- a person there ---- */
static bool show_person(struct request *req, struct response *res, const struct place *place,
                        const struct form_faults *faults, struct err *err)
{
    unsigned giveable = account_roles_to_give(who_of(req), place->organisation->values.kind,
                                              place->organisation->id);
    struct form_view form = {
        .title = say(req, N_("Invite a person")),
        .intro = organisation_title(req, place->organisation->values.name_ja,
                                    place->organisation->values.name_en),
        .href = arena_printf(req->arena, "%.*s/people", STR_ARG(place->href)),
        .verb = say(req, N_("Send an invitation")),
        .note = { TONE_NEUTRAL, say(req, N_("What will happen")),
                  say(req,
                      N_("A mail without any content of a case goes to this address, with a link that works once within 72 hours. Whoever opens it "
                         "sets a password and the second step of the login.")) },
    };
    struct form_group *group = form_group(req, &form, NULL, NULL);
    struct field_view *field = form_field(req, group, FIELD_TEXT, "name", N_("Name"), NULL);

    field->required = true;
    field = form_field(req, group, FIELD_EMAIL, "email", N_("Mail address"),
                       N_("Of the person, not of a group."));
    field->required = true;
    if (req->method == METHOD_GET && str_eq_z(place->organisation->values.kind, "PD") &&
        place->organisation->state == REGISTRATION_LISTED)
        field->value = place->organisation->values.window_email;
    field = form_field(req, group, FIELD_SELECT, "lang", N_("Language of the mail"), NULL);
    field->is_bare = true;
    form_choice(req, field, STR("ja"), STR("日本語"), false);
    form_choice(req, field, STR("en"), STR("English"), false);
    field = form_field(req, group, FIELD_CHECKS, "roles", N_("Role"), NULL);
    field->required = true;
    for (const struct role_word *word = role_words; word->role; word++) {
        bool is_chosen = false;

        for (size_t i = 0; i < request_form_count(req, "roles"); i++)
            is_chosen = is_chosen || str_eq_z(request_form_nth(req, "roles", i), word->name);
        if (giveable & word->role)
            form_choice(req, field, str_from_z(word->name), say(req, word->words), is_chosen);
    }
    form_link(req, &form, N_("Back without inviting"), place->href);
    if (faults)
        form_tell_faults(req, &form, faults);
    return form_send(req, res, &form, err);
}

static bool person(struct request *req, struct response *res, bool is_own, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct place place;

    if (!tx_begin(desk_of(req)->store, TX_READ, &tx, err) ||
        !place_find(req, tx, is_own, &place, err))
        return PASS(err);
    return place.may_invite ? show_person(req, res, &place, NULL, err)
                            : FAIL(err, FORBIDDEN, STR("organisation"));
}

bool entry_person_show(struct request *req, struct response *res, struct err *err)
{
    return person(req, res, false, err);
}

bool own_person_show(struct request *req, struct response *res, struct err *err)
{
    return person(req, res, true, err);
}

static unsigned roles_sent(const struct request *req)
{
    unsigned roles = 0;

    for (size_t i = 0; i < request_form_count(req, "roles"); i++) {
        for (const struct role_word *word = role_words; word->role; word++) {
            if (str_eq_z(request_form_nth(req, "roles", i), word->name))
                roles |= word->role;
        }
    }
    return roles;
}

static void check_person(struct request *req, const struct account_new *values,
                         struct form_faults *faults)
{
    if (values->name.len == 0 || str_code_points(values->name) > ACCOUNT_NAME_MAX ||
        !str_is_plain(values->name, false))
        VEC_PUSH(
            req->arena, faults,
            (struct form_fault){ "name", N_("Please enter the name, at most 100 characters.") });
    if (values->email.len == 0)
        VEC_PUSH(req->arena, faults,
                 (struct form_fault){
                     "email", N_("Please enter a mail address such as psirt@example.jp.") });
    if (values->roles == 0)
        VEC_PUSH(req->arena, faults,
                 (struct form_fault){ "roles", N_("Please choose at least one role.") });
}

/* The first invitation to a developer is a step of its registration (COO-07). */
static bool take_step(const struct deed *deed, const struct place *place, struct err *err)
{
    bool is_step = str_eq_z(place->organisation->values.kind, "PD") &&
                   place->organisation->state == REGISTRATION_LISTED &&
                   (deed->who->roles & ROLE_CB);

    if (!is_step)
        return true;
    return organisation_step(deed, place->organisation->id,
                             &(struct registration_step){ .event = STEP_INVITE }, err)
               ? true
               : PASS(err);
}

static bool add_person(struct request *req, struct response *res, bool is_own, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    const struct desk *desk = desk_of(req);
    struct account_new values = { .email = address_normal(req->arena, request_form(req, "email")),
                                  .name = str_trim(request_form(req, "name")),
                                  .roles = roles_sent(req) };
    struct account *account = NULL;
    struct form_faults faults = { 0 };
    struct deed deed;
    struct place place;
    struct str public_id, token;
    int64_t id;

    if (!lang_from_code(request_form(req, "lang"), &values.lang))
        values.lang = LANG_JA;
    if (!tx_begin(desk->store, TX_WRITE, &tx, err) || !place_find(req, tx, is_own, &place, err))
        return PASS(err);
    if (!place.may_invite)
        return FAIL(err, FORBIDDEN, STR("organisation"));
    check_person(req, &values, &faults);
    if (!account_by_email(tx, values.email, req->arena, &account, err))
        return PASS(err);
    if (account)
        VEC_PUSH(req->arena, &faults,
                 (struct form_fault){
                     "email", N_("This address cannot be invited: it has an account already.") });
    if (faults.len > 0)
        return show_person(req, res, &place, &faults, err);
    values.organisation_id = place.organisation->id;
    deed = (struct deed){ tx, who_of(req), req->now, req->arena };
    if (!account_add(&deed, &values, &id, &public_id, err) ||
        !account_by_id(tx, id, req->arena, &account, err) ||
        !invitation_send(&deed, desk->vault, account, INVITATION_INVITE, &token, err))
        return PASS(err);
    if (!take_step(&deed, &place, err)) {
        if (err->code != ERR_NOT_READY)
            return PASS(err);
        *err = (struct err){ 0 };
        VEC_PUSH(
            req->arena, &faults,
            (struct form_fault){
                "email",
                N_("Please enter the mail address of the developer's window first, by editing the entry.") });
        return show_person(req, res, &place, &faults, err);
    }
    if (!tx_commit(&tx, err))
        return PASS(err);
    return frame_go(req, res, arena_printf(req->arena, "%.*s?done=invited", STR_ARG(place.href)));
}

bool entry_person_add(struct request *req, struct response *res, struct err *err)
{
    return add_person(req, res, false, err);
}

bool own_person_add(struct request *req, struct response *res, struct err *err)
{
    return add_person(req, res, true, err);
}
