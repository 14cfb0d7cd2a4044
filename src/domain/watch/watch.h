/* domain/watch/watch.h: the collection tool: products registered once, conditions, and the checklist of what is known to touch them, worked off entry by entry.
 * A search that is repeated adds what is new and marks what has changed; what a person said of an entry stays. Rule: VDB-12, API-02, API-03 */
#pragma once
#include "base/tr.h"
#include "domain/catalog/asked.h"

struct component;

enum {
    WATCH_PRODUCTS_MAX = 10000,
    WATCH_ITEMS_MAX = 100000,
    WATCH_KEY_MAX = 512,  /* bytes */
    WATCH_NOTE_MAX = 4000 /* bytes */
};

/* What is to be done about an entry, as the person who works the list off says. */
enum watch_state {
    WATCH_OPEN, /* nobody has looked yet */
    WATCH_PLANNED,
    WATCH_DONE,
    WATCH_NOT_AFFECTED,
    WATCH_ACCEPTED, /* known, and left as it is */
    WATCH_STATES
};
struct str watch_state_name(enum watch_state state); /* "not-affected" */
bool watch_state_from_name(struct str name, enum watch_state *out);
const char *watch_state_words(enum watch_state state); /* msgid */

struct watch_item {
    struct str name;               /* of the entry */
    struct str title_ja, title_en; /* either may be empty */
    enum catalog_severity severity;
    int tenths; /* base score, or CVSS_NO_SCORE */
    bool is_kev;
    struct utc modified; /* of the entry, when it was found last */
    struct utc found;    /* first */
    enum watch_state state;
    struct str note;
    struct utc decided; /* 0: never */
    struct str by;      /* who decided, where several do; may be empty */
    bool is_changed;    /* the entry says something else since it was decided on, or looked at */
};
struct str watch_title(const struct watch_item *item,
                       enum lang lang); /* in that language, or the other */
struct watch_condition {
    struct str name, value; /* enum search_param: "severity", "critical,high" */
};
struct watch {
    struct {
        VEC_OF(struct str);
    } products; /* keys of the dictionary: "apache:http_server", "npm:lodash"; each once */
    struct {
        VEC_OF(struct watch_condition);
    } conditions;
    struct utc searched; /* 0: not yet */
    struct {
        VEC_OF(struct watch_item);
    } items; /* in the order in which they were found */
};

/* ---- as a file: docs/watch.md ---- */

/* Written by us, edited by people. Texts live in arena. ERR_JSON_SYNTAX with the line; ERR_INPUT about what cannot be; ERR_TOO_LARGE */
MUST_CHECK bool watch_read(struct str text, struct arena *arena, struct watch *out,
                           struct err *err);
void watch_write(const struct watch *watch, struct buf *out);

/* ---- its products ---- */

/* The dictionary's key of "vendor:product", a CPE name (2.2 or 2.3) or a package URL; false for what is none, or is of no ecosystem. */
bool watch_key_of(struct str product, struct arena *arena, struct str *key);
struct watch_keys {
    VEC_OF(struct str);
};
/* The products of a text, one a line; what stands behind '#' is a remark. False with the first line that names none. */
bool watch_keys_of_lines(struct str text, struct arena *arena, struct watch_keys *out,
                         struct str *wrong);
/* *is_new: it was not there yet. ERR_TOO_LARGE */
MUST_CHECK bool watch_add(struct watch *watch, struct str key, struct arena *arena, bool *is_new,
                          struct err *err);
bool watch_remove(struct watch *watch, struct str key); /* false when it is not there */
/* All names that the catalogue may know a component by; *is_named: there is one. ERR_TOO_LARGE */
MUST_CHECK bool watch_add_component(struct watch *watch, const struct component *component,
                                    struct arena *arena, bool *is_named, struct err *err);

/* ---- its conditions ---- */

bool watch_may_be_condition(
    enum search_param param); /* what a list of products can be narrowed by */
/* As a search; ERR_SEARCH about the first that cannot be. */
MUST_CHECK bool watch_asks(const struct watch *watch, struct search *out, struct err *err);

/* ---- searching again ---- */

struct watch_places {
    VEC_OF(size_t); /* in watch->items */
};
struct watch_news {
    struct watch_places fresh, changed;
    struct watch_places gone; /* nothing finds them any more */
    struct {
        VEC_OF(struct str);
    } capped; /* products of which there is more than a search shows, or the list holds: conditions would help */
};

/**
 * What touches the products and meets the conditions joins the list. What nothing finds any more stays and is told.
 *
 * tx    of the catalogue
 * err   ERR_STORE, ERR_SEARCH
 * Rule: API-02, API-03
 */
MUST_CHECK bool watch_search(struct tx *tx, struct watch *watch, struct utc now,
                             struct arena *arena, struct watch_news *out, struct err *err);
/* note: ptr NULL leaves the one there is. ERR_ABSENT; ERR_INPUT "note". Rule: API-03 */
MUST_CHECK bool watch_decide(struct watch *watch, struct str name, enum watch_state state,
                             struct str note, struct utc now, struct err *err);

/* ---- for a spreadsheet ---- */

/* These of its items as CSV, below a row of titles. Rule: API-03 */
void watch_write_csv(const struct watch *watch, const struct watch_places *places, enum lang lang,
                     struct buf *out);
