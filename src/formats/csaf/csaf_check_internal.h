/* formats/csaf/csaf_check_internal.h: what the tests share: where we are in the document, lists of ids, versions. */
#pragma once
#include "base/tr.h"
#include "formats/csaf/csaf_check.h"

struct check {
    struct json document;
    struct arena *arena;
    struct csaf_result *result;
    size_t work; /* members of groups that may still be unfolded: a document can multiply them */
};

/* A place in the document, chained on the stack: a pointer is put together for a finding alone. */
struct place {
    const struct place *up; /* NULL: the document itself */
    const char *key;        /* NULL: index */
    size_t index;
};
#define AT(up, key)   (&(const struct place){ (up), (key), 0 })
#define AT_NTH(up, n) (&(const struct place){ (up), NULL, (n) })

void found(struct check *check, const char *test, const struct place *place, const char *message);
void not_checked(struct check *check, const char *test);

/* for (struct each e = each(list); each_next(&e);) e.value, e.index; a list that is none has no elements. */
struct each {
    struct json_iter iter;
    struct json value;
    size_t next, index;
};
struct each each(struct json array);
bool each_next(struct each *e);

/* Ids with a number beside, to be sorted. */
struct item {
    struct str id;
    int kind;
    size_t index;
};
struct items {
    VEC_OF(struct item);
};
void items_sort(struct items *items); /* by id, kind, index */
const struct item *items_find(const struct items *items,
                              struct str id); /* the first of that id, or NULL; sorted */

/* Version numbers of section 3.1.11: whole numbers of any length, or semantic ones. */
struct csaf_version {
    bool is_semantic, has_pre;
    struct str text, core, major; /* core: without what follows a dash or a plus */
};
bool csaf_version_parse(struct str text, struct csaf_version *out);
int csaf_version_cmp(const struct csaf_version *a, const struct csaf_version *b,
                     bool with_pre);                     /* build metadata never counts */
bool csaf_version_is_zero(const struct csaf_version *v); /* 0 or 0.y.z */

bool is_cve(struct str s);        /* by the schema's expression */
bool is_instant(struct str text); /* RFC 3339, whole */
int instant_cmp(struct str a,
                struct str b);     /* both are instants; to the last digit of their fractions */
bool has_language(struct str tag); /* each part of it is registered */
bool is_private_language(struct str tag); /* a part of it is for private use */

/* A walk over what defines products, and over what speaks of them and of groups, wherever it may stand. */
struct walk;
typedef void visit(struct walk *walk, struct json value, const struct place *place);
struct walk {
    struct check *check;
    struct items products, groups; /* ids, sorted */
    visit *product, *product_id, *group_id;
    bool is_informational; /* for advice */
};
void walk_products(struct walk *walk, visit *product);
void walk_references(struct walk *walk, visit *product_id, visit *group_id);

void check_shape(struct check *check);
void check_products(struct check *check); /* 6.1.1 to 6.1.7 */
void check_scores(struct check *check);   /* 6.1.7 to 6.1.10 */
void check_tracking(struct check *check); /* 6.1.14, 6.1.16 to 6.1.22, 6.1.30 */
void check_document(struct check *check); /* 6.1.12, 6.1.15, 6.1.26, 6.1.27, 6.1.28 */
void check_vulnerabilities(
    struct check *check); /* 6.1.11, 6.1.23, 6.1.24, 6.1.27.9, 6.1.27.10, 6.1.29, 6.1.32, 6.1.33 */

/* What fails here is advice. */
void advise_shape(struct check *check);  /* 6.2.20 */
void advise_scores(struct check *check); /* 6.2.19, 6.2.20, 6.3.1, 6.3.2 */
void advise_document(
    struct check *check); /* 6.2.1, .4 to .6, .8 to .16, .18, 6.3.5, 6.3.9 to 6.3.11 */
void advise_vulnerabilities(struct check *check); /* 6.2.2, 6.2.3, 6.2.7, 6.2.17, 6.3.3, 6.3.4 */
