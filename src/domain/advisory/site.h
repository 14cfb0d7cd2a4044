/* domain/advisory/site.h: whose advisories these are: the names and addresses that stand in every format. */
#pragma once
#include "base/settings.h"
#include "base/tr.h"
#include "base/utc.h"
#include "domain/casework/source.h"

struct advisory_site {
    struct str portal_url, desk_url; /* without a slash at the end */
    struct str publisher_ja, publisher_en, publisher_namespace;
    struct str receiving_ja, receiving_en, coordinating_ja, coordinating_en;
    int64_t target_days; /* from the first contact to publication, as a rule (COO-15) */
};
struct advisory_site advisory_site_from(const struct settings *settings);

/* The first part of the numbers of each series. Rule: PUB-07 */
struct number_prefixes prefixes_from(const struct settings *settings);

struct str site_publisher(const struct advisory_site *site, enum lang lang);

/* Everything of it in one text, to see whether pages were made for another site. */
struct str site_fingerprint(const struct advisory_site *site, struct arena *arena);

/* Where a document of an advisory stands, below portal_url. year: of its first publication, in UTC, as CSAF wants it. */
struct str path_of_page(struct str slug, enum lang lang,
                        struct arena *arena);                  /* "/en/advisories/NRS48213075" */
struct str path_of_json(struct str slug, struct arena *arena); /* "/advisories/NRS48213075.json" */
struct str path_of_vuldef(struct str slug, enum lang lang,
                          struct arena *arena); /* "/vuldef/NRS48213075.xml" */
struct str csaf_file_of(struct str number, struct utc published,
                        struct arena *arena); /* "2026/nrs_48213075.json" */
#define PATH_CSAF       "/.well-known/csaf/"
#define PATH_CSAF_WHITE PATH_CSAF "white/"

/* The whole address of its page. */
struct str url_of_page(const struct advisory_site *site, struct str number, enum lang lang,
                       struct arena *arena);
