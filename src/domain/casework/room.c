#include "domain/casework/room.h"

#include "domain/access/outbox.h"
#include "domain/access/token.h"
#include "domain/casework/coordination.h"
#include "domain/casework/room.sql.h"
#include "domain/casework/talk.h"
#include "domain/casework/words.h"
#include "store/store.h"

/* ---- the life of a part ---- */

#define FACTS const struct room_part_facts *f = facts

static bool detail_given(const void *facts)
{
    FACTS;
    return f->has_detail;
}

static bool consequences_read(const void *facts)
{
    FACTS;
    return f->is_understood;
}

static const char *const states[ROOM_PART_STATES] = { "NONE", "INVITED", "AGREED", "DECLINED",
                                                      "LEFT" };
static const char *const events[ROOM_EVENTS] = { "invite", "agree", "decline", "leave" };
static const char *const kinds[ROOM_EVENTS] = { "room.invited", "room.agreed", "room.declined",
                                                "room.left" };

/* clang-format off */
static const struct move moves[] = {
    { ROOM_NONE,     ROLE_CB, ON_ROOM_INVITE,  ROOM_INVITED,  IF(detail_given),      "COO-27", "" },
    { ROOM_INVITED,  ROLE_PM, ON_ROOM_AGREE,   ROOM_AGREED,   IF(consequences_read), "COO-27", "" },
    { ROOM_INVITED,  ROLE_PM, ON_ROOM_DECLINE, ROOM_DECLINED, ALWAYS,                "COO-27", "" },
    { ROOM_DECLINED, ROLE_PM, ON_ROOM_AGREE,   ROOM_AGREED,   IF(consequences_read), "COO-27", "" },
    { ROOM_AGREED,   ROLE_PM, ON_ROOM_LEAVE,   ROOM_LEFT,     ALWAYS,                "COO-27", "" },
    { ROOM_LEFT,     ROLE_PM, ON_ROOM_AGREE,   ROOM_AGREED,   IF(consequences_read), "COO-27", "" },
};
/* clang-format on */

const struct life room_part_life = {
    .name = "room_part",
    .states = states,
    .events = events,
    .state_count = ROOM_PART_STATES,
    .event_count = ROOM_EVENTS,
    .moves = moves,
    .move_count = COUNT(moves),
};

/* ---- reading ---- */

static bool is_body(const struct subject *who) { return who->roles & ROLE_CB; }

/* The words of a room: whoever sees it at all sees them. */
static bool open_words(struct tx *tx, const struct product_case *c, struct arena *arena,
                       struct room *room, struct err *err)
{
    struct str record;

    if (!ledger_payload(tx, &c->key, room->seq, arena, &record, err))
        return PASS(err);
    room->title = record_get(record, "title");
    room->purpose = record_get(record, "text");
    return true;
}

static bool may_read(const struct subject *who, const struct room *room)
{
    return is_body(who) || room->own == ROOM_AGREED;
}

static bool read_rooms(struct tx *tx, const struct subject *who, const struct product_case *c,
                       const struct developer *own, struct str public_id, struct arena *arena,
                       struct rooms *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int got;

    *out = (struct rooms){ 0 };
    if (!is_body(who) && (!own || !(who->roles & (ROLE_PM | ROLE_PD)) || own->case_id != c->id ||
                          own->organisation_id != who->organisation_id))
        return true;
    if (!store_select(tx, &sql_rooms,
                      BINDS(bind_int("account_id", who->account_id), bind_int("case_id", c->id),
                            bind_int("own", is_body(who) ? 0 : own->id),
                            bind_some("public_id", public_id)),
                      arena, &rows, err))
        return PASS(err);
    while ((got = rows_next(rows, err)) > 0) {
        struct room r = { .id = row_int(rows, "id"),
                          .case_id = c->id,
                          .seq = row_int(rows, "seq"),
                          .public_id = row_text(rows, "public_id"),
                          .opened_at = row_utc(rows, "opened_at"),
                          .closed_at = row_utc(rows, "closed_at"),
                          .asked = row_int(rows, "asked"),
                          .agreed = row_int(rows, "agreed") };

        if (!is_body(who))
            r.own = (enum room_part_state)life_state(&room_part_life, row_text(rows, "state"));
        if (may_read(who, &r)) {
            r.messages = row_int(rows, "messages");
            r.unread = row_int(rows, "unread");
        }
        VEC_PUSH(arena, out, r);
    }
    return got == 0 ? true : PASS(err);
}

