/* faces/desk/casework/rooms.c: rooms that developers of a case share: on the page of the case, and each on a page of its own, for the coordinating body and
 * those it asked (COO-27, decision 0014). */
#include "faces/desk/casework/rooms.h"

#include "base/err.h"
#include "domain/casework/room.h"
#include "faces/desk/casework/fault.h"
#include "faces/desk/casework/fill.h"
#include "faces/desk/casework/moves.h"
#include "faces/desk/casework/pages.h"
#include "faces/desk/casework/rooms.html.h"
#include "faces/desk/casework/state.h"

static bool is_cb(const struct request *req) { return who_of(req)->roles & ROLE_CB; }

static bool may_read(const struct request *req, const struct room *room)
{
    return is_cb(req) || room->own == ROOM_AGREED;
}

static const struct developer *own_of(const struct scene *s) { return s->has_own ? &s->own : NULL; }

static struct str room_href(struct request *req, const struct scene *s, const struct room *room,
                            const char *rest)
{
    return arena_printf(req->arena, "/cases/%.*s/rooms/%.*s%s", STR_ARG(s->c.public_id),
                        STR_ARG(room->public_id), rest);
}

static struct str name_of(const struct request *req, struct str ja, struct str en)
{
    return req->lang == LANG_EN && en.len > 0 ? en : ja;
}

static struct tag_view part_tag(const struct request *req, enum room_part_state state)
{
    static const struct {
        const char *word;
        enum tone tone;
    } rows[ROOM_PART_STATES] = {
        [ROOM_NONE] = { N_("New"), TONE_NEUTRAL },
        [ROOM_INVITED] = { N_("Has not answered yet"), TONE_EMBER },
        [ROOM_AGREED] = { N_("Takes part"), TONE_GOOD },
        [ROOM_DECLINED] = { N_("Does not take part"), TONE_NEUTRAL },
        [ROOM_LEFT] = { N_("Has left"), TONE_NEUTRAL },
    };

    return (struct tag_view){ tr(req->lang, rows[state].word), rows[state].tone };
}

static struct tag_view room_tag(const struct request *req, const struct room *room)
{
    if (room->closed_at.ms)
        return (struct tag_view){ tr(req->lang, N_("Closed")), TONE_NEUTRAL };
    if (!is_cb(req))
        return room->own == ROOM_INVITED
                   ? (struct tag_view){ tr(req->lang, N_("Waits for your answer")), TONE_EMBER }
                   : part_tag(req, room->own);
    return room->agreed < ROOM_LEAST
               ? (struct tag_view){ tr(req->lang, N_("Waits until two have agreed")), TONE_WARN }
               : (struct tag_view){ tr(req->lang, N_("Open")), TONE_GOOD };
}

static struct str counts_of(struct request *req, const struct room *room)
{
    return tr_fill(req->arena, req->lang, N_("Developers asked: {asked}. Taking part: {agreed}."),
                   TR_ARGS({ "asked", tr_number(req->arena, room->asked) },
                           { "agreed", tr_number(req->arena, room->agreed) }));
}

static struct str messages_of(struct request *req, const struct room *room)
{
    return tr_fill(req->arena, req->lang, N_("Messages: {count}, not read: {unread}."),
                   TR_ARGS({ "count", tr_number(req->arena, room->messages) },
                           { "unread", tr_number(req->arena, room->unread) }));
}

/* ---- what was said ---- */

/* A person is named to its own colleagues and to the coordinating body; to others its organisation speaks. */
static struct str speaker_of(struct request *req, const struct room_message *m)
{
    struct str from =
        m->is_body ? tr(req->lang, N_("Coordinating body")) : name_of(req, m->name_ja, m->name_en);

    return m->author.len > 0
               ? arena_printf(req->arena, "%.*s %.*s", STR_ARG(from), STR_ARG(m->author))
               : from;
}

static void fill_messages(struct request *req, const struct room_messages *said, int64_t unread,
                          struct message_list *out)
{
    for (size_t i = 0; i < said->len; i++) {
        const struct room_message *m = &said->at[i];

        VEC_PUSH(req->arena, out,
                 (struct message){ .id = arena_printf(req->arena, "m%lld", (long long)m->seq),
                                   .text = m->text,
                                   .when = when_of(req->arena, req->lang, m->at),
                                   .who = speaker_of(req, m),
                                   .is_mine = m->is_own,
                                   .is_unread = !m->is_own && (int64_t)(said->len - i) <= unread });
    }
}

