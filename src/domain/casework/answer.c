#include "domain/casework/answer.h"

#include "domain/access/outbox.h"
#include "domain/casework/answer.sql.h"
#include "domain/casework/committee.h"
#include "domain/casework/coordination.sql.h"
#include "domain/casework/timer.h"
#include "domain/casework/unreachable.h"
#include "domain/casework/words.h"
#include "store/store.h"

enum { NAME_MAX_CHARS = 300, URL_MAX_CHARS = 500, REPORT_MAX = 200000 };

/* A developer's manager acts for its own organisation, in a case that is not closed. */
static bool is_own(const struct subject *who, const struct product_case *c,
                   const struct developer *d, struct err *err)
{
    if (!(who->roles & ROLE_PM))
        return FAIL(err, NOT_YOUR_MOVE, STR("answer"));
    if (who->organisation_id != d->organisation_id || d->case_id != c->id || d->is_removed ||
        !d->summary_at.ms)
        return FAIL(err, ABSENT, STR("a case"));
    if (product_is_closed(c->state) && c->state != CASE_PUBLISHED)
        return FAIL(err, NO_SUCH_MOVE, str_from_z(product_life.states[c->state]));
    return true;
}

static bool tell_bodies(struct tx *tx, const char *notice, const struct product_case *c,
                        const struct developer *d, int64_t seq, unsigned roles, struct utc now,
                        struct err *err)
{
    struct news news = { .notice = notice, .case_id = c->id, .participant_id = d->id, .seq = seq };

    return outbox_to_role(tx, &news, roles, now, err) ? true : PASS(err);
}

/* Nothing is waited for any more, and what the committee was to judge for its silence has ended (UNR-03). */
static bool answered(struct tx *tx, const struct subject *who, struct product_case *c,
                     const struct developer *d, struct utc now, struct arena *arena,
                     struct err *err)
{
    return timer_clear(tx, c->id, d->id, TIMER_ANSWER, now, err) &&
                   docket_cause_falls(tx, who, c, d, now, arena, err)
               ? true
               : PASS(err);
}

bool answer_seen(struct tx *tx, const struct subject *who, struct product_case *c,
                 struct developer *d, struct utc now, struct arena *arena, struct err *err)
{
    struct details details = { 0 };
    struct entry entry;

    if (!(who->roles & ROLE_PM) || who->organisation_id != d->organisation_id || !d->summary_at.ms)
        return true;
    /* Whoever comes to read is reached (UNR-03). */
    if (!unreachable_contact_made(tx, who, c, d, now, arena, err))
        return PASS(err);
    if (d->seen_at.ms)
        return true;
    d->seen_at = now;
    return case_note(tx, who, c, d->id, "participant.seen", &details, now, arena, &entry, err)
               ? true
               : PASS(err);
}

bool answer_no_product(struct tx *tx, const struct subject *who, struct product_case *c,
                       struct developer *d, bool name_consent, struct str words, struct utc now,
                       struct arena *arena, struct err *err)
{
    struct developer_facts none = { .had_detail = d->detail_at.ms != 0 };
    struct buf facts = buf_new(arena, 64);
    struct details details = { 0 };
    struct entry entry;

    if (!is_own(who, c, d, err))
        return PASS(err);
    if (!words_are_fine_or_none(words))
        return FAIL(err, INPUT, STR("words"));
    record_put_int(&facts, "name_consent", name_consent);
    return buf_done(&facts, &details.facts, err) &&
                   words_record(arena, words, &details.payload, err) &&
                   developer_move(tx, who, c, d, ON_NO_PRODUCT, &none, &details, now, arena, &entry,
                                  err) &&
                   answered(tx, who, c, d, now, arena, err) &&
                   tell_bodies(tx, "N16", c, d, entry.seq, ROLE_CB, now, err)
               ? true
               : PASS(err);
}

bool answer_request_detail(struct tx *tx, const struct subject *who, struct product_case *c,
                           struct developer *d, bool acknowledged, struct utc now,
                           struct arena *arena, struct err *err)
{
    struct developer_facts facts = { .warning_acknowledged = acknowledged,
                                     .had_detail = d->detail_at.ms != 0 };
    struct details details = { 0 };
    struct entry entry;

