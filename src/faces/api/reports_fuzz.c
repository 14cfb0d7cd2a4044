/* The body of POST /api/v1/reports is a stranger's: a record, a word on what is wrong, or an error; never a crash. */
#include "faces/api/reports.h"

#include "base/err.h"
#include "base/record.h"
#include "domain/casework/report_form.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new((size_t)256 << 20);
    struct form_faults faults = { 0 };
    struct str record, wrong, clean;
    struct err err = { 0 };

    if (size <= 65536 &&
        api_report_read((struct str){ (const char *)data, size }, arena, &record, &wrong, &err) &&
        !wrong.ptr) {
        if (!record_is_valid(record))
            abort();
        report_form_check(REPORT_PRODUCT, record, 0, arena, &faults);
        if (faults.len == 0 && !report_form_clean(REPORT_PRODUCT, record, arena, &clean, &err))
            abort();
    }
    arena_free(arena);
    return 0;
}
