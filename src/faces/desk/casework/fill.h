/* faces/desk/casework/fill.h: parts of a case's page that several pages show. */
#pragma once
#include "domain/casework/talk.h"
#include "faces/desk/casework/scene.h"
#include "faces/desk/casework/views.h"

/* Number, title, state, sentence, clock, timeline: what every page of a case begins and ends with. A developer is shown its own entries alone. */
MUST_CHECK bool fill_frame(struct request *req, struct scene *s, struct case_page_view *v,
                           struct err *err);
/* After the forms: the one that stays open shows it too. */
void fill_fault(struct request *req, const struct err *fault, struct case_page_view *v);
/* What may be done on a report and on a case alike: the impact, the working title. base: "/cases/ID" */
void fill_common_deeds(struct request *req, const struct scene *s, struct str base,
                       struct deeds *deeds);
/* A field of the report that is for its readers; with_circumstances: also whom the finder told and what it intends, which is for the bodies alone. */
bool fill_shows(const struct form_field *field, bool with_circumstances);
/* The report's texts by information class, as the grant allows. */
MUST_CHECK bool fill_texts(struct request *req, struct scene *s, struct case_page_view *v,
                           struct err *err);
/* The files this reader may have, and what it may let go further. of: a developer, for its thread's alone; else NULL. */
MUST_CHECK bool fill_files(struct request *req, struct scene *s, const struct developer *of,
                           struct case_page_view *v, struct err *err);
/* The developers of the case; many of them in groups, narrowed down by the query. Rule: COO-06 COO-12 */
MUST_CHECK bool fill_grid(struct request *req, const struct scene *s, struct case_page_view *v,
                          struct err *err);
/* All of them as a file, for the bodies. */
MUST_CHECK bool grid_send(struct request *req, struct response *res, enum sheet_format format,
                          struct err *err);
/* One page of a thread, the newest unless the query asks for older ones; is_whole: all of it, for paper. */
MUST_CHECK bool fill_talks(struct request *req, struct scene *s, enum thread thread,
                           const struct developer *of, bool is_whole, struct talks *out,
                           struct pager_view *pager, struct err *err);
/* Notes inside the reader's own body or organisation; it reads and writes them. base: "/cases/ID/answer" */
MUST_CHECK bool fill_notes(struct request *req, struct scene *s, enum thread thread,
                           const struct developer *of, struct str base, struct case_page_view *v,
                           struct err *err);
/* Of the entries, what this reader may know of. */
bool fill_may_see_entry(const struct subject *who, const struct scene *s, const struct entry *e);
struct str fill_name(const struct request *req, const struct developer *d);
/* The conversation with the finder, and what it takes to open its identity (FND-01); the receiving body's pages of products and websites. */
MUST_CHECK bool fill_finder_thread(struct request *req, struct scene *s, struct case_page_view *v,
                                   struct err *err);
MUST_CHECK bool fill_identity(struct request *req, struct scene *s, struct case_page_view *v,
                              struct err *err);
/* Receipt number, instant, and what the finder was told at the end. */
MUST_CHECK bool fill_reception(struct request *req, struct scene *s, struct case_page_view *v,
                               struct err *err);
/* What has happened, the newest first, as far as this reader may know of it. */
MUST_CHECK bool fill_entries(struct request *req, struct scene *s, struct case_page_view *v,
                             struct err *err);
/* All that this reader may see of the case: a body's page or a developer's own. The transaction is a write: a first look is an event, and what
 * stands there has been read. */
MUST_CHECK bool fill_case(struct request *req, struct scene *s, struct case_page_view *v,
                          struct err *err);
/* What one developer has been sent and has answered, for the bodies. */
MUST_CHECK bool fill_party(struct request *req, struct scene *s, const struct developer *d,
                           struct fact_list *out, struct err *err);
/* All that the receiving body may see of a website's case. */
MUST_CHECK bool fill_website(struct request *req, struct scene *s, struct case_page_view *v,
                             struct err *err);
/* How the publication date came about, oldest first, as far as this reader may know of it. Rule: COO-21 COO-22 */
MUST_CHECK bool fill_dates(struct request *req, struct scene *s, struct case_page_view *v,
                           struct err *err);
/* Cases and published advisories that may be about the same. room: where links to cases lead. Rule: INT-22 */
MUST_CHECK bool fill_like(struct request *req, struct scene *s, const char *room,
                          struct case_page_view *v, struct err *err);
