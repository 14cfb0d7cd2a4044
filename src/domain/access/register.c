/* The registration of an organisation: facts, steps, preparations. */
#include "base/err.h"
#include "domain/access/organisation.h"
#include "domain/access/organisation.sql.h"
#include "domain/access/outbox.h"

static bool count_managers(struct tx *tx, int64_t id, struct utc now, int64_t *managers,
                           int64_t *keys, struct err *err)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(64 << 10);
    CLEANUP(rows_end_var) struct rows *rows = NULL;

    if (!store_select(
            tx, &sql_organisation_managers,
            BINDS(bind_int("id", id), bind_int("manager_role", ROLE_PM), bind_utc("now", now)),
            arena, &rows, err) ||
        rows_next(rows, err) < 0)
        return PASS(err);
    *managers = row_int(rows, "managers");
    *keys = row_int(rows, "keys");
    return true;
}

bool organisation_facts(struct tx *tx, const struct organisation *organisation,
                        const struct registration_step *step, struct utc now,
                        struct registration_facts *out, struct err *err)
{
    const struct organisation_values *values = &organisation->values;
    int64_t managers, keys;

    if (!count_managers(tx, organisation->id, now, &managers, &keys, err))
        return PASS(err);
    *out = (struct registration_facts){
        .has_window = values->window_email.len > 0 && values->window_phone.len > 0,
        .has_address = values->window_email.len > 0,
        .check_described = !step || step->note.len > 0,
        .has_manager = managers > 0,
        .knows_terms = !step || step->terms_version.len > 0,
        .has_prepared =
            organisation->guideline_read_at.ms != 0 && organisation->handling_rules_at.ms != 0,
        .is_protected = keys > 0 || str_eq_z(organisation->protection, "DESK"),
        .has_reason = !step || step->note.len > 0,
    };
    return true;
}

static bool write_down(const struct deed *deed, int64_t id, const struct registration_step *step,
                       struct err *err)
{
    if (step->event == STEP_IDENTIFY &&
        !store_exec(
            deed->tx, &sql_organisation_identify,
            BINDS(bind_int("id", id), bind_utc("now", deed->now), bind_text("how", step->note)),
            NULL, err))
        return PASS(err);
    if (step->event == STEP_AGREE &&
        !store_exec(deed->tx, &sql_organisation_agree,
                    BINDS(bind_int("id", id), bind_utc("now", deed->now),
                          bind_text("terms_version", step->terms_version)),
                    NULL, err))
        return PASS(err);
    return true;
}

bool organisation_step(const struct deed *deed, int64_t id, const struct registration_step *step,
                       struct err *err)
{
    struct organisation *organisation = NULL;
    struct registration_facts facts;
    int64_t changed;
    int to;

    if (!organisation_by_id(deed->tx, id, deed->arena, &organisation, err))
        return PASS(err);
    /* A manager speaks for the own organisation alone. */
    if (!organisation || (!(deed->who->roles & ROLE_CB) && deed->who->organisation_id != id))
        return FAIL(err, ABSENT, STR("organisation"));
    if (!organisation_facts(deed->tx, organisation, step, deed->now, &facts, err) ||
        !life_next(&registration_life, organisation->state, deed->who->roles, step->event, &facts,
                   &to, err) ||
        !store_exec(
            deed->tx, &sql_organisation_move,
            BINDS(bind_int("id", id),
                  bind_text("from", str_from_z(registration_life.states[organisation->state])),
                  bind_text("to", str_from_z(registration_life.states[to])),
                  bind_utc("now", deed->now)),
            &changed, err))
        return PASS(err);
    if (changed != 1)
        return FAIL(err, CHANGED_MEANWHILE,
                    str_from_z(registration_life.states[organisation->state]));
    if (!write_down(deed, id, step, err) ||
        !access_note(deed, ACCESS_REGISTRATION_STEP, 0, id,
                     arena_printf(deed->arena, "%s %s", registration_life.states[to],
                                  step->event == STEP_AGREE
                                      ? arena_z(deed->arena, step->terms_version)
                                      : ""),
                     err))
        return PASS(err);
    if ((deed->who->roles & ROLE_PM) &&
        !outbox_to_role(deed->tx, &(struct news){ .notice = "N15" }, ROLE_CB, deed->now, err))
        return PASS(err);
    return true;
}

bool organisation_prepare(const struct deed *deed, int64_t id,
                          const struct registration_preparation *preparation, struct err *err)
{
    if (!(deed->who->roles & ROLE_CB) && deed->who->organisation_id != id)
        return FAIL(err, ABSENT, STR("organisation"));
    if (preparation->protection.len > 0 && !str_eq_z(preparation->protection, "PGP") &&
        !str_eq_z(preparation->protection, "DESK"))
        return FAIL(err, INPUT, STR("protection"));
    if (!store_exec(
            deed->tx, &sql_organisation_prepare,
            BINDS(bind_int("id", id), bind_int("guideline_read", preparation->guideline_read),
                  bind_int("handling_rules", preparation->handling_rules),
                  bind_text("protection", preparation->protection), bind_utc("now", deed->now)),
            NULL, err))
        return PASS(err);
    return true;
}

/* ---- left out of later handling ---- */

bool organisation_set_handling(const struct deed *deed, int64_t id, bool is_left_out,
                               struct str reason, struct err *err)
{
    struct str why = str_trim(reason);
    int64_t changed;

    if (!(deed->who->roles & ROLE_CB))
        return FAIL(err, NOT_YOUR_MOVE, STR("handling"));
    if (why.len == 0 || !str_is_plain(why, true) || str_code_points(why) > ORGANISATION_TEXT_MAX)
        return FAIL(err, INPUT, STR("reason"));
    if (!store_exec(deed->tx, &sql_organisation_handling,
                    BINDS(bind_int("id", id), bind_int("suspended", is_left_out),
                          bind_utc("now", deed->now)),
                    &changed, err))
        return PASS(err);
    if (changed != 1)
        return FAIL(err, CHANGED_MEANWHILE, STR("handling"));
    return store_exec(deed->tx, &sql_handling_change_insert,
                      BINDS(bind_int("id", id), bind_utc("now", deed->now),
                            bind_id("actor", deed->who->account_id),
                            bind_int("suspended", is_left_out), bind_text("reason", why)),
                      NULL, err) &&
                   access_note(deed,
                               is_left_out ? ACCESS_HANDLING_SUSPENDED : ACCESS_HANDLING_RESUMED, 0,
                               id, STR_NONE, err)
               ? true
               : PASS(err);
}

bool organisation_handling_changes(struct tx *tx, int64_t id, struct arena *arena,
                                   struct handling_changes *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int more;

    *out = (struct handling_changes){ 0 };
    if (!store_select(tx, &sql_handling_change_list, BINDS(bind_int("id", id)), arena, &rows, err))
        return PASS(err);
    while ((more = rows_next(rows, err)) > 0)
        VEC_PUSH(arena, out,
                 (struct handling_change){ row_utc(rows, "at"), row_text(rows, "actor_name"),
                                           row_text(rows, "reason"),
                                           row_int(rows, "is_suspended") != 0 });
    return more == 0 ? true : PASS(err);
}
