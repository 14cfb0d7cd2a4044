/* domain/watch/list.h: lists kept at the desk. What somebody watches is nobody else's business: a list is there for its owner, and for the owner's organisation
 * when the owner says so; for everybody else there is no such list, whatever the role. Rule: API-02, API-03 */
#pragma once
#include "domain/access/deed.h"
#include "domain/watch/watch.h"

enum {
    WATCH_LISTS_MAX = 50 /* that one person makes */,
    WATCH_LIST_NAME_MAX = 100 /* characters */
};

/* How often mails tell the news. */
enum watch_rhythm { WATCH_NEVER, WATCH_HOURLY, WATCH_DAILY, WATCH_WEEKLY, WATCH_RHYTHMS };
struct str watch_rhythm_name(enum watch_rhythm rhythm); /* "DAILY" */
bool watch_rhythm_from_name(struct str name, enum watch_rhythm *out);

struct watch_list {
    int64_t id;
    struct str public_id, name, owner; /* owner: the person's name */
    bool is_own;                       /* of whoever asks: who may change more than the checklist */
    bool is_shared;                    /* the owner's organisation has it too */
    bool is_waiting;                   /* for a search */
    struct utc searched;               /* 0: not yet */
    struct str capped; /* a product of which there was more than a search shows; empty: none */
    enum watch_rhythm rhythm;
    bool names_records; /* mails name the records even where they cannot be encrypted */
    struct utc feed;    /* since when it has a feed; 0: it has none */
    int64_t products, findings, fresh; /* fresh: not looked at, or changed since */
};
struct watch_lists {
    VEC_OF(struct watch_list);
};

/* All that this person may see, own ones first. */
MUST_CHECK bool watch_lists_of(struct tx *tx, const struct subject *who, struct arena *arena,
                               struct watch_lists *out, struct err *err);
/* ERR_ABSENT, also for what others have */
MUST_CHECK bool watch_list_find(struct tx *tx, const struct subject *who, struct str public_id,
                                struct arena *arena, struct watch_list *out, struct err *err);
/* Products, conditions and the whole checklist. */
MUST_CHECK bool watch_list_load(struct tx *tx, int64_t list, struct arena *arena, struct watch *out,
                                struct err *err);

/* The same without the checklist. */
MUST_CHECK bool watch_list_terms(struct tx *tx, int64_t list, struct arena *arena,
                                 struct watch *out, struct err *err);

/* The products of everybody's lists together, each once, those of most lists first, at most `limit`: what is watched, not by whom. Rule: VDB-14 */
MUST_CHECK bool watch_registered(struct tx *tx, int64_t limit, struct arena *arena,
                                 struct catalog_strings *out, struct err *err);

/* ---- by its owner: ERR_ABSENT for others ---- */

/* ERR_INPUT "name", ERR_TOO_MANY */
MUST_CHECK bool watch_list_make(const struct deed *deed, struct str name, struct arena *arena,
                                struct watch_list *out, struct err *err);
/* Keeps name, is_shared, rhythm and names_records. ERR_INPUT "name" */
MUST_CHECK bool watch_list_set(const struct deed *deed, const struct watch_list *list,
                               struct err *err);
MUST_CHECK bool watch_list_remove(const struct deed *deed, const struct watch_list *list,
                                  struct err *err);
/* Keys as watch_key_of gives them, each kept once. *added: how many are new. ERR_TOO_LARGE */
MUST_CHECK bool watch_list_add_products(const struct deed *deed, const struct watch_list *list,
                                        const struct watch_keys *keys, size_t *added,
                                        struct err *err);
MUST_CHECK bool watch_list_remove_products(const struct deed *deed, const struct watch_list *list,
                                           const struct watch_keys *keys, size_t *removed,
                                           struct err *err);
/* with: its conditions are the list's from here on. ERR_SEARCH */
MUST_CHECK bool watch_list_set_conditions(const struct deed *deed, const struct watch_list *list,
                                          const struct watch *with, struct err *err);
/* It is searched again as soon as can be. */
MUST_CHECK bool watch_list_stir(const struct deed *deed, const struct watch_list *list,
                                struct err *err);

/* ---- the checklist: of all who see the list ---- */

enum watch_order { WATCH_BY_NEWS, WATCH_BY_SCORE, WATCH_BY_STATE, WATCH_ORDERS };
struct watch_filter {
    bool is_todo;           /* what is not settled: not looked at, planned, or changed since */
    enum watch_state state; /* WATCH_STATES: any */
    bool is_changed, is_kev;
    enum catalog_severity severity; /* CATALOG_SEVERITIES: any */
    struct str words;               /* in name or title; empty: any */
    struct str name;                /* this entry alone; empty: any */
    enum watch_order order;
    int64_t offset, limit;
};
struct watch_items {
    VEC_OF(struct watch_item);
};
/* *count: of all that pass the filter. */
MUST_CHECK bool watch_list_findings(struct tx *tx, int64_t list, const struct watch_filter *filter,
                                    struct arena *arena, struct watch_items *out, int64_t *count,
                                    struct err *err);
/* note: ptr NULL leaves the one there is. ERR_ABSENT, ERR_INPUT "note". Rule: API-03 */
MUST_CHECK bool watch_list_decide(const struct deed *deed, const struct watch_list *list,
                                  struct str name, enum watch_state state, struct str note,
                                  struct err *err);

/* ---- searched again and again ---- */

struct watch_desk {
    struct store *desk, *catalog;
    int64_t rest_ms; /* between two searches of a list while the catalogue changes */
};
/* The next list whose search is due: it was changed, the catalogue has changed (rest_ms later), or a day has gone by. *list 0: none is. */
MUST_CHECK bool watch_list_due(const struct watch_desk *at, struct utc now, int64_t *list,
                               struct err *err);
/* After a search that failed: it is tried again after a minute, so that no other list waits for it. */
MUST_CHECK bool watch_list_set_aside(const struct watch_desk *at, int64_t list, struct utc now,
                                     struct err *err);
/* Searches the catalogue and keeps what came of it; what people decided and noted stays. What nothing finds any more goes, if nobody has said anything of it.
 * ERR_ABSENT: the list is gone. Rule: API-03 */
MUST_CHECK bool watch_list_search(const struct watch_desk *at, int64_t list, struct utc now,
                                  struct err *err);
