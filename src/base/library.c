#include "base/library.h"

#include <dlfcn.h>
#include <string.h>

#include "base/err.h"

bool library_load(const char *file, const struct library_call *calls, size_t count, void *table,
                  struct err *err)
{
    void *library = dlopen(file, RTLD_NOW | RTLD_LOCAL);

    if (!library)
        return FAIL(err, LIBRARY, str_from_z(file));
    for (size_t i = 0; i < count; i++) {
        void *address = dlsym(library, calls[i].name);

        if (!address)
            return FAIL(err, LIBRARY, str_from_z(calls[i].name));
        memcpy((char *)table + calls[i].offset, &address, sizeof address);
    }
    return true;
}
