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

static const struct {
    const struct protocol_transition *at;
    size_t count;
} machines[MACHINES] = { { rm, COUNT(rm) },
                         { em, COUNT(em) },
                         { pec, COUNT(pec) },
                         { vfd, COUNT(vfd) },
                         { pxa, COUNT(pxa) } };

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
