/* faces/desk/casework/own.h: a case as a developer in it sees it. For this folder and its program (faces/desk/tracker). */
#pragma once
#include "faces/desk/casework/fill.h"

/* The transaction is a write, because the first look is an event. */
MUST_CHECK bool fill_own(struct request *req, struct scene *s, struct case_page_view *v,
                         struct err *err);

/* What a developer does there, on the page or by its program: the form's fields are the request's. */
scene_act own_no_product_deed, own_request_detail_deed, own_result_deed, own_status_deed,
    own_hint_deed, own_wish_deed, own_refuse_deed, own_say_deed;
