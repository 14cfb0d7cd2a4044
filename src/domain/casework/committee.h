/* domain/casework/committee.h: the publication judgement committee (公表判定委員会): a case whose developer refuses or cannot be reached is put
 * before it on a docket, with what the system gathered and a word to each of the four criteria; the developer is heard, members vote, the
 * receiving body decides on the result (requirements 1.6, Partnership guideline on cases that cannot be coordinated). */
#pragma once
#include "base/life.h"
#include "domain/access/account.h"
#include "domain/casework/case.h"
#include "domain/casework/intake.h"
#include "domain/casework/visibility.h"
#include "formats/ssvc/ssvc.h"

enum docket_state {
    DOCKET_START,
    DOCKET_PROPOSED,
    DOCKET_CHECKED,      /* the bundle is made, each criterion has its word */
    DOCKET_NOTICE_GIVEN, /* the developer may speak until a day */
    DOCKET_HEARD,        /* it spoke, or the day has passed */
    DOCKET_CONVENED,     /* members and the day of the meeting are set; they vote */
    DOCKET_DELIBERATED,
    DOCKET_TO_PUBLISH, /* decided; the procedure is to be confirmed and a date set */
    DOCKET_ORDERED,    /* it will be published on its date */
    DOCKET_EXECUTED,
    DOCKET_NOT_YET,
    DOCKET_NOT,
    DOCKET_SUSPENDED, /* the developer can be coordinated with again */
    DOCKET_STATES
};
enum docket_event {
    ON_DOCKET_PROPOSE,
    ON_DOCKET_CHECK,
    ON_DOCKET_NOTIFY,
    ON_DOCKET_SPEAK,
    ON_DOCKET_END_HEARING,
    ON_DOCKET_CONVENE,
    ON_DOCKET_RECUSE,
    ON_DOCKET_VOTE,
    ON_DOCKET_DELIBERATE,
    ON_DOCKET_PUBLISH,
    ON_DOCKET_NOT_YET,
    ON_DOCKET_NOT,
    ON_DOCKET_ORDER,
    ON_DOCKET_VIEW, /* the developer writes what is printed as its view */
    ON_DOCKET_EXECUTE,
    ON_DOCKET_SUSPEND,
    DOCKET_EVENTS
};
struct docket_facts {
    bool has_reason;
    bool cause_stands;        /* the developer refuses, or cannot be reached as the cause says */
    bool all_criteria_judged; /* (a) to (d), each with words */
    bool all_criteria_hold;
    bool has_deadline; /* for the developer, ahead; or the day the public list has announced */
    bool hearing_is_over;
    bool has_members;                      /* at least the quorum, and a day */
    bool enough_cases_wait;                /* as many as the setting asks for a meeting */
    bool may_vote;                         /* a member that has neither voted nor stood aside */
    bool has_quorum;                       /* votes of the members who did not stand aside */
    bool advises_publication, advises_not; /* more than half of the votes */
    bool has_date;                         /* of publication, ahead */
    bool is_confirmed; /* by the ministry; not asked where the developer cannot be reached */
    bool advice_fits;  /* support has ended: the advice is to stop using the product (UNR-05) */
};
extern const struct life docket_life;

/* REFUSED, UNREACHABLE; (a) to (d) of the guideline; PUBLISH, NOT_YET, NOT. End with { NULL, NULL }; words: msgids. */
extern const struct code docket_causes[], docket_criteria[], docket_votes[];
enum { DOCKET_CRITERIA = 4 };

struct docket_member {
    int64_t account_id;
    struct str name, organisation_name_ja, organisation_name_en;
    struct str vote, reason; /* reason: of the vote, or of standing aside */
    struct utc at;           /* of either */
    bool is_recused;
};
struct docket {
    int64_t id, case_id, participant_id;
    enum docket_state state;
    struct str cause, criteria; /* criteria: the letters of those that hold, "abcd" */
    struct str bundle_hash;     /* hex; of the bundle's bytes */
    struct utc proposed_at, checked_at, notice_at, hearing_until, heard_at, meeting_at,
        deliberated_at, decided_at, ordered_at, executed_at, ended_at;
    int64_t checked_seq;
    struct str reason;                     /* of the proposal */
    struct str criterion[DOCKET_CRITERIA]; /* the word to each */
    struct str exploitation, value_added;  /* values of SSVC's points, as they were when checked */
    struct str notice, opinion;
    struct str view_ja, view_en; /* the developer's, to be printed */
    struct str minutes, decision, public_ja,
        public_en;           /* decision: the reason inside; the published one in both languages */
    struct str confirmation; /* the ministry's: when, and by what letter */
    struct {
        VEC_OF(struct docket_member);
    } members;
};
/* The newest of a case; DOCKET_START when there was none. */
MUST_CHECK bool docket_load(struct tx *tx, const struct product_case *c, struct arena *arena,
                            struct docket *out, struct err *err);
