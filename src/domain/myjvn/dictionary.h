/* domain/myjvn/dictionary.h: JVN's vendors and products with their numbers, and those of the catalogue that JVN has no number for, under numbers of our own. */
#pragma once
#include "domain/catalog/catalog.h"
#include "formats/json/json.h"
#include "formats/myjvn/myjvn.h"

/* JVN counts its vendors and products from 1; its samples show 14 digits. Ours are this and the number in the catalogue. */
#define MYJVN_OURS_FROM INT64_C(4000000000000000)

/* One product of JVN's dictionary, or a vendor alone (pid 0). */
struct myjvn_listed {
    int64_t vid, pid;
    struct str vendor, vendor_cpe, product, product_cpe;
    enum lang lang; /* of the names */
};
struct myjvn_listing {
    struct {
        VEC_OF(struct myjvn_listed);
    } list;
};

/* ---- as it comes: an object or a row a product, or a <Vendor> with its products; numbers that are none are 0 ---- */

struct csv_cells;
struct xml_node;
bool myjvn_listed_is_json(struct json object);
void myjvn_listed_of_json(struct json object, struct myjvn_listed *out);
bool myjvn_listed_is_row(const struct csv_cells *cells); /* the row of names */
bool myjvn_listed_of_row(const struct csv_cells *cells, struct myjvn_listed *out);
bool myjvn_listed_is_xml(const struct xml_node *root); /* NULL is none */
/* Of a child of that root: its first <Vendor>, then xml_next; NULL when it has none. */
const struct xml_node *myjvn_listed_first(const struct xml_node *info);
enum lang myjvn_listed_lang(const struct xml_node *info);
void myjvn_listed_of_xml(const struct xml_node *vendor, enum lang lang, struct arena *arena,
                         struct myjvn_listing *out);

/**
 * Takes it in, and gives the catalogue's vendor and product of that CPE name JVN's number and name.
 *
 * err  ERR_CATALOG_RECORD with what cannot be; ERR_STORE
 * Rule:  API-01, VDB-06
 */
MUST_CHECK bool myjvn_put_listed(struct tx *tx, const struct myjvn_listed *listed,
                                 struct arena *arena, enum catalog_change *out, struct err *err);
/* Gives numbers of ours to what has come into the catalogue since the last time; what came or is called otherwise is found by its name from here on. ERR_STORE */
MUST_CHECK bool myjvn_number_new(struct tx *tx, struct err *err);

/* ---- asking ---- */

struct myjvn_texts {
    VEC_OF(struct str);
};
struct myjvn_numbers {
    VEC_OF(int64_t);
};
struct myjvn_choice {
    struct myjvn_texts cpes; /* patterns as they are sent: "cpe:/a:ibm:*"; any of them */
    struct myjvn_numbers vendors, products; /* any of them */
    struct str keyword;                     /* a part of the name; empty: any */
};
enum { MYJVN_LIST_MAX = 10000, MYJVN_NAMED_MAX = 200 /* of one list that is sent */ };

/* limit 0: all. *total: of all pages. vendors: without products. ERR_STORE */
MUST_CHECK bool myjvn_list_vendors(struct tx *tx, const struct myjvn_choice *choice, enum lang lang,
                                   int64_t offset, int64_t limit, struct arena *arena,
                                   struct myjvn_vendors *out, int64_t *total, struct err *err);
/* Pages count products. */
MUST_CHECK bool myjvn_list_products(struct tx *tx, const struct myjvn_choice *choice,
                                    enum lang lang, int64_t offset, int64_t limit,
                                    struct arena *arena, struct myjvn_vendors *out, int64_t *total,
                                    struct err *err);
/* All of JVN's own, by their numbers, as its monthly files have them. with_products: products of a vendor in it. ERR_STORE */
MUST_CHECK bool myjvn_dictionary(struct tx *tx, enum lang lang, bool with_products,
                                 struct arena *arena, struct myjvn_vendors *out, int64_t *total,
                                 struct err *err);

/* A CPE name as it is sent, for GLOB; and whether a served one is one of them, or there are none to be. */
struct str myjvn_pattern(struct str cpe, struct arena *arena);
bool myjvn_is_chosen(const struct myjvn_texts *cpes, struct str cpe, struct arena *arena);
/* Lists as parameters of a query (JSON); NULL ones where there is nothing to ask for. patterns: of CPE names, for GLOB */
struct str myjvn_patterns(const struct myjvn_texts *cpes, bool of_vendors, struct arena *arena);
struct str myjvn_numbers_text(const struct myjvn_numbers *numbers, struct arena *arena);
