/* faces/desk/context.h: what the desk's handlers stand on: request->app. Const after start but for the store and the peers. */
#pragma once
#include "base/settings.h"
#include "domain/access/subject.h"
#include "domain/casework/case.h"
#include "domain/notify/notify.h"
#include "faces/http/http.h"
#include "seal/vault.h"

struct store;
struct peer;
struct world;

struct desk {
    const struct settings *settings;
    struct store *store;
    const struct vault *vault;
    struct casework casework;
    struct notify notify;
    struct world *world;       /* the public world, written by the desk alone */
    struct peer *pgp;          /* NULL while it is being restarted */
    struct peer *supervisor;   /* for parse workers */
    struct str state_folder;
};

static inline struct desk *desk_of(const struct request *req)
{
    return req->app;
}

/* Who is acting; nobody when not logged in. */
static inline const struct subject *subject_of(const struct request *req)
{
    static const struct subject nobody = { .kind = SUBJECT_NOBODY };

    return req->subject ? req->subject : &nobody;
}
