#include "formats/mime/mime.h"
#include "base/err.h"
#include "formats/mailaddr/mailaddr.h"
#include "formats/mime/mime_internal.h"
#include <string.h>

#define BOUNDARY "=_noroshi-encrypted"

enum { FIELDS_MAX = 8 };
struct field {
    const char *name;
    struct str value; /* folded */
};
struct fields {
    struct field at[FIELDS_MAX];
    size_t len;
};

static bool is_message_id(struct str id)
{
    size_t at = str_index(id, '@');

    if (id.len > 200 || at == 0 || at + 1 >= id.len)
        return false;
    for (size_t i = 0; i < id.len; i++)
        if (i != at && (id.ptr[i] <= ' ' || id.ptr[i] > '~' || strchr("<>@\"(),:;[\\]", id.ptr[i])))
            return false;
    return true;
}

/* Control characters in a header are an attack or an accident; neither is sent. */
static bool check_text(struct str text, size_t max, struct err *err)
{
    if (!str_is_utf8(text))
        return FAIL(err, NOT_UTF8, STR("mail"));
    if (text.len > max || !str_is_plain(text, false))
        return FAIL(err, MAIL_HEADER, text);
    return true;
}

static bool check(const struct mime_message *m, struct err *err)
{
    if (!mailaddr_check(m->from_address, err) || !mailaddr_check(m->to_address, err))
        return PASS(err);
    if (!check_text(m->from_name, MIME_NAME_MAX, err) ||
        !check_text(m->subject, MIME_SUBJECT_MAX, err) ||
        !check_text(m->outer_subject, MIME_SUBJECT_MAX, err))
        return PASS(err);
    if (!is_message_id(m->message_id))
        return FAIL(err, MAIL_HEADER, m->message_id);
    if (m->body.len > MIME_BODY_MAX)
        return FAIL(err, TOO_LARGE, STR("mail"));
    if (!str_is_utf8(m->body))
        return FAIL(err, NOT_UTF8, STR("mail"));
    return true;
}

static struct str words(struct arena *arena, struct str text)
{
    struct buf buf = buf_new(arena, 8 * MIME_SUBJECT_MAX);

    if (mime_is_plain_word(text, 64))
        return text;
    mime_put_words(&buf, text);
    return buf_str(&buf);
}

static struct str address(struct arena *arena, struct str name, struct str address)
{
    struct buf buf = buf_new(arena, 8 * MIME_NAME_MAX + MAIL_ADDRESS_MAX);

    if (str_is_empty(name)) {
        buf_add(&buf, address);
        return buf_str(&buf);
    }
    if (mime_is_plain_word(name, 64) && str_index(name, '"') == name.len &&
        str_index(name, '\\') == name.len)
        buf_printf(&buf, "\"%.*s\"", STR_ARG(name));
    else
        mime_put_words(&buf, name);
    buf_printf(&buf, "\r\n <%.*s>", STR_ARG(address));
    return buf_str(&buf);
}

/* RFC 5322, 3.3, in UTC. */
static struct str date(struct arena *arena, struct utc t)
{
    static const char days[] = "SunMonTueWedThuFriSat",
                      months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    struct civil c = utc_to_civil(t);

    return arena_printf(arena, "%.3s, %02d %.3s %04d %02d:%02d:%02d +0000", days + 3 * c.weekday,
                        c.day, months + 3 * (c.month - 1), c.year, c.hour, c.minute, c.second);
}

static void add(struct fields *fields, const char *name, struct str value)
{
    fields->at[fields->len++] = (struct field){ name, value };
}

static struct fields fields_of(const struct mime_message *m, struct str subject,
                               struct arena *arena)
{
    struct fields fields = { 0 };

    add(&fields, "From", address(arena, m->from_name, m->from_address));
    add(&fields, "To", m->to_address);
    add(&fields, "Subject", words(arena, subject));
    add(&fields, "Date", date(arena, m->date));
    add(&fields, "Message-ID", arena_printf(arena, "<%.*s>", STR_ARG(m->message_id)));
    add(&fields, "Auto-Submitted", STR("auto-generated"));
    return fields;
}

