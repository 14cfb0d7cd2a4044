#include "faces/desk/operator/notes.h"

#include "base/attr.h"
#include "base/utc.h"

const struct operator_legal_note operator_legal_notes[] = {
    { "LGL-11", N_("Your contract with the users"),
      N_("A contract with users includes that a certain level of security is kept, and a privacy policy becomes part of it. A clause that excludes all liability may be void."),
      false },
    { "LGL-12", N_("When information has leaked"),
      N_("A leak of personal data is reported to the competent ministry, and the persons concerned are told."),
      false },
    { "LGL-12", N_("Who is responsible"),
      N_("The operator is the responsible party, even when running the website has been outsourced. Trading partners may claim damages."),
      false },
    { "LGL-12", N_("When others are harmed"),
      N_("An operator whose website spreads malware has a responsibility towards society."),
      false },
    { "LGL-13", N_("Municipalities: disclosure"),
      N_("Information on a vulnerability may be treated as falling under the exemption of the disclosure ordinance, and kept unpublished until it is fixed."),
      true },
    { "LGL-13", N_("Municipalities: who is responsible"),
      N_("The section that owns the website is responsible for it."), true },
};
const size_t operator_legal_note_count = COUNT(operator_legal_notes);

struct str operator_notes_date(struct arena *arena, enum lang lang)
{
    enum { YEAR = 2013, MONTH = 3 };
    struct utc printed = utc_from_jst((struct civil){ .year = YEAR, .month = MONTH, .day = 1 });
    struct str month = lang == LANG_JA
                           ? arena_printf(arena, "%d年%d月", YEAR, MONTH)
                           : str_drop(tr_date(arena, LANG_EN, printed), 2); /* without the day */

    return tr_fill(
        arena, lang,
        N_("These notes give the view of legal experts as of {month}. Please look at the law as it is now, and ask a lawyer if in doubt."),
        TR_ARGS({ "month", month }));
}
