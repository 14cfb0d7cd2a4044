/* domain/casework/casework_testing.h: a desk database with two bodies and three developers, for tests. */
#pragma once
#include "base/testing.h"

#include "base/err.h"
#include "base/record.h"
#include "domain/casework/answer.h"
#include "domain/casework/coordination.h"
#include "domain/casework/intake.h"
#include "domain/casework/talk.h"
#include "domain/casework/visibility.h"
#include "store/kinds.h"
#include "store/store.h"
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

struct desk_fixture {
    char folder[64];
    struct arena *arena;
    struct store *store;
    struct vault vault;
    struct casework w;
    struct utc now;
    struct subject finder, rb, rb2, cb, pm1, pm2, pm3;
    struct str organisation[3]; /* public ids of the developers */
    struct err err;
};

#define MUST(f, what)                                                                    \
    do {                                                                                 \
        if (!(what))                                                                     \
            fail_msg("%s: %s (%s) %s", #what, err_name((f)->err.code), (f)->err.subject, \
                     (f)->err.trail);                                                    \
    } while (0)

static const struct query testing_organisation = {
    "testing_organisation",
    "INSERT INTO organisation (id, public_id, kind, name_ja, name_en, state, created_at, changed_at) VALUES (:id, :public_id, :kind, :name, :name, 'REGISTERED', 1, 1)",
    (const char *const[]){ "id", "public_id", "kind", "name" },
    4,
    NULL,
    0
};
static const struct query testing_account = {
    "testing_account",
    "INSERT INTO account (id, public_id, organisation_id, email, name, roles, state, created_at) VALUES (:id, :public_id, :organisation_id, :email, :name, :roles, 'ACTIVE', 1)",
    (const char *const[]){ "id", "public_id", "organisation_id", "email", "name", "roles" },
    6,
    NULL,
    0
};

static const struct query testing_direct_reporter = {
    "testing_direct_reporter",
    "INSERT INTO direct_reporter (case_id, participant_id, lang, wrapped, sealed) VALUES (:case_id, 1, 'ja', x'00', x'00')",
    (const char *const[]){ "case_id" },
    1,
    NULL,
    0
};
static const struct query testing_news_count = {
    "testing_news_count",
    "SELECT count(*) AS n FROM outbox WHERE notice = :notice AND reporter_id IS NOT NULL",
    (const char *const[]){ "notice" },
    1,
    NULL,
    0
};

static const struct query testing_told_count = {
    "testing_told_count",
    "SELECT count(*) AS n FROM outbox WHERE notice = :notice",
    (const char *const[]){ "notice" },
    1,
    NULL,
    0
};

/* How many have been told of that notice, by mail or in a mailbox. */
static inline int64_t testing_told(struct desk_fixture *f, struct tx *tx, const char *notice)
{
    int64_t n;

    MUST(f, store_number(tx, &testing_told_count, BINDS(bind_text("notice", str_from_z(notice))), 0,
                         &n, &f->err));
    return n;
}

/* Somebody had told a developer of the case directly; how many mails of that notice went there. */
static inline void testing_told_directly(struct desk_fixture *f, struct tx *tx, int64_t case_id)
{
    MUST(f, store_exec(tx, &testing_direct_reporter, BINDS(bind_int("case_id", case_id)), NULL,
                       &f->err));
}

static inline int64_t testing_told_reporter(struct desk_fixture *f, struct tx *tx,
                                            const char *notice)
{
    int64_t n;

    MUST(f, store_number(tx, &testing_news_count, BINDS(bind_text("notice", str_from_z(notice))), 0,
                         &n, &f->err));
    return n;
}

static inline struct subject testing_person(struct desk_fixture *f, struct tx *tx, int64_t id,
                                            int64_t organisation_id, unsigned roles)
{
    MUST(f, store_exec(
                tx, &testing_account,
                BINDS(bind_int("id", id), bind_text("public_id", public_id_new(f->arena)),
                      bind_int("organisation_id", organisation_id),
                      bind_text("email", arena_printf(f->arena, "p%lld@example.jp", (long long)id)),
                      bind_text("name", arena_printf(f->arena, "person %lld", (long long)id)),
                      bind_int("roles", roles)),
                NULL, &f->err));
    return (struct subject){ .kind = SUBJECT_ACCOUNT,
                             .roles = roles,
                             .account_id = id,
                             .organisation_id = organisation_id };
}

