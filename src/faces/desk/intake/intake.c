#include "faces/desk/intake/intake.h"

#include "base/err.h"
#include "domain/casework/intake.h"
#include "domain/casework/report_form.h"
#include "domain/casework/unreachable.h"
#include "faces/desk/files/cabinet.h"
#include "outside/intake.h"
#include "outside/peer.h"
#include "store/store.h"

const unsigned desk_intake_messages[] = { PEER_INTAKE_REPORT, PEER_INTAKE_WEBSITE, PEER_INTAKE_FILE,
                                          PEER_INTAKE_ANSWER, 0 };

static bool take_report(const struct desk *desk, enum report_target target, struct str body,
                        struct arena *arena, struct str *reply, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct intake_receipt answer;
    struct intake_form form;
    struct receipt receipt;

    if (!intake_read_form(&desk->vault->intake, body, arena, &form, err) ||
        !tx_begin(desk->store, TX_WRITE, &tx, err) ||
        !(target == REPORT_WEBSITE ? intake_submit_website : intake_submit)(
            &desk->casework, tx, form.form, form.draft, form.lang, form.channel, utc_now(), arena,
            &receipt, err))
        return PASS(err);
    answer = (struct intake_receipt){ .number = receipt.number,
                                      .passphrase = receipt.passphrase,
                                      .files = receipt.files,
                                      .is_repeated = receipt.is_repeated };
    return intake_receipt_to(&answer, arena, reply, err) && tx_commit(&tx, err) ? true : PASS(err);
}

static bool take_answer(const struct desk *desk, struct str body, struct arena *arena,
                        struct str *reply, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct intake_form form;

    *reply = STR_NONE;
    return intake_read_form(&desk->vault->intake, body, arena, &form, err) &&
                   tx_begin(desk->store, TX_WRITE, &tx, err) &&
                   unreachable_answered(&desk->casework, tx, form.form, utc_now(), arena, err) &&
                   tx_commit(&tx, err)
               ? true
               : PASS(err);
}

/* The whole file is read once more for the look at it: its pieces came one by one. */
static void look_at(const struct desk *desk, struct str draft, struct str id)
{
    struct cabinet cabinet = desk_cabinet(desk);
    CLEANUP(arena_free_var)
    struct arena *arena = arena_new((size_t)cabinet.max_bytes * 2 + (8 << 20));
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct str name, bytes;
    struct err err = { 0 };

    if (tx_begin(desk->store, TX_READ, &tx, &err) &&
        case_file_read_draft(&cabinet, tx, id, draft, arena, &name, &bytes, &err)) {
        tx_end(TAKE(tx));
        desk_file_look(desk, id, name, bytes);
    }
}

static bool take_piece(const struct desk *desk, struct str body, struct arena *arena,
                       struct str *reply, struct err *err)
{
    struct cabinet cabinet = desk_cabinet(desk);
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct intake_piece piece;
    struct str id;

    if (!intake_read_piece(&desk->vault->intake, body, arena, &piece, err) ||
        !tx_begin(desk->store, TX_WRITE, &tx, err) ||
        !case_file_keep_piece(&cabinet, tx,
                              &(struct case_file_piece){ .draft = piece.draft,
                                                         .id = piece.id,
                                                         .name = piece.name,
                                                         .bytes = piece.bytes,
                                                         .index = piece.index,
                                                         .is_last = piece.is_last },
                              utc_now(), arena, &id, err) ||
        !intake_file_to(id, arena, reply, err) || !tx_commit(&tx, err))
        return PASS(err);
    if (piece.is_last)
        look_at(desk, piece.draft, id);
    return true;
}

bool desk_intake_handle(void *context, const struct message *message, struct arena *arena,
                        struct str *reply, struct err *err)
{
    switch (message->type) {
    case PEER_INTAKE_REPORT:
        return take_report(context, REPORT_PRODUCT, message->body, arena, reply, err) ? true
                                                                                      : PASS(err);
    case PEER_INTAKE_WEBSITE:
        return take_report(context, REPORT_WEBSITE, message->body, arena, reply, err) ? true
                                                                                      : PASS(err);
    case PEER_INTAKE_FILE:
        return take_piece(context, message->body, arena, reply, err) ? true : PASS(err);
    case PEER_INTAKE_ANSWER:
        return take_answer(context, message->body, arena, reply, err) ? true : PASS(err);
    default:
        return FAIL(err, BAD_REQUEST, STR("intake"));
    }
}