/* Days the case has been waiting for the committee, from the proposal to its end or now. Rule: UNR-08 */
int64_t docket_waiting_days(const struct docket *d, struct utc now);
bool docket_is_over(enum docket_state state);
bool docket_cannot_be_reached(const struct docket *d); /* that is its cause */
bool docket_is_ordered(const struct docket *d);        /* to be published, or published */
/* What SSVC's table for coordinators that publish (ssvc_find "coordinator-publish") is asked: advice, no more. */
MUST_CHECK bool docket_advice(const struct docket *d, struct ssvc_choice *out, struct err *err);

/* What is or was before the committee, for the bodies; of a member what it was called to judge and has not stood aside from. The newest of each case, what still
 * waits first, by how long it has waited. ERR_ABSENT for anybody else. Rule: UNR-08 */
struct docket_cases {
    VEC_OF(struct str); /* public ids of cases */
};
MUST_CHECK bool docket_cases(struct tx *tx, const struct subject *who, struct arena *arena,
                             struct docket_cases *out, struct err *err);
/* Who can be called to a meeting. */
MUST_CHECK bool docket_judges(struct tx *tx, struct arena *arena, struct accounts *out,
                              struct err *err);
/* NULL: not of this meeting. */
const struct docket_member *docket_member_of(const struct docket *d, const struct subject *who);

/* What the system gathered, as it was when it was checked: a record with what was tried ("attempt", each a record, oldest first), the case's instants, the
 * developer's answers and the end of support. bundle_hash is of its bytes. Empty before. */
MUST_CHECK bool docket_bundle(struct tx *tx, const struct product_case *c, const struct docket *d,
                              struct arena *arena, struct str *out, struct err *err);

/* What the buttons and the commands ask alike; the texts are taken as given. */
MUST_CHECK bool docket_can(const struct casework *w, struct tx *tx, const struct subject *who,
                           const struct product_case *c, const struct docket *d,
                           enum docket_event event, struct utc now, struct arena *arena, bool *out,
                           struct err *err);

/* P17, by CB: because of the developer d, with the cause docket_cause_of finds. A date that was set falls. ERR_INPUT "reason", ERR_NOT_READY while no cause stands.
 * Rule: UNR-04 UNR-11 EOL-05 EOL-06 P17 */
MUST_CHECK bool docket_propose(struct tx *tx, const struct subject *who, struct product_case *c,
                               const struct developer *d, struct str reason, struct utc now,
                               struct arena *arena, struct err *err);
/* "REFUSED", "UNREACHABLE", or empty when this developer is none for the committee. A developer that never answered counts as unreachable once
 * the day announced on the public list is set, one that was told and fell silent at once (EOL-06). */
MUST_CHECK bool docket_cause_of(struct tx *tx, const struct product_case *c,
                                const struct developer *d, struct arena *arena, struct str *out,
                                struct err *err);

struct docket_judgement {
    bool holds;
    struct str words;
};
/* By RB: the bundle is made and kept with its hash, beside a word to each criterion. value_added: of SSVC's point. ERR_INPUT names "a" to "d" or
 * "value_added". Rule: UNR-04 */
MUST_CHECK bool docket_check(struct tx *tx, const struct subject *who, struct product_case *c,
                             const struct docket_judgement judged[DOCKET_CRITERIA],
                             struct str value_added, struct utc now, struct arena *arena,
                             struct err *err);
/* By RB: to the developer, with a day until which it may speak. Where it cannot be reached the public list's announcement is the notice, and its
 * day the deadline: until is not asked. ERR_INPUT "words". Rule: UNR-04 */
MUST_CHECK bool docket_notify(struct tx *tx, const struct subject *who, struct product_case *c,
                              struct str words, struct utc until, struct utc now,
                              struct arena *arena, struct err *err);
/* By the developer's manager, until the day of the notice. ERR_INPUT "opinion" Rule: UNR-04 */
MUST_CHECK bool docket_speak(struct tx *tx, const struct subject *who, struct product_case *c,
                             struct str opinion, struct utc now, struct arena *arena,
                             struct err *err);
