#include "domain/casework/protocol.h"

#include "base/err.h"

/* clang-format off */
static const struct protocol_transition rm[] = {
    { "START", "r", "RECEIVED" },    { "RECEIVED", "v", "VALID" },    { "RECEIVED", "i", "INVALID" }, { "INVALID", "v", "VALID" },
    { "INVALID", "c", "CLOSED" },    { "VALID", "a", "ACCEPTED" },    { "VALID", "d", "DEFERRED" },   { "ACCEPTED", "d", "DEFERRED" },
    { "ACCEPTED", "c", "CLOSED" },   { "DEFERRED", "a", "ACCEPTED" }, { "DEFERRED", "c", "CLOSED" },
};
static const struct protocol_transition em[] = {
    { "NONE", "p", "PROPOSED" }, { "PROPOSED", "p", "PROPOSED" }, { "PROPOSED", "r", "NONE" }, { "PROPOSED", "a", "ACTIVE" },
    { "ACTIVE", "p", "REVISE" }, { "ACTIVE", "t", "EXITED" },     { "REVISE", "p", "REVISE" }, { "REVISE", "a", "ACTIVE" },
    { "REVISE", "r", "ACTIVE" }, { "REVISE", "t", "EXITED" },
};
static const struct protocol_transition pec[] = {
    { "NO_EMBARGO", "INVITE", "INVITED" },   { "LAPSED", "INVITE", "INVITED" },     { "DECLINED", "INVITE", "INVITED" },
    { "NO_EMBARGO", "ACCEPT", "SIGNATORY" }, { "INVITED", "ACCEPT", "SIGNATORY" },  { "LAPSED", "ACCEPT", "SIGNATORY" },
    { "NO_EMBARGO", "DECLINE", "DECLINED" }, { "INVITED", "DECLINE", "DECLINED" },  { "LAPSED", "DECLINE", "DECLINED" },
    { "SIGNATORY", "REVISE", "LAPSED" },     { "NO_EMBARGO", "RESET", "NO_EMBARGO" }, { "INVITED", "RESET", "NO_EMBARGO" },
    { "SIGNATORY", "RESET", "NO_EMBARGO" },  { "LAPSED", "RESET", "NO_EMBARGO" },   { "DECLINED", "RESET", "NO_EMBARGO" },
};
/* clang-format on */
static const struct protocol_transition vfd[] = {
    { "vfd", "V", "Vfd" },
    { "Vfd", "F", "VFd" },
    { "VFd", "D", "VFD" },
};
static const struct protocol_transition pxa[] = {
    { "pxa", "P", "Pxa" }, { "pxa", "X", "pXa" }, { "pxa", "A", "pxA" }, { "Pxa", "X", "PXa" },
    { "Pxa", "A", "PxA" }, { "pXa", "P", "PXa" }, { "pXa", "A", "pXA" }, { "pxA", "P", "PxA" },
    { "pxA", "X", "pXA" }, { "PXa", "A", "PXA" }, { "PxA", "X", "PXA" }, { "pXA", "P", "PXA" },
};

/* clang-format off */
/* An attempt does not change that a developer counts as one that cannot be reached; its answer does. */
static const struct protocol_transition contact[] = {
    { "NOT_CONTACTED", "participant.reported_own", "IN_PROGRESS" },
    { "NOT_CONTACTED", "summary.sent", "CONTACT_ATTEMPTED" },        { "OPEN", "summary.sent", "CONTACT_ATTEMPTED" },

    { "NOT_CONTACTED", "contact.attempted", "CONTACT_ATTEMPTED" },   { "OPEN", "contact.attempted", "CONTACT_ATTEMPTED" },
    { "IN_PROGRESS", "contact.attempted", "CONTACT_ATTEMPTED" },     { "COMPLETED", "contact.attempted", "CONTACT_ATTEMPTED" },
    { "DISPUTED", "contact.attempted", "CONTACT_ATTEMPTED" },

    { "NOT_CONTACTED", "contact.acknowledged", "OPEN" },             { "CONTACT_ATTEMPTED", "contact.acknowledged", "OPEN" },
    { "IN_PROGRESS", "contact.acknowledged", "OPEN" },               { "COMPLETED", "contact.acknowledged", "OPEN" },
    { "DISPUTED", "contact.acknowledged", "OPEN" },                  { "UNREACHABLE", "contact.acknowledged", "OPEN" },
    { "UNREACHABLE_NAMED", "contact.acknowledged", "OPEN" },         { "UNREACHABLE_PRODUCT", "contact.acknowledged", "OPEN" },
    { "UNDER_JUDGEMENT", "contact.acknowledged", "OPEN" },
    { "CONTACT_ATTEMPTED", "participant.seen", "OPEN" },

    { "CONTACT_ATTEMPTED", "detail.requested", "IN_PROGRESS" },      { "OPEN", "detail.requested", "IN_PROGRESS" },
    { "CONTACT_ATTEMPTED", "result.reported", "IN_PROGRESS" },       { "OPEN", "result.reported", "IN_PROGRESS" },
    { "CONTACT_ATTEMPTED", "status.reported", "IN_PROGRESS" },       { "OPEN", "status.reported", "IN_PROGRESS" },
    { "CONTACT_ATTEMPTED", "countermeasure.planned", "IN_PROGRESS" }, { "OPEN", "countermeasure.planned", "IN_PROGRESS" },
    { "CONTACT_ATTEMPTED", "countermeasure.ready", "IN_PROGRESS" },  { "OPEN", "countermeasure.ready", "IN_PROGRESS" },
    { "CONTACT_ATTEMPTED", "participant.updated", "IN_PROGRESS" },   { "OPEN", "participant.updated", "IN_PROGRESS" },

    { "CONTACT_ATTEMPTED", "participant.no_product", "COMPLETED" },  { "OPEN", "participant.no_product", "COMPLETED" },
    { "IN_PROGRESS", "participant.no_product", "COMPLETED" },
    { "CONTACT_ATTEMPTED", "participant.refused", "DISPUTED" },      { "OPEN", "participant.refused", "DISPUTED" },
    { "IN_PROGRESS", "participant.refused", "DISPUTED" },

    { "NOT_CONTACTED", "unreachable.confirmed", "UNREACHABLE" },     { "CONTACT_ATTEMPTED", "unreachable.confirmed", "UNREACHABLE" },
    { "OPEN", "unreachable.confirmed", "UNREACHABLE" },              { "IN_PROGRESS", "unreachable.confirmed", "UNREACHABLE" },
    { "UNREACHABLE", "unreachable.named", "UNREACHABLE_NAMED" },     { "UNREACHABLE_NAMED", "unreachable.product_named", "UNREACHABLE_PRODUCT" },
    { "UNREACHABLE", "unreachable.cleared", "OPEN" },                { "UNREACHABLE_NAMED", "unreachable.cleared", "OPEN" },
    { "UNREACHABLE_PRODUCT", "unreachable.cleared", "OPEN" },        { "UNDER_JUDGEMENT", "unreachable.cleared", "OPEN" },
    { "UNREACHABLE_PRODUCT", "docket.proposed", "UNDER_JUDGEMENT" }, { "UNDER_JUDGEMENT", "docket.suspended", "UNREACHABLE_PRODUCT" },
    { "UNDER_JUDGEMENT", "docket.declined", "UNREACHABLE_PRODUCT" },
};
/* clang-format on */
/* A level is raised, never lowered: what was given stays given. */
static const struct protocol_transition level[] = {
    { "NONE", "summary.sent", "SUMMARY" },
    { "SUMMARY", "detail.sent", "DETAIL" },
    { "NONE", "participant.reported_own", "DETAIL" },
};

