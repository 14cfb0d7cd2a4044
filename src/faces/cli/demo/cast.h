/* faces/cli/demo/cast.h: the people of the demonstration and their developers, made as they are made at the desk. */
#pragma once
#include "base/buf.h"
#include "domain/access/organisation.h"
#include "faces/cli/demo/words.h"

struct vault;

enum { CAST_OFFICERS = 3, CAST_MEMBERS = 3, CAST_VENDORS_MAX = 128 };

struct cast {
    struct subject rb[CAST_OFFICERS], cb[CAST_OFFICERS];
    const struct demo_vendor *vendor[CAST_VENDORS_MAX]; /* demo_vendors, then the crowd */
    int vendors;
    struct subject manager[CAST_VENDORS_MAX]; /* of those that are registered */
    int64_t organisation[CAST_VENDORS_MAX];
    struct str organisation_id[CAST_VENDORS_MAX];
    struct subject recipient; /* of priority provision, ready */
    struct str recipient_id;
    struct subject analyst; /* a third party that analyses */
    struct str analyst_id;
    struct subject member[CAST_MEMBERS]; /* of the publication judgement committee */
    struct subject coordinator;          /* abroad */
    struct str coordinator_id;
    struct buf
        logins; /* a line a person: address, password, secret of the second factor, role, name */
};

/* Everybody with password and second factor, dated `now`. Rule: GEN-08 GEN-09 COO-01 COO-02 COO-03 COO-07 CFD-14 */
MUST_CHECK bool cast_make(struct store *desk, const struct vault *vault, struct utc now,
                          struct arena *arena, struct cast *out, struct err *err);
