#include "outside/intake.h"

#include "base/ascii.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/record.h"
#include "outside/peer.h"

enum { ENVELOPE = 4096, PIECE_ARENA_MAX = 16 << 20 };

static bool is_draft_char(char c) { return ascii_is_alnum(c) || c == '-' || c == '_'; }

bool intake_draft_is(struct str draft)
{
    if (draft.len < INTAKE_DRAFT_MIN || draft.len > INTAKE_DRAFT_MAX)
        return false;
    for (size_t i = 0; i < draft.len; i++) {
        if (!is_draft_char(draft.ptr[i]))
            return false;
    }
    return true;
}

/* ---- the public side ---- */

static bool ask(const struct intake_way *way, unsigned type, struct str plain, struct arena *arena,
                struct str *reply, struct err *err)
{
    struct buf body = buf_new(arena, plain.len + ENVELOPE);
    struct str text;

    if (!way->desk)
        return FAIL(err, PEER, STR("nobody is there"));
    record_put(&body, "sealed", seal_box(&way->key, plain, arena));
    if (!buf_done(&body, &text, err))
        return PASS(err);
    return peer_call(way->desk, type, text, INTAKE_TIMEOUT_MS, arena, reply, err) ? true
                                                                                  : PASS(err);
}

static bool send(const struct intake_way *way, unsigned type, const struct intake_form *form,
                 struct arena *arena, struct str *reply, struct err *err)
{
    struct buf buf = buf_new(arena, INTAKE_FORM_MAX + ENVELOPE);
    struct str plain;

    record_put(&buf, "draft", form->draft);
    record_put(&buf, "lang", lang_code(form->lang));
    record_put(&buf, "channel", form->channel);
    record_put(&buf, "form", form->form);
    return buf_done(&buf, &plain, err) && ask(way, type, plain, arena, reply, err) ? true
                                                                                   : PASS(err);
}

bool intake_send_answer(const struct intake_way *way, const struct intake_form *form,
                        struct arena *arena, struct err *err)
{
    struct str reply;

    return send(way, PEER_INTAKE_ANSWER, form, arena, &reply, err) ? true : PASS(err);
}

bool intake_send_form(const struct intake_way *way, const struct intake_form *form,
                      struct arena *arena, struct intake_receipt *out, struct err *err)
{
    struct str reply;

    if (!send(way, form->is_website ? PEER_INTAKE_WEBSITE : PEER_INTAKE_REPORT, form, arena, &reply,
              err))
        return PASS(err);
    *out = (struct intake_receipt){
        .number = record_get(reply, "receipt"),
        .passphrase = record_get(reply, "passphrase"),
        .files = record_get_int(reply, "files", 0),
        .is_repeated = record_get_int(reply, "repeated", 0) != 0,
    };
    return out->number.len > 0 && out->passphrase.len > 0
               ? true
               : FAIL(err, PEER, STR("it answers without a receipt"));
}

static bool send_piece(const struct intake_way *way, const struct intake_piece *piece,
                       struct arena *arena, struct str *id, struct err *err)
{
    CLEANUP(arena_free_var) struct arena *own = arena_new(PIECE_ARENA_MAX);
    struct buf buf = buf_new(own, INTAKE_PIECE_MAX + ENVELOPE);
    struct str plain, reply;

    record_put(&buf, "draft", piece->draft);
    if (piece->index == 0)
        record_put(&buf, "name", piece->name);
    else
        record_put(&buf, "id", piece->id);
    record_put_int(&buf, "index", piece->index);
    record_put_int(&buf, "last", piece->is_last);
    record_put(&buf, "bytes", piece->bytes);
    if (!buf_done(&buf, &plain, err) || !ask(way, PEER_INTAKE_FILE, plain, own, &reply, err))
        return PASS(err);
    *id = arena_str(arena, record_get(reply, "id"));
    return public_id_is(*id) ? true : FAIL(err, PEER, STR("it answers without a file"));
}

bool intake_send_file(const struct intake_way *way, struct str draft, struct str name,
                      struct str bytes, struct arena *arena, struct str *id, struct err *err)
{
    struct intake_piece piece = { .draft = draft,
                                  .name = str_take_code_points(name, INTAKE_NAME_MAX / 4) };

