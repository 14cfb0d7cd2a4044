/* faces/desk/messages/list.h: what the page of messages shows. */
#pragma once
#include "faces/desk/sheet.h"
#include "faces/html/parts.h"

struct message_row {
    struct str number, title, href;
    int64_t count;
    struct when_view changed;
};
struct messages_view {
    struct message_rows {
        VEC_OF(struct message_row);
    } rows;
    struct sheet_links file;
    struct empty_view empty;
};
