#include "domain/access/session.h"

#include "base/err.h"
#include "base/settings.h"
#include "domain/access/session.sql.h"

static const struct str state_names[] = { STR_INIT("PASSWORD"), STR_INIT("FULL"),
                                          STR_INIT("FINDER"), STR_INIT("OPERATOR") };

struct access_limits access_limits_from(const struct settings *settings)
{
    return (struct access_limits){
        .tries = settings->login_tries,
        .window_ms = settings->login_window_minutes * UTC_MINUTE,
        .idle_ms = settings->session_idle_minutes * UTC_MINUTE,
        .absolute_ms = settings->session_hours * UTC_HOUR,
    };
}

bool session_open(struct tx *write, const struct session_new *session, struct utc now,
                  struct arena *arena, struct str *token, struct err *err)
{
    struct str secret = random_token(arena);
    struct hash hash = hash_of(secret);
    int64_t id;

    if (!store_insert(
            write, &sql_session_insert,
            BINDS(bind_text("public_id", public_id_new(arena)),
                  bind_blob("token_hash", hash_str(&hash)),
                  bind_id("account_id", session->account_id),
                  bind_id("report_id", session->report_id), bind_id("link_id", session->link_id),
                  bind_text("state", state_names[session->state]),
                  bind_text("form_token", random_token(arena)), bind_utc("now", now),
                  bind_id("strong_at", session->state == SESSION_FULL ? now.ms : 0),
                  bind_text("agent", str_take_code_points(session->agent, SESSION_AGENT_MAX))),
            &id, err))
        return PASS(err);
    *token = secret;
    return true;
}

bool session_open_finder(struct tx *write, int64_t report_id, struct str agent, struct utc now,
                         struct arena *arena, struct str *token, struct err *err)
{
    return session_open(write,
                        &(struct session_new){
                            .state = SESSION_FINDER, .report_id = report_id, .agent = agent },
                        now, arena, token, err)
               ? true
               : PASS(err);
}

static bool is_within_limits(struct rows *row, const struct access_limits *limits, struct utc now)
{
    int64_t created = row_int(row, "created_at"), seen = row_int(row, "seen_at");
    bool halfway = str_eq(row_text(row, "state"), state_names[SESSION_PASSWORD]);

    return now.ms - seen < limits->idle_ms && now.ms - created < limits->absolute_ms &&
           (!halfway || now.ms - created < GATE_HALFWAY_MS);
}

static void fill_account(struct rows *row, struct subject *out)
{
    out->account_id = row_int(row, "account_id");
    out->organisation_id = row_int(row, "organisation_id");
    out->name = row_text(row, "name");
    out->organisation_name = row_text(row, "organisation_name");
    out->email = row_text(row, "email");
    (void)lang_from_code(row_text(row, "lang"), &out->lang);
}

/* The subject of a row, or nobody. */
static void fill(struct rows *row, struct subject *out)
{
    struct str state = row_text(row, "state");
    bool is_active = str_eq_z(row_text(row, "account_state"), "ACTIVE");

    if (str_eq(state, state_names[SESSION_FINDER])) {
        out->kind = SUBJECT_FINDER;
        out->roles = ROLE_FINDER;
        out->report_id = row_int(row, "report_id");
    } else if (str_eq(state, state_names[SESSION_OPERATOR])) {
        if (!row_int(row, "link_case_id")) /* the link has ended */
            return;
        out->kind = SUBJECT_OPERATOR;
        out->roles = ROLE_OPERATOR;
        out->link_id = row_int(row, "link_id");
        out->case_id = row_int(row, "link_case_id");
        out->stage = row_int(row, "link_stage");
    } else if (!is_active) {
        return;
    } else if (str_eq(state, state_names[SESSION_FULL])) {
        out->kind = SUBJECT_ACCOUNT;
        out->roles = (unsigned)row_int(row, "roles");
        out->strong_at = row_utc(row, "strong_at");
        fill_account(row, out);
    } else {
        out->needs_second_factor = true;
        fill_account(row, out);
    }
    out->session_id = row_int(row, "id");
    out->form_token = row_text(row, "form_token");
}

static bool note_seen(const struct gate *gate, int64_t session_id, struct utc now, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;

    if (!tx_begin(gate->store, TX_WRITE, &tx, err) ||
        !store_exec(tx, &sql_session_seen, BINDS(bind_int("id", session_id), bind_utc("now", now)),
                    NULL, err) ||
        !tx_commit(&tx, err))
        return PASS(err);
    return true;
}

