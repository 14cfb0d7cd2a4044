/* faces/desk/mailbox/status.h: where a report stands, in the finder's words: computed from the case's state, never stored. */
#pragma once
#include "domain/casework/product_case.h"
#include "domain/casework/website_case.h"
#include "faces/html/parts.h"

struct tag_view mailbox_tag(enum lang lang, enum product_state state);
struct tag_view mailbox_website_tag(enum lang lang, enum website_state state);
/* No word of a date, a result or a developer. Rule: FND-04 FND-06 CFD-01 */
struct str mailbox_status(enum lang lang, enum product_state state);
struct str mailbox_website_status(enum lang lang, enum website_state state);
