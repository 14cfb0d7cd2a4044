/* domain/casework/proof.h: what proves to anybody, without us and offline, what was reported and when: a statement about each report, signed;
 * and a checkpoint a day, signed and published, that binds the statements of the day before and the head of the ledger, so that not even we
 * can date a report back. Nothing in a checkpoint tells how many reports there were. Pure. */
#pragma once
#include "base/utc.h"
#include "base/vec.h"
#include "seal/seal.h"

struct err;

enum { PROOF_DEPTH_MAX = 32, PROOF_FILE_MAX = 64 << 10, PROOF_LEAVES_LEAST = 64 };

struct proof_signed {
    struct str
        statement; /* lines "name value"; the first says what it is and how it is to be read */
    struct signature signature;
};

/* What was reported, as the finder can keep it: "name", a line, and its value, for every field of the report but those about the finder. */
struct str proof_report_text(struct str record, struct arena *arena);

/* number: the receipt's; text: of proof_report_text. A random salt stands in it, so nobody can find the text by trying. */
struct str proof_receipt(struct str number, struct utc at, struct str text, struct arena *arena);
/* head: of the ledger; root: proof_root; previous: the checkpoint before, empty for the first. */
struct str proof_checkpoint(struct utc at, struct hash head, struct hash root, struct str previous,
                            struct arena *arena);

/* ---- the tree over a day's statements (RFC 9162, section 2.1.1, with SHA-256, always full) ---- */
struct proof_leaves {
    VEC_OF(struct hash); /* sorted, so that a place tells nothing; a power of two */
};
struct hash proof_leaf(struct str statement);
/* leaves: of the statements. blind: a key that makes up others, until there are PROOF_LEAVES_LEAST or the next power of two above; at least one. */
void proof_leaves_fill(struct proof_leaves *leaves, const struct seal_key *blind,
                       struct arena *arena);
struct hash proof_root(const struct proof_leaves *leaves, struct arena *arena);
struct proof_path {
    int64_t index;
    VEC_OF(struct hash); /* the neighbours from the leaf up */
};
/* false: it is not among them. */
bool proof_path_of(const struct proof_leaves *leaves, struct hash leaf, struct arena *arena,
                   struct proof_path *out);

/* ---- the receipt as a file: JSON ---- */
struct proof {
    struct seal_key key;
    struct proof_signed receipt, checkpoint; /* checkpoint: empty until there is one */
    struct proof_path path;
};
struct str proof_write(const struct proof *proof, struct arena *arena);
/* ERR_JSON_SYNTAX, ERR_TOO_LARGE, ERR_INPUT: the field that is missing or wrong */
MUST_CHECK bool proof_read(struct str text, struct arena *arena, struct proof *out,
                           struct err *err);
/* A checkpoint as it is published: the statement and a line "signature …". ERR_INPUT "checkpoint" */
struct str proof_checkpoint_file(const struct proof_signed *checkpoint, struct arena *arena);
MUST_CHECK bool proof_checkpoint_read(struct str text, struct arena *arena,
                                      struct proof_signed *out, struct err *err);

/* What one may hold against a receipt; each may be missing. */
struct proof_others {
    const struct seal_key *key;            /* as published, instead of the receipt's own word */
    const struct str *report;              /* the report's text */
    const struct proof_signed *checkpoint; /* as published */
};
enum proof_verdict {
    PROOF_GOOD,
    PROOF_OTHER_KEY,
    PROOF_NOT_SIGNED,
    PROOF_OTHER_REPORT,
    PROOF_CHECKPOINT_NOT_SIGNED,
    PROOF_OTHER_CHECKPOINT,
    PROOF_NOT_IN_CHECKPOINT,
    PROOF_VERDICTS
};
extern const char *const proof_verdict_words[PROOF_VERDICTS]; /* msgids */
enum proof_verdict proof_check(const struct proof *proof, const struct proof_others *others);

/* The value of a line of a statement; STR_NONE when there is none. */
struct str proof_line(struct str statement, const char *name);
