#include "formats/cvss/cvss.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/tr.h"
#include "formats/cvss/cvss_internal.h"

static enum cvss_version version_of(struct str *rest)
{
    for (enum cvss_version v = CVSS_3_0; v <= CVSS_4_0; v++)
        if (str_skip(rest, cvss_table(v)->prefix))
            return v;
    return CVSS_2_0;
}

/* Takes the code and what ends it off the text, which is not empty; a '/' may also be the end of the text. Most codes are
 * told by their first letter. */
static inline bool take(struct str *rest, const char *code, char end)
{
    size_t i = 1;

    if (code[0] != rest->ptr[0])
        return false;
    for (; code[i]; i++)
        if (i == rest->len || rest->ptr[i] != code[i])
            return false;
    if (i == rest->len ? end != '/' : rest->ptr[i] != end)
        return false;
    i += i < rest->len;
    rest->ptr += i;
    rest->len -= i;
    return true;
}

/* Looks from the place where the specification's order lets the next metric stand; most vectors are found there at once. */
static size_t take_metric(const struct cvss_table *table, size_t next, struct str *rest)
{
    for (size_t i = next; i < table->count; i++)
        if (take(rest, table->metrics[i].code, ':'))
            return i;
    for (size_t i = 0; table->any_order && i < next; i++)
        if (take(rest, table->metrics[i].code, ':'))
            return i;
    return table->count;
}

/* Number of the value + 1; 0 for "not defined"; -1 when there is no such value. */
static int take_value(const struct cvss_table *table, const struct cvss_metric *metric,
                      struct str *rest)
{
    if (rest->len == 0)
        return -1;
    for (int i = 0; metric->values[i].code; i++)
        if (take(rest, metric->values[i].code, '/'))
            return i + 1;
    return metric->group != CVSS_BASE && take(rest, table->undefined, '/') ? 0 : -1;
}

static bool parse(struct str rest, struct cvss *cvss)
{
    const struct cvss_table *table;
    uint32_t seen = 0, must;
    size_t next = 0;

    cvss->version = version_of(&rest);
    table = cvss_table(cvss->version);
    must = ((uint32_t)1 << table->base) - 1;
    if (rest.len == 0 || rest.ptr[rest.len - 1] == '/')
        return false;
    while (rest.len > 0) {
        size_t i = take_metric(table, next, &rest);
        int value = i < table->count ? take_value(table, &table->metrics[i], &rest) : -1;

        if (value < 0 || (seen >> i & 1))
            return false;
        seen |= (uint32_t)1 << i;
        next = i + 1;
        cvss->value[i] = (unsigned char)value;
    }
    return (seen & must) == must;
}

bool cvss_parse(struct str vector, struct cvss *out, struct err *err)
{
    struct cvss cvss = { 0 };

    if (vector.len > CVSS_TEXT_MAX)
        return FAIL(err, TOO_LARGE, STR("CVSS"));
    if (!parse(vector, &cvss))
        return FAIL(err, CVSS_SYNTAX, vector);
    *out = cvss;
    return true;
}

struct str cvss_text(const struct cvss *cvss, struct arena *arena)
{
    const struct cvss_table *table = cvss_table(cvss->version);
    struct buf buf = buf_new(arena, CVSS_TEXT_MAX);
    const char *between = "";

    buf_add(&buf, table->prefix);
    for (size_t i = 0; i < table->count; i++) {
        if (cvss->value[i] == 0)
            continue;
        buf_printf(&buf, "%s%s:%s", between, table->metrics[i].code,
                   table->metrics[i].values[cvss->value[i] - 1].code);
        between = "/";
    }
    return buf_str(&buf);
}

struct cvss cvss_base_part(const struct cvss *cvss)
{
    struct cvss part = { .version = cvss->version };

    for (size_t i = 0; i < cvss_table(cvss->version)->base; i++)
        part.value[i] = cvss->value[i];
    return part;
}

struct str cvss_version_text(enum cvss_version version) { return cvss_table(version)->version; }

size_t cvss_pairs(const struct cvss *cvss, bool all, struct cvss_pair out[CVSS_METRICS_MAX])
{
    const struct cvss_table *table = cvss_table(cvss->version);
    size_t count = 0;

    for (size_t i = 0; i < table->count; i++) {
        const struct cvss_metric *metric = &table->metrics[i];
        const struct cvss_value *value =
            cvss->value[i] ? &metric->values[cvss->value[i] - 1] : NULL;

        if (!value && !all)
            continue;
        out[count++] = (struct cvss_pair){
            metric->group,
            metric->code,
            value ? value->code : table->undefined,
            metric->name,
            value ? value->name : N_("Not Defined"),
            metric->property,
            value ? value->word : "NOT_DEFINED",
        };
    }
    return count;
}

enum cvss_word cvss_take_word(struct cvss *cvss, const char *property, struct str word)
{
    const struct cvss_table *table = cvss_table(cvss->version);
    const struct cvss_value *values;
    size_t metric = 0;
    unsigned char value = 0;

    while (metric < table->count &&
           !str_eq_z(str_from_z(property), table->metrics[metric].property))
        metric++;
    if (metric == table->count)
        return CVSS_WORD_UNKNOWN;
    values = table->metrics[metric].values;
    while (values[value].code && !str_eq_z(word, values[value].word))
        value++;
    if (values[value].code)
        value++;
    else if (metric >= table->base && str_eq(word, STR("NOT_DEFINED")))
        value = 0;
    else
        return CVSS_WORD_UNKNOWN;
    if (value == cvss->value[metric])
        return CVSS_WORD_AGREES;
    if (cvss->value[metric] != 0)
        return CVSS_WORD_CONTRADICTS;
    cvss->value[metric] = value;
    return CVSS_WORD_ADDS;
}
