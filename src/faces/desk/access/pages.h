/* faces/desk/access/pages.h: the handlers of logins, one's own account, the developer list and people; routes.c names them. */
#pragma once
#include "faces/http/http.h"

typedef bool page_handler(struct request *req, struct response *res, struct err *err);

/* login.c */
page_handler access_home, access_settings, login_show, login_try, login_code_show, login_code_try,
    login_again_show, login_again_try, logout;
/* invitation.c */
page_handler invitation_show, invitation_take, forgotten_show, forgotten_try;
/* me.c, key.c */
page_handler me_show, me_profile, me_password_show, me_password_set, me_factor_show, me_factor_set,
    me_session_end, me_sessions_end;
page_handler me_key_show, me_key_put, me_key_confirm, me_key_remove;
/* entries.c, entry.c, handling.c, entry_edit.c */
page_handler entry_list, entry_new_show, entry_new_add, entry_show, entry_edit_show,
    entry_edit_save, entry_step, entry_handling, entry_prepare, entry_person_show, entry_person_add;
page_handler own_show, own_edit_show, own_edit_save, own_step, own_prepare, own_person_show,
    own_person_add;
/* join.c */
page_handler join_show, join_send, join_list, join_take, join_decline;
/* people.c */
page_handler people_list, person_show, person_roles, person_disable, person_enable,
    person_factor_reset, person_invite, people_events;
