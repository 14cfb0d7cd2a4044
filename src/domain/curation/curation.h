/* domain/curation/curation.h: Japanese texts that officers write for entries whose sources have none, beside the English, and what they say of an entry. Drafts are
 * the desk's; what is published stands in the catalogue as our own word beside the sources' (an overlay). Rule: VDB-14, VDB-08, VDB-11, VDB-16 */
#pragma once
#include "base/fault.h"
#include "base/life.h"
#include "domain/access/deed.h"
#include "domain/catalog/byhand.h"

enum curation_state {
    CURATION_NONE,
    CURATION_DRAFT,
    CURATION_TRANSLATED,
    CURATION_PUBLISHED,
    CURATION_STATES
};
enum curation_event {
    CURATION_SAVE,
    CURATION_FINISH,
    CURATION_RETURN,
    CURATION_PUBLISH,
    CURATION_EVENTS
};
extern const struct life curation_life;

enum { CURATION_TITLE_MAX = 300, CURATION_TEXT_MAX = 20000 /* characters */ };

struct curation {
    struct str name; /* of the entry */
    enum curation_state state;
    struct str title, overview, impact, countermeasure;
    bool is_embedded, is_standard;
    struct str number; /* given with the first publication; empty before */
    struct str who;    /* who changed it last; empty: nobody yet */
    struct utc changed, published;
    int64_t version; /* goes up with each change: what a form was made of */
};
struct curations {
    VEC_OF(struct curation);
};

/* What was written for that entry; an empty one in state NONE when nothing was. ERR_STORE */
MUST_CHECK bool curation_find(struct tx *tx, struct str name, struct arena *arena,
                              struct curation *out, struct err *err);
/* Those in a state, the one that has waited longest first; CURATION_NONE: all but published. */
MUST_CHECK bool curation_list(struct tx *tx, enum curation_state state, size_t offset, size_t limit,
                              struct arena *arena, struct curations *out, int64_t *count,
                              struct err *err);

/* What cannot be published or kept as it is. is_whole: for finishing and publishing, else for a draft. */
void curation_check(const struct curation *curation, bool is_whole, struct arena *arena,
                    struct form_faults *faults);

/**
 * The move with the texts as they are now; RETURN and PUBLISH take the kept texts. PUBLISH writes the catalogue first: again after a kill, the same.
 *
 * curation  name, texts, marks and the version it was made of; after a move as it stands now
 * catalog   for PUBLISH; prefix: of our numbers; origin: who says so
 * err       ERR_NO_SUCH_MOVE, ERR_NOT_YOUR_MOVE, ERR_NOT_READY; ERR_CHANGED_MEANWHILE; ERR_STORE_BUSY while an import writes
 * Rule:     VDB-14
 */
struct curation_place {
    struct store *catalog;
    struct str prefix, origin;
};
MUST_CHECK bool curation_move(const struct deed *deed, enum curation_event event,
                              struct curation *curation, const struct curation_place *place,
                              struct err *err);
