#include "formats/mailaddr/mailaddr.h"

#include "base/err.h"

/* What passes holds nothing that could end a header line or begin another address. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str text = { (const char *)data, size };
    struct err err = { 0 };

    if (!mailaddr_check(text, &err))
        return 0;
    for (size_t i = 0; i < size; i++) {
        if (data[i] <= ' ' || data[i] > '~' || data[i] == '<' || data[i] == '>' || data[i] == ',')
            __builtin_trap();
    }
    return 0;
}
