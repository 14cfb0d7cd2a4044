/* domain/casework/unreachable.h: a developer that cannot be reached (連絡不能開発者): what was tried is looked at by two persons; then it is
 * named on the public list, about three months later with its product, at last with a deadline; any contact ends it (requirements 1.6). */
#pragma once
#include "base/life.h"
#include "domain/casework/case.h"

enum unreachable_state {
    UNREACHABLE_START,
    UNREACHABLE_PROPOSED,
    UNREACHABLE_CONFIRMED,
    UNREACHABLE_LISTED,         /* by the developer's name */
    UNREACHABLE_PRODUCT_LISTED, /* with product and versions */
    UNREACHABLE_DEADLINE_SET,   /* after which the committee may judge */
    UNREACHABLE_RESUMED,        /* contact was made */
    UNREACHABLE_DROPPED,        /* before anybody confirmed it */
    UNREACHABLE_STATES
};
enum unreachable_event {
    ON_UNREACHABLE_PROPOSE,
    ON_UNREACHABLE_CONFIRM,
    ON_UNREACHABLE_DROP,
    ON_UNREACHABLE_LIST,
    ON_UNREACHABLE_LIST_PRODUCT,
    ON_UNREACHABLE_SET_DEADLINE,
    ON_UNREACHABLE_CONTACT,
    UNREACHABLE_EVENTS
};
struct unreachable_facts {
    bool tried_enough;     /* as the settings ask (contact.h) */
    bool is_second_person; /* not who proposed it */
    bool product_is_due;   /* the months of the setting have passed since the first listing */
    bool deadline_lies_ahead;
};
extern const struct life unreachable_life;

/* What is shown in the list: enough to reach the developer, and nothing of the vulnerability (UNR-02, CFD-04). */
struct unreachable_notice {
    struct str name_ja, name_en; /* empty where only the product is known by name */
    struct str url;              /* of or about the developer; may be empty */
    struct str remark_ja, remark_en;
    struct str product, versions; /* empty before the second step */
};
struct unreachable {
    int64_t id, case_id, participant_id, proposed_by;
    enum unreachable_state state;
    struct str number; /* DID#12345678; empty before the listing */
    struct str reason; /* of who proposed it */
    struct utc proposed_at, confirmed_at, listed_at, product_at, deadline, resumed_at;
    struct unreachable_notice notice;
};
/* The newest of this developer in this case; UNREACHABLE_START when there was none. */
MUST_CHECK bool unreachable_load(struct tx *tx, const struct product_case *c,
                                 const struct developer *d, struct arena *arena,
                                 struct unreachable *out, struct err *err);

/* What the buttons and the commands ask alike. */
MUST_CHECK bool unreachable_facts_of(const struct casework *w, struct tx *tx,
                                     const struct subject *who, const struct developer *d,
                                     const struct unreachable *u, struct utc now,
                                     struct arena *arena, struct unreachable_facts *out,
                                     struct err *err);

/* By an officer of CB; a second one is asked. ERR_NOT_READY while the settings ask for more, ERR_INPUT "reason". Rule: UNR-01 */
MUST_CHECK bool unreachable_propose(const struct casework *w, struct tx *tx,
                                    const struct subject *who, struct product_case *c,
                                    struct developer *d, struct str reason, struct utc now,
                                    struct arena *arena, struct err *err);
/* V11 by the second person; RB is told. Rule: UNR-01 */
MUST_CHECK bool unreachable_confirm(const struct casework *w, struct tx *tx,
                                    const struct subject *who, struct product_case *c,
                                    struct developer *d, struct utc now, struct arena *arena,
                                    struct err *err);
MUST_CHECK bool unreachable_drop(const struct casework *w, struct tx *tx, const struct subject *who,
                                 struct product_case *c, struct developer *d, struct utc now,
                                 struct arena *arena, struct err *err);
/* P20: by name; the product of the notice is left out. ERR_INPUT names the field. Rule: UNR-01 UNR-02 CFD-04 */
MUST_CHECK bool unreachable_list(const struct casework *w, struct tx *tx, const struct subject *who,
                                 struct product_case *c, struct developer *d,
                                 const struct unreachable_notice *notice, struct utc now,
                                 struct arena *arena, struct err *err);
/* The second step. Rule: UNR-02 */
MUST_CHECK bool unreachable_list_product(const struct casework *w, struct tx *tx,
                                         const struct subject *who, struct product_case *c,
                                         struct developer *d, struct str product,
                                         struct str versions, struct utc now, struct arena *arena,
                                         struct err *err);
/* The third: by when an answer is asked for, before the committee judges. Rule: UNR-02 */
MUST_CHECK bool unreachable_set_deadline(const struct casework *w, struct tx *tx,
                                         const struct subject *who, struct product_case *c,
                                         struct developer *d, struct utc deadline, struct utc now,
                                         struct arena *arena, struct err *err);
/* V12, P21: it was reached, by whatever way: off the list, back to where it was; both bodies are told. Nothing happens when nothing was
 * under way. Rule: UNR-03 */
MUST_CHECK bool unreachable_contact_made(struct tx *tx, const struct subject *who,
                                         struct product_case *c, struct developer *d,
                                         struct utc now, struct arena *arena, struct err *err);

/* ---- the public list ---- */

/* As a record for the public world: what the notices say, and how many there were (UNR-02, UNR-12). Texts of no case but these are opened.
 * revision grows whenever something of it may have changed. Rule: UNR-01 UNR-02 UNR-12 */
MUST_CHECK bool unreachable_list_revision(struct tx *tx, int64_t *out, struct err *err);
MUST_CHECK bool unreachable_list_record(const struct casework *w, struct tx *tx,
                                        struct arena *arena, struct str *out, struct err *err);

struct unreachable_line {
    struct str number;
    struct unreachable_notice notice;
    struct utc listed_at, product_at, deadline;
};
struct unreachable_public {
    VEC_OF(struct unreachable_line); /* the newest first */
    int64_t listed, resumed, completed,
        waiting; /* in total; of the resumed, those whose handling has ended; still looked for */
};
/* What such a record says; an empty one is an empty list. ERR_STORE when it is none. */
MUST_CHECK bool unreachable_from_record(struct str record, struct arena *arena,
                                        struct unreachable_public *out, struct err *err);

/* ---- what people write who may know the developer ---- */

struct unreachable_answer {
    struct str text, contact; /* contact: how to ask back; may be empty */
    struct utc at;
};
struct unreachable_answers {
    VEC_OF(struct unreachable_answer);
};
/* A form's record: "number", "text", "contact". nothing wrong: out stays empty. For the page and for the desk alike. */
enum { UNREACHABLE_TEXT_MAX = 4000, UNREACHABLE_CONTACT_MAX = 300 };
const char *unreachable_answer_fault(struct str form, const char **field); /* msgid; NULL: none */
/* From the public page; CB is told. ERR_INPUT "number" when nobody of that number is on the list (any more). Rule: UNR-02 UNR-03 */
MUST_CHECK bool unreachable_answered(const struct casework *w, struct tx *tx, struct str form,
                                     struct utc now, struct arena *arena, struct err *err);
MUST_CHECK bool unreachable_answers(struct tx *tx, const struct product_case *c,
                                    const struct unreachable *u, struct arena *arena,
                                    struct unreachable_answers *out, struct err *err);
