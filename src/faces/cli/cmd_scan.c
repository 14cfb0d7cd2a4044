#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "base/fs.h"
#include "domain/matching/match.h"
#include "faces/cli/cmd.h"
#include "faces/cli/open.h"
#include "faces/cli/scan/read.h"
#include "faces/cli/scan/scan.h"
#include "faces/cli/state.h"

enum { FAILED = 2, PATHS_MAX = 32 }; /* FAILED: a condition of --fail-on is met */
#define WORK_MAX   (UINT64_C(8) << 30)
#define OUTPUT_MAX (UINT64_C(1) << 30)

enum format {
    FORMAT_TABLE,
    FORMAT_JSON,
    FORMAT_SARIF,
    FORMAT_OPENVEX,
    FORMAT_CYCLONEDX,
    FORMAT_CSAF,
    FORMAT_HTML,
    FORMATS
};
static const char *const format_words[FORMATS] = { "table",         "json",     "sarif", "openvex",
                                                   "cyclonedx-vex", "csaf-vex", "html" };

struct paths {
    struct str at[PATHS_MAX];
    size_t count;
};
struct scan {
    const struct app *app;
    struct arena *arena;
    enum lang lang;
    struct str target, output, catalog;
    struct paths vex;
    struct str ignore;
    enum format format;
    struct inventory_options list;
    struct matching_options matching;
    struct triage_site site;
    struct order order;
    struct conditions conditions;
    struct scan_columns columns;
    bool explains;

    struct matching_index *index; /* findings' texts point into it */
    struct inventory inventory;
    struct findings findings;
    struct ignore_rules rules;
    struct report report;
};

/* ---- what is asked ---- */

static bool read_format(struct scan *scan, struct str word, struct err *err)
{
    for (int i = 0; i < FORMATS; i++) {
        if (str_eq_z(word, format_words[i]) || (word.len == 0 && i == FORMAT_TABLE)) {
            scan->format = (enum format)i;
            return true;
        }
    }
    return FAIL(err, USAGE, word);
}

/* "debian:12": where the packages are installed, for lists that do not say. */
static bool read_distro(struct scan *scan, struct str text, struct err *err)
{
    size_t colon = str_index(text, ':');

    if (text.len == 0)
        return true;
    if (colon == 0 || colon + 1 >= text.len)
        return FAIL(err, USAGE, text);
    scan->list.os.id = str_take(text, colon);
    scan->list.os.version = str_drop(text, colon + 1);
    return true;
}

static bool read_input_format(struct scan *scan, struct str word, struct err *err)
{
    scan->list.format = inventory_format_from_word(word);
    return word.len == 0 || scan->list.format != INVENTORY_ANY ? true : FAIL(err, USAGE, word);
}

static bool read_lang(struct scan *scan, struct str word, struct err *err)
{
    return word.len == 0 || lang_from_code(word, &scan->lang) ? true : FAIL(err, USAGE, word);
}

static bool read_site(const struct scan *scan, struct err *err)
{
    struct str fault;

    return triage_site_is_known(&scan->site, &fault) ? true : FAIL(err, USAGE, fault);
}

static bool read_vex_paths(struct scan *scan, int *argc, char **argv, struct err *err)
{
    struct str path;

    do {
        if (!option_value(argc, argv, "--vex", &path, err))
            return PASS(err);
        if (path.len > 0 && scan->vex.count == PATHS_MAX)
            return FAIL(err, TOO_LARGE, STR("--vex"));
        if (path.len > 0)
            scan->vex.at[scan->vex.count++] = path;
    } while (path.len > 0);
    return true;
}

static bool read_options(struct scan *scan, int argc, char **argv, struct err *err)
{
    struct str format, input_format, distro, lang, sort, fail_on, show;
    const struct {
        const char *name;
        struct str *value;
    } options[] = {
        { "--format", &format },
        { "--output", &scan->output },
        { "--catalog", &scan->catalog },
        { "--ignore", &scan->ignore },
        { "--input", &input_format },
        { "--columns", &scan->list.columns },
        { "--distro", &distro },
        { "--lang", &lang },
        { "--sort", &sort },
        { "--fail-on", &fail_on },
        { "--show", &show },
        { "--exposure", &scan->site.exposure },
        { "--impact", &scan->site.impact },
    };

    for (size_t i = 0; i < COUNT(options); i++)
        if (!option_value(&argc, argv, options[i].name, options[i].value, err))
            return PASS(err);
    scan->explains = option_take(&argc, argv, "--explain");
    scan->matching.unknown_versions = option_take(&argc, argv, "--include-unknown-version");
    if (!read_vex_paths(scan, &argc, argv, err))
        return PASS(err);
    if (argc != 2 || (argv[1][0] == '-' && argv[1][1] != '\0'))
        return FAIL(err, USAGE, argc < 2 ? STR("scan") : str_from_z(argv[argc == 2 ? 1 : 2]));
    scan->target = str_from_z(argv[1]);
    return read_format(scan, format, err) && read_input_format(scan, input_format, err) &&
           read_distro(scan, distro, err) && read_lang(scan, lang, err) && read_site(scan, err) &&
           order_parse(sort.len > 0 ? sort : STR("priority"), scan->arena, &scan->order, err) &&
           (fail_on.len == 0 || conditions_parse(fail_on, scan->arena, &scan->conditions, err)) &&
           scan_columns_parse(show, scan->arena, &scan->columns, err);
}

