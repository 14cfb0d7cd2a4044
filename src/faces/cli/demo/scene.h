/* faces/cli/demo/scene.h: one deed of the demonstration: which case, who acts, when, in whose transaction. For this folder and its acts/. */
#pragma once
#include "domain/casework/intake.h"
#include "domain/casework/talk.h"
#include "domain/casework/website.h"
#include "faces/cli/demo/stage.h"
#include "faces/cli/demo/text.h"

struct actor {
    const struct story *story;
    struct demo_topic topic;
    const struct demo_site *site; /* NULL: it is about a product */
    struct str public_id;         /* of the case, once there is one */
    char public_id_bytes[PUBLIC_ID_LENGTH];
};

struct scene {
    struct stage *stage;
    struct actor *actor;
    const struct beat *beat;
    struct utc at;
    struct arena *arena;
    struct tx *tx;
    struct product_case c;
    struct developers developers;
    int vendor;          /* of the cast: whose turn it is */
    struct developer d;  /* its part, when it is in the case */
    struct website site; /* instead of c and developers, when the story is about one */
};

/* ---- who and when ---- */

size_t scene_index(const struct scene *s); /* of the story */
const struct subject *scene_rb(const struct scene *s);
const struct subject *scene_cb(const struct scene *s);
const struct subject *scene_other_cb(const struct scene *s);
const struct subject *scene_manager(const struct scene *s);
struct subject scene_finder(const struct scene *s);
const struct demo_vendor *scene_vendor(const struct scene *s);
/* The n-th developer of the case: the product's own, then others that may have something like it. */
int scene_vendor_of(const struct actor *a, int n);
struct utc scene_due(const struct scene *s);
/* The hour of a day on which something is published: never a Saturday or a Sunday. */
struct utc scene_publication(const struct stage *stage, const struct story *story, int day);

/* From here on the actor knows its case, and the guided tour what it shows. */
MUST_CHECK bool scene_remember(struct scene *s, struct str public_id, struct err *err);
MUST_CHECK bool scene_say(struct scene *s, const struct subject *who, enum thread thread,
                          enum talk_kind kind, const char *words, struct err *err);

/* The case of a report that has just been handed in; while its finder waits, somebody who tries the demonstration can be that finder. */
MUST_CHECK bool scene_remember_report(struct scene *s, const struct receipt *receipt,
                                      struct err *err);

/* ---- acts: each does what the scene's beat says ---- */

typedef bool act_play(struct scene *s, struct err *err);
act_play act_submit, act_report_own, act_notice, act_receive;        /* acts/intake.c */
act_play act_coordinate;                                             /* acts/coordination.c */
act_play act_answer;                                                 /* acts/developers.c */
act_play act_analyse, act_reserve_number, act_exchange, act_protect; /* acts/partners.c */
act_play act_share_room;                                             /* acts/room.c */
act_play act_look_for;                                               /* acts/unreachable.c */
act_play act_edit;                                                   /* acts/advisory.c */
act_play act_inquire;                                                /* acts/inquiry.c */
act_play act_belongs;                                                /* acts/belongs.c */
act_play act_ask_release;                                            /* acts/release.c */
act_play act_observe;                                                /* acts/leak.c */
act_play act_judge;                                                  /* acts/committee.c */
act_play act_of_many;                                                /* acts/many.c */
act_play act_submit_website, act_of_website;                         /* acts/website.c */
