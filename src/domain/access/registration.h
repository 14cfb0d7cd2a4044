/* domain/access/registration.h: how a developer comes onto the list and becomes registered, as a table (COO-02, COO-03, COO-07). */
#pragma once
#include "base/life.h"

enum registration_state {
    REGISTRATION_START,
    REGISTRATION_LISTED,     /* added by the coordinating body; nobody there has an account */
    REGISTRATION_INVITED,    /* a first contact without any content, and an invitation by mail */
    REGISTRATION_IDENTIFIED, /* the coordinating body has checked who answered */
    REGISTRATION_AGREED,     /* has agreed to the registration terms */
    REGISTRATION_REGISTERED, /* manager, window and protected communication are ready */
    REGISTRATION_SUSPENDED,
    REGISTRATION_STATES
};

enum registration_event {
    STEP_LIST,
    STEP_INVITE,
    STEP_IDENTIFY,
    STEP_AGREE,
    STEP_REGISTER,
    STEP_SUSPEND,
    STEP_RESUME,
    REGISTRATION_EVENTS
};

struct registration_facts {
    bool has_window;      /* a mail address and a telephone number of its own (COO-03 c) */
    bool has_address;     /* at least an address to write to */
    bool check_described; /* how the identity was checked, in words */
    bool has_manager; /* somebody with an active account is the countermeasure manager (COO-03 b) */
    bool knows_terms; /* the version of the terms that are agreed to */
    bool has_prepared; /* rule and guideline read, handling rules set (COO-03 a, b) */
    bool
        is_protected; /* the manager's PGP key is confirmed, or messages are read at the desk alone (COO-03 d, CFD-08) */
    bool has_reason;
};

extern const struct life registration_life;

const char *registration_state_words(enum registration_state state); /* msgid: "Registered" */
const char *registration_event_words(
    enum registration_event event); /* msgid of a button: "Record the identity check" */
const char *
registration_guard_words(struct str guard); /* msgid: what is still missing; "" when unknown */
