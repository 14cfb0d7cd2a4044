/* faces/portal/catalog/words.h: how the catalogue's values are said to people. Pure: values in, words out. */
#pragma once
#include "base/settings.h"
#include "faces/html/ratings.h"

/* 「深刻度III」 by the limits of the settings; empty without a score. Rule: VDB-08 */
struct str catalog_class_words(enum lang lang, int tenths, const struct settings *settings);
/* EPSS of 1/100000: "94.37%"; "<0.01%" for what is less; empty for -1 */
struct str catalog_chance_words(int chance, struct arena *arena);
/* "NVD", "JVN iPedia" */
struct str catalog_source_words(enum lang lang, enum catalog_source source);
/* 「NVD、OSV」 of bits 1u << enum catalog_source */
struct str catalog_sources_words(enum lang lang, unsigned sources, struct arena *arena);

/* Which versions: 「2.4.0 以上 2.4.58 未満」 */
struct str catalog_span_words(enum lang lang, const struct span *span, struct arena *arena);
/* The same of a criterion, with the version and update of its CPE name where it has no bounds; empty for any version. */
struct str catalog_criterion_words(enum lang lang, const struct criterion *criterion,
                                   struct arena *arena);
/* A word of a CPE name as it can be read: "http_server" gives "http server". Empty for ANY and NA. */
struct str catalog_cpe_words(struct str field, struct arena *arena);

/* "CWE-79 クロスサイトスクリプティング"; the number alone where nobody named it */
struct str catalog_weakness_words(enum lang lang, struct str weakness, struct arena *arena);

/* A day in words with its machine form; words empty for none. */
struct when_view catalog_day(enum lang lang, struct utc t, struct arena *arena);
