#include "base/err.h"
#include "formats/cvss/cvss.h"
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool is_score(int tenths)
{
    return tenths == CVSS_NO_SCORE || (tenths >= 0 && tenths <= 100);
}

/* What parses prints and parses again to the same, its scores are scores, and every metric has a word that its property may have. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 20);
    struct cvss cvss, base, again = { 0 };
    struct cvss_pair pairs[CVSS_METRICS_MAX];
    struct err err = { 0 };
    size_t count;

    if (!cvss_parse((struct str){ (const char *)data, size }, &cvss, &err))
        return 0;
    if (!cvss_parse(cvss_text(&cvss, arena), &again, &err) ||
        memcmp(&cvss, &again, sizeof cvss) != 0)
        __builtin_trap();
    base = cvss_base_part(&cvss);
    if (!is_score(cvss_base_tenths(&cvss)) || !is_score(cvss_temporal_tenths(&cvss)) ||
        !is_score(cvss_environmental_tenths(&cvss)) || cvss_base_tenths(&base) < 0)
        __builtin_trap();
    count = cvss_pairs(&cvss, true, pairs);
    for (size_t i = 0; i < count; i++)
        if (cvss_take_word(&cvss, pairs[i].property, str_from_z(pairs[i].word)) != CVSS_WORD_AGREES)
            __builtin_trap();
    return 0;
}
