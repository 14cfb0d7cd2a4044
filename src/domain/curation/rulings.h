/* domain/curation/rulings.h: two entries that are about one vulnerability are joined, a record's wrong other name is taken apart, each with a reason, each undone the
 * same way. The desk keeps who decided and why; the catalogue keeps what it means (domain/catalog/ruling.h), so that imports follow it. Rule: VDB-14, VDB-01 */
#pragma once
#include "domain/catalog/ruling.h"
#include "domain/curation/curation.h"

enum ruling_state { RULING_NONE, RULING_HOLDS, RULING_UNDONE, RULING_STATES };
enum ruling_event { RULING_DECIDE, RULING_UNDO, RULING_EVENTS };
extern const struct life ruling_life;

enum { RULING_REASON_MAX = 1000 /* characters */ };

struct ruling {
    int64_t id;
    enum ruling_state state;
    struct str source; /* of a record; empty: entries are joined */
    struct str name;   /* the entry that stands in the other; or the record */
    struct str other;  /* the entry it stands in; or the name that is wrong */
    struct str entry;  /* on whose page it was decided */
    struct str reason, who, undone_reason, undone_who;
    struct utc made, undone;
};
struct rulings_list {
    VEC_OF(struct ruling);
};

/* All that concern an entry of that name, the latest first. ERR_STORE */
MUST_CHECK bool ruling_list(struct tx *tx, struct str name, struct arena *arena,
                            struct rulings_list *out, struct err *err);

/**
 * Decides that two entries are one: that without a CVE stands in the other, otherwise the first in the second.
 *
 * ruling  entry and other as typed, reason; then as it was decided
 * faults  why it cannot be; then nothing was done
 * err     ERR_NOT_YOUR_MOVE; ERR_STORE_BUSY while an import writes
 * Rule:   VDB-14
 */
MUST_CHECK bool ruling_join(const struct deed *deed, const struct curation_place *place,
                            struct ruling *ruling, struct form_faults *faults, struct err *err);
/* Decides that `other` is no name of the flaw that the record `name` of `source` is about. The same. */
MUST_CHECK bool ruling_part(const struct deed *deed, const struct curation_place *place,
                            struct ruling *ruling, struct form_faults *faults, struct err *err);
/* Takes it back. ERR_ABSENT; ERR_NO_SUCH_MOVE when it was before */
MUST_CHECK bool ruling_undo(const struct deed *deed, const struct curation_place *place, int64_t id,
                            struct str reason, struct form_faults *faults, struct err *err);
