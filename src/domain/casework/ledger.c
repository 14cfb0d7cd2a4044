#include "domain/casework/ledger.h"

#include "base/buf.h"
#include "base/err.h"
#include "base/record.h"
#include "base/vec.h"
#include "domain/casework/ledger.sql.h"
#include "store/store.h"
#include <string.h>

enum { SALT_BYTES = 16, PAYLOAD_MAX = 4 << 20, FACTS_MAX = 4096, READ_AT_ONCE = 500 };

static const struct str first_prev = STR_INIT("noroshi ledger, entry 0: nothing is before");

static struct str about_case(int64_t case_id, struct arena *arena)
{
    return arena_printf(arena, "case %lld key", (long long)case_id);
}

bool case_key_new(struct tx *tx, const struct vault *vault, struct str number, struct arena *arena,
                  struct case_key *out, struct str *public_id, struct err *err)
{
    struct case_key key = { .key = seal_key_new() };
    struct str id = public_id_new(arena);

    if (!store_number(tx, &sql_case_key_next, NO_BINDS, 1, &key.case_id, err))
        return PASS(err);
    if (!store_exec(
            tx, &sql_case_key_add,
            BINDS(bind_int("case_id", key.case_id), bind_text("public_id", id),
                  bind_text("number", number),
                  bind_blob("wrapped", seal_wrap(&vault->cases, about_case(key.case_id, arena),
                                                 &key.key, arena))),
            NULL, err))
        return PASS(err);
    *out = key;
    *public_id = id;
    return true;
}

bool case_key_load(struct tx *tx, const struct vault *vault, int64_t case_id, struct arena *arena,
                   struct case_key *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    struct str wrapped;

    if (!store_select(tx, &sql_case_key_of, BINDS(bind_int("case_id", case_id)), arena, &rows,
                      err) ||
        !rows_one(rows, STR("a case"), err))
        return PASS(err);

    wrapped = row_text(rows, "wrapped");
    *out = (struct case_key){ .case_id = case_id, .is_destroyed = wrapped.len == 0 };
    if (out->is_destroyed)
        return true;
    return seal_unwrap(&vault->cases, about_case(case_id, arena), wrapped, &out->key, err)
               ? true
               : PASS(err);
}

bool case_key_destroy(struct tx *tx, int64_t case_id, struct err *err)
{
    return store_exec(tx, &sql_case_key_forget, BINDS(bind_int("case_id", case_id)), NULL, err) &&
                   store_exec(tx, &sql_case_prints_forget, BINDS(bind_int("case_id", case_id)),
                              NULL, err)
               ? true
               : PASS(err);
}

static struct str about_entry(int64_t seq, struct arena *arena)
{
    return arena_printf(arena, "ledger %lld payload", (long long)seq);
}

/* Everything an entry says, in an order that never changes. */
static struct hash entry_hash(const struct entry *entry, struct str payload_hash, struct str prev)
{
    struct hash_stream stream;
    int64_t numbers[] = { entry->seq,      entry->at.ms, entry->case_id, entry->participant_id,
                          entry->actor_id, entry->n.ms,  entry->ref };
    struct str texts[] = { entry->kind, entry->actor_kind, entry->from,  entry->to,   entry->code,
                           entry->rule, entry->carries,    entry->facts, payload_hash };

    hash_begin(&stream);
    hash_add(&stream, prev);
    for (size_t i = 0; i < COUNT(numbers); i++) {
        unsigned char bytes[8];

        for (int b = 0; b < 8; b++)
            bytes[b] = (unsigned char)((uint64_t)numbers[i] >> (56 - 8 * b));
        hash_add(&stream, (struct str){ (const char *)bytes, sizeof bytes });
    }
    for (size_t i = 0; i < COUNT(texts); i++)
        hash_add(&stream, texts[i]);
    return hash_end(&stream);
}

static struct hash payload_hash_of(struct str salt, struct str payload)
{
    struct hash_stream stream;

    hash_begin(&stream);
    hash_add(&stream, salt);
    hash_add(&stream, payload);
    return hash_end(&stream);
}

