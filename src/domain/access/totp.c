#include "domain/access/totp.h"

#include "base/ascii.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/fold.h"
#include "seal/seal.h"
#include <liboath/oath.h>
#include <stdio.h>
#include <string.h>

struct str totp_secret_new(struct arena *arena)
{
    char *bytes = arena_alloc(arena, TOTP_SECRET_BYTES);

    random_fill(bytes, TOTP_SECRET_BYTES);
    return (struct str){ bytes, TOTP_SECRET_BYTES };
}

/* RFC 4648, section 6; 20 bytes need no padding. */
static struct str base32(struct arena *arena, struct str bytes, size_t group)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    struct buf buf = buf_new(arena, bytes.len * 3 + 8);
    unsigned held = 0;
    int bits = 0;
    size_t count = 0;

    for (size_t i = 0; i < bytes.len; i++) {
        held = (held << 8 | (unsigned char)bytes.ptr[i]) & 0xffff;
        bits += 8;
        while (bits >= 5) {
            if (group && count > 0 && count % group == 0)
                buf_byte(&buf, ' ');
            buf_byte(&buf, digits[held >> (bits - 5) & 31]);
            bits -= 5;
            count++;
        }
    }
    return buf_str(&buf);
}

struct str totp_secret_text(struct arena *arena, struct str secret)
{
    return base32(arena, secret, 4);
}

static void add_percent(struct buf *buf, struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        bool is_plain = ascii_is_alnum(c) || c == '-' || c == '.' || c == '_';

        if (is_plain)
            buf_byte(buf, c);
        else
            buf_printf(buf, "%%%02X", (unsigned)(unsigned char)c);
    }
}

struct str totp_uri(struct arena *arena, struct str issuer, struct str account, struct str secret)
{
    struct buf buf = buf_new(arena, 4096);

    buf_add(&buf, STR("otpauth://totp/"));
    add_percent(&buf, issuer);
    buf_byte(&buf, ':');
    add_percent(&buf, account);
    buf_add(&buf, STR("?secret="));
    buf_add(&buf, base32(arena, secret, 0));
    buf_add(&buf, STR("&issuer="));
    add_percent(&buf, issuer);
    return buf_str(&buf);
}

bool totp_code(struct str secret, int64_t step, char out[TOTP_DIGITS + 1], struct err *err)
{
    int rc = step < 0 ? -1
                      : oath_hotp_generate(secret.ptr, secret.len, (uint64_t)step, TOTP_DIGITS,
                                           false, OATH_HOTP_DYNAMIC_TRUNCATION, out);

    return rc == OATH_OK ? true : FAIL(err, BUG, STR("a one-time code"));
}

bool totp_find_step(struct str secret, struct str code, struct utc now, int64_t last_step,
                    struct arena *arena, int64_t *step, struct err *err)
{
    struct str typed = fold(arena, code);
    char digits[TOTP_DIGITS];
    size_t count = 0;
    int64_t present = now.ms / (TOTP_STEP_SECONDS * UTC_SECOND);

    *step = 0;
    for (size_t i = 0; i < typed.len; i++) {
        if (typed.ptr[i] == ' ' || typed.ptr[i] == '-')
            continue;
        if (count == TOTP_DIGITS || typed.ptr[i] < '0' || typed.ptr[i] > '9')
            return true;
        digits[count++] = typed.ptr[i];
    }
    if (count != TOTP_DIGITS)
        return true;
    for (int64_t near = -1; near <= 1; near++) {
        char want[TOTP_DIGITS + 1];

        if (!totp_code(secret, present + near, want, err))
            return PASS(err);
        if (secret_eq((struct str){ want, TOTP_DIGITS }, (struct str){ digits, TOTP_DIGITS }) &&
            present + near > last_step)
            *step = present + near;
    }
    return true;
}
