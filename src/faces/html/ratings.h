/* faces/html/ratings.h: how severe an entry of the catalogue is, as people read it: the same on the portal and at the desk. */
#pragma once
#include "base/tr.h"
#include "domain/catalog/entry.h"
#include "faces/html/parts.h"

/* "緊急", in its colour; unknown: 「評価なし」 */
struct tag_view catalog_severity_tag(enum lang lang, enum catalog_severity severity);
/* "9.8"; empty when there is none */
struct str catalog_score_words(int tenths, struct arena *arena);