/* ---- the work ---- */

static bool find(struct scan *scan, struct err *err)
{
    const char *path = scan->catalog.len > 0
                           ? arena_printf(scan->arena, "%.*s/match.idx", STR_ARG(scan->catalog)).ptr
                           : state_path(scan->app->settings, scan->arena, "public/match.idx");

    if (!matching_index_open(path, &scan->index, err))
        return PASS(err);
    matching_find(scan->index, &scan->inventory, scan->matching, scan->arena, &scan->findings);
    return true;
}

static bool apply_vex(struct scan *scan, struct err *err)
{
    for (size_t i = 0; i < scan->vex.count; i++) {
        struct vex vex;

        if (!scan_read_vex(scan->app, scan->vex.at[i], scan->arena, &vex, err))
            return PASS(err);
        vex_apply(&vex, scan->vex.at[i], &scan->inventory, &scan->findings, scan->arena);
    }
    return true;
}

static bool apply_rules(struct scan *scan, struct err *err)
{
    struct str text;

    if (scan->ignore.len == 0)
        return true;
    if (!fs_read_whole(arena_z(scan->arena, scan->ignore), IGNORE_TEXT_MAX, scan->arena, &text,
                       err) ||
        !ignore_read(text, scan->arena, &scan->rules, err))
        return PASS(err);
    ignore_apply(&scan->rules, scan->ignore, scan->app->now, &scan->inventory, &scan->findings,
                 scan->arena);
    return true;
}

static void make_report(struct scan *scan)
{
    struct matching_sources sources = { 0 };

    report_make(&(struct report_input){ .target = scan->target,
                                        .now = scan->app->now,
                                        .site = scan->site,
                                        .inventory = &scan->inventory,
                                        .findings = &scan->findings,
                                        .order = &scan->order,
                                        .conditions = &scan->conditions,
                                        .rules = &scan->rules },
                scan->arena, &scan->report);
    matching_index_sources(scan->index, scan->arena, &sources);
    for (size_t i = 0; i < sources.len; i++)
        VEC_PUSH(scan->arena, &scan->report.sources,
                 (struct report_source){ .name = sources.at[i].name,
                                         .newest = sources.at[i].newest,
                                         .records = (int64_t)sources.at[i].records });
}

/* ---- what is said ---- */

static void write_table(struct scan *scan, struct buf *buf)
{
    bool is_terminal = scan->output.len == 0 && isatty(STDOUT_FILENO);
    struct paper paper = paper_for_output(buf, is_terminal);
    const struct scan_table table = { &scan->report, &scan->columns, scan->lang, scan->explains };

    scan_table_print(&table, scan->arena, &paper);
}

static bool write_report(struct scan *scan, struct str *out, struct err *err)
{
    const struct settings *settings = scan->app->settings;
    const struct report_author author = { settings->publisher_name_en,
                                          settings->publisher_namespace };
    struct buf buf = buf_new(scan->arena, OUTPUT_MAX);

    switch (scan->format) {
    case FORMAT_TABLE:
        write_table(scan, &buf);
        break;
    case FORMAT_JSON:
        report_to_json(&scan->report, scan->arena, &buf);
        break;
    case FORMAT_SARIF:
        report_to_sarif(&scan->report, scan->arena, &buf);
        break;
    case FORMAT_OPENVEX:
        report_to_openvex(&scan->report, &author, scan->arena, &buf);
        break;
    case FORMAT_CYCLONEDX:
        report_to_cyclonedx(&scan->report, &author, scan->arena, &buf);
        break;
    case FORMAT_CSAF:
        if (!report_to_csaf(&scan->report, &author, scan->arena, &buf, err))
            return PASS(err);
        break;
    case FORMAT_HTML:
    case FORMATS:
        return scan_html(&scan->report, scan->lang, scan->arena, out, err) ? true : PASS(err);
    }
    return buf_done(&buf, out, err) ? true : PASS(err);
}

static bool run(struct scan *scan, int *status, struct err *err)
{
    struct str out;

    if (!scan_read_list(scan->app, scan->target, &scan->list, scan->arena, &scan->inventory, err) ||
        !find(scan, err) || !apply_vex(scan, err) || !apply_rules(scan, err))
        return PASS(err);
    make_report(scan);
    if (!write_report(scan, &out, err))
        return PASS(err);
    if (scan->output.len == 0)
        cli_print(out);
    else if (!fs_write_whole(arena_z(scan->arena, scan->output), out, 0644, err))
        return PASS(err);
    if (report_fails(&scan->report))
        *status = FAILED;
    return true;
}

bool cmd_scan(const struct app *app, int argc, char **argv, int *status, struct err *err)
{
    struct scan scan = { .app = app, .arena = arena_new(WORK_MAX), .lang = app->lang };
    bool is_done = read_options(&scan, argc, argv, err) && run(&scan, status, err);

    matching_index_close(scan.index);
    arena_drop(scan.arena);
    return is_done ? true : PASS(err);
}
