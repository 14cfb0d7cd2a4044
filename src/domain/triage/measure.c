#include "domain/triage/measure.h"

#include "base/ascii.h"
#include "base/err.h"

static const char *const severity_words[] = { "none", "low", "medium", "high", "critical", NULL };
static const char *const decision_words[] = { "defer", "scheduled", "out-of-cycle", "immediate",
                                              NULL };

static int64_t kev(const struct finding *f, const struct priority *p)
{
    (void)p;
    return f->is_in_kev;
}

static int64_t ransomware(const struct finding *f, const struct priority *p)
{
    (void)p;
    return f->is_in_kev && f->kev_ransomware;
}

static int64_t epss(const struct finding *f, const struct priority *p)
{
    (void)p;
    return f->epss;
}

static int64_t percentile(const struct finding *f, const struct priority *p)
{
    (void)p;
    return f->epss_percentile;
}

static int64_t cvss(const struct finding *f, const struct priority *p)
{
    (void)f;
    return p->tenths;
}

static int64_t severity(const struct finding *f, const struct priority *p)
{
    (void)f;
    return p->score ? (int64_t)p->severity : -1;
}

static int64_t ssvc(const struct finding *f, const struct priority *p)
{
    (void)f;
    return p->decision;
}

static int64_t fix(const struct finding *f, const struct priority *p)
{
    (void)f;
    return p->has_fix;
}

static int64_t confidence(const struct finding *f, const struct priority *p)
{
    (void)p;
    return f->confidence;
}

static int64_t disputed(const struct finding *f, const struct priority *p)
{
    (void)p;
    return f->is_disputed;
}

static int64_t possible(const struct finding *f, const struct priority *p)
{
    (void)f;
    return !p->is_certain;
}

/* clang-format off */
const struct measure measures[] = {
    { "kev",        MEASURE_FLAG,   0, 1,      NULL,           kev },
    { "ransomware", MEASURE_FLAG,   0, 1,      NULL,           ransomware },
    { "ssvc",       MEASURE_WORD,   0, 3,      decision_words, ssvc },
    { "severity",   MEASURE_WORD,   0, 4,      severity_words, severity },
    { "cvss",       MEASURE_NUMBER, 1, 100,    NULL,           cvss },
    { "epss",       MEASURE_NUMBER, 5, 100000, NULL,           epss },
    { "percentile", MEASURE_NUMBER, 5, 100000, NULL,           percentile },
    { "fix",        MEASURE_FLAG,   0, 1,      NULL,           fix },
    { "confidence", MEASURE_NUMBER, 0, 100,    NULL,           confidence },
    { "disputed",   MEASURE_FLAG,   0, 1,      NULL,           disputed },
    { "possible",   MEASURE_FLAG,   0, 1,      NULL,           possible },
};
/* clang-format on */
const size_t measure_count = COUNT(measures);

#define USUAL_ORDER "ssvc,kev,severity,epss,cvss,fix"

const struct measure *measure_by_name(struct str name)
{
    for (size_t i = 0; i < measure_count; i++)
        if (str_eq_z(name, measures[i].name))
            return &measures[i];
    return NULL;
}

/* "7", "7.0", "0.00042": at most that many digits behind the point. */
static bool decimal(struct str text, int digits, int64_t most, int64_t *out)
{
    int64_t n = 0;
    int behind = -1;

    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '.' && behind < 0 && i > 0) {
            behind = 0;
            continue;
        }
        if (!ascii_is_digit(text.ptr[i]) || (behind >= 0 && ++behind > digits) || n > most)
            return false;
        n = n * 10 + (text.ptr[i] - '0');
    }
    if (text.len == 0 || behind == 0)
        return false;
    for (behind = behind < 0 ? 0 : behind; behind < digits && n <= most; behind++)
        n *= 10;
    *out = n;
    return n <= most;
}

bool measure_value(const struct measure *measure, struct str text, int64_t *out)
{
    if (measure->kind == MEASURE_NUMBER)
        return decimal(text, measure->digits, measure->most, out);
    for (int64_t i = 0; measure->words && measure->words[i]; i++) {
        if (str_eq_z(text, measure->words[i])) {
            *out = i;
            return true;
        }
    }
    return false;
}

/* ---- order ---- */

bool order_parse(struct str text, struct arena *arena, struct order *out, struct err *err)
{
    struct str rest = str_eq_z(text, "priority") ? STR(USUAL_ORDER) : text, key;
    struct order order = { 0 };

    if (str_is_empty(text))
        return FAIL(err, USAGE, STR("--sort"));
    while (str_split(&rest, ',', &key)) {
        const struct measure *measure = measure_by_name(key);

        if (!measure || order.count == ORDER_KEYS_MAX) {
            size_t at = (size_t)(key.ptr - text.ptr);

            return FAIL(err, USAGE,
                        arena_printf(arena, "%.*s<?>%.*s", STR_ARG(str_take(text, at)),
                                     STR_ARG(str_drop(text, at))));
        }
        order.keys[order.count++] = measure;
    }
    *out = order;
    return true;
}

int order_compare(const struct order *order, const struct finding *a, const struct priority *pa,
                  const struct finding *b, const struct priority *pb)
{
    int by_id;

    for (size_t i = 0; i < order->count; i++) {
        int64_t va = order->keys[i]->of(a, pa), vb = order->keys[i]->of(b, pb);

        if (va != vb)
            return va > vb ? -1 : 1;
    }
    by_id = str_cmp(a->id, b->id);
    if (by_id != 0)
        return by_id;
    return a->component < b->component ? -1 : a->component > b->component;
}
