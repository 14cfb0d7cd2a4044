/* formats/xml/wellformed.h: is this well-formed XML (expat)? For what we write ourselves; strangers' XML is read in the jailed worker. */
#pragma once
#include "base/str.h"

struct err;

/* ERR_XML_SYNTAX with the line; a DOCTYPE is refused. */
bool xml_is_well_formed(struct str text, struct err *err);