    if (bytes.len == 0)
        return FAIL(err, INPUT, STR("file"));
    for (; bytes.len > 0; piece.index++) {
        piece.bytes = str_take(bytes, INTAKE_PIECE_MAX);
        bytes = str_drop(bytes, INTAKE_PIECE_MAX);
        piece.is_last = bytes.len == 0;
        if (!send_piece(way, &piece, arena, id, err))
            return PASS(err);
        piece.id = *id;
    }
    return true;
}

/* ---- the desk ---- */

static bool open_box(const struct seal_box_keys *keys, struct str body, struct arena *arena,
                     struct str *plain, struct err *err)
{
    if (!seal_box_open(keys, record_get(body, "sealed"), arena, plain, err))
        return PASS(err);
    return true;
}

static bool values_are_text(struct str record)
{
    struct str rest = record, name, value;

    while (record_next(&rest, &name, &value)) {
        if (!str_is_utf8(value))
            return false;
    }
    return true;
}

bool intake_parse_form(struct str plain, struct intake_form *out, struct err *err)
{
    struct intake_form form = { 0 };

    if (!record_is_valid(plain))
        return FAIL(err, BAD_REQUEST, STR("intake"));
    form.draft = record_get(plain, "draft");
    form.form = record_get(plain, "form");
    form.channel = record_get(plain, "channel");
    if (!intake_draft_is(form.draft) || !lang_from_code(record_get(plain, "lang"), &form.lang) ||
        !(str_eq(form.channel, STR("FORM")) || str_eq(form.channel, STR("API"))) ||
        form.form.len > INTAKE_FORM_MAX || !record_is_valid(form.form) ||
        !values_are_text(form.form))
        return FAIL(err, BAD_REQUEST, STR("intake"));
    *out = form;
    return true;
}

bool intake_parse_piece(struct str plain, struct intake_piece *out, struct err *err)
{
    struct intake_piece piece = { 0 };

    if (!record_is_valid(plain))
        return FAIL(err, BAD_REQUEST, STR("intake"));
    piece.draft = record_get(plain, "draft");
    piece.id = record_get(plain, "id");
    piece.name = record_get(plain, "name");
    piece.bytes = record_get(plain, "bytes");
    piece.index = record_get_int(plain, "index", -1);
    piece.is_last = record_get_int(plain, "last", 0) != 0;
    if (!intake_draft_is(piece.draft) || piece.index < 0 || piece.bytes.len == 0 ||
        piece.bytes.len > INTAKE_PIECE_MAX || piece.name.len > INTAKE_NAME_MAX ||
        !str_is_utf8(piece.name) || (piece.index == 0) != (piece.id.len == 0) ||
        (piece.index > 0 && !public_id_is(piece.id)))
        return FAIL(err, BAD_REQUEST, STR("intake"));
    *out = piece;
    return true;
}

bool intake_read_form(const struct seal_box_keys *keys, struct str body, struct arena *arena,
                      struct intake_form *out, struct err *err)
{
    struct str plain;

    return open_box(keys, body, arena, &plain, err) && intake_parse_form(plain, out, err)
               ? true
               : PASS(err);
}

bool intake_read_piece(const struct seal_box_keys *keys, struct str body, struct arena *arena,
                       struct intake_piece *out, struct err *err)
{
    struct str plain;

    return open_box(keys, body, arena, &plain, err) && intake_parse_piece(plain, out, err)
               ? true
               : PASS(err);
}

bool intake_receipt_to(const struct intake_receipt *receipt, struct arena *arena, struct str *reply,
                       struct err *err)
{
    struct buf buf = buf_new(arena, 1024);

    record_put(&buf, "receipt", receipt->number);
    record_put(&buf, "passphrase", receipt->passphrase);
    record_put_int(&buf, "files", receipt->files);
    record_put_int(&buf, "repeated", receipt->is_repeated);
    return buf_done(&buf, reply, err) ? true : PASS(err);
}

bool intake_file_to(struct str id, struct arena *arena, struct str *reply, struct err *err)
{
    struct buf buf = buf_new(arena, 256);

    record_put(&buf, "id", id);
    return buf_done(&buf, reply, err) ? true : PASS(err);
}
