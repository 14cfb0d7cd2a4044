/* domain/catalog/changes.h: what changed since somebody looked, for whoever keeps something that is made of all records. */
#pragma once
#include "domain/catalog/record.h"

struct tx;

/* How far it was looked: a record that is new has a greater number, one that changed left a greater past, and what was decided by hand has a time. */
struct catalog_reach {
    int64_t record, past;
    int64_t hand, hands; /* when the last record changed by hand; how many did */
};
/* ERR_STORE */
MUST_CHECK bool catalog_reach(struct tx *tx, struct catalog_reach *out, struct err *err);

/* Records that came or changed since then, as often as each did; those by hand of an hour before then once more, for clocks do not keep the order in which
 * transactions end. ERR_STORE */
MUST_CHECK bool catalog_changes_count(struct tx *tx, struct catalog_reach since, int64_t *out,
                                      struct err *err);
struct catalog_numbers {
    VEC_OF(int64_t);
};
/* Their numbers, ascending. ERR_STORE */
MUST_CHECK bool catalog_changes(struct tx *tx, struct catalog_reach since, struct arena *arena,
                                struct catalog_numbers *out, struct err *err);

/* Whoever reads one record after another. */
struct packer;
struct catalog_reader {
    struct tx *tx;
    struct packer *packer; /* formats/archive/pack.h */
};
/* The records whose own id this is or who name it among their aliases; of a CVE in capitals and in small letters. ERR_STORE */
MUST_CHECK bool catalog_tellers(const struct catalog_reader *reader, struct str id,
                                struct arena *arena, struct catalog_numbers *out, struct err *err);
/* Who says so and which ids are one: source, id, is_overlay, state and aliases alone. ERR_STORE, ERR_CATALOG_RECORD, ERR_ABSENT */
MUST_CHECK bool catalog_claim(const struct catalog_reader *reader, int64_t number,
                              struct arena *arena, struct catalog_record *out, struct err *err);
/* All of it. ERR_STORE, ERR_CATALOG_RECORD, ERR_ABSENT */
MUST_CHECK bool catalog_record(const struct catalog_reader *reader, int64_t number,
                               struct arena *arena, struct catalog_record *out, struct err *err);

/* Another number when a score was added or changed, almost certainly. ERR_STORE */
struct catalog_scores {
    int64_t count, sum, newest; /* newest: a day in ms */
};
MUST_CHECK bool catalog_scores(struct tx *tx, struct catalog_scores *out, struct err *err);
