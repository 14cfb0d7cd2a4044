#include "domain/access/hook.h"

#include "base/ascii.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/record.h"
#include "domain/access/hook.sql.h"
#include "domain/access/outbox.h"
#include "formats/json/json.h"

enum { EVENTS_MAX = 200, SEALED_MAX = 2048, BODY_MAX = 1024, WORDS_MAX = 200 };

#define SECRET_PREFIX "whsec_"

/* clang-format off */
const struct hook_event hook_events[] = {
    { "case",        N_("A case is opened for you, or something in it changes") },
    { "message",     N_("Messages and files") },
    { "date",        N_("The publication date is set or changed, or a wish for another is answered") },
    { "publication", N_("Publication, and updates of it") },
    { 0 },
};
static const struct {
    const char *kind, *event; /* kind: how it begins */
} groups[] = {
    { "message.",       "message" },
    { "attachment.",    "message" },
    { "date.",          "date" },
    { "case.published", "publication" },
    { "case.updated",   "publication" },
    { "withdrawal.",    "publication" },
};
static const char *const state_names[] = { [HOOK_QUEUED] = "QUEUED", [HOOK_SENT] = "SENT", [HOOK_FAILED] = "FAILED" };
/* clang-format on */

const char *hook_event_of(struct str kind)
{
    for (size_t i = 0; i < COUNT(groups); i++) {
        if (str_starts(kind, str_from_z(groups[i].kind)))
            return groups[i].event;
    }
    return "case";
}

/* ---- addresses ---- */

/* Letters, digits, dots and hyphens, as names of machines are written. */
static bool is_host(struct str host, bool private_ok)
{
    bool has_dot = false, has_letter = false;

    for (size_t i = 0; i < host.len; i++) {
        char c = host.ptr[i];

        if (!ascii_is_alnum(c) && c != '.' && c != '-')
            return false;
        has_dot |= c == '.';
        has_letter |= !(c >= '0' && c <= '9') && c != '.';
    }
    return host.len > 0 && host.len <= 253 && host.ptr[0] != '.' &&
           (private_ok || (has_dot && has_letter));
}

static bool is_port(struct str port, bool private_ok)
{
    struct err ignored = { 0 };
    int64_t n;

    return str_to_int(port, 1, 65535, &n, &ignored) && (private_ok || n == 443);
}

bool hook_url_is_fine(struct str url, bool private_ok)
{
    struct str rest = url, place, host;
    size_t colon;

    if (url.len > HOOK_URL_MAX ||
        !(str_skip(&rest, STR("https://")) || (private_ok && str_skip(&rest, STR("http://")))))
        return false;
    for (size_t i = 0; i < url.len; i++) {
        if (url.ptr[i] <= ' ' || url.ptr[i] >= 0x7f || url.ptr[i] == '\\' || url.ptr[i] == '#')
            return false;
    }
    place = str_take(str_take(rest, str_index(rest, '/')), str_index(rest, '?'));
    colon = str_index(place, ':');
    host = str_take(place, colon);
    return is_host(host, private_ok) &&
           (colon == place.len || is_port(str_drop(place, colon + 1), private_ok));
}

static struct str about(struct str public_id, struct arena *arena)
{
    return arena_printf(arena, "webhook %.*s", STR_ARG(public_id));
}

static bool seal_hook(const struct vault *vault, struct str public_id, struct str url,
                      const struct seal_key *secret, struct arena *arena, struct str *out,
                      struct err *err)
{
    struct buf buf = buf_new(arena, SEALED_MAX);
    struct str record;

    record_put(&buf, "url", url);
    record_put(&buf, "secret", (struct str){ (const char *)secret->bytes, SEAL_KEY_BYTES });
    if (!buf_done(&buf, &record, err))
        return PASS(err);
    *out = seal_text(&vault->secrets, about(public_id, arena), record, arena);
    return true;
}

static bool events_are_fine(struct str events)
{
    struct str rest = events, name;
    bool is_known = events.len > 0 && events.len <= EVENTS_MAX;

    while (is_known && rest.len > 0 && str_split(&rest, ' ', &name)) {
        const struct hook_event *event = hook_events;

        while (event->name && !str_eq_z(name, event->name))
            event++;
        is_known = event->name != NULL;
    }
    return is_known;
}

