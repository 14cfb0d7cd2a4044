#include "base/err.h"
#include "domain/access/organisation.h"
#include "faces/cli/cmd.h"
#include "faces/cli/open.h"
#include "faces/cli/state.h"

/* The two bodies by the names of the settings, unless they are there. Rule: GEN-09 */
static bool add_body(const struct deed *deed, const char *kind, struct str name_ja,
                     struct str name_en, struct err *err)
{
    struct organisation_values values = { .kind = str_from_z(kind),
                                          .name_ja = name_ja,
                                          .name_en = name_en,
                                          .developer_basis = STR("other"),
                                          .languages = STR("ja en"),
                                          .is_listed_publicly = true };
    struct organisation_filter filter = { .kind = values.kind };
    struct organisation_rows rows = { 0 };
    struct str public_id;
    int64_t id;

    if (!organisation_list(deed->tx, &filter, deed->arena, &rows, err))
        return PASS(err);
    if (rows.total > 0)
        return true;
    return organisation_add(deed, &values, &id, &public_id, err) ? true : PASS(err);
}

bool cmd_init(const struct app *app, int argc, char **argv, int *status, struct err *err)
{
    CLEANUP(opened_close) struct opened opened = { .lock = -1 };
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct subject command = { .kind = SUBJECT_COMMAND };
    struct deed deed = { .who = &command, .now = app->now, .arena = app->arena };
    const struct settings *s = app->settings;
    struct store *advisories = NULL;

    (void)status;
    if (argc > 1)
        return FAIL(err, USAGE, str_from_z(argv[1]));
    if (!opened_open(app, OPEN_TO_MAKE, &opened, err) ||
        !store_open(&(struct store_options){ .path = advisories_path(s, app->arena),
                                             .kind = &store_advisories,
                                             .create = true,
                                             .migrate = true },
                    &advisories, err))
        return PASS(err);
    store_close(advisories);
    if (!tx_begin(opened.desk, TX_WRITE, &tx, err))
        return PASS(err);
    deed.tx = tx;
    if (!add_body(&deed, "RB", s->receiving_body_ja, s->receiving_body_en, err) ||
        !add_body(&deed, "CB", s->coordinating_body_ja, s->coordinating_body_en, err) ||
        !tx_commit(&tx, err))
        return PASS(err);
    cli_print(tr_fill(
        app->arena, app->lang,
        N_("The state folder {folder} is ready. Keep a copy of its master key in a safe place: no backup holds it."),
        TR_ARGS({ "folder", s->state_dir })));
    cli_print(STR("\n"));
    return true;
}
