/* formats/version/version.h: the order of versions, one rule a scheme. Pure: text in, an order out; no allocation, digits of any length. */
#pragma once
#include "base/attr.h"
#include "base/str.h"

struct err;

enum { VERSION_TEXT_MAX = 4096, VERSION_KEY_MAX = 512 };

/* Names in `version compare`, in records and in index files are those of version_scheme_name: never renumber in a file. */
enum version_scheme {
    VERSION_GENERIC, /* no authority: CPE ranges, CVE's `custom` */
    VERSION_SEMVER,
    VERSION_NPM,
    VERSION_PYPI,
    VERSION_MAVEN,
    VERSION_GEM,
    VERSION_GOLANG,
    VERSION_NUGET,
    VERSION_COMPOSER,
    VERSION_CARGO,
    VERSION_HEX,
    VERSION_PUB,
    VERSION_DEB,
    VERSION_RPM,
    VERSION_APK,
    VERSION_ALPM,
    VERSION_GENTOO,
    VERSION_CRAN,
    VERSION_HACKAGE,
    VERSION_CONAN,
    VERSION_OPENSSL,
    VERSION_DATETIME,      /* VERS: RFC 3339 */
    VERSION_LEXICOGRAPHIC, /* VERS: by its bytes */
    VERSION_SCHEMES
};

struct str version_scheme_name(enum version_scheme scheme); /* "semver" */
/* false when there is none of that name; also takes purl types (pypi, gem, golang, alpm, ebuild …) and OSV's and CVE's words for one */
bool version_scheme_from_name(struct str name, enum version_scheme *out);

/**
 * A total order over all texts: negative, 0, positive. What the scheme's tools would not order is ordered by the generic rule and stands
 * before everything that they do, so that sorting never fails; ask version_is_valid where it matters what the scheme allows.
 *
 * a, b   at most VERSION_TEXT_MAX bytes; the bytes beyond are not looked at
 * Rule:  matching 4.9
 */
int version_compare(enum version_scheme scheme, struct str a, struct str b);
bool version_is_valid(enum version_scheme scheme, struct str text);

/**
 * The same order as bytes: memcmp of two keys (the shorter first where one begins the other) says what version_compare says. Made once
 * for a bound of a range, so that millions of comparisons cost a memcmp each.
 *
 * out    at least VERSION_KEY_MAX bytes
 * Gives its length, at most VERSION_KEY_MAX; 0 when this text has no key of that size: then compare the texts.
 */
size_t version_key(enum version_scheme scheme, struct str text, unsigned char *out);

/* What a range demands of a version. VERSION_BELOW: less, and no pre-release of the bound either (npm's ^1.2.3 holds no 2.0.0-rc). */
enum version_relation {
    VERSION_ANY,
    VERSION_EQUAL,
    VERSION_NOT_EQUAL,
    VERSION_LESS,
    VERSION_BELOW,
    VERSION_LESS_OR_EQUAL,
    VERSION_GREATER,
    VERSION_GREATER_OR_EQUAL
};
struct version_bound {
    size_t alternative; /* from 0; ascending */
    enum version_relation relation;
    struct str version; /* lives until the call ends */
};
typedef void version_bound_fn(void *context, const struct version_bound *bound);

/**
 * Takes a range apart as the ecosystem itself writes it (npm "^1.2 || 3.x", pip ">=1,<2", Maven "[1,2)", gem "~> 1.2", Composer, Cargo,
 * NuGet, Hex, Pub, Conan): a version lies in it when all bounds of one alternative hold. Each alternative has a bound at least.
 *
 * range   at most VERSION_TEXT_MAX bytes, else ERR_TOO_LARGE
 * err     ERR_VERSION_RANGE: not a range of that scheme, or the scheme has none
 */
MUST_CHECK bool version_walk_range(enum version_scheme scheme, struct str range,
                                   version_bound_fn *each, void *context, struct err *err);

/* Does this version lie in it? npm and Cargo hold pre-releases only beside a bound that names one of the same version; the others hold them
 * by their order (pip: as with --pre). */
MUST_CHECK bool version_in_native_range(enum version_scheme scheme, struct str range,
                                        struct str version, bool *out, struct err *err);
