/* faces/api/myjvn/request.h: what a client of MyJVN asks for, as it is sent: names and values tell case, what is empty was not sent, what is not known is passed
 * over, lists stand with '+' or blanks between. Pure: fields in, a request or a fault out. */
#pragma once
#include "domain/myjvn/items.h"
#include "faces/http/http.h"

enum myjvn_method {
    METHOD_VENDORS,
    METHOD_PRODUCTS,
    METHOD_OVERVIEW,
    METHOD_DETAIL,
    METHOD_STATISTICS,
    METHOD_ALERTS,
    METHOD_LEGACY, /* a method of former versions that is still called */
    METHOD_UNKNOWN
};

/* A fault as clients are told it: errCd, errMsg. code: empty when there is none */
struct myjvn_fault {
    struct str code, message;
};

struct myjvn_request {
    enum myjvn_method method;
    enum lang lang;
    int64_t start, count; /* startItem, maxCountItem */
    struct myjvn_search search;
    struct myjvn_texts ids; /* vulnId */
    bool has_all, has_cvss, has_cwe;
    struct myjvn_counting counting;
    int64_t updated_year, issued_year; /* of alerts; 0: any */
    bool is_json;
    struct myjvn_status status; /* method, language, feed, echoes; a fault when there is one */
};

/**
 * Reads the fields of the query and of the form, in this order: feed, method, what is needed, each value, what excludes each other, dates.
 *
 * own   prefix of our own series of entries, beside JVNDB; empty: there is none
 * now   where "the last week" ends
 * Returns false with status.error and status.message set; method, lang, is_json and status are set in any case.
 * Rule: API-01
 */
bool myjvn_read_request(const struct fields *query, const struct fields *form, struct str own,
                        struct utc now, struct arena *arena, struct myjvn_request *out);

/* The fault of an answer that could not be made. */
void myjvn_fail(struct myjvn_request *request, struct arena *arena);
int64_t myjvn_most(enum myjvn_method method); /* retMax */
struct str
myjvn_method_name(enum myjvn_method method); /* "getVendorList"; none for LEGACY, UNKNOWN */