    return is_own(who, c, d, err) &&
                   developer_move(tx, who, c, d, ON_REQUEST_DETAIL, &facts, &details, now, arena,
                                  &entry, err) &&
                   answered(tx, who, c, d, now, arena, err) &&
                   tell_bodies(tx, "DETAIL_ASKED", c, d, entry.seq, ROLE_CB, now, err)
               ? true
               : PASS(err);
}

static bool is_result(struct str affected)
{
    return str_eq(affected, STR("YES")) || str_eq(affected, STR("NO")) ||
           str_eq(affected, STR("INVESTIGATING"));
}

static bool is_line(struct str text, size_t max)
{
    return str_is_utf8(text) && str_is_plain(text, false) && str_code_points(text) <= max;
}

static bool put_products(struct buf *buf, const struct product_results *products, struct err *err)
{
    if (products->len > PRODUCT_RESULTS_MAX)
        return FAIL(err, TOO_LARGE, STR("the list of products"));
    for (size_t i = 0; i < products->len; i++) {
        const struct product_result *p = &products->at[i];

        if (p->name.len == 0 || !is_result(p->affected) || !is_line(p->name, NAME_MAX_CHARS) ||
            !is_line(p->affected_versions, NAME_MAX_CHARS) ||
            !is_line(p->fixed_versions, NAME_MAX_CHARS))
            return FAIL(err, INPUT, STR("product"));
        record_put(buf, "product.name", p->name);
        record_put(buf, "product.affected", p->affected);
        record_put(buf, "product.versions", p->affected_versions);
        record_put(buf, "product.fixed", p->fixed_versions);
    }
    return true;
}

bool answer_result(struct tx *tx, const struct subject *who, struct product_case *c,
                   struct developer *d, struct str affected, struct str novelty, struct str words,
                   const struct product_results *products, struct utc now, struct arena *arena,
                   struct err *err)
{
    bool clear = str_eq(affected, STR("NO")) || str_eq(novelty, STR("KNOWN"));
    struct developer_facts facts = { .result_given =
                                         is_result(affected) && (str_eq(novelty, STR("NEW")) ||
                                                                 str_eq(novelty, STR("KNOWN"))),
                                     .had_detail = d->detail_at.ms != 0 };
    struct buf plain = buf_new(arena, 256), payload = buf_new(arena, REPORT_MAX);
    struct details details = { .code = affected };
    struct entry entry;

    if (!is_own(who, c, d, err))
        return PASS(err);
    /* COO-12: a result without a reason helps nobody; "known" says where it is known. */
    if (!words_are_fine(words))
        return FAIL(err, INPUT, STR("words"));
    record_put(&plain, "affected", affected);
    record_put(&plain, "novelty", novelty);
    record_put(&payload, "text", str_trim(words));
    if (!put_products(&payload, products, err) || !buf_done(&plain, &details.facts, err) ||
        !buf_done(&payload, &details.payload, err) ||
        !developer_move(tx, who, c, d, clear ? ON_VERIFY_CLEAR : ON_VERIFY_AFFECTED, &facts,
                        &details, now, arena, &entry, err) ||
        !answered(tx, who, c, d, now, arena, err))
        return PASS(err);
    d->affected = affected;
    d->novelty = novelty;
    d->result_seq = entry.seq;
    return tell_bodies(tx, "N16", c, d, entry.seq, ROLE_CB, now, err);
}

static bool is_web_address(struct str url)
{
    return url.len == 0 || ((str_starts(url, STR("https://")) || str_starts(url, STR("http://"))) &&
                            is_line(url, URL_MAX_CHARS) && str_index(url, ' ') == url.len);
}

/* Which move a report of the status is, from where the developer stands. */
static bool status_event(const struct developer *d, struct str countermeasure,
                         enum developer_event *event)
{
    bool planned = str_eq(countermeasure, STR("PLANNED"));

