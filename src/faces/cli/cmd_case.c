#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "faces/cli/cmd.h"
#include "faces/cli/facts.sql.h"
#include "faces/cli/open.h"
#include "formats/json/json.h"

enum { OUTPUT_MAX = 16 << 20, ENTRIES_AT_ONCE = 500 };

/* An operator's view: numbers, states and instants. Titles, people and texts stay sealed (conventions 11). */
struct view {
    const struct app *app;
    struct tx *tx;
    struct buf out;
    bool is_json;
};

static struct str instant(struct arena *arena, struct utc t)
{
    return t.ms ? utc_iso_jst(arena, t) : STR_NONE;
}

/* ---- list ---- */

static const char *const list_columns[] = { "number",           "state",
                                            "submitted_at",     "first_contact_at",
                                            "publication_date", "published_at" };

static struct str cell(struct rows *rows, struct arena *arena, const char *column)
{
    if (str_ends(str_from_z(column), STR("_at")) || str_ends(str_from_z(column), STR("_date")))
        return instant(arena, row_utc(rows, column));
    return row_text(rows, column);
}

static void list_row(struct view *v, struct json_writer *json, struct rows *rows)
{
    struct arena *arena = v->app->arena;

    if (v->is_json)
        json_object_begin(json);
    for (size_t i = 0; i < COUNT(list_columns); i++) {
        struct str text = cell(rows, arena, list_columns[i]);

        if (v->is_json)
            json_pair(json, list_columns[i], text);
        else if (i < 2)
            buf_printf(&v->out, "%-18.*s ", STR_ARG(text));
        else
            buf_printf(&v->out, "%-10.*s ", STR_ARG(text.len ? str_take(text, 10) : STR("-")));
    }
    if (v->is_json) {
        json_key(json, "developers");
        json_put_int(json, row_int(rows, "developers"));
        json_object_end(json);
    } else {
        buf_printf(&v->out, "%lld\n", (long long)row_int(rows, "developers"));
    }
}

static bool list(struct view *v, struct str state, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    struct json_writer json = json_writer_new(&v->out, true);
    int got;

    if (!store_select(v->tx, &sql_cli_cases, BINDS(bind_some("state", state), bind_null("number")),
                      v->app->arena, &rows, err))
        return PASS(err);
    if (v->is_json)
        json_array_begin(&json);
    else
        buf_printf(&v->out, "%-18s %-18s %-10s %-10s %-10s %-10s %s\n", "NUMBER", "STATE",
                   "SUBMITTED", "CONTACT", "DATE", "PUBLISHED", "DEVELOPERS");
    while ((got = rows_next(rows, err)) > 0)
        list_row(v, &json, rows);
    if (v->is_json) {
        json_array_end(&json);
        buf_byte(&v->out, '\n');
    }
    return got == 0 ? true : PASS(err);
}

/* ---- show ---- */

static const char *const show_columns[] = { "number",
                                            "state",
                                            "submitted_at",
                                            "accepted_at",
                                            "handling_started_at",
                                            "first_contact_at",
                                            "publication_date",
                                            "published_at",
                                            "closed_at",
                                            "close_code",
                                            "impact_grade",
                                            "em",
                                            "pxa",
                                            "changed_at" };

static void pair(struct view *v, struct json_writer *json, const char *name, struct str value)
{
    if (v->is_json)
        json_pair(json, name, value);
    else if (value.len > 0)
        buf_printf(&v->out, "%-20s %.*s\n", name, STR_ARG(value));
}

static bool show_developers(struct view *v, struct json_writer *json, int64_t case_id,
                            struct err *err)
{
    static const char *const columns[] = { "alias", "state",    "contact",
                                           "level", "affected", "countermeasure" };
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int got;

    if (!store_select(v->tx, &sql_cli_participants, BINDS(bind_int("case_id", case_id)),
                      v->app->arena, &rows, err))
        return PASS(err);
    if (v->is_json) {
        json_key(json, "developers");
        json_array_begin(json);
    }
    while ((got = rows_next(rows, err)) > 0) {
        if (v->is_json)
            json_object_begin(json);
        else
            buf_add_z(&v->out, "developer           ");
        for (size_t i = 0; i < COUNT(columns); i++) {
            if (v->is_json)
                json_pair(json, columns[i], row_text(rows, columns[i]));
            else if (row_text(rows, columns[i]).len > 0)
                buf_printf(&v->out, " %.*s", STR_ARG(row_text(rows, columns[i])));
        }
        if (v->is_json)
            json_object_end(json);
        else
            buf_byte(&v->out, '\n');
    }
    if (v->is_json)
        json_array_end(json);
    return got == 0 ? true : PASS(err);
}

