#include "outside/intake.h"

#include "base/testing.h"
#include <pthread.h>
#include <sys/socket.h>

#include "base/buf.h"
#include "base/record.h"
#include "outside/peer.h"

/* A desk that keeps what it could open. */
struct desk {
    struct arena *arena;
    struct seal_box_keys keys;
    struct peer *peer;
    struct intake_form form;
    char file[3 << 20];
    size_t file_len;
    int64_t pieces;
    bool is_whole;
};

static bool keep(void *context, const struct message *message, struct arena *arena,
                 struct str *reply, struct err *err)
{
    struct desk *desk = context;
    struct intake_piece piece;

    if (message->type == PEER_INTAKE_REPORT) {
        struct intake_receipt receipt = { .number = STR("R-2026-7K3M-92QF"),
                                          .passphrase = STR("AAAA-BBBB"),
                                          .files = 2 };

        /* GEN-05: nothing but the sealed box crosses. */
        assert_false(str_contains(message->body, STR("Sample Router")));
        return intake_read_form(&desk->keys, message->body, desk->arena, &desk->form, err) &&
               intake_receipt_to(&receipt, arena, reply, err);
    }
    if (!intake_read_piece(&desk->keys, message->body, arena, &piece, err))
        return PASS(err);
    assert_int_equal(piece.index, desk->pieces++);
    for (size_t i = 0; i < piece.bytes.len; i++)
        desk->file[desk->file_len++] = piece.bytes.ptr[i];
    desk->is_whole = piece.is_last;
    return intake_file_to(STR("01234567890123456789012345"), arena, reply, err);
}

static void *serve(void *argument)
{
    static const unsigned allowed[] = { PEER_INTAKE_REPORT, PEER_INTAKE_FILE, 0 };
    struct desk *desk = argument;

    peer_serve(desk->peer, allowed, keep, desk);
    return NULL;
}

static struct desk desk; /* its file is too large for a stack */
static pthread_t thread;
static struct intake_way way;

static int begin(void **state)
{
    struct seal_key seed;
    struct err err = { 0 };
    int fds[2];

    (void)state;
    if (!seal_start(&err) || socketpair(AF_UNIX, SOCK_STREAM, 0, fds) != 0)
        return -1;
    seed = seal_key_new();
    desk = (struct desk){ .arena = arena_new(64 << 20),
                          .keys = seal_box_keys_from(&seed),
                          .peer = peer_new(fds[0]) };
    way = (struct intake_way){ .desk = peer_new(fds[1]), .key = desk.keys.public_key };
    return pthread_create(&thread, NULL, serve, &desk);
}

static int end(void **state)
{
    (void)state;
    peer_free(way.desk);
    pthread_join(thread, NULL);
    peer_free(desk.peer);
    arena_free(desk.arena);
    return 0;
}

static struct str a_form(struct arena *arena)
{
    struct buf buf = buf_new(arena, 1024);

    record_put(&buf, "product_name", STR("Sample Router RX-100"));
    return buf_str(&buf);
}

/* INT-01, GEN-05 */
static void intake__hands_a_sealed_form_to_the_desk(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(16 << 20);
    struct intake_form form = {
        .draft = random_token(arena), .form = a_form(arena), .channel = STR("FORM"), .lang = LANG_EN
    };
    struct intake_receipt receipt;
    struct err err = { 0 };

    (void)state;
    assert_true(intake_send_form(&way, &form, arena, &receipt, &err));
    assert_str(receipt.number, "R-2026-7K3M-92QF");
    assert_int_equal(receipt.files, 2);
    assert_str(record_get(desk.form.form, "product_name"), "Sample Router RX-100");
    assert_true(str_eq(desk.form.draft, form.draft));
    assert_int_equal(desk.form.lang, LANG_EN);
}

static void intake__hands_a_file_over_in_pieces(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(16 << 20);
    size_t len = (2 << 20) + 77;
    char *bytes = arena_alloc(arena, len);
    struct str id;
    struct err err = { 0 };

    (void)state;
    random_fill(bytes, len);
    assert_true(intake_send_file(&way, random_token(arena), STR("proof.txt"),
                                 (struct str){ bytes, len }, arena, &id, &err));
    assert_int_equal(desk.pieces, 3);
    assert_true(desk.is_whole);
    assert_true(str_eq((struct str){ desk.file, desk.file_len }, (struct str){ bytes, len }));
}

static void intake__says_when_the_desk_is_away(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(16 << 20);
    struct intake_way nowhere = { .desk = NULL, .key = way.key };
    struct intake_form form = { .draft = random_token(arena),
                                .form = a_form(arena),
                                .channel = STR("FORM") };
    struct intake_receipt receipt;
    struct err err = { 0 };

    (void)state;
    assert_false(intake_send_form(&nowhere, &form, arena, &receipt, &err));
    assert_int_equal(err.code, ERR_PEER);
}

static void intake__refuses_what_is_out_of_bounds(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(16 << 20);
    static const struct {
        const char *draft, *lang, *channel, *form;
    } wrong[] = {
        { "short", "ja", "FORM", "" },
        { "0123456789012345678901234567890/", "ja", "FORM", "" },
        { "01234567890123456789012345678901", "fr", "FORM", "" },
        { "01234567890123456789012345678901", "ja", "MAIL", "" },
        { "01234567890123456789012345678901", "ja", "FORM", "no record" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(wrong); i++) {
        struct buf buf = buf_new(arena, 4096);
        struct intake_form form;
        struct err err = { 0 };

        print_message("case: %zu\n", i);
        record_put(&buf, "draft", str_from_z(wrong[i].draft));
        record_put(&buf, "lang", str_from_z(wrong[i].lang));
        record_put(&buf, "channel", str_from_z(wrong[i].channel));
        record_put(&buf, "form", str_from_z(wrong[i].form));
        assert_false(intake_parse_form(buf_str(&buf), &form, &err));
        assert_int_equal(err.code, ERR_BAD_REQUEST);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(intake__hands_a_sealed_form_to_the_desk),
        cmocka_unit_test(intake__hands_a_file_over_in_pieces),
        cmocka_unit_test(intake__says_when_the_desk_is_away),
        cmocka_unit_test(intake__refuses_what_is_out_of_bounds),
    };

    return cmocka_run_group_tests(tests, begin, end);
}
