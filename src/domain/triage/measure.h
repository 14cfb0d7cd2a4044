/* domain/triage/measure.h: what findings can be sorted by and a scan can fail on: one table for both. */
#pragma once
#include "domain/triage/triage.h"

enum measure_kind { MEASURE_FLAG, MEASURE_NUMBER, MEASURE_WORD };

struct measure {
    const char *name;
    enum measure_kind kind;
    int digits;               /* NUMBER: behind the point; epss has 5 */
    int64_t most;             /* NUMBER: in units of the last digit */
    const char *const *words; /* WORD: rising, NULL at the end; the value is its place */
    int64_t (*of)(const struct finding *finding,
                  const struct priority *priority); /* -1: not known */
};
extern const struct measure measures[];
extern const size_t measure_count;

const struct measure *measure_by_name(struct str name); /* NULL when there is none */

/* "0.5" as the measure counts it: 50000. False when it is no such value. */
bool measure_value(const struct measure *measure, struct str text, int64_t *out);

/* What findings are sorted by, the most urgent first. */
enum { ORDER_KEYS_MAX = 8 };
struct order {
    const struct measure *keys[ORDER_KEYS_MAX];
    size_t count;
};

/* "ssvc,kev,cvss"; "priority" is short for the usual order: ssvc, kev, severity, epss, cvss, fix. ERR_USAGE, its subject with a mark where it is wrong */
MUST_CHECK bool order_parse(struct str text, struct arena *arena, struct order *out,
                            struct err *err);

/* Below 0 when the first goes first; equals by id, then by component, so that the same list always has the same order. */
int order_compare(const struct order *order, const struct finding *a, const struct priority *pa,
                  const struct finding *b, const struct priority *pb);
