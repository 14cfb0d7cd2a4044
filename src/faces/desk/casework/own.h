/* faces/desk/casework/own.h: a case as a developer in it sees it. For this folder. */
#pragma once
#include "faces/desk/casework/scene.h"

/* The body of the page; the transaction is a write, because the first look is an event. */
MUST_CHECK bool own_page(struct request *req, struct scene *s, const struct err *fault,
                         struct page *page, struct err *err);
