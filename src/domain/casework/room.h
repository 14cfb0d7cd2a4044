/* domain/casework/room.h: rooms that several developers of a case share with the coordinating body. Who talks with whom is hub and spoke; a
 * room is the exception, by agreement: the coordinating body proposes it to developers that have the detail, each is told how many are asked
 * but not who, and only those that agreed learn of each other, read and write. The developers of a room are settled with the proposal; with
 * others another one is proposed (decision 0014). Rule: COO-27 COO-36 CFD-14 */
#pragma once
#include "base/life.h"
#include "domain/casework/case.h"

/* A developer's part in a room. */
enum room_part_state {
    ROOM_NONE,
    ROOM_INVITED,  /* knows the purpose, and how many were asked */
    ROOM_AGREED,   /* reads, writes, sees who else agreed and is seen by them */
    ROOM_DECLINED, /* may still agree while the room is open */
    ROOM_LEFT,     /* reads nothing of it any more; what it wrote stays */
    ROOM_PART_STATES
};
enum room_part_event { ON_ROOM_INVITE, ON_ROOM_AGREE, ON_ROOM_DECLINE, ON_ROOM_LEAVE, ROOM_EVENTS };
struct room_part_facts {
    bool has_detail;    /* nobody learns of the vulnerability in a room */
    bool is_understood; /* that the others learn of its part in the case was read */
};
extern const struct life room_part_life;

enum { ROOM_LEAST = 2, ROOM_MOST = 500, ROOM_TITLE_MAX = 100, ROOM_PAGE = 50 };

struct room {
    int64_t id, case_id, seq;
    struct str public_id, title, purpose;
    struct utc opened_at, closed_at;
    int64_t asked, agreed; /* of developers that are in the case still */
    int64_t messages, unread;
    enum room_part_state own; /* of the reader's organisation; ROOM_NONE: the coordinating body */
};
struct rooms {
    VEC_OF(struct room);
};

/* The coordinating body proposes a room to these developers of the case (public ids); each is told. ERR_INPUT names the field: "developers" (fewer
 * than two, twice the same, not in the case, or without the detail), "room_title", "purpose". */
MUST_CHECK bool room_propose(struct tx *tx, const struct subject *who, struct product_case *c,
                             const struct developers *developers, const struct str *ids,
                             size_t count, struct str title, struct str purpose, struct utc now,
                             struct arena *arena, struct err *err);

/* As they were proposed: all for the coordinating body, of a developer (own: its part in the case) those it was asked into, none for anybody else.
 * A developer that has not agreed, or has left, sees of it title, purpose and counts alone. */
MUST_CHECK bool rooms_of_case(struct tx *tx, const struct subject *who,
                              const struct product_case *c, const struct developer *own,
                              struct arena *arena, struct rooms *out, struct err *err);
/* One of them. ERR_ABSENT */
MUST_CHECK bool room_load(struct tx *tx, const struct subject *who, const struct product_case *c,
                          const struct developer *own, struct str public_id, struct arena *arena,
                          struct room *out, struct err *err);

struct room_part {
    int64_t participant_id, organisation_id;
    struct str developer, name_ja, name_en; /* developer: public id of its part in the case */
    enum room_part_state state;
    struct utc at;
};
struct room_parts {
    VEC_OF(struct room_part);
};
/* Who takes part: everybody asked for the coordinating body, those that agreed for one that agreed itself. ERR_ABSENT for the others. */
MUST_CHECK bool room_parts(struct tx *tx, const struct subject *who, const struct room *room,
                           struct arena *arena, struct room_parts *out, struct err *err);

struct room_message {
    int64_t seq;
    struct utc at;
    bool is_own, is_body;
    struct str name_ja, name_en,
        author; /* of the developer; author: the person's name, for its own organisation and the body */
    struct str text;
};
struct room_messages {
    VEC_OF(struct room_message);
    int64_t older; /* messages before these */
};
/* The newest `limit` before message `before` (0: of all; limit -1: no limit), oldest first. ERR_ABSENT as for the parts. */
MUST_CHECK bool room_talk(struct tx *tx, const struct subject *who, const struct product_case *c,
                          const struct room *room, int64_t before, int64_t limit,
                          struct arena *arena, struct room_messages *out, struct err *err);
/* It has been read up to the newest. */
MUST_CHECK bool room_mark_read(struct tx *tx, const struct subject *who, const struct room *room,
                               struct err *err);

/* A manager agrees, declines or leaves, for its organisation; the coordinating body is told. ERR_NO_SUCH_MOVE also when the room is closed. */
MUST_CHECK bool room_answer(struct tx *tx, const struct subject *who, struct product_case *c,
                            const struct developer *own, struct room *room,
                            enum room_part_event event, bool is_understood, struct utc now,
                            struct arena *arena, struct err *err);
/* The coordinating body or a manager of one that agreed writes; the others of the room are told. While fewer than two have agreed there is nobody to
 * talk with: ERR_NOT_READY. ERR_INPUT "text", "secret". */
MUST_CHECK bool room_say(struct tx *tx, const struct subject *who, struct product_case *c,
                         const struct developer *own, const struct room *room, struct str text,
                         struct utc now, struct arena *arena, struct err *err);
/* Nothing is written in it any more; who agreed can still read it. Nothing happens when it is closed. */
MUST_CHECK bool room_close(struct tx *tx, const struct subject *who, struct product_case *c,
                           const struct room *room, struct utc now, struct arena *arena,
                           struct err *err);
