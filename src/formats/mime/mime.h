/* formats/mime/mime.h: mails as RFC 5322 text, plain or wrapped around an OpenPGP ciphertext (RFC 3156) with the real
 * subject inside (RFC 9788). Pure: structs in, text with CR LF out. */
#pragma once
#include "base/arena.h"
#include "base/utc.h"

struct err;

enum {
    MIME_SUBJECT_MAX = 1000,
    MIME_NAME_MAX = 200,
    MIME_BODY_MAX = 1 << 20,
    MIME_CIPHERTEXT_MAX = 4 << 20
};

struct mime_message {
    struct str from_name; /* may be empty */
    struct str from_address, to_address;
    struct str subject;
    struct str outer_subject; /* of an encrypted mail, tells nothing; empty: "[...]" */
    struct str message_id;    /* "5f1c...@host", without angle brackets */
    struct utc date;
    struct str body; /* UTF-8, lines end with LF */
};

/**
 * The whole mail, in the clear.
 *
 * err    ERR_MAIL_ADDRESS, ERR_MAIL_HEADER (a control character, something too long, a bad message id), ERR_NOT_UTF8, ERR_TOO_LARGE
 * Rule:  CFD-08 (RFC 5322, 2045, 2047, 3834)
 */
MUST_CHECK bool mime_plain(const struct mime_message *message, struct arena *arena, struct str *out,
                           struct err *err);

/* What is to be encrypted: the body with the true header fields above it (RFC 9788, hp="cipher"). Errors as mime_plain. */
MUST_CHECK bool mime_inner(const struct mime_message *message, struct arena *arena, struct str *out,
                           struct err *err);

/* The mail that is sent: armored is the ciphertext of mime_inner of the same message. ERR_PGP when it is none; else as above. */
MUST_CHECK bool mime_encrypted(const struct mime_message *message, struct str armored,
                               struct arena *arena, struct str *out, struct err *err);
