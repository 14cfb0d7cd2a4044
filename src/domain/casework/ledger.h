/* domain/casework/ledger.h: the truth of every case: an append-only list of events, each with the hash of the one before
 * (design 4). Plain columns hold what caches and statistics need; texts are a sealed payload under the case's own key. */
#pragma once
#include "base/arena.h"
#include "base/utc.h"
#include "base/vec.h"
#include "domain/access/subject.h"
#include "seal/vault.h"

struct err;
struct tx;

/* The key of a case lives apart from its caches; deleting it deletes every text of the case, and the chain still verifies. */
struct case_key {
    int64_t case_id;
    struct seal_key key;
    bool is_destroyed;
};
/* Makes the case's row with its public id, its number and its wrapped key. */
MUST_CHECK bool case_key_new(struct tx *tx, const struct vault *vault, struct str number,
                             struct arena *arena, struct case_key *out, struct str *public_id,
                             struct err *err);
MUST_CHECK bool case_key_load(struct tx *tx, const struct vault *vault, int64_t case_id,
                              struct arena *arena, struct case_key *out, struct err *err);
/* Deletes the key: texts of the case are gone for good, and what identified its report with them. */
MUST_CHECK bool case_key_destroy(struct tx *tx, int64_t case_id, struct err *err);

struct event {
    const char *kind; /* "report.accepted": one of domain-model 7.3 or our own, dotted */
    int64_t case_id, participant_id; /* 0: none */
    struct str from, to;             /* states, when it moves a life */
    struct str code;                 /* reason, basis, thread: a closed list each */
    struct utc n;                    /* an instant it is about (a date set), 0: none */
    int64_t ref;                     /* the row it is about */
    struct str rule, carries;
    struct str facts;   /* a record; plain */
    struct str payload; /* a record; sealed; empty: none */
};

/* An entry as read back. */
struct entry {
    int64_t seq;
    struct utc at;
    struct str kind;
    int64_t case_id, participant_id, actor_id, ref;
    struct str actor_kind, from, to, code, rule, carries, facts;
    struct utc n;
    bool has_payload;
};

/* Appends, in the caller's write transaction. key: the case's; may be NULL for an event without payload. */
MUST_CHECK bool ledger_append(struct tx *tx, const struct case_key *key, const struct subject *who,
                              const struct event *event, struct utc now, struct arena *arena,
                              struct entry *out, struct err *err);

/* The payload of an entry; an empty record when it had none or its key is destroyed. ERR_SEAL_BROKEN */
MUST_CHECK bool ledger_payload(struct tx *tx, const struct case_key *key, int64_t seq,
                               struct arena *arena, struct str *out, struct err *err);
/* One field of it; empty when seq is 0: there is no such entry. */
MUST_CHECK bool ledger_field(struct tx *tx, const struct case_key *key, int64_t seq,
                             const char *field, struct arena *arena, struct str *out,
                             struct err *err);

/* The same for a sealed text that came along with the row of its entry, so that many are read in one statement. */
MUST_CHECK bool ledger_open(const struct case_key *key, int64_t seq, struct str sealed,
                            struct arena *arena, struct str *out, struct err *err);

/* The newest entries of a case before seq `before` (0: of all), newest first; participant_id 0: of everybody. */
struct entries;
MUST_CHECK bool ledger_latest(struct tx *tx, int64_t case_id, int64_t participant_id,
                              int64_t before, size_t limit, struct arena *arena,
                              struct entries *out, struct err *err);

/* Entries of a case (0: all) after seq `after`, oldest first, at most `limit`. */
struct entries {
    struct entry *at;
    size_t len, cap;
};
MUST_CHECK bool ledger_read(struct tx *tx, int64_t case_id, int64_t after, size_t limit,
                            struct arena *arena, struct entries *out, struct err *err);

/* Entries of all cases, the newest first: what an auditor reads, without texts. case_number: empty for all. */
struct ledger_line {
    struct entry entry;
    struct str case_number, hash; /* hash: hex */
};
struct ledger_lines {
    VEC_OF(struct ledger_line);
    bool has_more;
};
MUST_CHECK bool ledger_list(struct tx *tx, struct str case_number, int64_t offset, int64_t limit,
                            struct arena *arena, struct ledger_lines *out, struct err *err);

/* The last entry and its hash, to which the next is tied; *seq is 0 when there is none. */
MUST_CHECK bool ledger_head(struct tx *tx, struct arena *arena, int64_t *seq, struct hash *head,
                            struct err *err);

/* Walks the whole chain: gapless numbers, hashes, payload hashes of what can be opened. ERR_LEDGER_BROKEN names the entry.
 * count, head: of what was verified, for a checkpoint kept elsewhere. */
MUST_CHECK bool ledger_verify(struct tx *tx, const struct vault *vault, int64_t *count,
                              struct hash *head, struct err *err);
