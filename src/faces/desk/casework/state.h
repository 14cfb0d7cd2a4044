/* faces/desk/casework/state.h: states, codes and times of a case in words, tags and clocks; computed, never stored. */
#pragma once
#include "domain/casework/case.h"
#include "domain/casework/cve.h"
#include "domain/casework/talk.h"
#include "domain/casework/website.h"
#include "faces/html/parts.h"

struct tag_view state_tag(enum lang lang, enum product_state state);
struct tag_view website_state_tag(enum lang lang, enum website_state state);
struct tag_view developer_state_tag(enum lang lang, enum developer_state state);
struct tag_view affected_tag(enum lang lang, const struct developer *d);
struct tag_view countermeasure_tag(enum lang lang, const struct developer *d);
struct tag_view level_tag(enum lang lang, const struct developer *d);
struct tag_view contact_tag(enum lang lang, const struct developer *d);
struct tag_view grade_tag(enum lang lang, struct str grade);
struct tag_view advisory_tag(enum lang lang, struct str state);
/* The one sentence that says where the case stands and who acts next. */
struct str state_sentence(struct arena *arena, enum lang lang, const struct casework *w,
                          const struct product_case *c, const struct developers *developers);
struct str website_sentence(struct arena *arena, enum lang lang, const struct website *s);
/* Three months and 90 days since the detail notice, the operator's own estimate. Rule: WEB-11 WEB-12 */
void website_clock(struct arena *arena, enum lang lang, const struct website *s, struct utc now,
                   struct clock_view *out);
/* Days used of the target, publication, next deadline, the day of one year. */
void state_clock(struct arena *arena, enum lang lang, const struct casework *w,
                 const struct product_case *c, const struct developers *developers, struct utc now,
                 struct clock_view *out);
struct when_view when_of(struct arena *arena, enum lang lang,
                         struct utc t); /* an instant that has passed */
struct when_view due_of(struct arena *arena, enum lang lang, struct utc now,
                        struct utc due); /* a deadline */
/* An event as a sentence, for the timeline. */
struct tag_view cve_tag(enum lang lang, const struct cve_number *n);
struct str event_words(struct arena *arena, enum lang lang, const struct entry *e);
/* The messages of a thread as parts show them. `body`: who speaks for the other side, when it is not to be named. */
void thread_view(struct arena *arena, enum lang lang, const struct talks *talks, bool name_people,
                 struct str other, struct message_list *out);
