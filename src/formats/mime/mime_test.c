#include "formats/json/json.h"
#include "formats/mime/mime.h"
#include "formats/testing.h"

static const char armored[] =
    "-----BEGIN PGP MESSAGE-----\n\nhF4DAAAA\n=abcd\n-----END PGP MESSAGE-----\n";

static struct mime_message message(void)
{
    return (struct mime_message){
        .from_name = STR("Noroshi のろし"),
        .from_address = STR("desk@noroshi.example"),
        .to_address = STR("finder@example.jp"),
        .subject = STR(
            "NRS#48213075 届出を受け付けました（取扱い番号のお知らせ）とても長い件名は折り返されます"),
        .message_id = STR("5f1c0a@noroshi.example"),
        .date = { INT64_C(1795233600000) },
        .body = STR("届出をありがとうございます。\n\n狼煙\n"),
    };
}

/* Another program reads the mail and compares. */
static void read_back(struct arena *arena, struct str mail, struct str want)
{
    const char *script =
        arena_z(arena, arena_printf(arena, "%.*stestdata/read_back.py", STR_ARG(TESTING_HERE)));
    char name[] = "/tmp/noroshi-test-XXXXXX";
    const char *mail_path, *want_path;
    struct err err = { 0 };
    int status;

    assert_non_null(mkdtemp(name));
    mail_path = arena_z(arena, arena_printf(arena, "%s/mail", name));
    want_path = arena_z(arena, arena_printf(arena, "%s/want", name));
    assert_true(fs_write_whole(mail_path, mail, 0600, &err) &&
                fs_write_whole(want_path, want, 0600, &err));
    status = testing_run((const char *const[]){ "python3", script, mail_path, want_path, NULL });
    remove(mail_path);
    remove(want_path);
    remove(name);
    if (status != 0)
        fail_msg("%d:\n%.*s", status, STR_ARG(mail));
}

static void mime_plain__is_read_back_by_another_program(void **state)
{
    static const char *const bodies[] = {
        "届出をありがとうございます。\n\n狼煙\n",
        "Plain English, with = signs and a trailing blank \nFrom the finder\n.\n..hidden\n--=_noroshi--\n\ttab\t\n",
        "line\n.\nMAIL FROM:<x@attacker.example>\n",
        "a very long line that goes on and on and on and on and on and on and on and on and on and on and on and on and on and on until it ends",
        "",
    };
    CLEANUP(arena_free_var) struct arena *arena = arena_new(64 << 20);
    struct mime_message m = message();
    (void)state;

    for (size_t i = 0; i < COUNT(bodies); i++) {
        struct err err = { 0 };
        struct str mail;

        print_message("case: %s\n", bodies[i]);
        m.body = str_from_z(bodies[i]);
        assert_true(mime_plain(&m, arena, &mail, &err));
        read_back(
            arena, mail,
            arena_printf(
                arena,
                "From: Noroshi のろし <desk@noroshi.example>\nTo: finder@example.jp\nSubject: %.*s\n"
                "Date: Sat, 21 Nov 2026 04:00:00 +0000\nMessage-ID: <5f1c0a@noroshi.example>\n"
                "Auto-Submitted: auto-generated\nMIME-Version: 1.0\nBcc: -\nCc: -\n\n%s",
                STR_ARG(m.subject), bodies[i]));
    }
    {
        struct err err = { 0 };
        struct str mail;

        m.body = message().body;
        assert_true(mime_plain(&m, arena, &mail, &err));
        testing_golden(arena, TESTING_HERE, "plain.eml", mail);
    }
}

/* CFD-08: the subject and the texts stay inside; outside there is nothing of the case. */
static void mime_encrypted__shows_nothing_outside(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(64 << 20);
    struct mime_message m = message();
    struct err err = { 0 };
    struct str inner, outer;
    (void)state;

    assert_true(mime_inner(&m, arena, &inner, &err));
    assert_true(str_contains(inner, STR("hp=\"cipher\"")) &&
                str_contains(inner, STR("\r\nHP-Outer: Subject: [...]\r\n")));
    testing_golden(arena, TESTING_HERE, "inner.eml", inner);
    read_back(arena, inner,
              arena_printf(arena, "Subject: %.*s\nTo: finder@example.jp\n\n%.*s",
                           STR_ARG(m.subject), STR_ARG(m.body)));

    assert_true(mime_encrypted(&m, STR(armored), arena, &outer, &err));
    testing_golden(arena, TESTING_HERE, "encrypted.eml", outer);
    read_back(
        arena, outer,
        arena_printf(arena, "Subject: [...]\nTo: finder@example.jp\nHP-Outer: -\n\n%s", armored));
    m.outer_subject = STR("Noroshi からのお知らせ");
    assert_true(mime_encrypted(&m, STR(armored), arena, &outer, &err));
    read_back(arena, outer, arena_printf(arena, "Subject: Noroshi からのお知らせ\n\n%s", armored));
    assert_false(str_contains(outer, STR("48213075")));
}

