/* domain/triage/vex_internal.h: each format's document as statements. */
#pragma once
#include "domain/triage/vex.h"
#include "formats/json/json.h"

MUST_CHECK bool vex_from_openvex(struct json document, struct arena *arena, struct vex *out,
                                 struct err *err);
MUST_CHECK bool vex_from_csaf(struct json document, struct arena *arena, struct vex *out,
                              struct err *err);
MUST_CHECK bool vex_from_cyclonedx(struct json document, struct arena *arena, struct vex *out,
                                   struct err *err);

/* "a" and "b" as "a b"; one alone when the other is empty. */
struct str vex_joined(struct arena *arena, struct str a, struct str b);
