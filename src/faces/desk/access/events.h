/* faces/desk/access/events.h: events as people read them. */
#pragma once
#include "domain/access/deed.h"
#include "faces/desk/access/me.h"

void events_tell(struct request *req, const struct access_events *events, struct me_view *view);
