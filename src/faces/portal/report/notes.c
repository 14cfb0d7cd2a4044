#include "faces/portal/report/notes.h"

#include "base/attr.h"
#include "base/utc.h"
#include "domain/casework/report_form.h"

#define BOTH (REPORT_PRODUCT | REPORT_WEBSITE)

const struct report_note report_notes[] = {
    { BOTH, "LGL-06", N_("Please handle the information with sincerity"),
      N_("Investigating and reporting a vulnerability is useful to society when the information is managed sincerely.") },
    { REPORT_PRODUCT, "FND-09", NULL,
      N_("Please do not tell third parties until the receiving body and the coordinating body have published it. If you have a good reason to tell somebody, please ask the receiving body first.") },
    { REPORT_WEBSITE, "FND-09", NULL,
      N_("Please do not tell third parties until the website has been fixed. If you have a good reason to tell somebody, please ask the receiving body first.") },
    { BOTH, "INT-19", N_("What the receiving body does not judge"),
      N_("The receiving body does not look into how you obtained the information. It may refuse information that has obviously been obtained by illegal means.") },
    { BOTH, "INT-19", NULL,
      N_("That a report is accepted is no judgement that the way it was found was legal, and it does not free you from liability.") },
    { BOTH, "LGL-01", N_("Acts that may break the law"),
      N_("Using a vulnerability to get around an access control and use another system over a network breaks the Unauthorised Computer Access Act.") },
    { BOTH, "LGL-02", NULL,
      N_("Obtaining somebody else's password without the administrator's consent and logging in without the right to do so breaks the same Act.") },
    { BOTH, "LGL-03", NULL,
      N_("Deliberately slowing a server down may be obstruction of business by fraud or by force; heavier interference may be obstruction of business by damaging a computer.") },
    { BOTH, "LGL-04", NULL,
      N_("Intercepting encrypted wireless communication and decrypting it, for example to find a WEP key, may touch article 109-2 of the Radio Act.") },
    { BOTH, "LGL-05", N_("Acts that are presumably no unauthorised access"),
      N_("Logging in to a site in the normal way and observing the communication.") },
    { BOTH, "LGL-05", NULL,
      N_("Typing HTML tags into an input field and seeing them displayed, without getting around an access control.") },
    { BOTH, "LGL-05", NULL,
      N_("Changing a date or a page number in an address to browse in the normal way, and by accident seeing something that was not meant to be seen. Trying many values on purpose may be regarded as getting around the access control.") },
    { BOTH, "LGL-07", N_("When information is published without sincerity"),
      N_("Publishing what you know to be false, or something true in order to defame and without public interest, may be defamation.") },
    { BOTH, "LGL-07", NULL,
      N_("Spreading what you know to be false so that somebody loses credit may be the crime of damaging credit.") },
    { BOTH, "LGL-07", NULL,
      N_("Publishing without reasonable care may make you liable for the loss it causes.") },
};
const size_t report_note_count = COUNT(report_notes);

struct str report_notes_date(struct arena *arena, enum lang lang)
{
    enum { YEAR = 2013, MONTH = 3 };
    struct utc printed = utc_from_jst((struct civil){ .year = YEAR, .month = MONTH, .day = 1 });

    return lang == LANG_JA ? arena_printf(arena, "%d年%d月", YEAR, MONTH)
                           : str_drop(tr_date(arena, LANG_EN, printed), 2); /* without the day */
}
