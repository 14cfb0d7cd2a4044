/* faces/portal/advisory/fill.h: views of advisories made of what the domain knows. */
#pragma once
#include "domain/advisory/formats.h"
#include "faces/portal/advisory/views.h"

struct tag_view severity_tag(enum lang lang,
                             struct str severity); /* word empty when there is none */
struct advisory_page_view advisory_page_of(const struct advisory_view *view,
                                           const struct advisory_site *site, enum lang lang,
                                           struct arena *arena);
struct advisory_lines advisory_lines_of(const struct advisory_rows *rows, enum lang lang,
                                        struct arena *arena);
struct advisory_list_view advisory_list_of(const struct advisory_rows *rows,
                                           const struct index_query *query, enum lang lang,
                                           struct arena *arena);
struct home_view home_of(const struct advisory_rows *rows, const struct advisory_site *site,
                         enum lang lang, struct arena *arena);
/* Paragraphs and sub-heads of a plain text. */
struct text_blocks text_blocks_of(struct str text, struct arena *arena);
/* How a vector is attacked, in one sentence of plain words; empty when it says nothing we know. */
struct str attack_words(enum lang lang, struct str vector);
