#include "outside/incoming.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/err.h"
#include "base/record.h"

bool incoming_is_name(struct str name)
{
    struct str digits = name;
    struct err ignored = { 0 };
    int64_t number;

    return str_skip(&digits, STR("feed")) && digits.len > 0 && digits.ptr[0] != '0' &&
           str_to_int(digits, 1, INT64_MAX, &number, &ignored);
}

static bool is_kept(struct str keep, struct str name)
{
    struct str field, value;

    while (record_next(&keep, &field, &value))
        if (str_eq(field, STR("name")) && str_eq(value, name))
            return true;
    return false;
}

static bool clear(DIR *folder, struct str keep, struct err *err)
{
    const struct dirent *entry;

    for (errno = 0; (entry = readdir(folder)); errno = 0) {
        struct str name = str_from_z(entry->d_name);

        if (str_eq(name, STR(".")) || str_eq(name, STR("..")) || is_kept(keep, name))
            continue;
        if (unlinkat(dirfd(folder), entry->d_name, 0) != 0 && errno != EISDIR && errno != ENOENT)
            return FAIL_IO(err, name);
    }
    return errno == 0 ? true : FAIL_IO(err, STR("incoming"));
}

bool incoming_keep(const char *folder, struct str keep, struct err *err)
{
    struct str rest = keep, field, value;
    DIR *open;
    bool is_clear;

    while (record_next(&rest, &field, &value))
        if (!str_eq(field, STR("name")) || !incoming_is_name(value))
            return FAIL(err, INPUT, STR("name"));
    open = opendir(folder);
    if (!open)
        return FAIL_IO(err, str_from_z(folder));
    is_clear = clear(open, keep, err);
    closedir(open);
    return is_clear ? true : PASS(err);
}
