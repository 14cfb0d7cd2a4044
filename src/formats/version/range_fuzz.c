#include "base/err.h"
#include "formats/version/version.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A scheme, a range, 0x00, a version: the range is one or is refused; its bounds come in alternatives that count up. */
static void check_bound(void *context, const struct version_bound *bound)
{
    size_t *alternative = context;

    if (bound->alternative < *alternative || bound->alternative > *alternative + 1 ||
        bound->version.len == 0)
        __builtin_trap();
    *alternative = bound->alternative;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str rest = { (const char *)data + 1, size - 1 }, range, version;
    size_t alternative = 0;
    enum version_scheme scheme;
    struct err err = { 0 };
    bool is_in;

    if (size < 2)
        return 0;
    scheme = (enum version_scheme)(data[0] % VERSION_SCHEMES);
    range = str_take(rest, str_index(rest, '\0'));
    version = str_drop(rest, range.len + 1);
    if (version_walk_range(scheme, range, check_bound, &alternative, &err) !=
        version_in_native_range(scheme, range, version, &is_in, &err))
        __builtin_trap();
    return 0;
}
