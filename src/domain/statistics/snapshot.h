/* domain/statistics/snapshot.h: the figures of a quarter on their way to the portal. Both bodies publish them (PUB-13): the receiving body
 * counts and puts forward, the coordinating body looks and publishes, and from then on they stay as they are. */
#pragma once
#include "base/life.h"
#include "domain/access/subject.h"
#include "domain/statistics/statistics.h"

struct store;
struct world;

enum snapshot_state {
    SNAPSHOT_START,
    SNAPSHOT_PROPOSED,
    SNAPSHOT_PUBLISHING, /* decided; the public world may or may not have it yet */
    SNAPSHOT_PUBLISHED,
    SNAPSHOT_STATES
};
enum snapshot_event {
    ON_SNAPSHOT_PROPOSE,
    ON_SNAPSHOT_APPROVE,
    ON_SNAPSHOT_PUBLISH,
    SNAPSHOT_EVENTS
};
struct snapshot_facts {
    bool quarter_has_ended;
    bool is_second_person; /* not who put it forward */
};
extern const struct life snapshot_life;

struct snapshot {
    struct quarter quarter;
    enum snapshot_state state;
    struct str record; /* empty in SNAPSHOT_START */
    int64_t proposed_by, approved_by;
    struct utc proposed_at, approved_at, published_at;
};
struct snapshots {
    VEC_OF(struct snapshot);
};

/* The one of that quarter; SNAPSHOT_START when nobody has put it forward yet. */
MUST_CHECK bool snapshot_load(struct tx *tx, struct quarter quarter, struct arena *arena,
                              struct snapshot *out, struct err *err);
/* Every quarter that has ended since the first report, the last first. */
MUST_CHECK bool snapshot_list(struct tx *tx, struct utc now, struct arena *arena,
                              struct snapshots *out, struct err *err);
bool snapshot_can(const struct subject *who, const struct snapshot *snapshot,
                  enum snapshot_event event, struct utc now);

/* Counts the quarter and puts the figures forward; again: counts anew. ERR_NO_SUCH_MOVE, ERR_NOT_READY: it has not ended. Rule: STA-01 PUB-13 */
MUST_CHECK bool snapshot_propose(struct tx *tx, const struct subject *who,
                                 const struct statistics_rules *rules, struct snapshot *snapshot,
                                 struct utc now, struct arena *arena, struct err *err);
/* The second look: the clock publishes it next. ERR_CHANGED_MEANWHILE: it was counted anew since `seen`. Rule: PUB-13 */
MUST_CHECK bool snapshot_approve(struct tx *tx, const struct subject *who,
                                 struct snapshot *snapshot, struct utc seen, struct utc now,
                                 struct err *err);

/* Everything that is decided and not public yet, whatever interrupted it: written to the public world, then noted. The caller has no
 * transaction open. count: how many; may be NULL. Rule: PUB-13 */
MUST_CHECK bool snapshot_publish_due(struct store *desk, struct world *world, struct utc now,
                                     size_t *count, struct err *err);
