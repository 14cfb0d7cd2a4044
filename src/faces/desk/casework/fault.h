/* faces/desk/casework/fault.h: what stopped a deed, in words that say what is wrong, where, and what to do. */
#pragma once
#include "base/err.h"
#include "faces/desk/casework/deed.h"

/* msgid about that field, guard or condition; NULL when there is none of its own. *field: the field it is about; NULL: none */
const char *fault_msgid(const struct err *fault, const char **field);

/* A value that was typed and is not fine, by the label of its field. */
struct str fault_of_value(struct request *req, struct str label, struct str value);

/* Into the list on top of a page, and beside the field of the form that stays open. fault NULL: nothing happens. */
void fault_tell(struct request *req, const struct err *fault, struct deeds *const *forms,
                size_t count, struct fault_list *out);
