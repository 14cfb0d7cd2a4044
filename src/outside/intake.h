/* outside/intake.h: the way of a report from the public process to the desk. The public side seals and cannot open again; both ends
 * of the way stand here, so that they agree. What is inside is a stranger's, and is checked by who opens it. */
#pragma once
#include "base/tr.h"
#include "seal/seal.h"

struct err;
struct peer;

enum {
    INTAKE_DRAFT_MIN = 32, /* characters of a draft token: it is a secret of who sends */
    INTAKE_DRAFT_MAX = 200,
    INTAKE_FORM_MAX = 1 << 20,
    INTAKE_PIECE_MAX = 1 << 20, /* bytes of a file in one message */
    INTAKE_FILE_MAX = 48 << 20, /* whatever the settings say: a request's memory is bounded */
    INTAKE_NAME_MAX = 255,
    INTAKE_TIMEOUT_MS = 20000
};

/* Where the public side throws its letters in. */
struct intake_way {
    struct peer *desk;   /* NULL: nobody is there */
    struct seal_key key; /* public half of vault.intake */
};

/* Letters, digits, '-' and '_' alone. */
bool intake_draft_is(struct str draft);

struct intake_form {
    struct str draft;   /* the token the form travelled under */
    struct str form;    /* a record of its fields */
    struct str channel; /* "FORM", "API" */
    enum lang lang;
    bool is_website; /* about a website; the message's type says so, not what is sealed */
};
/* The desk's answer, after its commit. */
struct intake_receipt {
    struct str number, passphrase;
    int64_t files; /* how many attachments came with it */
    bool is_repeated;
};

/**
 * Seals a form, hands it to the desk and waits until it is kept. Sending the same draft again brings the receipt it already has.
 *
 * err    ERR_PEER when the desk is away: it is not known whether it was kept, so the same draft is to be sent again; ERR_INPUT and
 *        what else the desk answers
 * Rule:  INT-01, GEN-05
 */
MUST_CHECK bool intake_send_form(const struct intake_way *way, const struct intake_form *form,
                                 struct arena *arena, struct intake_receipt *out, struct err *err);

/* The same for an answer about a developer that cannot be reached: no receipt comes back. ERR_INPUT "number" when it is not on the list any
 * more. Rule: UNR-02 */
MUST_CHECK bool intake_send_answer(const struct intake_way *way, const struct intake_form *form,
                                   struct arena *arena, struct err *err);

/**
 * Hands a file to the desk in sealed pieces, under the draft its form travels with. Nothing of it stays here.
 *
 * name   what the sender called it; cut to INTAKE_NAME_MAX bytes
 * id     of the file at the desk
 * err    ERR_PEER, ERR_TOO_LARGE, ERR_INPUT: too many, empty
 */
MUST_CHECK bool intake_send_file(const struct intake_way *way, struct str draft, struct str name,
                                 struct str bytes, struct arena *arena, struct str *id,
                                 struct err *err);

/* ---- the desk's end ---- */

/* One piece of a file: the first brings the name and starts a file, the others name the file they belong to. */
struct intake_piece {
    struct str draft, id, name, bytes;
    int64_t index; /* from 0 */
    bool is_last;
};
/* body: of PEER_INTAKE_REPORT, PEER_INTAKE_WEBSITE or PEER_INTAKE_ANSWER. Everything is in its bounds, the form is a valid record of UTF-8 values. ERR_SEAL_BROKEN, ERR_BAD_REQUEST */
MUST_CHECK bool intake_read_form(const struct seal_box_keys *keys, struct str body,
                                 struct arena *arena, struct intake_form *out, struct err *err);
MUST_CHECK bool intake_read_piece(const struct seal_box_keys *keys, struct str body,
                                  struct arena *arena, struct intake_piece *out, struct err *err);
/* What is inside the seal, for the fuzzers as well. */
MUST_CHECK bool intake_parse_form(struct str plain, struct intake_form *out, struct err *err);
MUST_CHECK bool intake_parse_piece(struct str plain, struct intake_piece *out, struct err *err);

MUST_CHECK bool intake_receipt_to(const struct intake_receipt *receipt, struct arena *arena,
                                  struct str *reply, struct err *err);
MUST_CHECK bool intake_file_to(struct str id, struct arena *arena, struct str *reply,
                               struct err *err);
