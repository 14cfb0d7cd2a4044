/* domain/casework/answer.h: what a developer does in a case (COO-08 to 13, 21, 23 to 27). `who` is a PM of the developer's
 * organisation; each function runs in the caller's TX_WRITE. */
#pragma once
#include "domain/casework/case.h"

/* The first look at what was sent. Nothing happens when it was looked at before. */
MUST_CHECK bool answer_seen(struct tx *tx, const struct subject *who, struct product_case *c,
                            struct developer *d, struct utc now, struct arena *arena,
                            struct err *err);
/* V03. name_consent: may be named at publication as having no product. */
MUST_CHECK bool answer_no_product(struct tx *tx, const struct subject *who, struct product_case *c,
                                  struct developer *d, bool name_consent, struct str words,
                                  struct utc now, struct arena *arena, struct err *err);
/* V04. acknowledged: the warning of COO-11 was shown and accepted. */
MUST_CHECK bool answer_request_detail(struct tx *tx, const struct subject *who,
                                      struct product_case *c, struct developer *d,
                                      bool acknowledged, struct utc now, struct arena *arena,
                                      struct err *err);

struct product_result { /* one product of the developer */
    struct str name, affected_versions, fixed_versions,
        affected; /* affected: YES, NO, INVESTIGATING */
};
struct product_results {
    VEC_OF(struct product_result);
};
enum { PRODUCT_RESULTS_MAX = 50 };
/* V06 with N16: affected YES, NO or INVESTIGATING; novelty NEW or KNOWN; words: reason. */
MUST_CHECK bool answer_result(struct tx *tx, const struct subject *who, struct product_case *c,
                              struct developer *d, struct str affected, struct str novelty,
                              struct str words, const struct product_results *products,
                              struct utc now, struct arena *arena, struct err *err);
/* V07, V08, V14 with N17 to both bodies (COO-24). countermeasure (GEN-06): PLANNED, WORKAROUND, FIX, STOP_USE. After publication it is an update (COO-26). */
struct status_report {
    struct str countermeasure, words, statement_ja, statement_en, url;
};
MUST_CHECK bool answer_status(struct tx *tx, const struct subject *who, struct product_case *c,
                              struct developer *d, const struct status_report *report,
                              struct utc now, struct arena *arena, struct err *err);

/* The same while it is being written: kept for the developer's own managers, sealed under the case's key, and nobody is told. */
struct status_draft {
    struct status_report report;
    struct utc kept; /* 0: there is none */
    struct str by;   /* who kept it last */
    int64_t version; /* 0: there is none */
};
/* Empty for everybody else, and when the case's key is gone. */
MUST_CHECK bool answer_draft(struct tx *tx, const struct subject *who, const struct product_case *c,
                             const struct developer *d, struct arena *arena,
                             struct status_draft *out, struct err *err);
/* Of draft: report, any of which may be empty, and version: ERR_CHANGED_MEANWHILE when a colleague was faster. ERR_INPUT */
MUST_CHECK bool answer_keep_draft(struct tx *tx, const struct subject *who,
                                  const struct product_case *c, const struct developer *d,
                                  const struct status_draft *draft, struct utc now,
                                  struct arena *arena, struct err *err);
/* What stood in it has been reported. */
MUST_CHECK bool answer_drop_draft(struct tx *tx, const struct subject *who,
                                  const struct product_case *c, const struct developer *d,
                                  struct err *err);
/* A countermeasure that is there: WORKAROUND, FIX or STOP_USE. */
bool answer_is_countermeasure(struct str countermeasure);
/* A developer's report of its own product (own_product.h): facts and payload of its entry, readable by answer_load. ERR_INPUT */
MUST_CHECK bool answer_own_records(const struct product_results *products,
                                   const struct status_report *report, struct arena *arena,
                                   struct developer *d, struct details *details, struct err *err);
/* COO-13 with N16. */
MUST_CHECK bool answer_hint(struct tx *tx, const struct subject *who, struct product_case *c,
                            struct developer *d, struct str developer_name, struct str product,
                            struct str reason, struct utc now, struct arena *arena,
                            struct err *err);
/* COO-21 with N37. A request, never a change by itself. */
MUST_CHECK bool answer_wish_date(struct tx *tx, const struct subject *who, struct product_case *c,
                                 struct developer *d, struct utc proposed, struct str reason,
                                 struct utc now, struct arena *arena, struct err *err);
/* V13 */
MUST_CHECK bool answer_refuse(struct tx *tx, const struct subject *who, struct product_case *c,
                              struct developer *d, struct str reason, struct utc now,
                              struct arena *arena, struct err *err);

/* What a developer reported last, opened: words, products, statement. Empty when nothing. */
struct developer_report {
    struct str words, statement_ja, statement_en, url, status_words;
    struct product_results products;
};
MUST_CHECK bool answer_load(struct tx *tx, const struct product_case *c, const struct developer *d,
                            struct arena *arena, struct developer_report *out, struct err *err);
