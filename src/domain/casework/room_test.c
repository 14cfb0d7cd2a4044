/* COO-27, COO-36 and invariant 10: developers of a case learn of each other by agreement alone. */
#include "domain/casework/casework_testing.h"

#include "domain/casework/room.h"

struct played {
    struct desk_fixture *f;
    struct tx *tx;
    struct product_case c;
    struct developers developers; /* three; the third has no detail */
};

static void reload(struct played *p)
{
    MUST(p->f, case_load_by_id(&p->f->w, p->tx, 1, p->f->arena, &p->c, &p->f->err));
    MUST(p->f, developers_load(p->tx, p->c.id, p->f->arena, &p->developers, &p->f->err));
}

static void set_the_scene(struct played *p, struct desk_fixture *f)
{
    const struct subject *managers[] = { &f->pm1, &f->pm2 };
    struct utc due = utc_add_days(f->now, 14);

    *p = (struct played){ .f = f };
    MUST(f, tx_begin(f->store, TX_WRITE, &p->tx, &f->err));
    p->c = testing_forwarded(f, p->tx);
    MUST(f, coordination_write_summary(p->tx, &f->cb, &p->c, STR("a router"), f->now, f->arena,
                                       &f->err));
    for (size_t i = 0; i < 3; i++) {
        struct developer d;

        MUST(f, coordination_add(&f->w, p->tx, &f->cb, &p->c, f->organisation[i], f->now, f->arena,
                                 &d, &f->err));
        MUST(f, developer_load(p->tx, d.public_id, f->arena, &d, &f->err));
        MUST(f, coordination_send_summary(&f->w, p->tx, &f->cb, &p->c, &d, due, f->now, f->arena,
                                          &f->err));
        if (i == 2)
            break;
        MUST(f,
             answer_request_detail(p->tx, managers[i], &p->c, &d, true, f->now, f->arena, &f->err));
        MUST(f, coordination_send_detail(p->tx, &f->cb, &p->c, &d, due, f->now, f->arena, &f->err));
    }
    reload(p);
}

static bool propose(struct played *p, const struct subject *who, const int *which, size_t count,
                    const char *title, const char *purpose)
{
    struct str ids[4];

    for (size_t i = 0; i < count; i++)
        ids[i] = which[i] < 0 ? STR("nobody") : p->developers.at[which[i]].public_id;
    return room_propose(p->tx, who, &p->c, &p->developers, ids, count, str_from_z(title),
                        str_from_z(purpose), p->f->now, p->f->arena, &p->f->err);
}

/* The first room as this one has it. */
static struct room room_of(struct played *p, const struct subject *who, const struct developer *own)
{
    struct rooms rooms;

    MUST(p->f, rooms_of_case(p->tx, who, &p->c, own, p->f->arena, &rooms, &p->f->err));
    assert_int_equal(rooms.len, 1);
    return rooms.at[0];
}

static void answer(struct played *p, const struct subject *who, size_t which,
                   enum room_part_event event)
{
    struct room room = room_of(p, who, &p->developers.at[which]);

    MUST(p->f, room_answer(p->tx, who, &p->c, &p->developers.at[which], &room, event, true,
                           p->f->now, p->f->arena, &p->f->err));
    reload(p);
}

static bool say(struct played *p, const struct subject *who, const struct developer *own,
                const char *text)
{
    struct room room = room_of(p, who, own);

    return room_say(p->tx, who, &p->c, own, &room, str_from_z(text), p->f->now, p->f->arena,
                    &p->f->err);
}

static void expect_nothing(struct played *p, const struct subject *who, const struct developer *own)
{
    struct room room = room_of(p, who, own);
    struct room_messages said;
    struct room_parts parts;

    assert_int_equal(room.messages, 0);
    assert_int_equal(room.unread, 0);
    assert_false(room_parts(p->tx, who, &room, p->f->arena, &parts, &p->f->err));
    assert_int_equal(p->f->err.code, ERR_ABSENT);
    assert_false(room_talk(p->tx, who, &p->c, &room, 0, -1, p->f->arena, &said, &p->f->err));
    assert_int_equal(p->f->err.code, ERR_ABSENT);
    assert_false(room_mark_read(p->tx, who, &room, &p->f->err));
    assert_false(
        room_say(p->tx, who, &p->c, own, &room, STR("hello"), p->f->now, p->f->arena, &p->f->err));
    assert_int_equal(p->f->err.code, ERR_ABSENT);
}

