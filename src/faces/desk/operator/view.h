/* faces/desk/operator/view.h: what the operator of a website is shown: what the stage of its link tells, and no finder (WEB-08). */
#pragma once
#include "faces/desk/casework/views.h"

struct operator_note {
    struct str title, words;
};
struct operator_view {
    struct tag_view state;
    struct str site, sentence, handling_number, risks;
    struct str passphrase; /* shown once, after it was agreed; else empty */
    struct fault_list faults;
    struct clock_view clock;
    struct deeds deeds;
    struct fact_list answers, handovers;
    struct wait_rows open_handovers; /* whose receipt is missing */
    struct class_blocks texts;
    struct attachment_list files;
    struct thread_blocks threads;
    struct operator_notes {
        VEC_OF(struct operator_note);
    } notes;
    struct str notes_date; /* empty: no notes yet */
};
