#include "domain/casework/contact.h"

#include "base/tr.h"
#include "domain/casework/contact.sql.h"
#include "domain/casework/coordination.h"
#include "domain/casework/timer.h"
#include "domain/casework/unreachable.h"
#include "domain/casework/words.h"
#include "store/store.h"

enum { LINE_MAX_CHARS = 300 };

const struct contact_word contact_channels[] = { { "MAIL", N_("Mail") },
                                                 { "FORM", N_("Web form") },
                                                 { "TELEPHONE", N_("Telephone") },
                                                 { "LETTER", N_("Letter") },
                                                 { "FAX", N_("Fax") },
                                                 { "THIRD_PARTY", N_("Through a third party") },
                                                 { NULL, NULL } };
const struct contact_word contact_results[] = { { "SENT", N_("Sent") },
                                                { "NO_ANSWER", N_("No answer") },
                                                { "BOUNCED", N_("Came back") },
                                                { "UNKNOWN", N_("No address or number is known") },
                                                { "ACKNOWLEDGED", N_("They answered") },
                                                { NULL, NULL } };

static const char *words_of(const struct contact_word *list, struct str code)
{
    for (; list->code; list++) {
        if (str_eq_z(code, list->code))
            return list->words;
    }
    return NULL;
}

const char *contact_channel_words(struct str code) { return words_of(contact_channels, code); }

const char *contact_result_words(struct str code) { return words_of(contact_results, code); }

/* ---- recording ---- */

static bool is_line(struct str text)
{
    return str_is_utf8(text) && str_is_plain(text, false) &&
           str_code_points(text) <= LINE_MAX_CHARS;
}

static bool check(const struct product_case *c, const struct contact_attempt *a, struct utc now,
                  struct err *err)
{
    if (!contact_channel_words(a->channel) || !contact_result_words(a->result) ||
        !words_are_fine_or_none(a->words) || !is_line(a->to) || !is_line(a->evidence))
        return FAIL(err, INPUT, STR("channel"));
    /* It is typed to the minute. */
    if (a->made_at.ms > now.ms || a->made_at.ms <= c->accepted_at.ms - UTC_MINUTE)
        return FAIL(err, INPUT, STR("made_at"));
    return true;
}

static bool record_of(const struct contact_attempt *a, struct arena *arena, struct str *out,
                      struct err *err)
{
    struct buf buf = buf_new(arena, 65536);

    record_put(&buf, "text", str_trim(a->words));
    record_put(&buf, "to", str_trim(a->to));
    record_put(&buf, "evidence", str_trim(a->evidence));
    return buf_done(&buf, out, err) ? true : PASS(err);
}

bool contact_record(const struct casework *w, struct tx *tx, const struct subject *who,
                    struct product_case *c, struct developer *d, const struct contact_attempt *a,
                    struct utc now, struct arena *arena, struct err *err)
{
    struct buf facts = buf_new(arena, 128);
    struct details details = { .code = a->channel, .n = a->made_at };
    struct contact_ladder ladder;
    struct entry entry;

    if (!coordination_may(who, c, err) || !check(c, a, now, err))
        return PASS(err);
    record_put(&facts, "result", a->result);
    if (!buf_done(&facts, &details.facts, err) || !record_of(a, arena, &details.payload, err) ||
        !case_note(tx, who, c, d->id, "contact.attempted", &details, now, arena, &entry, err) ||
        !coordination_start_clock(w, tx, who, c, now, arena, err))
        return PASS(err);
    if (str_eq(a->result, STR("ACKNOWLEDGED")))
        return timer_clear(tx, c->id, d->id, TIMER_UNREACHABLE, now, err) &&
                       unreachable_contact_made(tx, who, c, d, now, arena, err)
                   ? true
                   : PASS(err);
    /* The day on which the months of the setting are over is told of. */
    if (!contact_ladder(w, tx, d, now, arena, &ladder, err))
        return PASS(err);
    return ladder.enough.ms <= now.ms ||
                   timer_set(tx, c->id, d->id, TIMER_UNREACHABLE, ladder.enough, err)
               ? true
               : PASS(err);
}

