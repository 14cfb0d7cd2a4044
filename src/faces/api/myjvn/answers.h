/* faces/api/myjvn/answers.h: what each method answers. For this folder alone. */
#pragma once
#include "faces/api/myjvn/request.h"
#include "formats/myjvn/myjvn.h"

struct tx;

enum { MYJVN_ANSWER_MAX = 24 << 20 };

/* Fills the status and writes the answer. *total: of all pages. ERR_STORE, ERR_CATALOG_RECORD, ERR_SEGMENT */
struct myjvn_answering {
    struct request *req;
    struct tx *tx;
    struct myjvn_request *asked;
    struct myjvn_site site;
    struct buf *out;
};
MUST_CHECK bool myjvn_answer_alerts(struct myjvn_answering *answering, struct err *err);
/* The head of an answer that holds its status alone, in the root of its method. */
void myjvn_answer_alone(struct myjvn_answering *answering);
struct myjvn_alerts myjvn_alerts_head(const struct myjvn_answering *answering);
/* How many of total stand on the page that was asked for, which begins at *from. */
int64_t myjvn_page_of(const struct myjvn_request *asked, int64_t total, int64_t *from);
