/* getVendorList, getProductList, and the feed files of the dictionary. */
#include "formats/myjvn/myjvn_internal.h"

static void put_number(struct xml_writer *w, const char *name, int64_t n)
{
    xml_attr(w, name, arena_printf(w->buf->arena, "%lld", (long long)n));
}

static void put_vendor(struct xml_writer *w, const struct myjvn_vendor *vendor)
{
    xml_begin(w, "Vendor");
    xml_attr(w, "vname", vendor->name);
    xml_attr(w, "cpe", vendor->cpe);
    put_number(w, "vid", vendor->vid);
    for (size_t i = 0; i < vendor->products.len; i++) {
        xml_begin(w, "Product");
        xml_attr(w, "pname", vendor->products.at[i].name);
        xml_attr(w, "cpe", vendor->products.at[i].cpe);
        put_number(w, "pid", vendor->products.at[i].pid);
        xml_end(w);
    }
    xml_end(w);
}

void myjvn_write_vendors(const struct myjvn_vendors *vendors, enum lang lang,
                         const struct myjvn_status *status, struct buf *out)
{
    struct xml_writer w = xml_writer_new(out, true);

    myjvn_begin_result(&w, status, false);
    if (vendors) {
        xml_begin(&w, "VendorInfo");
        xml_attr(&w, "xml:lang", lang_code(lang));
        for (size_t i = 0; i < vendors->len; i++)
            put_vendor(&w, &vendors->at[i]);
        xml_end(&w);
    }
    myjvn_put_status(&w, status);
    xml_end(&w);
}
