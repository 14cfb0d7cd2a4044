#include "domain/access/registration.h"

#include "base/tr.h"
#include "domain/access/subject.h"

#define FACTS(facts) ((const struct registration_facts *)(facts))

static bool address_is_known(const void *facts) { return FACTS(facts)->has_address; }

static bool identity_check_is_described(const void *facts) { return FACTS(facts)->check_described; }

/* COO-02: a developer agrees, not a list entry; somebody must be there who can. */
static bool manager_knows_the_terms(const void *facts)
{
    return FACTS(facts)->has_manager && FACTS(facts)->knows_terms;
}

/* COO-03: the four things a developer prepares. */
static bool all_four_are_prepared(const void *facts)
{
    return FACTS(facts)->has_prepared && FACTS(facts)->has_manager && FACTS(facts)->has_window &&
           FACTS(facts)->is_protected;
}

static bool reason_is_given(const void *facts) { return FACTS(facts)->has_reason; }

/* clang-format off */
static const struct move moves[] = {
    { REGISTRATION_START,      ROLE_CB,           STEP_LIST,     REGISTRATION_LISTED,     ALWAYS,                          "COO-01 COO-07", "" },
    { REGISTRATION_LISTED,     ROLE_CB,           STEP_INVITE,   REGISTRATION_INVITED,    IF(address_is_known),            "COO-07",        "" },
    { REGISTRATION_INVITED,    ROLE_CB,           STEP_INVITE,   REGISTRATION_INVITED,    IF(address_is_known),            "COO-07",        "" },
    { REGISTRATION_INVITED,    ROLE_CB,           STEP_IDENTIFY, REGISTRATION_IDENTIFIED, IF(identity_check_is_described), "COO-07",        "" },
    { REGISTRATION_IDENTIFIED, ROLE_PM | ROLE_CB, STEP_AGREE,    REGISTRATION_AGREED,     IF(manager_knows_the_terms),     "COO-02",        "" },
    { REGISTRATION_AGREED,     ROLE_CB,           STEP_REGISTER, REGISTRATION_REGISTERED, IF(all_four_are_prepared),       "COO-03 CFD-08", "" },
    { REGISTRATION_REGISTERED, ROLE_CB,           STEP_SUSPEND,  REGISTRATION_SUSPENDED,  IF(reason_is_given),             "COO-01",        "" },
    { REGISTRATION_SUSPENDED,  ROLE_CB,           STEP_RESUME,   REGISTRATION_REGISTERED, IF(all_four_are_prepared),       "COO-03",        "" },
};
static const char *const states[] = { "START", "LISTED", "INVITED", "IDENTIFIED", "AGREED", "REGISTERED", "SUSPENDED" };
static const char *const events[] = { "list", "invite", "identify", "agree", "register", "suspend", "resume" };
/* clang-format on */

const struct life registration_life = {
    .name = "registration",
    .states = states,
    .events = events,
    .state_count = COUNT(states),
    .event_count = COUNT(events),
    .moves = moves,
    .move_count = COUNT(moves),
    .final_states = 0,
};

const char *registration_state_words(enum registration_state state)
{
    static const char *const words[REGISTRATION_STATES] = {
        "",
        N_("Listed"),
        N_("Invited"),
        N_("Identity checked"),
        N_("Agreed to the terms"),
        N_("Registered"),
        N_("Suspended"),
    };

    return words[state];
}

const char *registration_event_words(enum registration_event event)
{
    static const char *const words[REGISTRATION_EVENTS] = {
        N_("Add to the list"),           N_("Send an invitation"),
        N_("Record the identity check"), N_("Record the agreement to the terms"),
        N_("Register the developer"),    N_("Suspend the registration"),
        N_("Lift the suspension"),
    };

    return words[event];
}

const char *registration_guard_words(struct str guard)
{
    static const struct {
        const char *guard, *words;
    } rows[] = {
        { "address_is_known", N_("A mail address to write to is still missing.") },
        { "identity_check_is_described", N_("Please say how the identity was checked.") },
        { "manager_knows_the_terms",
          N_("Nobody there has an account as countermeasure manager yet, or the version of the terms is missing.") },
        { "all_four_are_prepared",
          N_("Still missing is one of the four preparations: guideline read and handling rules set, a manager with an account, a window with mail "
             "address and telephone number, protected communication.") },
        { "reason_is_given", N_("Please give a reason.") },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        if (str_eq_z(guard, rows[i].guard))
            return rows[i].words;
    }
    return "";
}
