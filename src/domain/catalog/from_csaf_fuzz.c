#include "domain/catalog/from_fuzzing.h"

/* Of several records the last one is looked at. */
static bool last_of(struct json document, struct arena *arena, struct catalog_record *out,
                    struct err *err)
{
    struct catalog_records records;

    if (!catalog_from_csaf(document, arena, &records, err))
        return PASS(err);
    if (records.len == 0)
        return FAIL(err, CATALOG_RECORD, STR("no vulnerability"));
    *out = records.at[records.len - 1];
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return fuzz_from(last_of, data, size);
}
