#include "faces/html/embedded.h"

const struct embedded *embedded_lookup(const struct embedded *table, size_t count, struct str path)
{
    size_t low = 0, high = count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = str_cmp(path, str_from_z(table[middle].path));

        if (order == 0)
            return &table[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}
