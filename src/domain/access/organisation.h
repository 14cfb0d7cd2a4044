/* domain/access/organisation.h: the bodies and the developer list (製品開発者リスト): who is on it, how to reach them, what they make,
 * and how far their registration is. */
#pragma once
#include "base/fault.h"
#include "base/life.h"
#include "domain/access/deed.h"
#include "domain/access/registration.h"

enum {
    ORGANISATION_NAME_MAX = 200, /* code points */
    ORGANISATION_TEXT_MAX = 2000,
    ORGANISATION_PRODUCTS_MAX = 500,
    ORGANISATION_PAGE = 50,
    ORGANISATION_DAYS_MAX = 3650
};

/* What people type; one line of `products` is one product. */
struct organisation_values {
    struct str kind; /* 'RB' 'CB' 'PD' …: closed list of the schema */
    struct str name_ja, name_en, kana;
    struct str developer_basis; /* GEN-08: developer processor importer seller other */
    struct str url, window_email, window_phone, postal_address, languages, keywords, note, products;
    bool is_listed_publicly, takes_direct_reports;
    int64_t
        discloses_after_days; /* once it is told, by its own policy; 0: it waits for the agreed date; -1: what was typed is no number */
    struct str reports_to;    /* whom it must tell by law or contract, and how soon; may be empty */
    struct str designation_basis; /* GEN-09: of a body */
    struct utc designated_at;
};

struct organisation {
    int64_t id, version;
    struct str public_id;
    struct organisation_values values;
    enum registration_state state;
    struct str terms_version, identity_checked_how, protection;
    struct utc terms_agreed_at, identity_checked_at, guideline_read_at, handling_rules_at,
        created_at, changed_at;
    bool handling_suspended;
};

/* All faults of what was typed, by field. Text is trimmed by the face. Rule: COO-01, GEN-08 */
void organisation_check(const struct organisation_values *values, struct arena *arena,
                        struct form_faults *faults);

/* A developer starts as LISTED, a body as REGISTERED: it is one by designation. values must have passed the check.
 * Rule: COO-01, COO-07, GEN-08, GEN-09 */
MUST_CHECK bool organisation_add(const struct deed *deed, const struct organisation_values *values,
                                 int64_t *id, struct str *public_id, struct err *err);

/* Saves what was edited if it is still at `version`: ERR_CHANGED_MEANWHILE. A change of the window or of a developer's own policy goes into the contact log; so that
 * CB knows until when which address was right. Rule: COO-01, COO-04 */
MUST_CHECK bool organisation_edit(const struct deed *deed, int64_t id, int64_t version,
                                  const struct organisation_values *values, struct err *err);

/* *out is NULL when there is none. */
MUST_CHECK bool organisation_by_public_id(struct tx *tx, struct str public_id, struct arena *arena,
                                          struct organisation **out, struct err *err);
MUST_CHECK bool organisation_by_id(struct tx *tx, int64_t id, struct arena *arena,
                                   struct organisation **out, struct err *err);
/* The first of that kind by Japanese name, for the command line. */
MUST_CHECK bool organisation_by_name(struct tx *tx, struct str name, struct arena *arena,
                                     struct organisation **out, struct err *err);

struct organisation_row {
    int64_t id;
    struct str public_id, kind, name_ja, name_en, window_email, manager;
    enum registration_state state;
    int64_t products, people;
    bool has_key, is_left_out;        /* is_left_out: of later handling (CFD-07) */
    struct utc changed_at, key_until; /* key_until: of the key that holds longest */
};
struct organisation_rows {
    VEC_OF(struct organisation_row);
    int64_t total; /* of the filter, not of the page */
};
enum organisation_sort { ORGANISATION_BY_NAME, ORGANISATION_BY_STATE, ORGANISATION_BY_CHANGE };
struct organisation_filter {
    struct str kind;  /* empty: every kind */
    struct str state; /* "REGISTERED"; empty: every state */
    struct str text; /* words of names, products, keywords, in any width and kana; all must occur */
    enum organisation_sort sort;
    int64_t page; /* from 0 */
};
MUST_CHECK bool organisation_list(struct tx *tx, const struct organisation_filter *filter,
                                  struct arena *arena, struct organisation_rows *out,
                                  struct err *err);