/* Which message it is shown before: "older=812"; 0: the newest. */
static int64_t shown_before(const struct request *req)
{
    struct err ignored = { 0 };
    int64_t seq;

    return str_to_int(request_query(req, "older"), 1, INT64_MAX, &seq, &ignored) ? seq : 0;
}

static void fill_pager(struct request *req, const struct room_messages *said, struct str href,
                       struct pager_view *pager)
{
    if (said->older > 0) {
        pager->previous =
            arena_printf(req->arena, "%.*s?older=%lld", STR_ARG(href), (long long)said->at[0].seq);
        pager->range = tr_fill(req->arena, req->lang, N_("Older messages: {count}"),
                               TR_ARGS({ "count", tr_number(req->arena, said->older) }));
    }
    if (shown_before(req))
        pager->next = href;
}

/* ---- on the page of the case ---- */

/* On paper everything that was said stands in the document. */
static bool add_talk(struct request *req, struct scene *s, const struct room *room,
                     struct case_page_view *v, struct err *err)
{
    struct thread_block block = { .id = arena_printf(req->arena, "room-%lld", (long long)room->id),
                                  .title = room->title };
    struct room_messages said;

    if (!room_talk(s->tx, who_of(req), &s->c, room, 0, -1, req->arena, &said, err) ||
        !room_mark_read(s->tx, who_of(req), room, err))
        return PASS(err);
    fill_messages(req, &said, 0, &block.messages);
    VEC_PUSH(req->arena, &v->threads, block);
    return true;
}

static bool add_propose_deed(struct request *req, const struct scene *s, struct deeds *deeds)
{
    struct deed_view *d;
    struct field_view *f;
    size_t count = 0;

    for (size_t i = 0; i < s->developers.len; i++)
        count += s->developers.at[i].detail_at.ms != 0;
    if (!is_cb(req) || count < ROOM_LEAST || product_is_closed(s->c.state))
        return true;
    d = deed_add(
        req, deeds, "propose-room", N_("Let developers talk with each other"),
        N_("Propose the room"), case_href(req, s, "/rooms"),
        N_("Each is asked by mail, and learns how many are asked but not who. Only those that agree see each other."),
        LOOK_PLAIN, 0);
    f = deed_field(
        req, d, FIELD_CHECKS, "developers", N_("Developers that have the detail"),
        N_("At least two. They are settled with the proposal; with others another room is proposed."),
        true);
    for (size_t i = 0; i < s->developers.len; i++) {
        const struct developer *one = &s->developers.at[i];
        struct choice choice = { .value = one->public_id, .label = fill_name(req, one) };

        if (!one->detail_at.ms)
            continue;
        for (size_t n = 0; d->is_open && n < request_form_count(req, "developers"); n++)
            choice.is_chosen |= str_eq(request_form_nth(req, "developers", n), one->public_id);
        VEC_PUSH(req->arena, &f->choices, choice);
    }
    deed_field(req, d, FIELD_TEXT, "room_title", N_("What the room is about"),
               N_("Everybody who is asked reads this before agreeing: please name no developer."),
               true);
    deed_field(req, d, FIELD_TEXTAREA, "purpose", N_("What it is for"),
               N_("Everybody who is asked reads this before agreeing: please name no developer."),
               true);
    return true;
}

bool fill_rooms(struct request *req, struct scene *s, struct case_page_view *v, struct err *err)
{
    struct rooms rooms;

    if (!rooms_of_case(s->tx, who_of(req), &s->c, own_of(s), req->arena, &rooms, err))
        return PASS(err);
    for (size_t i = 0; i < rooms.len; i++) {
        const struct room *room = &rooms.at[i];

        VEC_PUSH(
            req->arena, &v->rooms,
            (struct wait_row){ .who = room->title,
                               .href = room_href(req, s, room, ""),
                               .what = counts_of(req, room),
                               .words = may_read(req, room) ? messages_of(req, room) : STR_NONE,
                               .when = when_of(req->arena, req->lang, room->opened_at),
                               .tag = room_tag(req, room) });
        if (v->is_paper && may_read(req, room) && !add_talk(req, s, room, v, err))
            return PASS(err);
    }
    return add_propose_deed(req, s, &v->deeds) ? true : PASS(err);
}

/* ---- its own page ---- */

