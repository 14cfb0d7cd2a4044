#include "faces/html/layout.h"

#include <assert.h>

#include "faces/html/assets.h"

struct str asset_href(struct arena *arena, const char *path)
{
    const struct embedded *file = assets_find(str_from_z(path));

    if (!file)
        return arena_printf(arena, "/assets/%s", path);
    return arena_printf(arena, "/assets/%s?v=%.*s", path, (int)file->etag.len - 2,
                        file->etag.ptr + 1);
}

void html_stylesheet(struct page *page, const char *path)
{
    const struct embedded *file = assets_find(str_from_z(path));

    assert(file);
    html_static(page, STR("<style>"));
    html_static(page, file->bytes);
    html_static(page, STR("</style>"));
}
