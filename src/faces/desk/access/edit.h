/* faces/desk/access/edit.h: the form of an organisation, filled and read. */
#pragma once
#include "domain/access/organisation.h"
#include "faces/desk/form.h"

/* is_own: a manager changes the window, the products and the own policy alone; all else stays as it was in `values`. */
void edit_form(struct request *req, struct form_view *form,
               const struct organisation_values *values, bool is_own);
void edit_read(struct request *req, struct organisation_values *values, bool is_own);
