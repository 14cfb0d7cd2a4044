/* faces/desk/access/routes.c: logins, one's own account, the developer list, people, read from top to bottom: who may ask for what. */
#include "faces/desk/access/routes.h"

#include "faces/desk/access/pages.h"
#include "faces/desk/permission.h"

enum { SMALL = 64 << 10, FORM = 1 << 20 };

/* clang-format off */
static const struct route routes[] = {
    ROUTE_GET ("/",                              MAY_ANYONE,     access_home),
    ROUTE_GET ("/login",                         MAY_ANYONE,     login_show),
    ROUTE_POST("/login",                         MAY_ANYONE,     TOKEN_FORM, BODY_FORM, SMALL, login_try),
    ROUTE_GET ("/login/code",                    MAY_HALFWAY,    login_code_show),
    ROUTE_POST("/login/code",                    MAY_HALFWAY,    TOKEN_FORM, BODY_FORM, SMALL, login_code_try),
    ROUTE_GET ("/login/again",                   MAY_LOGGED_IN,  login_again_show),
    ROUTE_POST("/login/again",                   MAY_LOGGED_IN,  TOKEN_FORM, BODY_FORM, SMALL, login_again_try),
    ROUTE_POST("/logout",                        MAY_ANYONE,     TOKEN_FORM, BODY_FORM, SMALL, logout),
    ROUTE_GET ("/invitation/{token}",            MAY_ANYONE,     invitation_show),
    ROUTE_POST("/invitation/{token}",            MAY_ANYONE,     TOKEN_FORM, BODY_FORM, SMALL, invitation_take),
    ROUTE_GET ("/password/forgotten",            MAY_ANYONE,     forgotten_show),
    ROUTE_POST("/password/forgotten",            MAY_ANYONE,     TOKEN_FORM, BODY_FORM, SMALL, forgotten_try),

    ROUTE_GET ("/join",                          MAY_ANYONE,     join_show),
    ROUTE_POST("/join",                          MAY_ANYONE,     TOKEN_FORM, BODY_FORM, FORM,  join_send),

    ROUTE_GET ("/settings",                      MAY_LOGGED_IN,  access_settings),
    ROUTE_GET ("/me",                            MAY_LOGGED_IN,  me_show),
    ROUTE_POST("/me/profile",                    MAY_LOGGED_IN,  TOKEN_FORM, BODY_FORM, SMALL, me_profile),
    ROUTE_GET ("/me/password",                   MAY_LOGGED_IN,  me_password_show),
    ROUTE_POST("/me/password",                   MAY_LOGGED_IN,  TOKEN_FORM, BODY_FORM, SMALL, me_password_set),
    ROUTE_GET ("/me/factor",                     MAY_LOGGED_IN,  me_factor_show),
    ROUTE_POST("/me/factor",                     MAY_LOGGED_IN,  TOKEN_FORM, BODY_FORM, SMALL, me_factor_set),
    ROUTE_POST("/me/sessions/end",               MAY_LOGGED_IN,  TOKEN_FORM, BODY_FORM, SMALL, me_sessions_end),
    ROUTE_POST("/me/sessions/{session}/end",     MAY_LOGGED_IN,  TOKEN_FORM, BODY_FORM, SMALL, me_session_end),
    ROUTE_GET ("/me/key",                        MAY_LOGGED_IN,  me_key_show),
    ROUTE_POST("/me/key",                        MAY_LOGGED_IN,  TOKEN_FORM, BODY_FORM, FORM,  me_key_put),
    ROUTE_POST("/me/key/confirm",                MAY_LOGGED_IN,  TOKEN_FORM, BODY_FORM, SMALL, me_key_confirm),
    ROUTE_POST("/me/key/remove",                 MAY_LOGGED_IN,  TOKEN_FORM, BODY_FORM, SMALL, me_key_remove),

    ROUTE_GET ("/developers",                    MAY_LIST,       entry_list),
    ROUTE_GET ("/developers/new",                MAY_COORDINATE, entry_new_show),
    ROUTE_POST("/developers",                    MAY_COORDINATE, TOKEN_FORM, BODY_FORM, FORM,  entry_new_add),
    ROUTE_GET ("/developers/applications",       MAY_COORDINATE, join_list),
    ROUTE_POST("/developers/applications/{application}/take",    MAY_COORDINATE, TOKEN_FORM, BODY_FORM, SMALL, join_take),
    ROUTE_POST("/developers/applications/{application}/decline", MAY_COORDINATE, TOKEN_FORM, BODY_FORM, SMALL, join_decline),
    ROUTE_GET ("/developers/{id}",               MAY_LIST,       entry_show),
    ROUTE_GET ("/developers/{id}/edit",          MAY_LIST,       entry_edit_show),
    ROUTE_POST("/developers/{id}/edit",          MAY_LIST,       TOKEN_FORM, BODY_FORM, FORM,  entry_edit_save),
    ROUTE_POST("/developers/{id}/steps",         MAY_COORDINATE, TOKEN_FORM, BODY_FORM, SMALL, entry_step),
    ROUTE_POST("/developers/{id}/handling",      MAY_COORDINATE, TOKEN_FORM, BODY_FORM, SMALL, entry_handling),
    ROUTE_POST("/developers/{id}/preparation",   MAY_COORDINATE, TOKEN_FORM, BODY_FORM, SMALL, entry_prepare),
    ROUTE_GET ("/developers/{id}/people/new",    MAY_LIST,       entry_person_show),
    ROUTE_POST("/developers/{id}/people",        MAY_LIST,       TOKEN_FORM, BODY_FORM, SMALL, entry_person_add),

    ROUTE_GET ("/organisation",                  MAY_DEVELOP,    own_show),
    ROUTE_GET ("/organisation/edit",             MAY_DEVELOP,    own_edit_show),
    ROUTE_POST("/organisation/edit",             MAY_DEVELOP,    TOKEN_FORM, BODY_FORM, FORM,  own_edit_save),
    ROUTE_POST("/organisation/steps",            MAY_DEVELOP,    TOKEN_FORM, BODY_FORM, SMALL, own_step),
    ROUTE_POST("/organisation/preparation",      MAY_DEVELOP,    TOKEN_FORM, BODY_FORM, SMALL, own_prepare),
    ROUTE_GET ("/organisation/people/new",       MAY_DEVELOP,    own_person_show),
    ROUTE_POST("/organisation/people",           MAY_DEVELOP,    TOKEN_FORM, BODY_FORM, SMALL, own_person_add),

    ROUTE_GET ("/people",                        MAY_ADMINISTER, people_list),
    ROUTE_GET ("/people/events",                 MAY_ADMINISTER, people_events),
    ROUTE_GET ("/people/{id}",                   MAY_ADMINISTER, person_show),
    ROUTE_POST("/people/{id}/roles",             MAY_ADMINISTER, TOKEN_FORM, BODY_FORM, SMALL, person_roles),
    ROUTE_POST("/people/{id}/disable",           MAY_ADMINISTER, TOKEN_FORM, BODY_FORM, SMALL, person_disable),
    ROUTE_POST("/people/{id}/enable",            MAY_ADMINISTER, TOKEN_FORM, BODY_FORM, SMALL, person_enable),
    ROUTE_POST("/people/{id}/factor",            MAY_ADMINISTER, TOKEN_FORM, BODY_FORM, SMALL, person_factor_reset),
    ROUTE_POST("/people/{id}/invite",            MAY_ADMINISTER, TOKEN_FORM, BODY_FORM, SMALL, person_invite),
};
/* clang-format on */

const struct route_list desk_access_routes = ROUTES(routes);