static struct str actor_kind_of(const struct subject *who)
{
    switch (who->kind) {
    case SUBJECT_FINDER:
        return STR("FINDER");
    case SUBJECT_ACCOUNT:
        return STR("ACCOUNT");
    case SUBJECT_OPERATOR:
        return STR("OPERATOR");
    case SUBJECT_CLOCK:
        return STR("CLOCK");
    case SUBJECT_NOBODY: /* a finder who sends the first report has no session yet */
        return STR("FINDER");
    case SUBJECT_COMMAND:
        break;
    }
    return STR("COMMAND");
}

static bool last_entry(struct tx *tx, struct arena *arena, int64_t *seq, struct str *hash,
                       struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int got;

    *seq = 0;
    *hash = first_prev;
    if (!store_select(tx, &sql_ledger_last, NO_BINDS, arena, &rows, err))
        return PASS(err);
    got = rows_next(rows, err);
    if (got < 0)
        return PASS(err);
    if (got > 0) {
        *seq = row_int(rows, "seq");
        *hash = row_text(rows, "hash");
    }
    return true;
}

bool ledger_head(struct tx *tx, struct arena *arena, int64_t *seq, struct hash *head,
                 struct err *err)
{
    struct str hash;

    *head = (struct hash){ { 0 } };
    if (!last_entry(tx, arena, seq, &hash, err))
        return PASS(err);
    if (*seq)
        memcpy(head->bytes, hash.ptr, sizeof head->bytes);
    return true;
}

bool ledger_append(struct tx *tx, const struct case_key *key, const struct subject *who,
                   const struct event *event, struct utc now, struct arena *arena,
                   struct entry *out, struct err *err)
{
    struct entry entry = {
        .at = now,
        .kind = str_from_z(event->kind),
        .case_id = event->case_id,
        .participant_id = event->participant_id,
        .actor_kind = actor_kind_of(who),
        .actor_id = who->kind == SUBJECT_FINDER     ? who->report_id
                    : who->kind == SUBJECT_OPERATOR ? who->link_id
                                                    : who->account_id,
        .from = event->from,
        .to = event->to,
        .code = event->code,
        .n = event->n,
        .ref = event->ref,
        .rule = event->rule,
        .carries = event->carries,
        .facts = event->facts,
        .has_payload = event->payload.len > 0,
    };
    char salt_bytes[SALT_BYTES];
    struct str salt = { salt_bytes, sizeof salt_bytes }, prev, payload_hash_text = STR_NONE;
    struct hash payload_hash, hash;

    if (event->payload.len > PAYLOAD_MAX || event->facts.len > FACTS_MAX)
        return FAIL(err, TOO_LARGE, STR("the text of an event"));
    if (!last_entry(tx, arena, &entry.seq, &prev, err))
        return PASS(err);
    entry.seq++;

    if (entry.has_payload) {
        if (!key || key->is_destroyed)
            return FAIL(err, KEY_MISSING, STR("the key of this case"));
        random_fill(salt_bytes, sizeof salt_bytes);
        payload_hash = payload_hash_of(salt, event->payload);
        payload_hash_text = hash_str(&payload_hash);
    }
    hash = entry_hash(&entry, payload_hash_text, prev);
    if (!store_exec(
            tx, &sql_ledger_add,
            BINDS(bind_int("seq", entry.seq), bind_utc("at", now), bind_text("kind", entry.kind),
                  bind_id("case_id", entry.case_id),
                  bind_id("participant_id", entry.participant_id),
                  bind_text("actor_kind", entry.actor_kind), bind_id("actor_id", entry.actor_id),
                  bind_text("from_state", entry.from), bind_text("to_state", entry.to),
                  bind_text("code", entry.code), bind_utc("n", entry.n), bind_id("ref", entry.ref),
                  bind_text("rule", entry.rule), bind_text("carries", entry.carries),
                  bind_blob("facts", entry.facts), bind_blob("payload_hash", payload_hash_text),
                  bind_blob("prev", prev), bind_blob("hash", hash_str(&hash))),
            NULL, err))
        return PASS(err);
    if (entry.has_payload &&
        !store_exec(tx, &sql_ledger_add_payload,
                    BINDS(bind_int("seq", entry.seq), bind_blob("salt", salt),
                          bind_blob("sealed", seal_text(&key->key, about_entry(entry.seq, arena),
                                                        event->payload, arena))),
                    NULL, err))
        return PASS(err);
    *out = entry;
    return true;
}