bool hook_make(const struct deed *deed, const struct vault *vault, const struct hook_new *values,
               struct str *secret, struct err *err)
{
    struct str public_id = public_id_new(deed->arena), sealed;
    struct seal_key key = seal_key_new();
    int64_t organisation = deed->who->organisation_id, count, id;

    if (!hook_url_is_fine(values->url, values->private_ok))
        return FAIL(err, INPUT, STR("url"));
    if (!events_are_fine(values->events))
        return FAIL(err, INPUT, STR("events"));
    if (!store_number(deed->tx, &sql_hook_count, BINDS(bind_int("organisation_id", organisation)),
                      0, &count, err))
        return PASS(err);
    if (count >= HOOKS_MAX)
        return FAIL(err, INPUT, STR("hooks"));
    if (!seal_hook(vault, public_id, values->url, &key, deed->arena, &sealed, err) ||
        !store_insert(deed->tx, &sql_hook_insert,
                      BINDS(bind_text("public_id", public_id),
                            bind_int("organisation_id", organisation), bind_blob("sealed", sealed),
                            bind_text("events", values->events), bind_utc("now", deed->now)),
                      &id, err) ||
        !access_note(deed, ACCESS_HOOK_MADE, 0, organisation, STR_NONE, err))
        return PASS(err);
    *secret = arena_printf(deed->arena, SECRET_PREFIX "%.*s",
                           STR_ARG(seal_base64(key.bytes, SEAL_KEY_BYTES, deed->arena)));
    seal_key_wipe(&key);
    return true;
}

static bool open_hook(const struct vault *vault, struct str public_id, struct str sealed,
                      struct arena *arena, struct str *url, struct seal_key *secret,
                      struct err *err)
{
    struct str record, key;

    if (!seal_open(&vault->secrets, about(public_id, arena), sealed, arena, &record, err))
        return PASS(err);
    key = record_get(record, "secret");
    if (key.len != SEAL_KEY_BYTES)
        return FAIL(err, SEAL_BROKEN, STR("webhook"));
    *url = record_get(record, "url");
    memcpy(secret->bytes, key.ptr, SEAL_KEY_BYTES);
    return true;
}

static bool select_hooks(struct tx *tx, const struct vault *vault, const struct subject *who,
                         struct str public_id, struct arena *arena, struct hook_rows *out,
                         struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int got;

    *out = (struct hook_rows){ 0 };
    if (!store_select(tx, &sql_hook_list,
                      BINDS(bind_int("organisation_id", who->organisation_id),
                            bind_some("public_id", public_id)),
                      arena, &rows, err))
        return PASS(err);
    while ((got = rows_next(rows, err)) > 0) {
        struct hook hook = { .id = row_int(rows, "id"),
                             .public_id = row_text(rows, "public_id"),
                             .events = row_text(rows, "events"),
                             .created_at = row_utc(rows, "created_at"),
                             .paused_at = row_utc(rows, "paused_at"),
                             .failures = row_int(rows, "failures"),
                             .waiting = row_int(rows, "waiting") };
        struct seal_key secret;

        if (!open_hook(vault, hook.public_id, row_text(rows, "sealed"), arena, &hook.url, &secret,
                       err))
            return PASS(err);
        seal_key_wipe(&secret);
        VEC_PUSH(arena, out, hook);
    }
    return got == 0 ? true : PASS(err);
}

bool hook_list(struct tx *tx, const struct vault *vault, const struct subject *who,
               struct arena *arena, struct hook_rows *out, struct err *err)
{
    return select_hooks(tx, vault, who, STR_NONE, arena, out, err) ? true : PASS(err);
}

bool hook_load(struct tx *tx, const struct vault *vault, const struct subject *who,
               struct str public_id, struct arena *arena, struct hook *out, struct err *err)
{
    struct hook_rows one;

    if (public_id.len == 0 || !select_hooks(tx, vault, who, public_id, arena, &one, err))
        return err->code ? PASS(err) : FAIL(err, ABSENT, STR("a webhook"));
    if (one.len != 1)
        return FAIL(err, ABSENT, STR("a webhook"));
    *out = one.at[0];
    return true;
}

bool hook_end(const struct deed *deed, const struct hook *hook, struct err *err)
{
    return store_exec(deed->tx, &sql_hook_end,
                      BINDS(bind_int("id", hook->id), bind_utc("now", deed->now)), NULL, err) &&
                   store_exec(deed->tx, &sql_hook_forget, BINDS(bind_int("id", hook->id)), NULL,
                              err) &&
                   access_note(deed, ACCESS_HOOK_ENDED, 0, deed->who->organisation_id, STR_NONE,
                               err)
               ? true
               : PASS(err);
}

