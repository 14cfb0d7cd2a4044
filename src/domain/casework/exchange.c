#include "domain/casework/exchange.h"

#include "domain/access/outbox.h"
#include "domain/casework/exchange.sql.h"
#include "domain/casework/foreign.h"
#include "domain/casework/intake.h"
#include "domain/casework/words.h"
#include "store/store.h"

/* ---- reading ---- */

static bool read_exchanges(struct tx *tx, int64_t case_id, int64_t organisation_id,
                           struct str public_id, struct arena *arena, struct exchanges *out,
                           struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int got;

    *out = (struct exchanges){ 0 };
    if (!store_select(tx, &sql_exchanges,
                      BINDS(bind_id("case_id", case_id),
                            bind_id("organisation_id", organisation_id),
                            bind_some("public_id", public_id)),
                      arena, &rows, err))
        return PASS(err);
    while ((got = rows_next(rows, err)) > 0)
        VEC_PUSH(arena, out,
                 (struct exchange){ .id = row_int(rows, "id"),
                                    .case_id = row_int(rows, "case_id"),
                                    .organisation_id = row_int(rows, "organisation_id"),
                                    .opened_seq = row_int(rows, "opened_seq"),
                                    .given_seq = row_int(rows, "given_seq"),
                                    .public_id = row_text(rows, "public_id"),
                                    .parts = row_text(rows, "parts"),
                                    .organisation_name_ja = row_text(rows, "name_ja"),
                                    .organisation_name_en = row_text(rows, "name_en"),
                                    .is_origin = row_int(rows, "is_origin") != 0,
                                    .opened_at = row_utc(rows, "opened_at"),
                                    .given_at = row_utc(rows, "given_at"),
                                    .seen_at = row_utc(rows, "seen_at"),
                                    .ended_at = row_utc(rows, "ended_at") });
    return got == 0 ? true : PASS(err);
}

static bool one_exchange(struct tx *tx, int64_t case_id, int64_t organisation_id,
                         struct str public_id, struct arena *arena, struct exchange *out,
                         struct err *err)
{
    struct exchanges found;

    if (!read_exchanges(tx, case_id, organisation_id, public_id, arena, &found, err))
        return PASS(err);
    if (found.len != 1)
        return FAIL(err, ABSENT, STR("an exchange"));
    *out = found.at[0];
    return true;
}

bool exchanges_of_case(struct tx *tx, int64_t case_id, struct arena *arena, struct exchanges *out,
                       struct err *err)
{
    return read_exchanges(tx, case_id, 0, STR_NONE, arena, out, err) ? true : PASS(err);
}

bool exchanges_of_organisation(struct tx *tx, int64_t organisation_id, struct arena *arena,
                               struct exchanges *out, struct err *err)
{
    if (!read_exchanges(tx, 0, organisation_id, STR_NONE, arena, out, err))
        return PASS(err);
    for (size_t i = 0; i < out->len / 2; i++) {
        struct exchange e = out->at[i];

        out->at[i] = out->at[out->len - 1 - i];
        out->at[out->len - 1 - i] = e;
    }
    return true;
}

bool exchange_of_case(struct tx *tx, const struct product_case *c, struct str public_id,
                      struct arena *arena, struct exchange *out, struct err *err)
{
    return public_id.len > 0 && one_exchange(tx, c->id, 0, public_id, arena, out, err)
               ? true
               : FAIL(err, ABSENT, STR("an exchange"));
}

bool exchange_load(const struct casework *w, struct tx *tx, const struct subject *who,
                   struct str public_id, struct arena *arena, struct exchange *out,
                   struct product_case *c, struct grant *grant, struct err *err)
{
    struct developers developers;
    struct err nothing = { 0 };

    if (!(who->roles & ROLE_FB) || public_id.len == 0)
        return FAIL(err, ABSENT, STR("an exchange"));
    if (!one_exchange(tx, 0, who->organisation_id, public_id, arena, out, err))
        return PASS(err);
    if (out->ended_at.ms)
        return FAIL(err, ABSENT, STR("an exchange"));
    if (!case_load_by_id(w, tx, out->case_id, arena, c, err) ||
        !developers_load(tx, c->id, arena, &developers, err))
        return PASS(err);
    if (visibility_grant_partner(AUDIENCE_FB, c, &developers, out->parts, grant, &nothing))
        return true;
    if (nothing.code != ERR_ABSENT || !out->is_origin) {
        *err = nothing;
        return PASS(err);
    }
    *grant = (struct grant){ .audience = AUDIENCE_FB };
    return true;
}

/* Of what was given, what may be seen now: after publication the methods are gone. */
static bool put_given(struct str record, unsigned classes, struct buf *out)
{
    for (size_t i = 0; i < foreign_field_count; i++) {
        const struct form_field *field =
            report_field(REPORT_PRODUCT, str_from_z(foreign_fields[i].name));
        struct str value = record_get(record, field->name);
        unsigned class = field->info_class == 'T'   ? SEES_T
                         : field->info_class == 'X' ? SEES_X
                                                    : SEES_V;

        if (value.len > 0 && (classes & class))
            record_put(out, field->name, value);
    }
    return !out->over;
}