static struct str sentence_of(const struct request *req, const struct room *room)
{
    if (room->closed_at.ms)
        return tr(req->lang,
                  may_read(req, room)
                      ? N_("The room has been closed. What was written can still be read.")
                      : N_("The room has been closed."));
    if (may_read(req, room))
        return tr(
            req->lang,
            room->agreed < ROOM_LEAST
                ? N_("Messages can be written as soon as two developers take part.")
                : N_("The developers named below and the coordinating body read what is written here."));
    if (room->own == ROOM_LEFT)
        return tr(req->lang, N_("Your organisation has left the room and reads nothing of it."));
    if (room->own == ROOM_DECLINED)
        return tr(
            req->lang,
            N_("Your organisation does not take part. Nobody but the coordinating body knows that it was asked."));
    return tr(
        req->lang,
        N_("The coordinating body asks whether your organisation wishes to take part. Until it agrees, nobody else learns that it was asked."));
}

static bool fill_parts(struct request *req, struct scene *s, const struct room *room,
                       struct room_view *v, struct err *err)
{
    struct room_parts parts;

    VEC_PUSH(req->arena, &v->parts,
             (struct fact){ .name = tr(req->lang, N_("Who takes part")),
                            .value = counts_of(req, room) });
    if (!may_read(req, room))
        return true;
    if (!room_parts(s->tx, who_of(req), room, req->arena, &parts, err))
        return PASS(err);
    for (size_t i = 0; i < parts.len; i++)
        VEC_PUSH(req->arena, &v->parts,
                 (struct fact){ .name = name_of(req, parts.at[i].name_ja, parts.at[i].name_en),
                                .tag = part_tag(req, parts.at[i].state),
                                .value = tr_short_instant(req->arena, req->lang, parts.at[i].at) });
    return true;
}

static void add_answer_deeds(struct request *req, const struct scene *s, const struct room *room,
                             struct deeds *deeds)
{
    struct deed_view *d;

    if (!(who_of(req)->roles & ROLE_PM) || room->closed_at.ms)
        return;
    if (room->own == ROOM_AGREED) {
        deed_add(
            req, deeds, "leave", N_("Leave the room"), N_("Leave the room"),
            room_href(req, s, room, "/leave"),
            N_("Your organisation reads nothing of it from here on; what it wrote stays with the others. The coordinating body is told."),
            LOOK_BAD, 0);
        return;
    }
    d = deed_add(req, deeds, "agree", N_("Take part"), N_("Take part"),
                 room_href(req, s, room, "/agree"), N_("The coordinating body is told."), LOOK_GO,
                 0);
    deed_field(
        req, d, FIELD_CHECK, "understood",
        N_("We understand that every developer that takes part, now or later, sees our organisation's name and what we write, and that we may leave at any time"),
        "", true);
    if (room->own == ROOM_INVITED)
        deed_add(req, deeds, "decline", N_("Do not take part"), N_("Do not take part"),
                 room_href(req, s, room, "/decline"),
                 N_("Only the coordinating body is told. You may still take part later."),
                 LOOK_PLAIN, 0);
}

static void add_talk_deeds(struct request *req, const struct scene *s, const struct room *room,
                           struct room_view *v)
{
    struct deed_view *d;

    if (room->closed_at.ms)
        return;
    if (room->agreed >= ROOM_LEAST && (who_of(req)->roles & (ROLE_CB | ROLE_PM))) {
        d = deed_add(
            req, &v->thread_deeds, "say", N_("Write a message"), N_("Send"),
            room_href(req, s, room, "/messages"),
            N_("Everybody who takes part is told by mail that there is something to read."),
            LOOK_PLAIN, 0);
        deed_field(
            req, d, FIELD_TEXTAREA, "text", N_("Message"),
            is_cb(req)
                ? ""
                : N_("Files go to the coordinating body, in your own talk with it; it passes them on."),
            true);
    }
    if (is_cb(req))
        deed_add(
            req, &v->deeds, "close", N_("Close the room"), N_("Close the room"),
            room_href(req, s, room, "/close"),
            N_("Nothing can be written in it any more. Those who take part can still read it and are told. This cannot be undone."),
            LOOK_BAD, 0);
}

static bool fill_room(struct request *req, struct scene *s, const struct room *room,
                      struct room_view *v, struct err *err)
{
    struct room_messages said;

