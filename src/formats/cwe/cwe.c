#include "formats/cwe/cwe.h"
#include "base/ascii.h"

static const struct cwe names[] = {
#include "formats/cwe/names.tsv.h"
};

bool cwe_parse(struct str text, unsigned *number)
{
    unsigned n = 0;

    if (!str_skip(&text, STR("CWE-")) || text.len == 0 || text.len > 5 || text.ptr[0] == '0')
        return false;
    for (size_t i = 0; i < text.len; i++) {
        if (!ascii_is_digit(text.ptr[i]))
            return false;
        n = n * 10 + (unsigned)(text.ptr[i] - '0');
    }
    *number = n;
    return true;
}

const struct cwe *cwe_find(unsigned number)
{
    size_t low = 0, high = COUNT(names);

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (names[middle].number < number)
            low = middle + 1;
        else
            high = middle;
    }
    return low < COUNT(names) && names[low].number == number ? &names[low] : NULL;
}

struct str cwe_name(unsigned number, enum lang lang)
{
    const struct cwe *cwe = cwe_find(number);

    if (!cwe)
        return STR_NONE;
    return lang == LANG_JA && cwe->ja.len > 0 ? cwe->ja : cwe->en;
}
