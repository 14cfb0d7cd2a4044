/* domain/casework/handover.h: a case goes from one officer of a body to another, with what the colleague has to know. */
#pragma once
#include "domain/access/account.h"
#include "domain/casework/case.h"

/* Who of the reader's own body could take it: active officers, but for the one who has it. */
MUST_CHECK bool handover_choices(struct tx *tx, const struct subject *who,
                                 const struct product_case *c, struct arena *arena,
                                 struct accounts *out, struct err *err);
/**
 * officer   public id of one of the choices, oneself among them: that is taking it over
 * words     kept as a note among the officers of the body
 * err       ERR_NOT_YOUR_MOVE, ERR_INPUT "officer", "words"
 */
MUST_CHECK bool handover_case(struct tx *tx, const struct subject *who, struct product_case *c,
                              struct str officer, struct str words, struct utc now,
                              struct arena *arena, struct err *err);
