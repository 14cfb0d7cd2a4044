#include "domain/catalog/from_fuzzing.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return fuzz_from(catalog_from_osv, data, size);
}
