#include "base/err.h"
#include "formats/epss/epss.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* It comes to an end, whatever the rows, and a score is a share of one. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct epss_reader reader = { 0 };
    struct str text = { (const char *)data, size };
    struct epss_row row;
    bool has_row = true;

    while (has_row) {
        struct err err = { 0 };

        if (!epss_next(&reader, &text, true, &row, &has_row, &err)) {
            if (err.code != ERR_CATALOG_RECORD)
                return 0;
            has_row = true;
            continue;
        }
        if (has_row && (row.score < 0 || row.score > EPSS_ONE || row.percentile < -1 ||
                        row.percentile > EPSS_ONE || row.cve.len < 13))
            __builtin_trap();
    }
    return 0;
}
