/* faces/desk/tracker/writes.h: what a program may do in a case: one row each, from which it is read, done and described. For this folder. */
#pragma once
#include "faces/desk/casework/own.h"
#include "faces/desk/tracker/members.h"

struct tracker_write {
    const char *path;             /* of its route */
    const struct member *members; /* NULL: a form with `text` and `files` */
    scene_act *act;               /* the deed of the page's button */
    bool
        is_creating; /* adds something and answers 201; else it changes what stands there and wants If-Match */
    const char *id, *summary; /* for the description */
};
extern const struct tracker_write tracker_writes[];
extern const size_t tracker_write_count;
const struct tracker_write *tracker_write_at(const char *path); /* NULL: there is none */

/* The handler of all of them. Rule: C30 */
bool tracker_write(struct request *req, struct response *res, struct err *err);