bool exchange_texts(struct tx *tx, const struct product_case *c, const struct exchange *e,
                    const struct grant *grant, struct arena *arena, struct exchange_texts *out,
                    struct err *err)
{
    struct buf buf = buf_new(arena, REPORT_FORM_MAX);
    struct str record;

    *out = (struct exchange_texts){ 0 };
    if (!ledger_payload(tx, &c->key, e->opened_seq, arena, &record, err))
        return PASS(err);
    out->reference = record_get(record, "reference");
    if (!e->given_seq || !(grant->full | grant->part))
        return true;
    if (!ledger_payload(tx, &c->key, e->given_seq, arena, &record, err))
        return PASS(err);
    out->words = record_get(record, "text");
    if ((grant->full | grant->part) & SEES_M)
        out->countermeasure = record_get(record, "countermeasure");
    (void)put_given(record, grant->full | grant->part, &buf);
    return buf_done(&buf, &out->fields, err) ? true : PASS(err);
}

bool exchange_messages(struct tx *tx, const struct product_case *c, const struct exchange *e,
                       struct arena *arena, struct exchange_messages *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int got;

    *out = (struct exchange_messages){ 0 };
    if (!store_select(tx, &sql_exchange_messages, BINDS(bind_int("exchange_id", e->id)), arena,
                      &rows, err))
        return PASS(err);
    while ((got = rows_next(rows, err)) > 0) {
        struct str record;

        if (!ledger_payload(tx, &c->key, row_int(rows, "seq"), arena, &record, err))
            return PASS(err);
        VEC_PUSH(arena, out,
                 (struct exchange_message){ .is_from_there = row_int(rows, "is_from_there") != 0,
                                            .words = record_get(record, "text"),
                                            .at = row_utc(rows, "at") });
    }
    return got == 0 ? true : PASS(err);
}

/* ---- taking part ---- */

bool exchange_open(struct tx *tx, const struct subject *who, struct product_case *c,
                   int64_t organisation_id, bool is_origin, struct str reference, struct utc now,
                   struct arena *arena, struct err *err)
{
    struct buf facts = buf_new(arena, 512), payload = buf_new(arena, 4096);
    struct details details = { 0 };
    struct entry entry;

    record_put(&facts, "public_id", public_id_new(arena));
    record_put_int(&facts, "organisation", organisation_id);
    record_put_int(&facts, "is_origin", is_origin);
    record_put(&payload, "reference", str_trim(reference));
    return buf_done(&facts, &details.facts, err) && buf_done(&payload, &details.payload, err) &&
                   store_number(tx, &sql_exchange_next, NO_BINDS, 1, &details.ref, err) &&
                   case_note(tx, who, c, 0, "exchange.opened", &details, now, arena, &entry, err)
               ? true
               : PASS(err);
}

/* What a wish asks for, as far as row FB has it at this moment. */
static struct str parts_of(const struct exchange_wish *wish, unsigned row, struct arena *arena)
{
    return arena_printf(arena, "V%s%s%s", wish->with_verification && (row & SEES_T) ? "T" : "",
                        wish->with_attack && (row & SEES_X) ? "X" : "", row & SEES_M ? "M" : "");
}

static bool check_wish(const struct subject *who, const struct product_case *c,
                       const struct grant *grant, const struct exchange_wish *wish, struct err *err)
{
    unsigned row = visibility_cell(AUDIENCE_FB, grant->phase).part;

    if (!(who->roles & ROLE_CB))
        return FAIL(err, NOT_YOUR_MOVE, STR("exchange"));
    if (!row)
        return FAIL(err, NO_SUCH_MOVE, str_from_z(product_life.states[c->state]));
    if (wish->partner.len == 0)
        return FAIL(err, INPUT, STR("partner"));
    if (!words_are_fine(wish->words))
        return FAIL(err, INPUT, STR("words"));
    if ((row & SEES_M) ? !words_are_fine(wish->countermeasure)
                       : str_trim(wish->countermeasure).len > 0)
        return FAIL(err, INPUT, STR("countermeasure"));
    return true;
}

/* The part of this coordinator in the case; it begins when there is none. */
static bool part_of(struct tx *tx, const struct subject *who, struct product_case *c,
                    int64_t organisation_id, struct utc now, struct arena *arena,
                    struct exchange *out, struct err *err)
{
    struct err absent = { 0 };

    if (one_exchange(tx, c->id, organisation_id, STR_NONE, arena, out, &absent))
        return true;
    if (absent.code != ERR_ABSENT) {
        *err = absent;
        return PASS(err);
    }
    return exchange_open(tx, who, c, organisation_id, false, STR_NONE, now, arena, err) &&
                   one_exchange(tx, c->id, organisation_id, STR_NONE, arena, out, err)
               ? true
               : PASS(err);
}

