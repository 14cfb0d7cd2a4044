/* POSIX ustar and pax, and GNU's long names. */
#include "formats/archive/archive_internal.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

enum { BLOCK = 512, EXTENSION_MAX = 64 << 10 };

/* Octal digits between blanks, or GNU's binary with its high bit set. */
static bool number(const char *at, size_t len, uint64_t *out)
{
    uint64_t n = 0;
    size_t i = 0;

    if ((unsigned char)at[0] & 0x80) {
        n = (unsigned char)at[0] & 0x7f;
        for (i = 1; i < len; i++) {
            if (n >> 55)
                return false;
            n = n << 8 | (unsigned char)at[i];
        }
        *out = n;
        return true;
    }
    while (i < len && at[i] == ' ')
        i++;
    for (; i < len && at[i] >= '0' && at[i] <= '7'; i++) {
        if (n >> 60)
            return false;
        n = n << 3 | (uint64_t)(at[i] - '0');
    }
    *out = n;
    return i == len || at[i] == ' ' || at[i] == 0;
}

static bool has_right_sum(const char *block)
{
    uint64_t sum = 0, told;

    for (size_t i = 0; i < BLOCK; i++)
        sum += i >= 148 && i < 156 ? ' ' : (unsigned char)block[i];
    return number(block + 148, 8, &told) && told == sum;
}

bool tar_is_one(const char *at, size_t len)
{
    return len >= BLOCK && memcmp(at + 257, "ustar", 5) == 0 && has_right_sum(at);
}

void tar_write_header(struct str name, uint64_t size, char block[TAR_BLOCK])
{
    unsigned sum = 0;

    assert(name.len < 100);
    memset(block, 0, TAR_BLOCK);
    memcpy(block, name.ptr, name.len);
    memcpy(block + 100, "0000600", 8);
    snprintf(block + 124, 12, "%011llo", (unsigned long long)size);
    block[156] = '0';
    memcpy(block + 257, "ustar\00000", 8);
    memset(block + 148, ' ', 8);
    for (size_t i = 0; i < TAR_BLOCK; i++)
        sum += (unsigned char)block[i];
    snprintf(block + 148, 8, "%06o", sum);
}

static bool is_zero(const char *block)
{
    for (size_t i = 0; i < BLOCK; i++)
        if (block[i])
            return false;
    return true;
}

static void set_name(struct member *out, struct str name)
{
    name = str_take(name, ARCHIVE_NAME_MAX);
    memcpy(out->name, name.ptr, name.len);
    out->name[name.len] = 0;
}

static struct str field(const char *at, size_t len) { return (struct str){ at, strnlen(at, len) }; }

static void name_of(const char *block, struct member *out)
{
    struct str name = field(block, 100), before = field(block + 345, 155);
    char whole[256];
    size_t len = 0;

    if (before.len > 0 && block[262] == 0) { /* ustar; GNU keeps other things there */
        memcpy(whole, before.ptr, before.len);
        whole[before.len] = '/';
        len = before.len + 1;
    }
    memcpy(whole + len, name.ptr, name.len);
    set_name(out, (struct str){ whole, len + name.len });
}

/* "30 mtime=…\n": length of the whole line, name, value. The length of the file may stand here alone. */
static bool take_pax(struct str text, struct member *out, bool *has_name, bool *has_size)
{
    struct err ignored = { 0 };

    while (text.len > 0) {
        struct str line, rest = text, length, key;
        int64_t n;

        if (!str_split(&rest, ' ', &length) ||
            !str_to_int(length, 5, EXTENSION_MAX, &n, &ignored) || (size_t)n > text.len ||
            text.ptr[n - 1] != '\n')
            return false;
        line = str_take(str_drop(text, length.len + 1), (size_t)n - length.len - 2);
        text = str_drop(text, (size_t)n);
        key = str_take(line, str_index(line, '='));
        line = str_drop(line, key.len + 1);
        if (str_eq(key, STR("path"))) {
            set_name(out, line);
            *has_name = true;
        } else if (str_eq(key, STR("size"))) {
            if (!str_to_int(line, 0, INT64_MAX, &n, &ignored))
                return false;
            out->size = (uint64_t)n;
            *has_size = true;
        }
    }
    return true;
}

static uint64_t padded(uint64_t size) { return (BLOCK - size % BLOCK) % BLOCK; }

bool tar_end(struct layer *layer, const struct member *member, struct err *err)
{
    return layer_skip(layer, padded(member->size), err) ? true : PASS(err);
}

/* What is said about the next member: pax's lines, GNU's name. */
static bool take_extension(struct layer *layer, char type, uint64_t size, struct member *out,
                           bool *has_name, bool *has_size, struct err *err)
{
    char text[EXTENSION_MAX];

    if (size > EXTENSION_MAX)
        return FAIL(err, TOO_LARGE, STR("a header of the archive"));
    if (!layer_read_all(layer, text, (size_t)size, err) || !layer_skip(layer, padded(size), err))
        return PASS(err);
    if (type == 'L') {
        set_name(out, field(text, (size_t)size));
        *has_name = true;
        return true;
    }
    return type != 'x' || take_pax((struct str){ text, (size_t)size }, out, has_name, has_size)
               ? true
               : FAIL(err, ARCHIVE, STR("a header of the archive cannot be read"));
}

int tar_next(struct layer *layer, struct member *out, struct err *err)
{
    bool has_name = false, has_size = false;
    char block[BLOCK];

    for (;;) {
        uint64_t size;
        ssize_t there = layer_peek(layer, BLOCK, err);
        char type;

        if (there <= 0)
            return (int)there;
        if (there < BLOCK) {
            (void)FAIL(err, ARCHIVE, STR("it ends too early"));
            return -1;
        }
        memcpy(block, layer->room + layer->at, BLOCK);
        layer_take(layer, BLOCK);
        if (is_zero(block))
            return 0;
        type = block[156];
        if (!has_right_sum(block) || !number(block + 124, 12, &size)) {
            (void)FAIL(err, ARCHIVE, STR("a header of the archive cannot be read"));
            return -1;
        }
        if (type == 'x' || type == 'g' || type == 'L' || type == 'K') {
            if (!take_extension(layer, type, size, out, &has_name, &has_size, err))
                return -1;
            continue;
        }
        if (has_size)
            size = out->size;
        if (type == '0' || type == 0 || type == '7') {
            if (!has_name)
                name_of(block, out);
            out->size = size;
            return 1;
        }
        /* Links and folders have no bytes, whatever their size says; others are passed over. */
        if ((type < '1' || type > '6') &&
            (!layer_skip(layer, size, err) || !layer_skip(layer, padded(size), err)))
            return -1;
        has_name = has_size = false;
    }
}