bool rooms_of_case(struct tx *tx, const struct subject *who, const struct product_case *c,
                   const struct developer *own, struct arena *arena, struct rooms *out,
                   struct err *err)
{
    if (!read_rooms(tx, who, c, own, STR_NONE, arena, out, err))
        return PASS(err);
    for (size_t i = 0; i < out->len; i++) {
        if (!open_words(tx, c, arena, &out->at[i], err))
            return PASS(err);
    }
    return true;
}

bool room_load(struct tx *tx, const struct subject *who, const struct product_case *c,
               const struct developer *own, struct str public_id, struct arena *arena,
               struct room *out, struct err *err)
{
    struct rooms found;

    if (public_id.len == 0)
        return FAIL(err, ABSENT, STR("a room"));
    if (!read_rooms(tx, who, c, own, public_id, arena, &found, err))
        return PASS(err);
    if (found.len != 1)
        return FAIL(err, ABSENT, STR("a room"));
    *out = found.at[0];
    return open_words(tx, c, arena, out, err) ? true : PASS(err);
}

static bool read_parts(struct tx *tx, const struct room *room, struct str state,
                       struct arena *arena, struct room_parts *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int got;

    *out = (struct room_parts){ 0 };
    if (!store_select(tx, &sql_room_parts,
                      BINDS(bind_int("room_id", room->id), bind_some("state", state)), arena, &rows,
                      err))
        return PASS(err);
    while ((got = rows_next(rows, err)) > 0)
        VEC_PUSH(arena, out,
                 (struct room_part){ .participant_id = row_int(rows, "id"),
                                     .organisation_id = row_int(rows, "organisation_id"),
                                     .developer = row_text(rows, "public_id"),
                                     .name_ja = row_text(rows, "name_ja"),
                                     .name_en = row_text(rows, "name_en"),
                                     .state = (enum room_part_state)life_state(
                                         &room_part_life, row_text(rows, "state")),
                                     .at = row_utc(rows, "at") });
    return got == 0 ? true : PASS(err);
}

static bool read_agreed(struct tx *tx, const struct room *room, struct arena *arena,
                        struct room_parts *out, struct err *err)
{
    return read_parts(tx, room, str_from_z(states[ROOM_AGREED]), arena, out, err) ? true
                                                                                  : PASS(err);
}

bool room_parts(struct tx *tx, const struct subject *who, const struct room *room,
                struct arena *arena, struct room_parts *out, struct err *err)
{
    *out = (struct room_parts){ 0 };
    if (!may_read(who, room))
        return FAIL(err, ABSENT, STR("a room"));
    return (is_body(who) ? read_parts(tx, room, STR_NONE, arena, out, err)
                         : read_agreed(tx, room, arena, out, err))
               ? true
               : PASS(err);
}

/* A colleague is known by name; of another developer speaks the organisation, of the body the body. */
static bool message_of(struct rows *rows, const struct subject *who, const struct product_case *c,
                       struct arena *arena, struct room_message *out, struct err *err)
{
    struct str record;

    *out = (struct room_message){ .seq = row_int(rows, "seq"),
                                  .at = row_utc(rows, "at"),
                                  .is_own = row_int(rows, "author_id") == who->account_id,
                                  .is_body = row_int(rows, "participant_id") == 0,
                                  .name_ja = row_text(rows, "name_ja"),
                                  .name_en = row_text(rows, "name_en") };
    if (is_body(who) || (!out->is_body && row_int(rows, "organisation_id") == who->organisation_id))
        out->author = row_text(rows, "name");
    if (!ledger_open(&c->key, out->seq, row_text(rows, "sealed"), arena, &record, err))
        return PASS(err);
    out->text = record_get(record, "text");
    return true;
}

