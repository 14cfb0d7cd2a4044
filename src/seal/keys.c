#include "seal/seal.h"

#include "base/err.h"
#include "base/fs.h"
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { HEX_LENGTH = 2 * SEAL_KEY_BYTES, LABEL_MAX = 64, PATH_LENGTH_MAX = 1024 };

bool seal_start(struct err *err)
{
    return sodium_init() >= 0 ? true : FAIL(err, BUG, STR("libsodium does not start"));
}

struct seal_key seal_key_new(void)
{
    struct seal_key key;

    randombytes_buf(key.bytes, sizeof key.bytes);
    return key;
}

void seal_key_wipe(struct seal_key *key) { sodium_memzero(key, sizeof *key); }

static bool key_from_hex(const char *text, size_t length, struct seal_key *out)
{
    size_t count = 0;

    if (length == HEX_LENGTH + 1 && text[HEX_LENGTH] == '\n')
        length = HEX_LENGTH;
    return length == HEX_LENGTH &&
           sodium_hex2bin(out->bytes, sizeof out->bytes, text, length, NULL, &count, NULL) == 0 &&
           count == sizeof out->bytes;
}

bool seal_key_read(const char *path, struct seal_key *out, struct err *err)
{
    char text[HEX_LENGTH + 2];
    struct seal_key key;
    struct stat stat;
    ssize_t length;
    bool is_key;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);

    if (fd < 0)
        return FAIL(err, KEY_MISSING, str_from_z(path));
    /* A key that others may read is no key: better no start than a false feeling. */
    if (fstat(fd, &stat) != 0 || !S_ISREG(stat.st_mode) || (stat.st_mode & 07177) != 0) {
        close(fd);
        return FAIL(err, KEY_MISSING, str_from_z(path));
    }
    length = fs_read_up_to(fd, text, sizeof text);
    close(fd);
    if (length < 0)
        return FAIL_IO(err, str_from_z(path));

    is_key = key_from_hex(text, (size_t)length, &key);
    if (is_key)
        *out = key;
    sodium_memzero(text, sizeof text);
    seal_key_wipe(&key);
    return is_key ? true : FAIL(err, KEY_MISSING, str_from_z(path));
}

/* A file of that name with those bytes, on the disk; nothing is left behind on failure. */
static bool write_synced(const char *path, const char *bytes, size_t size)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    bool ok;

    if (fd < 0)
        return false;
    ok = fchmod(fd, 0600) == 0 && write(fd, bytes, size) == (ssize_t)size && fsync(fd) == 0;
    ok = close(fd) == 0 && ok;
    if (!ok)
        unlink(path);
    return ok;
}

static bool sync_folder_of(const char *path)
{
    char folder[PATH_LENGTH_MAX];
    const char *slash = strrchr(path, '/');
    int length = slash ? (int)(slash - path) : 1;
    int fd;
    bool ok;

    snprintf(folder, sizeof folder, "%.*s", length, slash ? path : ".");
    fd = open(length ? folder : "/", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return false;
    ok = fsync(fd) == 0;
    close(fd);
    return ok;
}

bool seal_key_make(const char *path, struct err *err)
{
    struct seal_key key = seal_key_new();
    char text[HEX_LENGTH + 1], temporary[PATH_LENGTH_MAX];
    int length = snprintf(temporary, sizeof temporary, "%s.%08x", path, randombytes_random());
    bool is_made;

    if (length < 0 || (size_t)length >= sizeof temporary) {
        seal_key_wipe(&key);
        return FAIL(err, IO, str_from_z(path));
    }
    sodium_bin2hex(text, sizeof text, key.bytes, sizeof key.bytes);
    text[HEX_LENGTH] = '\n';
    is_made = write_synced(temporary, text, sizeof text);
    sodium_memzero(text, sizeof text);
    seal_key_wipe(&key);
    if (!is_made)
        return FAIL_IO(err, str_from_z(path));

    /* link, not rename: whoever came first keeps the key that things may already be sealed with. */
    is_made = link(temporary, path) == 0 || errno == EEXIST;
    unlink(temporary);
    if (!is_made || !sync_folder_of(path))
        return FAIL_IO(err, str_from_z(path));
    return true;
}

struct seal_key seal_derive(const struct seal_key *from, struct str label)
{
    /* Its own personalisation: no MAC made with `from` (hash_keyed) can ever be a key made from it.
     */
    static const unsigned char personal[crypto_generichash_blake2b_PERSONALBYTES] =
        "noroshi derive";
    struct seal_key key;

    assert(label.len > 0 && label.len <= LABEL_MAX);
    crypto_generichash_blake2b_salt_personal(key.bytes, sizeof key.bytes,
                                             (const unsigned char *)label.ptr, label.len,
                                             from->bytes, sizeof from->bytes, NULL, personal);
    return key;
}
