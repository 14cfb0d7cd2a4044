/* faces/desk/casework/rooms.h: what the page of a room that developers share shows. */
#pragma once
#include "faces/desk/casework/deed.h"

struct room_view {
    struct str number, title, purpose, sentence;
    struct tag_view tag;
    struct fault_list faults;
    struct fact_list parts; /* who takes part, as far as this reader learns it */
    struct deeds deeds, thread_deeds;
    bool may_read;
    struct pager_view pager;
    struct message_list messages;
};
