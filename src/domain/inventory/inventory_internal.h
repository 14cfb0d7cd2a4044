/* domain/inventory/inventory_internal.h: how the makers of an inventory put it together. */
#pragma once
#include "base/lookup.h"
#include "domain/inventory/read.h"

struct cyclonedx;
struct spdx;
struct packages;
struct os_release;
struct purl;

MUST_CHECK bool inventory_from_cyclonedx(const struct cyclonedx *document, struct arena *arena,
                                         struct inventory *out, struct err *err);
MUST_CHECK bool inventory_from_spdx(const struct spdx *document, struct arena *arena,
                                    struct inventory *out, struct err *err);
/* out->os says where they are installed; if it does not, the packages' versions may. */
MUST_CHECK bool inventory_from_packages(const struct packages *packages, struct arena *arena,
                                        struct inventory *out, struct err *err);
void inventory_from_os_release(const struct os_release *os, struct inventory *out);

/* Adds one; texts are cleaned of control characters. ERR_TOO_LARGE */
MUST_CHECK bool inventory_add(struct inventory *out, struct arena *arena,
                              const struct component *component, struct err *err);
/* Room for so many, if there is none yet. */
void inventory_reserve(struct inventory *out, struct arena *arena, size_t count);
/* from needs to: places in components. ERR_TOO_LARGE */
MUST_CHECK bool inventory_link(struct inventory *out, struct arena *arena, size_t from, size_t to,
                               struct err *err);
void inventory_clean(struct component *component, struct arena *arena);
void inventory_problem(struct inventory *out, struct arena *arena, size_t line, struct str where,
                       const char *what, struct str subject);

/* Makes the component's purl of what the list gives: canonical; a purl that is none is a problem. Fills in from it what the component
 * lacks: version, source package (qualifier "upstream"), and the inventory's operating system (qualifier "distro"). */
void inventory_set_purl(struct component *component, struct str text, struct arena *arena,
                        struct inventory *out);
/* Adds a CPE as it is given; one that is none is a problem as well. */
void inventory_add_cpe(struct component *component, struct str text, struct arena *arena,
                       struct inventory *out);
/* "debian-12", "alpine-3.16.3" */
void inventory_os_from_distro(struct str distro, struct operating_system *os);

/* Every component gets a ref, and no two the same; once, when all are there. */
void inventory_finish(struct inventory *out, struct arena *arena);
