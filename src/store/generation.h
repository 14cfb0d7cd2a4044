/* store/generation.h: which segments make up the public world now: a small manifest, replaced by rename, so that readers see the
 * world before a publication or after it and nothing between (docs/decisions/0001). */
#pragma once
#include "base/vec.h"
#include "store/segment.h"

struct generation;

enum { GENERATION_SEGMENTS_MAX = 256, GENERATION_MERGE_FROM = 16, GENERATION_RENDERER_MAX = 64 };

struct manifest {
    struct str renderer; /* the version of what made the pages: one word */
    struct {
        VEC_OF(struct segment_name);
    } segments; /* newest first */
};

/* ---- for the writer; one at a time ---- */

/* Waits until no other process writes there; then until close(*fd) nobody else does, of those who ask. ERR_IO */
MUST_CHECK bool generation_lock(const char *folder, int *fd, struct err *err);
/* *found is false when there is none yet. ERR_IO, ERR_SEGMENT when it is not one of ours */
MUST_CHECK bool manifest_load(const char *folder, struct arena *arena, struct manifest *out,
                              bool *found, struct err *err);
/* Puts the segment in front of all others and switches. Again with the same: nothing changes. More than GENERATION_MERGE_FROM are
 * merged into one first; files no manifest names are deleted. */
MUST_CHECK bool generation_add(const char *folder, const struct segment_name *segment,
                               struct err *err);
/* The same with these segments alone (newest first), made by that renderer: a whole new world. */
MUST_CHECK bool generation_replace(const char *folder, struct str renderer,
                                   const struct segment_name *segments, size_t count,
                                   struct err *err);
/* Deletes what lies there and the manifest, which is the present one, does not name: of somebody who was killed before doing so. Under the lock. */
void generation_sweep(const char *folder, const struct manifest *manifest);

/* ---- for readers ---- */

/* What the manifest names now; an empty world when there is no manifest. before: NULL, or an older one whose mappings are shared. */
MUST_CHECK bool generation_open(const char *folder, struct generation *before,
                                struct generation **out, struct err *err);
struct generation *generation_hold(struct generation *generation); /* from any thread */
void generation_close(struct generation *generation);
DEFINE_CLEANUP(struct generation, generation_close)
/* The newest entry of that path; false when there is none or it is gone. Borrowed while the generation is held. */
bool generation_find(const struct generation *generation, struct str path,
                     struct segment_entry *out);
size_t generation_segments(const struct generation *generation);
/* Everything that can be found, each path once. False when visit gives up. */
MUST_CHECK bool generation_walk(const struct generation *generation,
                                bool (*visit)(void *context, const struct segment_entry *entry,
                                              struct err *err),
                                void *context, struct err *err);

/* ---- for the process that serves: always the newest, without anybody waiting ---- */
struct watch;
enum { WATCH_EVERY_MS = 250 };
MUST_CHECK bool watch_new(const char *folder, struct watch **out, struct err *err);
void watch_free(struct watch *watch);
DEFINE_CLEANUP(struct watch, watch_free)
/* The present generation, held for the caller (generation_close). Looks whether the manifest is another at most every
 * WATCH_EVERY_MS; what cannot be opened is logged, and the one before stays. */
struct generation *watch_now(struct watch *watch);
