/* formats/myjvn/myjvn.h: the answers of the MyJVN interface (feed=hnd, version 3.3; statistics also feed=itm, 3.2) as the service really writes them, which
 * its clients depend on: prefixes literally so, every answer with the root of its method also when it failed. Pure: structs in, text out. */
#pragma once
#include "formats/jvnrss/jvnrss.h"
#include "formats/vuldef/vuldef.h"

struct xml_writer;

enum myjvn_feed { MYJVN_HND, MYJVN_ITM };

/* A parameter that was sent, as it was sent. */
struct myjvn_echo {
    struct str name, value;
};
/* Numbers below 0 stand empty. */
struct myjvn_status {
    struct str method;
    struct str lang;           /* empty: not told (getAlertList) */
    struct str error, message; /* errCd and errMsg; empty: it went well */
    int64_t max;               /* retMax */
    int64_t largest;           /* retMaxCnt, in statistics; below 0: left out */
    int64_t total, returned, first;
    struct str feed; /* empty: the caller did not say */
    enum myjvn_feed version;
    bool is_file; /* a feed file: lt="1" */
    struct {
        VEC_OF(struct myjvn_echo);
    } echoes;
};

/* The last child of a document that is written in pieces. */
void myjvn_put_status(struct xml_writer *w, const struct myjvn_status *status);

/* ---- vendors and products ---- */

struct myjvn_product {
    int64_t pid;
    struct str name, cpe;
};
struct myjvn_vendor {
    int64_t vid;
    struct str name, cpe;
    struct {
        VEC_OF(struct myjvn_product);
    } products;
};
struct myjvn_vendors {
    VEC_OF(struct myjvn_vendor);
};
/* vendors: NULL for an answer that holds its status alone. Rule: API-01 */
void myjvn_write_vendors(const struct myjvn_vendors *vendors, enum lang lang,
                         const struct myjvn_status *status, struct buf *out);

/* ---- countermeasures ---- */

/* feed: its items; url, title and date of the channel. NULL: its status alone. Rule: API-01 */
void myjvn_write_overview(const struct jvnrss *feed, const struct myjvn_status *status,
                          struct buf *out);
/* lang stands for itself where there is no document (NULL). Rule: API-05 */
void myjvn_write_details(const struct vuldef *document, enum lang lang,
                         const struct myjvn_status *status, struct buf *out);

/* ---- statistics ---- */

enum { MYJVN_SEVERITIES = 5 };
struct myjvn_count {
    struct str date; /* "2024", "2024-1Q", "2024-03" */
    int64_t all;
    int64_t by_severity[MYJVN_SEVERITIES]; /* critical first; of CVSS 2.0 high first */
};
struct myjvn_counts {
    VEC_OF(struct myjvn_count);
};
struct myjvn_statistics {
    bool has_all, has_cvss, has_cwe;
    struct str cwe; /* "CWE-79" */
    struct myjvn_counts all, cvss, by_cwe;
    int64_t vulnerabilities, vendors, products; /* of the whole database */
};
/* statistics: NULL for its status alone. Rule: API-01 */
void myjvn_write_statistics(const struct myjvn_statistics *statistics,
                            const struct myjvn_status *status, struct buf *out);

/* ---- alerts ---- */

enum myjvn_grade { MYJVN_INFO, MYJVN_LOW, MYJVN_MEDIUM, MYJVN_HIGH, MYJVN_CRITICAL };
struct myjvn_notice {
    struct str title, id, summary, url, author, author_url; /* but title and id may be empty */
    struct {
        VEC_OF(struct str);
    } cpes;
    struct utc published, updated;
};
struct myjvn_alert {
    struct str title, id, summary, url; /* summary, url may be empty */
    enum myjvn_grade grade;
    struct utc published, updated;
    struct {
        VEC_OF(struct myjvn_notice);
    } notices;
};
struct myjvn_alerts {
    struct str title, id, url, author, author_url;
    struct utc updated;
    bool has_entries; /* false: its status alone */
    struct {
        VEC_OF(struct myjvn_alert);
    } entries;
};
void myjvn_write_alerts(const struct myjvn_alerts *alerts, const struct myjvn_status *status,
                        struct buf *out);
void myjvn_write_alerts_json(const struct myjvn_alerts *alerts, const struct myjvn_status *status,
                             struct buf *out);
