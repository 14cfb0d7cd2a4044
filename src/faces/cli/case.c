#include "faces/cli/case.h"

#include "base/buf.h"
#include "base/err.h"
#include "faces/cli/facts.sql.h"
#include "faces/cli/open.h"
#include "formats/json/json.h"

enum { ENTRIES_AT_ONCE = 500 };

/* An operator's view: numbers, states and instants. Titles, people and texts stay sealed (conventions 11). */
struct view {
    struct arena *arena;
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
    struct arena *arena = v->arena;

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
                      v->arena, &rows, err))
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

    if (!store_select(v->tx, &sql_cli_participants, BINDS(bind_int("case_id", case_id)), v->arena,
                      &rows, err))
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
    struct arena *arena = v->arena;

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
        if (!ledger_read(v->tx, case_id, after, ENTRIES_AT_ONCE, v->arena, &entries, err))
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
                          BINDS(bind_null("state"), bind_text("number", number)), v->arena, &rows,
                          err))
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
            pair(v, &json, show_columns[i], cell(rows, v->arena, show_columns[i]));
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
static bool verify(const struct deskwork *desk, struct arena *arena, struct str *out,
                   struct err *err)
{
    const struct casework casework = casework_from(desk->settings, desk->vault);
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    int64_t entries;
    struct hash head;

    if (!tx_begin(desk->store, TX_WRITE, &tx, err) ||
        !casework_verify(&casework, tx, &entries, &head, err))
        return PASS(err);
    *out = tr_fill(
        arena, desk->lang,
        N_("{entries} entries verify; the caches agree with them. The newest has the hash {hash}."),
        TR_ARGS({ "entries", arena_printf(arena, "%lld", (long long)entries) },
                { "hash", hash_hex(head, arena) }));
    *out = arena_printf(arena, "%.*s\n", STR_ARG(*out));
    return true;
}

/* ---- what was typed ---- */

struct typed {
    struct str verb, number, state, format;
};

static bool read_words(const struct words *words, struct typed *out, struct err *err)
{
    *out = (struct typed){ .format = STR("table") };
    for (size_t i = 0; i < words->len; i++) {
        struct str word = words->at[i];
        struct str *place = str_eq_z(word, "--state")    ? &out->state
                            : str_eq_z(word, "--format") ? &out->format
                            : out->verb.len == 0         ? &out->verb
                                                         : &out->number;

        if (str_starts(word, STR("--")) && (place == &out->verb || place == &out->number))
            return FAIL(err, USAGE, word);
        if (str_starts(word, STR("--")) && ++i == words->len)
            return FAIL(err, USAGE, word);
        if (place == &out->number && out->number.len > 0)
            return FAIL(err, USAGE, word);
        *place = words->at[i];
    }
    if (!str_eq_z(out->format, "table") && !str_eq_z(out->format, "json"))
        return FAIL(err, USAGE, out->format);
    if (str_eq_z(out->verb, "show") != (out->number.len > 0) ||
        (!str_eq_z(out->verb, "show") && !str_eq_z(out->verb, "list") &&
         !str_eq_z(out->verb, "verify")))
        return FAIL(err, USAGE, out->number.len > 0 ? out->number : out->verb);
    return true;
}

bool case_check(const struct words *words, struct err *err)
{
    struct typed typed;

    return read_words(words, &typed, err) ? true : PASS(err);
}

bool case_command(const struct deskwork *desk, const struct words *words, struct arena *arena,
                  struct str *out, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct view view = { .arena = arena, .out = buf_new(arena, DESKWORK_OUTPUT_MAX) };
    struct typed typed;
    bool is_list;

    if (!read_words(words, &typed, err))
        return PASS(err);
    if (str_eq_z(typed.verb, "verify"))
        return verify(desk, arena, out, err) ? true : PASS(err);
    is_list = str_eq_z(typed.verb, "list");
    view.is_json = str_eq_z(typed.format, "json");
    if (!tx_begin(desk->store, TX_READ, &tx, err))
        return PASS(err);
    view.tx = tx;
    if (!(is_list ? list(&view, typed.state, err) : show(&view, typed.number, err)))
        return PASS(err);
    return buf_done(&view.out, out, err) ? true : PASS(err);
}
