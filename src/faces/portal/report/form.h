/* faces/portal/report/form.h: a form on its way through the pages: out of the request, and into a page again. For this folder. */
#pragma once
#include "domain/casework/report_form.h"
#include "faces/html/layout.h"
#include "faces/portal/report/view.h"
#include "faces/public/context.h"

enum { FORM_FILES_SHOWN = 50 };

/* A file that the desk has: what the page remembers of it. */
struct form_file {
    struct str id, size, name;
};
struct form_in_hand {
    struct str fields; /* a record of what was typed, line ends as LF */
    struct str draft;
    enum report_target target;
    int step;
    struct {
        VEC_OF(struct form_file);
    } files;
    struct form_faults faults;
    const char *trouble; /* msgid: why it could not be taken; NULL: nothing */
};

/* What came with the request; the draft token is made when it has none. Values that do not fit come back as they are: the checks name
 * them. ERR_TOO_LARGE */
MUST_CHECK bool form_take(const struct request *req, struct form_in_hand *out, struct err *err);
void form_keep_file(const struct request *req, struct form_in_hand *form, struct form_file file);
/* The first step that has faults, with them in form->faults; 0 when nothing is wrong up to `last`. */
int form_first_fault(const struct request *req, struct form_in_hand *form, int last);

int64_t form_file_max(const struct request *req); /* bytes */
/* The page of form->step. */
bool form_show(struct request *req, struct response *res, const struct form_in_hand *form,
               struct err *err);
struct steps_view form_steps(const struct request *req, enum report_target target, size_t now);
struct str form_mailbox(const struct request *req); /* the mailbox's address at the desk */
/* Layout around a body; never kept by anybody. */
bool form_send_page(struct request *req, struct response *res, struct page *body, const char *title,
                    struct err *err);
