/* domain/myjvn/told.h: what JVN told of one countermeasure information, whole: by a feed (JVNRSS) or in detail (VULDEF), as bytes that the jailed reader
 * answers and the catalogue keeps, so that it can be given on as it came and no stranger's XML is read twice. */
#pragma once
#include "formats/jvnrss/jvnrss.h"
#include "formats/vuldef/vuldef.h"

enum myjvn_kind { TOLD_BY_FEED, TOLD_IN_DETAIL, TOLD_KINDS };
enum { TOLD_MAX = 4 << 20 }; /* bytes */

struct myjvn_told {
    enum myjvn_kind kind;
    enum lang lang;
    struct jvnrss_item item; /* TOLD_BY_FEED */
    struct vuldef_info info; /* TOLD_IN_DETAIL */
};

/* ERR_TOO_LARGE, ERR_NOT_UTF8 */
MUST_CHECK bool myjvn_told_write(const struct myjvn_told *told, struct buf *buf, struct err *err);
/* Bytes from a worker are a stranger's. Texts point into bytes, lists live in arena. ERR_CATALOG_RECORD */
MUST_CHECK bool myjvn_told_read(struct str bytes, struct arena *arena, struct myjvn_told *out,
                                struct err *err);

static inline struct str myjvn_told_name(const struct myjvn_told *told)
{
    return told->kind == TOLD_BY_FEED ? told->item.identifier : told->info.id;
}
static inline struct utc myjvn_told_modified(const struct myjvn_told *told)
{
    return told->kind == TOLD_BY_FEED ? told->item.modified : told->info.last_updated;
}
/* "JVNDB-2025-002953": MyJVN serves these; ids of JVN's notes have no place there. */
bool myjvn_is_name(struct str name);

/* ---- each told in the other's way ---- */

/* Line breaks, and what RSS has no place for, are lost. url: of its page */
void myjvn_item_of_info(const struct vuldef_info *info, struct str url, struct arena *arena,
                        struct jvnrss_item *out);
/* Versions, impact and countermeasures are not known then. public_since: of its day. */
void myjvn_info_of_item(const struct jvnrss_item *item, struct utc public_since,
                        struct arena *arena, struct vuldef_info *out);
/* What breaks readers when it stands there: a CVE that is none, a CPE name that cannot be read; the order of files or answers; each product once. */
void myjvn_item_tidy(struct jvnrss_item *item, enum jvnrss_style style, struct arena *arena);