static void room_propose__names_what_is_wrong(void **state)
{
    static const struct {
        int which[4];
        size_t count;
        const char *title, *purpose, *field;
    } wrong[] = {
        { { 0 }, 1, "versions", "which are affected?", "developers" },
        { { 0, 0 }, 2, "versions", "which are affected?", "developers" },
        { { 0, 2 }, 2, "versions", "which are affected?", "developers" }, /* without the detail */
        { { 0, -1 }, 2, "versions", "which are affected?", "developers" },
        { { 0, 1 }, 2, " ", "which are affected?", "room_title" },
        { { 0, 1 }, 2, "two\nlines", "which are affected?", "room_title" },
        { { 0, 1 }, 2, "versions", "", "purpose" },
    };
    static const int both[] = { 0, 1 };
    struct desk_fixture *f = *state;
    struct played p;

    set_the_scene(&p, f);
    for (size_t i = 0; i < COUNT(wrong); i++) {
        assert_false(
            propose(&p, &f->cb, wrong[i].which, wrong[i].count, wrong[i].title, wrong[i].purpose));
        assert_int_equal(f->err.code, ERR_INPUT);
        assert_string_equal(f->err.subject, wrong[i].field);
        f->err = (struct err){ 0 };
    }
    assert_false(propose(&p, &f->rb, both, 2, "versions", "which are affected?"));
    assert_int_equal(f->err.code, ERR_NOT_YOUR_MOVE);
    assert_false(propose(&p, &f->pm1, both, 2, "versions", "which are affected?"));
    assert_int_equal(f->err.code, ERR_NOT_YOUR_MOVE);
    f->err = (struct err){ 0 };
    MUST(f, propose(&p, &f->cb, both, 2, "versions", "which are affected?"));
    assert_int_equal(testing_told(f, p.tx, "ROOM_INVITED"), 2);
    tx_end(p.tx);
}

static void room__shows_who_agreed_to_who_agreed(void **state)
{
    static const int both[] = { 0, 1 };
    struct desk_fixture *f = *state;
    const struct developer *d1, *d2;
    struct room_messages said;
    struct room_parts parts;
    struct rooms rooms;
    struct room room;
    struct played p;

    set_the_scene(&p, f);
    d1 = &p.developers.at[0];
    d2 = &p.developers.at[1];
    MUST(f, propose(&p, &f->cb, both, 2, "versions", "which are affected?"));
    room = room_of(&p, &f->pm1, d1);
    assert_str(room.title, "versions");
    assert_str(room.purpose, "which are affected?");
    assert_int_equal(room.asked, 2);
    expect_nothing(&p, &f->pm1, d1);
    MUST(f, rooms_of_case(p.tx, &f->pm3, &p.c, &p.developers.at[2], f->arena, &rooms, &f->err));
    assert_int_equal(rooms.len, 0); /* was not asked */
    MUST(f, rooms_of_case(p.tx, &f->pm1, &p.c, d2, f->arena, &rooms, &f->err));
    assert_int_equal(rooms.len, 0); /* another's part */
    MUST(f, rooms_of_case(p.tx, &f->rb, &p.c, NULL, f->arena, &rooms, &f->err));
    assert_int_equal(rooms.len, 0); /* the receiving body reads no developer's talk */

    assert_false(room_answer(p.tx, &f->pm1, &p.c, d1, &room, ON_ROOM_AGREE, false, f->now, f->arena,
                             &f->err));
    assert_int_equal(f->err.code, ERR_NOT_READY);
    f->err = (struct err){ 0 };
    answer(&p, &f->pm1, 0, ON_ROOM_AGREE);
    assert_int_equal(testing_told(f, p.tx, "ROOM_CB"), 1);
    room = room_of(&p, &f->pm1, d1);
    MUST(f, room_parts(p.tx, &f->pm1, &room, f->arena, &parts, &f->err));
    assert_int_equal(parts.len, 1); /* itself; the other one has not agreed */
    assert_false(say(&p, &f->pm1, d1, "is anybody there?"));
    assert_int_equal(f->err.code, ERR_NOT_READY);
    f->err = (struct err){ 0 };
    expect_nothing(&p, &f->pm2, d2);
    f->err = (struct err){ 0 };

    answer(&p, &f->pm2, 1, ON_ROOM_AGREE);
    MUST(f, say(&p, &f->pm1, d1, "ours are 2.1 and before"));
    assert_int_equal(testing_told(f, p.tx, "ROOM"), 1); /* the other one, not itself */
    room = room_of(&p, &f->pm2, d2);
    assert_int_equal(room.unread, 1);
    MUST(f, room_talk(p.tx, &f->pm2, &p.c, &room, 0, -1, f->arena, &said, &f->err));
    assert_int_equal(said.len, 1);
    assert_str(said.at[0].text, "ours are 2.1 and before");
    assert_str(said.at[0].name_ja, "organisation 3");
    assert_str(said.at[0].author, ""); /* of another developer speaks the organisation */
    MUST(f, room_mark_read(p.tx, &f->pm2, &room, &f->err));
    assert_int_equal(room_of(&p, &f->pm2, d2).unread, 0);
    assert_false(say(&p, &f->pm2, d2, " "));
    assert_string_equal(f->err.subject, "text");
    tx_end(p.tx);
}