bool exchange_give(struct tx *tx, const struct subject *who, struct product_case *c,
                   const struct grant *grant, const struct exchange_wish *wish, struct utc now,
                   struct arena *arena, struct err *err)
{
    unsigned row = visibility_cell(AUDIENCE_FB, grant->phase).part;
    struct buf facts = buf_new(arena, 256), payload = buf_new(arena, REPORT_FORM_MAX);
    struct str parts = parts_of(wish, row, arena), record;
    struct news news = { .notice = "EXCHANGE", .case_id = c->id };
    struct details details = { 0 };
    struct partner partner;
    struct exchange e;
    struct entry entry;
    unsigned classes = SEES_V;

    if (!check_wish(who, c, grant, wish, err) ||
        !partner_by_public_id(tx, wish->partner, arena, &partner, err))
        return PASS(err);
    if (!str_eq(partner.values.kind, STR("FB")) || !partner_is_ready(&partner))
        return FAIL(err, INPUT, STR("partner"));
    classes |= str_index(parts, 'T') < parts.len ? SEES_T : 0;
    classes |= str_index(parts, 'X') < parts.len ? SEES_X : 0;
    record_put(&facts, "parts", parts);
    record_put(&payload, "text", str_trim(wish->words));
    record_put(&payload, "countermeasure", str_trim(wish->countermeasure));
    if (!report_texts(tx, c, grant, arena, &record, err))
        return PASS(err);
    (void)put_given(record, classes, &payload);
    if (!buf_done(&facts, &details.facts, err) || !buf_done(&payload, &details.payload, err) ||
        !part_of(tx, who, c, partner.organisation_id, now, arena, &e, err))
        return PASS(err);
    details.ref = e.id;
    if (!case_note(tx, who, c, 0, "exchange.given", &details, now, arena, &entry, err))
        return PASS(err);
    news.seq = entry.seq;
    return outbox_to_people(tx, &news, partner.organisation_id, ROLE_FB, now, err) ? true
                                                                                   : PASS(err);
}

bool exchange_close(struct tx *tx, const struct subject *who, struct product_case *c,
                    struct str public_id, struct utc now, struct arena *arena, struct err *err)
{
    struct details details = { 0 };
    struct exchange e;
    struct entry entry;

    if (!(who->roles & ROLE_CB))
        return FAIL(err, NOT_YOUR_MOVE, STR("exchange"));
    if (!exchange_of_case(tx, c, public_id, arena, &e, err))
        return PASS(err);
    if (e.ended_at.ms)
        return true;
    details.ref = e.id;
    return case_note(tx, who, c, 0, "exchange.ended", &details, now, arena, &entry, err)
               ? true
               : PASS(err);
}

bool exchange_see(struct tx *tx, const struct subject *who, struct product_case *c,
                  const struct exchange *e, struct utc now, struct arena *arena, struct err *err)
{
    struct details details = { .ref = e->id };
    struct entry entry;

    if (!e->given_at.ms || e->seen_at.ms >= e->given_at.ms)
        return true;
    return case_note(tx, who, c, 0, "exchange.seen", &details, now, arena, &entry, err) ? true
                                                                                        : PASS(err);
}

bool exchange_say(struct tx *tx, const struct subject *who, struct product_case *c,
                  const struct exchange *e, struct str words, struct utc now, struct arena *arena,
                  struct err *err)
{
    bool is_from_there = who->roles & ROLE_FB;
    struct details details = { .code = is_from_there ? STR("FB") : STR("CB"), .ref = e->id };
    struct news news = { .notice = is_from_there ? "EXCHANGE_SAID" : "EXCHANGE", .case_id = c->id };
    struct entry entry;

    if (!(who->roles & (ROLE_FB | ROLE_CB)))
        return FAIL(err, NOT_YOUR_MOVE, STR("exchange"));
    if (e->ended_at.ms)
        return FAIL(err, ABSENT, STR("an exchange"));
    if (!words_are_fine(words))
        return FAIL(err, INPUT, STR("text"));
    if (!words_record(arena, words, &details.payload, err) ||
        !case_note(tx, who, c, 0, "exchange.said", &details, now, arena, &entry, err))
        return PASS(err);
    news.seq = entry.seq;
    return (is_from_there ? outbox_to_role(tx, &news, ROLE_CB, now, err)
                          : outbox_to_people(tx, &news, e->organisation_id, ROLE_FB, now, err))
               ? true
               : PASS(err);
}

bool exchange_tell_all(struct tx *tx, const struct product_case *c, int64_t seq, struct utc now,
                       struct arena *arena, struct err *err)
{
    struct news news = { .notice = "EXCHANGE", .case_id = c->id, .seq = seq };
    struct exchanges all;

    if (!exchanges_of_case(tx, c->id, arena, &all, err))
        return PASS(err);
    for (size_t i = 0; i < all.len; i++) {
        if (!all.at[i].ended_at.ms &&
            !outbox_to_people(tx, &news, all.at[i].organisation_id, ROLE_FB, now, err))
            return PASS(err);
    }
    return true;
}
