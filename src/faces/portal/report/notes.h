/* faces/portal/report/notes.h: the legal notes a finder reads before sending: data with its date, never told as today's law. */
#pragma once
#include "base/tr.h"

struct report_note {
    unsigned targets;         /* enum report_target, or-ed */
    const char *rule, *title; /* title: msgid; NULL: another point under the one before */
    const char *words;        /* msgid */
};
extern const struct report_note report_notes[];
extern const size_t report_note_count;

/* When the legal experts' view was printed: LGL-14. */
struct str report_notes_date(struct arena *arena, enum lang lang);
