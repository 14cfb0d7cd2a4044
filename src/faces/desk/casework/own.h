/* faces/desk/casework/own.h: a case as a developer in it sees it. For this folder. */
#pragma once
#include "faces/desk/casework/fill.h"

/* The transaction is a write, because the first look is an event. */
MUST_CHECK bool fill_own(struct request *req, struct scene *s, struct case_page_view *v,
                         struct err *err);
