/* formats/myjvn/myjvn_internal.h: what the answers share. For formats/myjvn alone. */
#pragma once
#include "formats/myjvn/myjvn.h"
#include "formats/xml/xml.h"

/* One member after the other, in the order of the attributes; empty ones too. */
void myjvn_each_member(const struct myjvn_status *status,
                       void (*put)(void *context, const char *name, struct str value),
                       void *context, struct arena *arena);
/* <Result>, which the caller ends. */
void myjvn_begin_result(struct xml_writer *w, const struct myjvn_status *status,
                        bool is_statistics);
