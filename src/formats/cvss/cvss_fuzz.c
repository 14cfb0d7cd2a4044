#include "base/err.h"
#include "formats/cvss/cvss.h"
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What parses prints and parses again to the same, and its scores are scores. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 20);
    struct cvss cvss, again = { 0 };
    struct cvss_pair pairs[CVSS_METRICS_MAX];
    struct err err = { 0 };
    int base, environmental;

    if (!cvss_parse((struct str){ (const char *)data, size }, &cvss, &err))
        return 0;
    if (!cvss_parse(cvss_text(&cvss, arena), &again, &err) ||
        memcmp(&cvss, &again, sizeof cvss) != 0)
        __builtin_trap();
    base = cvss_base_tenths(&cvss);
    environmental = cvss_environmental_tenths(&cvss);
    if (base < -1 || base > 100 || environmental < -1 || environmental > 100 ||
        cvss_pairs(&cvss, true, pairs) == 0)
        __builtin_trap();
    return 0;
}