    if (d->state == DEVELOPER_PUBLISHED)
        *event = ON_DEVELOPER_UPDATE;
    else if (planned && d->state == DEVELOPER_VERIFIED)
        *event = ON_PLAN;
    else if (!planned)
        *event = ON_READY;
    else
        return false;
    return true;
}

bool answer_is_countermeasure(struct str countermeasure)
{
    return str_eq(countermeasure, STR("WORKAROUND")) || str_eq(countermeasure, STR("FIX")) ||
           str_eq(countermeasure, STR("STOP_USE"));
}

/* ERR_INPUT names the field. */
static bool put_status(struct buf *payload, const struct status_report *report, struct err *err)
{
    if (!words_are_fine(report->words) || !words_are_fine_or_none(report->statement_ja) ||
        !words_are_fine_or_none(report->statement_en))
        return FAIL(err, INPUT, STR("words"));
    if (!is_web_address(str_trim(report->url)))
        return FAIL(err, INPUT, STR("url"));
    record_put(payload, "text", str_trim(report->words));
    record_put(payload, "statement_ja", str_trim(report->statement_ja));
    record_put(payload, "statement_en", str_trim(report->statement_en));
    record_put(payload, "url", str_trim(report->url));
    return true;
}

bool answer_own_records(const struct product_results *products, const struct status_report *report,
                        struct arena *arena, struct developer *d, struct details *details,
                        struct err *err)
{
    struct buf plain = buf_new(arena, 256), payload = buf_new(arena, REPORT_MAX);

    d->public_id = public_id_new(arena);
    record_put(&plain, "public_id", d->public_id);
    record_put(&plain, "countermeasure", report->countermeasure);
    return put_status(&payload, report, err) && put_products(&payload, products, err) &&
                   buf_done(&plain, &details->facts, err) &&
                   buf_done(&payload, &details->payload, err)
               ? true
               : PASS(err);
}

bool answer_status(struct tx *tx, const struct subject *who, struct product_case *c,
                   struct developer *d, const struct status_report *report, struct utc now,
                   struct arena *arena, struct err *err)
{
    struct str measure = report->countermeasure;
    struct developer_facts facts = { .countermeasure_given = answer_is_countermeasure(measure) };
    struct buf plain = buf_new(arena, 64), payload = buf_new(arena, REPORT_MAX);
    struct details details = { .code = measure };
    enum developer_event event;
    struct entry entry;
    bool ok;

    if (!is_own(who, c, d, err))
        return PASS(err);
    if (!facts.countermeasure_given && !str_eq(measure, STR("PLANNED")))
        return FAIL(err, INPUT, STR("countermeasure"));
    record_put(&plain, "countermeasure", measure);
    if (!put_status(&payload, report, err) || !buf_done(&plain, &details.facts, err) ||
        !buf_done(&payload, &details.payload, err))
        return PASS(err);
    if (status_event(d, measure, &event))
        ok = developer_move(tx, who, c, d, event, &facts, &details, now, arena, &entry, err);
    else
        ok = d->state == DEVELOPER_MITIGATING &&
             case_note(tx, who, c, d->id, "status.reported", &details, now, arena, &entry, err);
    if (!ok)
        return err->code ? PASS(err)
                         : FAIL(err, NO_SUCH_MOVE, str_from_z(developer_life.states[d->state]));
    d->countermeasure = measure;
    d->status_seq = entry.seq;
    return answered(tx, who, c, d, now, arena, err) &&
                   tell_bodies(tx, "N17", c, d, entry.seq, ROLE_RB | ROLE_CB, now, err)
               ? true
               : PASS(err);
}

/* ---- while it is being written ---- */

static struct str draft_about(const struct developer *d, struct arena *arena)
{
    return arena_printf(arena, "case %lld status draft %lld", (long long)d->case_id,
                        (long long)d->id);
}

static struct status_report report_of(struct str record)
{
    return (struct status_report){ .countermeasure = record_get(record, "countermeasure"),
                                   .words = record_get(record, "text"),
                                   .statement_ja = record_get(record, "statement_ja"),
                                   .statement_en = record_get(record, "statement_en"),
                                   .url = record_get(record, "url") };
}

