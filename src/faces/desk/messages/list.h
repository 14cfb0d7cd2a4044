/* faces/desk/messages/list.h: what the page of messages shows. */
#pragma once
#include "faces/html/parts.h"

struct message_row {
    struct str number, title, href, count;
    struct when_view changed;
};
struct messages_view {
    struct message_rows {
        VEC_OF(struct message_row);
    } rows;
    struct empty_view empty;
};