MUST_CHECK bool docket_end_hearing(struct tx *tx, const struct subject *who, struct product_case *c,
                                   struct utc now, struct arena *arena, struct err *err);

struct docket_members {
    VEC_OF(int64_t); /* accounts of the committee */
};
/* By RB; again: more members, and another day. One case is enough for a meeting unless the setting asks for more. ERR_INPUT "members", "meeting_at". Rule: UNR-04 UNR-07 UNR-11 */
MUST_CHECK bool docket_convene(const struct casework *w, struct tx *tx, const struct subject *who,
                               struct product_case *c, const struct docket_members *members,
                               struct utc meeting_at, struct utc now, struct arena *arena,
                               struct err *err);
/* By a member, each once. Rule: UNR-04 */
MUST_CHECK bool docket_recuse(struct tx *tx, const struct subject *who, struct product_case *c,
                              struct str reason, struct utc now, struct arena *arena,
                              struct err *err);
MUST_CHECK bool docket_vote(struct tx *tx, const struct subject *who, struct product_case *c,
                            struct str vote, struct str reason, struct utc now, struct arena *arena,
                            struct err *err);
/* By RB, with the minutes, once the quorum has voted. Rule: UNR-04 */
MUST_CHECK bool docket_deliberate(const struct casework *w, struct tx *tx,
                                  const struct subject *who, struct product_case *c,
                                  struct str minutes, struct utc now, struct arena *arena,
                                  struct err *err);
/* By RB on the committee's result. event: ON_DOCKET_PUBLISH, ON_DOCKET_NOT_YET, ON_DOCKET_NOT; after the latter two the case is coordinated
 * again and may be put before the committee anew (UNR-06). What is to be published has its reason in both languages. ERR_INPUT "reason",
 * "public_ja", "public_en". Rule: UNR-05 UNR-06 P19 */
struct docket_decision {
    enum docket_event event;
    struct str reason, public_ja, public_en;
};
MUST_CHECK bool docket_decide(struct tx *tx, const struct subject *who, struct product_case *c,
                              const struct docket_decision *decision, struct utc now,
                              struct arena *arena, struct err *err);
/* By the developer's manager, once it is decided to publish: its view, printed beside its name; again: another one. In Japanese, in English too where it
 * likes. ERR_INPUT "view_ja", "view_en". Rule: UNR-05 */
MUST_CHECK bool docket_give_view(struct tx *tx, const struct subject *who, struct product_case *c,
                                 struct str view_ja, struct str view_en, struct utc now,
                                 struct arena *arena, struct err *err);
/* By RB: the date, again: another one; confirmation: the ministry's, where the developer refused. ERR_INPUT "confirmation", ERR_NOT_READY while the recorded advice of an
 * ended product is not to stop using it. Rule: UNR-05 EOL-05 EOL-06 */
MUST_CHECK bool docket_order(const struct casework *w, struct tx *tx, const struct subject *who,
                             struct product_case *c, const struct developers *developers,
                             struct str confirmation, struct utc date, struct utc now,
                             struct arena *arena, struct err *err);
/* P18: the committee's way is open for this case, for the guard; and once it is public. */
MUST_CHECK bool docket_allows(struct tx *tx, const struct product_case *c, struct arena *arena,
                              bool *out, struct err *err);
MUST_CHECK bool docket_execute(struct tx *tx, const struct subject *who, struct product_case *c,
                               struct utc now, struct arena *arena, struct err *err);
/* P19, by a body: the developer can be coordinated with again. ERR_INPUT "reason". Rule: UNR-03 UNR-06 P19 */
MUST_CHECK bool docket_suspend(struct tx *tx, const struct subject *who, struct product_case *c,
                               struct str reason, struct utc now, struct arena *arena,
                               struct err *err);
/* The same because this developer has answered, by whatever way, or is taken out of the case; nothing happens when nothing about it is under way.
 * Rule: UNR-03 P19 */
MUST_CHECK bool docket_cause_falls(struct tx *tx, const struct subject *who, struct product_case *c,
                                   const struct developer *developer, struct utc now,
                                   struct arena *arena, struct err *err);

/* What a member may see of its case: from the meeting's call on, while it has not stood aside and the case is not coordinated again. ERR_ABSENT for
 * anybody else. Rule: CFD-01 */
MUST_CHECK bool docket_grant(struct tx *tx, const struct subject *who, const struct product_case *c,
                             const struct developers *developers, struct arena *arena,
                             struct grant *out, struct err *err);