bool answer_draft(struct tx *tx, const struct subject *who, const struct product_case *c,
                  const struct developer *d, struct arena *arena, struct status_draft *out,
                  struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    struct err not_for_them = { 0 };
    struct str record;
    int there;

    *out = (struct status_draft){ 0 };
    if (c->key.is_destroyed || !is_own(who, c, d, &not_for_them))
        return true;
    if (!store_select(tx, &sql_status_draft_get, BINDS(bind_int("id", d->id)), arena, &rows, err))
        return PASS(err);
    there = rows_next(rows, err);
    if (there <= 0)
        return there == 0 ? true : PASS(err);
    if (!seal_open(&c->key.key, draft_about(d, arena), row_text(rows, "sealed"), arena, &record,
                   err))
        return PASS(err);
    *out = (struct status_draft){ .report = report_of(record),
                                  .kept = row_utc(rows, "kept_at"),
                                  .by = row_text(rows, "name"),
                                  .version = row_int(rows, "version") };
    return true;
}

/* Half of it may still be missing; what stands there must be text of a size that can be sent. */
static bool draft_record(const struct status_report *report, struct arena *arena, struct str *out,
                         struct err *err)
{
    struct str measure = report->countermeasure;
    struct buf record = buf_new(arena, REPORT_MAX);

    if (measure.len > 0 && !answer_is_countermeasure(measure) && !str_eq(measure, STR("PLANNED")))
        return FAIL(err, INPUT, STR("countermeasure"));
    if (!words_are_fine_or_none(report->words) || !words_are_fine_or_none(report->statement_ja) ||
        !words_are_fine_or_none(report->statement_en))
        return FAIL(err, INPUT, STR("words"));
    if (!str_is_plain(report->url, false) || str_code_points(report->url) > URL_MAX_CHARS)
        return FAIL(err, INPUT, STR("url"));
    record_put(&record, "countermeasure", measure);
    record_put(&record, "text", report->words);
    record_put(&record, "statement_ja", report->statement_ja);
    record_put(&record, "statement_en", report->statement_en);
    record_put(&record, "url", report->url);
    return buf_done(&record, out, err) ? true : PASS(err);
}

bool answer_keep_draft(struct tx *tx, const struct subject *who, const struct product_case *c,
                       const struct developer *d, const struct status_draft *draft, struct utc now,
                       struct arena *arena, struct err *err)
{
    struct str record;
    int64_t changed;

    if (!is_own(who, c, d, err))
        return PASS(err);
    if (c->key.is_destroyed)
        return FAIL(err, ABSENT, STR("a case"));
    if (!draft_record(&draft->report, arena, &record, err) ||
        !store_exec(tx, &sql_status_draft_keep,
                    BINDS(bind_int("id", d->id), bind_int("case_id", c->id),
                          bind_int("version", draft->version), bind_utc("now", now),
                          bind_int("account_id", who->account_id),
                          bind_blob("sealed",
                                    seal_text(&c->key.key, draft_about(d, arena), record, arena))),
                    &changed, err))
        return PASS(err);
    return changed == 1 ? true : FAIL(err, CHANGED_MEANWHILE, STR("draft"));
}

bool answer_drop_draft(struct tx *tx, const struct subject *who, const struct product_case *c,
                       const struct developer *d, struct err *err)
{
    return is_own(who, c, d, err) &&
                   store_exec(tx, &sql_status_draft_drop, BINDS(bind_int("id", d->id)), NULL, err)
               ? true
               : PASS(err);
}

bool answer_hint(struct tx *tx, const struct subject *who, struct product_case *c,
                 struct developer *d, struct str developer_name, struct str product,
                 struct str reason, struct utc now, struct arena *arena, struct err *err)
{
    struct buf payload = buf_new(arena, REPORT_MAX);
    struct details details = { 0 };
    struct entry entry;

