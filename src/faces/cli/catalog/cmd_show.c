/* `noroshi show NAME`: what the catalogue knows of one vulnerability. Rule: VDB-02, API-05 */
#include <unistd.h>

#include "base/err.h"
#include "faces/cli/catalog/open.h"
#include "faces/cli/catalog/sheet.h"
#include "faces/cli/cmd.h"
#include "faces/cli/open.h"
#include "faces/http/inside.h"
#include "faces/portal/answering.h"
#include "faces/portal/records/fill.h"
#include "faces/public/catalog.h"
#include "faces/public/context.h"

enum { WORK_MAX = CATALOG_WORK_MAX, OUTPUT_MAX = 256 << 20 };

/* The endings of the portal's addresses. */
static const struct {
    const char *word, *ending;
} formats[] = {
    { "json", ".json" },    { "osv", ".osv.json" },   { "nvd", ".nvd.json" },
    { "cve", ".cve.json" }, { "csaf", ".csaf.json" }, { "vuldef", ".vuldef.xml" },
};

struct wanted {
    struct str name, folder;
    enum lang lang;
    const char *ending; /* NULL: the table */
};

static bool read_format(struct wanted *wanted, struct str word, struct err *err)
{
    for (size_t i = 0; i < COUNT(formats); i++)
        if (str_eq_z(word, formats[i].word))
            wanted->ending = formats[i].ending;
    return wanted->ending || word.len == 0 || str_eq(word, STR("table")) ? true
                                                                         : FAIL(err, USAGE, word);
}

static bool read_all(struct wanted *wanted, int argc, char **argv, struct err *err)
{
    struct str format, lang;

    if (!option_value(&argc, argv, "--format", &format, err) ||
        !option_value(&argc, argv, "--catalog", &wanted->folder, err) ||
        !option_value(&argc, argv, "--lang", &lang, err))
        return PASS(err);
    if (!read_format(wanted, format, err))
        return PASS(err);
    if (lang.len > 0 && !lang_from_code(lang, &wanted->lang))
        return FAIL(err, USAGE, lang);
    if (argc != 2 || argv[1][0] == '-')
        return FAIL(err, USAGE, str_from_z(argc < 2 ? "show" : argv[argc == 2 ? 1 : 2]));
    wanted->name = str_from_z(argv[1]);
    return true;
}

static bool find(const struct wanted *wanted, struct tx *tx, struct arena *arena,
                 struct catalog_entry *out, struct err *err)
{
    struct err why = { 0 };

    if (catalog_entry_find(tx, wanted->name, arena, out, &why))
        return true;
    if (why.code == ERR_ABSENT)
        return FAIL(err, CATALOG_ABSENT, wanted->name);
    *err = why;
    return PASS(err);
}

static bool put_sheet(const struct app *app, const struct wanted *wanted, struct tx *tx,
                      const struct catalog_entry *entry, struct buf *out, struct err *err)
{
    struct paper paper = paper_for_output(out, isatty(STDOUT_FILENO));
    struct record_view view = { 0 };
    struct record_facts facts;

    if (!record_load(tx, entry, out->arena, &facts, err))
        return PASS(err);
    record_fill(&facts, app->settings, wanted->lang, out->arena, &view);
    sheet_print(&view, wanted->lang, out->arena, &paper);
    return true;
}

/* As the portal answers it; the open catalogue is what lets a reader without a right to write look at it. */
static bool put_format(const struct app *app, const struct wanted *wanted,
                       const struct catalog_entry *entry, struct buf *out, struct err *err)
{
    CLEANUP(public_catalog_free_var) struct public_catalog *catalog = NULL;
    CLEANUP(inside_free_var) struct inside *inside = NULL;
    struct public_face face = { .settings = app->settings };
    struct str folder = catalog_folder(app, wanted->folder);
    struct portal_answering answering;
    const struct response *res;

    if (!public_catalog_new(folder, 1, &catalog, err))
        return PASS(err);
    face.catalog = catalog;
    portal_answering_of(&face, NULL, 0, &answering);
    if (!inside_new(&answering.options, &inside, err))
        return PASS(err);
    res = inside_get(inside,
                     arena_printf(out->arena, "%s%.*s%s", wanted->lang == LANG_EN ? "/en" : "",
                                  STR_ARG(entry_href(entry->name, out->arena)), wanted->ending));
    if (res->status >= 400)
        return FAIL(err, CATALOG_FORM, entry->name);
    buf_add(out, res->body);
    if (out->len > 0 && out->ptr[out->len - 1] != '\n')
        buf_byte(out, '\n');
    return true;
}

bool cmd_show(const struct app *app, int argc, char **argv, int *status, struct err *err)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(WORK_MAX);
    CLEANUP(catalog_reading_end) struct catalog_reading reading = { 0 };
    struct wanted wanted = { .lang = app->lang };
    struct buf buf = buf_new(arena, OUTPUT_MAX);
    struct catalog_entry entry;
    struct str out;

    (void)status;
    if (!read_all(&wanted, argc, argv, err) ||
        !catalog_reading_begin(app, wanted.folder, &reading, err) ||
        !find(&wanted, reading.tx, arena, &entry, err) ||
        !(wanted.ending ? put_format(app, &wanted, &entry, &buf, err)
                        : put_sheet(app, &wanted, reading.tx, &entry, &buf, err)) ||
        !buf_done(&buf, &out, err))
        return PASS(err);
    cli_print(out);
    return true;
}