static bool payload_row(struct tx *tx, int64_t seq, struct arena *arena, struct str *salt,
                        struct str *sealed, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int got;

    *salt = *sealed = STR_NONE;
    if (!store_select(tx, &sql_ledger_payload_of, BINDS(bind_int("seq", seq)), arena, &rows, err))
        return PASS(err);
    got = rows_next(rows, err);
    if (got < 0)
        return PASS(err);
    if (got > 0) {
        *salt = row_text(rows, "salt");
        *sealed = row_text(rows, "sealed");
    }
    return true;
}

bool ledger_payload(struct tx *tx, const struct case_key *key, int64_t seq, struct arena *arena,
                    struct str *out, struct err *err)
{
    struct str salt, sealed;

    return payload_row(tx, seq, arena, &salt, &sealed, err) &&
                   ledger_open(key, seq, sealed, arena, out, err)
               ? true
               : PASS(err);
}

bool ledger_open(const struct case_key *key, int64_t seq, struct str sealed, struct arena *arena,
                 struct str *out, struct err *err)
{
    *out = STR_NONE;
    if (sealed.len == 0 || key->is_destroyed)
        return true;
    if (!seal_open(&key->key, about_entry(seq, arena), sealed, arena, out, err))
        return PASS(err);
    return record_is_valid(*out)
               ? true
               : FAIL(err, LEDGER_BROKEN, arena_printf(arena, "entry %lld", (long long)seq));
}

bool ledger_field(struct tx *tx, const struct case_key *key, int64_t seq, const char *field,
                  struct arena *arena, struct str *out, struct err *err)
{
    struct str record;

    *out = STR_NONE;
    if (!seq)
        return true;
    if (!ledger_payload(tx, key, seq, arena, &record, err))
        return PASS(err);
    *out = record_get(record, field);
    return true;
}

static struct entry entry_from_row(struct rows *rows)
{
    return (struct entry){
        .seq = row_int(rows, "seq"),
        .at = row_utc(rows, "at"),
        .kind = row_text(rows, "kind"),
        .case_id = row_int(rows, "case_id"),
        .participant_id = row_int(rows, "participant_id"),
        .actor_kind = row_text(rows, "actor_kind"),
        .actor_id = row_int(rows, "actor_id"),
        .from = row_text(rows, "from_state"),
        .to = row_text(rows, "to_state"),
        .code = row_text(rows, "code"),
        .n = row_utc(rows, "n"),
        .ref = row_int(rows, "ref"),
        .rule = row_text(rows, "rule"),
        .carries = row_text(rows, "carries"),
        .facts = row_text(rows, "facts"),
        .has_payload = row_text(rows, "payload_hash").len > 0,
    };
}

bool ledger_read(struct tx *tx, int64_t case_id, int64_t after, size_t limit, struct arena *arena,
                 struct entries *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    bool ok;
    int got;

    *out = (struct entries){ 0 };
    if (case_id)
        ok = store_select(tx, &sql_ledger_of_case,
                          BINDS(bind_int("case_id", case_id), bind_int("after", after),
                                bind_int("limit", (int64_t)limit)),
                          arena, &rows, err);
    else
        ok = store_select(tx, &sql_ledger_all,
                          BINDS(bind_int("after", after), bind_int("limit", (int64_t)limit)), arena,
                          &rows, err);
    if (!ok)
        return PASS(err);
    while ((got = rows_next(rows, err)) > 0)
        VEC_PUSH(arena, out, entry_from_row(rows));
    return got == 0 ? true : PASS(err);
}