static void mime_encrypted__takes_nothing_but_a_ciphertext(void **state)
{
    static const char *const wrong[] = {
        "",
        "hello",
        "-----BEGIN PGP MESSAGE-----\n\nabc\n",
        "-----BEGIN PGP MESSAGE-----\n--=_noroshi-encrypted--\n-----END PGP MESSAGE-----\n",
        "-----BEGIN PGP MESSAGE-----\n狼煙\n-----END PGP MESSAGE-----\n",
        "-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nabc\n-----END PGP PUBLIC KEY BLOCK-----\n"
    };
    CLEANUP(arena_free_var) struct arena *arena = arena_new(64 << 20);
    struct mime_message m = message();
    (void)state;

    for (size_t i = 0; i < COUNT(wrong); i++) {
        struct err err = { 0 };
        struct str out;

        assert_false(mime_encrypted(&m, str_from_z(wrong[i]), arena, &out, &err));
        assert_int_equal(err.code, ERR_PGP);
    }
}

static void mime_plain__refuses_what_breaks_a_header(void **state)
{
    static const char *const wrong[] = { "x\r\nBcc: a@b.example",
                                         "x\nBcc: a@b.example",
                                         "x\rBcc: a@b.example",
                                         "x\x0b",
                                         "x\x1b",
                                         "x\x7f" };
    CLEANUP(arena_free_var) struct arena *arena = arena_new(256 << 20);
    (void)state;

    for (size_t i = 0; i < COUNT(wrong); i++) {
        struct mime_message subject = message(), name = message(), id = message(), to = message();
        struct err err = { 0 };
        struct str out;

        subject.subject = name.from_name = id.message_id = to.to_address = str_from_z(wrong[i]);
        assert_false(mime_plain(&subject, arena, &out, &err));
        assert_int_equal(err.code, ERR_MAIL_HEADER);
        assert_false(mime_plain(&name, arena, &out, &err));
        assert_int_equal(err.code, ERR_MAIL_HEADER);
        assert_false(mime_plain(&id, arena, &out, &err));
        assert_int_equal(err.code, ERR_MAIL_HEADER);
        assert_false(mime_plain(&to, arena, &out, &err));
        assert_int_equal(err.code, ERR_MAIL_ADDRESS);
    }
}

/* Each text of the hostile set, as subject, name and body: refused, or read back as it was and nothing else. */
static void mime_plain__holds_against_the_hostile_set(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(512 << 20);
    const char *path = testing_data(arena, "hostile/own/mail-header.jsonl");
    struct str lines, line;
    size_t sent = 0, refused = 0;
    (void)state;

    if (!path) {
        arena_free(TAKE(arena));
        skip();
    }
    lines = testing_read(arena, path);
    while (str_split(&lines, '\n', &line)) {
        CLEANUP(arena_free_var) struct arena *own = arena_new(256 << 20);
        struct mime_message m = message(), body = message();
        struct err err = { 0 };
        struct str text, mail;
        struct json json;

        assert_true(json_read(line, own, &json, &err));
        text = json_text(json_get(json, "in"));
        m.subject = text;
        if (!mime_plain(&m, own, &mail, &err)) {
            assert_true(err.code == ERR_MAIL_HEADER || err.code == ERR_NOT_UTF8);
            refused++;
        } else {
            read_back(own, mail,
                      arena_printf(own, "Subject: %.*s\nBcc: -\nTo: finder@example.jp\n\n%.*s",
                                   STR_ARG(text), STR_ARG(m.body)));
            sent++;
        }
        body.body = text;
        if (mime_plain(&body, own, &mail, &err))
            assert_false(str_contains(mail, STR("\r\n.\r\n")));
    }
    print_message("%zu read back, %zu refused\n", sent, refused);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mime_plain__is_read_back_by_another_program),
        cmocka_unit_test(mime_encrypted__shows_nothing_outside),
        cmocka_unit_test(mime_encrypted__takes_nothing_but_a_ciphertext),
        cmocka_unit_test(mime_plain__refuses_what_breaks_a_header),
        cmocka_unit_test(mime_plain__holds_against_the_hostile_set),
    };

    return cmocka_run_group_tests_name("mime", tests, NULL, NULL);
}
