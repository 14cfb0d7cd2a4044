/* domain/casework/list.h: lists of cases and what waits for whom. Rows are filtered by what the caller may see before anything else (T22). */
#pragma once
#include "domain/casework/case.h"
#include "domain/casework/website_case.h"

struct case_line {
    int64_t id;
    struct str public_id, number, title;
    bool is_website;
    enum product_state state;      /* of a product's */
    enum website_state site_state; /* of a website's */
    struct utc submitted_at, accepted_at, start_at, publication_date, changed_at;
    struct str impact_grade, category, rb_officer, cb_officer;
    int64_t impact_score, developers, verified, unread;
    struct str own_state; /* of the caller's own part, for developers */
    struct utc own_due;
};
struct case_lines {
    VEC_OF(struct case_line);
    bool has_more;
};
enum case_kind { CASES_OF_ANY_KIND, CASES_OF_PRODUCTS, CASES_OF_WEBSITES };
enum case_sort {
    CASES_BY_CHANGE,
    CASES_BY_AGE,
    CASES_BY_IMPACT,
    CASES_BY_DATE,
    CASES_BY_NUMBER /* of developers: the newest first, an order that no change disturbs */
};
struct case_filter {
    struct str
        state; /* a state's name; "open", "closed", "waiting" (a finder has asked for something) or empty */
    struct str
        search; /* words in title or number, for RB in receipt numbers; decrypted in memory */
    bool mine;  /* assigned to the caller, or to whom it stands in for now */
    enum case_kind kind; /* websites' are the receiving body's alone */
    enum case_sort sort;
    struct str after; /* of developers, by number: those behind this case's public id */
    int64_t limit, offset;
};
/* Of a body's officer or a developer; what the matrix does not grant is not in the list. ERR_ABSENT for anybody else. */
MUST_CHECK bool cases_list(const struct casework *w, struct tx *tx, const struct subject *who,
                           const struct case_filter *filter, struct utc now, struct arena *arena,
                           struct case_lines *out, struct err *err);

/* What happened in a developer's cases after entry `since`, oldest first, at most `limit`: only what developer_view.h lets it know of. seq: of the
 * last one that was looked at, from which to go on. */
struct case_change {
    int64_t seq;
    struct utc at;
    struct str kind, case_public_id; /* kind: as the ledger names it, "message.sent" */
};
struct case_changes {
    VEC_OF(struct case_change);
    int64_t seq;
    bool has_more;
};
MUST_CHECK bool cases_changes(struct tx *tx, const struct subject *who, int64_t since,
                              int64_t limit, struct arena *arena, struct case_changes *out,
                              struct err *err);

/* One thing to do, for the page of the day. Sorted by due. */
struct task {
    struct utc due;    /* 0: no deadline, as soon as possible */
    const char *words; /* msgid: what is to be done */
    struct str case_public_id, number, title, waits_for, path;
};
struct tasks {
    VEC_OF(struct task);
};
MUST_CHECK bool tasks_today(const struct casework *w, struct tx *tx, const struct subject *who,
                            bool mine, struct utc now, struct arena *arena, struct tasks *out,
                            struct err *err);

/* Existing cases that may be about the same (INT-22), by title or by fingerprint; likely rediscoveries first. For both bodies. */
struct duplicate {
    struct str public_id, number, title;
    unsigned kinds; /* enum coincidence, or-ed */
    enum product_state state;
    struct utc submitted_at;
};
struct duplicates {
    VEC_OF(struct duplicate);
};
MUST_CHECK bool cases_like(const struct casework *w, struct tx *tx, const struct subject *who,
                           const struct product_case *c, struct arena *arena,
                           struct duplicates *out, struct err *err);