    if (!is_own(who, c, d, err))
        return PASS(err);
    if (str_trim(developer_name).len == 0 || !is_line(developer_name, NAME_MAX_CHARS) ||
        !is_line(product, NAME_MAX_CHARS))
        return FAIL(err, INPUT, STR("developer_name"));
    if (!words_are_fine(reason))
        return FAIL(err, INPUT, STR("reason"));
    record_put(&payload, "developer", str_trim(developer_name));
    record_put(&payload, "product", str_trim(product));
    record_put(&payload, "text", str_trim(reason));
    return buf_done(&payload, &details.payload, err) &&
                   store_number(tx, &sql_answer_hint_next, NO_BINDS, 1, &details.ref, err) &&
                   case_note(tx, who, c, d->id, "hint.given", &details, now, arena, &entry, err) &&
                   tell_bodies(tx, "N16", c, d, entry.seq, ROLE_CB, now, err)
               ? true
               : PASS(err);
}

bool answer_wish_date(struct tx *tx, const struct subject *who, struct product_case *c,
                      struct developer *d, struct utc proposed, struct str reason, struct utc now,
                      struct arena *arena, struct err *err)
{
    struct details details = { .n = proposed };
    struct entry entry;

    if (!is_own(who, c, d, err))
        return PASS(err);
    if (proposed.ms <= now.ms)
        return FAIL(err, INPUT, STR("proposed"));
    if (!words_are_fine(reason))
        return FAIL(err, INPUT, STR("reason"));
    if (c->state != CASE_DATE_SET && c->state != CASE_COORDINATING && c->state != CASE_SELF_PRODUCT)
        return FAIL(err, NO_SUCH_MOVE, str_from_z(product_life.states[c->state]));
    return words_record(arena, reason, &details.payload, err) &&
                   store_number(tx, &sql_answer_wish_next, NO_BINDS, 1, &details.ref, err) &&
                   case_note(tx, who, c, d->id, "date.requested", &details, now, arena, &entry,
                             err) &&
                   tell_bodies(tx, "N37", c, d, entry.seq, ROLE_CB, now, err)
               ? true
               : PASS(err);
}

bool answer_refuse(struct tx *tx, const struct subject *who, struct product_case *c,
                   struct developer *d, struct str reason, struct utc now, struct arena *arena,
                   struct err *err)
{
    struct developer_facts facts = { .has_reason = words_are_fine(reason) };
    struct details details = { 0 };
    struct entry entry;

    return is_own(who, c, d, err) && words_record(arena, reason, &details.payload, err) &&
                   developer_move(tx, who, c, d, ON_REFUSE, &facts, &details, now, arena, &entry,
                                  err) &&
                   answered(tx, who, c, d, now, arena, err) &&
                   tell_bodies(tx, "N16", c, d, entry.seq, ROLE_CB, now, err)
               ? true
               : PASS(err);
}

/* ---- what was reported last ---- */

static void read_products(struct str record, struct arena *arena, struct product_results *out)
{
    struct product_result p;

    for (size_t i = 0; record_get_nth(record, "product.name", i, &p.name); i++) {
        if (!record_get_nth(record, "product.affected", i, &p.affected) ||
            !record_get_nth(record, "product.versions", i, &p.affected_versions) ||
            !record_get_nth(record, "product.fixed", i, &p.fixed_versions))
            break;
        VEC_PUSH(arena, out, p);
    }
}

bool answer_load(struct tx *tx, const struct product_case *c, const struct developer *d,
                 struct arena *arena, struct developer_report *out, struct err *err)
{
    struct str result = STR_NONE, status = STR_NONE;

    *out = (struct developer_report){ 0 };
    if ((d->result_seq && !ledger_payload(tx, &c->key, d->result_seq, arena, &result, err)) ||
        (d->status_seq && !ledger_payload(tx, &c->key, d->status_seq, arena, &status, err)))
        return PASS(err);
    out->words = record_get(result, "text");
    read_products(result, arena, &out->products);
    out->status_words = record_get(status, "text");
    out->statement_ja = record_get(status, "statement_ja");
    out->statement_en = record_get(status, "statement_en");
    out->url = record_get(status, "url");
    return true;
}