bool room_talk(struct tx *tx, const struct subject *who, const struct product_case *c,
               const struct room *room, int64_t before, int64_t limit, struct arena *arena,
               struct room_messages *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int got;

    *out = (struct room_messages){ 0 };
    if (!may_read(who, room))
        return FAIL(err, ABSENT, STR("a room"));
    if (!store_select(tx, &sql_room_messages,
                      BINDS(bind_int("room_id", room->id), bind_id("before", before),
                            bind_int("limit", limit)),
                      arena, &rows, err))
        return PASS(err);
    while ((got = rows_next(rows, err)) > 0) {
        struct room_message m;

        if (!message_of(rows, who, c, arena, &m, err))
            return PASS(err);
        VEC_PUSH(arena, out, m);
    }
    if (got < 0)
        return PASS(err);
    for (size_t i = 0; i < out->len / 2; i++) {
        struct room_message m = out->at[i];

        out->at[i] = out->at[out->len - 1 - i];
        out->at[out->len - 1 - i] = m;
    }
    if (out->len == 0 || (int64_t)out->len != limit)
        return true;
    return store_number(tx, &sql_room_older,
                        BINDS(bind_int("room_id", room->id), bind_int("before", out->at[0].seq)), 0,
                        &out->older, err)
               ? true
               : PASS(err);
}

bool room_mark_read(struct tx *tx, const struct subject *who, const struct room *room,
                    struct err *err)
{
    if (!may_read(who, room))
        return FAIL(err, ABSENT, STR("a room"));
    return store_exec(tx, &sql_room_mark_read,
                      BINDS(bind_int("account_id", who->account_id), bind_int("room_id", room->id)),
                      NULL, err)
               ? true
               : PASS(err);
}

/* ---- proposing ---- */

static const struct developer *developer_of(const struct developers *developers, struct str id)
{
    for (size_t i = 0; i < developers->len; i++) {
        if (str_eq(developers->at[i].public_id, id))
            return &developers->at[i];
    }
    return NULL;
}

static bool has_detail(const struct developer *d) { return d->detail_at.ms != 0; }

static bool check_proposal(const struct developers *developers, const struct str *ids, size_t count,
                           struct str title, struct str purpose, struct err *err)
{
    title = str_trim(title);
    if (count < ROOM_LEAST || count > ROOM_MOST)
        return FAIL(err, INPUT, STR("developers"));
    for (size_t i = 0; i < count; i++) {
        const struct developer *d = developer_of(developers, ids[i]);

        if (!d || !has_detail(d))
            return FAIL(err, INPUT, STR("developers"));
        for (size_t j = 0; j < i; j++) {
            if (str_eq(ids[i], ids[j]))
                return FAIL(err, INPUT, STR("developers"));
        }
    }
    if (title.len == 0 || !str_is_utf8(title) || !str_is_plain(title, false) ||
        str_code_points(title) > ROOM_TITLE_MAX)
        return FAIL(err, INPUT, STR("room_title"));
    return words_are_fine(purpose) ? true : FAIL(err, INPUT, STR("purpose"));
}

static bool invite(struct tx *tx, const struct subject *who, struct product_case *c,
                   const struct developer *d, int64_t room, struct utc now, struct arena *arena,
                   struct err *err)
{
    struct case_step step = { .life = &room_part_life,
                              .from = ROOM_NONE,
                              .event = ON_ROOM_INVITE,
                              .kind = kinds[ON_ROOM_INVITE],
                              .participant_id = d->id,
                              .ref = room };
    struct room_part_facts facts = { .has_detail = has_detail(d) };
    struct news news = { .notice = "ROOM_INVITED", .case_id = c->id, .participant_id = d->id };
    struct details details = { .ref = room };
    struct entry entry;
    int to;

    if (!case_step(tx, who, c, &step, &facts, &details, now, arena, &to, &entry, err))
        return PASS(err);
    news.seq = entry.seq;
    return outbox_to_managers(tx, &news, d->organisation_id, now, err) ? true : PASS(err);
}

bool room_propose(struct tx *tx, const struct subject *who, struct product_case *c,
                  const struct developers *developers, const struct str *ids, size_t count,
                  struct str title, struct str purpose, struct utc now, struct arena *arena,
                  struct err *err)
{
    struct buf facts = buf_new(arena, 256), payload = buf_new(arena, (size_t)32 << 10);
    struct details details = { 0 };
    struct entry entry;

    if (!coordination_may(who, c, err) ||
        !check_proposal(developers, ids, count, title, purpose, err))
        return PASS(err);
    record_put(&facts, "public_id", public_id_new(arena));
    record_put(&payload, "title", str_trim(title));
    record_put(&payload, "text", str_trim(purpose));
    if (!buf_done(&facts, &details.facts, err) || !buf_done(&payload, &details.payload, err) ||
        !store_number(tx, &sql_room_next, NO_BINDS, 1, &details.ref, err) ||
        !case_note(tx, who, c, 0, "room.proposed", &details, now, arena, &entry, err))
        return PASS(err);
    for (size_t i = 0; i < count; i++) {
        if (!invite(tx, who, c, developer_of(developers, ids[i]), details.ref, now, arena, err))
            return PASS(err);
    }
    return true;
}

