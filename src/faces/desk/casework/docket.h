/* faces/desk/casework/docket.h: what is before the publication judgement committee, in words: on the pages of a case and on those of the members. */
#pragma once
#include "domain/casework/committee.h"
#include "faces/desk/casework/views.h"

/* The bodies read everything; a member how the others voted only once the committee has judged; the developer what concerns itself. */
enum docket_reader { DOCKET_BODY, DOCKET_MEMBER, DOCKET_DEVELOPER };

struct tag_view docket_tag(enum lang lang, const struct docket *d);
/* Who acts next; empty when nobody does. Rule: UNR-08 */
struct str docket_waits_for(enum lang lang, const struct docket *d);
struct str docket_cause(enum lang lang, const struct docket *d);
/* "12 days" since it was put before the committee. Rule: UNR-08 */
struct str docket_waiting(struct request *req, const struct docket *d);
void docket_fill(struct request *req, const struct docket *d, enum docket_reader reader,
                 struct fact_list *out);
/* What was gathered when the criteria were checked. */
void docket_fill_bundle(struct request *req, struct str bundle, struct fact_list *facts,
                        struct attempt_rows *attempts);
/* "Not yet" of a vote's code. */
const char *docket_vote_words(struct str code);
