/* faces/desk/access/entry.h: what the pages of the developer list show. */
#pragma once
#include "domain/access/organisation.h"
#include "faces/desk/access/me.h"
#include "faces/desk/form.h"
#include "faces/desk/saved/saved.h"
#include "faces/desk/sheet.h"

struct entry_row {
    struct str href, name, other_name, manager, window, products, changed;
    struct str state_code, left_out_code, key_code, changed_code;
    struct tag_view state, left_out, key;
};
struct entry_list_view {
    struct filters_view filters;
    struct pager_view pager;
    struct empty_view nothing;     /* title empty: there are rows */
    struct link add, applications; /* label empty: not for this reader, or none wait */
    struct {
        VEC_OF(struct entry_row);
    } rows;
    struct sheet_links file;
    struct saved_part saved;
};

struct person_row {
    struct str href, name, email, roles, key, last_login;
    struct str roles_code, state_code, login_code;
    struct tag_view state, key_end; /* key_end: word empty, it holds or there is none */
};
struct person_rows {
    VEC_OF(struct person_row);
};
struct contact_row {
    struct str at, who, field, before, after;
};
struct step_form {
    struct form_view form;
    struct str hint; /* what is still missing; empty: it can be pressed */
    bool is_open;
};
/* CFD-07 */
struct breach_row {
    struct str published, words, who, at;
    struct link in; /* the case */
};
struct entry_view {
    struct str title, other_name;
    struct tag_view state, left_out; /* left_out: word empty, it takes part */
    struct steps_view steps;         /* empty: a body */
    struct fact_list contact, registration;
    struct str note;
    struct act_list acts;
    struct {
        VEC_OF(struct step_form);
    } step_forms;
    struct form_view preparation; /* verb empty: not for this reader */
    bool preparation_is_open;
    struct words products;
    struct person_rows people;
    struct {
        VEC_OF(struct contact_row);
    } contact_changes, handling_changes;
    struct {
        VEC_OF(struct breach_row);
    } breaches;
    struct me_view events;
};

/* Where the page stands: an entry of the list, or the reader's own organisation. */
struct place {
    struct organisation *organisation;
    struct str href; /* "/developers/ID" or "/organisation" */
    bool is_own;     /* a manager at home: the window and the preparations, no more */
    bool may_edit, may_invite;
};
MUST_CHECK bool place_find(struct request *req, struct tx *tx, bool is_own, struct place *out,
                           struct err *err);

/* What is on record of breaches, and the button that follows from it; for the bodies alone. */
MUST_CHECK bool handling_tell(struct request *req, struct tx *tx, const struct place *place,
                              struct entry_view *view, struct err *err);

struct str organisation_title(const struct request *req, struct str name_ja, struct str name_en);
/* "expires 21 November 2026", "expired"; word empty while it holds. */
struct tag_view key_end_tag(const struct request *req, struct utc expires);
struct tag_view left_out_tag(const struct request *req, bool is_left_out);
struct tag_view registration_tag(const struct request *req, enum registration_state state);
const char *organisation_kind_words(struct str kind); /* msgid */
void people_tell(struct request *req, struct tx *tx, int64_t organisation_id, bool has_links,
                 struct person_rows *out);
struct str roles_text(struct request *req, unsigned roles);