static void show_entry(struct view *v, struct json_writer *json, const struct entry *e)
{
    struct arena *arena = v->app->arena;

    if (!v->is_json) {
        buf_printf(&v->out, "%8lld  %.*s  %-24.*s %.*s%s%.*s %.*s\n", (long long)e->seq,
                   STR_ARG(instant(arena, e->at)), STR_ARG(e->kind), STR_ARG(e->from),
                   e->to.len ? ">" : "", STR_ARG(e->to), STR_ARG(e->rule));
        return;
    }
    json_object_begin(json);
    json_key(json, "seq");
    json_put_int(json, e->seq);
    json_pair(json, "at", instant(arena, e->at));
    json_pair(json, "kind", e->kind);
    json_pair(json, "actor", e->actor_kind);
    json_pair(json, "from", e->from);
    json_pair(json, "to", e->to);
    json_pair(json, "code", e->code);
    json_pair(json, "rule", e->rule);
    json_object_end(json);
}

static bool show_entries(struct view *v, struct json_writer *json, int64_t case_id, struct err *err)
{
    struct entries entries;
    int64_t after = 0;

    if (v->is_json) {
        json_key(json, "entries");
        json_array_begin(json);
    } else {
        buf_byte(&v->out, '\n');
    }
    do {
        if (!ledger_read(v->tx, case_id, after, ENTRIES_AT_ONCE, v->app->arena, &entries, err))
            return PASS(err);
        for (size_t i = 0; i < entries.len; i++)
            show_entry(v, json, &entries.at[i]);
        after = entries.len ? entries.at[entries.len - 1].seq : after;
    } while (entries.len == ENTRIES_AT_ONCE);
    if (v->is_json)
        json_array_end(json);
    return true;
}

static bool show(struct view *v, struct str number, struct err *err)
{
    struct json_writer json = json_writer_new(&v->out, true);
    int64_t id = 0;

    {
        CLEANUP(rows_end_var) struct rows *rows = NULL;
        int got;

        if (!store_select(v->tx, &sql_cli_cases,
                          BINDS(bind_null("state"), bind_text("number", number)), v->app->arena,
                          &rows, err))
            return PASS(err);
        got = rows_next(rows, err);
        if (got < 0)
            return PASS(err);
        if (got == 0)
            return FAIL(err, NO_CASE, number);
        id = row_int(rows, "id");
        if (v->is_json)
            json_object_begin(&json);
        for (size_t i = 0; i < COUNT(show_columns); i++)
            pair(v, &json, show_columns[i], cell(rows, v->app->arena, show_columns[i]));
    }
    if (!show_developers(v, &json, id, err) || !show_entries(v, &json, id, err))
        return PASS(err);
    if (v->is_json) {
        json_object_end(&json);
        buf_byte(&v->out, '\n');
    }
    return true;
}

/* ---- verify ---- */

/* The whole ledger, whatever the case: a chain has no part. The rebuilding is rolled back. */
static bool verify(const struct app *app, struct opened *opened, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    int64_t entries;
    struct hash head;

    if (!tx_begin(opened->desk, TX_WRITE, &tx, err) ||
        !casework_verify(&opened->casework, tx, &entries, &head, err))
        return PASS(err);
    cli_print(tr_fill(
        app->arena, app->lang,
        N_("{entries} entries verify; the caches agree with them. The newest has the hash {hash}."),
        TR_ARGS({ "entries", arena_printf(app->arena, "%lld", (long long)entries) },
                { "hash", hash_hex(head, app->arena) })));
    cli_print(STR("\n"));
    return true;
}

static bool print_view(const struct app *app, struct opened *opened, const char *verb,
                       struct str number, struct str state, bool is_json, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct view view = { .app = app, .out = buf_new(app->arena, OUTPUT_MAX), .is_json = is_json };
    struct str text;

    if (!tx_begin(opened->desk, TX_READ, &tx, err))
        return PASS(err);
    view.tx = tx;
    if (!(strcmp(verb, "list") == 0 ? list(&view, state, err) : show(&view, number, err)) ||
        !buf_done(&view.out, &text, err))
        return PASS(err);
    cli_print(text);
    return true;
}

bool cmd_case(const struct app *app, int argc, char **argv, int *status, struct err *err)
{
    CLEANUP(opened_close) struct opened opened = { .lock = -1 };
    struct str format, state, number;
    const char *verb;
    bool is_show;

    (void)status;
    if (!option_value(&argc, argv, "--format", &format, err) ||
        !option_value(&argc, argv, "--state", &state, err))
        return PASS(err);
    verb = argc > 1 ? argv[1] : "";
    is_show = strcmp(verb, "show") == 0;
    if ((strcmp(verb, "list") != 0 && strcmp(verb, "verify") != 0 && !is_show) ||
        argc != (is_show ? 3 : 2))
        return FAIL(err, USAGE, str_from_z(argc > 1 ? argv[argc - 1] : "case"));
    if (format.len > 0 && !str_eq_z(format, "table") && !str_eq_z(format, "json"))
        return FAIL(err, USAGE, format);
    number = str_from_z(is_show ? argv[2] : "");
    if (!opened_open(app, OPEN_TO_READ, &opened, err))
        return PASS(err);
    if (strcmp(verb, "verify") == 0)
        return verify(app, &opened, err) ? true : PASS(err);
    return print_view(app, &opened, verb, number, state, str_eq_z(format, "json"), err) ? true
                                                                                        : PASS(err);
}