bool contact_list(struct tx *tx, const struct product_case *c, const struct developer *d,
                  struct arena *arena, struct contact_attempts *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int got;

    *out = (struct contact_attempts){ 0 };
    if (!store_select(tx, &sql_contact_attempts, BINDS(bind_int("participant_id", d->id)), arena,
                      &rows, err))
        return PASS(err);
    while ((got = rows_next(rows, err)) > 0) {
        struct contact_attempt a = { .channel = row_text(rows, "channel"),
                                     .result = row_text(rows, "result"),
                                     .made_at = row_utc(rows, "at"),
                                     .seq = row_int(rows, "seq") };
        struct str record;

        if (!ledger_payload(tx, &c->key, a.seq, arena, &record, err))
            return PASS(err);
        a.words = record_get(record, "text");
        a.to = record_get(record, "to");
        a.evidence = record_get(record, "evidence");
        VEC_PUSH(arena, out, a);
    }
    return got == 0 ? true : PASS(err);
}

/* ---- how far it is ---- */

/* When it last did something itself; reading what was sent counts. */
static struct utc heard_of(const struct developer *d)
{
    const struct utc times[] = { d->seen_at, d->detail_requested_at, d->verified_at, d->status_at };
    struct utc last = { 0 };

    for (size_t i = 0; i < COUNT(times); i++) {
        if (times[i].ms > last.ms)
            last = times[i];
    }
    return last;
}

static struct contact_rung *rung_of(struct contact_ladder *ladder, struct str channel)
{
    for (size_t i = 0; i < ladder->len; i++) {
        if (str_eq(ladder->at[i].channel, channel))
            return &ladder->at[i];
    }
    return NULL;
}

static void tried(struct contact_ladder *ladder, struct str channel, struct utc at, bool is_unknown)
{
    struct contact_rung *rung = rung_of(ladder, channel);

    if (!rung)
        return;
    rung->is_unknown |= is_unknown;
    if (is_unknown)
        return;
    rung->count++;
    ladder->attempts++;
    if (at.ms > rung->last.ms)
        rung->last = at;
    if (!ladder->since.ms || at.ms < ladder->since.ms)
        ladder->since = at;
}

static void forget(struct contact_ladder *ladder)
{
    for (size_t i = 0; i < ladder->len; i++)
        ladder->at[i] = (struct contact_rung){ .channel = ladder->at[i].channel,
                                               .is_required = ladder->at[i].is_required };
    ladder->since = (struct utc){ 0 };
    ladder->attempts = 0;
}

/* Every way there is, and after them what the setting names beside: a word that is no way is never tried, so it is never enough. */
static void rungs_of(const struct casework *w, struct arena *arena, struct contact_ladder *out)
{
    struct str required = w->unreachable_channels, code;

    for (const struct contact_word *one = contact_channels; one->code; one++)
        VEC_PUSH(arena, out, (struct contact_rung){ .channel = str_from_z(one->code) });
    while (required.len > 0 && str_split(&required, ' ', &code)) {
        struct contact_rung *rung = rung_of(out, code);

        if (rung)
            rung->is_required = true;
        else if (code.len > 0)
            VEC_PUSH(arena, out, (struct contact_rung){ .channel = code, .is_required = true });
    }
}

bool contact_ladder(const struct casework *w, struct tx *tx, const struct developer *d,
                    struct utc now, struct arena *arena, struct contact_ladder *out,
                    struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    struct utc heard = heard_of(d);
    int got;

    *out = (struct contact_ladder){ 0 };
    rungs_of(w, arena, out);
    /* What we sent through the desk went by mail. */
    if (d->summary_at.ms > heard.ms)
        tried(out, STR("MAIL"), d->summary_at, false);
    if (d->reminded_at.ms > heard.ms)
        tried(out, STR("MAIL"), d->reminded_at, false);
    if (!store_select(tx, &sql_contact_attempts, BINDS(bind_int("participant_id", d->id)), arena,
                      &rows, err))
        return PASS(err);
    while ((got = rows_next(rows, err)) > 0) {
        struct str result = row_text(rows, "result");

        if (str_eq(result, STR("ACKNOWLEDGED")))
            forget(out);
        else if (row_utc(rows, "at").ms > heard.ms)
            tried(out, row_text(rows, "channel"), row_utc(rows, "at"),
                  str_eq(result, STR("UNKNOWN")));
    }
    if (got < 0)
        return PASS(err);
    if (out->since.ms)
        out->enough = utc_add_months(out->since, (int)w->unreachable_months);
    out->is_enough = out->since.ms && out->enough.ms <= now.ms;
    for (size_t i = 0; i < out->len; i++)
        out->is_enough &= !out->at[i].is_required || out->at[i].is_unknown || out->at[i].count > 0;
    return true;
}
