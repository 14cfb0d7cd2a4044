/* domain/casework/talk.h: what is said in a case: between receiving body and finder, the two bodies, the coordinating body and one
 * developer, and inside a body or a developer's organisation. Hub and spoke: no developer's thread is seen by another.
 * Rule: FND-03 FND-16 CFD-14 COO-27 COO-36 */
#pragma once
#include "domain/casework/case.h"

enum thread {
    THREAD_FINDER,
    THREAD_BODIES,
    THREAD_PARTICIPANT,
    THREAD_STAFF_RB,
    THREAD_STAFF_CB,
    THREAD_STAFF_PD, /* inside one developer: its manager coordinates there; neither body reads it */
    THREAD_OPERATOR, /* receiving body and operator of a website (WEB-21) */
    THREAD_DIRECT,   /* operator and finder; the receiving body has a copy of each (FND-14) */
    THREADS
};
extern const char *const thread_names[THREADS];

/* What a message is; the page and the notices differ by it. */
enum talk_kind {
    TALK_MESSAGE,
    TALK_QUESTION, /* RB asks the finder (INT-11); CB asks a developer (COO-27) */
    TALK_ANSWER,
    TALK_INQUIRY,      /* the finder asks (FND-05, INT-12) */
    TALK_CONSULTATION, /* the finder wishes to tell a third party (FND-10) */
    TALK_KINDS
};
extern const char *const talk_kind_names[TALK_KINDS];

enum { TALK_MAX = 20000 };

/* Who may read and write a thread: a table of roles. */
bool talk_may(const struct subject *who, enum thread thread);

/* May read this thread of this case. participant: of a developer's two threads, else NULL. ERR_ABSENT when the thread is not the subject's. */
MUST_CHECK bool talk_check(const struct subject *who, const struct product_case *c,
                           enum thread thread, const struct developer *participant,
                           struct err *err);
/* May write there too: to the coordinating body a developer's manager writes, others only read. ERR_ABSENT, ERR_NOT_YOUR_MOVE. */
MUST_CHECK bool talk_check_writer(const struct subject *who, const struct product_case *c,
                                  enum thread thread, const struct developer *participant,
                                  struct err *err);

/* A text that can be said: there, UTF-8, plain, at most TALK_MAX characters; and the record that an event carries it in. */
bool talk_is_fine(struct str text);
MUST_CHECK bool talk_record(struct arena *arena, struct str text, struct str *out, struct err *err);

/* participant: of a developer's two threads, else NULL. Queues the notices (N05, N06, N21, N22, N38). ERR_INPUT for an empty or too long text,
 * or one that holds a secret of ours (C48); ERR_ABSENT when the thread is not the subject's. What the finder inquires about is asked and answered by
 * inquiry.h: while it waits, nothing but questions goes to the finder (ERR_NOT_READY). Rule: C48 INT-12 */
MUST_CHECK bool talk_say(struct tx *tx, const struct subject *who, struct product_case *c,
                         enum thread thread, const struct developer *participant,
                         enum talk_kind kind, struct str text, struct utc now, struct arena *arena,
                         struct entry *out, struct err *err);

struct talk {
    int64_t seq;
    enum talk_kind kind;
    struct utc at;
    struct str author_kind;             /* FINDER, ACCOUNT */
    int64_t author_id, organisation_id; /* organisation_id: of an account */
    struct str author_name,
        author_organisation; /* of accounts; towards finder and developers only the body speaks (faces decide) */
    bool is_own, is_unread;
    struct str text;
};
struct talks {
    VEC_OF(struct talk);
    bool waits_for_answer; /* a question is the newest of its kind and has no answer yet */
    int64_t older;         /* messages before these */
};
/* Oldest first. The texts are opened with the case's key. */
MUST_CHECK bool talk_list(struct tx *tx, const struct subject *who, const struct product_case *c,
                          enum thread thread, const struct developer *participant,
                          struct arena *arena, struct talks *out, struct err *err);
/* The newest `limit` before message `before` (0: of all), oldest first. */
enum { TALK_PAGE = 50 };
MUST_CHECK bool talk_page(struct tx *tx, const struct subject *who, const struct product_case *c,
                          enum thread thread, const struct developer *participant, int64_t before,
                          int64_t limit, struct arena *arena, struct talks *out, struct err *err);
/* What developers wrote and this officer of CB has not read. */
struct talk_unread {
    int64_t participant_id, count;
};
struct talk_unreads {
    VEC_OF(struct talk_unread);
};
MUST_CHECK bool talk_unread(struct tx *tx, const struct subject *who, const struct product_case *c,
                            struct arena *arena, struct talk_unreads *out, struct err *err);

/* Messages of the case with all of these words, in any width and case, newest first, at most TALK_FOUND_MAX: of the threads that this
 * reader may read, and no others. own: a developer's own part, else NULL. */
enum { TALK_FOUND_MAX = 100 };
struct talk_hit {
    int64_t seq;
    struct str thread, developer, developer_ja,
        developer_en; /* developer: public id, of a thread "ROOM" that of the room; empty: none */
    struct utc at;
    struct str text;
};
struct talk_hits {
    VEC_OF(struct talk_hit);
    bool has_more;
};
MUST_CHECK bool talk_search(struct tx *tx, const struct subject *who, const struct product_case *c,
                            const struct developer *own, struct str words, struct arena *arena,
                            struct talk_hits *out, struct err *err);

/* Marks as read up to the newest. Accounts only. */
MUST_CHECK bool talk_read(struct tx *tx, const struct subject *who, const struct product_case *c,
                          enum thread thread, const struct developer *participant, struct err *err);