bool session_find(const struct gate *gate, struct str token, struct utc now, struct arena *arena,
                  struct subject *out, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    struct hash hash = hash_of(token);
    struct utc seen;
    int more;

    *out = (struct subject){ .kind = SUBJECT_NOBODY };
    if (token.len == 0 || token.len > 128)
        return true;
    if (!tx_begin(gate->store, TX_READ, &tx, err) ||
        !store_select(tx, &sql_session_get, BINDS(bind_blob("token_hash", hash_str(&hash))), arena,
                      &rows, err))
        return PASS(err);
    more = rows_next(rows, err);
    if (more < 0)
        return PASS(err);
    if (more == 0 || !is_within_limits(rows, &gate->limits, now))
        return true;
    fill(rows, out);
    seen = row_utc(rows, "seen_at");
    rows_end(TAKE(rows));
    tx_end(TAKE(tx));
    if (out->session_id && now.ms - seen.ms >= GATE_SEEN_MS &&
        !note_seen(gate, out->session_id, now, err))
        return PASS(err);
    return true;
}

bool session_renew(struct tx *write, int64_t session_id, enum session_state state, bool fresh,
                   struct utc now, struct arena *arena, struct str *token, struct err *err)
{
    struct str secret = random_token(arena);
    struct hash hash = hash_of(secret);
    int64_t changed;

    if (!store_exec(write, &sql_session_renew,
                    BINDS(bind_int("id", session_id), bind_blob("token_hash", hash_str(&hash)),
                          bind_text("form_token", random_token(arena)),
                          bind_text("state", state_names[state]), bind_utc("now", now),
                          bind_int("fresh", fresh)),
                    &changed, err))
        return PASS(err);
    if (changed != 1)
        return FAIL(err, LOGIN_NEEDED, STR_NONE);
    *token = secret;
    return true;
}

bool session_is_strong(const struct subject *who, struct utc now)
{
    return who->kind == SUBJECT_ACCOUNT && who->strong_at.ms != 0 &&
           now.ms - who->strong_at.ms < GATE_STRONG_MS;
}

bool session_end(const struct deed *deed, int64_t session_id, struct err *err)
{
    if (!store_exec(deed->tx, &sql_session_end, BINDS(bind_int("id", session_id)), NULL, err) ||
        !access_note(deed, ACCESS_SESSION_ENDED, deed->who->account_id, 0, STR("logout"), err))
        return PASS(err);
    return true;
}

bool session_end_one(const struct deed *deed, int64_t account_id, struct str public_id,
                     struct err *err)
{
    if (!store_exec(deed->tx, &sql_session_end_one,
                    BINDS(bind_int("account_id", account_id), bind_text("public_id", public_id)),
                    NULL, err) ||
        !access_note(deed, ACCESS_SESSION_ENDED, account_id, 0, STR("one"), err))
        return PASS(err);
    return true;
}

bool session_end_all(const struct deed *deed, int64_t account_id, int64_t but_session_id,
                     struct err *err)
{
    if (!store_exec(deed->tx, &sql_session_end_all,
                    BINDS(bind_int("account_id", account_id), bind_int("but", but_session_id)),
                    NULL, err) ||
        !access_note(deed, ACCESS_SESSION_ENDED, account_id, 0, STR("all"), err))
        return PASS(err);
    return true;
}

bool session_end_finder(struct tx *write, int64_t report_id, struct err *err)
{
    return store_exec(write, &sql_session_end_finder, BINDS(bind_int("report_id", report_id)), NULL,
                      err)
               ? true
               : PASS(err);
}

bool session_list(struct tx *tx, const struct subject *who, struct utc now,
                  const struct access_limits *limits, struct arena *arena, struct session_rows *out,
                  struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int more;

    *out = (struct session_rows){ 0 };
    if (!store_select(tx, &sql_session_list,
                      BINDS(bind_int("account_id", who->account_id),
                            bind_int("seen_after", now.ms - limits->idle_ms),
                            bind_int("created_after", now.ms - limits->absolute_ms)),
                      arena, &rows, err))
        return PASS(err);
    while ((more = rows_next(rows, err)) > 0)
        VEC_PUSH(arena, out,
                 (struct session_row){ row_text(rows, "public_id"), row_text(rows, "agent"),
                                       row_utc(rows, "created_at"), row_utc(rows, "seen_at"),
                                       row_int(rows, "id") == who->session_id });
    return more == 0 ? true : PASS(err);
}

bool session_purge(struct tx *write, const struct access_limits *limits, struct utc now,
                   struct err *err)
{
    return store_exec(write, &sql_session_purge,
                      BINDS(bind_int("seen_before", now.ms - limits->idle_ms),
                            bind_int("created_before", now.ms - limits->absolute_ms),
                            bind_int("halfway_before", now.ms - GATE_HALFWAY_MS)),
                      NULL, err)
               ? true
               : PASS(err);
}