struct analysis;
struct tag_view analysis_tag(const struct request *req, const struct analysis *a);
/* Analyses by third parties: what was asked and answered, for the bodies; and the report's texts in blocks, from a record of its fields. */
MUST_CHECK bool fill_analyses(struct request *req, struct scene *s, struct case_page_view *v,
                              struct err *err);
void fill_blocks(struct request *req, enum report_target target, struct str record,
                 bool with_circumstances, struct class_blocks *out);
/* The form to hand the case over to a colleague. base: "/cases/ID" */
MUST_CHECK bool fill_handover(struct request *req, struct scene *s, struct str base,
                              struct deeds *deeds, struct err *err);
/* A later date than may be set alone: proposed by one officer of CB, decided on by another. Rule: COO-21 */
MUST_CHECK bool fill_later_date(struct request *req, struct scene *s, struct case_page_view *v,
                                struct err *err);
/* Cases it was merged or split with, and the deeds that do so; for the bodies. */
MUST_CHECK bool fill_belongs(struct request *req, struct scene *s, struct case_page_view *v,
                             struct err *err);
/* CVE numbers of the case, one for each vulnerability; for the bodies. */
MUST_CHECK bool fill_numbers(struct request *req, struct scene *s, struct case_page_view *v,
                             struct err *err);
/* Foreign coordinators: who takes part, what was said; for the bodies. */
MUST_CHECK bool fill_exchanges(struct request *req, struct scene *s, struct case_page_view *v,
                               struct err *err);
/* Rooms that developers of the case share: for the coordinating body, which proposes them, and for a developer that was asked into one. */
MUST_CHECK bool fill_rooms(struct request *req, struct scene *s, struct case_page_view *v,
                           struct err *err);
/* Priority provision: how far it is, and what this reader may do; for the bodies, and for a developer on its own page. */
MUST_CHECK bool fill_priority(struct request *req, struct scene *s, struct case_page_view *v,
                              struct err *err);
MUST_CHECK bool fill_own_priority(struct request *req, struct scene *s, struct case_page_view *v,
                                  struct err *err);
/* A leak, an exploit or an attack: what this reader may know of it, and do; for the bodies, and for a developer on its own page. The form and
 * the words for the finder's mailbox too. */
struct observation;
struct observed;
MUST_CHECK bool fill_observed(struct request *req, struct scene *s, struct case_page_view *v,
                              struct err *err);
void observed_claim_deed(struct request *req, struct deeds *deeds, struct str path,
                         int64_t version);
MUST_CHECK bool observed_from_form(struct request *req, struct observed *out, struct err *err);
struct str observed_kind(const struct request *req, const struct observation *o);
struct tag_view observed_tag(const struct request *req, const struct observation *o);
/* The finder's questions that wait: for the receiving body as they were asked, for the coordinating body as it is consulted. Rule: INT-12 */
MUST_CHECK bool fill_inquiries(struct request *req, struct scene *s, struct case_page_view *v,
                               struct err *err);
MUST_CHECK bool fill_consultations(struct request *req, struct scene *s, struct case_page_view *v,
                                   struct err *err);
/* The finder's request, after one year, to be released from silence: how far it is for whoever knows of the case, what to answer for the receiving
 * body. Rule: FND-12 */
MUST_CHECK bool fill_withdrawal(struct request *req, struct scene *s, struct case_page_view *v,
                                struct err *err);
/* Before the publication judgement committee: where it stands, what this reader may do; for the bodies, and for the developer on its own page. */
MUST_CHECK bool fill_committee(struct request *req, struct scene *s, struct case_page_view *v,
                               struct err *err);
MUST_CHECK bool fill_own_committee(struct request *req, struct scene *s, struct case_page_view *v,
                                   struct err *err);
/* The end of the product's support: what is known, which of the cases A to E it is; CB records it. */
MUST_CHECK bool fill_eol(struct request *req, struct scene *s, struct case_page_view *v,
                         struct err *err);
/* The developers of the list that are not in the case, as choices; those that resemble its title first. */
MUST_CHECK bool fill_listed_developers(struct request *req, const struct scene *s,
                                       struct field_view *f, struct err *err);
/* Reaching a developer: the ledger of attempts for the bodies, the steps with one that cannot be reached for CB. */
MUST_CHECK bool fill_reach(struct request *req, struct scene *s, const struct developer *d,
                           struct case_page_view *v, struct err *err);
struct str case_href(struct request *req, const struct scene *s,
                     const char *rest); /* "/cases/ID" + rest */