static const struct {
    const char *name;
    const struct protocol_transition *at;
    size_t count;
} machines[MACHINES] = {
    [MACHINE_RM] = { "report_management", rm, COUNT(rm) },
    [MACHINE_EM] = { "embargo_management", em, COUNT(em) },
    [MACHINE_PEC] = { "embargo_consent", pec, COUNT(pec) },
    [MACHINE_VFD] = { "vendor_fix_path", vfd, COUNT(vfd) },
    [MACHINE_PXA] = { "public_state", pxa, COUNT(pxa) },
    [MACHINE_CONTACT] = { "contact", contact, COUNT(contact) },
    [MACHINE_LEVEL] = { "disclosure_level", level, COUNT(level) },
};

const char *protocol_name(enum protocol_machine machine) { return machines[machine].name; }

const struct protocol_transition *protocol_transitions(enum protocol_machine machine, size_t *count)
{
    *count = machines[machine].count;
    return machines[machine].at;
}

const char *protocol_next(enum protocol_machine machine, struct str from, struct str symbol)
{
    for (size_t i = 0; i < machines[machine].count; i++) {
        const struct protocol_transition *t = &machines[machine].at[i];

        if (str_eq_z(from, t->from) && str_eq_z(symbol, t->symbol))
            return t->to;
    }
    return NULL;
}

/* Which of the states a name in front of the colon means. */
static struct str *place_of(struct protocol *protocol, struct str name,
                            enum protocol_machine *machine)
{
    /* clang-format off */
    const struct {
        const char *name;
        enum protocol_machine machine;
        struct str *place;
    } places[] = {
        { "rb", MACHINE_RM, &protocol->rb },   { "cb", MACHINE_RM, &protocol->cb },    { "em", MACHINE_EM, &protocol->em },
        { "pxa", MACHINE_PXA, &protocol->pxa }, { "rm", MACHINE_RM, &protocol->rm },    { "pec", MACHINE_PEC, &protocol->pec },
        { "vfd", MACHINE_VFD, &protocol->vfd },
    };
    /* clang-format on */

    for (size_t i = 0; i < COUNT(places); i++) {
        if (str_eq_z(name, places[i].name)) {
            *machine = places[i].machine;
            return places[i].place;
        }
    }
    return NULL;
}

bool protocol_carry(struct protocol *protocol, struct str carries, struct err *err)
{
    struct str token;

    while (carries.len > 0 && str_split(&carries, ' ', &token)) {
        bool is_optional = str_ends(token, STR("?"));
        struct str symbol = str_take(token, token.len - is_optional), name = STR_NONE, *place;
        enum protocol_machine machine = MACHINE_RM;
        const char *next;

        if (!str_split(&symbol, ':', &name) || !(place = place_of(protocol, name, &machine)))
            return FAIL(err, BUG, token);
        next = protocol_next(machine, *place, symbol);
        if (next)
            *place = str_from_z(next);
        else if (!is_optional)
            return FAIL(err, BUG, token);
    }
    return true;
}

void protocol_reach(struct protocol *protocol, struct str kind)
{
    const char *contact_next = protocol_next(MACHINE_CONTACT, protocol->contact, kind),
               *level_next = protocol_next(MACHINE_LEVEL, protocol->level, kind);

    if (contact_next)
        protocol->contact = str_from_z(contact_next);
    if (level_next)
        protocol->level = str_from_z(level_next);
}
