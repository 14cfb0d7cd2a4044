/* domain/advisory/world.h: the public world as desk writes it: advisories.db and the segments that strangers read (decision 0001).
 * Whatever order a kill interrupts, the same call again ends in the same world. */
#pragma once
#include "domain/advisory/formats.h"
#include "domain/advisory/sheets.h"
#include "domain/advisory/snapshots.h"

struct store;
struct world;

/* Where a renderer puts the pages of more than one path. */
struct world_sink {
    void *context;
    bool (*add)(void *context, struct str path, const char *type, struct str body,
                struct utc modified, struct err *err);
};

/* How pages are made: faces give it, because the domain knows no HTML. Each fills *html in arena. */
struct advisory_renderer {
    void *context;
    const char *version; /* another one: all pages are made again at the start */
    bool (*page)(void *context, const struct advisory_view *view, enum lang lang,
                 struct arena *arena, struct str *html, struct err *err);
    /* rows: all, latest update first */
    bool (*list)(void *context, const struct advisory_rows *rows, enum lang lang,
                 struct arena *arena, struct str *html, struct err *err);
    bool (*home)(void *context, const struct advisory_rows *rows, enum lang lang,
                 struct arena *arena, struct str *html, struct err *err);
    /* Every page made of snapshots, the last first; NULL: none are made. */
    bool (*snapshots)(void *context, const struct world_snapshots *all,
                      const struct world_sink *sink, struct arena *arena, struct err *err);
    /* Every page made of what changes; NULL: none are made. */
    bool (*sheets)(void *context, const struct world_sheets *all, const struct world_sink *sink,
                   struct arena *arena, struct err *err);
};

struct world_options {
    struct str state_dir; /* its folder public/ is made when missing */
    const struct advisory_site *site;
    const struct advisory_renderer *renderer;
};

/* Makes the whole world when there is none yet or when it was made by another renderer or for another site. ERR_IO, ERR_STORE… */
MUST_CHECK bool world_open(const struct world_options *options, struct world **out,
                           struct err *err);
void world_close(struct world *world);
DEFINE_CLEANUP(struct world, world_close)
struct store *world_store(struct world *world); /* advisories.db, for backups */
const struct advisory_site *world_site(const struct world *world);

/**
 * Makes a view public: its row, its pages and documents, the lists and feeds, and then the manifest, which is the instant.
 *
 * publication_id  the desk's; again with the same id and view: the world is as it was. Another view under it: ERR_BUG
 * err             ERR_IO, ERR_STORE, ERR_SEGMENT, ERR_TOO_LARGE
 * Rule:           PUB-01, PUB-16
 */
MUST_CHECK bool world_publish(struct world *world, int64_t publication_id,
                              const struct advisory_view *view, struct utc now, struct err *err);
/* Makes a snapshot public, with the pages that all of them are shown on. Again with the same: the world is as it was. Rule: PUB-13 */
MUST_CHECK bool world_publish_snapshot(struct world *world, const struct world_snapshot *snapshot,
                                       struct err *err);
/* The same for what changes; *changed: its pages are made anew. Rule: UNR-02 */
MUST_CHECK bool world_publish_sheet(struct world *world, const struct world_sheet *sheet,
                                    bool *changed, struct err *err);
/* Everything again from advisories.db. */
MUST_CHECK bool world_rebuild(struct world *world, struct err *err);

/* Many at once, for demonstrations and imports: rows only; world_rebuild shows them. */
MUST_CHECK bool world_put(struct world *world, int64_t publication_id,
                          const struct advisory_view *view, struct utc now, struct err *err);
MUST_CHECK bool world_put_snapshot(struct world *world, const struct world_snapshot *snapshot,
                                   struct err *err);
MUST_CHECK bool world_count(struct world *world, int64_t *out, struct err *err);

/* The hash by which a publication is known. */
MUST_CHECK bool world_hash(const struct advisory_view *view, struct arena *arena, struct str *hash,
                           struct err *err);

/* Produces every format in memory and checks it, days before the date (PUB-01): what advisory_check says, CSAF's mandatory tests, XML
 * that is well-formed, pages that are not empty. Faults of our own making are faults as well: out says which format. */
void world_rehearse(const struct advisory_view *view, const struct advisory_site *site,
                    const struct advisory_renderer *renderer, struct arena *arena,
                    struct advisory_faults *out);
