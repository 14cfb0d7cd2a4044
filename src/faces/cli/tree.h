/* faces/cli/tree.h: files of a folder, copied and compared whole: backups are made of them. */
#pragma once
#include "base/vec.h"

struct err;

enum { TREE_DEPTH_MAX = 4, TREE_FILES_MAX = 4 << 20, TREE_LIST_MAX = 512 << 20 };

struct tree {
    VEC_OF(struct str); /* paths below the folder, sorted */
};

/* All regular files below folder, at most TREE_DEPTH_MAX folders deep; links and other things are refused (ERR_IO). A folder that is not
 * there is empty. ERR_TOO_LARGE */
MUST_CHECK bool tree_list(const char *folder, struct arena *arena, struct tree *out,
                          struct err *err);

/* SHA-256 as sha256sum prints it; lives in arena. ERR_IO; *found is false when the file is not there. */
MUST_CHECK bool file_sha256(const char *path, struct arena *arena, struct str *hex, bool *found,
                            struct err *err);

/* A whole copy, 0600, synced; folders on the way are made. *found is false when there is nothing to copy. ERR_IO */
MUST_CHECK bool file_copy(const char *from, const char *to, struct arena *arena, bool *found,
                          struct err *err);

/* "folder/name" as a C string. */
const char *path_in(struct arena *arena, const char *folder, struct str name);
