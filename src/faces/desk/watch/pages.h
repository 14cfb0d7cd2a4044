/* faces/desk/watch/pages.h: the handlers of the collection tool, and what they share. For this folder alone. */
#pragma once
#include "domain/watch/list.h"
#include "faces/desk/context.h"
#include "faces/desk/frame.h"

#define WATCH_HANDLER(name) bool name(struct request *req, struct response *res, struct err *err)
WATCH_HANDLER(watch_index);
WATCH_HANDLER(watch_begin);
WATCH_HANDLER(watch_make);
WATCH_HANDLER(watch_checklist);
WATCH_HANDLER(watch_decide_chosen);
WATCH_HANDLER(watch_search_now);
WATCH_HANDLER(watch_products);
WATCH_HANDLER(watch_products_add);
WATCH_HANDLER(watch_products_drop);
WATCH_HANDLER(watch_products_upload);
WATCH_HANDLER(watch_settings);
WATCH_HANDLER(watch_settings_keep);
WATCH_HANDLER(watch_removal);
WATCH_HANDLER(watch_remove_it);
WATCH_HANDLER(watch_csv);
WATCH_HANDLER(watch_json);
WATCH_HANDLER(watch_feed_show);
WATCH_HANDLER(watch_feed_renew);
WATCH_HANDLER(watch_feed_stop);
WATCH_HANDLER(watch_feed_read);
WATCH_HANDLER(watch_touched);

/* The list of the path, for whoever asks. ERR_ABSENT */
MUST_CHECK bool watch_of(struct request *req, struct tx *tx, struct watch_list *out,
                         struct err *err);
/* The same for what its owner alone does. ERR_ABSENT */
MUST_CHECK bool watch_own(struct request *req, struct tx *tx, struct watch_list *out,
                          struct err *err);
/* "/watch/ID" with more behind it. */
struct str watch_path(struct request *req, const struct watch_list *list, const char *more);
void watch_crumbs(struct request *req, const struct watch_list *list, struct frame *frame);
/* Searches the list at once when it is short; a longer one, or one that cannot be searched now, the clock takes up in a moment. */
void watch_try_search(struct request *req, const struct watch_list *list);
/* The list's conditions, one a line; empty: it has none. */
struct str watch_conditions_in_words(struct request *req, const struct watch *watch);
struct tag_view watch_state_tag(const struct request *req, enum watch_state state);
/* Which products of which lists an entry touches. */
struct str watch_touched_href(struct request *req, struct str name);
/* The page of an entry on the portal. */
struct str watch_record_href(struct request *req, struct str name);
/* What is wrong with pasted lines, in the reader's language. */
const char *watch_wrong_line(struct request *req, struct str line);
