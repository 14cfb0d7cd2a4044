#include "domain/casework/breach.h"

#include "domain/casework/breach.sql.h"
#include "domain/casework/words.h"
#include "store/store.h"

bool breach_record(struct tx *tx, const struct subject *who, struct product_case *c,
                   const struct developer *d, struct utc published_at, struct str words,
                   struct utc now, struct arena *arena, struct err *err)
{
    struct details details = { .n = published_at, .ref = d->organisation_id };
    struct entry entry;

    if (!(who->roles & ROLE_CB))
        return FAIL(err, NOT_YOUR_MOVE, STR("coordinate"));
    if (!d->summary_at.ms)
        return FAIL(err, NOT_READY, STR("summary"));
    if (published_at.ms > now.ms || published_at.ms < d->summary_at.ms ||
        (c->published_at.ms && published_at.ms >= c->published_at.ms))
        return FAIL(err, INPUT, STR("published_at"));
    if (!words_are_fine(words))
        return FAIL(err, INPUT, STR("words"));
    return words_record(arena, words, &details.payload, err) &&
                   case_note(tx, who, c, d->id, "participant.breached", &details, now, arena,
                             &entry, err)
               ? true
               : PASS(err);
}

static bool words_of(const struct casework *w, struct tx *tx, int64_t case_id, int64_t seq,
                     struct arena *arena, struct str *out, struct err *err)
{
    struct case_key key;
    struct str record;

    if (!case_key_load(tx, w->vault, case_id, arena, &key, err) ||
        !ledger_payload(tx, &key, seq, arena, &record, err))
        return PASS(err);
    *out = record_get(record, "text");
    seal_key_wipe(&key.key);
    return true;
}

bool breach_list(const struct casework *w, struct tx *tx, const struct subject *who,
                 int64_t organisation_id, struct arena *arena, struct breaches *out,
                 struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int got;

    *out = (struct breaches){ 0 };
    if (!(who->roles & (ROLE_RB | ROLE_CB)))
        return true;
    if (!store_select(tx, &sql_breach_list, BINDS(bind_int("organisation_id", organisation_id)),
                      arena, &rows, err))
        return PASS(err);
    while ((got = rows_next(rows, err)) > 0) {
        struct breach b = { .published_at = row_utc(rows, "published_at"),
                            .at = row_utc(rows, "at"),
                            .case_public_id = row_text(rows, "public_id"),
                            .case_number = row_text(rows, "number"),
                            .actor_name = row_text(rows, "actor_name") };

        if (!words_of(w, tx, row_int(rows, "case_id"), row_int(rows, "seq"), arena, &b.words, err))
            return PASS(err);
        VEC_PUSH(arena, out, b);
    }
    return got == 0 ? true : PASS(err);
}