struct organisation_products {
    VEC_OF(struct str);
};
MUST_CHECK bool organisation_products(struct tx *tx, int64_t id, struct arena *arena,
                                      struct organisation_products *out, struct err *err);

/* How it could be reached, the newest change first. Rule: COO-04 */
struct contact_change {
    struct utc at;
    struct str actor_name, field, before, after;
};
struct contact_changes {
    VEC_OF(struct contact_change);
};
MUST_CHECK bool organisation_contact_changes(struct tx *tx, int64_t id, struct arena *arena,
                                             struct contact_changes *out, struct err *err);
const char *contact_field_words(struct str field); /* msgid */

/* ---- registration ---- */
struct registration_step {
    enum registration_event event;
    struct str note;          /* how the identity was checked; the reason of a suspension */
    struct str terms_version; /* of STEP_AGREE */
};
/* The facts the guards look at; step may be NULL (for buttons: what is typed counts as given). */
MUST_CHECK bool organisation_facts(struct tx *tx, const struct organisation *organisation,
                                   const struct registration_step *step, struct utc now,
                                   struct registration_facts *out, struct err *err);
/* One step. ERR_NO_SUCH_MOVE, ERR_NOT_YOUR_MOVE, ERR_NOT_READY, ERR_CHANGED_MEANWHILE. Rule: COO-02, COO-03, COO-07 */
MUST_CHECK bool organisation_step(const struct deed *deed, int64_t id,
                                  const struct registration_step *step, struct err *err);
/* What the developer prepares (COO-03): guideline read, handling rules set, how messages are protected ("PGP" or "DESK").
 * A preparation once made keeps its date. */
struct registration_preparation {
    bool guideline_read, handling_rules;
    struct str protection;
};
MUST_CHECK bool organisation_prepare(const struct deed *deed, int64_t id,
                                     const struct registration_preparation *preparation,
                                     struct err *err);

/* ---- left out of later handling ---- */
/* A developer that broke the common date may be left out of what comes: it is not suggested and cannot be added to a case. Cases it takes
 * part in go on. A reason is kept with each decision. ERR_NOT_YOUR_MOVE, ERR_INPUT "reason", ERR_CHANGED_MEANWHILE. Rule: CFD-07 */
MUST_CHECK bool organisation_set_handling(const struct deed *deed, int64_t id, bool is_left_out,
                                          struct str reason, struct err *err);
struct handling_change {
    struct utc at;
    struct str actor_name, reason;
    bool is_left_out;
};
struct handling_changes {
    VEC_OF(struct handling_change);
};
/* The newest first. */
MUST_CHECK bool organisation_handling_changes(struct tx *tx, int64_t id, struct arena *arena,
                                              struct handling_changes *out, struct err *err);

/* ---- who is to be notified ---- */
/* A folded name without the form of company, which says nothing about which company it is. */
struct str organisation_bare_name(struct str folded);
struct suggestion {
    int64_t id;
    struct str public_id, name_ja, name_en, why; /* why: the product or name that was found */
    enum registration_state state;
    int score; /* the higher the nearer */
};
struct suggestions {
    VEC_OF(struct suggestion);
};
/**
 * Developers on the list that are not left out (CFD-07) and whose products, names or keywords occur in what the report says about product and vendor.
 *
 * text     product and vendor as typed, and whatever else may name one; any length
 * Returns at most 20, the nearest first.
 * Rule:    COO-06
 */
MUST_CHECK bool organisation_suggest(struct tx *tx, struct str text, struct arena *arena,
                                     struct suggestions *out, struct err *err);
