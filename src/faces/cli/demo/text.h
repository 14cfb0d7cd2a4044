/* faces/cli/demo/text.h: what people of the demonstration write about a weakness in a product. The same seed gives the same text. */
#pragma once
#include "domain/advisory/view.h"
#include "domain/casework/answer.h"
#include "faces/cli/demo/words.h"

struct demo_topic {
    const struct demo_product *product;
    const struct demo_weakness *weakness;
    unsigned seed;
};
static inline const struct demo_vendor *topic_vendor(const struct demo_topic *topic)
{
    return &demo_vendors[topic->product->vendor];
}

struct str topic_affected(const struct demo_topic *topic, enum lang lang,
                          struct arena *arena); /* "2.0 から 2.3 まで" */
struct str topic_fixed(const struct demo_topic *topic, struct arena *arena); /* "2.4" */
struct str topic_title(const struct demo_topic *topic, enum lang lang, struct arena *arena);
struct str topic_url(const struct demo_topic *topic, struct arena *arena);
struct str topic_summary(const struct demo_topic *topic,
                         struct arena *arena); /* for developers: no method */
struct product_results topic_results(const struct demo_topic *topic, bool is_affected,
                                     struct arena *arena);

/* The form of a report, complete. */
MUST_CHECK bool topic_report(const struct demo_topic *topic, struct arena *arena,
                             struct str *record, struct err *err);

/* The same about a website. */
MUST_CHECK bool topic_site_report(const struct demo_topic *topic, const struct demo_site *site,
                                  struct arena *arena, struct str *record, struct err *err);

/* Fills texts, weakness, references and, where none stands yet, the product. published: year of the CVE number. */
void topic_write(const struct demo_topic *topic, struct utc published, struct arena *arena,
                 struct advisory_view *view);
/* After it: there is no fix and will be none. */
void topic_advise_stop(const struct demo_topic *topic, struct arena *arena,
                       struct advisory_view *view);
