#include "formats/version/version.h"
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int sign(int n) { return (n > 0) - (n < 0); }

/* Three texts of one scheme, with 0x00 between them: their order is total, and their keys have it too. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    unsigned char keys[3][VERSION_KEY_MAX];
    struct str rest = { (const char *)data + 1, size - 1 }, text[3] = { 0 };
    enum version_scheme scheme;
    int order[3];

    if (size < 2)
        return 0;
    scheme = (enum version_scheme)(data[0] % VERSION_SCHEMES);
    for (size_t i = 0; i < 3 && str_split(&rest, '\0', &text[i]); i++)
        continue;
    for (size_t i = 0; i < 3; i++) {
        struct str a = text[i], b = text[(i + 1) % 3];
        size_t len_a = version_key(scheme, a, keys[i]),
               len_b = version_key(scheme, b, keys[(i + 1) % 3]);

        order[i] = sign(version_compare(scheme, a, b));
        if (order[i] != -sign(version_compare(scheme, b, a)) || version_compare(scheme, a, a) != 0)
            __builtin_trap();
        if (len_a > 0 && len_b > 0 &&
            order[i] != sign(str_cmp((struct str){ (char *)keys[i], len_a },
                                     (struct str){ (char *)keys[(i + 1) % 3], len_b })))
            __builtin_trap();
    }
    if (order[0] == order[1] && order[0] != 0 && order[2] != -order[0])
        __builtin_trap(); /* a before b before c, and not a before c */
    return 0;
}
