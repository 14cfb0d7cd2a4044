/* JVN's dictionary as it comes: an object a line (the keys of vuls-data), a row of the same with tabs, or a <Vendor> with its products as MyJVN gives it. */
#include "domain/myjvn/dictionary.h"

#include "base/err.h"
#include "formats/csv/csv.h"
#include "formats/json/json.h"
#include "formats/xml/tree.h"

#define RESULTS "http://jvndb.jvn.jp/myjvn/Results"

enum { CELLS = 6 };

static int64_t number_of(struct str text)
{
    struct err ignored = { 0 };
    int64_t n;

    return str_to_int(str_trim(text), 1, INT64_MAX, &n, &ignored) ? n : 0;
}

static int64_t json_number_of(struct json json)
{
    return json_kind(json) == JSON_NUMBER ? json_int(json, 0) : number_of(json_text(json));
}

bool myjvn_listed_is_json(struct json object)
{
    return json_get(object, "vid").value && json_get(object, "vname").value;
}

void myjvn_listed_of_json(struct json object, struct myjvn_listed *out)
{
    *out = (struct myjvn_listed){ .vid = json_number_of(json_get(object, "vid")),
                                  .pid = json_number_of(json_get(object, "pid")),
                                  .vendor = json_text(json_get(object, "vname")),
                                  .vendor_cpe = json_text(json_get(object, "vcpe")),
                                  .product = json_text(json_get(object, "pname")),
                                  .product_cpe = json_text(json_get(object, "pcpe")),
                                  .lang = LANG_JA };
}

bool myjvn_listed_is_row(const struct csv_cells *cells)
{
    return cells->len == CELLS && str_eq(cells->at[0], STR("vid")) &&
           str_eq(cells->at[3], STR("pid"));
}

bool myjvn_listed_of_row(const struct csv_cells *cells, struct myjvn_listed *out)
{
    if (cells->len != CELLS)
        return false;
    *out = (struct myjvn_listed){ .vid = number_of(cells->at[0]),
                                  .vendor = cells->at[1],
                                  .vendor_cpe = cells->at[2],
                                  .pid = number_of(cells->at[3]),
                                  .product = cells->at[4],
                                  .product_cpe = cells->at[5],
                                  .lang = LANG_JA };
    return true;
}

bool myjvn_listed_is_xml(const struct xml_node *root)
{
    return root && str_eq(root->name, STR("Result")) && str_eq(root->space, STR(RESULTS));
}

const struct xml_node *myjvn_listed_first(const struct xml_node *info)
{
    return info && str_eq(info->name, STR("VendorInfo")) ? xml_child(info, "Vendor") : NULL;
}

enum lang myjvn_listed_lang(const struct xml_node *info)
{
    return str_starts(xml_attribute_in(info, "http://www.w3.org/XML/1998/namespace", "lang"),
                      STR("en"))
               ? LANG_EN
               : LANG_JA;
}

void myjvn_listed_of_xml(const struct xml_node *vendor, enum lang lang, struct arena *arena,
                         struct myjvn_listing *out)
{
    struct myjvn_listed listed = { .vid = number_of(xml_attribute_of(vendor, "vid")),
                                   .vendor = str_trim(xml_attribute_of(vendor, "vname")),
                                   .vendor_cpe = str_trim(xml_attribute_of(vendor, "cpe")),
                                   .lang = lang };

    out->list.len = 0;
    for (const struct xml_node *product = xml_child(vendor, "Product"); product;
         product = xml_next(product)) {
        listed.pid = number_of(xml_attribute_of(product, "pid"));
        listed.product = str_trim(xml_attribute_of(product, "pname"));
        listed.product_cpe = str_trim(xml_attribute_of(product, "cpe"));
        VEC_PUSH(arena, &out->list, listed);
    }
    if (out->list.len == 0)
        VEC_PUSH(arena, &out->list, listed);
}
