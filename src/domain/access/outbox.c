#include "domain/access/outbox.h"

#include "base/err.h"
#include "domain/access/outbox.sql.h"
#include "store/store.h"
#include <assert.h>

#define NEWS_BINDS(news, now)                                                             \
    bind_text("notice", str_from_z((news)->notice)), bind_id("case_id", (news)->case_id), \
        bind_id("participant_id", (news)->participant_id), bind_id("seq", (news)->seq),   \
        (news)->token_sealed.len ? bind_blob("token_sealed", (news)->token_sealed)        \
                                 : bind_null("token_sealed"),                             \
        bind_utc("now", now)

/* What is about a person, an invitation or a password, stays that person's. */
static bool to_deputy(struct tx *tx, const struct news *news, int64_t account_id, struct utc now,
                      struct err *err)
{
    assert(!news->token_sealed.len);
    return store_exec(tx, &sql_outbox_add_deputy,
                      BINDS(bind_text("notice", str_from_z(news->notice)),
                            bind_int("case_id", news->case_id),
                            bind_id("participant_id", news->participant_id),
                            bind_id("seq", news->seq), bind_utc("now", now),
                            bind_int("account_id", account_id)),
                      NULL, err)
               ? true
               : PASS(err);
}

bool outbox_to_account(struct tx *tx, const struct news *news, int64_t account_id, struct utc now,
                       struct err *err)
{
    return store_exec(tx, &sql_outbox_add,
                      BINDS(NEWS_BINDS(news, now), bind_id("account_id", account_id),
                            bind_id("watch_id", news->watch_id), bind_null("report_id")),
                      NULL, err) &&
                   (!news->case_id || to_deputy(tx, news, account_id, now, err))
               ? true
               : PASS(err);
}

bool outbox_to_role(struct tx *tx, const struct news *news, unsigned roles, struct utc now,
                    struct err *err)
{
    return store_exec(tx, &sql_outbox_add_role,
                      BINDS(NEWS_BINDS(news, now), bind_int("roles", roles),
                            bind_id("report_id", news->report_id)),
                      NULL, err)
               ? true
               : PASS(err);
}

bool outbox_to_managers(struct tx *tx, const struct news *news, int64_t organisation_id,
                        struct utc now, struct err *err)
{
    return outbox_to_people(tx, news, organisation_id, ROLE_PM, now, err) ? true : PASS(err);
}

bool outbox_to_people(struct tx *tx, const struct news *news, int64_t organisation_id,
                      unsigned roles, struct utc now, struct err *err)
{
    return store_exec(tx, &sql_outbox_add_managers,
                      BINDS(NEWS_BINDS(news, now), bind_int("roles", roles),
                            bind_id("report_id", news->report_id),
                            bind_int("organisation_id", organisation_id)),
                      NULL, err)
               ? true
               : PASS(err);
}

bool outbox_to_finder(struct tx *tx, const struct news *news, struct utc now, struct err *err)
{
    return store_exec(tx, &sql_outbox_add,
                      BINDS(NEWS_BINDS(news, now), bind_null("account_id"), bind_null("watch_id"),
                            bind_id("report_id", news->report_id)),
                      NULL, err)
               ? true
               : PASS(err);
}

bool outbox_to_operator(struct tx *tx, const struct news *news, int64_t link_id, struct utc now,
                        struct err *err)
{
    return store_exec(tx, &sql_outbox_add_operator,
                      BINDS(NEWS_BINDS(news, now), bind_int("link_id", link_id)), NULL, err)
               ? true
               : PASS(err);
}

bool outbox_to_reporter(struct tx *tx, const struct news *news, struct utc now, struct err *err)
{
    return store_exec(tx, &sql_outbox_add_reporter,
                      BINDS(bind_text("notice", str_from_z(news->notice)),
                            bind_int("case_id", news->case_id), bind_id("seq", news->seq),
                            bind_utc("now", now)),
                      NULL, err)
               ? true
               : PASS(err);
}
