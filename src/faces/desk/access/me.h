/* faces/desk/access/me.h: what the page of one's own account shows. */
#pragma once
#include "faces/desk/form.h"
#include "faces/desk/sheet.h"

struct me_session {
    struct str public_id, agent, since, seen;
    bool is_this;
};
struct me_event {
    struct str at, what, whom, who, detail, at_code, kind;
};
struct me_view {
    struct fact_list facts;
    struct act_list acts;
    struct form_view profile;
    struct {
        VEC_OF(struct me_session);
    } sessions;
    struct {
        VEC_OF(struct me_event);
    } events;
    struct sheet_links file; /* where the events are a page of their own */
};