    v->number = s->c.number;
    v->title = room->title;
    v->purpose = room->purpose;
    v->tag = room_tag(req, room);
    v->sentence = sentence_of(req, room);
    v->may_read = may_read(req, room);
    add_answer_deeds(req, s, room, &v->deeds);
    if (!fill_parts(req, s, room, v, err))
        return PASS(err);
    if (!v->may_read)
        return true;
    if (!room_talk(s->tx, who_of(req), &s->c, room, shown_before(req), ROOM_PAGE, req->arena, &said,
                   err) ||
        !room_mark_read(s->tx, who_of(req), room, err))
        return PASS(err);
    fill_messages(req, &said, shown_before(req) ? 0 : room->unread, &v->messages);
    fill_pager(req, &said, room_href(req, s, room, ""), &v->pager);
    add_talk_deeds(req, s, room, v);
    return true;
}

static bool load(struct request *req, struct scene *s, struct room *out, struct err *err)
{
    return room_load(s->tx, who_of(req), &s->c, own_of(s), request_path(req, "room"), req->arena,
                     out, err)
               ? true
               : PASS(err);
}

static bool room_page_show(struct request *req, struct response *res, const struct err *fault,
                           struct err *err)
{
    __attribute__((cleanup(scene_end))) struct scene s = { 0 };
    struct page *page = frame_page(req);
    struct room_view v = { 0 };
    struct deeds *forms[] = { &v.deeds, &v.thread_deeds };
    struct room room;

    if (!scene_open(req, TX_WRITE, &s, err) || !load(req, &s, &room, err) ||
        !fill_room(req, &s, &room, &v, err) || !tx_commit(&s.tx, err)) /* it has been read */
        return PASS(err);
    fault_tell(req, fault, forms, COUNT(forms), &v.faults);
    room_page(page, &v);
    return case_frame_send(req, res, page, room.title,
                           CASE_CRUMBS({ tr(req->lang, N_("Cases")), STR("/cases") },
                                       { s.c.number, case_href(req, &s, "") },
                                       { room.title, STR_NONE }),
                           err);
}

bool room_show(struct request *req, struct response *res, struct err *err)
{
    return room_page_show(req, res, NULL, err);
}

/* ---- deeds ---- */

static bool propose(struct request *req, struct scene *s, struct err *err)
{
    size_t count = request_form_count(req, "developers");
    struct str *ids = arena_alloc(req->arena, (count + 1) * sizeof *ids);

    for (size_t i = 0; i < count; i++)
        ids[i] = request_form_nth(req, "developers", i);
    return room_propose(s->tx, who_of(req), &s->c, &s->developers, ids, count,
                        request_form(req, "room_title"), request_form(req, "purpose"), req->now,
                        req->arena, err);
}

static bool write_in(struct request *req, struct scene *s, struct err *err)
{
    struct room room;

    return load(req, s, &room, err) &&
           room_say(s->tx, who_of(req), &s->c, own_of(s), &room, request_form(req, "text"),
                    req->now, req->arena, err);
}

static bool close_room(struct request *req, struct scene *s, struct err *err)
{
    struct room room;

    return load(req, s, &room, err) &&
           room_close(s->tx, who_of(req), &s->c, &room, req->now, req->arena, err);
}

static bool answer(struct request *req, struct scene *s, enum room_part_event event,
                   struct err *err)
{
    struct room room;

    return load(req, s, &room, err) &&
           room_answer(s->tx, who_of(req), &s->c, own_of(s), &room, event,
                       request_form(req, "understood").len > 0, req->now, req->arena, err);
}

static bool agree(struct request *req, struct scene *s, struct err *err)
{
    return answer(req, s, ON_ROOM_AGREE, err);
}

static bool decline(struct request *req, struct scene *s, struct err *err)
{
    return answer(req, s, ON_ROOM_DECLINE, err);
}

static bool leave(struct request *req, struct scene *s, struct err *err)
{
    return answer(req, s, ON_ROOM_LEAVE, err);
}

static struct str room_path(const struct request *req)
{
    return arena_printf(req->arena, "%.*s/rooms/%.*s", STR_ARG(case_path(req)),
                        STR_ARG(request_path(req, "room")));
}

bool case_room_propose(struct request *req, struct response *res, struct err *err)
{
    return scene_carry_out(req, res, propose, case_page_show, case_path(req), "room_proposed", err);
}

#define ROOM(name, act, words)                                                             \
    bool name(struct request *req, struct response *res, struct err *err)                  \
    {                                                                                      \
        return scene_carry_out(req, res, act, room_page_show, room_path(req), words, err); \
    }
ROOM(room_say_deed, write_in, "said")
ROOM(room_close_deed, close_room, "room_closed")
ROOM(room_agree_deed, agree, "room_agreed")
ROOM(room_decline_deed, decline, "room_declined")
ROOM(room_leave_deed, leave, "room_left")
