/* faces/desk/casework/phrases.h: sentences that officers write often, in both languages whatever the page's: a link fills one in, and nothing is
 * sent before somebody has read it and pressed the button. */
#pragma once
#include "faces/desk/casework/deed.h"

enum phrase_to { PHRASE_TO_FINDER, PHRASE_TO_DEVELOPER, PHRASE_TO_OPERATOR };

/* Links of a deed that writes a message; the one that ?phrase= names stands in `text` and opens it. number: of the case. */
void phrases_fill(struct request *req, enum phrase_to to, struct str number, struct deed_view *deed,
                  struct field_view *text);
