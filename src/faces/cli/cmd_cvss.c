#include <string.h>

#include "base/err.h"
#include "faces/cli/cmd.h"
#include "faces/cli/lines.h"
#include "faces/cli/open.h"
#include "formats/cvss/cvss.h"
#include "formats/json/json.h"

enum { OUTPUT_MAX = 64 << 10 };

struct view {
    enum lang lang;
    const struct cvss *cvss;
    struct arena *arena;
    struct buf *out;
};

static struct str tenths_text(struct arena *arena, int tenths)
{
    return tenths == CVSS_NO_SCORE ? STR("-")
                                   : arena_printf(arena, "%d.%d", tenths / 10, tenths % 10);
}

/* One sentence with a score in it, or, without one, a heading. */
static void put_heading(struct view *v, const char *msgid, int tenths)
{
    enum cvss_version version = v->cvss->version;
    const char *severity = cvss_severity_name(cvss_severity(tenths, version), version);

    buf_add(v->out, tr_fill(v->arena, v->lang, msgid,
                            TR_ARGS({ "score", tenths_text(v->arena, tenths) },
                                    { "severity", tr(v->lang, severity) },
                                    { "made_from", cvss_nomenclature(v->cvss) })));
    buf_byte(v->out, '\n');
}

static void put_metrics(struct view *v, enum cvss_group group)
{
    struct cvss_pair pairs[CVSS_METRICS_MAX];
    size_t count = cvss_pairs(v->cvss, false, pairs);

    for (size_t i = 0; i < count; i++) {
        struct str code = arena_printf(v->arena, "%s:%s", pairs[i].metric, pairs[i].value);

        if (pairs[i].group != group)
            continue;
        buf_printf(v->out, "  %-8.*s ", STR_ARG(code));
        buf_add(v->out, tr_fill(v->arena, v->lang, N_("{metric}: {value}"),
                                TR_ARGS({ "metric", tr(v->lang, pairs[i].metric_name) },
                                        { "value", tr(v->lang, pairs[i].value_name) })));
        buf_byte(v->out, '\n');
    }
}

/* Each group under its score. 4.0 has one for all: it stands first, and the other groups have their names alone. */
static void put_table(struct view *v)
{
    const struct cvss *cvss = v->cvss;
    bool is_v4 = cvss->version == CVSS_4_0;
    const struct {
        enum cvss_group group;
        const char *heading;
        int tenths;
    } groups[] = {
        { CVSS_BASE,
          is_v4 ? N_("Score: {score} ({severity}), {made_from}")
                : N_("Base score: {score} ({severity})"),
          cvss_base_tenths(cvss) },
        { CVSS_TEMPORAL, is_v4 ? N_("Threat metrics") : N_("Temporal score: {score} ({severity})"),
          cvss_temporal_tenths(cvss) },
        { CVSS_ENVIRONMENTAL,
          is_v4 ? N_("Environmental metrics") : N_("Environmental score: {score} ({severity})"),
          cvss_environmental_tenths(cvss) },
        { CVSS_SUPPLEMENTAL, N_("Supplemental metrics"), CVSS_NO_SCORE },
    };

    buf_printf(v->out, "CVSS %.*s  ", STR_ARG(cvss_version_text(cvss->version)));
    buf_add(v->out, cvss_text(cvss, v->arena));
    buf_byte(v->out, '\n');
    for (size_t i = 0; i < COUNT(groups); i++) {
        if (i > 0 && !cvss_has(cvss, groups[i].group))
            continue;
        put_heading(v, groups[i].heading, groups[i].tenths);
        put_metrics(v, groups[i].group);
    }
}

static void put_json(struct view *v)
{
    struct json_writer w = json_writer_new(v->out, true);

    cvss_write(v->cvss, &w);
    buf_byte(v->out, '\n');
}

/* version, base, temporal, environmental, severity of the base score; "-" where the version, or a vector of 2.0 without metrics of the
 * group, has no such score. */
static bool answer(void *context, const struct str *operand, struct buf *out, struct err *err)
{
    struct cvss cvss;
    int base;
    bool is_v2;

    (void)context;
    if (!cvss_parse(operand[0], &cvss, err))
        return PASS(err);
    base = cvss_base_tenths(&cvss);
    is_v2 = cvss.version == CVSS_2_0;
    buf_add(out, cvss_version_text(cvss.version));
    buf_byte(out, '\t');
    buf_add(out, tenths_text(out->arena, base));
    buf_byte(out, '\t');
    buf_add(out, is_v2 && !cvss_has(&cvss, CVSS_TEMPORAL)
                     ? STR("-")
                     : tenths_text(out->arena, cvss_temporal_tenths(&cvss)));
    buf_byte(out, '\t');
    buf_add(out, is_v2 && !cvss_has(&cvss, CVSS_ENVIRONMENTAL)
                     ? STR("-")
                     : tenths_text(out->arena, cvss_environmental_tenths(&cvss)));
    buf_byte(out, '\t');
    buf_add(out, cvss_severity_word(cvss_severity(base, cvss.version)));
    return true;
}

bool cmd_cvss(const struct app *app, int argc, char **argv, int *status, struct err *err)
{
    static const struct line_tool by_line = { .operands = 1, .answer = answer };
    struct buf buf = buf_new(app->arena, OUTPUT_MAX);
    struct cvss cvss;
    struct view view = { app->lang, &cvss, app->arena, &buf };
    struct str format, text;

    if (!option_value(&argc, argv, "--format", &format, err))
        return PASS(err);
    if (argc != 2 || (format.len > 0 && !str_eq_z(format, "table") && !str_eq_z(format, "json")))
        return FAIL(err, USAGE, format.len > 0 ? format : STR("cvss"));
    if (strcmp(argv[1], "-") == 0)
        return lines_run(app, &by_line, argc - 1, argv + 1, status, err) ? true : PASS(err);
    if (!cvss_parse(str_from_z(argv[1]), &cvss, err))
        return PASS(err);
    if (str_eq_z(format, "json"))
        put_json(&view);
    else
        put_table(&view);
    if (!buf_done(&buf, &text, err))
        return PASS(err);
    cli_print(text);
    return true;
}
