/* formats/purl/purl_internal.h: text that is changed in its place, and what the types ask for. */
#pragma once
#include "formats/purl/purl.h"

/* A part of our own copy of the text: decoding and folding only ever make it shorter. */
struct purl_span {
    char *ptr;
    size_t len;
};

/* The parts that a type may have an opinion about, before they become a struct purl. */
struct purl_parts {
    struct purl_span namespace, name, version;
};

/* Letters, digits and ". - _", a letter first; made lower case in its place. */
bool purl_fold_key(struct purl_span *key);
bool purl_fold_type(struct purl_span *type);

/* "." and "..": they fall out of a subpath, and are no part of a namespace or a name. */
bool purl_is_dots(struct str segment);
bool purl_has_dots(struct str path);

/* What a type asks for; NULL: nothing is known about it. */
struct purl_type;
const struct purl_type *purl_type_of(struct str name);

/* "git" alone: the namespace is the host, everything behind it the name. */
bool purl_name_is_path(const struct purl_type *type);
/* "rpm" alone: keys in capitals are refused rather than made small. */
bool purl_keys_are_strict(const struct purl_type *type);
/* Folds the parts in their places; false when the type forbids them. */
bool purl_apply_type(const struct purl_type *type, const struct purl *purl,
                     struct purl_parts *parts);
