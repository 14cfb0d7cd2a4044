/* domain/access/totp.h: one-time codes (RFC 6238: SHA-1, six digits, 30 seconds). Pure. */
#pragma once
#include "base/arena.h"
#include "base/utc.h"

struct err;

enum { TOTP_SECRET_BYTES = 20, TOTP_DIGITS = 6, TOTP_STEP_SECONDS = 30 };

struct str totp_secret_new(struct arena *arena); /* raw bytes */
struct str totp_secret_text(struct arena *arena,
                            struct str secret); /* base32 in groups of four, to be typed */
/* otpauth://totp/… for the QR code. */
struct str totp_uri(struct arena *arena, struct str issuer, struct str account, struct str secret);
/* The code of a step. ERR_BUG when the library refuses. */
MUST_CHECK bool totp_code(struct str secret, int64_t step, char out[TOTP_DIGITS + 1],
                          struct err *err);
/**
 * The step a code belongs to: the present one, the one before or after (clocks differ), and later than last_step: a code works once.
 * *step is 0 when there is none. The code may be typed with blanks and in full width.
 * Rule: C07
 */
MUST_CHECK bool totp_find_step(struct str secret, struct str code, struct utc now,
                               int64_t last_step, struct arena *arena, int64_t *step,
                               struct err *err);
