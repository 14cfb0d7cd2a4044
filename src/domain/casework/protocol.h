/* domain/casework/protocol.h: the five machines of the field's protocol for multi-party disclosure (domain-model 2.1), which our
 * own moves carry: RM report management, EM embargo, PEC a participant's consent to it, VFD a vendor's path to the fix, PXA what
 * the public, exploits and attacks know. Beside them two of a developer's part that nobody publishes (7.4), whose symbols are the events of
 * the ledger: whether it has been reached, and how much it was given. Pure. */
#pragma once
#include "base/str.h"

struct err;

enum protocol_machine {
    MACHINE_RM,
    MACHINE_EM,
    MACHINE_PEC,
    MACHINE_VFD,
    MACHINE_PXA,
    MACHINE_CONTACT,
    MACHINE_LEVEL,
    MACHINES
};

/* The state after `symbol`, borrowed from a table; NULL when the machine has no such transition from there. */
const char *protocol_next(enum protocol_machine machine, struct str from, struct str symbol);

/* For people: "embargo_management". */
const char *protocol_name(enum protocol_machine machine);

/* Where the machines of one case and one of its participants stand. Borrowed texts. */
struct protocol {
    struct str rb, cb;       /* RM of the two bodies */
    struct str em, pxa;      /* of the case */
    struct str rm, pec, vfd; /* of the participant concerned, if any */
    struct str contact, level;
};

/* Carries out "rb:v rb:a em:p": machine:symbol, blank-separated. "em:a?" is left out where the machine does not allow it; any other
 * that is not allowed is our mistake: ERR_BUG. P, X or A ends an embargo that is active (the tables say so with em:t). */
MUST_CHECK bool protocol_carry(struct protocol *protocol, struct str carries, struct err *err);

/* What an event of the ledger does to contact and level of the participant; one that is in no row of theirs does nothing. */
void protocol_reach(struct protocol *protocol, struct str kind);

/* For tests: all transitions of a machine, in order. */
struct protocol_transition {
    const char *from, *symbol, *to;
};
const struct protocol_transition *protocol_transitions(enum protocol_machine machine,
                                                       size_t *count);
