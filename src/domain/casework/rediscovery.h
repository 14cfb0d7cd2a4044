/* domain/casework/rediscovery.h: a second finder of the same vulnerability is noticed without spreading the secret. What identifies a report
 * is kept as fingerprints, hashes under a key of the desk's own, and compared as such: no text of another report is opened for it. Who may
 * see both cases learns what they have in common, in kinds alone. */
#pragma once
#include "domain/casework/case.h"

/* What two reports have in common, or-ed. */
enum coincidence {
    SAME_PRODUCT = 1 << 0,
    SAME_VERSION = 1 << 1, /* of the same product */
    SAME_ADDRESS = 1 << 2, /* the product's web page */
    SAME_WEAKNESS = 1 << 3,
    SAME_PLACE = 1 << 4, /* a file, function or parameter that both name */
    SAME_NUMBER = 1 << 5 /* a CVE number that both name */
};
/* Whether it is worth a look: a version, a weakness or a file name alone says nothing. */
bool coincidence_is_hint(unsigned kinds);
/* Whether it may well be the same vulnerability: its number, or the product together with what is wrong with it. */
bool coincidence_is_alarm(unsigned kinds);

/* A product's name as it is compared: letters and digits in one width and case. "Sample-Router RX 100" and "samplerouter rx100" are one. */
struct str rediscovery_name(struct str name, struct arena *arena);

struct meeting {
    int64_t case_id;
    unsigned kinds;
    bool is_open; /* neither published nor closed */
};
struct meetings {
    VEC_OF(struct meeting);
};
/* The other product cases, of whatever body, whose fingerprints meet this one's. */
MUST_CHECK bool rediscovery_meetings(struct tx *tx, int64_t case_id, struct arena *arena,
                                     struct meetings *out, struct err *err);

/* When a report has become a case: keeps its fingerprints, and those of open cases that have none yet. Where they raise an alarm with an open
 * case an entry says so and the receiving body is told; the finder learns nothing of it. The caller has begun TX_WRITE. Rule: INT-22 */
MUST_CHECK bool rediscovery_look(const struct casework *w, struct tx *tx,
                                 const struct subject *finder, struct product_case *c,
                                 struct utc now, struct arena *arena, struct err *err);
