/* domain/casework/contact.h: the ledger of attempts to reach a developer (domain-model 7.4): each with its way, its time and what shows it, and
 * what the settings ask to have been tried before a developer counts as one that cannot be reached. */
#pragma once
#include "domain/casework/case.h"

struct contact_word {
    const char *code, *words; /* msgid */
};
extern const struct contact_word contact_channels[],
    contact_results[];                              /* end with { NULL, NULL } */
const char *contact_channel_words(struct str code); /* NULL: none of these */
const char *contact_result_words(struct str code);

struct contact_attempt {
    struct str channel, result;
    struct utc made_at; /* when it was made; when it was recorded stands beside it */
    struct str to;      /* the address, number or person tried */
    struct str words;   /* what happened */
    struct str
        evidence; /* what shows it: the number of a registered letter, a message's id, a page */
    int64_t seq;
};
struct contact_attempts {
    VEC_OF(struct contact_attempt);
};

/* Without any content of the vulnerability (COO-07). The first attempt of a case is P08 too. Somebody who answers is reached again: what was
 * under way against it ends (UNR-03). ERR_INPUT "channel", "made_at": before the case was forwarded, or in the future.
 * Rule: COO-07 UNR-01 UNR-03 */
MUST_CHECK bool contact_record(const struct casework *w, struct tx *tx, const struct subject *who,
                               struct product_case *c, struct developer *d,
                               const struct contact_attempt *attempt, struct utc now,
                               struct arena *arena, struct err *err);
/* The oldest first. */
MUST_CHECK bool contact_list(struct tx *tx, const struct product_case *c, const struct developer *d,
                             struct arena *arena, struct contact_attempts *out, struct err *err);

/* What has been tried since it was last heard of, held against the settings. */
struct contact_rung {
    struct str channel;
    bool is_required, is_unknown; /* is_unknown: no address is known for it */
    int64_t count;
    struct utc last;
};
struct contact_ladder {
    VEC_OF(struct contact_rung);
    struct utc since;  /* the first attempt without an answer; 0: none */
    struct utc enough; /* when the months of the setting have passed since then */
    int64_t attempts;
    bool is_enough;
};
/* Rule: UNR-01 (six months by mail, post, telephone and fax as the guideline's default) */
MUST_CHECK bool contact_ladder(const struct casework *w, struct tx *tx, const struct developer *d,
                               struct utc now, struct arena *arena, struct contact_ladder *out,
                               struct err *err);
