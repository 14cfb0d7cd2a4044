#include "faces/http/url.h"

#include "base/err.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A path that passes climbs nowhere, and printed again it is read as the same. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(256 << 20);
    struct str text = { (const char *)data, size }, path, again, base, rest, segment;
    struct buf buf = buf_new(arena, 8 * size + 16);
    struct err err = { 0 };
    enum lang lang;

    if (!url_path(text, arena, &path, &err))
        return 0;
    if (path.len == 0 || path.ptr[0] != '/' || !str_is_plain(path, false) ||
        str_index(path, '\\') != path.len)
        abort();
    rest = path;
    while (str_split(&rest, '/', &segment))
        if (str_eq(segment, STR("..")) || str_eq(segment, STR(".")))
            abort();
    for (size_t i = 0; i < path.len; i++) {
        if (path.ptr[i] == '/')
            buf_byte(&buf, '/');
        else
            buf_printf(&buf, "%%%02x", (unsigned char)path.ptr[i]);
    }
    if (!url_path(buf_str(&buf), arena, &again, &err) || !str_eq(path, again))
        abort();
    path = url_language(path, &lang, &base);
    if (path.len == 0 || path.ptr[0] != '/')
        abort();
    return 0;
}
