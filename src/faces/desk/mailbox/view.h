/* faces/desk/mailbox/view.h: what the mailbox shows. Never a developer's name; of verification results and the date nothing before
 * publication (requirements 5.1, row FI). */
#pragma once
#include "faces/desk/casework/views.h"

/* Shown once. */
struct renewed_view {
    struct str receipt, passphrase;
};

struct mailbox_view {
    struct str receipt, product, status, reason;
    struct tag_view state;
    struct note_view waits; /* words empty: nothing is asked */
    struct link published;  /* label empty: not published */
    struct fault_list faults;
    struct moment_list timeline;
    struct message_list thread;
    struct deeds deeds;
    struct attachment_list files;
    struct field_view file_field;
    struct class_blocks texts;
    struct str
        year; /* of the day from which to ask for release from silence; empty: nothing is to be said of it */
    struct note_view released; /* words empty: the receiving body has not answered such a request */
    bool is_released;          /* the finder is free to publish */
    struct deeds release_deeds; /* to ask for it */
    struct str body;            /* the receiving body's name */
    bool is_website;            /* told to its operator, and not published */
    struct fact_list
        observed;   /* a leak, an exploit, an attack: what everybody concerned was told */
    bool has_proof; /* a signed receipt was issued */
    struct str proof_state, checkpoints; /* checkpoints: the portal's page */
    struct thread_blocks direct;         /* with the operator, when both wish it */
};