bool ledger_latest(struct tx *tx, int64_t case_id, int64_t participant_id, int64_t before,
                   size_t limit, struct arena *arena, struct entries *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int got;

    *out = (struct entries){ 0 };
    if (!store_select(tx, &sql_ledger_latest,
                      BINDS(bind_int("case_id", case_id), bind_id("participant_id", participant_id),
                            bind_id("before", before), bind_int("limit", (int64_t)limit)),
                      arena, &rows, err))
        return PASS(err);
    while ((got = rows_next(rows, err)) > 0)
        VEC_PUSH(arena, out, entry_from_row(rows));
    return got == 0 ? true : PASS(err);
}

bool ledger_list(struct tx *tx, struct str case_number, int64_t offset, int64_t limit,
                 struct arena *arena, struct ledger_lines *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int got;

    *out = (struct ledger_lines){ 0 };
    if (!store_select(tx, &sql_ledger_list,
                      BINDS(bind_some("number", case_number), bind_int("limit", limit + 1),
                            bind_int("offset", offset)),
                      arena, &rows, err))
        return PASS(err);
    while ((got = rows_next(rows, err)) > 0) {
        if ((int64_t)out->len == limit) {
            out->has_more = true;
            return true;
        }
        VEC_PUSH(arena, out,
                 (struct ledger_line){ entry_from_row(rows), row_text(rows, "number"),
                                       row_text(rows, "hash_hex") });
    }
    return got == 0 ? true : PASS(err);
}

/* One entry against the chain so far; its payload too, when the key of its case is still there. */
static bool verify_one(struct tx *tx, const struct vault *vault, struct rows *rows,
                       int64_t expected, struct str prev, struct arena *arena, struct hash *head,
                       struct err *err)
{
    struct entry entry = entry_from_row(rows);
    struct str payload_hash = row_text(rows, "payload_hash"), salt, sealed, payload;
    struct str name = arena_printf(arena, "entry %lld", (long long)expected);
    struct case_key key;
    struct hash hash;

    if (entry.seq != expected || !str_eq(row_text(rows, "prev"), prev))
        return FAIL(err, LEDGER_BROKEN, name);
    hash = entry_hash(&entry, payload_hash, prev);
    if (!str_eq(row_text(rows, "hash"), hash_str(&hash)))
        return FAIL(err, LEDGER_BROKEN, name);
    *head = hash;
    if (!entry.has_payload)
        return true;

    if (!payload_row(tx, entry.seq, arena, &salt, &sealed, err) ||
        !case_key_load(tx, vault, entry.case_id, arena, &key, err))
        return PASS(err);
    if (key.is_destroyed)
        return true;
    if (!seal_open(&key.key, about_entry(entry.seq, arena), sealed, arena, &payload, err))
        return FAIL(err, LEDGER_BROKEN, name);
    hash = payload_hash_of(salt, payload);
    return str_eq(payload_hash, hash_str(&hash)) ? true : FAIL(err, LEDGER_BROKEN, name);
}

bool ledger_verify(struct tx *tx, const struct vault *vault, int64_t *count, struct hash *head,
                   struct err *err)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new((size_t)256 << 20);
    char prev[SEAL_HASH_BYTES];
    bool more = true;

    *count = 0;
    *head = (struct hash){ { 0 } };
    while (more) {
        CLEANUP(rows_end_var) struct rows *rows = NULL;
        int got;

        arena_reset(arena);
        more = false;
        if (!store_select(tx, &sql_ledger_all,
                          BINDS(bind_int("after", *count), bind_int("limit", READ_AT_ONCE)), arena,
                          &rows, err))
            return PASS(err);
        while ((got = rows_next(rows, err)) > 0) {
            memcpy(prev, head->bytes, sizeof prev);
            if (!verify_one(tx, vault, rows, *count + 1,
                            *count ? (struct str){ prev, sizeof prev } : first_prev, arena, head,
                            err))
                return PASS(err);
            ++*count;
            more = true;
        }
        if (got < 0)
            return PASS(err);
    }
    return true;
}
