#include "faces/desk/casework/phrases.h"

#include "faces/desk/frame.h"

/* clang-format off */
static const struct {
    enum phrase_to to;
    const char *code, *label, *text; /* "{number}": of the case; a finder knows its receipt number alone */
} phrases[] = {
    { PHRASE_TO_FINDER,    "versions", N_("Ask which versions"),
      N_("Thank you for your report. So that it can be examined, please tell us in which versions of the product you have seen this, and which ones you have not tried.") },
    { PHRASE_TO_FINDER,    "steps",    N_("Ask for the steps"),
      N_("Thank you for your report. We could not follow how it comes about. Please describe the steps one by one, what you saw, and what you would have expected.") },
    { PHRASE_TO_FINDER,    "waiting",  N_("Tell that it takes time"),
      N_("Thank you for waiting. What you reported is still being handled. We will write to you again as soon as there is something to tell; until then, please keep it to yourself.") },
    { PHRASE_TO_DEVELOPER, "result",   N_("Ask for the verification result"),
      N_("Please tell us whether your products are affected by what we sent you in {number}, in which versions, and whether you knew of it before.") },
    { PHRASE_TO_DEVELOPER, "status",   N_("Ask how the countermeasure is coming along"),
      N_("Please tell us how far the countermeasure for {number} has come, and by when you expect it to be ready.") },
    { PHRASE_TO_DEVELOPER, "date",     N_("Talk about the publication date"),
      N_("We would like to settle the publication date of {number}. Please tell us which dates suit you, which do not, and the reason.") },
    { PHRASE_TO_DEVELOPER, "thanks",   N_("Thank for an answer"),
      N_("Thank you for your answer about {number}. We will write to you when something changes; until the publication, please keep it secret.") },
    { PHRASE_TO_OPERATOR,  "progress", N_("Ask how the repair is coming along"),
      N_("Please tell us how the repair of the website is coming along, and by when you expect it to be done.") },
    { PHRASE_TO_OPERATOR,  "repaired", N_("Ask to tell when it is repaired"),
      N_("Thank you for your answer. Please let us know when the repair is done, so that we can tell the finder.") },
};
/* clang-format on */

/* This page with the sentence in that language; when it is the one that was asked for, it stands in the text. */
static struct str link_to(struct request *req, size_t i, enum lang lang, struct str number,
                          struct deed_view *deed, struct field_view *text)
{
    struct str code =
        arena_printf(req->arena, "%s.%.*s", phrases[i].code, STR_ARG(lang_code(lang)));

    if (req->method == METHOD_GET && str_eq(request_query(req, "phrase"), code)) {
        deed->is_open = true;
        text->value = tr_fill(req->arena, lang, phrases[i].text, TR_ARGS({ "number", number }));
    }
    return arena_printf(req->arena, "%.*s#%.*s", STR_ARG(frame_here(req, "phrase", code)),
                        STR_ARG(deed->id));
}

void phrases_fill(struct request *req, enum phrase_to to, struct str number, struct deed_view *deed,
                  struct field_view *text)
{
    for (size_t i = 0; i < COUNT(phrases); i++) {
        if (phrases[i].to == to)
            VEC_PUSH(req->arena, &deed->phrases,
                     (struct phrase_link){ .label = tr(req->lang, phrases[i].label),
                                           .ja = link_to(req, i, LANG_JA, number, deed, text),
                                           .en = link_to(req, i, LANG_EN, number, deed, text) });
    }
}
