/* faces/html/parts.h: what pages are put together from; each view is shown by the part of the same name (README.md lists them).
 * Links are paths of ours without language ("/cases/7"): parts add "/en" where it belongs. Addresses elsewhere stay. */
#pragma once
#include "base/vec.h"
#include "faces/html/html.h"

/* A state is said by word, shape and colour together. */
enum tone { TONE_NEUTRAL, TONE_GOOD, TONE_WARN, TONE_BAD, TONE_EMBER };

struct tag_view {
    struct str word;
    enum tone tone;
};

struct link {
    struct str label, href;
};
struct links {
    VEC_OF(struct link);
};
struct words {
    VEC_OF(struct str);
};

/* ---- forms ---- */

enum field_kind {
    FIELD_TEXT,
    FIELD_TEXTAREA,
    FIELD_EMAIL,
    FIELD_PASSWORD,
    FIELD_URL,
    FIELD_TEL,
    FIELD_NUMBER,
    FIELD_DATE,
    FIELD_DATETIME,
    FIELD_CODE,   /* an identifier or key: fixed width, no spelling help */
    FIELD_DIGITS, /* a one-time code: numbers on the telephone's keyboard */
    FIELD_FILE,
    FIELD_SELECT,
    FIELD_RADIO,
    FIELD_CHECKS, /* several may be chosen, all under one name */
    FIELD_CHECK,  /* one box: a consent. value "1" unless the first choice says otherwise */
    FIELD_HIDDEN
};

struct choice {
    struct str value, label, help;
    bool is_chosen;
    struct str
        shows; /* id of a block that matters only when this is chosen; without scripts it always shows */
};
struct choices {
    VEC_OF(struct choice);
};

struct field_view {
    struct str id, name; /* id: empty for name */
    struct str label, help, example, value, error;
    enum field_kind kind;
    bool required, multiple, is_read_only;
    bool is_bare; /* neither required nor optional is said: filters, login */
    int rows;     /* of a FIELD_TEXTAREA; 0 for 6 */
    struct str autocomplete, accept;
    int64_t max_length; /* in characters; 0: not said */
    struct choices choices;
};
struct field_list {
    VEC_OF(struct field_view);
};

struct fault {
    struct str field_id, words;
};
struct fault_list {
    VEC_OF(struct fault);
};
/* The words about that field; empty when it has none: for field_view.error. */
struct str faults_about(const struct fault_list *faults, struct str field_id);

/* Something that may be pressed. A link unless posts. */
enum look { LOOK_PLAIN, LOOK_GO, LOOK_BAD };
struct act {
    struct str label, href;
    enum look look;
    bool posts;
    struct str name, value; /* of one hidden field of a posting act; may be empty */
    struct str help;        /* what it will do, under the button; may be empty */
};
struct act_list {
    VEC_OF(struct act);
};

/* Before what cannot be undone: what will happen, to whom it will be told, when; the button carries the verb. */
struct confirm_view {
    struct str title, href, verb, back_href;
    bool is_dangerous;
    struct words consequences;
    struct field_list fields; /* hidden ones, and what is still to be said (a reason) */
};

/* ---- lists ---- */

struct pager_view {
    struct str previous, next; /* path and query; empty: none */
    struct str range;          /* "1–50 / 312", already in words; may be empty */
};

struct filters_view {
    struct str href; /* the list itself */
    struct field_list fields;
    struct str clear_href; /* empty: nothing is filtered */
    struct str found;      /* "12 cases", already in words; may be empty */
    struct str verb;       /* of the button; empty: to narrow down */
};

struct empty_view {
    struct str title, why;
    struct link next; /* what to do; label empty: nothing */
};

/* ---- what is told ---- */

struct flash_view {
    enum tone tone; /* GOOD: done; WARN, BAD: it did not work */
    struct str words, next;
    struct link link;
};

struct note_view {
    enum tone tone;
    struct str title, words;
};

struct fact {
    struct str name, value, href;
    bool is_code, can_copy; /* can_copy: a button to copy appears with scripts */
    struct tag_view tag;    /* stands before the value; word empty: none */
};
struct fact_list {
    VEC_OF(struct fact);
};

/* An instant or deadline in words, with its machine form. */
struct when_view {
    struct str words, iso;
    enum tone tone; /* BAD late, EMBER soon, NEUTRAL else */
};

struct moment {
    struct when_view when;
    struct str what, detail, who, href;
    bool is_latest;
};
struct moment_list {
    VEC_OF(struct moment);
};

struct clock_cell {
    struct str label, value, note;
    enum tone tone;
    int64_t done, whole; /* a bar under the value; whole 0: none */
};
struct clock_view {
    VEC_OF(struct clock_cell);
};

struct step_list {
    VEC_OF(struct str);
};
struct steps_view {
    struct step_list steps;
    size_t now; /* from 0 */
};

/* Severity in a word, a colour and a number. */
struct severity_view {
    struct str score; /* "9.8"; empty: not rated */
    struct tag_view tag;
    struct str scale, words; /* "CVSS v3.1 base score"; how it is attacked, in a sentence */
};

/* ---- correspondence ---- */

struct attachment {
    struct str name, size, href, note; /* href empty: may not be opened (yet) */
    struct tag_view tag;
};
struct attachment_list {
    VEC_OF(struct attachment);
};

struct message {
    struct str id, who, text; /* text: plain; its line ends are kept */
    struct when_view when;
    bool is_mine, is_unread;
    struct tag_view tag;
    struct attachment_list attachments;
};
struct message_list {
    VEC_OF(struct message);
};

/* Lines of a text against an earlier one. */
enum diff_kind { DIFF_SAME, DIFF_ADDED, DIFF_REMOVED };
struct diff_line {
    enum diff_kind kind;
    struct str text;
};
struct diff_view {
    VEC_OF(struct diff_line);
};

/* ---- for templates ---- */

/* A path of ours with the page's language before it; anything else as it is. Lives in the page's arena. */
struct str link_here(const struct page *page, struct str href);
struct str tone_class(enum tone tone); /* "good"; "" for neutral */
struct str look_class(enum look look);
struct str field_id(const struct field_view *field);
struct str field_type(enum field_kind kind); /* of an <input> */
struct str
field_described(struct page *page,
                const struct field_view *field); /* ids of help and error, blank between */
