#include "faces/desk/nav.h"

#include "faces/desk/context.h"
#include "faces/desk/door.h"

/* clang-format off */
const struct room nav_rooms[] = {
    { N_("Today"),          "/today",        MAY_CASES },
    { N_("Reports"),        "/reports",      MAY_RECEIVE },
    { N_("Cases"),          "/cases",        MAY_CASES },
    { N_("Developer list"), "/developers",   MAY_LIST },
    { N_("Publication"),    "/advisories",   MAY_BODIES },
    { N_("Committee"),      "/judgements",   MAY_FOLLOW_JUDGEMENTS },
    { N_("Partners"),       "/partners",     MAY_BODIES },
    { N_("Provided"),       "/provisions",   MAY_BE_PROVIDED },
    { N_("Analyses"),       "/analyses",     MAY_ANALYSE },
    { N_("Coordination"),   "/exchanges",    MAY_EXCHANGE },
    { N_("Statistics"),     "/statistics",   MAY_BODIES },
    { N_("Translation"),    "/curation",     MAY_BODIES },
    { N_("Messages"),       "/messages",     MAY_CASES },
    { N_("Our window"),     "/organisation", MAY_DEVELOP },
    { N_("Connections"),    "/connections",  MAY_FOLLOW },
    { N_("Mailbox"),        "/mailbox",      MAY_FINDER },
    { N_("Notice"),         "/operator",     MAY_OPERATE },
    { N_("Ledger"),         "/ledger",       MAY_AUDIT },
    { N_("People"),         "/people",       MAY_ADMINISTER },
    { N_("Feeds"),          "/feeds",        MAY_ADMINISTER },
    { N_("Collection"),     "/watch",        MAY_LOGGED_IN },
    { N_("Settings"),       "/me",           MAY_LOGGED_IN },
    { 0 },
};
/* clang-format on */

static bool is_inside(struct str path, struct str href)
{
    return str_starts(path, href) && (path.len == href.len || path.ptr[href.len] == '/');
}

struct nav nav_for(const struct request *req)
{
    struct nav nav = { 0 };

    for (const struct room *room = nav_rooms; room->label; room++) {
        if (!door_allows(who_of(req), room->may))
            continue;
        VEC_PUSH(req->arena, &nav,
                 (struct nav_item){ .label = tr(req->lang, room->label),
                                    .href = str_from_z(room->href),
                                    .is_current = is_inside(req->path, str_from_z(room->href)) });
    }
    return nav;
}

struct str nav_home(const struct request *req, unsigned roles)
{
    struct subject who = { .kind = SUBJECT_ACCOUNT, .roles = roles };

    (void)req;
    for (const struct room *room = nav_rooms; room->label; room++) {
        if (door_allows(&who, room->may))
            return str_from_z(room->href);
    }
    return STR("/me");
}
