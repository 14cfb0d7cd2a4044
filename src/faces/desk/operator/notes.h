/* faces/desk/operator/notes.h: the legal notes an operator reads beside the details: data with its date, never told as today's law. */
#pragma once
#include "base/tr.h"

struct operator_legal_note {
    const char *rule, *title, *words; /* msgids */
    bool is_for_municipalities;       /* for them alone */
};
extern const struct operator_legal_note operator_legal_notes[];
extern const size_t operator_legal_note_count;

/* When the legal experts' view was printed, and to look at the law as it is now: LGL-14. */
struct str operator_notes_date(struct arena *arena, enum lang lang);
