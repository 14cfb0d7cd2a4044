/* domain/matching/ecosystem.h: which ecosystem a package belongs to, and how its name and release are written so that two sources compare. */
#pragma once
#include "base/arena.h"

struct purl;

/* Whose package an advisory of the ecosystem names. */
enum ecosystem_about {
    ABOUT_PACKAGE, /* a language's package */
    ABOUT_SOURCE,  /* a distribution's source package */
    ABOUT_BINARY   /* a distribution's binary package, or its source */
};

/* One package as the advisories of its ecosystem name it, folded: two that are the same have the same texts. */
struct package {
    struct str ecosystem, release, name;
    enum ecosystem_about about;
    bool
        is_derived; /* the ecosystem of the distribution that this one is rebuilt from (CentOS from Red Hat) */
};

/* What is needed of an inventory's operating system where the purl does not say. */
struct distribution {
    struct str id, version; /* "debian", "12" */
};

/**
 * The ecosystem, release and name that a package URL stands for (npm scope, Maven group:artifact, Go module, PyPI's folding …).
 *
 * os     the machine's own system, for packages of a distribution without `distro`
 * Gives false when no ecosystem of advisories is known for the type, or the release of a distribution is not told.
 * Rule:  matching 4.6, 4.8
 */
bool ecosystem_of_purl(const struct purl *purl, struct distribution os, struct arena *arena,
                       struct package *out);

/* An ecosystem that components can be of, as OSV writes it; empty for others. */
struct str ecosystem_name(struct str name);
/* As an advisory writes them ("PyPI" "Foo_Bar", "Alpine" "v3.20"), folded in the same way. Borrowed or in arena. */
struct str ecosystem_fold_name(struct str ecosystem, struct str name, struct arena *arena);
struct str ecosystem_fold_release(struct str ecosystem, struct str release, struct arena *arena);
bool ecosystem_is_distribution(struct str ecosystem);

/* What a component of this purl type can run on, against a criterion's target_sw (a value, plain): false is a contradiction.
 * Rule: matching 4.3.4 */
bool ecosystem_allows_target(struct str purl_type, struct str target_sw);
