#include "faces/desk/access/events.h"

#include "base/err.h"
#include "domain/access/registration.h"
#include "faces/desk/access/entry.h"
#include "faces/desk/frame.h"

/* clang-format off */
static const struct {
    const char *detail, *words; /* msgid */
} plain[] = {
    { "password", N_("wrong password") }, { "code", N_("wrong code") },       { "again", N_("confirmed once more") },
    { "logout", N_("logged out") },       { "one", N_("one session") },       { "all", N_("all other sessions") },
    { "reset", N_("for a new password") }, { "invite", N_("for a first login") },
    { "read", N_("to read") },           { "write", N_("to read and answer") },
};
/* clang-format on */

/* "6 to 14", "roles 6": roles are kept as numbers. */
static struct str roles_in_words(struct request *req, struct str detail)
{
    struct str before, rest = detail;
    int64_t from, to;
    struct err err = { 0 };

    if (str_skip(&rest, STR("roles ")))
        return str_to_int(rest, 0, 255, &to, &err) ? roles_text(req, (unsigned)to) : detail;
    before = str_take(detail, str_index(detail, ' '));
    rest = str_drop(detail, before.len);
    if (!str_skip(&rest, STR(" to ")) || !str_to_int(before, 0, 255, &from, &err) ||
        !str_to_int(rest, 0, 255, &to, &err))
        return detail;
    return arena_printf(req->arena, "%.*s → %.*s", STR_ARG(roles_text(req, (unsigned)from)),
                        STR_ARG(roles_text(req, (unsigned)to)));
}

static struct str detail_in_words(struct request *req, const struct access_event *event)
{
    struct str first = str_take(event->detail, str_index(event->detail, ' '));
    int state = life_state(&registration_life, first);

    if (str_eq(event->kind, access_kind_name(ACCESS_REGISTRATION_STEP)) && state > 0)
        return arena_printf(
            req->arena, "%.*s%.*s",
            STR_ARG(say(req, registration_state_words((enum registration_state)state))),
            STR_ARG(str_drop(event->detail, str_trim(event->detail).len > first.len
                                                ? first.len
                                                : event->detail.len)));
    if (str_eq(event->kind, access_kind_name(ACCESS_ORGANISATION_ADDED)))
        return say(req, organisation_kind_words(event->detail));
    if (str_eq(event->kind, access_kind_name(ACCESS_ROLES_CHANGED)) ||
        str_eq(event->kind, access_kind_name(ACCESS_ACCOUNT_ADDED)))
        return roles_in_words(req, event->detail);
    for (size_t i = 0; i < COUNT(plain); i++) {
        if (str_eq_z(event->detail, plain[i].detail))
            return say(req, plain[i].words);
    }
    return event->detail;
}

void events_tell(struct request *req, const struct access_events *events, struct me_view *view)
{
    for (size_t i = 0; i < events->len; i++) {
        const struct access_event *event = &events->at[i];

        VEC_PUSH(req->arena, &view->events,
                 (struct me_event){ .at = tr_short_instant(req->arena, req->lang, event->at),
                                    .at_code = utc_iso(req->arena, event->at),
                                    .what = say(req, access_kind_words(event->kind)),
                                    .kind = event->kind,
                                    .whom = event->about_name,
                                    .who = event->actor_name,
                                    .detail = detail_in_words(req, event) });
    }
}