/* ---- answering, talking, closing ---- */

/* The managers of those that agreed, but for the one that did it. */
static bool tell_room(struct tx *tx, const struct product_case *c, const struct developer *but,
                      const struct room *room, int64_t seq, struct utc now, struct arena *arena,
                      struct err *err)
{
    struct news news = { .notice = "ROOM", .case_id = c->id, .seq = seq };
    struct room_parts agreed;

    if (!read_agreed(tx, room, arena, &agreed, err))
        return PASS(err);
    for (size_t i = 0; i < agreed.len; i++) {
        news.participant_id = agreed.at[i].participant_id;
        if ((!but || but->id != news.participant_id) &&
            !outbox_to_managers(tx, &news, agreed.at[i].organisation_id, now, err))
            return PASS(err);
    }
    return true;
}

static bool tell_body(struct tx *tx, const struct product_case *c, const struct developer *own,
                      int64_t seq, struct utc now, struct err *err)
{
    struct news news = {
        .notice = "ROOM_CB", .case_id = c->id, .participant_id = own->id, .seq = seq
    };

    return outbox_to_role(tx, &news, ROLE_CB, now, err) ? true : PASS(err);
}

bool room_answer(struct tx *tx, const struct subject *who, struct product_case *c,
                 const struct developer *own, struct room *room, enum room_part_event event,
                 bool is_understood, struct utc now, struct arena *arena, struct err *err)
{
    struct room_part_facts facts = { .is_understood = is_understood };
    struct details details = { .ref = room->id };
    struct entry entry;
    int to;

    if (!own || room->own == ROOM_NONE)
        return FAIL(err, NOT_YOUR_MOVE, STR("room"));
    if (room->closed_at.ms)
        return FAIL(err, NO_SUCH_MOVE, STR("room_closed"));
    struct case_step step = { .life = &room_part_life,
                              .from = (int)room->own,
                              .event = (int)event,
                              .kind = kinds[event],
                              .participant_id = own->id,
                              .ref = room->id };
    if (!case_step(tx, who, c, &step, &facts, &details, now, arena, &to, &entry, err))
        return PASS(err);
    room->own = (enum room_part_state)to;
    return tell_body(tx, c, own, entry.seq, now, err) ? true : PASS(err);
}

bool room_say(struct tx *tx, const struct subject *who, struct product_case *c,
              const struct developer *own, const struct room *room, struct str text, struct utc now,
              struct arena *arena, struct err *err)
{
    struct details details = { .ref = room->id };
    struct entry entry;

    if (!may_read(who, room))
        return FAIL(err, ABSENT, STR("a room"));
    if (!(who->roles & (ROLE_CB | ROLE_PM)))
        return FAIL(err, NOT_YOUR_MOVE, STR("write"));
    if (room->closed_at.ms)
        return FAIL(err, NO_SUCH_MOVE, STR("room_closed"));
    if (room->agreed < ROOM_LEAST)
        return FAIL(err, NOT_READY, STR("two_agreed"));
    if (!talk_is_fine(text))
        return FAIL(err, INPUT, STR("text"));
    if (token_is_in(text))
        return FAIL(err, INPUT, STR("secret"));
    if (is_body(who))
        own = NULL;
    if (!talk_record(arena, text, &details.payload, err) ||
        !case_note(tx, who, c, own ? own->id : 0, "room.said", &details, now, arena, &entry, err) ||
        !tell_room(tx, c, own, room, entry.seq, now, arena, err))
        return PASS(err);
    return !own || tell_body(tx, c, own, entry.seq, now, err) ? true : PASS(err);
}

bool room_close(struct tx *tx, const struct subject *who, struct product_case *c,
                const struct room *room, struct utc now, struct arena *arena, struct err *err)
{
    struct details details = { .ref = room->id };
    struct entry entry;

    if (!is_body(who))
        return FAIL(err, NOT_YOUR_MOVE, STR("room"));
    if (room->closed_at.ms)
        return true;
    return case_note(tx, who, c, 0, "room.closed", &details, now, arena, &entry, err) &&
                   tell_room(tx, c, NULL, room, entry.seq, now, arena, err)
               ? true
               : PASS(err);
}