static inline void testing_organisations(struct desk_fixture *f, struct tx *tx)
{
    static const char *const kinds[] = { "RB", "CB", "PD", "PD", "PD" };

    for (int64_t i = 0; i < 5; i++) {
        struct str id = public_id_new(f->arena);

        MUST(f, store_exec(tx, &testing_organisation,
                           BINDS(bind_int("id", i + 1), bind_text("public_id", id),
                                 bind_text("kind", str_from_z(kinds[i])),
                                 bind_text("name", arena_printf(f->arena, "organisation %lld",
                                                                (long long)(i + 1)))),
                           NULL, &f->err));
        if (i >= 2)
            f->organisation[i - 2] = id;
    }
    f->rb = testing_person(f, tx, 1, 1, ROLE_RB);
    f->rb2 = testing_person(f, tx, 2, 1, ROLE_RB);
    f->cb = testing_person(f, tx, 3, 2, ROLE_CB);
    f->pm1 = testing_person(f, tx, 4, 3, ROLE_PM);
    f->pm2 = testing_person(f, tx, 5, 4, ROLE_PM);
    f->pm3 = testing_person(f, tx, 6, 5, ROLE_PM);
}

static inline int desk_fixture_up(void **state)
{
    struct desk_fixture *f = calloc(1, sizeof *f);
    struct seal_key master;
    struct tx *tx = NULL;

    assert_non_null(f);
    assert_true(seal_start(&f->err));
    f->arena = arena_new((size_t)256 << 20);
    snprintf(f->folder, sizeof f->folder, "/tmp/noroshi-test-XXXXXX");
    assert_non_null(mkdtemp(f->folder));
    master = seal_key_new();
    f->vault = vault_from(&master);
    f->w = (struct casework){ .vault = &f->vault,
                              .target_days = 45,
                              .date_changes_alone = 3,
                              .case_prefix = STR("K"),
                              .report_prefix = STR("R"),
                              .handling_prefix = STR("WEB") };
    f->now = (struct utc){ 1790000000000 };
    MUST(f, store_open(
                &(struct store_options){
                    .path = arena_z(f->arena, arena_printf(f->arena, "%s/desk.db", f->folder)),
                    .kind = &store_desk,
                    .create = true },
                &f->store, &f->err));
    MUST(f, tx_begin(f->store, TX_WRITE, &tx, &f->err));
    testing_organisations(f, tx);
    MUST(f, tx_commit(&tx, &f->err));
    *state = f;
    return 0;
}

static inline int desk_fixture_down(void **state)
{
    static const char *const names[] = { "desk.db", "desk.db-wal", "desk.db-shm" };
    struct desk_fixture *f = *state;

    store_close(f->store);
    for (size_t i = 0; i < COUNT(names); i++)
        (void)unlink(arena_z(f->arena, arena_printf(f->arena, "%s/%s", f->folder, names[i])));
    (void)rmdir(f->folder);
    arena_free(f->arena);
    free(f);
    return 0;
}

/* A whole report, with a canary in every class. */
static inline struct str testing_form(struct desk_fixture *f)
{
    /* clang-format off */
    static const char *const fields[][2] = {
        { "product_name", "Sample Router RX-100" }, { "product_version", "2.1.3" }, { "category", "router" }, { "told_nobody", "yes" },
        { "vuln_info", "canary-V: the clock setting passes text to a shell" }, { "vuln_impact", "canary-V2: any command" },
        { "verification", "canary-T: open the page and send" }, { "reproducibility", "always" }, { "attack", "canary-X: curl it" },
        { "finder_name", "canary-I Taro" }, { "finder_email", "canary-i@example.jp" }, { "consent_credit", "yes" }, { "credit_name", "Credit Taro" },
        { "read_notes", "yes" }, { "declares_legal", "yes" }, { "keeps_silent", "yes" },
    };
    /* clang-format on */
    struct buf buf = buf_new(f->arena, 65536);

    for (size_t i = 0; i < COUNT(fields); i++)
        record_put(&buf, fields[i][0], str_from_z(fields[i][1]));
    return buf_str(&buf);
}

/* The first case: reported, accepted, and with the coordinating body. */
static inline struct product_case testing_forwarded(struct desk_fixture *f, struct tx *tx)
{
    struct product_case c;
    struct receipt receipt;

    MUST(f, intake_submit(&f->w, tx, testing_form(f), STR("draft"), LANG_JA, STR("FORM"), f->now,
                          f->arena, &receipt, &f->err));
    MUST(f, case_load_by_id(&f->w, tx, 1, f->arena, &c, &f->err));
    MUST(f, intake_open(tx, &f->rb, &c, f->now, f->arena, &f->err));
    MUST(f, intake_accept(tx, &f->rb, &c, true, true, f->now, f->arena, &f->err));
    MUST(f, intake_forward(tx, &f->rb, &c, f->now, f->arena, &f->err));
    return c;
}
