/* domain/access/testing.h: a desk database of its own for a test, with a body and somebody to act. */
#pragma once
#include "base/testing.h"
#include "domain/access/gate.h"
#include "domain/access/login.h"
#include "domain/access/organisation.h"
#include "domain/access/session.h"
#include "seal/seal.h"
#include "store/kinds.h"
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define HELPER __attribute__((unused)) static

struct trial {
    struct arena *arena;
    char folder[32];
    struct vault vault;
    struct gate gate;
    struct subject office; /* acts as the command line does */
    struct utc now;
    struct tx *tx; /* of the deed that is going on */
    struct err err;
};

static struct trial trial;

HELPER void ok_at(bool ok, int line)
{
    if (!ok)
        fail_msg("line %d: %s: %s (%s)", line, err_name(trial.err.code), trial.err.subject,
                 trial.err.trail);
}
#define ok(call) ok_at((call), __LINE__)
#define WHY      (&trial.err)

HELPER int trial_begin(void **state)
{
    struct seal_key master;
    struct store_options options = { .kind = &store_desk, .create = true, .migrate = true };

    (void)state;
    trial = (struct trial){ .arena = arena_new(256 << 20), .folder = "/tmp/access-XXXXXX" };
    ok(seal_start(WHY));
    assert_non_null(mkdtemp(trial.folder));
    master = seal_key_new();
    trial.vault = vault_from(&master);
    options.path = arena_z(trial.arena, arena_printf(trial.arena, "%s/desk.db", trial.folder));
    ok(store_open(&options, &trial.gate.store, WHY));
    trial.gate.vault = &trial.vault;
    trial.gate.limits = (struct access_limits){ 5, 15 * UTC_MINUTE, 30 * UTC_MINUTE, 8 * UTC_HOUR };
    trial.office = (struct subject){ .kind = SUBJECT_COMMAND, .roles = ROLE_CB };
    trial.now = utc_from_jst((struct civil){ .year = 2026, .month = 11, .day = 21, .hour = 10 });
    return 0;
}

HELPER int trial_end(void **state)
{
    static const char *const files[] = { "desk.db", "desk.db-wal", "desk.db-shm" };

    (void)state;
    tx_end(trial.tx);
    store_close(trial.gate.store);
    for (size_t i = 0; i < COUNT(files); i++)
        (void)unlink(
            arena_z(trial.arena, arena_printf(trial.arena, "%s/%s", trial.folder, files[i])));
    (void)rmdir(trial.folder);
    arena_free(trial.arena);
    return 0;
}

HELPER struct deed deed_begin(void)
{
    ok(tx_begin(trial.gate.store, TX_WRITE, &trial.tx, WHY));
    return (struct deed){ trial.tx, &trial.office, trial.now, trial.arena };
}

HELPER void deed_done(void) { ok(tx_commit(&trial.tx, WHY)); }

HELPER void deed_drop(void)
{
    tx_end(trial.tx);
    trial.tx = NULL;
    trial.err = (struct err){ 0 };
}

/* A query lives as long as the store: it knows prepared statements by their query's address. */
HELPER const struct query *trial_query(const char *text)
{
    struct query *query = ARENA_NEW(trial.arena, struct query);

    *query = (struct query){ .name = "trial", .text = text };
    return query;
}

HELPER void trial_run(const char *text)
{
    struct deed deed = deed_begin();

    ok(store_exec(deed.tx, trial_query(text), NO_BINDS, NULL, WHY));
    deed_done();
}

HELPER int64_t trial_count(const char *text)
{
    struct tx *tx = NULL;
    int64_t n;

    ok(tx_begin(trial.gate.store, TX_READ, &tx, WHY));
    ok(store_number(tx, trial_query(text), NO_BINDS, 0, &n, WHY));
    tx_end(tx);
    return n;
}

HELPER int64_t trial_organisation(const char *kind, const char *name, const char *products)
{
    struct organisation_values values = { .kind = str_from_z(kind),
                                          .name_ja = str_from_z(name),
                                          .name_en = STR(""),
                                          .kana = STR(""),
                                          .developer_basis = STR("developer"),
                                          .url = STR(""),
                                          .window_email = STR("psirt@example.jp"),
                                          .window_phone = STR("03-1234-5678"),
                                          .postal_address = STR(""),
                                          .languages = STR("ja"),
                                          .keywords = STR(""),
                                          .note = STR(""),
                                          .products = str_from_z(products),
                                          .designation_basis = STR("") };
    struct deed deed = deed_begin();
    struct form_faults faults = { 0 };
    struct str public_id;
    int64_t id;

    organisation_check(&values, trial.arena, &faults);
    assert_int_equal(faults.len, 0);
    ok(organisation_add(&deed, &values, &id, &public_id, WHY));
    deed_done();
    return id;
}

#define TRIAL_PASSWORD STR("a beacon on nine hills 46")

/* An active account with a password and no second factor yet. */
HELPER int64_t trial_account(int64_t organisation_id, const char *email, unsigned roles)
{
    struct account_new values = { organisation_id, str_from_z(email), STR("山田 花子"), LANG_JA,
                                  roles };
    struct deed deed = deed_begin();
    struct str public_id, hash;
    int64_t id;

    trial.office.roles |= ROLE_ADMIN;
    ok(account_add(&deed, &values, &id, &public_id, WHY));
    ok(password_hash(TRIAL_PASSWORD, trial.arena, &hash, WHY));
    ok(account_set_password(&deed, id, hash, WHY));
    deed_done();
    return id;
}

HELPER struct visit trial_visit(const char *address)
{
    return (struct visit){ str_from_z(address), STR("a browser"), trial.now };
}

HELPER struct subject trial_who(struct str token)
{
    struct subject who;

    ok(session_find(&trial.gate, token, trial.now, trial.arena, &who, WHY));
    return who;
}