static void put_fields(struct buf *buf, const char *before, const struct fields *fields)
{
    for (size_t i = 0; i < fields->len; i++)
        buf_printf(buf, "%s%s: %.*s\r\n", before, fields->at[i].name, STR_ARG(fields->at[i].value));
}

static struct str outer_subject(const struct mime_message *m)
{
    return str_is_empty(m->outer_subject) ? STR("[...]") : m->outer_subject;
}

bool mime_plain(const struct mime_message *m, struct arena *arena, struct str *out, struct err *err)
{
    struct buf buf = buf_new(arena, 4 * (size_t)MIME_BODY_MAX);
    struct fields fields;

    if (!check(m, err))
        return PASS(err);
    fields = fields_of(m, m->subject, arena);
    put_fields(&buf, "", &fields);
    buf_add(&buf, STR("MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"));
    mime_put_body(&buf, m->body);
    return buf_done(&buf, out, err);
}

/* protected-headers="v1" is for readers older than RFC 9788; HP-Outer tells what could be seen from outside (2.2). */
bool mime_inner(const struct mime_message *m, struct arena *arena, struct str *out, struct err *err)
{
    struct buf buf = buf_new(arena, 4 * (size_t)MIME_BODY_MAX);
    struct fields fields, outer;

    if (!check(m, err))
        return PASS(err);
    fields = fields_of(m, m->subject, arena);
    outer = fields_of(m, outer_subject(m), arena);
    put_fields(&buf, "", &fields);
    put_fields(&buf, "HP-Outer: ", &outer);
    buf_add(
        &buf,
        STR("MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8; hp=\"cipher\";\r\n protected-headers=\"v1\"\r\n"));
    mime_put_body(&buf, m->body);
    return buf_done(&buf, out, err);
}

/* Armor of the one kind we send: ASCII in short lines, so that it may stand as it is. */
static bool is_armored(struct str text)
{
    struct str rest = text, line;

    if (text.len > MIME_CIPHERTEXT_MAX || !str_starts(text, STR("-----BEGIN PGP MESSAGE-----")) ||
        !str_ends(str_trim(text), STR("-----END PGP MESSAGE-----")) ||
        str_contains(text, STR(BOUNDARY)))
        return false;
    while (str_split(&rest, '\n', &line)) {
        if (line.len > 0 && line.ptr[line.len - 1] == '\r')
            line.len--;
        if (line.len > 76)
            return false;
        for (size_t i = 0; i < line.len; i++)
            if (line.ptr[i] < ' ' || line.ptr[i] > '~')
                return false;
    }
    return true;
}

bool mime_encrypted(const struct mime_message *m, struct str armored, struct arena *arena,
                    struct str *out, struct err *err)
{
    struct buf buf = buf_new(arena, 2 * (size_t)MIME_CIPHERTEXT_MAX);
    struct fields fields;
    struct str line;

    if (!check(m, err))
        return PASS(err);
    if (!is_armored(armored))
        return FAIL(err, PGP, STR("PGP MESSAGE"));
    fields = fields_of(m, outer_subject(m), arena);
    put_fields(&buf, "", &fields);
    buf_add(
        &buf,
        STR("MIME-Version: 1.0\r\n"
            "Content-Type: multipart/encrypted; protocol=\"application/pgp-encrypted\";\r\n boundary=\"" BOUNDARY
            "\"\r\n\r\n"
            "--" BOUNDARY "\r\n"
            "Content-Type: application/pgp-encrypted\r\nContent-Description: PGP/MIME version identification\r\n\r\nVersion: 1\r\n\r\n"
            "--" BOUNDARY "\r\n"
            "Content-Type: application/octet-stream; name=\"encrypted.asc\"\r\nContent-Description: OpenPGP encrypted message\r\n"
            "Content-Disposition: inline; filename=\"encrypted.asc\"\r\n\r\n"));
    for (struct str rest = armored; str_split(&rest, '\n', &line);)
        buf_printf(&buf, "%.*s\r\n",
                   STR_ARG(str_ends(line, STR("\r")) ? str_take(line, line.len - 1) : line));
    buf_add(&buf, STR("\r\n--" BOUNDARY "--\r\n"));
    return buf_done(&buf, out, err);
}
