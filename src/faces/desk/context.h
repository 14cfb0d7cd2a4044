/* faces/desk/context.h: what every page of the desk stands on; a request's `app`. Made once by desk_serve, then const. */
#pragma once
#include "base/settings.h"
#include "domain/access/account.h"
#include "domain/access/gate.h"
#include "domain/casework/case.h"
#include "faces/http/http.h"

struct peer;
struct rate;
struct world;
struct advisory_renderer;

struct desk {
    struct store *store;      /* desk.db */
    struct store *advisories; /* public/advisories.db, written at publication */
    struct store *catalog;    /* public/catalog.db; NULL: in tests without one */
    const struct settings *settings;
    const struct vault *vault;
    struct gate gate;         /* logins and sessions, on the same store and vault */
    struct casework casework; /* what the commands on cases need */
    struct peer *courier, *pgp, *supervisor;
    struct rate *programs; /* how often a token may ask; NULL: in tests, as often as it likes */
    const char *state_folder;
    bool is_sandboxed, is_demonstration;
    struct world *world;                      /* the public world, written by desk alone */
    const struct advisory_renderer *renderer; /* how its pages are made */

    /* What the pgp process says of an uploaded key. ERR_PGP (subject: why not), ERR_PEER */
    bool (*inspect)(const struct desk *desk, struct str armored, struct arena *arena,
                    struct account_key *out, struct err *err);
};

static inline const struct desk *desk_of(const struct request *req) { return req->app; }

/* Never NULL: nobody is a subject too. */
static inline const struct subject *who_of(const struct request *req)
{
    static const struct subject nobody = { .kind = SUBJECT_NOBODY };

    return req->subject ? req->subject : &nobody;
}

/* Who may not see it is told that it is not there (C29). */
static inline bool has_role(const struct request *req, unsigned roles)
{
    return (who_of(req)->roles & roles) != 0;
}