static void room__is_left_closed_and_taken_from_who_is_removed(void **state)
{
    static const int both[] = { 0, 1 };
    struct desk_fixture *f = *state;
    struct talk_hits hits;
    struct room_parts parts;
    struct developer gone;
    struct hash head;
    struct played p;
    struct room room;
    int64_t entries;

    set_the_scene(&p, f);
    MUST(f, propose(&p, &f->cb, both, 2, "versions", "which are affected?"));
    answer(&p, &f->pm1, 0, ON_ROOM_AGREE);
    answer(&p, &f->pm2, 1, ON_ROOM_DECLINE);
    answer(&p, &f->pm2, 1, ON_ROOM_AGREE); /* may think better of it */
    MUST(f, say(&p, &f->cb, NULL, "welcome"));
    MUST(f, talk_search(p.tx, &f->pm1, &p.c, &p.developers.at[0], STR("WELCOME"), f->arena, &hits,
                        &f->err));
    assert_int_equal(hits.len, 1);
    assert_str(hits.at[0].thread, "ROOM");
    MUST(f, talk_search(p.tx, &f->pm3, &p.c, &p.developers.at[2], STR("welcome"), f->arena, &hits,
                        &f->err));
    assert_int_equal(hits.len, 0);

    answer(&p, &f->pm1, 0, ON_ROOM_LEAVE);
    expect_nothing(&p, &f->pm1, &p.developers.at[0]);
    f->err = (struct err){ 0 };
    assert_false(say(&p, &f->pm2, &p.developers.at[1], "alone now"));
    assert_int_equal(f->err.code, ERR_NOT_READY);
    f->err = (struct err){ 0 };
    answer(&p, &f->pm1, 0, ON_ROOM_AGREE);

    gone = p.developers.at[0];
    MUST(f, coordination_remove(p.tx, &f->cb, &p.c, &gone, STR("not its product"), f->now, f->arena,
                                &f->err));
    room = room_of(&p, &f->pm2, &p.developers.at[1]);
    assert_int_equal(room.agreed, 1);
    MUST(f, room_parts(p.tx, &f->pm2, &room, f->arena, &parts, &f->err));
    assert_int_equal(parts.len, 1);

    room = room_of(&p, &f->cb, NULL);
    MUST(f, room_close(p.tx, &f->cb, &p.c, &room, f->now, f->arena, &f->err));
    assert_false(say(&p, &f->cb, NULL, "too late"));
    assert_int_equal(f->err.code, ERR_NO_SUCH_MOVE);
    f->err = (struct err){ 0 };
    room = room_of(&p, &f->pm2, &p.developers.at[1]);
    assert_int_equal(room.messages, 1); /* and can still be read */
    assert_false(room_answer(p.tx, &f->pm2, &p.c, &p.developers.at[1], &room, ON_ROOM_LEAVE, true,
                             f->now, f->arena, &f->err));
    assert_int_equal(f->err.code, ERR_NO_SUCH_MOVE);
    MUST(f, casework_verify(&f->w, p.tx, &entries, &head, &f->err));
    tx_end(p.tx);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, desk_fixture_up, desk_fixture_down)
int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(room_propose__names_what_is_wrong),
        TEST(room__shows_who_agreed_to_who_agreed),
        TEST(room__is_left_closed_and_taken_from_who_is_removed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
