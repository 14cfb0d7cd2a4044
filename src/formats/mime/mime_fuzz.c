#include "base/err.h"
#include "formats/mime/mime.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The end of the header: the first empty line. */
static struct str head_of(struct str mail)
{
    return str_take(mail, str_index_str(mail, STR("\r\n\r\n")) + 2);
}

/* Whatever stands in subject, name and body: nine fields and no more, no bare line end, no line that ends a mail. */
static void check(struct str mail)
{
    struct str head = head_of(mail), line;
    size_t fields = 0;

    for (size_t i = 0; i < mail.len; i++)
        if ((mail.ptr[i] == '\n') != (i > 0 && mail.ptr[i - 1] == '\r') ||
            (mail.ptr[i] == '\r' && i + 1 == mail.len))
            __builtin_trap();
    while (str_split(&head, '\n', &line))
        fields += line.len > 0 && line.ptr[0] != ' ';
    if (fields != 9 || str_contains(mail, STR("\r\n.\r\n")))
        __builtin_trap();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(256 << 20);
    struct str text = { (const char *)data, size }, part = str_take(text, size / 3), out;
    struct mime_message message = {
        .from_name = part,
        .from_address = STR("desk@noroshi.example"),
        .to_address = STR("finder@example.jp"),
        .subject = str_take(str_drop(text, size / 3), size / 3),
        .message_id = STR("1@noroshi.example"),
        .date = { 1000 },
        .body = str_drop(text, size / 3 * 2),
    };
    struct err err = { 0 };

    if (mime_plain(&message, arena, &out, &err))
        check(out);
    return 0;
}
