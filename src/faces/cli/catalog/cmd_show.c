/* `noroshi show NAME`: what the catalogue knows of one vulnerability. */
#include <unistd.h>

#include "base/err.h"
#include "domain/catalog/to.h"
#include "faces/cli/catalog/open.h"
#include "faces/cli/catalog/sheet.h"
#include "faces/cli/cmd.h"
#include "faces/cli/open.h"
#include "faces/portal/records/fill.h"
#include "formats/json/json.h"

enum { WORK_MAX = CATALOG_WORK_MAX, OUTPUT_MAX = 256 << 20 };

struct wanted {
    struct str name, folder;
    enum lang lang;
    bool is_json;
};

static bool read_all(struct wanted *wanted, int argc, char **argv, struct err *err)
{
    struct str format, lang;

    if (!option_value(&argc, argv, "--format", &format, err) ||
        !option_value(&argc, argv, "--catalog", &wanted->folder, err) ||
        !option_value(&argc, argv, "--lang", &lang, err))
        return PASS(err);
    wanted->is_json = str_eq(format, STR("json"));
    if (!wanted->is_json && format.len > 0 && !str_eq(format, STR("table")))
        return FAIL(err, USAGE, format);
    if (lang.len > 0 && !lang_from_code(lang, &wanted->lang))
        return FAIL(err, USAGE, lang);
    if (argc != 2 || argv[1][0] == '-')
        return FAIL(err, USAGE, str_from_z(argc < 2 ? "show" : argv[argc == 2 ? 1 : 2]));
    wanted->name = str_from_z(argv[1]);
    return true;
}

static bool load(const struct wanted *wanted, struct tx *tx, struct arena *arena,
                 struct record_facts *out, struct err *err)
{
    struct catalog_entry entry;
    struct err why = { 0 };

    if (!catalog_entry_find(tx, wanted->name, arena, &entry, &why)) {
        if (why.code == ERR_ABSENT)
            return FAIL(err, CATALOG_ABSENT, wanted->name);
        *err = why;
        return PASS(err);
    }
    return record_load(tx, &entry, arena, out, err) ? true : PASS(err);
}

static void put_json(const struct record_facts *facts, struct buf *out)
{
    struct json_writer w = json_writer_new(out, true);

    catalog_to_json(&facts->entry, &facts->tellings, &facts->kev, &facts->chances, &w);
    buf_byte(out, '\n');
}

static void put_sheet(const struct app *app, const struct wanted *wanted,
                      const struct record_facts *facts, struct buf *out)
{
    struct paper paper = paper_for_output(out, isatty(STDOUT_FILENO));
    struct record_view view = { 0 };

    record_fill(facts, app->settings, wanted->lang, out->arena, &view);
    sheet_print(&view, wanted->lang, out->arena, &paper);
}

bool cmd_show(const struct app *app, int argc, char **argv, int *status, struct err *err)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(WORK_MAX);
    CLEANUP(catalog_reading_end) struct catalog_reading reading = { 0 };
    struct wanted wanted = { .lang = app->lang };
    struct buf buf = buf_new(arena, OUTPUT_MAX);
    struct record_facts facts;
    struct str out;

    (void)status;
    if (!read_all(&wanted, argc, argv, err) ||
        !catalog_reading_begin(app, wanted.folder, &reading, err) ||
        !load(&wanted, reading.tx, arena, &facts, err))
        return PASS(err);
    if (wanted.is_json)
        put_json(&facts, &buf);
    else
        put_sheet(app, &wanted, &facts, &buf);
    if (!buf_done(&buf, &out, err))
        return PASS(err);
    cli_print(out);
    return true;
}
