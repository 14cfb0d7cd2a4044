/* faces/desk/form.h: forms of the desk, put together field by field, and the page that shows one. */
#pragma once
#include "base/fault.h"
#include "faces/html/parts.h"
#include "faces/http/http.h"

/* A heading with its fields; title may be empty. */
struct form_group {
    struct str title, help;
    struct field_list fields;
};
struct form_groups {
    VEC_OF(struct form_group);
};

struct form_view {
    struct str title, intro, href, verb;
    struct fault_list faults;
    struct form_groups groups;
    struct links links;    /* below the button: another way, back */
    struct note_view note; /* words empty: none */
    bool is_multipart, is_box, is_dangerous;
};

struct form_group *form_group(struct request *req, struct form_view *form, const char *title,
                              const char *help);
/* The new field, until the next one is added; label and help are msgids (help may be NULL). What was sent under its name stands in it. */
struct field_view *form_field(struct request *req, struct form_group *group, enum field_kind kind,
                              const char *name, const char *label, const char *help);
void form_choice(struct request *req, struct field_view *field, struct str value, struct str label,
                 bool is_chosen);
/* Above the form and at the fields. */
void form_tell_faults(struct request *req, struct form_view *form,
                      const struct form_faults *faults);
void form_tell(struct request *req, struct form_view *form, const char *field, const char *words);
void form_link(struct request *req, struct form_view *form, const char *label, struct str href);

/* A form that is a page. */
MUST_CHECK bool form_send(struct request *req, struct response *res, const struct form_view *form,
                          struct err *err);
