/* domain/notify/histories.h: for histories_test.c alone: one history as it is lived: who acts, on which case, with what dice; and what the
 * test itself remembers of it, apart from everything the program keeps. */
#pragma once
#include "domain/casework/casework_testing.h"

#include "domain/access/partner.h"
#include "domain/advisory/publishing.h"
#include "domain/advisory/sample.h"
#include "domain/casework/analysis.h"
#include "domain/casework/belongs.h"
#include "domain/casework/breach.h"
#include "domain/casework/committee.h"
#include "domain/casework/due.h"
#include "domain/casework/exchange.h"
#include "domain/casework/foreign.h"
#include "domain/casework/list.h"
#include "domain/casework/openings.h"
#include "domain/casework/own_product.h"
#include "domain/casework/priority.h"
#include "domain/casework/room.h"
#include "domain/notify/notify.h"
#include "domain/statistics/statistics.h"

/* clang-format off */
enum actor { FINDER, STRANGER, RB_1, RB_2, CB_1, CB_2, PM_1, PM_2, PM_3, READER_1, RECIPIENT, ANALYST, ABROAD, ADMINISTRATOR, AUDITOR, CLOCK, NOBODY, ACTORS };
static const char *const actor_names[ACTORS] = {
    "finder", "finder of another report", "receiving body", "receiving body 2", "coordinating body", "coordinating body 2",
    "manager 1", "manager 2", "manager 3", "reader 1", "recipient", "analyst", "coordinator abroad", "administrator", "auditor", "clock", "nobody",
};
/* clang-format on */

enum { CASES_MAX = 3, VENDORS = 3, STEPS_MAX = 60, FIRST_VENDOR = 3 }; /* FIRST_VENDOR: its id */

/* One throw: which command, by whom, on which case; the dice decide the rest, so that it can be done again. */
struct throw
{
    int command, actor, at;
    unsigned dice;
};

/* What the test remembers. */
struct memory {
    int64_t id, report_id;
    bool is_own, was_forwarded, is_published, is_ended;
    struct utc date;        /* as agreed last */
    int64_t rests_in;       /* the case it was merged into; 0: none */
    int64_t answered_alone; /* inquiries answered while nobody else took part */
    struct {
        bool was_told, has_detail, was_removed, is_in_room;
    } vendor[VENDORS];
};

/* A case and one of its developers as they stand. */
struct standing {
    struct product_case c;
    struct developers developers;
    struct str rb, cb; /* where report management stands for the bodies */
    int64_t entries, news, publications;
};

struct history {
    struct desk_fixture *f;
    struct arena *arena; /* of this history */
    struct tx *tx;
    struct utc now;
    struct subject actors[ACTORS];
    struct str form, analyst, recipient, abroad; /* public ids of the partners */
    struct memory cases[CASES_MAX];
    size_t case_count;

    /* the step that is being taken */
    unsigned dice;
    struct memory *m;      /* NULL: there is no case yet */
    struct product_case c; /* as loaded for the command */
    struct developers developers;
    struct developer d; /* the one the dice chose; its id is 0 when there is none */
    struct standing before, after;
    const struct subject *who;
    enum actor actor;
    bool was_done, is_claim, command_is_invitation, days_went_by;
    bool must_be_honoured;      /* an acceptance of the terms that nothing stands against */
    bool is_thorough;           /* a step after which the costly questions are asked as well */
    struct entries fresh;       /* what it added to the ledger */
    struct publication pending; /* begun and not ended; id 0: none */

    struct statistics_rules rules;
    struct utc counted_until; /* a day whose figures were counted, and what they were */
    struct str counted;
};

static inline unsigned roll(struct history *h, unsigned sides)
{
    unsigned n = h->dice += 0x9e3779b9u;

    n = (n ^ n >> 16) * 0x85ebca6bu;
    n = (n ^ n >> 13) * 0xc2b2ae35u;
    return (n ^ n >> 16) % sides;
}

static inline bool often(struct history *h) { return roll(h, 8) != 0; }
static inline bool rarely(struct history *h) { return roll(h, 8) == 0; }

#define PICK(h, ...)                   \
    str_from_z(((const char *const[]){ \
        __VA_ARGS__ })[roll((h), (unsigned)COUNT(((const char *const[]){ __VA_ARGS__ })))])

/* Words that say who spoke, so that it shows where they turn up; now and then none. */
static inline struct str words_of(struct history *h)
{
    if (rarely(h))
        return STR_NONE;
    return arena_printf(h->arena, "said by organisation %lld", (long long)h->who->organisation_id);
}

static inline struct utc some_day(struct history *h)
{
    return utc_add_days(h->now, (int)roll(h, 50) - 2);
}

static inline int vendor_of(int64_t organisation_id)
{
    return organisation_id >= FIRST_VENDOR && organisation_id < FIRST_VENDOR + VENDORS
               ? (int)(organisation_id - FIRST_VENDOR)
               : -1;
}

static inline int64_t number_of(struct history *h, const struct query *query)
{
    int64_t n;

    MUST(h->f, store_number(h->tx, query, BINDS(bind_int("case_id", h->m ? h->m->id : 0)), 0, &n,
                            &h->f->err));
    return n;
}

#define NUMBER(name, text) \
    static const struct query name = { #name, text, (const char *const[]){ "case_id" }, 1, NULL, 0 }
