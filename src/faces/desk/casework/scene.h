/* faces/desk/casework/scene.h: one case as a request finds it: transaction, rows, grant. For this folder and for developers' programs
 * (faces/desk/tracker). */
#pragma once
#include "domain/casework/website_visibility.h"
#include "faces/desk/casework/frame_case.h"
#include "faces/desk/context.h"
#include "store/store.h"

struct scene {
    struct tx *tx;
    struct product_case c;
    struct developers developers;
    struct developer own; /* the subject's own part, when it is a developer's */
    bool has_own;
    struct grant grant;
    struct website site; /* when c.is_website: the whole of it; c is its common part */
    struct {
        VEC_OF(struct str);
    } new_files;  /* ids of what a message brought, in the order of its uploads */
    int64_t said; /* the message itself */
};

/* Begins the transaction and loads the case of the route's {id} as far as the matrix lets this subject; ERR_ABSENT else. End with
 * CLEANUP(scene_end). */
MUST_CHECK bool scene_open(struct request *req, enum tx_kind kind, struct scene *out,
                           struct err *err);
/* The same in the transaction that has begun: as it stands after a deed. */
MUST_CHECK bool scene_load(struct request *req, struct scene *scene, struct err *err);
/* The same at the receiving body, for a product's or a website's case. */
MUST_CHECK bool scene_open_report(struct request *req, enum tx_kind kind, struct scene *out,
                                  struct err *err);
/* The form's `version`, when given, is still the row's: ERR_CHANGED_MEANWHILE. For whoever takes a form. */
MUST_CHECK bool scene_is_fresh(struct request *req, const struct scene *s, struct err *err);
void scene_end(struct scene *scene);
/* The developer of the route's {developer}, in this very case; ERR_ABSENT else. */
MUST_CHECK bool scene_developer(struct request *req, struct scene *scene, struct developer *out,
                                struct err *err);

/* The pages again with words at the top, after a form that could not be taken. fault NULL: a fresh page. */
bool case_page_show(struct request *req, struct response *res, const struct err *fault,
                    struct err *err);
bool report_page_show(struct request *req, struct response *res, const struct err *fault,
                      struct err *err);
bool developer_page_show(struct request *req, struct response *res, const struct err *fault,
                         struct err *err);
/* The page of a website's case, in the scene that report_page_show has opened. */
bool website_page_show(struct request *req, struct response *res, struct scene *s,
                       const struct err *fault, struct err *err);

/* One deed in one transaction: the scene opened, the form's version asked, `act`, committed; then to `path` with the words of `done`. What the
 * reader can mend is shown by `show` on the page it came from, with everything typed. */
typedef bool scene_act(struct request *req, struct scene *s, struct err *err);
typedef bool scene_again(struct request *req, struct response *res, const struct err *fault,
                         struct err *err);
bool scene_carry_out(struct request *req, struct response *res, scene_act *act, scene_again *show,
                     struct str path, const char *done, struct err *err);
/* The same for a case that another function opens. */
typedef bool scene_opener(struct request *req, enum tx_kind kind, struct scene *s, struct err *err);
bool scene_carry_out_in(struct request *req, struct response *res, scene_opener *open,
                        scene_act *act, scene_again *show, struct str path, const char *done,
                        struct err *err);
/* The jailed worker's look at what a message brought, after it is committed. */
void scene_look_at_files(const struct request *req, const struct scene *s);
struct str case_path(const struct request *req);   /* "/cases/ID" */
struct str report_path(const struct request *req); /* "/reports/ID" */

/* A date and time typed in a form (JST). ERR_INPUT names the field. */
MUST_CHECK bool scene_instant(struct request *req, const char *field, struct utc *out,
                              struct err *err);
