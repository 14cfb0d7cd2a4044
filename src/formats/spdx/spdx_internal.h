/* formats/spdx/spdx_internal.h: what the readers of all syntaxes share. */
#pragma once
#include "formats/spdx/spdx.h"

/* ERR_INVENTORY: "what: value" at that line. */
#define spdx_fail(err, line, what, value) \
    err_false(err_set_value((err), ERR_INVENTORY, (line), (what), (value), HERE))

/* Empty for NOASSERTION and NONE. */
struct str spdx_said(struct str value);
/* "Organization: Example (mail)" gives "Example". */
struct str spdx_actor(struct str value);

/* "SPDX-2.3" gives "2.3"; false when it is a version we do not know. */
bool spdx_version(struct str word, struct str *out);

/* What the head of a document must have. */
MUST_CHECK bool spdx_check_head(const struct spdx *document, struct str version_word,
                                struct str created, struct utc *made, struct err *err);
MUST_CHECK bool spdx_add_package(struct spdx *document, struct arena *arena,
                                 const struct spdx_package *package, struct err *err);
/* type: "DEPENDS_ON", "dependsOn" */
MUST_CHECK bool spdx_add_relation(struct spdx *document, struct arena *arena, struct str type,
                                  struct str from, struct str to, struct err *err);
/* type: "purl", "cpe23Type", also behind "http://spdx.org/rdf/references/" */
void spdx_add_reference(struct spdx_package *package, struct arena *arena, struct str type,
                        struct str locator);
