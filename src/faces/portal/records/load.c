#include "base/err.h"
#include "faces/portal/records/fill.h"

static bool load_vendors(struct tx *tx, struct arena *arena, struct record_facts *facts,
                         struct err *err)
{
    for (size_t i = 0; i < facts->products.len && facts->vendors.len < RECORD_VENDORS_MAX; i++) {
        struct catalog_vendor vendor;

        /* by vendor: the same ones stand together */
        if (facts->vendors.len > 0 &&
            facts->vendors.at[facts->vendors.len - 1].id == facts->products.at[i].vendor)
            continue;
        if (!catalog_vendor_find(tx, facts->products.at[i].vendor, arena, &vendor, err))
            return PASS(err);
        VEC_PUSH(arena, &facts->vendors, vendor);
    }
    return true;
}

bool record_load(struct tx *tx, const struct catalog_entry *entry, struct arena *arena,
                 struct record_facts *out, struct err *err)
{
    *out = (struct record_facts){ .entry = *entry };
    return catalog_entry_tellings(tx, entry->id, arena, &out->tellings, err) &&
                   catalog_entry_past(tx, entry->id, RECORD_PAST_MAX, arena, &out->pasts, err) &&
                   catalog_entry_kev(tx, entry->name, arena, &out->kev, err) &&
                   catalog_entry_epss(tx, entry->name, arena, &out->chances, err) &&
                   catalog_entry_products(tx, entry->id, arena, &out->products, err) &&
                   load_vendors(tx, arena, out, err)
               ? true
               : PASS(err);
}