bool hook_pause(const struct deed *deed, const struct hook *hook, struct err *err)
{
    return store_exec(deed->tx, &sql_hook_pause,
                      BINDS(bind_int("id", hook->id), bind_utc("now", deed->now)), NULL, err)
               ? true
               : PASS(err);
}

bool hook_resume(const struct deed *deed, const struct hook *hook, struct err *err)
{
    return store_exec(deed->tx, &sql_hook_resume, BINDS(bind_int("id", hook->id)), NULL, err)
               ? true
               : PASS(err);
}

bool hook_test(const struct deed *deed, const struct hook *hook, struct err *err)
{
    int64_t id;

    return store_insert(deed->tx, &sql_hook_add,
                        BINDS(bind_text("public_id", public_id_new(deed->arena)),
                              bind_int("hook_id", hook->id), bind_text("kind", STR("test")),
                              bind_utc("now", deed->now)),
                        &id, err)
               ? true
               : PASS(err);
}

/* ---- deliveries ---- */

static enum hook_state state_of(struct str name)
{
    for (size_t i = 0; i < COUNT(state_names); i++) {
        if (str_eq_z(name, state_names[i]))
            return (enum hook_state)i;
    }
    return HOOK_FAILED;
}

bool hook_told(struct tx *tx, const struct hook *hook, int64_t limit, struct arena *arena,
               struct hook_deliveries *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int got;

    *out = (struct hook_deliveries){ 0 };
    if (!store_select(tx, &sql_hook_told,
                      BINDS(bind_int("hook_id", hook->id), bind_int("limit", limit)), arena, &rows,
                      err))
        return PASS(err);
    while ((got = rows_next(rows, err)) > 0)
        VEC_PUSH(arena, out,
                 (struct hook_delivery){ .public_id = row_text(rows, "public_id"),
                                         .kind = row_text(rows, "kind"),
                                         .case_number = row_text(rows, "case_number"),
                                         .case_public_id = row_text(rows, "case_public_id"),
                                         .words = row_text(rows, "words"),
                                         .at = row_utc(rows, "at"),
                                         .tried_at = row_utc(rows, "tried_at"),
                                         .state = state_of(row_text(rows, "state")),
                                         .attempts = row_int(rows, "attempts") });
    return got == 0 ? true : PASS(err);
}

bool hook_again(const struct deed *deed, const struct hook *hook, struct str public_id,
                struct err *err)
{
    int64_t changed;

    if (!store_exec(deed->tx, &sql_hook_again,
                    BINDS(bind_int("hook_id", hook->id), bind_text("public_id", public_id)),
                    &changed, err))
        return PASS(err);
    return changed == 1 ? true : FAIL(err, ABSENT, STR("a delivery"));
}

bool hook_queue(struct tx *write, const struct hook_news *news, struct utc now, struct err *err)
{
    return store_exec(write, &sql_hook_queue,
                      BINDS(bind_text("kind", news->kind), bind_int("case_id", news->case_id),
                            bind_int("seq", news->seq), bind_utc("now", now),
                            bind_int("is_for_all", news->is_for_all),
                            bind_int("participant_id", news->participant_id),
                            bind_text("event", str_from_z(hook_event_of(news->kind)))),
                      NULL, err)
               ? true
               : PASS(err);
}

/* ---- on the way ---- */

bool hook_due(struct tx *tx, struct utc now, int64_t limit, struct arena *arena,
              struct hook_ids *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int got;

    *out = (struct hook_ids){ 0 };
    if (!store_select(tx, &sql_hook_due, BINDS(bind_utc("now", now), bind_int("limit", limit)),
                      arena, &rows, err))
        return PASS(err);
    while ((got = rows_next(rows, err)) > 0)
        VEC_PUSH(arena, out, row_int(rows, "id"));
    return got == 0 ? true : PASS(err);
}

struct str hook_signature(const struct seal_key *secret, struct str id, struct str timestamp,
                          struct str body, struct arena *arena)
{
    struct hash mac = hash_hmac_sha256(secret, arena_printf(arena, "%.*s.%.*s.%.*s", STR_ARG(id),
                                                            STR_ARG(timestamp), STR_ARG(body)));

    return arena_printf(arena, "v1,%.*s", STR_ARG(seal_base64(mac.bytes, SEAL_HASH_BYTES, arena)));
}

