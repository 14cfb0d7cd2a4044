/* base/fs.h: files we write appear whole: a temporary name in the same folder, fsync, rename, fsync of the folder. */
#pragma once
#include "base/arena.h"
#include "base/str.h"
#include <sys/types.h>

/* mode: permission bits, 0600 for anything secret. ERR_IO */
MUST_CHECK bool fs_write_whole(const char *path, struct str bytes, unsigned mode, struct err *err);
/* A new file of its own, for reading and writing: six letters in place of the path's XXXXXX. mode: less what the process's umask takes away; a process
 * that may not change modes needs no more. -1 when it cannot be made. */
int fs_open_new(char *path, unsigned mode);
/* A new file without a name, 0600, where the file of that path lies, for reading and writing: it goes with its last descriptor. -1 when it cannot be made. */
int fs_open_nameless(const char *path);
/* The whole file, at most max bytes. ERR_IO, ERR_TOO_LARGE */
MUST_CHECK bool fs_read_whole(const char *path, size_t max, struct arena *arena, struct str *out,
                              struct err *err);
/* Makes the folder (and its parents) if missing. ERR_IO */
MUST_CHECK bool fs_make_folder(const char *path, unsigned mode, struct err *err);
bool fs_exists(const char *path);
MUST_CHECK bool fs_sync_folder(const char *path, struct err *err);

/* Up to `size` bytes of an open file, however many pieces the system makes of them; fewer at its end, -1 when reading fails. */
ssize_t fs_read_up_to(int fd, char *at, size_t size);
/* All of it, however many pieces the system makes of it; false when writing fails. */
MUST_CHECK bool fs_write_all(int fd, struct str bytes);
