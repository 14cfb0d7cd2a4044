/* faces/cli/export/site.h: a folder of files that appears whole, in the place of the one before, or not at all. */
#pragma once
#include "base/arena.h"
#include "base/str.h"
#include "base/utc.h"

struct err;
struct site;

/**
 * Begins a new one beside `folder`, in FOLDER.new; what a killed one left there goes. Nothing is in `folder` before site_end.
 *
 * folder  not there, empty, or an earlier export: what else lies there is not ours to replace
 * err     ERR_NOT_EMPTY, ERR_EXPORTING when another one is at work there, ERR_IO
 */
MUST_CHECK bool site_begin(const char *folder, struct utc now, struct site **out, struct err *err);
/* A folder for what is needed on the way; goes with the site. */
const char *site_workroom(const struct site *site);
/* path: below the folder. *is_kept: false for a path that no file can have here (too long, below another file). ERR_IO */
MUST_CHECK bool site_put(struct site *site, struct str path, struct str bytes, bool *is_kept,
                         struct err *err);
MUST_CHECK bool site_end(struct site *site, struct err *err); /* on the disk, then in its place */
void site_free(struct site *site); /* what has not ended leaves nothing; NULL does nothing */
DEFINE_CLEANUP(struct site, site_free)