static bool body_of(struct rows *row, struct arena *arena, struct str *out, struct err *err)
{
    struct buf buf = buf_new(arena, BODY_MAX);
    struct json_writer w = json_writer_new(&buf, false);

    json_object_begin(&w);
    json_pair(&w, "type", row_text(row, "kind"));
    json_pair(&w, "timestamp", utc_iso(arena, row_utc(row, "at")));
    json_key(&w, "data");
    json_object_begin(&w);
    json_pair(&w, "case", row_text(row, "case_public_id"));
    if (row_int(row, "seq")) {
        json_key(&w, "seq");
        json_put_int(&w, row_int(row, "seq"));
    }
    json_object_end(&w);
    json_object_end(&w);
    return buf_done(&buf, out, err) ? true : PASS(err);
}

bool hook_compose(struct tx *tx, const struct vault *vault, int64_t delivery_id, struct utc now,
                  struct arena *arena, struct hook_call *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    struct hook_call call = { .delivery_id = delivery_id,
                              .timestamp =
                                  arena_printf(arena, "%lld", (long long)(now.ms / UTC_SECOND)) };
    struct seal_key secret;

    if (!store_select(tx, &sql_hook_delivery, BINDS(bind_int("id", delivery_id)), arena, &rows,
                      err) ||
        !rows_one(rows, STR("a delivery"), err) ||
        !open_hook(vault, row_text(rows, "hook_public_id"), row_text(rows, "sealed"), arena,
                   &call.url, &secret, err) ||
        !body_of(rows, arena, &call.body, err))
        return PASS(err);
    call.id = row_text(rows, "public_id");
    call.signature = hook_signature(&secret, call.id, call.timestamp, call.body, arena);
    seal_key_wipe(&secret);
    *out = call;
    return true;
}

struct standing {
    int64_t hook_id, organisation_id, failures;
};

static bool standing_of(struct tx *tx, int64_t delivery_id, struct arena *arena,
                        struct standing *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;

    if (!store_select(tx, &sql_hook_delivery, BINDS(bind_int("id", delivery_id)), arena, &rows,
                      err) ||
        !rows_one(rows, STR("a delivery"), err))
        return PASS(err);
    *out = (struct standing){ row_int(rows, "hook_id"), row_int(rows, "organisation_id"),
                              row_int(rows, "failures") };
    return true;
}

/* Given up: nothing goes there until somebody has looked. */
static bool pause_after(struct tx *write, const struct standing *s, struct utc now, struct err *err)
{
    return store_exec(write, &sql_hook_pause,
                      BINDS(bind_int("id", s->hook_id), bind_utc("now", now)), NULL, err) &&
                   outbox_to_managers(write, &(struct news){ .notice = "HOOK_PAUSED" },
                                      s->organisation_id, now, err)
               ? true
               : PASS(err);
}

bool hook_outcome(struct tx *write, int64_t delivery_id, bool is_taken, struct str words,
                  struct utc now, struct arena *arena, struct err *err)
{
    struct standing s;
    enum hook_state state = is_taken ? HOOK_SENT : HOOK_QUEUED;
    int64_t retry_at = 0;

    if (!standing_of(write, delivery_id, arena, &s, err))
        return PASS(err);
    s.failures = is_taken ? 0 : s.failures + 1;
    if (s.failures >= HOOK_FAILURES_MAX)
        state = HOOK_FAILED;
    else if (s.failures > 0)
        retry_at = now.ms + (UTC_MINUTE << (s.failures - 1));
    if (!store_exec(write, &sql_hook_outcome,
                    BINDS(bind_int("id", delivery_id),
                          bind_text("state", str_from_z(state_names[state])), bind_utc("now", now),
                          bind_text("words", str_take(words, WORDS_MAX))),
                    NULL, err) ||
        !store_exec(write, &sql_hook_failures,
                    BINDS(bind_int("id", s.hook_id), bind_int("failures", s.failures),
                          bind_int("retry_at", retry_at)),
                    NULL, err))
        return PASS(err);
    return state != HOOK_FAILED || pause_after(write, &s, now, err) ? true : PASS(err);
}

bool hook_purge(struct tx *write, struct utc now, struct err *err)
{
    return store_exec(write, &sql_hook_purge,
                      BINDS(bind_utc("before", utc_add_days(now, -HOOK_KEEP_DAYS))), NULL, err)
               ? true
               : PASS(err);
}
