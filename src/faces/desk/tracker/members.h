/* faces/desk/tracker/members.h: what a program sends: a JSON object with known members, read into the fields that a form would have. The same
 * rows are printed into the description of the interface. */
#pragma once
#include "faces/http/http.h"

enum member_kind {
    MEMBER_TEXT,
    MEMBER_TIME,    /* RFC 3339 */
    MEMBER_YES,     /* true or false */
    MEMBER_PRODUCTS /* a list of products, each with the members of product_members */
};
struct member {
    const char *name; /* NULL ends a list */
    enum member_kind kind;
    bool is_required;
    const char *choices; /* separated by blanks; NULL: any text */
    const char *words;   /* English, for the description */
    const char *field;   /* of the form; NULL: of the same name */
};
extern const struct member product_members[];

/**
 * Reads the object. Members that are left out, null or false give no field; of a product every member gives one.
 *
 * err    ERR_JSON_SYNTAX; ERR_INPUT names the member that is unknown, missing or of another type
 */
MUST_CHECK bool members_read(struct str text, const struct member *members, struct arena *arena,
                             struct fields *out, struct err *err);
