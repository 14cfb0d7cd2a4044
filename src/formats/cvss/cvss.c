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

static size_t metric_of(const struct cvss_table *table, struct str code)
{
    size_t i = 0;

    while (i < table->count && !str_eq_z(code, table->metrics[i].code))
        i++;
    return i;
}

/* Number of the value + 1; 0 for "not defined"; -1 when there is no such value. */
static int value_of(const struct cvss_table *table, const struct cvss_metric *metric,
                    struct str code)
{
    for (int i = 0; metric->values[i].code; i++)
        if (str_eq_z(code, metric->values[i].code))
            return i + 1;
    return metric->group != CVSS_BASE && str_eq_z(code, table->undefined) ? 0 : -1;
}

static bool parse(struct str rest, struct cvss *cvss)
{
    const struct cvss_table *table;
    bool seen[CVSS_METRICS_MAX] = { 0 };
    struct str part;
    size_t next = 0;

    cvss->version = version_of(&rest);
    table = cvss_table(cvss->version);
    if (rest.len == 0 || rest.ptr[rest.len - 1] == '/')
        return false;
    while (str_split(&rest, '/', &part)) {
        size_t colon = str_index(part, ':'), i = metric_of(table, str_take(part, colon));
        int value;

        if (i == table->count || seen[i] || (!table->any_order && i < next))
            return false;
        value = value_of(table, &table->metrics[i], str_drop(part, colon + 1));
        if (value < 0)
            return false;
        seen[i] = true;
        next = i;
        cvss->value[i] = (unsigned char)value;
    }
    for (size_t i = 0; i < table->count; i++)
        if (table->metrics[i].group == CVSS_BASE && !seen[i])
            return false;
    return true;
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

static struct str text_of(const struct cvss *cvss, bool base_only, struct arena *arena)
{
    const struct cvss_table *table = cvss_table(cvss->version);
    struct buf buf = buf_new(arena, CVSS_TEXT_MAX);
    const char *between = "";

    buf_add(&buf, table->prefix);
    for (size_t i = 0; i < table->count; i++) {
        if (cvss->value[i] == 0 || (base_only && table->metrics[i].group != CVSS_BASE))
            continue;
        buf_printf(&buf, "%s%s:%s", between, table->metrics[i].code,
                   table->metrics[i].values[cvss->value[i] - 1].code);
        between = "/";
    }
    return buf_str(&buf);
}

struct str cvss_text(const struct cvss *cvss, struct arena *arena)
{
    return text_of(cvss, false, arena);
}

struct str cvss_base_text(const struct cvss *cvss, struct arena *arena)
{
    return text_of(cvss, true, arena);
}

struct str cvss_version_text(enum cvss_version version) { return cvss_table(version)->version; }

bool cvss_has(const struct cvss *cvss, enum cvss_group group)
{
    const struct cvss_table *table = cvss_table(cvss->version);

    for (size_t i = 0; i < table->count; i++)
        if (table->metrics[i].group == group && cvss->value[i] != 0)
            return true;
    return false;
}

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

enum cvss_severity cvss_severity(int tenths, enum cvss_version version)
{
    if (version == CVSS_2_0)
        return tenths >= 70 ? CVSS_HIGH : tenths >= 40 ? CVSS_MEDIUM : CVSS_LOW;
    return tenths >= 90   ? CVSS_CRITICAL
           : tenths >= 70 ? CVSS_HIGH
           : tenths >= 40 ? CVSS_MEDIUM
           : tenths >= 1  ? CVSS_LOW
                          : CVSS_NONE;
}

static const struct {
    const char *name;
    struct str word, title;
} severities[] = {
    [CVSS_NONE] = { N_("No severity"), STR_INIT("NONE"), STR_INIT("None") },
    [CVSS_LOW] = { N_("Low severity"), STR_INIT("LOW"), STR_INIT("Low") },
    [CVSS_MEDIUM] = { N_("Medium severity"), STR_INIT("MEDIUM"), STR_INIT("Medium") },
    [CVSS_HIGH] = { N_("High severity"), STR_INIT("HIGH"), STR_INIT("High") },
    [CVSS_CRITICAL] = { N_("Critical severity"), STR_INIT("CRITICAL"), STR_INIT("Critical") },
};

const char *cvss_severity_name(enum cvss_severity severity) { return severities[severity].name; }

struct str cvss_severity_word(enum cvss_severity severity) { return severities[severity].word; }

struct str cvss_severity_title(enum cvss_severity severity) { return severities[severity].title; }
